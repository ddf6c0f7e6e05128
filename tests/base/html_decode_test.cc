#include <doctest/doctest.h>

#include "base/html.h"
#include "base/html_entities.h"

using namespace hardtop;

TEST_SUITE_BEGIN("html");

TEST_CASE("character references in attributes are decoded as browsers do") {
  using namespace std::string_view_literals;
  struct {
    std::string_view raw, expected;
  } rows[] = {
      {"", ""},
      {"plain", "plain"},
      {"a&amp;b", "a&b"},
      {"&lt;&gt;&quot;&apos;", "<>\"'"},
      {"&amp", "&"},
      {"&amp &amp-", "& &-"},
      {"?a=1&copy=2", "?a=1&copy=2"},
      {"?a=1&copy;=2", "?a=1©=2"},
      {"?a=1&copyx=2", "?a=1&copyx=2"},
      {"?a=1&copy", "?a=1©"},
      {"&copy&reg", "©®"},
      {"&notit;", "&notit;"},
      {"&notin;", "∉"},
      {"&not;in", "¬in"},
      {"&alpha", "&alpha"},
      {"&alpha;", "α"},
      {"&Alpha;&ALPHA;", "Α&ALPHA;"},
      {"&nGt;", "≫⃒"},
      {"&fjlig;", "fj"},
      {"&CounterClockwiseContourIntegral;", "∳"},
      {"&zwnj;", "\u200c"},
      {"&nope;", "&nope;"},
      {"&", "&"},
      {"&&amp;&", "&&&"},
      {"& amp;", "& amp;"},
      {"&;", "&;"},
      {"&#65;&#x42;&#X43;&#x64", "ABCd"},
      {"&#65b", "Ab"},
      {"&#x41g", "Ag"},
      {"&#;&#x;&#xg;", "&#;&#x;&#xg;"},
      {"&#128;&#x91;&#x9f;&#129;", "€‘Ÿ\u0081"},
      {"&#0;&#xD800;&#x110000;&#99999999999999999999;", "\ufffd\ufffd\ufffd\ufffd"},
      {"&#x10FFFF;", "\U0010ffff"},
      {"&#000000000000000000000065;", "A"},
      {"a\r\nb\rc\nd", "a\nb\nc\nd"},
      {"&#13;&#10;", "\r\n"},
      {"a\0b"sv, "a\ufffdb"},
      {"&amp;lt;", "&lt;"},
      {"é&eacute;", "éé"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.raw);
    CHECK(decode_attribute(row.raw) == row.expected);
  }
}

TEST_CASE("the names of character references are sorted, or the search would miss some") {
  for (std::string_view name : {"AElig", "AMP", "Aacute", "aacute", "zwnj", "yuml", "zigrarr", "there4", "frac12"}) {
    CAPTURE(name);
    REQUIRE(find_html_entity(name));
    CHECK(find_html_entity(name)->name == name);
  }
  CHECK(find_html_entity("") == nullptr);
  CHECK(find_html_entity("zzzz") == nullptr);
}

TEST_SUITE_END();
