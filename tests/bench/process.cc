#include "bench/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

extern char** environ;

namespace bench {
namespace {

volatile std::sig_atomic_t interrupted = 0;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

pid_t start_program(const std::vector<std::string>& command, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);

  // Spawned, not forked: a fork's peak memory would count ours.
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot run " + command[0] + ": " + std::strerror(error));
  return child;
}

Cost run_program(const std::vector<std::string>& command, const std::filesystem::path& log) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = start_program(command, log);
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0)
    if (errno != EINTR) throw std::runtime_error(std::string("wait4: ") + std::strerror(errno));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;

  throw_if_interrupted();
  if (status != 0) {
    const std::string output = read_file(log);
    throw std::runtime_error(joined(command) + " failed" +
                             (WIFEXITED(status) ? " with exit status " + std::to_string(WEXITSTATUS(status))
                                                : " by signal " + std::to_string(WTERMSIG(status))) +
                             ":\n" + output.substr(output.size() > 4000 ? output.size() - 4000 : 0));
  }
  return {elapsed.count(), seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) * 1024 / 1e6};
}

void touch_memory(std::size_t bytes) {
  // In a process of its own: who is started by one that had much memory counts as having had it (getrusage(2), ru_maxrss).
  const pid_t child = fork();
  if (child > 0) waitpid(child, nullptr, 0);
  if (child != 0) return;
  constexpr std::size_t kPage = 4096;
  const long pages = sysconf(_SC_AVPHYS_PAGES), page_size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_size <= 0) _exit(1);
  const std::size_t size = std::min(bytes, static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_size) / 2);
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) _exit(1);
  madvise(memory, size, MADV_HUGEPAGE);  // that is quicker
  for (std::size_t at = 0; at < size; at += kPage) static_cast<volatile char*>(memory)[at] = 1;
  _exit(0);
}

std::string first_line_of(const std::vector<std::string>& command, const std::filesystem::path& log) {
  try {
    run_program(command, log);
  } catch (const std::runtime_error&) {
    throw_if_interrupted();
    return "";
  }
  const std::string output = read_file(log);
  return output.substr(0, output.find('\n'));
}

void clean_up_on_interrupt() {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
}

void throw_if_interrupted() {
  if (interrupted) throw std::runtime_error("interrupted");
}

}  // namespace bench
