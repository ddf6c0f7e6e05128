#include "serve/listen.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace hardtop {

namespace {

struct Address {
  sockaddr_storage storage = {};
  socklen_t size = 0;
  [[nodiscard]] int family() const { return storage.ss_family; }
};

void set_port(Address& address, int port) {
  const auto number = htons(static_cast<std::uint16_t>(port));
  if (address.family() == AF_INET6)
    reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port = number;
  else
    reinterpret_cast<sockaddr_in&>(address.storage).sin_port = number;
}

int port_of(int socket) {
  Address address;
  address.size = sizeof address.storage;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.size) != 0) return 0;
  return ntohs(address.family() == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port
                                            : reinterpret_cast<sockaddr_in&>(address.storage).sin_port);
}

std::string in_figures(const Address& address) {
  char text[NI_MAXHOST] = "";
  ::getnameinfo(reinterpret_cast<const sockaddr*>(&address.storage), address.size, text, sizeof text, nullptr, 0,
                NI_NUMERICHOST);
  return address.family() == AF_INET6 ? "[" + std::string(text) + "]" : text;
}

// What the resolver says; the code of getaddrinfo in `error`.
std::vector<Address> resolve(const std::string& name, int& error) {
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* list = nullptr;
  error = ::getaddrinfo(name.c_str(), "0", &hints, &list);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(error == 0 ? list : nullptr, [](addrinfo* all) {
    if (all) ::freeaddrinfo(all);
  });
  std::vector<Address> found;
  for (const addrinfo* each = owner.get(); each; each = each->ai_next) {
    if ((each->ai_family != AF_INET && each->ai_family != AF_INET6) || each->ai_addrlen > sizeof(sockaddr_storage))
      continue;
    Address address;
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.size = each->ai_addrlen;
    const bool known = std::ranges::any_of(found, [&](const Address& other) {
      return other.size == address.size && std::memcmp(&other.storage, &address.storage, address.size) == 0;
    });
    if (!known) found.push_back(address);
  }
  return found;
}

// An errno, or 0 and the socket.
int listen_on(Address address, int port, bool only_v6, OwnedFd& out) {
  set_port(address, port);
  OwnedFd fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd.good()) return errno;
  // A port whose last connections are still being forgotten can be had again at once. On Linux this lets no two listen.
  const int on = 1, v6 = only_v6 ? 1 : 0;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.family() == AF_INET6) ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &v6, sizeof v6);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) != 0) return errno;
  if (::listen(fd.get(), 512) != 0) return errno;
  out = std::move(fd);
  return 0;
}

// Listens on all addresses that this machine has; an errno where that is none, or where one is taken.
int listen_on_all(const std::vector<Address>& addresses, int port, Listening& out) {
  out = {};
  int worst = 0;
  for (const Address& address : addresses) {
    OwnedFd socket;
    const int error = listen_on(address, out.sockets.empty() ? port : out.port, addresses.size() > 1, socket);
    if (error == EADDRINUSE || error == EACCES) return error;
    if (error != 0) {
      worst = error;
      continue;
    }
    out.port = port_of(socket.get());
    out.sockets.push_back(std::move(socket));
    out.addresses.push_back(in_figures(address));
  }
  return out.sockets.empty() ? worst : 0;
}

int find_free_port(const std::vector<Address>& addresses, int after) {
  Listening tried;
  for (int port = std::max(after + 1, 1024); port <= 65535 && port <= after + 100; ++port)
    if (listen_on_all(addresses, port, tried) == 0) return port;
  return listen_on_all(addresses, 0, tried) == 0 ? tried.port : 0;
}

ListenError make_error(int error, const std::string& bind, const std::vector<Address>& addresses, int port) {
  ListenError out;
  const std::string number = std::to_string(port);
  switch (error) {
    case EADDRINUSE:
      out.kind = ListenError::Kind::port_taken;
      out.message = "port " + number + " is taken";
      out.free_port = find_free_port(addresses, port);
      break;
    case EACCES:
      out.kind = ListenError::Kind::no_right;
      out.message = "port " + number + " is for root alone";
      out.free_port = find_free_port(addresses, port < 1024 ? 3999 : port);
      break;
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      out.kind = ListenError::Kind::bad_address;
      out.message = "'" + bind + "' is no address of this machine";
      out.hint = "use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is in";
      return out;
    default:
      out.message = "cannot listen on " + bind + ", port " + number + ": " + std::generic_category().message(error);
      return out;
  }
  if (out.free_port != 0) out.hint = "try --port " + std::to_string(out.free_port) + ", which is free";
  return out;
}

}  // namespace

void OwnedFd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::variant<Listening, ListenError> open_listening(const std::string& bind, int port) {
  std::string name = bind;
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  int unresolved = 0;
  const std::vector<Address> addresses = name.empty() ? std::vector<Address>() : resolve(name, unresolved);
  if (addresses.empty()) {
    ListenError error;
    error.kind = ListenError::Kind::bad_address;
    error.message = "no host '" + bind + "' is known";
    if (unresolved != 0 && unresolved != EAI_NONAME) error.message += std::string(": ") + ::gai_strerror(unresolved);
    error.hint = "use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is in";
    return error;
  }
  Listening listening;
  int error = listen_on_all(addresses, port, listening);
  // Any free port was asked for, and the first address's is taken on the second.
  for (int again = 0; again < 20 && port == 0 && error == EADDRINUSE; ++again)
    error = listen_on_all(addresses, port, listening);
  if (error != 0) return make_error(error, bind, addresses, port);
  listening.any_address = std::ranges::any_of(
      listening.addresses, [](const std::string& address) { return address == "0.0.0.0" || address == "[::]"; });
  return listening;
}

}  // namespace hardtop
