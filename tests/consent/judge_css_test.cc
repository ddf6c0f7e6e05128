#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string css(std::string_view text) { return text_of(judge_css(services(), text, "/docs/css/main.css"), text); }

}  // namespace

TEST_CASE("a style sheet is judged by whose each URL is") {
  const Row rows[] = {
      {"a{background:url(/x.png),url(x.png),url(#f),url(https://site.example/x),url(//SITE.example:443/x)}", ""},
      {"a{background:url(https://px.example/1.gif)}", undeclared("url(https://px.example/1.gif)")},
      {"a{background:url('//px.example/1')}", undeclared("'//px.example/1'")},
      {"a{background:u\\72l(https\\3a //px.example)}", undeclared("u\\72l(https\\3a //px.example)")},
      {"@import \"https://px.example/x.css\";", undeclared("\"https://px.example/x.css\"")},
      {"a{b:image-set('https://px.example/' 1x)}", undeclared("'https://px.example/'")},
      {"a{--b:'https://px.example/'}", undeclared("'https://px.example/'")},
      {"a{b:url(https://films.example/1)} c{d:url(https://films.example/2)}",
       "host films.example at 'url(https://films.example/1)'\nsource img https://films.example\n"},
      {"a{b:url(https://a.films.example/1)}",
       "host a.films.example at 'url(https://a.films.example/1)'\nsource img https://a.films.example\n"},
      {"a{b:url(https://shop.example/1)}", "necessary 1\nsource img https://shop.example\n"},
      {"@font-face{src:url(https://shop.example/1)}", "necessary 1\nsource font https://shop.example\n"},
      {"@font-face{src:url(data:font/woff2;base64,AA)}", "source font data:\n"},
      {"a{b:url(data:image/svg+xml,x)} c{d:url(DATA:x)}", "source img data:\n"},
      {"@import 'x.css';@import url(/docs/y.css?1#2);", "import /docs/css/x.css\nimport /docs/y.css\n"},
      {"@import 'data:text/css,a{b:url(https://px.example/)}';",
       undeclared("'data:text/css,a{b:url(https://px.example/)}'") + "source style data:\n"},
      {"@import 'data:text/css;base64,YXt9QGltcG9ydCAnaHR0cHM6Ly9maWxtcy5leGFtcGxlJzs=';",
       "host films.example at ''data:text/css;base64,YXt9QGltcG9ydCAnaHR0cHM6Ly9maWxtcy5leGFtcGxlJzs=''\nsource style "
       "data:\nsource style https://films.example\n"},
      {"a{b:url(https://[x/)}",
       "unreadable-url at 'url(https://[x/)': 'https://[x/' cannot be read as a URL; correct it: browsers may differ "
       "in "
       "what they load for it\n"},
      {"/* url(https://px.example/) */ @namespace url(https://px.example/);", ""},
      {"@charset \"utf-8\";", ""},
      {"@charset \"GBK\";",
       "unreadable-file at '@charset \"GBK\"': the style sheet says that its encoding is 'gbk', and hardtop reads "
       "UTF-8; "
       "save it in the encoding UTF-8 and remove this line\n"},
      {"\xFF\xFE"
       "a",
       "unreadable-file at '\xFF\xFE': the style sheet is in UTF-16, and hardtop reads UTF-8; save it in "
       "the encoding UTF-8\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(css(row.text) == row.found);
  }
}
