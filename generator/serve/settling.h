// When changed files are worth a build: the events themselves say it, no delay is fixed. A file that was closed or moved
// to its name is whole, and the set is given as soon as nothing has happened for a millisecond; one that is being
// written is waited for; a name that vanished gets a moment to come back, because that is how many editors save; and
// a burst (a checkout of a thousand files) has to pause for longer the longer it goes on. Pure: the caller has the clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hardtop {

class Settling {
 public:
  using Time = std::chrono::steady_clock::time_point;

  enum class Event : std::uint8_t {
    created,   // a file came to be, and its maker has it open
    writing,   // its bytes change, and it is open
    written,   // it is whole: closed, moved to its name, linked; or a folder is there with all that is in it
    emptied,   // closed, and empty: many programs empty a file first and fill it then
    vanished,  // removed, or moved away
  };
  struct Details {
    bool folder = false;  // the path stands for all that is below it
    // Nobody who reads the site can know this name yet: if it vanishes before the set is given, it never was.
    bool unseen = false;
  };
  void add(const std::string& path, Event event, Details details, Time now);
  void add(const std::string& path, Event event, Time now) { add(path, event, Details(), now); }
  // The file's rights or times changed: it counts as written, unless it is in the middle of something.
  void touch(const std::string& path, Time now);

  // What happened is not known (the queue of events overflowed, the site's folder went away): take() gives `all`.
  void add_everything(std::vector<std::string> all, Time now);

  // When there will be a set to take if nothing happens until then; not later than `now`: there is one. Nothing: no
  // event is left.
  [[nodiscard]] std::optional<Time> due(Time now) const;

  // The paths, sorted, without those below a folder among them. Files that are still being written stay for later.
  // Empty before due().
  [[nodiscard]] std::vector<std::string> take(Time now);

 private:
  enum class State : std::uint8_t { none, writing, doubtful, settled };
  struct Entry {
    State state = State::none;
    bool folder = false, unseen = false;
    Time since, last;  // of the first and the last event
  };
  void set_state(Entry& entry, State state, Time now);
  void forget_below(const std::string& folder);
  void doubt(Entry& entry, Time now, std::chrono::microseconds grace);
  [[nodiscard]] std::chrono::microseconds quiet() const;
  [[nodiscard]] static Time deadline(const Entry& writing);

  std::map<std::string, Entry> entries_;
  std::vector<std::string> everything_;
  std::size_t writing_ = 0, doubtful_ = 0;  // numbers of entries in these states
  Time begin_;                              // of the burst
  Time last_;                               // when the last entry was settled, or came into doubt
  Time waiting_since_;                      // something that is not being written is there to give
  Time doubt_until_;
};

}  // namespace hardtop
