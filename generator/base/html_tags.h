// The element names that tree construction knows (HTML Living Standard, 13.2.4 and 13.2.6), as numbers and sets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace hardtop {

// In the order of kHtmlTagNames.
enum class HtmlTag : std::uint8_t {
  // clang-format off
  unknown,
  a, address, annotation_xml, applet, area, article, aside, b, base, basefont, bgsound, big, blockquote, body, br,
  button, caption, center, code, col, colgroup, dd, desc, details, dialog, dir, div, dl, dt, em, embed, fieldset,
  figcaption, figure, font, footer, foreignobject, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup,
  hr, html, i, iframe, image, img, input, keygen, li, link, listing, main, malignmark, marquee, math, menu, meta,
  mglyph, mi, mn, mo, ms, mtext, nav, nobr, noembed, noframes, noscript, object, ol, optgroup, option, p, param,
  plaintext, pre, rb, rp, rt, rtc, ruby, s, script, search, section, select, small, source, span, strike, strong, style,
  sub, summary, sup, svg, table, tbody, td, template_, textarea, tfoot, th, thead, title, tr, track, tt, u, ul, var,
  wbr, xmp,
  // clang-format on
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(HtmlTag::count)> kHtmlTagNames = {
    // clang-format off
    "",
    "a", "address", "annotation-xml", "applet", "area", "article", "aside", "b", "base", "basefont", "bgsound", "big",
    "blockquote", "body", "br", "button", "caption", "center", "code", "col", "colgroup", "dd", "desc", "details",
    "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer",
    "foreignobject", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr",
    "html", "i", "iframe", "image", "img", "input", "keygen", "li", "link", "listing", "main", "malignmark", "marquee",
    "math", "menu", "meta", "mglyph", "mi", "mn", "mo", "ms", "mtext", "nav", "nobr", "noembed", "noframes", "noscript",
    "object", "ol", "optgroup", "option", "p", "param", "plaintext", "pre", "rb", "rp", "rt", "rtc", "ruby", "s",
    "script", "search", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary",
    "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "track", "tt",
    "u", "ul", "var", "wbr", "xmp",
    // clang-format on
};
static_assert(kHtmlTagNames.back() == "xmp");

// `name` as written, in any case.
[[nodiscard]] HtmlTag html_tag_of(std::string_view name);

class HtmlTagSet {
 public:
  constexpr HtmlTagSet(std::initializer_list<HtmlTag> tags) {
    for (HtmlTag tag : tags) holds_[static_cast<std::size_t>(tag)] = true;
  }
  [[nodiscard]] constexpr bool holds(HtmlTag tag) const { return holds_[static_cast<std::size_t>(tag)]; }

 private:
  std::array<bool, static_cast<std::size_t>(HtmlTag::count)> holds_{};
};

// What several insertion modes ask for.
// What they hold is raw text, but in svg and math; of <noscript> where scripts run.
inline constexpr HtmlTagSet kRawText = {HtmlTag::script,   HtmlTag::style,    HtmlTag::title,   HtmlTag::textarea,
                                        HtmlTag::xmp,      HtmlTag::iframe,   HtmlTag::noembed, HtmlTag::noframes,
                                        HtmlTag::noscript, HtmlTag::plaintext};
inline constexpr HtmlTagSet kHeadings = {HtmlTag::h1, HtmlTag::h2, HtmlTag::h3, HtmlTag::h4, HtmlTag::h5, HtmlTag::h6};
inline constexpr HtmlTagSet kFormatting = {
    HtmlTag::a,    HtmlTag::b, HtmlTag::big,   HtmlTag::code,   HtmlTag::em,     HtmlTag::font, HtmlTag::i,
    HtmlTag::nobr, HtmlTag::s, HtmlTag::small, HtmlTag::strike, HtmlTag::strong, HtmlTag::tt,   HtmlTag::u};
inline constexpr HtmlTagSet kMarkers = {HtmlTag::applet, HtmlTag::marquee, HtmlTag::object};
inline constexpr HtmlTagSet kRowGroups = {HtmlTag::tbody, HtmlTag::tfoot, HtmlTag::thead};
inline constexpr HtmlTagSet kTableParts = {HtmlTag::caption, HtmlTag::col,   HtmlTag::colgroup,
                                           HtmlTag::tbody,   HtmlTag::td,    HtmlTag::tfoot,
                                           HtmlTag::th,      HtmlTag::thead, HtmlTag::tr};
inline constexpr HtmlTagSet kTableContext = {HtmlTag::table, HtmlTag::template_, HtmlTag::html};
inline constexpr HtmlTagSet kTableBodyContext = {HtmlTag::tbody, HtmlTag::tfoot, HtmlTag::thead, HtmlTag::template_,
                                                 HtmlTag::html};
inline constexpr HtmlTagSet kRowContext = {HtmlTag::tr, HtmlTag::template_, HtmlTag::html};

}  // namespace hardtop
