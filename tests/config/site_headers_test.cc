#include "config/site_headers.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

struct Loaded {
  std::optional<SiteConfig> config;
  std::string errors;
};

Loaded load(const std::string& headers) {
  MemoryFiles files{{"dir/site.toml", "title = 'T'\n[headers]\n" + headers}};
  Diagnostics found;
  Loaded result;
  result.config = load_site_config(files, "dir", "http://localhost/", found);
  result.errors = to_text(found);
  return result;
}

}  // namespace

TEST_CASE("[headers] gives each path its headers") {
  const Loaded loaded = load(R"("/*" = { "X-Frame-Options" = "DENY", Link = ["</a>; rel=preload", ' </b>; rel="x" '] }
"/files/*.pdf" = { X-Robots-Tag = "no\u0069ndex" }
)");
  CHECK(loaded.errors == "");
  REQUIRE(loaded.config);
  const auto& headers = loaded.config->headers;
  REQUIRE(headers.size() == 4);
  const auto line = [](const SiteHeader& header) {
    return header.pattern + " " + header.name + ": " + header.value + " @" +
           header.place.source->text.substr(header.place.offset, header.place.length) + " @" +
           header.name_place.source->text.substr(header.name_place.offset, header.name_place.length);
  };
  // The place is the value's own bytes where they stand in the file as they are.
  CHECK(line(headers[0]).starts_with("/* X-Frame-Options: DENY @DENY @"));
  CHECK(line(headers[1]).starts_with("/* Link: </a>; rel=preload @</a>; rel=preload @"));
  CHECK(line(headers[2]).starts_with("/* Link: </b>; rel=\"x\" @' </b>; rel=\"x\" ' @"));
  CHECK(line(headers[3]).starts_with("/files/*.pdf X-Robots-Tag: noindex @\"no\\u0069ndex\" @"));
}

TEST_CASE("what is no header is an error at its place") {
  const std::pair<const char*, const char*> rows[] = {
      {"'*' = { A = 'b' }",
       "site.toml:3:1: error: '*' in [headers] is no path [config/bad-value]\n"
       "  3 | '*' = { A = 'b' }\n"
       "    | ^\n"
       "  hint: write where the headers belong, from the site's first '/' on: \"/*\", \"/files/*.pdf\"\n"},
      {"'/*' = 'X: y'",
       "site.toml:3:8: error: '/*' in [headers] must be a table, not text [config/wrong-type]\n"
       "  3 | '/*' = 'X: y'\n"
       "    |        ^~~~~~\n"
       "  hint: write it as \"/*\" = { \"X-Frame-Options\" = \"DENY\" }\n"},
      {"'/*' = { 'X:' = 'y' }",
       "site.toml:3:10: error: 'X:' is no name of a header [config/bad-value]\n"
       "  3 | '/*' = { 'X:' = 'y' }\n"
       "    |          ^~\n"
       "  hint: use letters, digits and '-': \"X-Frame-Options\"\n"},
      {"'/*' = { Content-Length = '1' }",
       "site.toml:3:10: error: the header 'Content-Length' is made by the server [config/bad-value]\n"
       "  3 | '/*' = { Content-Length = '1' }\n"
       "    |          ^~~~~~~~~~~~~~\n"
       "  hint: remove it\n"},
      {"'/*' = { A = 'b', a = 'c' }",
       "site.toml:3:19: error: the header 'a' is set twice for '/*' [config/bad-value]\n"
       "  3 | '/*' = { A = 'b', a = 'c' }\n"
       "    |                   ^\n"
       "  hint: write both values into one list, or keep one of them\n"},
      {"'/*' = { A = 1 }",
       "site.toml:3:14: error: the header 'A' must be text, not whole number [config/wrong-type]\n"
       "  3 | '/*' = { A = 1 }\n"
       "    |              ^\n"
       "  hint: write it in quotes\n"},
      {"'/*' = { A = ' ' }",
       "site.toml:3:14: error: the header 'A' is empty [config/bad-value]\n"
       "  3 | '/*' = { A = ' ' }\n"
       "    |              ^~~\n"
       "  hint: write its value, or remove it\n"},
      {"'/*' = { A = \"b\\r\\nSet-Cookie: c\" }",
       "site.toml:3:14: error: the header 'A' holds a line end [config/bad-value]\n"
       "  3 | '/*' = { A = \"b\\r\\nSet-Cookie: c\" }\n"
       "    |              ^~~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it on one line; a list of texts makes several headers\n"},
      {"'/*' = { A = 'é' }",
       "site.toml:3:15: error: the header 'A' holds a character that headers cannot hold [config/bad-value]\n"
       "  3 | '/*' = { A = 'é' }\n"
       "    |               ^\n"
       "  hint: use visible ASCII characters, spaces and tabs; URLs can write others as %E2%82%AC\n"},
  };
  for (const auto& [text, errors] : rows) {
    CAPTURE(text);
    CHECK(load(text).errors == std::string(errors));
  }
}
