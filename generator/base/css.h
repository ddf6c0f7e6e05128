// Finds every URL that CSS makes a browser fetch. It reads tokens and brackets, not properties: whatever browsers drop as
// invalid is reported all the same, because what they drop changes from version to version. css_tokens.h is below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct CssUrl {
  enum class Use : std::uint8_t {
    import,  // @import
    font,    // anything in @font-face
    image,   // everything else that loads: backgrounds, cursors, masks, filters, what a custom property holds
    other    // behavior and -moz-binding: code, in browsers of long ago
  };
  Use use = Use::image;
  bool indirect = false;               // in a custom property, or the like: fetched where something uses it
  std::size_t offset = 0, length = 0;  // of its token: the string with its quotes, or url(…) as a whole
  std::string text;                    // decoded; may be empty, which fetches nothing
};

enum class CssForm : std::uint8_t {
  sheet,         // a file, the text of a <style>
  declarations,  // the (decoded) value of a style attribute, or of a presentation attribute of SVG
};

// In order. Linear. Counted are url() with and without quotes, src(), image(), image-set() and its prefixed forms with bare
// strings, @import wherever it stands, in every nesting and at-rule; also strings that look like URLs of another host and
// that a custom property, @property or @function could hand to one of these. Names may be escaped ("u\72l("). Not counted,
// because they fetch nothing: comments, @namespace, @document's conditions, type() and format(), other strings.
[[nodiscard]] std::vector<CssUrl> find_css_urls(std::string_view css, CssForm form);

// False where there certainly is none, at memchr speed: most style attributes.
[[nodiscard]] bool may_hold_css_url(std::string_view css);

}  // namespace hardtop
