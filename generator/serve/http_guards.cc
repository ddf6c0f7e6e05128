#include "serve/http_guards.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/read_number.h"
#include "base/text.h"

namespace hardtop {

namespace {

// In figures as they are usually written: browsers write every other notation in this one before they send it.
bool is_ipv4(const std::string& text) {
  in_addr address;
  return ::inet_pton(AF_INET, text.c_str(), &address) == 1;
}

bool is_ipv6_in_brackets(const std::string& text) {
  in6_addr address;
  return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
         ::inet_pton(AF_INET6, text.substr(1, text.size() - 2).c_str(), &address) == 1;
}

}  // namespace

bool is_allowed_host(std::string_view host, const HostRules& rules) {
  const std::size_t bracket = host.find(']');
  const std::size_t colon = host.find(':', bracket == host.npos ? 0 : bracket);
  int port = 80;
  if (colon != host.npos) {
    const std::string_view digits = host.substr(colon + 1);
    if (!read_number(digits, port) || digits.front() == '-') return false;
  }
  if (port != rules.port) return false;
  std::string name = to_lower_ascii(host.substr(0, colon));
  if (std::ranges::find(rules.names, name) != rules.names.end()) return true;
  if (name.ends_with('.')) name.pop_back();
  if (name == "localhost" || name.ends_with(".localhost") || name == "[::1]") return true;
  if (is_ipv4(name)) return rules.any_address || name.starts_with("127.");
  return rules.any_address && is_ipv6_in_brackets(name);
}

bool is_own_origin(std::string_view origin, std::string_view host) {
  return !host.empty() && to_lower_ascii(origin) == "http://" + to_lower_ascii(host);
}

}  // namespace hardtop
