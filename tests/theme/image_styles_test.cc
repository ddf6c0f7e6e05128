#include "theme/image_styles.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

// "narrow(SELECTOR) high(SELECTOR) width-auto height-auto .narrowed #high": what was found.
std::string read(std::string_view css) {
  const ImageStyles styles = read_image_styles(css);
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
  if (!styles.narrowing.empty()) add("narrow(" + styles.narrowing + ")");
  if (!styles.height_alone.empty()) add("high(" + styles.height_alone + ")");
  if (styles.width_auto) add("width-auto");
  if (styles.height_auto) add("height-auto");
  for (const std::string& name : styles.narrowed_classes) add("." + name);
  for (const std::string& name : styles.height_classes) add("#" + name);
  return out;
}

}  // namespace

TEST_CASE("of a style sheet, what it says about the sizes of images is known") {
  struct Row {
    const char* css;
    const char* expected;
  };
  const Row rows[] = {
      {"", ""},
      {"p { color: red }", ""},
      {"img { border: 0 }", ""},
      {"img{max-width:100%}", "narrow(img)"},
      {"img{max-width:100%;height:auto}", "height-auto"},
      {"img, svg { max-inline-size: 100%; block-size: auto; }", "height-auto"},
      {"svg,\nIMG\n{ max-width : 100% ; HEIGHT : AUTO }", "height-auto"},
      {"img{max-width:none}", ""},
      {"img{width:100%;height:auto}img{height:auto}", "height-auto"},
      {".post img { width: 50% }", "narrow(.post img)"},
      {".a>img{width:1px}", "narrow(.a>img)"},
      {"img{width:10px;height:10px}", ""},
      {".logo img { height: 2rem }", "high(.logo img)"},
      {".logo img { height: 2rem; width: auto }", "width-auto"},
      {"img { max-height: 80vh }", "high(img)"},
      {"img { max-block-size: none }", ""},
      {"img { max-width: 100%; max-height: 80vh }", "narrow(img) high(img)"},
      {"img { max-width: 100%; max-height: 80vh; height: auto; width: auto }", "width-auto height-auto"},
      // The last part of a selector is what it is about.
      {"img + p { height: 1px }", ""},
      {".img { height: 1px }", "#img"},
      {"#img { height: 1px }", ""},
      {":is(img, svg) { max-width: 100% }", "narrow(:is(img, svg))"},
      {"a:not(.x) img:hover { height: 1px }", "high(a:not(.x) img:hover)"},
      // Classes, of images perhaps.
      {".logo { height: 2rem }", "#logo"},
      {".wide.tall { max-width: 9rem }", ".tall .wide"},
      {"img.logo, .b { height: 2rem }", "#b #logo"},
      {"img.logo { height: 2rem; width: 1rem }", ""},
      {"div.logo { height: 2rem }", ""},
      {".logo img, .mark { max-width: 9rem; height: auto }", "height-auto"},
      // In rules around rules, and where text looks like them.
      {"@media (min-width: 30em) { img { height: 1px } p { height: 1px } }", "high(img)"},
      {"@import \"img{height:1px}\"; @font-face { src: url(img{height:1px}) }", ""},
      {"/* img { height: 1px } */ p::after { content: \"img{height:1px}\" }", ""},
      {".card { color: red; img { height: 1px } }", "high(img)"},
      {"img { height: 1px", "high(img)"},
      {"} img { height: 1px }", "high(img)"},
      {"img { height }", ""},
      {"{ height: 1px }", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.css);
    CHECK(read(row.css) == row.expected);
  }
}

TEST_CASE("style sheets together say what each of them says") {
  ImageStyles styles = read_image_styles("img { max-width: 100% } .b { height: 1px }");
  add_image_styles(
      styles, read_image_styles("img { height: auto } .a img { width: 9px } .a { height: 1px } .b { height: 2px }"));
  CHECK(styles.narrowing == "img");
  CHECK(styles.height_auto);
  CHECK_FALSE(styles.width_auto);
  CHECK(styles.height_classes == std::vector<std::string>{"a", "b"});
}
