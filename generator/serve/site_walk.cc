#include "serve/site_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/files.h"
#include "base/paths.h"

namespace hardtop {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

struct Id {
  dev_t device;
  ino_t inode;
  friend bool operator==(const Id&, const Id&) = default;
};

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? real.get() : "";
}

class Walk {
 public:
  Walk(const std::string& site_dir, const SiteWalker& walker) : site_dir_(site_dir), walker_(walker) {}

  void run(const std::string& path, Zone zone) {
    path_ = path;
    if (zone == Zone::tree) {
      const std::string top = top_of_tree(path);
      top_ = real_path(disk_path(site_dir_, top));
      for (std::size_t slash = path.find('/', top.size()); slash != std::string::npos && path.size() > top.size();
           slash = path.find('/', slash + 1))
        enter_id(disk_path(site_dir_, path.substr(0, slash)));
      if (path != top && is_link_out(path)) return;
    }
    folder(AT_FDCWD, disk_path(site_dir_, path).c_str(), zone);
  }

 private:
  void enter_id(const std::string& path) {
    struct stat info;
    if (::stat(path.c_str(), &info) == 0) above_.push_back({info.st_dev, info.st_ino});
  }

  [[nodiscard]] bool is_link_out(const std::string& path) const {
    const std::string disk = disk_path(site_dir_, path);
    struct stat info;
    return ::lstat(disk.c_str(), &info) == 0 && S_ISLNK(info.st_mode) && ::stat(disk.c_str(), &info) == 0 &&
           !may_follow({info.st_dev, info.st_ino});
  }

  void folder(int at, const char* name, Zone zone) {
    if (!walker_.folder(path_, zone)) return;
    const int fd = ::openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    const Folder dir(::fdopendir(fd));
    if (!dir) {
      ::close(fd);
      return;
    }
    struct stat info;
    if (::fstat(fd, &info) != 0) return;
    above_.push_back({info.st_dev, info.st_ino});
    if (const auto& names = known_names(zone); !names.empty()) {
      for (const std::string& known : names) entry(fd, known.c_str(), DT_UNKNOWN, zone);
    } else {
      while (const dirent* item = ::readdir(dir.get())) entry(fd, item->d_name, item->d_type, zone);
    }
    above_.pop_back();
  }

  void entry(int at, const char* name, unsigned char type, Zone zone) {
    const Role role = role_of(zone, name);
    if (role == Role::none) return;
    struct stat info;
    if (type == DT_UNKNOWN) {
      if (::fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return;
      type = static_cast<unsigned char>(IFTODT(info.st_mode));
    }
    const std::size_t length = path_.size();
    if (length != 0) path_ += '/';
    path_ += name;
    const bool is_link = type == DT_LNK;
    bool is_folder = type == DT_DIR;
    if (is_link && ::fstatat(at, name, &info, 0) == 0 && S_ISDIR(info.st_mode))
      is_folder = zone != Zone::tree || may_follow({info.st_dev, info.st_ino});
    if (is_folder && role != Role::file) {
      const Zone inner = zone_of_folder(zone, name);
      if (zone != Zone::tree && inner == Zone::tree) top_ = real_path(disk_path(site_dir_, path_));
      folder(at, name, inner);
    } else if (role != Role::folder && !is_scratch_file(name)) {
      walker_.file(path_, at, name, is_link);
    }
    path_.resize(length);
  }

  // Of links in a tree: not to a folder above, and not out of what is listed.
  [[nodiscard]] bool may_follow(Id id) const {
    if (std::ranges::find(above_, id) != above_.end()) return false;
    const std::string target = real_path(disk_path(site_dir_, path_));
    return target == top_ || top_ == "/" || (target.starts_with(top_) && target[top_.size()] == '/');
  }

  const std::string& site_dir_;
  const SiteWalker& walker_;
  std::string path_, top_;  // top_: without symbolic links, of the tree in hand
  std::vector<Id> above_;
};

}  // namespace

std::string disk_path(const std::string& site_dir, const std::string& path) {
  if (path.empty()) return site_dir.empty() ? "." : site_dir;
  return join_path(site_dir, path);
}

void walk_site(const std::string& site_dir, const std::string& path, Zone zone, const SiteWalker& walker) {
  Walk(site_dir, walker).run(path, zone);
}

}  // namespace hardtop
