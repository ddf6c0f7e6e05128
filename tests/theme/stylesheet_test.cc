#include "theme/stylesheet.h"

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

struct StyleFiles {
  std::map<std::string, SourcePtr, std::less<>> sources;
  std::vector<std::string_view> names;

  StyleFiles(const Files& files) {
    for (const auto& [path, text] : files) sources[path] = make_source("styles/" + path, text);
    for (const auto& [path, source] : sources) names.push_back(path);
  }
  [[nodiscard]] StyleLoader loader() const {
    return [this](std::string_view path) -> SourcePtr {
      const auto found = sources.find(path);
      return found == sources.end() ? nullptr : found->second;
    };
  }
};

std::optional<Stylesheet> compile(const StyleFiles& files, Diagnostics& found, StylesheetOptions options = {}) {
  options.known_paths = files.names;
  return compile_stylesheet("main.scss", files.loader(), options, found);
}

std::string css(const StyleFiles& files) {
  Diagnostics found;
  const auto sheet = compile(files, found);
  CHECK(to_text(found) == "");
  return sheet ? sheet->css : "(none)";
}

std::string errors(const StyleFiles& files) {
  Diagnostics found;
  CHECK_FALSE(compile(files, found));
  CHECK(found.has_errors());
  return to_text(found);
}

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("an import is looked up beside the importing file, then from the top") {
  struct Row {
    const char* about;
    Files files;
    const char* css;
  };
  const std::vector<Row> rows = {
      {"x.scss", {{"main.scss", "@import 'x';"}, {"x.scss", "a{b:c}"}}, "a{b:c}\n"},
      {"_x.scss", {{"main.scss", "@import \"x\";"}, {"_x.scss", "a{b:c}"}}, "a{b:c}\n"},
      {"x.css", {{"main.scss", "@import 'x';"}, {"x.css", "a{b:c}"}}, "a{b:c}\n"},
      {"_x.css", {{"main.scss", "@import 'x'"}, {"_x.css", "a{b:c}"}}, "a{b:c}\n"},
      {"x/_index.scss", {{"main.scss", "@import 'x'"}, {"x/_index.scss", "a{b:c}"}}, "a{b:c}\n"},
      {"with its ending", {{"main.scss", "@import 'x.scss'"}, {"_x.scss", "a{b:c}"}}, "a{b:c}\n"},
      {"several in one",
       {{"main.scss", "@import 'x', /* and */ 'y';"}, {"x.scss", "a{b:c}"}, {"y.scss", "d{e:f}"}},
       "a{b:c}d{e:f}\n"},
      {"in a rule", {{"main.scss", "p{@import 'x'}"}, {"x.scss", "a{b:c}"}}, "p a{b:c}\n"},
      {"beside goes first",
       {{"main.scss", "@import 'p/x';"}, {"p/_x.scss", "@import 'y'"}, {"p/_y.scss", "p{b:c}"}, {"_y.scss", "a{b:c}"}},
       "p{b:c}\n"},
      {"then the top",
       {{"main.scss", "@import 'p/x';"},
        {"p/_x.scss", "@import 'y', '../z'"},
        {"_y.scss", "a{b:c}"},
        {"z.scss", "z{b:c}"}},
       "a{b:c}z{b:c}\n"},
      {"twice", {{"main.scss", "@import 'x';@import 'x';"}, {"x.scss", "a{b:c}"}}, "a{b:c}a{b:c}\n"},
      {"variables are shared", {{"main.scss", "$c:red;@import 'x';"}, {"x.scss", "a{b:$c}"}}, "a{b:red}\n"},
      {"an empty file", {{"main.scss", "@import 'x';a{b:c}"}, {"x.scss", ""}}, "a{b:c}\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.about);
    CHECK(css(row.files) == row.css);
  }
}

TEST_CASE("what Sass leaves to the browser stays in the CSS and is never looked up") {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"@import 'x.css';", "@import url(x.css)\n"},
      {"@import url(x);", "@import url(x)\n"},
      {"@import url(\"x\");", "@import url(\"x\")\n"},
      {"@import url(//host.example/x);", "@import url(//host.example/x)\n"},
      {"@import '//host.example/x';", "@import '//host.example/x'\n"},
      {"@import 'https://host.example/x';", "@import 'https://host.example/x'\n"},
      {"@import 'x' screen and (color);", "@import 'x' screen and (color)\n"},
      {"a{b:c}@import 'x.css'; @import 'x';", "@import url(x.css);a{b:c}a{b:c}\n"},
      {"// @import 'x';\n/*! @import 'y'; */", "/*! @import 'y'; */\n"},
      {"a{b:'@import \"x\"'}", "a{b:'@import \"x\"'}\n"},
      {"a{b:\"#{\"@import 'x'\"}\"}", "a{b:\"@import 'x'\"}\n"},
      {"a{b:url(//x/y)}@media print{c{d:e}}", "a{b:url(//x/y)}@media print{c{d:e}}\n"},
  };
  for (const auto& [source, expected] : rows) {
    CAPTURE(source);
    CHECK(css(Files{{"main.scss", source}, {"x.scss", "a{b:c}"}, {"x.css", "a{b:c}"}}) == expected);
  }
}

TEST_CASE("an empty style sheet, and one with a byte beyond ASCII, come out without a byte-order mark") {
  CHECK(css(Files{{"main.scss", ""}}) == "");
  CHECK(css(Files{{"main.scss", "a::before{content:'→'}"}}) == "a::before{content:'→'}\n");
}

TEST_CASE("every missing import is reported at its place, with what was meant") {
  CHECK(errors(Files{{"main.scss", "@import 'buton';\n@import 'parts/crd';\n"},
                     {"_button.scss", "@import 'nothing-like-it';"},
                     {"parts/_card.scss", "a{b:c}"}}) ==
        "styles/main.scss:1:9: error: there is no style sheet called 'buton' [style/missing-import]\n"
        "  1 | @import 'buton';\n"
        "    |         ^~~~~~~\n"
        "  hint: did you mean 'button'?\n"
        "styles/main.scss:2:9: error: there is no style sheet called 'parts/crd' [style/missing-import]\n"
        "  2 | @import 'parts/crd';\n"
        "    |         ^~~~~~~~~~~\n"
        "  hint: did you mean 'parts/card'?\n");
}

TEST_CASE("an import cannot leave the styles, cannot be computed, and the indented syntax is not read") {
  CHECK(errors(Files{{"main.scss", "@import '../secret', '/etc/passwd', 'a#{$b}', 'x.sass';"}}) ==
        "styles/main.scss:1:9: error: there is no style sheet called '../secret' [style/missing-import]\n"
        "  1 | @import '../secret', '/etc/passwd', 'a#{$b}', 'x.sass';\n"
        "    |         ^~~~~~~~~~~\n"
        "styles/main.scss:1:22: error: there is no style sheet called '/etc/passwd' [style/missing-import]\n"
        "  1 | @import '../secret', '/etc/passwd', 'a#{$b}', 'x.sass';\n"
        "    |                      ^~~~~~~~~~~~~\n"
        "styles/main.scss:1:37: error: there is no style sheet called 'a#{$b}' [style/missing-import]\n"
        "  1 | @import '../secret', '/etc/passwd', 'a#{$b}', 'x.sass';\n"
        "    |                                     ^~~~~~~~\n"
        "  hint: what is imported cannot be computed: name the file\n"
        "styles/main.scss:1:47: error: there is no style sheet called 'x.sass' [style/missing-import]\n"
        "  1 | @import '../secret', '/etc/passwd', 'a#{$b}', 'x.sass';\n"
        "    |                                               ^~~~~~~~\n"
        "  hint: the indented syntax is not supported: write SCSS\n");
}

TEST_CASE("the name of an import is written as it is, without escapes") {
  CHECK(errors(Files{{"main.scss", "@import 'a', '\\62';"}, {"a.scss", ""}, {"b.scss", ""}, {"\\62.scss", ""}}) ==
        "styles/main.scss:1:14: error: this import cannot be read: write the name without backslashes "
        "[style/sass-error]\n"
        "  1 | @import 'a', '\\62';\n"
        "    |              ^\n");
}

TEST_CASE("imports that go round in a circle are reported where the circle closes") {
  CHECK(errors(Files{{"main.scss", "@import 'main';"}}) ==
        "styles/main.scss:1:9: error: this style sheet imports itself [style/import-cycle]\n"
        "  1 | @import 'main';\n"
        "    |         ^~~~~~\n"
        "  hint: remove this import\n");
  CHECK(errors(Files{{"main.scss", "@import 'a';"}, {"a.scss", "@import 'b';"}, {"b.scss", "\n@import 'a';"}}) ==
        "styles/b.scss:2:9: error: this import leads back to 'a.scss', which led here [style/import-cycle]\n"
        "  2 | @import 'a';\n"
        "    |         ^~~\n"
        "  hint: move what both need into a third file, and import that\n"
        "styles/a.scss:1:9: note: 'b.scss' is imported here\n"
        "  1 | @import 'b';\n"
        "    |         ^~~\n");
}

TEST_CASE("a mistake in Sass is shown at its place, with the way there") {
  CHECK(
      errors(Files{
          {"main.scss", "\n@import 'mid';"}, {"mid.scss", "/* ä */ @import 'bad';"}, {"bad.scss", "a {\n  b: ;\n}"}}) ==
      "styles/bad.scss:2:4: error: style declaration must contain a value [style/sass-error]\n"
      "  2 |   b: ;\n"
      "    |    ^\n"
      "styles/mid.scss:1:17: note: imported from here\n"
      "  1 | /* ä */ @import 'bad';\n"
      "    |                 ^\n"
      "styles/main.scss:2:9: note: imported from here\n"
      "  2 | @import 'mid';\n"
      "    |         ^\n");
  CHECK(errors(Files{{"main.scss", "@import 'm';\na { @include big; }"}, {"m.scss", "@mixin big { b: 1px + 1s; }"}}) ==
        "styles/m.scss:1:17: error: incompatible units: 's' and 'px' [style/sass-error]\n"
        "  1 | @mixin big { b: 1px + 1s; }\n"
        "    |                 ^\n"
        "  hint: the browser can mix units, Sass cannot: use calc(), and write Min() and Max() with a capital letter\n"
        "styles/main.scss:2:14: note: mixin 'big' called from here\n"
        "  2 | a { @include big; }\n"
        "    |              ^\n");
}

TEST_CASE("an error that libsass gives no place is placed where it can be found") {
  CHECK(
      errors(Files{{"main.scss", "@import 'a';"}, {"a.scss", "a { b: min(1px, 2px); c: min(1px, 2em); }"}}) ==
      "styles/a.scss:1:26: error: incompatible units: 'em' and 'px' [style/sass-error]\n"
      "  1 | a { b: min(1px, 2px); c: min(1px, 2em); }\n"
      "    |                          ^~~~~~~~~~~~~\n"
      "  hint: the browser can mix units, Sass cannot: use calc(), and write Min() and Max() with a capital letter\n");
  CHECK(css(Files{{"main.scss", "a{b:Min(1px,2em)}"}}) == "a{b:Min(1px, 2em)}\n");
}

TEST_CASE("what this Sass does not know comes with what to write instead") {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"@use 'sass:math';",
       "styles/main.scss:1:1: error: the Sass compiler of hardtop does not know @use [style/sass-error]\n"
       "  1 | @use 'sass:math';\n"
       "    | ^~~~\n"
       "  hint: write @import: what it brings in is then global, without a prefix\n"},
      {"a{b:math.div(1,2)}",
       "styles/main.scss:1:9: error: invalid CSS after \"a{b:math\": expected expression (e.g. 1px, bold), was "
       "\".div(1,2)}\" [style/sass-error]\n"
       "  1 | a{b:math.div(1,2)}\n"
       "    |         ^\n"
       "  hint: this Sass has no modules: write the global function, map-get() for map.get(), a / b for math.div(a, "
       "b)\n"},
      {"a{b:rgb(0 0 0 / 50%)}",
       "styles/main.scss:1:5: error: function rgb is missing argument $green [style/sass-error]\n"
       "  1 | a{b:rgb(0 0 0 / 50%)}\n"
       "    |     ^\n"
       "  hint: write it with commas: rgba(0, 0, 0, 0.5)\n"},
      {"@media (width >= 3em){a{b:c}}",
       "styles/main.scss:1:9: error: unclosed parenthesis in media query expression [style/sass-error]\n"
       "  1 | @media (width >= 3em){a{b:c}}\n"
       "    |         ^\n"
       "  hint: comparisons are not known here: write (min-width: 40em) for (width >= 40em)\n"},
      {"$accent:red;a{b:$acent}",
       "styles/main.scss:1:17: error: undefined variable: \"$acent\" [style/sass-error]\n"
       "  1 | $accent:red;a{b:$acent}\n"
       "    |                 ^\n"
       "  hint: did you mean 'accent'?\n"},
      {"$gap:1px;a{b:calc(100% - (2 * $gap))}",
       "styles/main.scss:1:31: error: calc() goes to browsers as it stands here, and they know no $gap "
       "[style/sass-error]\n"
       "  1 | $gap:1px;a{b:calc(100% - (2 * $gap))}\n"
       "    |                               ^~~~\n"
       "  hint: write #{$gap}, which puts its value there\n"},
      {"a {\n  color: red\n  background: blue;\n}\n",
       "styles/main.scss:3:3: error: invalid CSS after \"  background\": expected \"}\", was \": blue;\" "
       "[style/sass-error]\n"
       "  3 |   background: blue;\n"
       "    |   ^\n"
       "  hint: is a semicolon missing at the end of the line before, or a closing brace?\n"},
      {"@mixin card{b:c}a{@include crad}",
       "styles/main.scss:1:28: error: no mixin named crad [style/sass-error]\n"
       "  1 | @mixin card{b:c}a{@include crad}\n"
       "    |                            ^\n"
       "  hint: did you mean 'card'?\n"},
      {"a{@extend .x}",
       "styles/main.scss:1:11: error: the target selector was not found [style/sass-error]\n"
       "  1 | a{@extend .x}\n"
       "    |           ^\n"
       "  hint: use \"@extend .x !optional\" to avoid this error\n"},
  };
  for (const auto& [source, expected] : rows) {
    CAPTURE(source);
    CHECK(errors(Files{{"main.scss", source}}) == expected);
  }
}

TEST_CASE("the values of variables stand in calc() where they are put there") {
  CHECK(css(Files{{"main.scss", "$a:1px;a{b:calc(2 * #{$a + 1px} - #{f($a)});c:$a;d:calc-size(1px)}"}}) ==
        "a{b:calc(2 * 2px - f(1px));c:1px;d:calc-size(1px)}\n");
  CHECK(css(Files{{"main.scss", "@mixin calc($a,$b){#{$a}:calc(#{$b})}$c:b;a{@include calc($c,'1px + 2px')}"}}) ==
        "a{b:calc(1px + 2px)}\n");
  CHECK(errors(Files{{"main.scss", "$a:1px;a{b:-webkit-Calc(#{$a} + $a)}"}})
            .starts_with(
                "styles/main.scss:1:33: error: calc() goes to browsers as it stands here, and they know no $a "));
}

TEST_CASE("@warn and @debug become warnings at their place") {
  Diagnostics found;
  const auto sheet =
      compile(Files{{"main.scss", "$two: 2px; @import 'a';"}, {"_a.scss", "@warn 'old';\n@debug $two;"}}, found);
  REQUIRE(sheet);
  CHECK(to_text(found) ==
        "styles/_a.scss:1:7: warning: old [style/warning]\n"
        "  1 | @warn 'old';\n"
        "    |       ^\n"
        "styles/_a.scss:2:8: warning: 2px [style/debug]\n"
        "  2 | @debug $two;\n"
        "    |        ^\n");
}

TEST_CASE("what would break libsass is refused before it starts") {
  const std::vector<std::pair<std::string, const char*>> rows = {
      {repeat("@media x{", 100'000), "this is nested more than 100 levels deep"},
      {"a{b:" + repeat("(", 100'000), "this is nested more than 100 levels deep"},
      {"@if 1{}" + repeat("@else if 1{}", 100'000), "this chain has more than 500 @else"},
      {"a{b:" + repeat("-", 100'000) + "1}", "there are more than 100 minus signs in a row"},
      {std::string("a{b:c}\0d{e:f}", 13), "there is a NUL byte in this style sheet"},
      {"@function f(){@return f()}a{b:f()}", "stack depth exceeded max of 1024"},
      {repeat(":not(", 90) + "a" + repeat("{", 5), "invalid CSS"},
      {"a{b:'\xff'}", "invalid UTF-8 sequence"},
      {"a{b:'x", "invalid CSS"},
      {"a{b:\"#{\"#{\"#{", "unterminated interpolant"},
  };
  for (const auto& [source, message] : rows) {
    const std::string reported = errors(Files{{"main.scss", source}});
    CAPTURE(reported);
    CAPTURE(message);
    CHECK(reported.find(message) != std::string::npos);
  }
  CHECK(css(Files{{"main.scss", repeat("@media x{", 99) + "a{b:c}" + repeat("}", 99)}}) != "");
}

TEST_CASE("imports that multiply, or form a long chain, are refused") {
  StyleFiles doubling(Files{{"main.scss", "@import 'f0';"}});
  StyleFiles chain(Files{{"main.scss", "@import 'f0';"}});
  for (int i = 0; i < 200; ++i) {
    const auto name = [](int n) { return std::string("f").append(std::to_string(n)); };
    const std::string path = name(i) + ".scss";
    const std::string next = std::string("@import '").append(name(i + 1)).append("';");
    chain.sources[path] = make_source("styles/" + path, i < 199 ? next : "");
    if (i < 30) doubling.sources[path] = make_source("styles/" + path, i < 29 ? next + next : "a{b:c}");
  }
  CHECK(errors(doubling).find("the imports bring in more than 10000 files") != std::string::npos);
  CHECK(errors(chain).find("this chain of imports is more than 100 files long") != std::string::npos);
}

TEST_CASE("a source map names the files as the project does, and holds their text") {
  Diagnostics found;
  StylesheetOptions options;
  options.compressed = false;
  options.source_map = true;
  options.map_url = "main.css.map";
  const auto sheet = compile(Files{{"main.scss", "@import 'a';\nb{c:\"“\"}\n"}, {"_a.scss", "a{b:c}"}}, found, options);
  REQUIRE(sheet);
  CHECK(sheet->css ==
        "@charset \"UTF-8\";\na {\n  b: c;\n}\n\nb {\n  c: \"“\";\n}\n\n/*# sourceMappingURL=main.css.map */\n");
  CHECK(sheet->source_map ==
        "{\"version\":3,\"sources\":[\"styles/main.scss\",\"styles/_a.scss\"],\"sourcesContent\":[\"@import "
        "'a';\\u000ab{c:\\\"“\\\"}\\u000a\",\"a{b:c}\"],\"names\":[],\"mappings\":"
        "\";ACAA,AAAA,CAAC,CAAA;EAAC,CAAC,EAAC,CAAC;CAAE;;ADCP,AAAA,CAAC,CAAA;EAAC,CAAC,EAAC,GAAG;CAAE\"}\n");
  CHECK(sheet->sources == std::vector<std::string>{"styles/_a.scss", "styles/main.scss"});
}

TEST_CASE("style sheets compile on several threads at once") {
  const StyleFiles files(
      Files{{"main.scss", "@import 'a'; p{ @include m(3) }"},
            {"a.scss", "@mixin m($n){ @for $i from 1 through $n { .x-#{$i}{ width: 10px * $i; } } }"}});
  const std::string expected = css(files);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        Diagnostics found;
        const auto sheet = compile(files, found);
        if (!sheet || sheet->css != expected) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

namespace {

// What is reported with a bound of 20,000 steps.
std::string endless(const StyleFiles& files) {
  Diagnostics found;
  StylesheetOptions options;
  options.max_steps = 20'000;
  CHECK_FALSE(compile(files, found, options));
  return to_text(found);
}

}  // namespace

TEST_CASE("a loop that never ends is an error at its place") {
  const std::vector<const char*> never_end = {
      "@while $i > 0 { .m-#{$i} { margin: $i * 1px; } }",
      "@while true { a { b: c } }",
      "@while true {}",
      "@while $i > 0 { @if $i > 4 { a { b: c } } }",
      "@while true { $s: $s + $s !global; }",
      "@while true { $l: join($l, $l) !global; }",
  };
  for (const std::string loop : never_end) {
    CHECK(endless(Files{{"main.scss", "$i: 3; $s: 'ab'; $l: 1 2;\n" + loop}}) ==
          "styles/main.scss:2:1: error: the style sheet never ends: it took more than 20000 steps [style/endless]\n"
          "  2 | " +
              loop +
              "\n"
              "    | ^~~~~~\n"
              "  hint: look for an @while or @for whose end is not reached\n");
  }
  CHECK(endless(Files{
            {"main.scss", "@import 'f';\na { b: f(1) }"},
            {"_f.scss", "@function f($n) {\n  @while $n > 0 { }\n  @return $n;\n}\n@for $i from 1 through 2 { }"}}) ==
        "styles/_f.scss:2:3: error: the style sheet never ends: it took more than 20000 steps [style/endless]\n"
        "  2 |   @while $n > 0 { }\n"
        "    |   ^~~~~~\n"
        "  hint: look for an @while or @for whose end is not reached\n");
  CHECK(endless(Files{{"main.scss", "@for $i from 1 through 1e12 { a { b: $i } }"}}) ==
        "styles/main.scss:1:1: error: the style sheet never ends: it took more than 20000 steps [style/endless]\n"
        "  1 | @for $i from 1 through 1e12 { a { b: $i } }\n"
        "    | ^~~~\n"
        "  hint: look for an @while or @for whose end is not reached\n");
}

TEST_CASE("a style sheet that never ends for another reason, or in one of several loops, is an error of the file") {
  CHECK(endless(Files{{"main.scss", "@import 'a';\n@while true { a { b: c } }"},
                      {"_a.scss", "$i: 3;\n@while $i > 0 { $i: $i - 1 !global; }"}}) ==
        "styles/main.scss: error: the style sheet never ends: it took more than 20000 steps [style/endless]\n"
        "  hint: look for an @while or @for whose end is not reached\n"
        "styles/_a.scss:2:1: note: a loop is here\n"
        "  2 | @while $i > 0 { $i: $i - 1 !global; }\n"
        "    | ^~~~~~\n"
        "styles/main.scss:2:1: note: a loop is here\n"
        "  2 | @while true { a { b: c } }\n"
        "    | ^~~~~~\n");
  CHECK(endless(Files{{"main.scss", "@function f($n) { @return f($n + 1) + f($n + 1) }\n$a: 1;\na { b: f(1) }"}})
            .starts_with("styles/main.scss"));
  CHECK(endless(Files{{"main.scss", repeat(".a,.b{", 30) + "c:d" + repeat("}", 30)}}) ==
        "styles/main.scss: error: the style sheet never ends: it took more than 20000 steps [style/endless]\n"
        "  hint: does a function or mixin call itself more than once, or do long lists of selectors nest?\n");
}

TEST_CASE("wherever a style sheet is stopped, the next one compiles") {
  const StyleFiles files(Files{
      {"main.scss", "@import 'a';\np { @include m(9) }"},
      {"_a.scss",
       "@function f($n) { @return $n * 2px } @mixin m($n) { @for $i from 1 through $n { .x-#{$i} { y: f($i) } } }"}});
  const std::string expected = css(files);
  std::size_t stopped = 0;
  for (std::size_t steps = 1'000; steps < 3'000; steps += 7) {
    Diagnostics found;
    StylesheetOptions options;
    options.max_steps = steps;
    const auto sheet = compile(files, found, options);
    if (!sheet) ++stopped;
    CHECK((sheet ? sheet->css == expected : to_text(found).find("[style/endless]") != std::string::npos));
  }
  CHECK(stopped > 20);
  CHECK(css(files) == expected);
}
