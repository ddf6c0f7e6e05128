// Contrast as WCAG 2.2 computes it, of the pairs of colours that the consent parts put on each other.
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "base/ascii.h"
#include "consent/honest_design.h"

namespace hardtop {

namespace {

// WCAG 2.2, "relative luminance": 0 is black, 1 is white.
std::optional<double> luminance(std::string_view color) {
  if ((color.size() != 4 && color.size() != 7) || color.front() != '#') return std::nullopt;
  const std::size_t digits = color.size() == 4 ? 1 : 2;
  constexpr std::array<double, 3> kWeights = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const int high = hex_value(color[1 + i * digits]), low = hex_value(color[i * digits + digits]);
    if (high < 0 || low < 0) return std::nullopt;
    const double channel = (high * 16 + low) / 255.0;
    sum += kWeights[i] * (channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4));
  }
  return sum;
}

struct Pair {
  const char* name;
  std::string ConsentColors::*front;
  const char* behind_name;
  std::string ConsentColors::*behind;
  double least;
  const char* rule;
};

constexpr const char* kText = "text needs 4.5:1 (WCAG 2.2, 1.4.3)";
constexpr const char* kControl = "the bounds of a control need 3:1 (WCAG 2.2, 1.4.11)";
constexpr const char* kFocus = "what shows the focus needs 3:1 (WCAG 2.2, 1.4.11)";
// The focus ring stands off the button: paper is on both of its sides.
constexpr std::array<Pair, 6> kPairs = {
    {{"ink", &ConsentColors::ink, "paper", &ConsentColors::paper, 4.5, kText},
     {"link", &ConsentColors::link, "paper", &ConsentColors::paper, 4.5, kText},
     {"button_ink", &ConsentColors::button_ink, "button", &ConsentColors::button, 4.5, kText},
     {"button", &ConsentColors::button, "paper", &ConsentColors::paper, 3, kControl},
     {"line", &ConsentColors::line, "paper", &ConsentColors::paper, 3, kControl},
     {"focus", &ConsentColors::focus, "paper", &ConsentColors::paper, 3, kFocus}}};

}  // namespace

std::vector<ContrastProblem> judge_contrast(const ConsentColors& colors) {
  std::vector<ContrastProblem> problems;
  for (const Pair& pair : kPairs) {
    const auto front = luminance(colors.*pair.front), behind = luminance(colors.*pair.behind);
    if (!front || !behind) {
      const bool front_is_bad = !front;
      problems.push_back({front_is_bad ? pair.name : pair.behind_name, "",
                          "'" + (front_is_bad ? colors.*pair.front : colors.*pair.behind) +
                              "' is not a colour of the form #rgb or #rrggbb"});
      continue;
    }
    const double ratio = (std::max(*front, *behind) + 0.05) / (std::min(*front, *behind) + 0.05);
    if (ratio >= pair.least) continue;
    // Cut, not rounded: 4.49 must not be called 4.5. Two digits where one would look like enough.
    char text[32];
    const double cut = std::floor(ratio * 100) / 100;
    std::snprintf(text, sizeof text, std::fmod(cut * 10, 1) < 0.05 ? "%.1f" : "%.2f", cut);
    problems.push_back(
        {pair.name, pair.behind_name,
         std::string(pair.name) + " on " + pair.behind_name + " has a contrast of " + text + ":1; " + pair.rule});
  }
  return problems;
}

}  // namespace hardtop
