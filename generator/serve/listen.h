// Sockets that wait for connections, and what can be said when there are none to have.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hardtop {

// Owns a descriptor; -1 is none.
class OwnedFd {
 public:
  OwnedFd() = default;
  explicit OwnedFd(int fd) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~OwnedFd() { reset(); }
  void reset();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool good() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Listening {
  std::vector<OwnedFd> sockets;        // one an address; non-blocking, closed on exec
  std::vector<std::string> addresses;  // in figures, IPv6 in brackets
  int port = 0;
  bool any_address = false;  // 0.0.0.0 or ::
};

struct ListenError {
  enum class Kind {
    port_taken,   // another program listens there
    no_right,     // a port below 1024 (ip_unprivileged_port_start), and not root
    bad_address,  // `bind` is no address of this machine, or no name that leads to one
    failed,       // the system refuses for another reason
  };
  Kind kind = Kind::failed;
  std::string message;  // "port 4000 is taken"
  std::string hint;     // "try --port 4001, which is free"; may be empty
  int free_port = 0;    // port_taken and no_right: the next port that was free a moment ago; 0: none was found
};

// `bind` is an address in figures (IPv6 with or without brackets, "fe80::1%eth0" too) or a host name, which may have several
// addresses: all of them are listened on. Port 0 takes any free one. Asks the resolver for names: that may take a while.
[[nodiscard]] std::variant<Listening, ListenError> open_listening(const std::string& bind, int port);

}  // namespace hardtop
