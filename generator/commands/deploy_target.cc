#include "commands/deploy_target.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>

#include "base/data.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/paths.h"
#include "build/output_folder.h"
#include "build/write_beside.h"

namespace hardtop {
namespace {

bool is_folder_remote(const std::string& remote) {
  const std::size_t colon = remote.find(':');
  return colon == std::string::npos || remote.find('/') < colon;
}

// The folder that a place is, also one that is written as rclone's local backend (https://rclone.org/local/): ":local:/srv/www".
std::optional<std::string> local_folder_of(const std::string& place) {
  if (is_folder_remote(place)) return place;
  if (!place.starts_with(":local:") && !place.starts_with(":local,")) return std::nullopt;
  return place.substr(place.find(':', 1) + 1);
}

// One line: what is written into a lock.
std::string one_line(std::string text) {
  std::erase_if(text, [](char c) { return c >= 0 && c < ' '; });
  return text;
}

std::string user_name() {
  if (const passwd* const user = ::getpwuid(::getuid()); user && user->pw_name) return one_line(user->pw_name);
  return "user " + std::to_string(::getuid());
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "unknown";
  return one_line(name.data());
}

// Processes of one number are the same where the kernel was started once and their namespace is one (pid_namespaces(7)).
std::string machine_word() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  std::error_code failure;
  const std::string space = std::filesystem::read_symlink("/proc/self/ns/pid", failure).string();
  if (boot.empty() || space.empty()) return "";
  return hash128_hex(boot + " " + space + " " + host_name()).substr(0, 16);
}

}  // namespace

std::string deploy_place(const std::string& remote, const std::string& site_dir) {
  return is_folder_remote(remote) && !remote.starts_with('/') ? join_path(site_dir, remote) : remote;
}

bool check_places(const DeployPlaces& places, const DeployTarget& target, Diagnostics& diagnostics) {
  const auto output = whole_path(places.output_dir), sources = whole_path(places.site_dir);
  const auto report = [&](const Place& where, const std::string& message, const char* hint) {
    diagnostics.error(where, "deploy/into-itself", message, hint);
    return false;
  };
  const auto check = [&](const std::string& folder, const Place& where, const std::string& what, const char* hint) {
    const auto there = whole_path(folder);
    if (is_inside(there, output) || is_inside(output, there))
      return report(where, what + " and the output folder lie in one another", hint);
    if (is_inside(sources, there)) return report(where, what + " holds the site's sources", hint);
    if (const std::string name = source_folder_of(folder, places.site_dir); !name.empty())
      return report(where, what + " is inside the site's " + name + "/", hint);
    return true;
  };
  constexpr const char* kSiteHint = "choose a folder of its own, outside the site's: \"/srv/www/example.org\"";
  constexpr const char* kStateHint = "choose a folder of its own, or leave 'state' out";
  const std::optional<std::string> site = local_folder_of(places.site), state = local_folder_of(places.state);
  if (site && !check(*site, target.place, "the folder to deploy to", kSiteHint)) return false;
  if (target.state.empty() || !state) return true;
  if (!check(*state, target.state_place, "the folder of the notes", kStateHint)) return false;
  return !site || !is_inside(whole_path(*site), whole_path(*state)) ||
         report(target.state_place, "the folder of the notes holds the folder to deploy to", kStateHint);
}

DeployLock make_deploy_lock(std::int64_t now) {
  DeployLock lock;
  lock.time = now;
  lock.who = user_name() + "@" + host_name();
  lock.machine = machine_word();
  lock.process = ::getpid();
  // "20261123T100000Z-1a2b3c4d": sorts by time.
  for (const char c : iso_date(date_of(now)))
    if (c != '-' && c != ':') lock.id += c;
  std::random_device random;
  lock.id += "-" + hash128_hex(std::to_string(random()) + " " + std::to_string(random()) + lock.who).substr(0, 8);
  return lock;
}

bool is_dead_here(const DeployLock& lock, const std::string& machine) {
  if (machine.empty() || lock.machine != machine || lock.process <= 0) return false;
  return ::kill(static_cast<pid_t>(lock.process), 0) != 0 && errno == ESRCH;
}

}  // namespace hardtop
