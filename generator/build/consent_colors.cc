#include "build/consent_colors.h"

#include <algorithm>

#include "consent/honest_design.h"

namespace hardtop {

namespace {

void judge(const std::vector<ThemeColor>& colors, std::string_view scheme, Diagnostics& diagnostics) {
  const auto find = [&](std::string_view name) {
    return std::find_if(colors.begin(), colors.end(), [&](const ThemeColor& color) { return color.name == name; });
  };
  const auto value = [&](std::string_view name) {
    const auto color = find(name);
    return color == colors.end() ? std::string() : color->value;
  };
  const ConsentColors judged{value("paper"), value("ink"),  value("button"), value("button_ink"),
                             value("line"),  value("link"), value("focus")};
  for (ContrastProblem& problem : judge_contrast(judged)) {
    // Of two colours, the one that can be changed: what the binary carries cannot.
    auto color = find(problem.name);
    if (const auto behind = find(problem.behind);
        color != colors.end() && color->place.source->path.starts_with("(built-in)") && behind != colors.end())
      color = behind;
    diagnostics.error(color == colors.end() ? Place{} : color->place, "consent/low-contrast",
                      std::string(scheme) + ": " + problem.message,
                      "choose a darker or a lighter one of the two in [consent." + std::string(scheme) + "]");
  }
}

}  // namespace

void judge_consent_colors(const Theme& theme, Diagnostics& diagnostics) {
  judge(theme.consent_light, "light", diagnostics);
  judge(theme.consent_dark, "dark", diagnostics);
}

}  // namespace hardtop
