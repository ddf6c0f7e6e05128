#include "content/markdown.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/markdown_text.h"

namespace hardtop {

TEST_CASE("quotes and lists in each other have a limit, and the error is at the first that is too deep") {
  std::string quotes;
  for (int i = 0; i < 100; ++i) quotes += "> ";
  CHECK(render(quotes + "a").ends_with("</blockquote>\n"));
  CHECK(errors_of("one\n\n" + std::string(10'000, '>') + " a\n\n" + std::string(200, '>') + "\n")
            .starts_with("a.md:3:101: error: quotes and lists are nested more than 100 deep "
                         "[content/nesting-too-deep]\n"));
  std::string items;
  for (int i = 0; i < 10'000; ++i) items += "- ";
  CHECK(errors_of(items + "a").starts_with("a.md:1:201: error: quotes and lists are nested"));
}

TEST_CASE("a page of many megabytes is written whole") {
  std::string text;
  while (text.size() < 4'000'000) {
    text += "## Heading\n\nSome *text* with [a link](b.md).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n";
  }
  const Body body = parse(text);
  CHECK(body.words == 10 * body.headings.size());
  CHECK(body.headings.back().id == "heading-" + std::to_string(body.headings.size() - 1));
}

TEST_CASE("what would take the library quadratic time or space is text") {
  const auto repeat = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  CHECK(render(repeat("www.a_", 50'000)).find("<a ") == std::string::npos);
  CHECK(render(repeat("a&#64;b.c,", 50'000)).find("<a ") == std::string::npos);
  CHECK(render(repeat("www.a.example ", 50'000)).find("<a ") != std::string::npos);
  const std::string rows = repeat("x\n", 10'000);
  CHECK(render(repeat("|a", 5'000) + "|\n" + repeat("|-", 5'000) + "|\n" + rows).find("<table>") == std::string::npos);
  CHECK(render(repeat("|a", 5) + "|\n" + repeat("|-", 5) + "|\n" + rows).find("<table>") != std::string::npos);
  // At each of these delimiter rows the whole paragraph above it is read for a head that fits, which only the last one is.
  const std::string misfits = repeat("|a|b|\n|-|\n", 5'000), table = "|a|\n|-|\n";
  CHECK(render(repeat("|a|b|\n|-|\n", 100) + table).find("<table>") != std::string::npos);
  CHECK(render(misfits + table).find("<table>") == std::string::npos);
  CHECK(render(misfits + "\n" + table).find("<table>") != std::string::npos);
}

TEST_CASE("a word that is too long to look for links in takes no other block its links") {
  std::string word;
  for (int i = 0; i < 600; ++i) word += "a.b(c.d);e:f.g();";
  const std::string text = "See https://a.example/, www.b.example and c@d.example.\n\n";
  const std::string links =
      "<p>See <a href=\"https://a.example/\">https://a.example/</a>, "
      "<a href=\"http://www.b.example\">www.b.example</a> and <a href=\"mailto:c@d.example\">c@d.example</a>.</p>\n";
  CHECK(render("```\n" + word + "\n```\n" + text).ends_with(links));
  CHECK(render("    " + word + "\n\n" + text).ends_with(links));
  CHECK(render("<!--\n" + word + "\n-->\n\n" + text).ends_with(links));
  CHECK(render(word + " ~~e~~\n" + text + text).substr(("<p>" + word).size()) ==
        " <del>e</del>\nSee https://a.example/, www.b.example and c@d.example.</p>\n" + links);
  CHECK(render("| a |\n|---|\n| " + word + " www.b.example |\n| www.b.example |\n")
            .find("www.b.example</td>\n</tr>\n<tr>\n<td><a href=\"http://www.b.example\">") != std::string::npos);
}

}  // namespace hardtop
