#include "theme/style_places.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "base/css.h"
#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

using Files = std::map<std::string, std::string>;

// Where each URL of the sheet was written, as "url <- file:line:column: what is marked", a line each; the same in both forms.
std::string places(const Files& files) {
  std::string out;
  for (const bool compressed : {true, false}) {
    StylesheetOptions options;
    options.compressed = compressed;
    options.source_map = true;
    Diagnostics found;
    const auto load = [&](std::string_view path) -> SourcePtr {
      const auto file = files.find(std::string(path));
      return file == files.end() ? nullptr : make_source(file->first, file->second);
    };
    auto sheet = compile_stylesheet("main.scss", load, options, found);
    CHECK(to_text(found) == "");
    if (!sheet) return "does not compile";
    const std::string css = sheet->css;
    const StylePlaces style_places(std::move(*sheet));
    std::string lines;
    for (const CssUrl& url : find_css_urls(css, CssForm::sheet)) {
      lines += url.text + " <- ";
      if (const auto place = style_places.find_url(url.offset, url.length, url.text)) {
        const LineColumn at = line_column(place->source->text, place->offset);
        lines += place->source->path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                 place->source->text.substr(place->offset, place->length);
      }
      lines += "\n";
    }
    if (compressed)
      out = lines;
    else
      CHECK(lines == out);
  }
  return out;
}

}  // namespace

TEST_CASE("a URL that is written in the Sass is found there") {
  const std::vector<std::pair<Files, const char*>> rows = {
      {{{"main.scss", ".a{background:url(/favicon.svg)}\n.b{background:url(con.svg)}"}},
       "/favicon.svg <- main.scss:1:19: /favicon.svg\n"
       "con.svg <- main.scss:2:19: con.svg\n"},
      {{{"main.scss", "/* b.png */ @import 'p'; @import 'c';"},
        {"_p.scss", "// b.png\n.p { color: red; background: red /* b.png */ url( 'b.png' ) }"},
        {"c.css", "p { background: url(a.png),\n  url(c.png); }"}},
       "b.png <- _p.scss:2:52: b.png\n"
       "a.png <- c.css:1:21: a.png\n"
       "c.png <- c.css:2:7: c.png\n"},
      {{{"main.scss", "$bg: url(a.png);\n@mixin m($u) { b: $u; c: $bg }\np { @include m(url(b.png)); }"}},
       "b.png <- main.scss:3:20: b.png\n"
       "a.png <- main.scss:1:10: a.png\n"},
      {{{"main.scss",
         "/* ä𝄞 */ p { content: 'ä𝄞'; q: image-set(url(a.png) 1x, 'b.png' 2x); --x: url(https://h.example/c.png) }"}},
       "a.png <- main.scss:1:46: a.png\n"
       "b.png <- main.scss:1:58: b.png\n"
       "https://h.example/c.png <- main.scss:1:79: https://h.example/c.png\n"},
      {{{"main.scss", "a{b:c}\n@import url(x.css); @import 'y.css';"}},
       "x.css <- main.scss:2:13: x.css\n"
       "y.css <- main.scss:2:30: y.css\n"},
      {{{"main.scss", "p{a:url(x.png),url(xx.png),url(x.png?),url(x.png)}"}},
       "x.png <- main.scss:1:9: x.png\n"
       "xx.png <- main.scss:1:20: xx.png\n"
       "x.png? <- main.scss:1:32: x.png?\n"
       "x.png <- main.scss:1:44: x.png\n"},
      {{{"main.scss", "p{a:url(data:image/png;base64,AA;//}==)}q{a:url(b.png)}"}},
       "data:image/png;base64,AA;//}== <- main.scss:1:9: data:image/png;base64,AA;//}==\n"
       "b.png <- main.scss:1:49: b.png\n"},
  };
  for (const auto& [files, expected] : rows) CHECK(places(files) == expected);
}

TEST_CASE("a URL that Sass puts together is found where it does") {
  const std::vector<std::pair<Files, const char*>> rows = {
      {{{"main.scss",
         "$p: \"../webfonts\"; @font-face{font-family:x;src:url(\"#{$p}/a.woff2\") format(\"woff2\"), url(b.woff)}"}},
       "../webfonts/a.woff2 <- main.scss:1:49: url(\"#{$p}/a.woff2\")\n"
       "b.woff <- main.scss:1:91: b.woff\n"},
      {{{"main.scss",
         "@mixin m($u) { .m { a: url(\"#{$u}/b.png\"); } .n { background: url($u+\".png\") } }\n@include m('/q');"}},
       "/q/b.png <- main.scss:1:24: url(\"#{$u}/b.png\")\n"
       "/q.png <- main.scss:1:51: background: url($u+\".png\")\n"},
      {{{"main.scss", "@import 'a';"},
        {"a.scss", "@each $i in a, b { .#{$i} {\n  background:\n    url(#{$i}.png) } }"}},
       "a.png <- a.scss:3:5: url(#{$i}.png)\n"
       "b.png <- a.scss:3:5: url(#{$i}.png)\n"},
      {{{"main.scss", "@function f($u) { @return url($u) }\np { a: f('x.png') }"}}, "x.png <- main.scss:2:11: x.png\n"},
  };
  for (const auto& [files, expected] : rows) CHECK(places(files) == expected);
}

TEST_CASE("without a map there is no place") {
  Stylesheet sheet;
  sheet.css = "p{a:url(b.png)}";
  CHECK_FALSE(StylePlaces(sheet).find_url(4, 10, "b.png"));
  sheet.map.mappings = "AAAA";  // of a source that is not there
  CHECK_FALSE(StylePlaces(sheet).find_url(4, 10, "b.png"));
}
