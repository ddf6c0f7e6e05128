#include "theme/consent_colors.h"

#include <algorithm>

#include "base/ascii.h"

namespace hardtop {

namespace {

// Without those that `known` already gives.
std::string declarations(const std::vector<ThemeColor>& colors, const std::vector<ThemeColor>& known) {
  std::string out = ":root {\n";
  for (const ThemeColor& color : colors) {
    const auto same = [&](const ThemeColor& other) { return other.name == color.name && other.value == color.value; };
    if (std::any_of(known.begin(), known.end(), same)) continue;
    std::string name(color.name);
    std::replace(name.begin(), name.end(), '_', '-');
    out += "  --consent-" + name + ": " + color.value + ";\n";
  }
  return out + "}\n";
}

}  // namespace

const std::vector<std::string_view>& consent_color_names() {
  static const std::vector<std::string_view> names = {"paper", "ink", "button", "button_ink", "line", "link", "focus"};
  return names;
}

void sort_colors(std::vector<ThemeColor>& colors) {
  const auto& names = consent_color_names();
  const auto rank = [&](const ThemeColor& color) { return std::find(names.begin(), names.end(), color.name); };
  std::sort(colors.begin(), colors.end(), [&](const ThemeColor& a, const ThemeColor& b) { return rank(a) < rank(b); });
}

bool is_hex_color(std::string_view text) {
  return (text.size() == 4 || text.size() == 7) && text.front() == '#' &&
         std::all_of(text.begin() + 1, text.end(), is_ascii_hex_digit);
}

std::string consent_tokens(const std::vector<ThemeColor>& light, const std::vector<ThemeColor>& dark) {
  return "// Made of [consent.light] and [consent.dark] in theme.toml.\n" + declarations(light, {}) +
         "@media screen and (prefers-color-scheme: dark) {\n" + declarations(dark, light) + "}\n";
}

}  // namespace hardtop
