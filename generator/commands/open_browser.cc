#include "commands/open_browser.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <system_error>

namespace hardtop {

void open_browser(const std::string& url, const std::string& program, Diagnostics& diagnostics) {
  // Its own session, so that a Ctrl-C that is meant for us does not close a browser that it has become; what it prints
  // would stand between our lines.
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);

  std::string name = program, address = url;
  char* arguments[] = {name.data(), address.data(), nullptr};
  pid_t child = 0;
  const int failure = posix_spawnp(&child, name.c_str(), &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0)
    diagnostics.warning({}, "serve/no-browser",
                        "cannot start '" + program + "': " + std::generic_category().message(failure),
                        "open " + url + " yourself; on Debian, 'apt-get install xdg-utils' brings xdg-open");
}

}  // namespace hardtop
