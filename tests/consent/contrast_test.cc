#include <doctest/doctest.h>

#include <string>

#include "consent/honest_design.h"

using namespace hardtop;

namespace {

// Colours that pass, but for the two that a case is about.
std::string problems(const std::string& name, const std::string& front, const std::string& behind) {
  ConsentColors colors{"#ffffff", "#000000", "#0000aa", "#ffffff", "#777777", "#0000aa", "#000000"};
  if (name == "ink") colors.ink = front, colors.paper = behind;
  if (name == "link") colors.link = front;
  if (name == "button_ink") colors.button_ink = front, colors.button = behind;
  if (name == "button") colors.button = front, colors.button_ink = "#000";
  if (name == "line") colors.line = front;
  if (name == "focus") colors.focus = front;
  std::string out;
  for (const ContrastProblem& problem : judge_contrast(colors)) out += problem.name + ": " + problem.message + "\n";
  return out;
}

}  // namespace

// The ratios are those of the WCAG's own examples and of independent calculators: #767676 is the lightest grey that passes on
// white, #777777 the darkest that does not; #949494 and #959595 for 3:1.
TEST_CASE("text needs a contrast of 4.5, controls and the focus 3") {
  CHECK(problems("", "", "") == "");
  CHECK(problems("ink", "#767676", "#fff") == "");
  CHECK(problems("ink", "#777777", "#fff") ==
        "ink: ink on paper has a contrast of 4.47:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)\n");
  CHECK(problems("ink", "#FFF", "#fff").starts_with("ink: ink on paper has a contrast of 1.0:1; text needs"));
  CHECK(problems("link", "#777", "") ==
        "link: link on paper has a contrast of 4.47:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)\n");
  CHECK(problems("button_ink", "#f0f0f0", "#888888") ==
        "button_ink: button_ink on button has a contrast of 3.11:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)\n");
  CHECK(problems("button", "#949494", "") == "");
  CHECK(problems("button", "#959595", "") ==
        "button: button on paper has a contrast of 2.99:1; the bounds of a control need 3:1 (WCAG 2.2, 1.4.11)\n");
  CHECK(problems("line", "#949494", "") == "");
  CHECK(problems("line", "#aaa", "") ==
        "line: line on paper has a contrast of 2.32:1; the bounds of a control need 3:1 (WCAG 2.2, 1.4.11)\n");
  CHECK(problems("focus", "#aaa", "") ==
        "focus: focus on paper has a contrast of 2.32:1; what shows the focus needs 3:1 (WCAG 2.2, 1.4.11)\n");
}

TEST_CASE("a colour that is not hexadecimal is a problem") {
  for (const char* color : {"", "teal", "#12", "#12345", "#1234567", "#ggg", "rgb(0,0,0)", "#00000g"}) {
    CAPTURE(color);
    CHECK(problems("link", color, "") ==
          "link: '" + std::string(color) + "' is not a colour of the form #rgb or #rrggbb\n");
  }
}
