#include "deploy/upload.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "base/data.h"

namespace hardtop {

namespace {

using Failure = Remote::Failure;

constexpr int kMostTries = 4;
constexpr std::chrono::milliseconds kFirstWait{1000};  // then twice as long each time
constexpr std::chrono::milliseconds kLockWait{250};    // for another to give way
constexpr int kMostLockWaits = 40;

class Deploy {
 public:
  Deploy(Remote& remote, const DeployWork& work, Diagnostics& diagnostics)
      : remote_(remote), work_(work), diagnostics_(diagnostics) {}

  std::optional<RemoteState> read_state() {
    std::string texts;
    if (!done("read what is deployed", [&] { return remote_.read_state(texts); })) return std::nullopt;
    RemoteState state = parse_remote_state(texts);
    if (!state.is_newer) return state;
    diagnostics_.error({}, "deploy/newer-remote", "a newer version of hardtop has deployed to '" + work_.place + "'",
                       "deploy with that version: this one cannot read what it has noted there");
    return std::nullopt;
  }

  std::optional<DeployReport> run(RemoteState state) {
    if (work_.interrupted()) {  // while the site was looked at
      fail_interrupted();
      return std::nullopt;
    }
    std::optional<DeployPlan> plan = make_plan(state);
    if (!plan) return std::nullopt;
    if (!work_.dry_run && plan->is_empty()) {
      // Its process has died when all was done.
      for (const DeployLock& other : others_of(state))
        if (work_.is_dead(other) && !remove_lock(other.id)) return std::nullopt;
    } else if (!work_.dry_run) {
      std::optional<RemoteState> locked = lock(state);
      if (!locked) return std::nullopt;
      // Another deploy may have ended meanwhile.
      if (locked->manifest != state.manifest || locked->journals != state.journals) plan = make_plan(*locked);
      state = *std::move(locked);
      if (!plan || !apply(*plan, state)) {
        unlock();
        return std::nullopt;
      }
    }
    report_.plan = *std::move(plan);
    report_.urls = changed_urls(report_.plan.touched, work_.base_url);
    return std::move(report_);
  }

 private:
  // Tries again what may succeed at another time. Reports what does not.
  template <typename Step>
  bool done(const std::string& what, Step step) {
    std::chrono::milliseconds pause = kFirstWait;
    for (int tries = 1;; ++tries) {
      const Failure failure = step();
      if (!failure) return true;
      if (work_.interrupted()) return fail_interrupted();
      if (failure->kind != RemoteFailure::Kind::passing || tries == kMostTries) return report(what, *failure);
      work_.wait(pause);
      pause *= 2;
    }
  }

  bool report(const std::string& what, const RemoteFailure& failure) {
    switch (failure.kind) {
      case RemoteFailure::Kind::no_program:
        diagnostics_.error({}, "deploy/no-rclone", "rclone is not installed, and deploy uploads with it",
                           "install it, as root: apt-get install rclone (other systems: https://rclone.org/install/)");
        break;
      case RemoteFailure::Kind::no_such_remote:
        diagnostics_.error({}, "deploy/no-such-remote",
                           "rclone has no remote for '" + work_.place + "': " + failure.words,
                           "`rclone listremotes` shows those that it has; `rclone config` adds one");
        break;
      case RemoteFailure::Kind::passing:
      case RemoteFailure::Kind::lasting:
        diagnostics_.error(
            {}, "deploy/remote-failed", "cannot " + what + " at '" + work_.place + "': " + failure.words,
            begun_ ? "mend that and deploy again: what has arrived is not sent again"
                   : "mend that and deploy again; `rclone lsf " + work_.place + "` shows whether rclone gets there");
    }
    return false;
  }

  bool fail_interrupted() {
    diagnostics_.error({}, "deploy/interrupted", "the deploy to '" + work_.target + "' was interrupted",
                       begun_ ? "deploy again to complete it: what has arrived is not sent again"
                              : "nothing of the site has changed there");
    return false;
  }

  void show(const char* step, std::size_t done = 0, std::size_t total = 0) const {
    if (work_.progress) work_.progress(step, done, total);
  }

  // --- What is to be done

  std::optional<DeployPlan> make_plan(const RemoteState& state) {
    PlanOptions options;
    options.id = options.journal_id = work_.self.id;
    options.now = work_.self.time;
    options.keep_days = work_.keep_days;
    if (work_.rollback) {
      options.restores = rollback_target(state);
      const std::optional<std::vector<RemoteFile>> files = files_of(options.restores, state);
      if (!files) return std::nullopt;
      return plan_deploy(*files, state, options);
    }
    if (!find_arrived(uncertain_paths(state), options.arrived)) return std::nullopt;
    return plan_deploy(work_.local, state, options);
  }

  // The files of the state that a rollback brings back.
  std::optional<std::vector<RemoteFile>> files_of(const std::string& id, const RemoteState& state) {
    if (!id.empty() && id == state.manifest->id) return state.manifest->files;
    std::string text;
    if (!id.empty() && !done("read the version before", [&] { return remote_.read_version(id, text); }))
      return std::nullopt;
    RemoteState version = parse_remote_state(text);
    if (version.manifest && version.manifest->id == id) return std::move(version.manifest->files);
    diagnostics_.error({}, "deploy/nothing-to-roll-back",
                       "there is no version before this one at '" + work_.place + "'",
                       "check out the sources as they were, then: hardtop build && hardtop deploy " + work_.target);
    return std::nullopt;
  }

  // Which of the uncertain files are those that were built.
  bool find_arrived(const std::vector<std::string>& uncertain, std::set<std::string>& arrived) {
    std::vector<std::string> paths;
    for (const std::string& path : uncertain)
      if (std::ranges::binary_search(work_.local, path, {}, &RemoteFile::path)) paths.push_back(path);
    if (paths.empty()) return true;
    show("looking at what an earlier deploy has left");
    std::map<std::string, std::string> hashes;
    if (!done("look at what an earlier deploy has left", [&] { return remote_.read_hashes(paths, hashes); }))
      return false;
    for (const auto& [path, hash] : hashes)
      if (!hash.empty() && hash == work_.local_md5(path)) arrived.insert(path);
    return true;
  }

  // --- The lock

  std::vector<DeployLock> others_of(const RemoteState& state) const {
    std::vector<DeployLock> others = state.locks;
    std::erase_if(others, [&](const DeployLock& lock) { return lock.id == work_.self.id; });
    return others;
  }

  bool remove_lock(const std::string& id) {
    return done("remove a lock", [&] { return remote_.remove_state("lock." + id); });
  }
  void unlock() {
    if (remote_.remove_state("lock." + work_.self.id)) return;  // what went wrong before this says more
  }

  void report_locked_by(const DeployLock& other) {
    diagnostics_.error(
        {}, "deploy/locked",
        other.who + " has been deploying to '" + work_.target + "' since " + iso_date(date_of(other.time)),
        "wait for that to end; if it runs no more: hardtop deploy " + work_.target +
            (work_.rollback ? " --rollback" : "") + " --break-lock");
  }

  // Removes the locks that may be removed; false where one stands, which is reported, or removing failed.
  bool clear_locks(const RemoteState& state) {
    for (const DeployLock& other : others_of(state)) {
      if (!work_.break_lock && !work_.is_dead(other)) {
        report_locked_by(other);
        return false;
      }
      if (!remove_lock(other.id)) return false;
    }
    return true;
  }

  // The state as it is once we alone may change it.
  std::optional<RemoteState> lock(const RemoteState& seen) {
    show("waiting for the lock");
    if (!clear_locks(seen)) return std::nullopt;
    const std::string text = format_lock(work_.self);
    if (!done("write", [&] { return remote_.write_state("lock." + work_.self.id, text); })) {
      unlock();
      return std::nullopt;
    }
    for (int waits = 0;; ++waits) {
      std::optional<RemoteState> state = read_state();
      if (!state) break;
      if (!std::ranges::any_of(state->locks, [&](const DeployLock& lock) { return lock.id == work_.self.id; })) {
        fail_lock_lost();
        return std::nullopt;
      }
      std::vector<DeployLock> others = others_of(*state);
      // Of those that were there at the first look, the ones that could go are gone.
      std::erase_if(others, [&](const DeployLock& other) { return work_.is_dead(other); });
      if (others.empty()) return state;
      const auto age = [](const DeployLock& each) { return std::tie(each.time, each.id); };
      if (age(others.front()) < age(work_.self) || waits == kMostLockWaits) {
        report_locked_by(others.front());
        break;
      }
      work_.wait(kLockWait);
    }
    unlock();
    return std::nullopt;
  }

  bool fail_lock_lost() {
    diagnostics_.error({}, "deploy/lock-lost", "somebody has broken the lock of this deploy to '" + work_.target + "'",
                       "agree on who deploys, then deploy again");
    return false;
  }

  bool holds_lock() {
    const std::optional<RemoteState> state = read_state();
    if (!state) return false;
    return std::ranges::any_of(state->locks, [&](const DeployLock& lock) { return lock.id == work_.self.id; }) ||
           fail_lock_lost();
  }

  // --- The steps

  // Moves files in one batch, and what is missing again after a failure that may pass. `move` gets the paths and what to call for each
  // that has arrived.
  template <typename Move>
  bool move_all(const std::string& what, std::vector<std::string> paths, Move move, const Remote::Arrived& arrived) {
    std::set<std::string> missing(paths.begin(), paths.end());
    return done(what, [&]() -> Failure {
      const std::vector<std::string> batch(missing.begin(), missing.end());
      if (batch.empty()) return std::nullopt;
      return move(batch, [&](const std::string& path) {
        if (missing.erase(path) > 0) arrived(path);
      });
    });
  }

  bool keep(const DeployPlan& plan, const RemoteManifest& last) {
    std::size_t count = 0;
    const auto copy = [&](const std::vector<std::string>& paths, const Remote::Arrived& arrived) {
      return remote_.keep(last.id, paths, arrived);
    };
    if (!plan.keep.empty()) {
      show("keeping the present version", 0, plan.keep.size());
      if (!move_all("keep the present version", plan.keep, copy,
                    [&](const std::string&) { show("keeping the present version", ++count, plan.keep.size()); }))
        return false;
    }
    const std::string name = "versions/" + last.id + "/manifest", text = format_manifest(last);
    return done("keep the present version", [&] { return remote_.write_state(name, text); });
  }

  bool send(const DeployPlan& plan) {
    std::map<std::string_view, std::uint64_t> sizes;
    for (const PlannedUpload& each : plan.uploads) sizes[each.file.path] = each.file.size;
    for (auto begin = plan.uploads.begin(); begin != plan.uploads.end();) {
      const auto end = std::find_if(begin, plan.uploads.end(), [&](const PlannedUpload& each) {
        return each.kind != begin->kind || each.file.headers != begin->file.headers;
      });
      std::vector<std::string> paths;
      for (auto at = begin; at != end; ++at) paths.push_back(at->file.path);
      const std::string headers = begin->file.headers;
      begin = end;
      const auto move = [&](const std::vector<std::string>& batch, const Remote::Arrived& arrived) {
        return plan.journal.restores.empty() ? remote_.upload(batch, headers, arrived)
                                             : remote_.restore(plan.journal.restores, batch, headers, arrived);
      };
      const char* const step = work_.rollback ? "bringing files back" : "uploading files";
      show(step, report_.sent, plan.uploads.size());
      if (!move_all(work_.rollback ? "bring files back" : "upload", std::move(paths), move,
                    [&](const std::string& path) {
                      ++report_.sent;
                      report_.sent_bytes += sizes[path];
                      show(step, report_.sent, plan.uploads.size());
                    }))
        return false;
      if (work_.interrupted()) return fail_interrupted();
    }
    return true;
  }

  // Kind by kind: a remote removes what is in one batch in any order.
  bool remove(const std::vector<std::string>& paths) {
    for (auto begin = paths.begin(); begin != paths.end();) {
      const auto end =
          std::find_if(begin, paths.end(), [&](const std::string& path) { return kind_of(path) != kind_of(*begin); });
      const std::vector<std::string> batch(begin, end);
      begin = end;
      show("removing what is gone");
      if (!done("remove files", [&] { return remote_.remove(batch); })) return false;
    }
    return true;
  }

  bool purge(const DeployPlan& plan) {
    if (!work_.purge || plan.touched.empty()) return true;
    show("purging", 0, plan.touched.size());
    std::string urls;
    for (const std::string& url : changed_urls(plan.touched, work_.base_url)) urls.append(url).append("\n");
    if (work_.purge(urls)) return true;
    if (work_.interrupted()) return fail_interrupted();
    diagnostics_.error({}, "deploy/purge-failed",
                       "the site is deployed, but the command 'purge' of [deploy." + work_.target + "] failed",
                       "mend it, then deploy again: it is given the same URLs");
    return false;
  }

  // Before the manifest: no state counts without.
  bool keep_evidence(const DeployPlan& plan) {
    if (!work_.evidence) return true;
    const std::string name = "evidence/" + plan.next.id + ".json", text = work_.evidence(plan.journal.restores);
    return done("write", [&] { return remote_.write_state(name, text); });
  }

  bool apply(const DeployPlan& plan, const RemoteState& state) {
    if (state.manifest && plan.changes_manifest && plan.next.previous == state.manifest->id &&
        !keep(plan, *state.manifest))
      return false;
    if (!plan.journal.written.empty() || !plan.journal.removed.empty()) {
      const std::string text = format_journal(plan.journal);
      begun_ = true;
      if (!done("write", [&] { return remote_.write_state("journal." + plan.journal.id, text); })) return false;
    }
    if (!remove(plan.in_the_way) || !send(plan)) return false;
    if (plan.changes_manifest) {
      if (!holds_lock() || !keep_evidence(plan)) return false;
      const std::string text = format_manifest(plan.next);
      if (!done("write", [&] { return remote_.write_state("manifest." + plan.next.id, text); })) return false;
    }
    if (!remove(plan.removed) || !purge(plan)) return false;
    return done("tidy up", [&] { return remote_.tidy(plan.next.id, plan.next.previous, work_.self.id); });
  }

  Remote& remote_;
  const DeployWork& work_;
  Diagnostics& diagnostics_;
  DeployReport report_;
  bool begun_ = false;  // files of the site may have changed
};

}  // namespace

std::optional<RemoteState> read_remote_state(Remote& remote, const DeployWork& work, Diagnostics& diagnostics) {
  return Deploy(remote, work, diagnostics).read_state();
}

std::optional<DeployReport> run_deploy(Remote& remote, const DeployWork& work, RemoteState state,
                                       Diagnostics& diagnostics) {
  return Deploy(remote, work, diagnostics).run(std::move(state));
}

}  // namespace hardtop
