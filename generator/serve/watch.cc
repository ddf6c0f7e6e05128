#include "serve/watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <utility>

#include "serve/site_walk.h"
#include "serve/watch_source.h"

namespace hardtop {
namespace {

// statfs(2), f_type, of file systems whose files somebody else may change unseen: what Linux's headers, or the drivers that are
// not part of it, call NFS, SMB, CIFS, SMB2, 9P (WSL), FUSE (sshfs, Docker Desktop), CEPH, AFS, VBOXSF, VMHGFS, PRL_FS.
constexpr std::array<std::uint32_t, 11> kRemote = {0x6969,     0x517b,     0xff534d42, 0xfe534d42,
                                                   0x01021997, 0x65735546, 0x00c36400, 0x5346414f,
                                                   0x786f4256, 0xbacbacbc, 0x7c7c6673};

bool is_remote(const std::string& site_dir) {
  struct statfs info;
  if (::statfs(disk_path(site_dir, "").c_str(), &info) != 0) return false;
  return std::ranges::find(kRemote, static_cast<std::uint32_t>(info.f_type)) != kRemote.end();
}

void report_refusal(const std::error_code& error, Diagnostics& diagnostics) {
  const auto report = [&](const std::string& what, const std::string& hint) {
    diagnostics.warning({}, "serve/watch-limit",
                        what + ", so hardtop looks at the site's files itself: an edit shows after up to a second",
                        hint);
  };
  const auto raise = [](const std::string& name, const std::string& value) {
    return "raise the limit " + name + ", and start the preview again: sudo sysctl " + name + "=" + value;
  };
  if (error == std::errc::no_space_on_device)
    report("the system watches no more folders for this user", raise("fs.inotify.max_user_watches", "524288"));
  else if (error == std::errc::too_many_files_open)
    report("too many programs of this user watch files", raise("fs.inotify.max_user_instances", "1024"));
  else
    report("the system does not tell which files change (" + error.message() + ")", "");
}

}  // namespace

bool wait_readable(int stop_fd, int fd, long long nanoseconds) {
  std::array<pollfd, 2> all = {{{stop_fd, POLLIN, 0}, {fd, POLLIN, 0}}};
  const timespec time = {static_cast<time_t>(nanoseconds / 1'000'000'000),
                         static_cast<long>(nanoseconds % 1'000'000'000)};
  return ::ppoll(all.data(), fd < 0 ? 1 : 2, nanoseconds < 0 ? nullptr : &time, nullptr) > 0 && all[0].revents != 0;
}

Watch::Watch(WatchOptions options, Diagnostics& diagnostics)
    : options_(std::move(options)), stop_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!options_.poll && !is_remote(options_.site_dir)) {
    std::error_code error;
    source_ = make_inotify_source(options_, stop_fd_, error);
    if (error) report_refusal(error, diagnostics);
  }
  if (!source_) poll_from_now_on();
}

Watch::~Watch() {
  if (stop_fd_ >= 0) ::close(stop_fd_);
}

void Watch::poll_from_now_on() {
  is_polling_ = true;
  source_.reset();  // its watches are free again, for others
  source_ = make_polling_source(options_, stop_fd_);
}

std::optional<std::vector<std::string>> Watch::wait(Diagnostics& diagnostics) {
  std::vector<std::string> paths;
  std::error_code error;
  switch (source_->wait(paths, error)) {
    case WatchSource::Outcome::stopped:
      return std::nullopt;
    case WatchSource::Outcome::refused:
      report_refusal(error, diagnostics);
      poll_from_now_on();
      return all_watched();
    case WatchSource::Outcome::changed:
      break;
  }
  return paths;
}

void Watch::stop() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_fd_, &one, sizeof one);  // fails only if it is set already
}

}  // namespace hardtop
