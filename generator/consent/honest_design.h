// Honest design, checked in the finished page: refusing is as easy as accepting, nothing is decided beforehand, what was
// decided can be changed. Each rule names its source: the EDPB's report of the cookie banner taskforce (17 January 2023;
// its practices have letters), 11 CCR 7004, 7013 and 7015 (California), WCAG 2.2.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/html.h"
#include "consent/gate.h"

namespace hardtop {

// What this site's pages must have beside the parts that every site has. Empty and false: not looked for.
struct ConsentPartsWanted {
  std::string_view script_url;  // the runtime's: some <script> loads it
  bool do_not_sell = false;     // a service sells or shares: the link stands in the banner and on the page
};

// Judges a whole page of a site that asks, token by token, so that a build that walks its pages anyway walks them once.
// The page is as its layout made it: not gated. What stands in <template> or <noscript>, or carries data-service, does not
// count. finish() reports (ids):
//   consent/unequal-buttons   accept and reject differ in element, class, level or anything else that changes their looks
//                             or use; or preferences, in the banner; or their order differs between the layers
//   consent/preticked         a box, or what acts as one, is ticked in the banner or the preferences
//   consent/no-refusal        a layer that can accept, and cannot refuse
//   consent/no-settings-link  nothing outside of banner and preferences opens the preferences
//   consent/missing-part      a part, a button or an attribute that the runtime or the law needs
// Problems of what is missing stand at the layer's start tag, or at 0 when that is missing itself. In the order of the page.
class ConsentPartsJudge {
 public:
  // `wanted` is copied, but for its text, which is borrowed.
  explicit ConsentPartsJudge(const ConsentPartsWanted& wanted);
  ~ConsentPartsJudge();

  void see(const HtmlToken& token);
  [[nodiscard]] std::vector<GateProblem> finish();

 private:
  struct Reading;
  std::unique_ptr<Reading> reading_;
};

// The same in one call.
[[nodiscard]] std::vector<GateProblem> judge_consent_parts(std::string_view html,
                                                           const ConsentPartsWanted& wanted = {});

// The colours that a theme declares for the consent parts, in theme.toml: [consent.light] and [consent.dark], each
// `paper`, `ink`, `button`, `button_ink`, `line`, `link`, `focus` as #rgb or #rrggbb.
struct ConsentColors {
  std::string paper, ink, button, button_ink, line, link, focus;
};
struct ContrastProblem {
  std::string name;     // the token at fault: "button_ink"
  std::string behind;   // what it stands on: "button"; empty where it is no colour
  std::string message;  // "button_ink on button has a contrast of 3.1:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)"
};
// Relative luminance and contrast ratio as WCAG 2.2 defines them; a colour that is not hexadecimal is a problem, too.
[[nodiscard]] std::vector<ContrastProblem> judge_contrast(const ConsentColors& colors);

}  // namespace hardtop
