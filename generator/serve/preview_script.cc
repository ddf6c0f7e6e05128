#include "serve/preview_script.h"

#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/text.h"

namespace hardtop {

namespace {

// What may stand in <head> (HTML Living Standard, 13.2.6.4.4, "in head"); the start tag of anything else opens the body.
bool belongs_in_head(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kNames = {"base",  "basefont", "bgsound",  "head",     "html",
                                                              "link",  "meta",     "noframes", "noscript", "script",
                                                              "style", "template", "title"};
  return std::ranges::find(kNames, to_lower_ascii(name)) != kNames.end();
}

bool is_space(std::string_view text) { return text.find_first_not_of("\t\n\f\r ") == text.npos; }

}  // namespace

std::size_t find_script_place(std::string_view html) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::size_t begin = html.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  // Scripting: <noscript> is text for the browser that will run ours.
  HtmlScanner scanner(html.substr(begin), {.scripting = true, .text_tokens = true});
  HtmlToken token;
  std::size_t place = 0, templates = 0;
  bool has_charset = false;
  while (scanner.next(token)) {
    switch (token.kind) {
      case HtmlToken::Kind::doctype:
        if (place == 0 && templates == 0) place = token.end;
        break;
      case HtmlToken::Kind::text:
        if (templates == 0 && !is_space(html.substr(begin + token.begin, token.end - token.begin)))
          return begin + place;
        break;
      case HtmlToken::Kind::end_tag:
        if (equals_ascii_ci(token.name, "template")) templates -= templates > 0 ? 1 : 0;
        // </head> ends it. </body>, </html> and </br> do, too; others are ignored by browsers.
        else if (templates == 0 && (equals_ascii_ci(token.name, "head") || equals_ascii_ci(token.name, "body") ||
                                    equals_ascii_ci(token.name, "html") || equals_ascii_ci(token.name, "br")))
          return begin + place;
        break;
      case HtmlToken::Kind::start_tag:
        if (equals_ascii_ci(token.name, "template")) {
          ++templates;
        } else if (templates > 0) {
          break;
        } else if (!belongs_in_head(token.name)) {
          return begin + place;
        } else if (equals_ascii_ci(token.name, "meta")) {
          const HtmlAttribute* equiv = token.find("http-equiv");
          if (equiv && to_lower_ascii(decode_attribute(equiv->raw_value)) == "content-security-policy")
            return begin + token.end;
          if (!has_charset && token.find("charset")) {
            has_charset = true;
            place = token.end;
          }
        } else if (!has_charset && (equals_ascii_ci(token.name, "html") || equals_ascii_ci(token.name, "head"))) {
          place = token.end;
        }
        break;
      default:
        break;
    }
  }
  return begin + place;
}

std::string preview_script(std::string_view version, std::string_view output) {
  std::string tag = "<script src=\"/.hardtop/preview.js\" data-version=\"";
  append_escaped_html(tag, version);
  tag += "\" data-output=\"";
  append_escaped_html(tag, output);
  return tag + "\"></script>";
}

}  // namespace hardtop
