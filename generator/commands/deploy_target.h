// Where a deploy goes to, and who is deploying: what the command finds out about this machine.
#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"
#include "config/site_config.h"
#include "deploy/remote_state.h"

namespace hardtop {

// A remote of site.toml as rclone understands it from the current folder: what has no ':' in front of its first '/' is a folder, from the
// site's folder on (https://rclone.org/docs/#syntax-of-remote-paths).
[[nodiscard]] std::string deploy_place(const std::string& remote, const std::string& site_dir);

struct DeployPlaces {
  std::string site, state;  // as deploy_place says them
  std::string site_dir, output_dir;
};

// A folder to deploy to lies apart: it neither holds the output folder or the site's sources nor is in them, and the same is true of the
// folder of the notes, which does not hold the deployed site either. Reports deploy/into-itself at the places in site.toml. False if it
// reported an error.
bool check_places(const DeployPlaces& places, const DeployTarget& target, Diagnostics& diagnostics);

// This user, machine and process, with an id that no other deploy has.
[[nodiscard]] DeployLock make_deploy_lock(std::int64_t now);

// Whether the lock's process ran on this machine, since it was last started, in this container, and runs no more.
[[nodiscard]] bool is_dead_here(const DeployLock& lock, const std::string& machine);

}  // namespace hardtop
