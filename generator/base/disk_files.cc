// The real disk, by system calls: one page costs one open, one fstat, one read. What the calls return short or
// interrupted is carried on here, and what they refuse is reported with the errno that says why.
#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

#include "base/files.h"
#include "base/hash.h"

namespace hardtop {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;    // in nanoseconds
constexpr std::size_t kMostOfDevice = 16'000'000;  // bytes; /dev/zero has no end

std::error_code error_of(int number) { return {number, std::generic_category()}; }
std::error_code last_error() { return error_of(errno); }

// Repeats a call that a signal interrupted.
template <typename Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// Owns a descriptor. close() tells the last write errors (a quota, a network disk); the destructor does not.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool good() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  [[nodiscard]] std::error_code close() {
    // Not retried after EINTR: Linux has then closed the descriptor all the same.
    return ::close(release()) == 0 || errno == EINTR ? std::error_code{} : last_error();
  }

 private:
  int fd_;
};

int open_file(const std::string& path, int flags) {
  if (path.find('\0') != std::string::npos) {  // the system would take the part before it for the whole
    errno = EINVAL;
    return -1;
  }
  return retry([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); });
}

// Reads up to `size` bytes, fewer only at the file's end.
std::error_code read_fully(int fd, char* out, std::size_t size, std::size_t& done) {
  done = 0;
  while (done < size) {
    const ssize_t n = retry([&] { return ::read(fd, out + done, size - done); });
    if (n < 0) return last_error();
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return {};
}

std::error_code write_fully(int fd, std::string_view bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n =
        retry([&] { return ::pwrite(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done)); });
    if (n < 0) return last_error();
    if (n == 0) return error_of(EIO);
    done += static_cast<std::size_t>(n);
  }
  return {};
}

std::error_code make_folders(const std::string& path) {
  if (path.empty() || ::mkdir(path.c_str(), 0777) == 0) return {};
  if (errno == EEXIST) {
    struct stat info;
    if (::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) return {};
    return error_of(ENOTDIR);
  }
  if (errno != ENOENT) return last_error();
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos || slash == 0) return error_of(ENOENT);
  if (const std::error_code error = make_folders(path.substr(0, slash))) return error;
  return ::mkdir(path.c_str(), 0777) == 0 || errno == EEXIST ? std::error_code{} : last_error();
}

// Whether the open file, `size` bytes long, holds exactly `bytes`.
std::error_code holds(int fd, std::size_t size, std::string_view bytes, bool& same) {
  same = false;
  if (size != bytes.size()) return {};
  char block[64 * 1024];
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t done = 0;
    if (const auto error = read_fully(fd, block, std::min(sizeof block, bytes.size() - at), done)) return error;
    if (done == 0 || std::memcmp(block, bytes.data() + at, done) != 0) return {};
    at += done;
  }
  same = true;
  return {};
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

// Without symbolic links; empty where there is no such path.
std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? real.get() : "";
}

// Lists one folder and what is below it. Folders are opened relative to their parent, names are never joined to long
// paths for the kernel to walk again.
class Walk {
 public:
  Walk(const std::string& top, std::vector<FileEntry>& out) : top_(real_path(top)), out_(out) {}

  std::error_code run(int fd) {
    std::string path;
    return folder(Descriptor(fd), path);
  }

 private:
  struct Id {
    dev_t device;
    ino_t inode;
    friend bool operator==(const Id&, const Id&) = default;
  };

  // `path` is the folder's, relative to the top and with a final '/'; it is as it was when this returns.
  std::error_code folder(Descriptor fd, std::string& path) {
    struct stat info;
    if (::fstat(fd.get(), &info) != 0) return last_error();
    above_.push_back({info.st_dev, info.st_ino});
    const std::unique_ptr<DIR, CloseFolder> dir(::fdopendir(fd.get()));
    if (!dir) return last_error();
    const int at = fd.release();  // dir owns it now
    for (;;) {
      errno = 0;
      const dirent* item = ::readdir(dir.get());
      if (!item) break;
      if (!is_listed_name(item->d_name)) continue;
      const std::size_t length = path.size();
      path += item->d_name;
      const std::error_code error = entry(at, item->d_name, item->d_type, path);
      path.resize(length);
      if (error) return error;
    }
    if (errno != 0) return last_error();
    above_.pop_back();
    return {};
  }

  std::error_code entry(int at, const char* name, unsigned char type, std::string& path) {
    struct stat info;
    if (type == DT_UNKNOWN) {  // some file systems do not say
      if (::fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return vanished_or_error();
      type = static_cast<unsigned char>(IFTODT(info.st_mode));
    }
    switch (type) {
      case DT_DIR:
        return enter(at, name, O_NOFOLLOW, path);
      case DT_LNK:
        return link(at, name, path);
      case DT_REG:
        add(path, FileKind::file);
        return {};
      default:
        add(path, FileKind::special);
        return {};
    }
  }

  std::error_code enter(int at, const char* name, int flags, std::string& path) {
    Descriptor fd(retry([&] { return ::openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags); }));
    if (!fd.good() && errno == EACCES) {
      add(path, FileKind::locked);
      return {};
    }
    if (!fd.good()) return vanished_or_error();
    path += '/';
    return folder(std::move(fd), path);
  }

  std::error_code link(int at, const char* name, std::string& path) {
    struct stat info;
    if (::fstatat(at, name, &info, 0) != 0) {  // no target, or links in a circle
      add(path, FileKind::broken);
      return {};
    }
    if (!is_inside(real_path(top_ + "/" + path))) {
      add(path, FileKind::escape);
    } else if (S_ISREG(info.st_mode)) {
      add(path, FileKind::file);
    } else if (!S_ISDIR(info.st_mode)) {
      add(path, FileKind::special);
    } else if (std::find(above_.begin(), above_.end(), Id{info.st_dev, info.st_ino}) != above_.end()) {
      add(path, FileKind::broken);  // back to a folder above: it would never end
    } else {
      return enter(at, name, 0, path);
    }
    return {};
  }

  [[nodiscard]] bool is_inside(const std::string& target) const {
    if (top_ == "/" || target == top_) return true;
    return target.size() > top_.size() && target.starts_with(top_) && target[top_.size()] == '/';
  }

  // A file that goes away while the folder is read was never there.
  [[nodiscard]] static std::error_code vanished_or_error() {
    return errno == ENOENT ? std::error_code{} : last_error();
  }
  void add(const std::string& path, FileKind kind) { out_.push_back({path, kind}); }

  std::string top_;
  std::vector<FileEntry>& out_;
  std::vector<Id> above_;
};

// Whether every write sets a file's time of change, by this machine's clock, and nobody can set it back: on the usual local disks.
// What is mounted by a program (FUSE), FAT or over a network may tell the time of the content, which anybody sets, or an old one.
bool keeps_change_times(const std::string& path, dev_t device) {
  thread_local std::pair<dev_t, bool> last = {0, false};
  if (last.first == device) return last.second;
  constexpr std::uint32_t kXfs = 0x58465342, kZfs = 0x2fc12fc1;  // statfs(2)
  constexpr std::array<std::uint32_t, 7> kKnown = {
      EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC, F2FS_SUPER_MAGIC, kXfs, OVERLAYFS_SUPER_MAGIC, kZfs};
  struct statfs disk;
  if (::statfs(path.c_str(), &disk) != 0) return false;
  last = {device, std::ranges::find(kKnown, static_cast<std::uint32_t>(disk.f_type)) != kKnown.end()};
  return last.second;
}

// Writes a file that is not there yet; std::errc::file_exists when something is.
std::error_code create(const std::string& path, std::string_view bytes) {
  // Most new files are the first of a new folder (about/index.html): the folder is made before it is missed, unless
  // this thread's last file was in it.
  thread_local std::string last_folder;
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL;
  const std::string folder = path.substr(0, std::min(path.find_last_of('/'), path.size()));
  const bool has_folder = folder.size() < path.size() && !folder.empty();
  if (has_folder && folder != last_folder) ::mkdir(folder.c_str(), 0777);  // what goes wrong shows in what follows
  int fd = open_file(path, kNew);
  if (fd < 0 && errno == ENOENT && has_folder) {
    if (const std::error_code error = make_folders(folder)) return error;
    fd = open_file(path, kNew);
  }
  if (fd < 0) return last_error();
  last_folder = folder;
  Descriptor file(fd);
  std::error_code error = write_fully(file.get(), bytes);
  if (const std::error_code closing = file.close(); !error) error = closing;
  if (error) ::unlink(path.c_str());  // half a file is worse than none
  return error;
}

}  // namespace

bool is_settled(std::int64_t changed, std::int64_t modified, std::uint64_t size, std::int64_t now) {
  // The kernel's clock ticks 100 times a second, or more often. Where times are whole seconds, the disk may have no finer ones.
  const bool is_coarse = changed % kSecond == 0 && modified % kSecond == 0;
  const std::int64_t step = is_coarse ? kSecond : kSecond / 100;
  constexpr std::int64_t kMost = std::int64_t{1} << 40;  // bytes
  constexpr std::int64_t kSlowest = 100;                 // nanoseconds a byte, of who writes 10 MB a second
  const std::int64_t writing = static_cast<std::int64_t>(std::min<std::uint64_t>(size, kMost)) * kSlowest;
  return now - changed > 2 * step + writing;
}

std::error_code DiskFiles::read(const std::string& path, std::string& out) const {
  out.clear();
  const Descriptor fd(open_file(path, O_RDONLY | O_NONBLOCK));  // opening a pipe would wait for its writer
  if (!fd.good()) return last_error();
  struct stat info;
  if (::fstat(fd.get(), &info) != 0) return last_error();
  if (S_ISDIR(info.st_mode)) return error_of(EISDIR);
  if (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode)) return error_of(ENOTSUP);
  const auto size = static_cast<std::size_t>(info.st_size);
  try {
    // One byte more than there should be, so that one call shows that nothing has been added meanwhile.
    out.resize(size + 1);
    std::size_t done = 0;
    for (;;) {
      const ssize_t n = retry([&] { return ::read(fd.get(), out.data() + done, out.size() - done); });
      if (n < 0) {
        const std::error_code error = last_error();
        out.clear();
        return error;
      }
      done += static_cast<std::size_t>(n);
      if (n == 0 || (done == size && S_ISREG(info.st_mode) && size != 0)) break;
      if (!S_ISREG(info.st_mode) && done > kMostOfDevice) {
        out.clear();
        return error_of(EFBIG);
      }
      if (done == out.size()) out.resize(std::max<std::size_t>(2 * done, 64 * 1024));
    }
    out.resize(done);
  } catch (const std::bad_alloc&) {
    return error_of(ENOMEM);
  } catch (const std::length_error&) {
    return error_of(EFBIG);
  }
  return {};
}

std::error_code DiskFiles::read_head(const std::string& path, std::size_t size, std::string& out) const {
  out.clear();
  const Descriptor fd(open_file(path, O_RDONLY | O_NONBLOCK));
  if (!fd.good()) return last_error();
  struct stat info;
  if (::fstat(fd.get(), &info) != 0) return last_error();
  if (S_ISDIR(info.st_mode)) return error_of(EISDIR);
  if (!S_ISREG(info.st_mode)) return error_of(ENOTSUP);
  try {
    out.resize(std::min(size, static_cast<std::size_t>(info.st_size)));
  } catch (const std::bad_alloc&) {
    return error_of(ENOMEM);
  }
  std::size_t done = 0;
  const std::error_code error = read_fully(fd.get(), out.data(), out.size(), done);
  out.resize(error ? 0 : done);
  return error;
}

FileStamp DiskFiles::stamp(const std::string& path) const {
  struct stat info;
  if (::stat(path.c_str(), &info) != 0) return {};
  const auto nanoseconds = [](const timespec& time) { return time.tv_sec * kSecond + time.tv_nsec; };
  const std::int64_t changed = nanoseconds(info.st_ctim), modified = nanoseconds(info.st_mtim);
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);  // what the kernel takes file times from
  const std::array<std::int64_t, 5> facts = {static_cast<std::int64_t>(info.st_dev),
                                             static_cast<std::int64_t>(info.st_ino), info.st_size, modified, changed};
  const std::string_view bytes(reinterpret_cast<const char*>(facts.data()), sizeof facts);
  return {
      .value = std::max<std::uint64_t>(hash64(bytes), 1),
      .is_settled = keeps_change_times(path, info.st_dev) &&
                    hardtop::is_settled(changed, modified, static_cast<std::uint64_t>(info.st_size), nanoseconds(now))};
}

std::error_code DiskFiles::list(const std::string& folder, std::vector<FileEntry>& out) const {
  out.clear();
  const int fd = open_file(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (fd < 0) {
    const std::error_code error = last_error();
    struct stat info;  // a volume that is not mounted must not pass for an empty folder: all its pages would be removed
    return errno == ENOENT && ::lstat(folder.c_str(), &info) != 0 ? std::error_code{} : error;
  }
  const std::error_code error = Walk(folder.empty() ? "." : folder, out).run(fd);
  if (error) out.clear();
  std::sort(out.begin(), out.end(), [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  return error;
}

std::error_code DiskFiles::write(const std::string& path, std::string_view bytes, WriteResult& result,
                                 Expected expected) {
  result = WriteResult::created;
  if (expected == Expected::no_file)
    if (const std::error_code error = create(path, bytes); error != std::errc::file_exists) return error;

  // A link in the output is replaced, never written through: its target is not ours, whether symbolic or hard.
  if (Descriptor fd(open_file(path, O_RDWR | O_NOFOLLOW)); fd.good()) {
    struct stat info;
    if (::fstat(fd.get(), &info) != 0) return last_error();
    if (!S_ISREG(info.st_mode)) return error_of(EEXIST);
    const auto size = static_cast<std::size_t>(info.st_size);
    bool same = false;
    if (const std::error_code error = holds(fd.get(), size, bytes, same)) return error;
    if (same) {
      result = WriteResult::unchanged;
      return {};
    }
    result = WriteResult::changed;
    if (info.st_nlink == 1) {
      if (const std::error_code error = write_fully(fd.get(), bytes)) return error;
      if (size > bytes.size() && retry([&] { return ::ftruncate(fd.get(), static_cast<off_t>(bytes.size())); }) != 0) {
        return last_error();
      }
      return fd.close();
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return last_error();
  } else if (errno == ELOOP || errno == EACCES) {  // a link, or a file that this user may not read: the folder decides
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return last_error();
    result = WriteResult::changed;
  } else if (errno != ENOENT) {
    return last_error();
  }
  return create(path, bytes);
}

std::error_code DiskFiles::lock(const std::string& path, const std::function<void()>& on_wait,
                                std::unique_ptr<FileLock>& out) {
  struct DiskLock final : FileLock {
    explicit DiskLock(int fd) : descriptor(fd) {}
    Descriptor descriptor;  // flock(2): closing it, or dying, lets the next one in
  };
  const std::size_t slash = path.find_last_of('/');
  if (slash != std::string::npos && slash != 0)
    if (const std::error_code error = make_folders(path.substr(0, slash))) return error;
  auto lock = std::make_unique<DiskLock>(open_file(path, O_RDWR | O_CREAT));
  if (!lock->descriptor.good()) return last_error();
  if (::flock(lock->descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return last_error();
    if (on_wait) on_wait();
    // A signal ends the wait, where the program survives it: it may last.
    if (::flock(lock->descriptor.get(), LOCK_EX) != 0) return last_error();
  }
  out = std::move(lock);
  return {};
}

std::error_code DiskFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR) return {};
  return last_error();
}

void DiskFiles::remove_empty_folders(const std::string& folder, const std::string& top) {
  const std::string above = top.empty() || top == "." ? "" : top.ends_with('/') ? top : top + "/";
  std::string at = folder;
  while (at.ends_with('/')) at.pop_back();
  while (at.size() > above.size() && at.starts_with(above) && ::rmdir(at.c_str()) == 0) {
    const std::size_t slash = at.find_last_of('/');
    if (slash == std::string::npos) return;
    at.resize(slash);
  }
}

bool DiskFiles::is_file(const std::string& path) const {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

bool DiskFiles::is_folder(const std::string& path) const {
  struct stat info;
  return ::stat(path.empty() ? "." : path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace hardtop
