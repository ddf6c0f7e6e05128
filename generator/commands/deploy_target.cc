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
#include <random>

#include "base/data.h"
#include "base/files.h"
#include "base/hash.h"

namespace hardtop {
namespace {

bool is_folder_remote(const std::string& remote) {
  const std::size_t colon = remote.find(':');
  return colon == std::string::npos || remote.find('/') < colon;
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

bool is_inside(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace

std::string deploy_place(const std::string& remote, const std::string& site_dir) {
  return is_folder_remote(remote) && !remote.starts_with('/') ? join_path(site_dir, remote) : remote;
}

bool check_place(const std::string& place, const std::string& output_dir, const Place& where,
                 Diagnostics& diagnostics) {
  if (!is_folder_remote(place)) return true;
  std::error_code ignored;
  const auto whole = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
  };
  const auto there = whole(place), here = whole(output_dir);
  if (!is_inside(there, here) && !is_inside(here, there)) return true;
  diagnostics.error(where, "deploy/into-itself", "the folder to deploy to and the output folder lie in one another",
                    "choose a folder of its own, outside the site's: \"/srv/www/example.org\"");
  return false;
}

DeployLock make_deploy_lock(std::int64_t now) {
  DeployLock lock;
  lock.time = now;
  lock.who = user_name() + "@" + host_name();
  lock.machine = machine_word();
  lock.process = ::getpid();
  // "20261123T100000Z-1a2b3c4d": sorts by time.
  constexpr std::int64_t kSecondsADay = 86'400;
  Date date = day_of(now);
  date.seconds = static_cast<int>(now % kSecondsADay);
  date.has_time = true;
  for (const char c : iso_date(date))
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
