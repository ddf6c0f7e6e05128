#include "base/css.h"

#include <doctest/doctest.h>

#include "base/css_tokens.h"

using namespace hardtop;

namespace {

// "import 'x' image 'y'": what is found, in order; '*' marks what is indirect.
std::string found(std::string_view css, CssForm form = CssForm::sheet) {
  std::string out;
  for (const CssUrl& url : find_css_urls(css, form)) {
    constexpr const char* kNames[] = {"import", "font", "image", "other"};
    if (!out.empty()) out += ' ';
    out += kNames[static_cast<int>(url.use)];
    out += url.indirect ? "* '" : " '";
    out += url.text + "'";
    CHECK(url.offset + url.length <= css.size());
  }
  return out;
}

// Kinds by a letter, texts in brackets.
std::string tokens_of(std::string_view css) {
  CssTokenizer tokens(css);
  CssToken token;
  std::string out;
  while (tokens.next(token)) {
    constexpr std::string_view kLetters = "if@#sSuUndc ";
    const char letter = kLetters[static_cast<std::size_t>(token.kind)];
    out += letter == 'd' ? token.delim : letter;
    if (std::string_view("if@#sSuU").find(letter) != std::string_view::npos) out += "[" + token.text + "]";
  }
  return out;
}

}  // namespace

TEST_CASE("CSS is cut into the tokens of CSS Syntax Level 3") {
  struct Row {
    std::string css;
    std::string tokens;
  };
  const Row rows[] = {
      {"a:b", "i[a]:i[b]"},
      {"a/* ; */b/*", "i[a]i[b]"},
      {"--x -x -- - -->", "i[--x] i[-x] i[--] - c"},
      {"<!--a-->", "ci[a--]>"},
      {"#a #1 # @a @1 @", "#[a] #[1] # @[a] @n @"},
      {"1 1px 1% +.5e3 1e3url( -1", "n n n n n( n"},
      {"\"a'b\" 'a\"b'", "s[a'b] s[a\"b]"},
      {"'a\\\nb' 'a\\\r\nb' 'a\nb", "s[ab] s[ab] S[a] i[b]"},
      {"'a\\", "s[a]"},
      {"'\\41 b\\000041c\\41\tb\\41\r\nb'", "s[AbAcAbAb]"},
      {"\\75 rl(x)", "u[x]"},
      {"u\\72l(x) U\\52 L(x) \\000075\\52\\6c(x)", "u[x] u[x] u[x]"},
      {"url( x\t) url(x", "u[x] u[x]"},
      {"url(a b) url(a'b) url(a(b) url(a\\) b)c", "U[a] U[a] U[a] U[a)]i[c]"},
      {"url( 'x' ) url()", "f[url] s[x] ) u[]"},
      {"url(\\68ttp://a\\\n)", "U[http://a]"},
      {std::string("a\0b", 3),
       "i[a\xEF\xBF\xBD"
       "b]"},
      {"\\0 \\110000 \\d800 ", "i[\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD]"},
      {"\\e9 \\20ac \\1f600 ", "i[\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80]"},
      {"\\", "i[\xEF\xBF\xBD]"},
      {"\\\n", "\\ "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.css);
    CHECK(tokens_of(row.css) == row.tokens);
  }
}

TEST_CASE("every URL that a style sheet loads is found, and what it is") {
  struct Row {
    const char* css;
    const char* found;
  };
  const Row rows[] = {
      // url()
      {"a{background:url(x)}", "image 'x'"},
      {"a{background:URL( \"x\" ),url('y')}", "image 'x' image 'y'"},
      {"a{background:u\\72l(x)}", "image 'x'"},
      {"a{background:\\000055\r\nrl(x)}", "image 'x'"},
      {"a{background:url(/**/x)}", "image '/**/x'"},
      {"a{b:url(x y)}", "image 'x'"},
      {"a{b:url(\"x\ny)}", "image 'x'"},
      {"a{b:url(x", "image 'x'"},
      {"a{b:url('x", "image 'x'"},
      {"a{b:url(\"x\" type('y'))}", "image 'x'"},
      {"a{b:1url(x)}", ""},
      {"a{b:xurl(x)}", ""},
      {"/* url(x) */ a{}", ""},
      {"/**/a{/*}*/b:/*x*/url(x)}", "image 'x'"},
      {"a{b:'url(x)'}", ""},
      {"a[b='x'] , c{}", ""},
      {"a{b:\xC3\x97url(x)}", "image 'x'"},
      {"a{b:\xC3\x97url('x')}", "image 'x'"},
      // the other functions
      {"a{b:src('x')}", "image 'x'"},
      {"a{b:image('x', red)}", "image 'x'"},
      {"a{b:image-set('x' 1x, url(y) 2x, \"z\" type('image/avif'))}", "image 'x' image 'y' image 'z'"},
      {"a{b:-WEBKIT-image-set('x' 1x)}", "image 'x'"},
      {"a{b:image\\-set('x')}", "image 'x'"},
      {"a{b:image-set(var(--a, 'x') 1x)}", "image 'x'"},
      {"a{b:image-set(('x') 1x)}", "image 'x'"},
      {"a{b:cross-fade(url(x) 50%, image-set('y' 1x))}", "image 'x' image 'y'"},
      {"a{b:-webkit-cross-fade(url(x), url(y), .5)}", "image 'x' image 'y'"},
      {"a{b:format('x') local('y')}", ""},
      // @import
      {"@import 'x';", "import 'x'"},
      {"@import \"x\" print;", "import 'x'"},
      {"@import url(x) layer(a) supports(b: url(y));", "import 'x' image 'y'"},
      {"@import url('x');@import src('y')", "import 'x' import 'y'"},
      {"@\\69mport 'x'", "import 'x'"},
      {"@IMPORT/**/'x'", "import 'x'"},
      {"a{} @import 'x';", "import 'x'"},
      {"a{@import 'x';}", "import 'x'"},
      {"@import 'x", "import 'x'"},
      {"@import 'x\n';a{}", "import 'x'"},
      {"@import x 'y';", "import 'y'"},
      {"@charset 'x';", ""},
      // @font-face
      {"@font-face{src:url(x) format('woff2'),local('y')}", "font 'x'"},
      {"@media print{@font-face{src:url('x')}a{b:url(y)}}", "font 'x' image 'y'"},
      // what only compares
      {"@namespace url(x);@namespace a 'y';@namespace url('z');b{c:url(d)}", "image 'd'"},
      {"@document url(x), url-prefix('y'), domain(z){a{b:url(c)}}", "image 'c'"},
      {"a{b:c @namespace url(x)}", "image 'x'"},
      {"a{@namespace url(x);}", "image 'x'"},
      // wherever it stands
      {"@media (min-width:1px){@supports (a:b){@layer c{d{e:url(x)}}}}", "image 'x'"},
      {"@counter-style a{symbols:url(x)}", "image 'x'"},
      {"a{&:hover{b:url(x)}}", "image 'x'"},
      {"a{behavior:url(x);-moz-binding:url(y);b:url(z)}", "other 'x' other 'y' image 'z'"},
      // custom properties, and what takes their part
      {"a{--b:url(x)}", "image* 'x'"},
      {"a{--b:'https://x'}", "image* 'https://x'"},
      {"a{--b:' \\a\\9 HT\\a tps:x'}", "image* ' \n\tHT\ntps:x'"},
      {"a{--b:'\\\\\\\\x' '//y' 'z' 'a: b'}", "image* '\\\\x' image* '//y'"},
      {"a{-\\-b:{c:'//x'}}", "image* '//x'"},
      {"@property --b{syntax:'*';initial-value:'//x'}", "image* '//x'"},
      {"@function --b(--c:'//x'){result:'//y'}", "image* '//x' image* '//y'"},
      {"a{b:image-set(--c('x') 1x)}", "image* 'x'"},
      {"a{content:'//x'}", ""},
      {"a{b:--c('//x')}", "image* '//x'"},
      // stray brackets
      {"a{b:)} c{d:url(x)}", "image 'x'"},
      {"}@import 'x';", "import 'x'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.css);
    CHECK(found(row.css) == row.found);
  }
}

TEST_CASE("a style attribute is read as declarations") {
  const std::pair<const char*, const char*> rows[] = {
      {"background:url(x)", "image 'x'"},     {"color:red", ""},          {"--a:'//x'", "image* '//x'"},
      {"@namespace url(x);", "image 'x'"},    {"}a:url(x)", "image 'x'"}, {"a:b;;;c:\\75\\72\\6c(x)", "image 'x'"},
      {"a:image-set(\"x\" 1x)", "image 'x'"},
  };
  for (const auto& [css, expected] : rows) {
    CAPTURE(css);
    CHECK(found(css, CssForm::declarations) == expected);
  }
}

TEST_CASE("a URL's place is that of its token") {
  const std::string_view css = "a{b:url( x ) url( 'y' )} @import \"z\";";
  std::vector<std::string_view> places;
  for (const CssUrl& url : find_css_urls(css, CssForm::sheet)) places.push_back(css.substr(url.offset, url.length));
  CHECK(places == std::vector<std::string_view>{"url( x )", "'y'", "\"z\""});
}

TEST_CASE("what cannot hold a URL is known without reading it") {
  CHECK_FALSE(may_hold_css_url("color: red; content: 'x'"));
  CHECK(may_hold_css_url("a:url(x"));
  CHECK(may_hold_css_url("--a:'//x'"));
  CHECK(may_hold_css_url("@import 'x'"));
}
