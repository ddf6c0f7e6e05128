// The named character references of HTML.
#pragma once

#include <string_view>

namespace hardtop {

struct HtmlEntity {
  std::string_view name;  // without '&' and ';'
  char32_t first = 0;
  char32_t second = 0;             // 0: one code point is all
  bool without_semicolon = false;  // "&copy" is known, too
};

// Null where there is none. Names are in the case of the standard: "Aacute" is not "aacute".
[[nodiscard]] const HtmlEntity* find_html_entity(std::string_view name);

}  // namespace hardtop
