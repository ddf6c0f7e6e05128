// What the resolver is asked, and where it is told that the destination stands.
#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "content/markdown.h"

namespace hardtop {

namespace {

// Every link as "line:column destination", in the order asked, and the text that the place covers
// where that differs from the destination.
std::string links_of(const std::string& markdown) {
  const SourcePtr source = make_source("a.md", markdown);
  std::string found;
  const auto resolve = [&](const LinkUse& use) -> std::optional<std::string> {
    const LineColumn at = line_column(source->text, use.place.offset);
    const std::string covered = source->text.substr(use.place.offset, use.place.length);
    found += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(use.destination) +
             (covered == use.destination ? "" : " (" + covered + ")") + "\n";
    return std::nullopt;
  };
  Diagnostics diagnostics;
  CHECK(parse_markdown(source, 0, {}, resolve, diagnostics));
  CHECK(to_text(diagnostics) == "");
  return found;
}

}  // namespace

TEST_CASE("every link and image is offered to the resolver with the place of its destination") {
  const struct {
    const char* markdown;
    const char* links;
  } cases[] = {
      // Inline.
      {"a [b](c.md) d", "1:7 c.md\n"},
      {"Ä [b](c.md#d \"title\")", "1:7 c.md#d\n"},
      {"[a](  b.md  )", "1:7 b.md\n"},
      {"[a](<b c.md>)", "1:6 b c.md\n"},
      {"[a](b(c).md)", "1:5 b(c).md\n"},
      {"![a](b.png)", "1:6 b.png\n"},
      {"[a]()", "1:5 \n"},
      // Several, in order, over lines and blocks.
      {"[a](b) [c](d)\n[e](b)", "1:5 b\n1:12 d\n2:5 b\n"},
      {"[a](b)\n\n> - [c\n>   d](e)\n\n1. f\n\n   # [g](h)\n", "1:5 b\n4:8 e\n8:10 h\n"},
      {"[g](h)\n===\n", "1:5 h\n"},
      {"[![a](b.png)](c.md)", "1:7 b.png\n1:15 c.md\n"},
      // What is read is not what is written.
      {"[a](b\\_c.md)", "1:5 b_c.md (b\\_c.md)\n"},
      {"[a](b&amp;c)", "1:5 b&c (b&amp;c)\n"},
      {"[a](x%20y)", "1:5 x%20y\n"},
      // Code and escapes hide what looks like a link.
      {"`[a](b)` [a](b)", "1:14 b\n"},
      {"``[a](b)`](b)`` [a](b)", "1:21 b\n"},
      {"\\`[a](b)", "1:7 b\n"},
      {"` [a](b)", "1:7 b\n"},
      {"x](b) [a](b)", "1:4 b\n"},  // said to be earlier, and the same text
      {"```\n[a](b)\n```\n[a](b)", "4:5 b\n"},
      // References: where the definition is.
      {"[a]\n\n[a]: b.md\n", "3:6 b.md\n"},
      {"[x][a] and [a][] and [c](d)\n\n[a]: <b.md> 'title'\n", "3:7 b.md\n3:7 b.md\n1:26 d\n"},
      {"> [a]\n>\n> [a]: b.md\n", "3:8 b.md\n"},
      {"![x][a]\n\n[a]:\n  b.png\n", "4:3 b.png\n"},
      {"[a]: b.md\n[a] [c](d)\n", "1:6 b.md\n2:9 d\n"},
      // Autolinks, in angle brackets and bare.
      {"<https://a.example/b> <c@d.example>", "1:2 https://a.example/b\n1:24 mailto:c@d.example (c@d.example)\n"},
      {"see https://a.example/b, www.c.example or d@e.example.",
       "1:5 https://a.example/b\n1:26 http://www.c.example (www.c.example)\n1:43 mailto:d@e.example (d@e.example)\n"},
      {"[http://a.example](http://a.example) http://a.example", "1:20 http://a.example\n1:38 http://a.example\n"},
      // The same text, which is no link.
      {"![](/m.png) and m.png and [m.png](m.png)", "1:5 /m.png\n1:35 m.png\n"},
      {"`http://a.example` http://a.example", "1:20 http://a.example\n"},
      {"`` ` http://a.example`` ` http://a.example [http://a.example](http://a.example)",
       "1:27 http://a.example\n1:63 http://a.example\n"},
      // Tables.
      {"| [a](b) | c |\n|---|---|\n| d | [e](f) |\n| `|` [g](h\\|i) | |\n", "1:7 b\n3:11 f\n4:11 h|i (h\\|i)\n"},
      {"text [o](p)\n| [a](b) |\n|---|\n| [e](f) |\n", "1:10 p\n2:7 b\n4:7 f\n"},
      // Footnotes come last on the page.
      {"a[^1]\n\n[^1]: [b](c)\n\n[d](e)\n", "5:5 e\n3:11 c\n"},
      // Where the text cannot be found, the block's first line has to do.
      {"> a [b](\n> c.md)\n", "1:1 c.md (> a [b]()\n"},
  };
  for (const auto& [markdown, links] : cases) {
    CAPTURE(markdown);
    CHECK(links_of(markdown) == links);
  }
}

TEST_CASE("what the resolver returns is written, escaped; what it leaves stays") {
  const auto resolve = [](const LinkUse& use) -> std::optional<std::string> {
    if (use.destination == "a.md") return "/ä/?b=1&c='\"<";
    return std::nullopt;
  };
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", "[x](a.md \"t\") ![y](a.md) [z](b.md) <a@b.example>\n"), 0, {},
                                   resolve, diagnostics);
  REQUIRE(body);
  CHECK(body->parts[0].html ==
        "<p><a href=\"/%C3%A4/?b=1&amp;c=&#x27;%22%3C\" title=\"t\">x</a> "
        "<img src=\"/%C3%A4/?b=1&amp;c=&#x27;%22%3C\" alt=\"y\" /> <a href=\"b.md\">z</a> "
        "<a href=\"mailto:a@b.example\">a@b.example</a></p>\n");
}

TEST_CASE("a resolver may parse Markdown itself") {
  const auto resolve = [](const LinkUse&) -> std::optional<std::string> {
    std::string text = "*deep* ";
    for (int i = 0; i < 5000; ++i) text += "*words* [to](fill) ";
    return render_markdown_fragment(text, {}).substr(0, 7);
  };
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", "# One *a* [b](c) `d` [e](f)\n\nEnd *of* [it](x)\n"), 0, {},
                                   resolve, diagnostics);
  REQUIRE(body);
  CHECK(body->parts[0].html ==
        "<h1 id=\"one-a-b-d-e\">One <em>a</em> <a href=\"%3Cp%3E%3Cem%3E\">b</a> <code>d</code> "
        "<a href=\"%3Cp%3E%3Cem%3E\">e</a></h1>\n<p>End <em>of</em> <a href=\"%3Cp%3E%3Cem%3E\">it</a></p>\n");
}

}  // namespace hardtop
