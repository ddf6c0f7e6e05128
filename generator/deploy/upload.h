// Brings a remote to a new state of the site, or back to the one before, so that it may be killed at any moment: the order of the steps
// is that of plan.h, each of them can be done twice, and what was begun is written down at the remote before it is begun.
//
// After a deploy that was killed
//   - before its journal was whole: nothing of the site has changed; copies for a rollback may lie in versions/, and are made again;
//   - before its manifest was whole: the old state is the one that counts, the paths of the journal are uncertain, and the next deploy
//     makes sure of each of them; a rollback brings them back from versions/;
//   - later: the new state counts; the journal says what is left to remove and to purge, and the next deploy does that.
//
// One deploy at a time: each writes a lock of its own and then looks for others (no remote of rclone has a file that only one can
// create). Who finds an older one gives way; who finds a younger one waits for it to do so. So never two go on, and of two that start in
// the same moment one does. Before the manifest is written the lock has to be there still: --break-lock of somebody else ends a deploy.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "deploy/plan.h"
#include "deploy/remote.h"

namespace hardtop {

struct DeployWork {
  std::string target;  // NAME of [deploy.NAME]
  std::string place;   // the remote, as messages name it
  bool rollback = false;
  bool dry_run = false;
  bool break_lock = false;
  std::vector<RemoteFile> local;  // what was built, sorted by path; not used by a rollback
  std::int64_t keep_days = 30;
  std::string base_url;  // ends in '/'
  DeployLock self;       // its id is unlike that of every other deploy; its time is now

  // The world, so that a test can be it. All are set, but for those that have a default.
  std::function<std::string(const std::string& path)> local_md5;  // of a local file; "" where it cannot be told
  std::function<bool(const DeployLock&)> is_dead;                 // true only where that deploy certainly runs no more
  std::function<void(std::chrono::milliseconds)> wait;
  std::function<bool()> interrupted;                             // the user wants it to end
  std::function<bool(const std::string& urls)> purge = nullptr;  // one URL a line; false: it failed, and said so
  std::function<void(const char* step, std::size_t done, std::size_t total)> progress = nullptr;
  // What is kept of the new state, for good, as evidence/ID.json: `restores` as in a journal. Null: nothing is.
  std::function<std::string(const std::string& restores)> evidence = nullptr;
};

struct DeployReport {
  DeployPlan plan;
  std::size_t sent = 0;  // files
  std::uint64_t sent_bytes = 0;
  std::vector<std::string> urls;  // that purge was given, or would be
};

// What is written down at the remote, read once before the work; may be called while the site is looked at. Reports deploy/no-rclone,
// deploy/no-such-remote, deploy/remote-failed, deploy/newer-remote. Empty if and only if it reported an error.
[[nodiscard]] std::optional<RemoteState> read_remote_state(Remote& remote, const DeployWork& work,
                                                           Diagnostics& diagnostics);

// Reports, beside these, deploy/locked, deploy/lock-lost, deploy/nothing-to-roll-back, deploy/interrupted and deploy/purge-failed. Empty
// if and only if it reported an error. A dry run writes nothing, and does not mind locks.
[[nodiscard]] std::optional<DeployReport> run_deploy(Remote& remote, const DeployWork& work, RemoteState state,
                                                     Diagnostics& diagnostics);

}  // namespace hardtop
