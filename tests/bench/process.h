// Runs a program and says what it took.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct Cost {
  double seconds = 0;      // by the clock, from start to end
  double cpu_seconds = 0;  // of all its threads, in the program and in the kernel
  double peak_mb = 0;      // largest resident set, in 10^6 bytes
};

// Starts the program, found by PATH, without input, its output going to the file `log`; the caller waits for it. Throws
// std::runtime_error when it cannot be started.
pid_t start_program(const std::vector<std::string>& command, const std::filesystem::path& log);

// Runs the program, found by PATH, its output going to the file `log`. Throws std::runtime_error, with the end of that
// output, when it cannot be started or ends otherwise than with 0.
Cost run_program(const std::vector<std::string>& command, const std::filesystem::path& log);

// Takes that many bytes of memory, but no more than half of what is free, writes to them and gives them back. Memory of a virtual machine
// that has been free for a while is with its host, and who takes it first waits for it to come back: that shall not be whichever program's
// turn it is.
void touch_memory(std::size_t bytes);

// The first line that the program prints; "" when it cannot be started or fails.
std::string first_line_of(const std::vector<std::string>& command, const std::filesystem::path& log);

// From now on Ctrl-C ends the program that runs, and run_program throws, so that the caller can clean up.
void clean_up_on_interrupt();
void throw_if_interrupted();

}  // namespace bench
