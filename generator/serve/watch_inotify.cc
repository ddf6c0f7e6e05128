// Changes by inotify(7): one watch a folder. A folder is watched first and listed then, so that what is made in it meanwhile
// is seen; when it appears or vanishes, its path is reported and stands for everything in it, so no event about it can be
// missed. The same folder may have several paths, through symbolic links: a watch has as many views.
//
// The kernel promises order, and no more: a queue that overflows says so (IN_Q_OVERFLOW), and then everything counts as changed
// and is watched anew. What it does not tell of is a file system that is mounted over a folder: only where one went away is
// that looked for, twice a second, and likewise for the site's own folder.
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <map>
#include <unordered_map>
#include <utility>

#include "serve/settling.h"
#include "serve/site_walk.h"
#include "serve/watch_source.h"

namespace hardtop {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::uint32_t kNames = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_MASK_ADD;
constexpr std::uint32_t kFiles = kNames | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_EXCL_UNLINK;
constexpr std::uint32_t kSelf = IN_DELETE_SELF | IN_MOVE_SELF;
constexpr milliseconds kLookForLost{500};
constexpr int kMostReads = 64;  // of 64 KiB, before what was read is dealt with

std::string join(const std::string& folder, std::string_view name) {
  std::string path = folder;
  if (!path.empty()) path += '/';
  return path.append(name);
}

class InotifySource final : public WatchSource {
 public:
  InotifySource(const WatchOptions& options, int stop_fd, std::error_code& error)
      : site_dir_(options.site_dir), most_watches_(options.most_watches), stop_fd_(stop_fd) {
    fd_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd_ < 0) refuse(errno);
    watch_all();
    error = refusal_;
  }
  ~InotifySource() override {
    if (fd_ >= 0) ::close(fd_);
  }
  InotifySource(const InotifySource&) = delete;
  InotifySource& operator=(const InotifySource&) = delete;

  Outcome wait(std::vector<std::string>& paths, std::error_code& error) override {
    // Names that came to be before this call may be known to who reads the site meanwhile.
    unseen_ = false;
    nanoseconds time{0};
    for (;;) {
      if (wait_readable(stop_fd_, fd_, time.count())) return Outcome::stopped;
      read_events();
      unseen_ = true;
      find_lost();
      if (refusal_) {
        error = refusal_;
        return Outcome::refused;
      }
      const Clock::time_point now = Clock::now();
      const auto due = settling_.due(now);
      if (due && *due <= now) {
        paths = settling_.take(now);
        if (!paths.empty()) return Outcome::changed;
        time = nanoseconds(0);
        continue;
      }
      time = due ? nanoseconds(*due - now) : nanoseconds(-1);
      if (!lost_.empty()) time = due ? std::min(time, nanoseconds(kLookForLost)) : nanoseconds(kLookForLost);
    }
  }

 private:
  using Event = Settling::Event;

  // A watched folder as the site sees it.
  struct View {
    std::string path;  // the folder's, or with `only` the whole path of a link to a file in it
    Zone zone = Zone::tree;
    std::string only;  // the one name in the folder that counts
  };
  struct Id {
    dev_t device = 0;
    ino_t inode = 0;  // 0: there is nothing
    friend bool operator==(const Id&, const Id&) = default;
  };

  void refuse(int number) {
    if (!refusal_) refusal_ = {number, std::generic_category()};
  }

  // ---- What is watched ----

  void watch_all() {
    walk("..", Zone::parent);
    walk("", Zone::site);
    if (!folders_.contains("")) remember_lost("");
  }

  void walk(const std::string& path, Zone zone) {
    SiteWalker walker;
    walker.folder = [this](const std::string& folder, Zone z) { return watch_folder(folder, z); };
    walker.file = [this](const std::string& file, int, const char*, bool is_link) {
      if (is_link) watch_target(file);
    };
    walk_site(site_dir_, path, zone, walker);
  }

  bool watch_folder(const std::string& path, Zone zone) {
    const std::uint32_t mask = zone == Zone::parent ? kNames : zone == Zone::site ? kFiles | kSelf : kFiles;
    const int number = add_watch(disk_path(site_dir_, path), mask, {path, zone, ""});
    if (number >= 0) folders_[path] = number;
    return number >= 0;
  }

  // A link to a file: the file is watched where it is, in its folder, since editors put another in its place.
  void watch_target(const std::string& path) {
    const std::string link = disk_path(site_dir_, path);
    std::string target = real_path(link);
    if (target.empty()) {  // it leads nowhere as yet
      std::array<char, 4096> buffer;
      const ssize_t size = ::readlink(link.c_str(), buffer.data(), buffer.size());
      if (size <= 0) return;
      target.assign(buffer.data(), static_cast<std::size_t>(size));
      if (!target.starts_with('/')) target = link.substr(0, link.rfind('/') + 1) + target;
      const std::size_t slash = target.rfind('/');
      const std::string folder = real_path(slash == std::string::npos ? "." : target.substr(0, slash + 1));
      if (folder.empty()) return;
      target = folder + "/" + target.substr(slash + 1);  // npos + 1 is 0
    }
    const std::size_t slash = target.rfind('/');
    const int number = add_watch(target.substr(0, slash + 1), kFiles, {path, Zone::tree, target.substr(slash + 1)});
    if (number >= 0) links_[path] = number;
  }

  // Negative: there is no such folder, or no right to read it; or refusal_ is set.
  int add_watch(const std::string& disk, std::uint32_t mask, View view) {
    if (refusal_) return -1;
    const int number = ::inotify_add_watch(fd_, disk.c_str(), mask);
    if (number < 0) {
      if (errno == ENOSPC || errno == ENOMEM) refuse(errno);
      return number;
    }
    auto& views = watches_[number];
    if (most_watches_ != 0 && watches_.size() > most_watches_) refuse(ENOSPC);
    const auto same = [&](const View& known) { return known.path == view.path && known.only == view.only; };
    if (std::ranges::none_of(views, same)) views.push_back(std::move(view));
    return number;
  }

  static std::string real_path(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    return real ? real.get() : "";
  }

  // No more views of `path` and what is below it. Whether it was a folder.
  bool forget(const std::string& path) {
    const bool was_folder = folders_.contains(path);
    for (auto* all : {&folders_, &links_}) {
      if (const auto own = all->find(path); own != all->end()) {
        remove_view(own->second, path);
        all->erase(own);
      }
      const std::string below = path + '/';
      for (auto at = all->lower_bound(below); at != all->end() && at->first.starts_with(below);) {
        remove_view(at->second, at->first);
        at = all->erase(at);
      }
    }
    std::erase_if(lost_, [&](const auto& lost) { return lost.first == path || lost.first.starts_with(path + '/'); });
    return was_folder;
  }

  void remove_view(int number, const std::string& path) {
    const auto watch = watches_.find(number);
    if (watch == watches_.end()) return;
    std::erase_if(watch->second, [&](const View& view) { return view.path == path; });
    if (!watch->second.empty()) return;
    ::inotify_rm_watch(fd_, number);
    watches_.erase(watch);
  }

  void watch_everything_anew() {
    for (const auto& [number, views] : watches_) ::inotify_rm_watch(fd_, number);
    watches_.clear();
    folders_.clear();
    links_.clear();
    lost_.clear();
    watch_all();
    settling_.add_everything(all_watched(), Clock::now());
  }

  // ---- What comes back without an event ----

  [[nodiscard]] Id id_of(const std::string& path) const {
    struct stat info;
    return ::stat(disk_path(site_dir_, path).c_str(), &info) == 0 ? Id{info.st_dev, info.st_ino} : Id{};
  }

  void remember_lost(const std::string& path) {
    lost_.insert_or_assign(path, id_of(path));
    look_at_ = Clock::now() + kLookForLost;
  }

  void find_lost() {
    if (lost_.empty() || Clock::now() < look_at_) return;
    look_at_ = Clock::now() + kLookForLost;
    const auto all = lost_;
    for (const auto& [path, id] : all) {
      if (id_of(path) == id) continue;
      if (path.empty()) return watch_everything_anew();
      lost_.erase(path);
      put_folder(path, zone_of(path), false);
    }
  }

  static Zone zone_of(std::string_view path) {
    Zone zone = Zone::site;
    while (!path.empty() && zone != Zone::tree) {
      const std::size_t end = std::min(path.find('/'), path.size());
      const std::string_view name = path.substr(0, end);
      zone = name == ".." ? Zone::parent : zone_of_folder(zone, name);
      path.remove_prefix(std::min(end + 1, path.size()));
    }
    return zone;
  }

  // ---- Events ----

  void read_events() {
    alignas(inotify_event) std::array<char, 65536> buffer;
    for (int reads = 0; reads < kMostReads && !refusal_; ++reads) {
      const ssize_t size = ::read(fd_, buffer.data(), buffer.size());
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0) return;
      for (const char* at = buffer.data(); at < buffer.data() + size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(at);  // as inotify(7) says
        at += sizeof(inotify_event) + event->len;
        see(event->wd, event->mask, event->len > 0 ? std::string_view(event->name) : std::string_view());
      }
    }
  }

  void see(int number, std::uint32_t mask, std::string_view name) {
    if (mask & IN_Q_OVERFLOW) return watch_everything_anew();
    const auto watch = watches_.find(number);
    if (watch == watches_.end()) return;            // of before: it has been forgotten
    const std::vector<View> views = watch->second;  // what follows changes it
    if (mask & IN_IGNORED) {
      watches_.erase(watch);
      for (const View& view : views)
        for (auto* all : {&folders_, &links_})
          if (const auto own = all->find(view.path); own != all->end() && own->second == number) all->erase(own);
      return;
    }
    for (const View& view : views) {
      if (mask & IN_UNMOUNT) {
        if (!view.only.empty() || view.zone == Zone::parent) continue;
        if (view.path.empty()) return watch_everything_anew_later();
        forget(view.path);
        put_folder(view.path, view.zone, false);
        remember_lost(view.path);
      } else if (mask & kSelf) {
        if (view.path.empty() && view.zone == Zone::site) return watch_everything_anew_later();
      } else if (!view.only.empty()) {
        if (name == view.only) see_name(view.path, Role::any, Zone::tree, mask, true);
      } else if (!name.empty()) {
        const Role role = role_of(view.zone, name);
        if (role == Role::none || (!(mask & IN_ISDIR) && is_scratch_file(name))) continue;
        const std::string path = join(view.path, name);
        // Files among the themes are nothing to us, but for links to folders.
        if (view.zone == Zone::themes && !(mask & IN_ISDIR) && !folders_.contains(path) && id_of(path + "/") == Id())
          continue;
        see_name(path, role, role == Role::file ? Zone::tree : zone_of_folder(view.zone, name), mask, false);
      }
    }
  }

  // The site's own folder went away, or is not where it was.
  void watch_everything_anew_later() {
    watch_everything_anew();
    remember_lost("");
  }

  void see_name(const std::string& path, Role role, Zone zone, std::uint32_t mask, bool of_target) {
    const Clock::time_point now = Clock::now();
    const std::string disk = disk_path(site_dir_, path);
    struct stat info;
    if (mask & (IN_DELETE | IN_MOVED_FROM)) {
      const bool was_folder = !of_target && forget(path);
      settling_.add(path, Event::vanished, {(mask & IN_ISDIR) != 0 || was_folder}, now);
    } else if (mask & (IN_CREATE | IN_MOVED_TO)) {
      see_new_name(path, role, zone, mask, of_target);
    } else if (mask & IN_ISDIR) {
      // Its rights may have changed: it can be read now, or no longer.
      if ((::access(disk.c_str(), R_OK | X_OK) == 0) == folders_.contains(path)) return;
      forget(path);
      put_folder(path, zone, false);
    } else if (mask & IN_CLOSE_WRITE) {
      const bool is_empty = ::stat(disk.c_str(), &info) == 0 && info.st_size == 0;
      settling_.add(path, is_empty ? Event::emptied : Event::written, now);
    } else if (mask & IN_MODIFY) {
      settling_.add(path, Event::writing, now);
    } else if (mask & IN_ATTRIB) {
      settling_.touch(path, now);
    }
  }

  void see_new_name(const std::string& path, Role role, Zone zone, std::uint32_t mask, bool of_target) {
    const Clock::time_point now = Clock::now();
    const bool is_made = (mask & IN_CREATE) != 0;  // and not moved here, over another perhaps
    const Settling::Details details{false, unseen_ && is_made && !of_target};
    const std::string disk = disk_path(site_dir_, path);
    struct stat info;
    forget(path);
    if (mask & IN_ISDIR) return put_folder(path, zone, details.unseen);
    if (::lstat(disk.c_str(), &info) != 0) {  // gone again; that comes next
      settling_.add(path, Event::created, details, now);
    } else if (S_ISLNK(info.st_mode)) {
      if (role != Role::file && ::stat(disk.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
        return put_folder(path, zone, details.unseen);
      watch_target(path);
      settling_.add(path, is_made && of_target ? Event::created : Event::written, details, now);
    } else if (is_made && info.st_nlink == 1 && S_ISREG(info.st_mode)) {
      settling_.add(path, Event::created, details, now);
    } else {
      settling_.add(path, info.st_size == 0 ? Event::emptied : Event::written, details, now);
    }
  }

  // A folder that has appeared.
  void put_folder(const std::string& path, Zone zone, bool unseen) {
    walk(path, zone);
    settling_.add(path, Event::written, {true, unseen}, Clock::now());
  }

  const std::string site_dir_;
  const std::size_t most_watches_;
  const int stop_fd_;
  int fd_ = -1;
  std::error_code refusal_;
  std::unordered_map<int, std::vector<View>> watches_;
  std::map<std::string, int> folders_, links_;  // path to watch
  std::map<std::string, Id> lost_;              // and what is at the path since
  Clock::time_point look_at_;
  bool unseen_ = false;
  Settling settling_;
};

}  // namespace

std::unique_ptr<WatchSource> make_inotify_source(const WatchOptions& options, int stop_fd, std::error_code& error) {
  auto source = std::make_unique<InotifySource>(options, stop_fd, error);
  if (error) return nullptr;
  return source;
}

}  // namespace hardtop
