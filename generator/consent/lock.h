// consent.lock: the facts of every service over time, with the day and a note, committed beside consent.toml. A production
// build whose facts differ from it stops, so that nobody changes what visitors were asked without saying so; visitors who are asked
// again are told the note.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/data.h"
#include "base/files.h"
#include "config/consent_config.h"

namespace hardtop {

// One state of a service's facts. The newest of a service is its last.
struct LockEntry {
  std::string id;
  std::string fingerprint;  // empty: the service had left consent.toml by then
  Date since;
  std::string note;   // may be empty
  std::string facts;  // as people read them, one a line; what changed is seen in the file's history
};

struct ConsentLock {
  std::vector<LockEntry> entries;  // by id, then oldest first

  [[nodiscard]] const LockEntry* newest(std::string_view id) const;
  // The note of the newest entry of a service that is there and has had other facts before; empty otherwise.
  [[nodiscard]] std::string note_of_change(std::string_view id) const;
};

// Reads DIR/consent.lock; none is an empty lock. Reports consent/bad-lock, consent/unreadable consent/invalid-utf8
// config/toml-syntax consent/unknown-key consent/wrong-type. Empty if and only if it reported an error.
[[nodiscard]] std::optional<ConsentLock> load_consent_lock(const Files& files, const std::string& site_dir,
                                                           Diagnostics& diagnostics);

// Reports consent/lock-differs for every service whose facts the lock does not have (with what changed), that is new, or
// that is gone; at the service in consent.toml. One error where the lock has nothing at all.
void check_lock(const ConsentConfig& config, const ConsentLock& lock, Diagnostics& diagnostics);

// The lock with today's facts added. The same where nothing has changed.
[[nodiscard]] ConsentLock updated_lock(const ConsentConfig& config, ConsentLock lock, const Date& today,
                                       const std::string& note);
// The file: UTF-8, the same for the same lock.
[[nodiscard]] std::string to_toml(const ConsentLock& lock);

// Between two LockEntry::facts, a line each: "- host: a.example", then "+ host: b.example".
[[nodiscard]] std::vector<std::string> changed_facts(const std::string& before, const std::string& after);

}  // namespace hardtop
