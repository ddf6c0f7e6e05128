#include "commands/progress_line.h"

#include <limits>
#include <string>
#include <utility>

#include "base/text.h"

namespace hardtop {
namespace {

constexpr std::chrono::milliseconds kBeforeFirst{500};
constexpr std::chrono::milliseconds kBetween{100};
constexpr std::string_view kEraseLine = "\r\x1b[K";

std::int64_t nanoseconds(std::chrono::steady_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

// "rendering pages: 3,120 of 10,000", cut so that it never wraps: what has wrapped cannot be erased.
std::string line_of(const Progress& progress, std::size_t columns) {
  std::string line = progress.step;
  if (progress.total > 0) line += ": " + count_of(progress.done, "", "") + "of " + count_of(progress.total, "", "");
  while (!line.empty() && line.back() == ' ') line.pop_back();
  if (columns > 0 && line.size() >= columns) line.resize(columns - 1);
  return line;
}

}  // namespace

ProgressLine::ProgressLine(std::ostream& terminal, std::size_t columns, Clock clock)
    : terminal_(terminal),
      columns_(columns),
      clock_(std::move(clock)),
      next_draw_(nanoseconds(clock_() + kBeforeFirst)) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const Progress& progress) {
  const std::int64_t now = nanoseconds(clock_());
  std::int64_t due = next_draw_.load(std::memory_order_relaxed);
  if (now < due) return;
  // Of the threads that come at once, one draws.
  if (!next_draw_.compare_exchange_strong(due, now + std::chrono::nanoseconds(kBetween).count())) return;
  const std::lock_guard lock(drawing_);
  if (next_draw_.load() == std::numeric_limits<std::int64_t>::max()) return;  // cleared meanwhile
  terminal_ << kEraseLine << line_of(progress, columns_) << std::flush;
  drawn_ = true;
}

void ProgressLine::print(std::string_view line) {
  const std::lock_guard lock(drawing_);
  if (drawn_) terminal_ << kEraseLine;
  drawn_ = false;
  terminal_ << line << std::flush;
}

void ProgressLine::clear() {
  const std::lock_guard lock(drawing_);
  next_draw_.store(std::numeric_limits<std::int64_t>::max());
  if (drawn_) terminal_ << kEraseLine << std::flush;
  drawn_ = false;
}

std::unique_ptr<ProgressLine> progress_line_for(const GlobalOptions& global, Surroundings& surroundings) {
  if (!surroundings.err_is_terminal || global.quiet || surroundings.variable("TERM") == "dumb") return nullptr;
  return std::make_unique<ProgressLine>(surroundings.err, surroundings.columns, surroundings.clock);
}

ProgressListener show_progress(ProgressLine* line, const GlobalOptions& global, Surroundings& surroundings) {
  return [line, quiet = global.quiet, &err = surroundings.err](const Progress& progress) {
    if (!progress.waits) {
      if (line) line->show(progress);
      return;
    }
    if (quiet) return;
    const std::string text = std::string(progress.step) + " (Ctrl-C ends the wait)\n";
    if (line)
      line->print(text);
    else
      err << text << std::flush;
  };
}

}  // namespace hardtop
