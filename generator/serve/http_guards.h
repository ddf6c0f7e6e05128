// Who may ask a server on this machine. A page of any website can make a browser send requests to loopback. It cannot read the
// answers, unless its own name has been made to lead here (DNS rebinding): then the Host header holds that name. And it can send a
// POST blindly: then the Origin header names it (Fetch Standard, 3.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct HostRules {
  int port = 0;  // what the server listens on
  bool any_address =
      false;  // it listens on all interfaces: every IP address in figures is fine, no name can be rebound to it
  std::vector<std::string> names;  // more hosts, lower case: the bound address, IPv6 in brackets; this machine's name
};

// Whether a Host header (RFC 9110, 7.2) names this server: "localhost" and names below it (RFC 6761, 6.3), an address of
// loopback, or one that the rules allow; with the server's port, which may be left out where it is 80.
[[nodiscard]] bool is_allowed_host(std::string_view host, const HostRules& rules);

// Whether an Origin header is that of a page that was loaded from `host`, over http.
[[nodiscard]] bool is_own_origin(std::string_view origin, std::string_view host);

}  // namespace hardtop
