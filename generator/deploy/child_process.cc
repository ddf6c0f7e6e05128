// fork(2) and not posix_spawn(3): between the two steps the child asks the system to be ended with its parent
// (prctl(2), PR_SET_PDEATHSIG), which posix_spawn has no word for. After fork only calls that signal-safety(7) allows are made.
#include "deploy/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

extern char** environ;

namespace hardtop {

namespace {

constexpr int kPollMilliseconds = 100;
constexpr int kNoProgram = 127;  // as shells have it

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  [[nodiscard]] bool good() const { return ends_[0] >= 0; }
  [[nodiscard]] int reader() const { return ends_[0]; }
  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_reader() { close_end(0); }
  void close_writer() { close_end(1); }

 private:
  void close_end(std::size_t end) {
    if (ends_.at(end) >= 0) ::close(std::exchange(ends_.at(end), -1));
  }
  std::array<int, 2> ends_{-1, -1};
};

// What the child gets: made before fork, because memory must not be asked for after it.
struct Prepared {
  std::vector<char*> arguments, environment;
  std::vector<std::string> programs;  // what to try, in this order
};

Prepared prepare(const Child& child) {
  Prepared out;
  for (const std::string& argument : child.arguments) out.arguments.push_back(const_cast<char*>(argument.c_str()));
  out.arguments.push_back(nullptr);
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    if (std::ranges::find(child.unset, name) == child.unset.end()) out.environment.push_back(*variable);
  }
  out.environment.push_back(nullptr);
  const std::string& program = child.arguments.front();
  if (program.find('/') != std::string::npos) {
    out.programs = {program};
    return out;
  }
  const char* const path = std::getenv("PATH");
  std::string_view rest = path ? path : "/usr/bin:/bin";
  for (bool more = true; more;) {
    const std::size_t end = rest.find(':');
    more = end != std::string_view::npos;
    const std::string_view folder = rest.substr(0, end);
    out.programs.push_back((folder.empty() ? "." : std::string(folder)) + "/" + program);
    rest.remove_prefix(more ? end + 1 : rest.size());
  }
  return out;
}

[[noreturn]] void become(const Prepared& prepared, const Child& child, pid_t parent, int in, int out, int err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNoProgram);  // it has died already
  for (const int ignored : {SIGPIPE, SIGXFSZ}) ::signal(ignored, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::dup2(in, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0 || ::dup2(err, STDERR_FILENO) < 0)
    ::_exit(kNoProgram);
  if (!child.folder.empty() && ::chdir(child.folder.c_str()) != 0) ::_exit(kNoProgram);
  for (const std::string& program : prepared.programs)
    ::execve(program.c_str(), prepared.arguments.data(), prepared.environment.data());
  ::_exit(kNoProgram);
}

// Gives whole lines on, and keeps the rest.
void give_lines(std::string& text, const std::function<void(std::string_view)>& line) {
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    if (line) line(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
  }
  text.erase(0, begin);
}

// Reads what is there; false at the end of the stream.
bool read_some(int descriptor, std::string& out) {
  std::array<char, 65536> buffer;
  const ssize_t n = ::read(descriptor, buffer.data(), buffer.size());
  if (n > 0) out.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

// Until the child has ended and its streams are closed; returns its status as waitpid(2) has it. Closed streams are no end:
// one whose output goes elsewhere has none from the start, and reads on.
int exchange(const Child& child, pid_t pid, Pipe& in, Pipe& out, Pipe& err, ChildResult& result) {
  // pidfd_open(2) by its number: glibc 2.36 declares it without extern "C". Without it, the end is looked for at every turn.
  const int end = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  const int wait = end >= 0 ? kPollMilliseconds : kPollMilliseconds / 10;
  ::fcntl(in.writer(), F_SETFL, O_NONBLOCK);
  std::string_view input = child.input;
  std::string error;
  bool asked = false, ended = false;
  int status = 0;
  while (!ended || out.reader() >= 0 || err.reader() >= 0) {
    if (input.empty() || ended) in.close_writer();
    std::array<pollfd, 4> streams = {{{in.writer(), POLLOUT, 0},
                                      {out.reader(), POLLIN, 0},
                                      {err.reader(), POLLIN, 0},
                                      {ended ? -1 : end, POLLIN, 0}}};
    if (::poll(streams.data(), streams.size(), wait) < 0 && errno != EINTR) break;
    if ((!asked || ended) && child.stop && child.stop()) {
      if (ended) break;  // one that it has started holds the streams
      asked = true;
      ::kill(pid, SIGTERM);
    }
    if (streams[0].revents != 0) {
      const ssize_t n = ::write(in.writer(), input.data(), input.size());
      if (n > 0)
        input.remove_prefix(static_cast<std::size_t>(n));
      else if (errno != EAGAIN && errno != EINTR)
        in.close_writer();  // it does not want more
    }
    if (streams[1].revents != 0 && !read_some(out.reader(), result.output)) out.close_reader();
    if (streams[2].revents != 0) {
      if (!read_some(err.reader(), error)) err.close_reader();
      give_lines(error, child.error_line);
    }
    if (!ended) ended = ::waitpid(pid, &status, WNOHANG) == pid;
  }
  if (!ended) {
    in.close_writer();
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
  }
  if (end >= 0) ::close(end);
  if (!error.empty() && child.error_line) child.error_line(error);
  return status;
}

}  // namespace

ChildResult run_child(const Child& child) {
  ChildResult result;
  Pipe in, out, err;
  if (!in.good() || !out.good() || !err.good()) return result;
  const Prepared prepared = prepare(child);
  // Writing to a program that has ended is an error of write(), not our end.
  struct sigaction ignore = {}, before = {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    become(prepared, child, parent, in.reader(), child.shows_output ? STDERR_FILENO : out.writer(),
           child.shows_output ? STDERR_FILENO : err.writer());
  }
  if (pid > 0) {
    in.close_reader();
    out.close_writer();
    err.close_writer();
    const int status = exchange(child, pid, in, out, err, result);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.started = result.status != kNoProgram;
  }
  ::sigaction(SIGPIPE, &before, nullptr);
  return result;
}

}  // namespace hardtop
