// A process for commands that is all in memory: files, streams, variables, a clock that stands still.
#pragma once

#include <map>
#include <sstream>
#include <string>

#include "commands/run.h"

namespace hardtop {

// Files by their paths.
using Contents = std::map<std::string, std::string>;

struct FakeProcess {
  MemoryFiles files;
  std::ostringstream out, err;
  std::map<std::string, std::string> variables;
  std::chrono::steady_clock::time_point time{};
  bool err_is_terminal = false;
  std::string current_folder = "/home/ada/sites";
  std::string program = "p1";

  explicit FakeProcess(Contents contents = {}) : files(std::move(contents)) {}

  Surroundings surroundings() {
    return Surroundings{.files = files,
                        .out = out,
                        .err = err,
                        .err_is_terminal = err_is_terminal,
                        .columns = 80,
                        .variable = [this](const char* name) -> std::optional<std::string> {
                          const auto found = variables.find(name);
                          if (found == variables.end()) return std::nullopt;
                          return found->second;
                        },
                        .clock = [this] { return time; },
                        .unix_time = [] { return std::int64_t{1795392000}; },  // 2026-11-23T00:00:00Z
                        .peak_memory = [] { return std::uint64_t{18'400'000}; },
                        .current_folder = [this] { return current_folder; },
                        .end_now = {},
                        .time_of_day = [] { return std::string("16:04:59"); },
                        .program = [this] { return program; }};
  }

  // Runs the program; gives its exit status.
  int run(const std::vector<std::string>& arguments) {
    Surroundings all = surroundings();
    return static_cast<int>(run_hardtop(arguments, all));
  }
};

}  // namespace hardtop
