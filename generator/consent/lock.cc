// consent.lock is TOML with one table a state of a service's facts, by id and then oldest first:
//
//   [[service]]
//   id = "atlas"
//   fingerprint = "fIJnlfm"         # consent/fingerprint.h
//   since = 2026-11-23              # the day on which hardtop lock recorded it
//   note = "…"                      # where --note gave one: visitors who are asked again read it
//   facts = ["provider: …", …]      # what the fingerprint is made of, for people; the program compares fingerprints
//
// A service that has left consent.toml gets a last table with `removed = true` instead of fingerprint and facts.
// Nothing is ever taken out: who was asked what, and when, is the point of the file.
#include "consent/lock.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/text.h"
#include "base/toml.h"
#include "config/config_file.h"
#include "consent/fingerprint.h"

namespace hardtop {

namespace {

constexpr std::string_view kFile = "consent.lock";
constexpr std::string_view kHead =
    "# What visitors are asked about, service by service, and since when. Written by hardtop lock: change "
    "consent.toml,\n"
    "# run  hardtop lock --note \"what has changed\"  and commit both files together. Notes may be edited here; "
    "visitors\n"
    "# who are asked again about a service read the last one.\n";

std::string lines(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& line : list) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::string lifetime_words(const StoredItem& item) {
  if (item.permanent) return "until removed";
  return item.days == 0 ? "session" : count_of(static_cast<std::size_t>(item.days), "day", "days");
}

std::string_view kind_words(StoredItem::Kind kind) {
  switch (kind) {
    case StoredItem::Kind::cookie:
      return "cookie";
    case StoredItem::Kind::local_storage:
      return "local storage";
    case StoredItem::Kind::session_storage:
      return "session storage";
    case StoredItem::Kind::indexed_db:
      return "IndexedDB";
    case StoredItem::Kind::cache:
      return "cache";
  }
  return "";
}

// The material facts, a line each; what is listed is sorted, so that a line that differs is a fact that differs.
std::string facts_text(const Service& service) {
  std::vector<std::string> facts = {"provider: " + service.provider};
  if (service.purpose_revision != 1) facts.push_back("purpose: revision " + std::to_string(service.purpose_revision));
  if (service.sells_or_shares) facts.emplace_back("sells or shares: yes");
  std::vector<std::string> listed;
  for (const std::string& host : service.hosts) listed.push_back("host: " + host);
  std::sort(listed.begin(), listed.end());
  facts.insert(facts.end(), listed.begin(), listed.end());
  listed.clear();
  for (const StoredItem& item : service.stored) {
    listed.push_back(std::string(kind_words(item.kind)) + ": " + item.name +
                     (item.host.empty() ? "" : " of " + item.host) + ", " + lifetime_words(item));
  }
  std::sort(listed.begin(), listed.end());
  facts.insert(facts.end(), listed.begin(), listed.end());
  return lines(facts);
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 7 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_ascii_alphanumeric(c) || c == '-' || c == '_'; });
}

void sort_by_id(std::vector<LockEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const LockEntry& a, const LockEntry& b) { return a.id < b.id; });
}

class LockReader {
 public:
  LockReader(const SourcePtr& source, Diagnostics& found) : source_(source), found_(found) {}

  ConsentLock read(const DataTable& root) {
    TableReader top(root, source_, "", "consent", found_);
    if (const Data* services = top.any("service")) {
      if (const DataArray* tables = services->array()) {
        for (const Data& table : *tables) read_entry(table);
      } else {
        wrong(*services, "'service' must be a list of tables, not " + std::string(kind_name(*services)));
      }
    }
    top.finish();
    sort_by_id(lock_.entries);
    return std::move(lock_);
  }

 private:
  void wrong(const Data& data, std::string message) {
    found_.error({source_, data.offset, data.length}, "consent/bad-lock", std::move(message),
                 "take the last version of the file from version control, then run hardtop lock");
  }

  void read_entry(const Data& data) {
    const DataTable* fields = data.table();
    if (!fields) return wrong(data, "'service' must be a list of tables, not " + std::string(kind_name(data)));
    TableReader table(*fields, source_, "[[service]]", "consent", found_);
    LockEntry entry;
    const bool has_since = table.has("since");
    const bool removed = table.flag("removed").value_or(false);
    entry.id = table.text("id").value_or("");
    entry.fingerprint = table.text("fingerprint").value_or("");
    entry.since = table.date("since").value_or(Date{});
    entry.note = table.text("note").value_or("");
    entry.facts = lines(table.texts("facts").value_or(std::vector<std::string>()));
    table.finish();
    if (entry.id.empty()) {
      wrong(data, "a service has no id");
    } else if (!has_since) {
      wrong(data, "the service '" + entry.id + "' has no day in 'since'");
    } else if (removed ? !entry.fingerprint.empty() : !is_fingerprint(entry.fingerprint)) {
      wrong(data, "the service '" + entry.id + "' has no fingerprint, or one that cannot be");
    }
    lock_.entries.push_back(std::move(entry));
  }

  const SourcePtr& source_;
  Diagnostics& found_;
  ConsentLock lock_;
};

// Git's marks of a merge that nobody finished: TOML's parser would say something about brackets.
std::size_t find_conflict(std::string_view text) {
  if (text.starts_with("<<<<<<< ")) return 0;
  const std::size_t at = text.find("\n<<<<<<< ");
  return at == std::string_view::npos ? at : at + 1;
}

std::optional<ConsentLock> load(const Files& files, const std::string& site_dir, Diagnostics& found) {
  SourcePtr source;
  const ConfigFileState state = read_config_file(files, site_dir, kFile, "consent", source, found);
  if (state == ConfigFileState::absent) return ConsentLock{};
  if (state == ConfigFileState::wrong) return std::nullopt;
  if (const std::size_t conflict = find_conflict(source->text); conflict != std::string::npos) {
    found.error(
        {source, conflict, 7}, "consent/bad-lock", "a merge has left a conflict in the file",
        "keep the tables of both sides, remove the lines with <<<<<<<, ======= and >>>>>>>, then run hardtop lock");
    return std::nullopt;
  }
  const std::optional<DataTable> root = parse_toml(source, found);
  if (!root) return std::nullopt;
  return LockReader(source, found).read(*root);
}

std::vector<std::string> to_lines(const std::string& text) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  for (const std::string_view line : split(text, '\n')) out.emplace_back(line);
  return out;
}

}  // namespace

std::vector<std::string> changed_facts(const std::string& before, const std::string& after) {
  const std::vector<std::string> old_lines = to_lines(before), new_lines = to_lines(after);
  const std::set<std::string> was(old_lines.begin(), old_lines.end()), is(new_lines.begin(), new_lines.end());
  std::vector<std::string> changes;
  for (const std::string& line : old_lines)
    if (!is.contains(line)) changes.push_back("- " + line);
  for (const std::string& line : new_lines)
    if (!was.contains(line)) changes.push_back("+ " + line);
  return changes;
}

const LockEntry* ConsentLock::newest(std::string_view id) const {
  const auto found =
      std::find_if(entries.rbegin(), entries.rend(), [&](const LockEntry& entry) { return entry.id == id; });
  return found == entries.rend() ? nullptr : &*found;
}

std::string ConsentLock::note_of_change(std::string_view id) const {
  const LockEntry* last = newest(id);
  if (!last || last->fingerprint.empty()) return "";
  const bool had_others = std::any_of(entries.begin(), entries.end(), [&](const LockEntry& entry) {
    return entry.id == id && !entry.fingerprint.empty() && entry.fingerprint != last->fingerprint;
  });
  return had_others ? last->note : "";
}

std::optional<ConsentLock> load_consent_lock(const Files& files, const std::string& site_dir,
                                             Diagnostics& diagnostics) {
  Diagnostics found;  // ours alone, so that "reported an error" is about this file
  std::optional<ConsentLock> lock = load(files, site_dir, found);
  if (found.has_errors()) lock.reset();
  for (Diagnostic& diagnostic : found.sorted()) diagnostics.add(std::move(diagnostic));
  return lock;
}

void check_lock(const ConsentConfig& config, const ConsentLock& lock, Diagnostics& diagnostics) {
  const Place whole = config.source ? Place{config.source, Place::kWholeFile, 0} : whole_file("consent.toml");
  const auto report = [&](const Place& place, std::string message, std::string hint) {
    diagnostics.error(place, "consent/lock-differs", std::move(message), std::move(hint));
  };
  if (lock.entries.empty() && !config.services.empty()) {
    report(whole, "consent.lock does not record what visitors are asked about",
           "run hardtop lock, and commit consent.lock together with consent.toml");
    return;
  }
  for (const Service& service : config.services) {
    const LockEntry* entry = lock.newest(service.id);
    if (!entry || entry->fingerprint.empty()) {
      report(service.place, "consent.lock does not know the service '" + service.id + "'",
             "run hardtop lock: it records the service, with today's date");
      continue;
    }
    if (entry->fingerprint == fingerprint(service)) continue;
    std::string changes;
    for (const std::string& change : changed_facts(entry->facts, facts_text(service)))
      changes += (changes.empty() ? "" : "; ") + change;
    report(service.place,
           "the service '" + service.id + "' is not what consent.lock records of " + iso_date(entry->since) +
               (changes.empty() ? "" : ": " + changes),
           service.necessary
               ? "run hardtop lock --note \"…\", which records what it is now"
               : "run hardtop lock --note \"…\": visitors who have decided are asked again, and read the note; or take "
                 "the change back");
  }
  std::set<std::string> ids;
  for (const LockEntry& entry : lock.entries) ids.insert(entry.id);
  for (const std::string& id : ids) {
    if (config.find(id) || lock.newest(id)->fingerprint.empty()) continue;
    report(whole, "the service '" + id + "', which consent.lock records, is gone",
           "run hardtop lock, which records that it is gone; put it back where that was a mistake: under a new id "
           "every visitor would be asked again");
  }
}

ConsentLock updated_lock(const ConsentConfig& config, ConsentLock lock, const Date& today, const std::string& note) {
  std::vector<LockEntry> added;
  for (const Service& service : config.services) {
    const LockEntry* entry = lock.newest(service.id);
    LockEntry now{.id = service.id,
                  .fingerprint = fingerprint(service),
                  .since = today,
                  .note = note,
                  .facts = facts_text(service)};
    if (!entry || entry->fingerprint != now.fingerprint) added.push_back(std::move(now));
  }
  std::set<std::string> ids;
  for (const LockEntry& entry : lock.entries) ids.insert(entry.id);
  for (const std::string& id : ids) {
    if (config.find(id) || lock.newest(id)->fingerprint.empty()) continue;
    added.push_back({.id = id, .fingerprint = "", .since = today, .note = note, .facts = ""});
  }
  lock.entries.insert(lock.entries.end(), added.begin(), added.end());
  sort_by_id(lock.entries);
  return lock;
}

std::string to_toml(const ConsentLock& lock) {
  std::string out(kHead);
  for (const LockEntry& entry : lock.entries) {
    out += "\n[[service]]\nid = " + toml_string(entry.id) + "\n";
    out += entry.fingerprint.empty() ? "removed = true\n" : "fingerprint = " + toml_string(entry.fingerprint) + "\n";
    out += "since = " + iso_date(entry.since) + "\n";
    if (!entry.note.empty()) out += "note = " + toml_string(entry.note) + "\n";
    if (entry.fingerprint.empty()) continue;
    out += "facts = [\n";
    for (const std::string& fact : to_lines(entry.facts)) out += "  " + toml_string(fact) + ",\n";
    out += "]\n";
  }
  return out;
}

}  // namespace hardtop
