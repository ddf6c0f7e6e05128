// The colours that a theme gives the consent parts, in theme.toml. Templates never see them: they reach the styles as the
// import "consent-tokens", and the build judges their contrast, so that what is judged is what is shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// One line of [consent.light] or [consent.dark].
struct ThemeColor {
  std::string_view name;  // one of consent_color_names()
  std::string value;      // "#rgb" or "#rrggbb", in lower case
  Place place;            // of the value
};

// paper, ink, button, button_ink, line, link, focus: in this order everywhere.
[[nodiscard]] const std::vector<std::string_view>& consent_color_names();
void sort_colors(std::vector<ThemeColor>& colors);

// Whether it is #rgb or #rrggbb: contrast cannot be computed of a name, a variable or something that is see-through.
[[nodiscard]] bool is_hex_color(std::string_view text);

// styles/_consent-tokens.scss: --consent-paper and so on, by the visitor's colour scheme.
[[nodiscard]] std::string consent_tokens(const std::vector<ThemeColor>& light, const std::vector<ThemeColor>& dark);

}  // namespace hardtop
