// The list that libpsl was compiled with, not the one that the machine may have: the same site has the same errors
// everywhere.
#include "base/public_suffix.h"

#include <libpsl.h>

#include "base/ascii.h"

namespace hardtop {

namespace {

bool is_address(std::string_view host) { return host.empty() || host.front() == '[' || is_ascii_digit(host.back()); }

}  // namespace

bool is_public_suffix(std::string_view host) {
  return !is_address(host) && psl_is_public_suffix(psl_builtin(), std::string(host).c_str()) != 0;
}

bool is_registry_suffix(std::string_view host) {
  return !is_address(host) &&
         psl_is_public_suffix2(psl_builtin(), std::string(host).c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

std::string registrable_domain(std::string_view host) {
  if (is_address(host)) return "";
  const std::string text(host);
  const char* domain = psl_registrable_domain(psl_builtin(), text.c_str());  // inside of `text`
  return domain ? domain : "";
}

}  // namespace hardtop
