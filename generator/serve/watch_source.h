// What stands behind a Watch: one way to learn of changes. Internal to serve/watch*.cc.
#pragma once

#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "serve/watch.h"

namespace hardtop {

class WatchSource {
 public:
  virtual ~WatchSource() = default;
  enum class Outcome : std::uint8_t {
    changed,  // `paths` is as Watch::wait() gives it
    stopped,  // `stop_fd` is readable
    refused,  // the system does no more; `error` says why, and changes since the last call are lost
  };
  [[nodiscard]] virtual Outcome wait(std::vector<std::string>& paths, std::error_code& error) = 0;
};

// A refusal that is about the number of instances, and not of watches, is too_many_files_open. Null if and only if `error` is
// set.
[[nodiscard]] std::unique_ptr<WatchSource> make_inotify_source(const WatchOptions& options, int stop_fd,
                                                               std::error_code& error);
[[nodiscard]] std::unique_ptr<WatchSource> make_polling_source(const WatchOptions& options, int stop_fd);

// Waits until `stop_fd` or `fd` (if not -1) is readable, or the time is over (negative: never). True: stop_fd is.
[[nodiscard]] bool wait_readable(int stop_fd, int fd, long long nanoseconds);

}  // namespace hardtop
