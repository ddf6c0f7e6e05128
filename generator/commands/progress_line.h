// One line on a terminal that says how far the work is: shown when it takes over half a second, redrawn at most ten
// times a second, gone at the end.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <string_view>

#include "build/build_site.h"
#include "commands/command_line.h"
#include "commands/surroundings.h"

namespace hardtop {

class ProgressLine {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // Time counts from here. `columns` is the terminal's width.
  ProgressLine(std::ostream& terminal, std::size_t columns, Clock clock);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Safe to call from several threads, and often: between two redraws it reads the clock and nothing else.
  void show(const Progress& progress);

  // Takes the line away, and prints this instead: a line that stays, with its end. Progress is shown below it.
  void print(std::string_view line);

  // Takes the line away; nothing is drawn after this. Called by the destructor, too.
  void clear();

 private:
  std::ostream& terminal_;
  const std::size_t columns_;
  const Clock clock_;
  std::atomic<std::int64_t> next_draw_;  // nanoseconds of the clock
  std::mutex drawing_;
  bool drawn_ = false;
};

// On `err` where somebody sees it: a terminal that can take it away again, without --quiet. Null elsewhere.
[[nodiscard]] std::unique_ptr<ProgressLine> progress_line_for(const GlobalOptions& global, Surroundings& surroundings);

// Shows progress on `line`, which may be null, and prints on `err` what a command waits for (not with --quiet).
[[nodiscard]] ProgressListener show_progress(ProgressLine* line, const GlobalOptions& global,
                                             Surroundings& surroundings);

}  // namespace hardtop
