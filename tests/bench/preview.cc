#include "bench/preview.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "bench/process.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{10};

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// hardtop serve, until it goes out of scope.
class Server {
 public:
  Server(const std::string& hardtop, const fs::path& site, const fs::path& log) : log_(log) {
    child_ = start_program({hardtop, "-C", site.string(), "serve", "--port", "0"}, log);
    port_ = wait_for_port();
  }
  ~Server() {
    if (child_ <= 0) return;
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  // It is said in "Serving 6 pages in 5 ms at http://127.0.0.1:34567/".
  int wait_for_port() {
    const auto end = Clock::now() + 6 * kPatience;
    while (Clock::now() < end) {
      throw_if_interrupted();
      const std::string text = read_text(log_);
      constexpr std::string_view kBefore = " at http://127.0.0.1:";
      const auto at = text.find(kBefore);
      if (at != std::string::npos && text.find('\n', at) != std::string::npos)
        return std::stoi(text.substr(at + kBefore.size()));
      if (waitpid(child_, nullptr, WNOHANG) == child_) {
        child_ = 0;
        throw std::runtime_error("hardtop serve ended:\n" + text);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("hardtop serve does not say its address:\n" + read_text(log_));
  }

  const fs::path log_;
  pid_t child_ = 0;
  int port_ = 0;
};

// A connection to the stream of events.
class Events {
 public:
  Events(int port, const std::string& output) {
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket_ < 0 || connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect to hardtop serve");
    const std::string request = "GET /.hardtop/events?version=none.0&output=" + output +
                                " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n";
    if (write(socket_, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
      throw std::runtime_error("cannot ask hardtop serve");
    // A page of another instance is told to reload.
    wait_for("event: change");
  }
  ~Events() { close(socket_); }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  // Returns when `text` has come; what came with it is forgotten.
  void wait_for(std::string_view text) {
    const auto end = Clock::now() + kPatience;
    for (;;) {
      if (const auto at = came_.find(text); at != std::string::npos) {
        came_.erase(0, at + text.size());
        return;
      }
      throw_if_interrupted();
      pollfd ready{socket_, POLLIN, 0};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
      if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) <= 0)
        throw std::runtime_error("hardtop serve did not tell of a saved page");
      char bytes[16384];
      const ssize_t count = read(socket_, bytes, sizeof bytes);
      if (count <= 0) throw std::runtime_error("hardtop serve closed the stream of events");
      came_.append(bytes, static_cast<std::size_t>(count));
    }
  }

 private:
  int socket_ = -1;
  std::string came_;
};

void save(const fs::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  const bool good = file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) close(file);
  if (!good) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

double PreviewTimes::at(double part) const {
  if (milliseconds.empty()) return 0;
  const auto last = static_cast<double>(milliseconds.size() - 1);
  return milliseconds[static_cast<std::size_t>(part * last + 0.5)];
}

std::vector<PreviewTimes> measure_preview(const std::string& hardtop, const fs::path& site, const fs::path& page,
                                          const std::string& output, const std::vector<Edit>& edits, std::size_t saves,
                                          const fs::path& log) {
  const fs::path path = site / "content" / page;
  const std::string original = read_text(path);
  const Server server(hardtop, site, log);
  Events events(server.port(), output);
  std::vector<PreviewTimes> results;
  for (const Edit& edit : edits) {
    const auto at = original.find(edit.from);
    if (at == std::string::npos) throw std::runtime_error(path.string() + " does not hold: " + edit.from);
    PreviewTimes& times = results.emplace_back();
    times.edit = edit.name;
    for (std::size_t n = 0; n < saves; ++n) {
      std::string to = edit.to, text = original;
      if (const auto mark = to.find('#'); mark != std::string::npos) to.replace(mark, 1, std::to_string(n));
      text.replace(at, edit.from.size(), to);
      const auto start = Clock::now();
      save(path, text);
      events.wait_for("event: change");
      times.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      // People pause between saves, and a burst is something else.
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
    std::sort(times.milliseconds.begin(), times.milliseconds.end());
    save(path, original);
    events.wait_for("event: change");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return results;
}

}  // namespace bench
