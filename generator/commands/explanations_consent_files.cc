// A table of texts: what can be wrong with published files that are not HTML, and with headers.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& consent_file_explanations() {
  static const std::vector<Explanation> table = {
      {"consent/unreadable-file", "a published file could hide what it loads",
       R"(Every file that is published is read for the hosts that it makes browsers
contact. In some files that cannot be done for sure: text in another encoding
than UTF-8 (HTML from static/ may be in any that writes ASCII as it is), SVG and
XML whose document type declares entities or attributes (browsers put them into
the text after it was read), compressed SVG, manifests that are not JSON.
Images, fonts, films, archives, PDF, texts, JSON and source maps are not read:
browsers contact nobody when they open them.)",
       R"(<!DOCTYPE svg [ <!ENTITY logo "https://tracker.example/"> ]>
<svg xmlns="http://www.w3.org/2000/svg"><image href="&logo;1.png"/></svg>)",
       R"(Save the file in the encoding UTF-8, without compression. Drawing programs write
entities only in their own format: save as "plain SVG" or "optimised SVG".)"},

      {"consent/undeclared-cookie", "a header sets a cookie that no service declares",
       R"(A Set-Cookie header in [headers] of site.toml is sent with the first answer,
before the visitor can decide. So the cookie must belong to a necessary service,
which the cookie table of the policy then lists. A cookie that needs a decision
is set by a script of its service, after the decision.)",
       R"([headers]
"/*" = { Set-Cookie = "language=en; Path=/; SameSite=Lax" })",
       R"(Remove the header, or declare the cookie in consent.toml:

    [[service]]
    id = "language"
    category = "necessary"
    justification = "Keeps the language that the visitor has chosen"
    …
    [[service.cookie]]
    name = "language"
    lifetime = "session"
    purpose = "Keeps the language that the visitor has chosen")"},
  };
  return table;
}

}  // namespace hardtop
