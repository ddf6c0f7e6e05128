// From consent.toml to consent.lock. What a build for production says with an error is said here as a record.
#include <map>

#include "base/paths.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "commands/site_job.h"
#include "config/site_config.h"
#include "consent/lock.h"

namespace hardtop {
namespace {

struct Read {
  ConsentConfig config;
  ConsentLock lock;
};

std::optional<Read> read_site(const Files& files, const std::string& dir, Diagnostics& diagnostics) {
  // The environment decides about a warning only, which is build's to give.
  const std::optional<SiteConfig> site = load_site_config(files, dir, "", diagnostics, Environment::development);
  std::optional<ConsentConfig> config =
      site ? load_consent_config(files, dir, site->base.host, diagnostics) : std::nullopt;
  std::optional<ConsentLock> lock = load_consent_lock(files, dir, diagnostics);
  if (!config || !lock) return std::nullopt;
  return Read{*std::move(config), *std::move(lock)};
}

// What was recorded, a service a line: "atlas  new"; of one that has changed what has, a fact a line.
std::string recorded_text(const ConsentLock& before, const ConsentLock& after) {
  std::map<std::string, std::vector<std::string>> news;
  std::size_t width = 0;
  for (const LockEntry& entry : after.entries) {
    const LockEntry* const now = after.newest(entry.id);
    const LockEntry* const was = before.newest(entry.id);
    if (now != &entry || (was && was->fingerprint == entry.fingerprint)) continue;
    std::vector<std::string>& lines = news[entry.id];
    width = std::max(width, entry.id.size());
    if (entry.fingerprint.empty()) {
      lines = {"gone"};
    } else if (!was) {
      lines = {"new"};
    } else if (was->fingerprint.empty()) {
      lines = {"back"};
    } else {
      lines = changed_facts(was->facts, entry.facts);
      if (lines.empty()) lines = {"changed"};
    }
  }
  std::string out;
  for (const auto& [id, lines] : news) {
    std::string label = id;
    for (const std::string& line : lines) {
      label.resize(width, ' ');
      out.append("  ").append(label).append("  ").append(line).append("\n");
      label.clear();
    }
  }
  return out;
}

// Whether visitors will be asked again about something, and not told why.
bool asks_without_note(const ConsentConfig& config, const ConsentLock& before, const ConsentLock& after) {
  for (const Service& service : config.services) {
    const LockEntry* const was = before.newest(service.id);
    if (service.necessary || !was || was->fingerprint.empty()) continue;
    const LockEntry* const now = after.newest(service.id);
    if (now->fingerprint != was->fingerprint && now->note.empty()) return true;
  }
  return false;
}

}  // namespace

ExitStatus run_lock(const LockCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  if (!check_folder(global, surroundings)) return ExitStatus::wrong_usage;
  const std::optional<std::int64_t> now = read_now(global, surroundings);
  if (!now) return ExitStatus::wrong_usage;

  Diagnostics diagnostics;
  const std::optional<Read> site = read_site(surroundings.files, global.dir, diagnostics);
  if (!site) {
    print_diagnostics(diagnostics, global, surroundings);
    print_closing_line(diagnostics, "; consent.lock is as it was", global, surroundings);
    print_explain_pointer(diagnostics, global, surroundings);
    return ExitStatus::site_has_errors;
  }
  const ConsentLock after = updated_lock(site->config, site->lock, day_of(*now), command.note);
  const std::string path = join_path(global.dir, "consent.lock");
  const bool changed = after.entries.size() != site->lock.entries.size();
  if (changed) {
    WriteResult result{};
    if (const std::error_code failure = surroundings.files.write(path, to_toml(after), result))
      diagnostics.error({}, "consent/unwritable", "cannot write " + path + ": " + failure.message(),
                        "look at the folder's permissions and the disk's free space");
  }
  print_diagnostics(diagnostics, global, surroundings);
  if (diagnostics.has_errors()) return ExitStatus::environment_failed;

  if (!changed) {
    print_summary(site->config.source
                      ? "Nothing has changed since " + path + " was written.\n"
                      : "Nothing to record: there is no consent.toml. To declare a service: hardtop new service\n",
                  global, surroundings);
    return ExitStatus::fine;
  }
  std::string summary = "Recorded in " + path + ":\n" + recorded_text(site->lock, after);
  if (asks_without_note(site->config, site->lock, after)) {
    summary +=
        "\n"
        "Visitors who have decided about what changed are asked again, and not told why. To tell them, add\n"
        "note = \"…\" to the last table of the service in " +
        path + ".\n";
  }
  print_summary(summary + "\nCommit it together with consent.toml.\n", global, surroundings);
  return ExitStatus::fine;
}

}  // namespace hardtop
