// A program that runs beside ours until it ends: no shell, its streams in our hands.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct Child {
  std::vector<std::string> arguments;  // the program first; without a '/' it is looked for in PATH
  std::string folder;                  // where it starts; "" is the current one
  std::string input;                   // its standard input
  std::vector<std::string> unset;      // environment variables that it must not see
  bool shows_output = false;           // its output goes to our standard error instead of `output`
  // Each line of its standard error, without the line end, as it comes; not where shows_output.
  std::function<void(std::string_view line)> error_line = nullptr;
  // Asked ten times a second: true asks the program to end (SIGTERM).
  std::function<bool()> stop = nullptr;
};

struct ChildResult {
  bool started = false;  // false: there is no such program, or no memory
  int status = -1;       // its exit status; 128 + N when signal N ended it
  std::string output;    // its standard output
};

// Returns when the program has ended and its streams are closed. Should this process die, the system ends the program, too: an upload
// that goes on by itself would be at work beside the next one.
[[nodiscard]] ChildResult run_child(const Child& child);

}  // namespace hardtop
