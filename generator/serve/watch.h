// Which of a site's files changed, as the preview learns it while it waits: from the system's own events (inotify(7)), or,
// where there are none to have, by looking at all files again and again.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

struct WatchOptions {
  std::string site_dir = ".";
  bool poll = false;             // look at the files, without asking the system for events
  std::size_t most_watches = 0;  // folders that the system watches for us; 0: as many as it lets us
};

class WatchSource;

class Watch {
 public:
  // Whatever changes after this returns will be reported: make it before the site is read. Where the system refuses
  // to watch the folders, the warning serve/watch-limit says what to do, and files are looked at instead: a change then
  // takes up to a second, more only where one look takes longer than 50 ms, so that looking never costs over a twentieth of
  // a core. So it is without a warning on file systems that do not tell of changes made by other machines (NFS, SMB, a
  // Windows disk under WSL, shared folders of virtual machines and containers).
  Watch(WatchOptions options, Diagnostics& diagnostics);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Waits for a set of changed files that are whole as far as can be told, a millisecond or two after the last of them was
  // saved. The paths are relative to the site's folder, as diagnostics have them: "content/a.md", "site.toml",
  // "../themes/mini/layouts/page.mustache"; sorted, unique, never empty. A path may be gone, or be new; that of a folder
  // stands for all below it, and is alone. When events were lost, it is every folder and file that a site can be
  // made of. A file that is linked to from elsewhere in the site comes with the paths of these links.
  // Empty: stop() was called. `diagnostics` gets serve/watch-limit, if the limit is reached only now. One thread at a time.
  [[nodiscard]] std::optional<std::vector<std::string>> wait(Diagnostics& diagnostics);

  // Ends wait() at once, and every later one. From any thread, and from a signal handler.
  void stop() noexcept;

  [[nodiscard]] bool is_polling() const { return is_polling_; }

 private:
  void poll_from_now_on();

  const WatchOptions options_;
  int stop_fd_ = -1;
  bool is_polling_ = false;
  std::unique_ptr<WatchSource> source_;
};

}  // namespace hardtop
