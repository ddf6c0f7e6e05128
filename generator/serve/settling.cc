#include "serve/settling.h"

#include <algorithm>
#include <utility>

namespace hardtop {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr microseconds kQuiet{1000};         // after a single save
constexpr microseconds kQuietOfFew{2000};    // after the begin of what may be a burst
constexpr microseconds kQuietOfMany{50000};  // after a burst, at most
constexpr microseconds kGraceOfNew{3000};    // sed -i, atomic writers: the new file is renamed over the old one
constexpr microseconds kGraceOfGone{10000};  // remove and write anew; empty, close, and fill
constexpr milliseconds kWriterPauses{200}, kWriterTakes{1000};  // then a file counts as it is
constexpr milliseconds kOthersWait{20};                         // for a file that is still written
constexpr milliseconds kLongestBurst{1000};

}  // namespace

void Settling::set_state(Entry& entry, State state, Time now) {
  const auto count = [&](State of, int by) {
    if (of == State::writing) writing_ += by;
    if (of == State::doubtful) doubtful_ += by;
  };
  count(entry.state, -1);
  count(state, 1);
  entry.state = state;
  if (doubtful_ == 0) doubt_until_ = {};
  if (state == State::none) return;
  entry.last = now;
  if (state == State::writing) return;
  last_ = now;
}

void Settling::doubt(Entry& entry, Time now, microseconds grace) {
  set_state(entry, State::doubtful, now);
  doubt_until_ = std::max(doubt_until_, now + grace);
}

void Settling::forget_below(const std::string& folder) {
  for (auto at = entries_.upper_bound(folder + '/'); at != entries_.end() && at->first.starts_with(folder + '/');) {
    set_state(at->second, State::none, {});
    at = entries_.erase(at);
  }
}

void Settling::add(const std::string& path, Event event, Details details, Time now) {
  const bool nothing_to_give = entries_.size() == writing_;
  if (entries_.empty() && everything_.empty()) begin_ = now;
  const auto [at, is_first] = entries_.try_emplace(path);
  Entry& entry = at->second;
  if (is_first) {
    entry.since = now;
    entry.unseen = details.unseen;
  }
  entry.folder |= details.folder;
  if (details.folder) forget_below(path);
  switch (event) {
    case Event::created:
    case Event::writing:
      set_state(entry, State::writing, now);
      break;
    case Event::written:
      if (entry.unseen && !details.folder)
        doubt(entry, now, kGraceOfNew);
      else
        set_state(entry, State::settled, now);
      break;
    case Event::emptied:
      doubt(entry, now, kGraceOfGone);
      break;
    case Event::vanished:
      if (entry.unseen) {
        set_state(entry, State::none, now);
        entries_.erase(at);
      } else {
        doubt(entry, now, kGraceOfGone);
      }
  }
  if (nothing_to_give) waiting_since_ = now;
}

void Settling::touch(const std::string& path, Time now) {
  if (!entries_.contains(path)) add(path, Event::written, now);
}

void Settling::add_everything(std::vector<std::string> all, Time now) {
  if (entries_.empty() && everything_.empty()) begin_ = now;
  entries_.clear();
  writing_ = doubtful_ = 0;
  everything_ = std::move(all);
  last_ = now;
}

Settling::Time Settling::deadline(const Entry& writing) {
  return std::min(writing.last + kWriterPauses, writing.since + kWriterTakes);
}

microseconds Settling::quiet() const {
  if (!everything_.empty()) return kQuietOfMany;
  if (entries_.size() <= 2) return kQuiet;
  const auto burst = std::chrono::duration_cast<microseconds>(last_ - begin_);
  return std::clamp(burst / 2, kQuietOfFew, kQuietOfMany);
}

std::optional<Settling::Time> Settling::due(Time now) const {
  if (!everything_.empty()) return std::min(last_ + quiet(), begin_ + kLongestBurst);
  if (entries_.empty()) return std::nullopt;
  // Of a thousand entries hardly one is being written: it is looked for only where there is nothing else to decide by.
  const auto written_until = [&](bool latest) {
    std::optional<Time> found;
    for (const auto& [path, entry] : entries_)
      if (entry.state == State::writing)
        found = !found   ? deadline(entry)
                : latest ? std::max(*found, deadline(entry))
                         : std::min(*found, deadline(entry));
    return *found;
  };
  if (entries_.size() == writing_) return written_until(false);
  Time at = last_ + quiet();
  if (doubtful_ > 0) at = std::max(at, doubt_until_);
  if (writing_ > 0 && now < waiting_since_ + kOthersWait)
    at = std::max(at, std::min(waiting_since_ + kOthersWait, written_until(true)));
  return std::min(at, begin_ + kLongestBurst);
}

std::vector<std::string> Settling::take(Time now) {
  const std::optional<Time> at = due(now);
  if (!at || *at > now) return {};
  if (!everything_.empty()) {
    entries_.clear();
    writing_ = doubtful_ = 0;
    return std::exchange(everything_, {});
  }
  std::vector<std::string> paths;
  std::vector<std::string> folders;  // sorted, as entries are
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const auto& [path, what] = *entry;
    if (what.state == State::writing && deadline(what) > now) {
      ++entry;
      continue;
    }
    bool covered = false;
    for (std::size_t slash = path.rfind('/'); !covered && !folders.empty() && slash != std::string::npos && slash > 0;
         slash = path.rfind('/', slash - 1))
      covered = std::ranges::binary_search(folders, path.substr(0, slash));
    if (!covered) {
      paths.push_back(path);
      if (what.folder) folders.push_back(path);
    }
    set_state(entry->second, State::none, now);
    entry = entries_.erase(entry);
  }
  begin_ = waiting_since_ = now;
  return paths;
}

}  // namespace hardtop
