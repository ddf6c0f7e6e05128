// What deploy writes down at the remote, beside the site: which files are there (the manifest), which are being changed
// (the journal), and who is changing them (the lock).
//
// All three are small text files, UTF-8, lines end in '\n', the last line is "end". A text without it is one whose
// writer died: it counts as not written. That makes every one of them atomic on every remote, because none is ever
// overwritten: each gets a name of its own, "manifest.ID", "journal.ID", "lock.ID", and of the whole manifests the one
// with the greatest number counts. Their names tell nothing that their text does not, so that the texts may be read in
// one go, one after the other, in any order (`rclone cat`).
//
//   hardtop deploy manifest 1
//   number 12                       greater than that of every manifest before
//   id 20261123T100000Z-5f0c        of this state of the site
//   time 1795392000                 when it was deployed, in seconds since 1970
//   previous ID                     the state before it, which versions/ID/ can bring back; "-" for none
//   headers A: x<TAB>B: y           a set of headers that files were uploaded with; the first is 0
//   file K HASH SIZE PATH           K: which set; HASH and SIZE as in build/manifest.h; sorted by path
//   retired DAY K HASH SIZE PATH    an asset that no page asks for since that day (days since 1970); sorted by path
//   end
//
//   hardtop deploy journal 1
//   id ID                           of the deploy
//   from ID                         the state that it started from; "-" for an empty remote
//   to ID                           the state that it leads to
//   restores ID                     only in a rollback: the state whose files it brings back
//   headers …, file …               what it writes
//   removed PATH                    what it removes
//   end
//
//   hardtop deploy lock 1
//   id ID                           of the deploy
//   who ada@desk
//   time 1795392000
//   machine WORD                    equal for processes that can see each other
//   process 4711
//   end
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// A file of the site at the remote, or to be there.
struct RemoteFile {
  std::string path;  // below the remote's path
  std::string hash;  // XXH3-128 of the content, 32 hexadecimal digits
  std::uint64_t size = 0;
  std::string headers;  // what it is sent with where the remote can keep it: "Name: value" joined by tabs, sorted
  friend bool operator==(const RemoteFile&, const RemoteFile&) = default;
};

struct RetiredFile {
  RemoteFile file;
  std::int64_t day = 0;  // since 1970
  friend bool operator==(const RetiredFile&, const RetiredFile&) = default;
};

struct RemoteManifest {
  std::uint64_t number = 0;
  std::string id;
  std::string previous;  // "" for none
  std::int64_t time = 0;
  std::vector<RemoteFile> files;     // sorted by path, unique
  std::vector<RetiredFile> retired;  // likewise; none of them is in `files`
  friend bool operator==(const RemoteManifest&, const RemoteManifest&) = default;
};

struct Journal {
  std::string id;
  std::string from;  // "" for an empty remote
  std::string to;
  std::string restores;  // "" for a deploy of what was built
  std::vector<RemoteFile> written;
  std::vector<std::string> removed;
  friend bool operator==(const Journal&, const Journal&) = default;
};

struct DeployLock {
  std::string id;
  std::string who;
  std::int64_t time = 0;
  std::string machine;
  std::int64_t process = 0;
  friend bool operator==(const DeployLock&, const DeployLock&) = default;
};

struct RemoteState {
  std::optional<RemoteManifest> manifest;  // the newest
  std::vector<Journal> journals;           // of deploys that did not end, sorted by id
  std::vector<DeployLock> locks;           // sorted by time, then id
  bool has_leftovers =
      false;              // manifests that count no more, or texts that were cut off: a deploy died while it tidied up
  bool is_newer = false;  // something is there that a later version of hardtop wrote
  friend bool operator==(const RemoteState&, const RemoteState&) = default;
};

[[nodiscard]] std::string format_manifest(const RemoteManifest& manifest);
[[nodiscard]] std::string format_journal(const Journal& journal);
[[nodiscard]] std::string format_lock(const DeployLock& lock);

// Reads texts that stand one after the other in any order. What is not whole is passed over.
[[nodiscard]] RemoteState parse_remote_state(std::string_view texts);

}  // namespace hardtop
