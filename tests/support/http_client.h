// A client on loopback that says exactly what a test has it say, and never waits without a deadline.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace hardtop::test {

struct HttpReply {
  int status = 0;  // 0: the connection ended first
  std::string head;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

class HttpClient {
 public:
  struct Later {};  // to be connected by connect()

  explicit HttpClient(int port, int receive_buffer = 0) : HttpClient(port, Later()) {
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    connect();
  }
  HttpClient(int port, Later) : port_(port), fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  void connect() {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  HttpClient(HttpClient&& other) noexcept
      : port_(other.port_),
        fd_(std::exchange(other.fd_, -1)),
        connected_(other.connected_),
        in_(std::move(other.in_)),
        ended_(other.ended_) {}
  HttpClient& operator=(HttpClient&& other) noexcept {
    if (this == &other) return *this;
    hang_up();
    port_ = other.port_;
    fd_ = std::exchange(other.fd_, -1);
    connected_ = other.connected_;
    in_ = std::move(other.in_);
    ended_ = other.ended_;
    return *this;
  }
  ~HttpClient() { hang_up(); }
  void hang_up() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  // Ends with a reset, as a crashed browser does.
  void reset() {
    const linger now = {1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    hang_up();
  }
  void say_no_more() const { ::shutdown(fd_, SHUT_WR); }

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  // Reads until `text` has come, which is part of what is returned; what the connection held so far, when it ends first.
  std::string read_until(std::string_view text) {
    std::size_t at = 0;
    while ((at = in_.find(text)) == in_.npos && read_some()) {
    }
    return take(at == in_.npos ? in_.size() : at + text.size());
  }
  std::string read_bytes(std::size_t count) {
    while (in_.size() < count && read_some()) {
    }
    return take(std::min(count, in_.size()));
  }
  std::string read_to_end() {
    while (read_some()) {
    }
    return take(in_.size());
  }
  // Whether the server has closed the connection, which it must do before the deadline.
  bool ends() {
    read_to_end();
    return ended_;
  }

  HttpReply read_reply(bool has_body = true) {
    HttpReply reply;
    reply.head = read_until("\r\n\r\n");
    if (!reply.head.starts_with("HTTP/1.1 ") || !reply.head.ends_with("\r\n\r\n")) return reply;
    reply.status = std::atoi(reply.head.c_str() + 9);
    for (std::size_t at = reply.head.find("\r\n") + 2; at + 2 < reply.head.size();) {
      const std::size_t end = reply.head.find("\r\n", at), colon = reply.head.find(": ", at);
      std::string name = reply.head.substr(at, colon - at);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      reply.headers[name] += (reply.headers[name].empty() ? "" : ", ") + reply.head.substr(colon + 2, end - colon - 2);
      at = end + 2;
    }
    if (has_body && reply.headers.contains("content-length"))
      reply.body = read_bytes(static_cast<std::size_t>(std::atoll(reply.headers["content-length"].c_str())));
    return reply;
  }

  HttpReply request(std::string_view method, std::string_view path, std::string_view more_headers = "",
                    std::string_view body = "") {
    std::string text = std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: " + host() + "\r\n";
    send(text.append(more_headers).append("\r\n").append(body));
    return read_reply(method != "HEAD");
  }
  HttpReply get(std::string_view path, std::string_view more_headers = "") {
    return request("GET", path, more_headers);
  }

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  // False at the end, and after 20 s of silence: a test that waits for that long has failed.
  bool read_some() {
    pollfd wait = {fd_, POLLIN, 0};
    if (fd_ < 0 || ended_ || ::poll(&wait, 1, 20'000) <= 0) return false;
    char piece[64 * 1024];
    const ssize_t n = ::recv(fd_, piece, sizeof piece, 0);
    if (n <= 0) {
      ended_ = true;
      return false;
    }
    in_.append(piece, static_cast<std::size_t>(n));
    return true;
  }
  std::string take(std::size_t count) {
    std::string bytes = in_.substr(0, count);
    in_.erase(0, count);
    return bytes;
  }

  int port_;
  int fd_;
  bool connected_ = false;
  std::string in_;
  bool ended_ = false;
};

}  // namespace hardtop::test
