#include "commands/open_browser.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/text.h"

namespace hardtop {

namespace {

// "firefox -P site %s": %s stands for the address, which comes last where there is none, as xdg-open(1) and Debian's
// sensible-browser(1) have it.
std::vector<std::string> command_for(std::string_view program, const std::string& url) {
  std::vector<std::string> words;
  bool has_url = false;
  for (const std::string_view part : split(program, ' ')) {
    if (part.empty()) continue;
    std::string& word = words.emplace_back(part);
    if (const std::size_t at = word.find("%s"); at != std::string::npos) {
      word.replace(at, 2, url);
      has_url = true;
    }
  }
  if (words.empty()) words.emplace_back("xdg-open");
  if (!has_url) words.push_back(url);
  return words;
}

}  // namespace

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

  std::vector<std::string> words = command_for(program, url);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0)
    diagnostics.warning({}, "serve/no-browser",
                        "cannot start '" + words.front() + "': " + std::generic_category().message(failure),
                        "open " + url + " yourself; on Debian, 'apt-get install xdg-utils' brings xdg-open");
}

}  // namespace hardtop
