#include "content/markdown.h"

#include <doctest/doctest.h>

#include <string>

#include "support/markdown_text.h"

namespace hardtop {

TEST_CASE("headings get ids from their text") {
  const Rendering cases[] = {
      {"# Crème Brûlée & Co.", "<h1 id=\"crème-brûlée-co\">Crème Brûlée &amp; Co.</h1>\n"},
      {"## The `code` *and* ~~more~~",
       "<h2 id=\"the-code-and-more\">The <code>code</code> <em>and</em> <del>more</del></h2>\n"},
      {"Setext\nheading\n===", "<h1 id=\"setext-heading\">Setext\nheading</h1>\n"},
      {"# ?!", "<h1 id=\"section\">?!</h1>\n"},
      {"#", "<h1 id=\"section\"></h1>\n"},
      {"# A\n# A\n# A", "<h1 id=\"a\">A</h1>\n<h1 id=\"a-1\">A</h1>\n<h1 id=\"a-2\">A</h1>\n"},
      {"# A\n# A-1\n# A", "<h1 id=\"a\">A</h1>\n<h1 id=\"a-1\">A-1</h1>\n<h1 id=\"a-2\">A</h1>\n"},
      {"# [Link](x) ![alt](y)", "<h1 id=\"link-alt\"><a href=\"x\">Link</a> <img src=\"y\" alt=\"alt\" /></h1>\n"},
      {"> # In a quote", "<blockquote>\n<h1 id=\"in-a-quote\">In a quote</h1>\n</blockquote>\n"},
  };
  for (const auto& [markdown, html] : cases) CHECK(render(markdown) == html);
}

TEST_CASE("a heading may name its own id") {
  const Rendering cases[] = {
      {"## Title {#id}", "<h2 id=\"id\">Title</h2>\n"},
      {"## Title {#id} ##", "<h2 id=\"id\">Title</h2>\n"},
      {"Title {#a_b-c.d:e}\n---", "<h2 id=\"a_b-c.d:e\">Title</h2>\n"},
      {"## *Title* {#größe}", "<h2 id=\"größe\"><em>Title</em></h2>\n"},
      {"## {#id}", "<h2 id=\"id\"></h2>\n"},
      // A generated id gives way, wherever the explicit one stands.
      {"# A\n# B {#a}", "<h1 id=\"a-1\">A</h1>\n<h1 id=\"a\">B</h1>\n"},
      // None of these is one.
      {"## T {#a b}", "<h2 id=\"t-a-b\">T {#a b}</h2>\n"},
      {"## T {#}", "<h2 id=\"t\">T {#}</h2>\n"},
      {"## T \\{#x}", "<h2 id=\"t-x\">T {#x}</h2>\n"},
      {"## T `{#x}`", "<h2 id=\"t-x\">T <code>{#x}</code></h2>\n"},
  };
  for (const auto& [markdown, html] : cases) CHECK(render(markdown) == html);
}

TEST_CASE("smart punctuation leaves an explicit id alone") {
  MarkdownOptions options;
  options.smart_punctuation = true;
  CHECK(render("# \"A\" -- b... {#a--b}", options) == "<h1 id=\"a--b\">“A” – b…</h1>\n");
}

TEST_CASE("two headings with one explicit id are an error that shows both") {
  CHECK(errors_of("# One {#x}\n\ntext\n\n# Two {#x}\n") ==
        "a.md:5:9: error: the id 'x' is taken [content/duplicate-heading-id]\n"
        "  5 | # Two {#x}\n"
        "    |         ^\n"
        "  hint: give this heading another id, or leave it out\n"
        "a.md:1:9: note: it is given here\n"
        "  1 | # One {#x}\n"
        "    |         ^\n");
  CHECK(errors_of("# One {#fn-1}\n\na[^n]\n\n[^n]: b\n") ==
        "a.md:1:9: error: the id 'fn-1' is taken [content/duplicate-heading-id]\n"
        "  1 | # One {#fn-1}\n"
        "    |         ^~~~\n"
        "  hint: give this heading another id, or leave it out\n");
  CHECK(errors_of("# One {#fnref-1-2}\n\na[^n] b[^n]\n\n[^n]: b\n")
            .starts_with("a.md:1:9: error: the id 'fnref-1-2' is taken [content/duplicate-heading-id]\n"));
}

TEST_CASE("a heading can link to itself, and its name is its text") {
  MarkdownOptions options;
  options.heading_anchors = true;
  CHECK(render("## The *title* {#a:b}", options) ==
        "<h2 id=\"a:b\" aria-labelledby=\"a:b~text\"><span id=\"a:b~text\">The <em>title</em></span> "
        "<a class=\"heading-anchor\" href=\"#a:b\" aria-labelledby=\"a:b~text\">#</a></h2>\n");
  CHECK(render("# ![Alt](x)", options).find("</span> <a class=\"heading-anchor\"") != std::string::npos);
  CHECK(render("# A\n##\n", options).ends_with("</h1>\n<h2 id=\"section\"></h2>\n"));
  CHECK(render("# <b></b>\n", options) == "<h1 id=\"section\"><b></b></h1>\n");
  CHECK(render_markdown_fragment("# A {#a}\n# B\n", options) ==
        "<h1 id=\"a\" aria-labelledby=\"a~text\"><span id=\"a~text\">A</span> "
        "<a class=\"heading-anchor\" href=\"#a\" aria-labelledby=\"a~text\">#</a></h1>\n<h1>B</h1>\n");
}

TEST_CASE("the table of contents has each heading's level, id, text, and markup without links") {
  const Body body =
      parse("# A & `b` [*link*](x)[^n]\n\n### H<sub>2</sub>O ![pic](y)\n\n> ## <b id=\"q\">Bold</b>\n\n[^n]: note\n");
  REQUIRE(body.headings.size() == 3);
  CHECK(body.headings[0].level == 1);
  CHECK(body.headings[0].id == "a-b-link");
  CHECK(body.headings[0].text == "A & b link");
  CHECK(body.headings[0].html == "A &amp; <code>b</code> <em>link</em>");
  CHECK(body.headings[1].level == 3);
  CHECK(body.headings[1].text == "H2O pic");
  CHECK(body.headings[1].html == "H2O pic");
  CHECK(body.headings[2].html == "Bold");
}

TEST_CASE("a generated heading id leaves the footnotes' alone") {
  CHECK(render("# Fn 1\n\na[^1]\n\n[^1]: n\n").starts_with("<h1 id=\"fn-1-1\">"));
  const Rendering cases[] = {
      {"Fn 1", "fn-1-1"},           {"Fn 2", "fn-2-1"},           {"Fn 3", "fn-3"},
      {"Fnref 1", "fnref-1-1"},     {"Fnref 2", "fnref-2-1"},     {"Fnref 3", "fnref-3"},
      {"Fnref 2 2", "fnref-2-2-1"}, {"Fnref 2 3", "fnref-2-3-1"}, {"Fnref 2 4", "fnref-2-4"},
  };
  for (const auto& [title, id] : cases) {
    const std::string text = "a[^a] b[^b] b[^b] b[^b]\n\n[^a]: n\n[^b]: n\n\n# " + std::string(title) + "\n";
    CHECK(parse(text).headings[0].id == id);
  }
}

}  // namespace hardtop
