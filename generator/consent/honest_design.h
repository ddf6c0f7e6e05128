// Honest design, checked in the finished page: refusing is as easy as accepting, nothing is decided beforehand, what was
// decided can be changed. Each rule names its source: the EDPB's report of the cookie banner taskforce (17 January 2023), 11 CCR 7004
// (California), WCAG 2.2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consent/gate.h"

namespace hardtop {

// `html` is a whole page. Reports (ids) consent/unequal-buttons, consent/preticked, consent/no-refusal,
// consent/no-settings-link, consent/missing-part (a button or a part that the runtime needs).
[[nodiscard]] std::vector<GateProblem> judge_consent_parts(std::string_view html);

// The colours that a theme declares for the consent parts, in theme.toml: [consent.light] and [consent.dark], each
// `paper`, `ink`, `button`, `button_ink`, `line`, `link`, `focus` as #rgb or #rrggbb.
struct ConsentColors {
  std::string paper, ink, button, button_ink, line, link, focus;
};
struct ContrastProblem {
  std::string name;     // the token at fault: "button_ink"
  std::string message;  // "button_ink on button has a contrast of 3.1:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)"
};
[[nodiscard]] std::vector<ContrastProblem> judge_contrast(const ConsentColors& colors);

}  // namespace hardtop
