// What a command reads from and writes to outside of the program, in one place, so that a test can be all of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "base/files.h"

namespace hardtop {

struct Surroundings {
  Files& files;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
  std::size_t columns = 80;  // of the terminal that `err` is

  // An environment variable; nothing when it is not set.
  std::function<std::optional<std::string>(const char* name)> variable;
  std::function<std::chrono::steady_clock::time_point()> clock;
  std::function<std::int64_t()> unix_time;      // seconds since 1970
  std::function<std::uint64_t()> peak_memory;   // bytes that this process has taken at most
  std::function<std::string()> current_folder;  // absolute; "" when it is gone
  bool ends_after_command = false;              // the process, and with it its memory
  // Ends the process with this status, whatever its threads are doing; null where memory is looked after, as in tests.
  std::function<void(int status)> end_now;
  std::function<std::string()> time_of_day;  // on the wall: "16:04:59"
  std::function<std::string()> program;  // a word: another one for another build of this program or of its libraries
};

// The real ones: standard streams, this process, this machine.
[[nodiscard]] Surroundings process_surroundings(Files& files);

}  // namespace hardtop
