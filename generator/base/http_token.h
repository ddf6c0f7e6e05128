// What names a header and its methods, RFC 9110, section 5.6.2.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/ascii.h"

namespace hardtop {

// token = 1*tchar
[[nodiscard]] constexpr bool is_http_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace hardtop
