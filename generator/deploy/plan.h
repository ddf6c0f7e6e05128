// Which files a deploy moves, and in which order: decided purely, from what was built and what is written down at the remote.
//
// The order is what keeps a visitor from meeting a page whose assets are missing:
//   1. what is about to be overwritten or removed is copied to versions/ID/, for a rollback        (keep)
//   2. the journal says what is about to change                                                   (journal)
//   3. fingerprinted assets, then other files, then pages                                          (uploads)
//   4. what is kept of the new state for good, then the manifest: from here on the new state is the one that counts                             (next)
//   5. what is gone is removed, pages first; assets `keep_days` later, because old pages in visitors' browsers ask for them, and not
//      before the site changes again: until then a rollback may want them                         (removed)
//
// After a deploy that died the manifest still tells what was there before it, and its journal which paths may have either content:
// those are `uncertain`. All others are as the manifest says. Where the remote can tell the hash of an uncertain file, the caller finds
// out which have their new content already; what is left is uploaded again. A file is never taken for new by its size or time alone:
// rclone's folder and SFTP remotes leave a part of a file behind when they are killed.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/remote_state.h"

namespace hardtop {

enum class UploadKind { asset, file, page };  // in the order of uploading

[[nodiscard]] UploadKind kind_of(std::string_view path);

struct PlannedUpload {
  RemoteFile file;
  UploadKind kind = UploadKind::file;
  bool is_new = false;  // nothing of this path was in the state before
};

struct PlanOptions {
  std::string id;          // of the new state; unlike every other
  std::string journal_id;  // of this run
  std::string restores;    // the state that a rollback brings back; "" for a deploy
  std::int64_t now = 0;    // seconds since 1970
  std::int64_t keep_days = 30;
  std::set<std::string> arrived;  // uncertain paths whose content at the remote is that of `local`
};

struct DeployPlan {
  std::vector<std::string> keep;  // sorted
  std::vector<std::string>
      in_the_way;  // files that must make room for a folder, or the other way round: removed before uploading
  std::vector<PlannedUpload> uploads;  // by kind, headers, path
  std::vector<std::string> removed;    // after the manifest; sorted
  std::vector<std::string> touched;    // paths that answer with something else than before: for purge; sorted
  RemoteManifest next;
  Journal journal;
  std::size_t added = 0, changed = 0, gone = 0,
              unchanged = 0;  // files of the site; gone: no longer of it, kept assets included
  std::uint64_t bytes = 0;    // of all uploads

  bool changes_manifest = false;  // `next` has to be written; else it is the manifest that is there
  bool tidies = false;            // a deploy that did not end has left its journal, or more

  // All is as it shall be, and nothing is left to tidy up.
  [[nodiscard]] bool is_empty() const { return !changes_manifest && !tidies; }
};

// The paths of which it is not known what is there, because deploys that did not end were at work on them: sorted.
[[nodiscard]] std::vector<std::string> uncertain_paths(const RemoteState& remote);

// Pure. `local` is sorted by path: the site as it shall be.
[[nodiscard]] DeployPlan plan_deploy(const std::vector<RemoteFile>& local, const RemoteState& remote,
                                     const PlanOptions& options);

// What --rollback brings back: the last whole state when a deploy did not end, else the one before the present one. A rollback that did
// not end is continued. "" where there is none.
[[nodiscard]] std::string rollback_target(const RemoteState& remote);

// The addresses for purge: absolute, sorted; "blog/index.html" is "https://example.org/blog/". Without a.html.gz beside a.html.
// `touched` is sorted; `base_url` ends in '/'.
[[nodiscard]] std::vector<std::string> changed_urls(const std::vector<std::string>& touched, std::string_view base_url);

}  // namespace hardtop
