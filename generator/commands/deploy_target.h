// Where a deploy goes to, and who is deploying: what the command finds out about this machine.
#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"
#include "deploy/remote_state.h"

namespace hardtop {

// A remote of site.toml as rclone understands it from the current folder: what has no ':' in front of its first '/' is a folder, from the
// site's folder on (https://rclone.org/docs/#syntax-of-remote-paths).
[[nodiscard]] std::string deploy_place(const std::string& remote, const std::string& site_dir);

// A folder to deploy to is neither the output folder nor in it, nor the other way round. Reports deploy/into-itself. False if it
// reported an error.
bool check_place(const std::string& place, const std::string& output_dir, const Place& where, Diagnostics& diagnostics);

// This user, machine and process, with an id that no other deploy has.
[[nodiscard]] DeployLock make_deploy_lock(std::int64_t now);

// Whether the lock's process ran on this machine, since it was last started, in this container, and runs no more.
[[nodiscard]] bool is_dead_here(const DeployLock& lock, const std::string& machine);

}  // namespace hardtop
