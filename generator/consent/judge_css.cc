#include "base/text.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

// An "@charset" makes browsers read the sheet in another encoding, unless the server names one: then bytes may be other
// characters than here.
void check_encoding(Judgement& judgement, std::string_view css) {
  constexpr std::string_view kRule = "@charset \"";
  if (is_utf16(css)) {
    judgement.problem({0, 2}, "consent/unreadable-file", "the style sheet is in UTF-16, and hardtop reads UTF-8",
                      "save it in the encoding UTF-8");
    return;
  }
  if (!css.starts_with(kRule)) return;
  const std::size_t end = css.find('"', kRule.size());
  if (end == css.npos) return;
  const std::string name = to_lower_ascii(trim(css.substr(kRule.size(), end - kRule.size())));
  if (name == "utf-8" || name == "utf8" || name == "us-ascii") return;
  judgement.problem({0, end + 1}, "consent/unreadable-file",
                    "the style sheet says that its encoding is '" + name + "', and hardtop reads UTF-8",
                    "save it in the encoding UTF-8 and remove this line");
}

}  // namespace

void read_css(Judgement& judgement, std::string_view css, CssForm form, const PlaceOf& place_of) {
  for (const CssUrl& url : find_css_urls(css, form)) {
    CspDirective directive = CspDirective::img;
    if (url.use == CssUrl::Use::import) directive = CspDirective::style;
    if (url.use == CssUrl::Use::font) directive = CspDirective::font;
    judgement.fetch(url.text, directive, place_of(url.offset, url.length));
  }
}

JudgedFile judge_css(const Services& services, std::string_view css, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::fact, "the style sheet", "");
  check_encoding(judgement, css);
  read_css(judgement, css, CssForm::sheet, [](std::size_t offset, std::size_t length) { return Span{offset, length}; });
  return judgement.finish();
}

}  // namespace hardtop
