// Changes by comparing: every file's times, size and inode, now and at the last look. A difference is given once two looks in
// a row see the same, so that what is being written has an end.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

#include "serve/site_walk.h"
#include "serve/watch_source.h"

namespace hardtop {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds kInterval{200};      // between two looks, at least
constexpr int kShare = 20;                  // of the time, one part is for looking
constexpr milliseconds kSettle{20};         // two looks at something that changes
constexpr milliseconds kEmptySettles{100};  // a file that has become empty is probably being written
constexpr milliseconds kLongest{1000};      // then what changes all the time is given as it is

nanoseconds time_of_thread() {
  timespec time;
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

struct Look {
  std::string path;
  bool folder = false;
  std::int64_t changed = 0, modified = 0, size = 0;  // nanoseconds; of folders 0, their names are looked at themselves
  std::uint64_t device = 0, inode = 0;
  friend bool operator==(const Look&, const Look&) = default;
};
using Looks = std::vector<Look>;  // sorted by path

std::int64_t nanoseconds_of(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

class PollingSource final : public WatchSource {
 public:
  PollingSource(const WatchOptions& options, int stop_fd) : site_dir_(options.site_dir), stop_fd_(stop_fd) {
    known_ = look();
  }

  Outcome wait(std::vector<std::string>& paths, std::error_code&) override {
    for (;;) {
      if (wait_readable(stop_fd_, -1, std::max(nanoseconds(0), nanoseconds(next_ - Clock::now())).count()))
        return Outcome::stopped;
      Looks now = look();
      if (now == known_) continue;
      const Clock::time_point begin = Clock::now();
      for (bool settled = false; !settled;) {
        if (wait_readable(stop_fd_, -1, std::max(nanoseconds(kSettle), cost_).count())) return Outcome::stopped;
        Looks again = look();
        const auto passed = Clock::now() - begin;
        settled = (again == now && (passed > kEmptySettles || !has_emptied(again))) || passed > kLongest;
        now = std::move(again);
      }
      paths = differences(known_, now);
      known_ = std::move(now);
      if (!paths.empty()) return Outcome::changed;
    }
  }

 private:
  Looks look() {
    const nanoseconds before = time_of_thread();
    Looks looks;
    looks.reserve(known_.size());
    const auto add = [&](const std::string& path, const struct stat& info) {
      Look look{path, S_ISDIR(info.st_mode), 0, 0, 0, info.st_dev, info.st_ino};
      if (!look.folder) {
        look.changed = nanoseconds_of(info.st_ctim);
        look.modified = nanoseconds_of(info.st_mtim);
        look.size = info.st_size;
      }
      looks.push_back(std::move(look));
    };
    SiteWalker walker;
    walker.folder = [&](const std::string& path, Zone zone) {
      struct stat info;
      if (::stat(disk_path(site_dir_, path).c_str(), &info) != 0) return false;
      if (zone != Zone::site && zone != Zone::parent) add(path, info);
      return true;
    };
    walker.file = [&](const std::string& path, int at, const char* name, bool is_link) {
      struct stat info;
      if (::fstatat(at, name, &info, 0) == 0) add(path, info);
      // A link that leads nowhere is a change, too, when it is made and when it is removed.
      else if (is_link && ::fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
        add(path, info);
    };
    walk_site(site_dir_, "..", Zone::parent, walker);
    walk_site(site_dir_, "", Zone::site, walker);
    std::ranges::sort(looks, {}, &Look::path);
    cost_ = time_of_thread() - before;
    next_ = Clock::now() + std::max(nanoseconds(kInterval), (kShare - 1) * cost_);
    return looks;
  }

  [[nodiscard]] bool has_emptied(const Looks& now) const {
    return std::ranges::any_of(now, [&](const Look& look) {
      if (look.folder || look.size != 0) return false;
      const auto old = std::ranges::lower_bound(known_, look.path, {}, &Look::path);
      return old == known_.end() || *old != look;
    });
  }

  // A folder that is there in one of the two only, or is another than before, stands for all in it.
  static std::vector<std::string> differences(const Looks& before, const Looks& now) {
    std::vector<std::string> paths, folders;
    const auto add = [&](const Look& look, bool is_folder) {
      for (std::size_t slash = look.path.rfind('/'); !folders.empty() && slash != std::string::npos && slash > 0;
           slash = look.path.rfind('/', slash - 1))
        if (std::ranges::binary_search(folders, look.path.substr(0, slash))) return;
      paths.push_back(look.path);
      if (is_folder) folders.push_back(look.path);
    };
    auto a = before.begin(), b = now.begin();
    while (a != before.end() || b != now.end()) {
      if (b == now.end() || (a != before.end() && a->path < b->path)) {
        add(*a, a->folder);
        ++a;
      } else if (a == before.end() || b->path < a->path) {
        add(*b, b->folder);
        ++b;
      } else {
        if (*a != *b) add(*b, a->folder || b->folder);
        ++a, ++b;
      }
    }
    return paths;
  }

  const std::string site_dir_;
  const int stop_fd_;
  nanoseconds cost_{0};  // of the last look
  Clock::time_point next_;
  Looks known_;  // as it was when changes were given last
};

}  // namespace

std::unique_ptr<WatchSource> make_polling_source(const WatchOptions& options, int stop_fd) {
  return std::make_unique<PollingSource>(options, stop_fd);
}

}  // namespace hardtop
