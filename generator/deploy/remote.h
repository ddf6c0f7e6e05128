// The place that a site is deployed to, as the engine in upload.h needs it: one of the project's seams (STYLE.md, virtual only at the
// outside). rclone_remote.h is the real one, tests have one in memory.
//
// It holds the site, and beside it, where visitors do not look, hardtop's state: the texts of remote_state.h, and versions/ID/ with a
// state's manifest and those of its files that the next one has changed or removed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// Why the remote did not do what it was asked for, in its own words.
struct RemoteFailure {
  enum class Kind {
    passing,        // may succeed at another time: a network, a timeout
    lasting,        // will not, until somebody mends something: a password, a name, a permission
    no_program,     // there is no rclone
    no_such_remote  // rclone's configuration has no remote of that name
  };
  Kind kind = Kind::passing;
  std::string words;  // one line
};

class Remote {
 public:
  using Failure = std::optional<RemoteFailure>;                  // nothing: it went well
  using Arrived = std::function<void(const std::string& path)>;  // one more of the files is whole at its place

  virtual ~Remote() = default;

  // The texts of all manifests, journals and locks, one after the other, in any order. "" where nothing was ever deployed.
  [[nodiscard]] virtual Failure read_state(std::string& texts) = 0;
  // The manifest that versions/ID/ holds; "" where there is none.
  [[nodiscard]] virtual Failure read_version(const std::string& id, std::string& text) = 0;
  // `name` as in remote_state.h: "lock.ID", or "versions/ID/manifest", "evidence/ID.json". Names are used once, but for repeating what failed.
  [[nodiscard]] virtual Failure write_state(const std::string& name, std::string_view text) = 0;
  [[nodiscard]] virtual Failure remove_state(const std::string& name) = 0;
  // Removes all manifests but manifest.MANIFEST, all journals, and the lock of this deploy; other locks stay. Removes of versions/ all
  // but VERSION ("" for none).
  [[nodiscard]] virtual Failure tidy(const std::string& manifest, const std::string& version,
                                     const std::string& lock) = 0;

  // Files of the local folder to the site, with `headers` (remote_state.h) where the remote can keep them. Also after a failure what has
  // arrived stays; who tries again leaves it out. `paths` is not empty, here and below.
  [[nodiscard]] virtual Failure upload(const std::vector<std::string>& paths, const std::string& headers,
                                       const Arrived& arrived) = 0;
  // Files of the site to versions/ID/files/.
  [[nodiscard]] virtual Failure keep(const std::string& id, const std::vector<std::string>& paths,
                                     const Arrived& arrived) = 0;
  // Files of versions/ID/files/ to the site.
  [[nodiscard]] virtual Failure restore(const std::string& id, const std::vector<std::string>& paths,
                                        const std::string& headers, const Arrived& arrived) = 0;
  // What is not there counts as removed.
  [[nodiscard]] virtual Failure remove(const std::vector<std::string>& paths) = 0;
  // MD5 by path, of those that are there and whose hash the remote can tell without sending the content.
  [[nodiscard]] virtual Failure read_hashes(const std::vector<std::string>& paths,
                                            std::map<std::string, std::string>& hashes) = 0;
};

}  // namespace hardtop
