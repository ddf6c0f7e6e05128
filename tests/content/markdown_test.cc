#include "content/markdown.h"

#include <doctest/doctest.h>

#include <iterator>
#include <string_view>

#include "base/diagnostic_format.h"

namespace hardtop {

namespace {

std::string html_of(const Body& body) {
  std::string html;
  for (const BodyPart& part : body.parts) html += part.html;
  return html;
}

std::string render(const std::string& markdown, const MarkdownOptions& options = {}) {
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", markdown), 0, options, {}, diagnostics);
  return body ? html_of(*body) : to_text(diagnostics);
}

Body parse(const std::string& markdown, const MarkdownOptions& options = {}) {
  Diagnostics diagnostics;
  auto body = parse_markdown(make_source("a.md", markdown), 0, options, {}, diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(body);
  return std::move(*body);
}

std::string errors_of(const std::string& markdown) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_markdown(make_source("a.md", markdown), 0, {}, {}, diagnostics));
  return to_text(diagnostics);
}

struct Rendering {
  const char* markdown;
  const char* html;
};

}  // namespace

TEST_CASE("blocks without markup have their lines as written, without the space around them") {
  const Rendering cases[] = {
      {"One line", "<p>One line</p>\n"},
      {"Two\nlines", "<p>Two\nlines</p>\n"},
      {"  The space \t\n \t around\tlines \t\n\n", "<p>The space\naround\tlines</p>\n"},
      {"A hard  \nbreak", "<p>A hard<br />\nbreak</p>\n"},
      {"- Item\n- Größe\n  in two", "<ul>\n<li>Item</li>\n<li>Größe\nin two</li>\n</ul>\n"},
      {"#  A \"heading\"  #", "<h1 id=\"a-heading\">A &quot;heading&quot;</h1>\n"},
      {"a ~ : www > b", "<p>a ~ : www &gt; b</p>\n"},
  };
  for (const auto& [markdown, html] : cases) CHECK(render(markdown) == html);
}

// cmark reads the inlines of every block in a document that has a '~'.
TEST_CASE("a block without markup is what cmark makes of it") {
  const std::string_view pieces[] = {"a", " ", "\n", "\t", "\v", "*"};
  constexpr std::size_t kPieces = std::size(pieces);
  for (std::size_t number = 0; number < kPieces * kPieces * kPieces * kPieces * kPieces; ++number) {
    std::string markdown;
    for (std::size_t rest = number, i = 0; i < 5; ++i, rest /= kPieces) markdown += pieces[rest % kPieces];
    const std::string html = render(markdown), with_tilde = render(markdown + "\n\n~\n");
    if (with_tilde != html + "<p>~</p>\n") CHECK(with_tilde == html + "<p>~</p>\n");
  }
}

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

TEST_CASE("the summary is the first paragraph that has text, without links, images and footnotes") {
  const Rendering cases[] = {
      {"", ""},
      {"# Only a heading", ""},
      {"- a list\n\n> a quote\n", ""},
      {"# H\n\nOne *two*\n[three](x)[^1] & `four`.\n\nMore\n\n[^1]: n",
       "One <em>two</em> three &amp; <code>four</code>."},
      {"<b></b>\n\n![](x)\n\nText<br>more", "Text more"},
  };
  for (const auto& [markdown, summary] : cases) CHECK(parse(markdown).summary_html == summary);
}

TEST_CASE("words are counted over text, code blocks and markup left out") {
  const struct {
    const char* markdown;
    std::size_t words;
  } cases[] = {
      {"", 0},
      {"one two\nthree", 3},
      {"half*word* and — \"quoted\" - don't", 4},
      {"# One\n\ntwo `three four` [five](six)\n\n```\nnot these\n```\n\n<p>nor these</p>\n", 5},
      {"| a | b |\n|---|---|\n| c | d |", 4},
      {"- a\n- b", 2},
      {"日本語 テキスト。", 7},
      {"größer, übel", 2},
      {"a word that goes on over sixteen bytes, ------------------ and -- more", 10},
      {"exactly sixteen!half of a word", 5},
      {"fifteen lettersößer, and then some more text", 7},
  };
  for (const auto& [markdown, words] : cases) {
    CAPTURE(markdown);
    CHECK(parse(markdown).words == words);
  }
}

TEST_CASE("tables scroll in an element of their own and align by class") {
  CHECK(render("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n") ==
        "<div class=\"table-scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n"
        "<th class=\"align-left\">a</th>\n<th class=\"align-center\">b</th>\n<th class=\"align-right\">c</th>\n"
        "<th>d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        "<td class=\"align-left\">1</td>\n<td class=\"align-center\">2</td>\n<td class=\"align-right\">3</td>\n"
        "<td>4</td>\n</tr>\n</tbody>\n</table>\n</div>\n");
  CHECK(render("a\n:-\n") ==
        "<div class=\"table-scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th "
        "class=\"align-left\">a</th>\n</tr>\n</thead>\n"
        "</table>\n</div>\n");
}

TEST_CASE("a table's scrolling element is named by the heading above it") {
  const std::string table = "a | b\n--|--\n\n";
  const std::string html = render("# One\n\n" + table + "> ## Two\n\n" + table + table);
  CHECK(html.find("<div class=\"table-scroll\" role=\"group\" aria-labelledby=\"one\" tabindex=\"0\">\n<table>") !=
        std::string::npos);
  const std::string second =
      "<div class=\"table-scroll\" role=\"group\" aria-labelledby=\"two\" tabindex=\"0\">\n<table>";
  CHECK(html.find(second) != html.rfind(second));
  MarkdownOptions options;
  options.heading_anchors = true;
  CHECK(render("# One\n\n" + table, options).find(" role=\"group\" aria-labelledby=\"one~text\" tabindex") !=
        std::string::npos);
  CHECK(render(table + "# One\n").starts_with("<div class=\"table-scroll\" tabindex=\"0\">\n"));
}

TEST_CASE("a task is ticked by its own box, not by a [x] later on the line") {
  CHECK(render("- [ ] write [x] here\n- [X] done\n") ==
        "<ul>\n<li><label><input disabled=\"\" type=\"checkbox\"> write [x] here</label></li>\n"
        "<li><label><input checked=\"\" disabled=\"\" type=\"checkbox\"> done</label></li>\n</ul>\n");
}

TEST_CASE("footnotes are numbered in the order of their use, with a way back to each use") {
  CHECK(render("b[^b] a[^a] b[^b]\n\n[^a]: Ay\n[^b]: Bee\n\n    more\n[^unused]: not here\n") ==
        "<p>b<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> "
        "a<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> "
        "b<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup></p>\n"
        "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n"
        "<li id=\"fn-1\">\n<p>Bee</p>\n<p>more "
        "<a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a> "
        "<a href=\"#fnref-1-2\" class=\"footnote-backref\" role=\"doc-backlink\">↩<sup>2</sup></a></p>\n</li>\n"
        "<li id=\"fn-2\">\n<p>Ay "
        "<a href=\"#fnref-2\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a></p>\n</li>\n"
        "</ol>\n</section>\n");
  MarkdownOptions options;
  options.footnotes = false;
  CHECK(render("a[^1]\n", options) == "<p>a[^1]</p>\n");
  CHECK(render("no use\n\n[^1]: note\n") == "<p>no use</p>\n");
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

TEST_CASE("raw HTML, mustaches and line ends of other systems pass as they are") {
  const Rendering cases[] = {
      {"<script>a && b</script>\n", "<script>a && b</script>\n"},
      {"a <span onclick=\"x()\">{{b}}</span>", "<p>a <span onclick=\"x()\">{{b}}</span></p>\n"},
      {"```\n{{> c}}\n```", "<pre tabindex=\"0\"><code>{{&gt; c}}\n</code></pre>\n"},
      {"```html {x}\n<a>\n```", "<pre tabindex=\"0\"><code class=\"language-html\">&lt;a&gt;\n</code></pre>\n"},
      {"a\r\nb\r\n\r\n# c\r\n", "<p>a\nb</p>\n<h1 id=\"c\">c</h1>\n"},
  };
  for (const auto& [markdown, html] : cases) CHECK(render(markdown) == html);
  CHECK(render(std::string("a\0b", 3)) == "<p>a\uFFFDb</p>\n");
}

TEST_CASE("code has its language for a class, and none where it has no language") {
  const Rendering cases[] = {
      {"js", " class=\"language-js\""},
      {" \tjs x\t", " class=\"language-js\""},
      {"js\tx", " class=\"language-js\""},
      {"&quot;a&lt;", " class=\"language-&quot;a&lt;\""},
      {"js\fx", " class=\"language-js\fx\""},
      {"\vjs", " class=\"language-\vjs\""},
      {"\fjs", ""},
      {"\f", ""},
      {"&#32;js", " class=\"language-js\""},
      {" \t", ""},
      {"", ""},
  };
  for (const auto& [info, attribute] : cases) {
    CAPTURE(info);
    CHECK(render("```" + std::string(info) + "\nx\n```\n") ==
          "<pre tabindex=\"0\"><code" + std::string(attribute) + ">x\n</code></pre>\n");
  }
}

TEST_CASE("the body begins where front matter ends") {
  const SourcePtr source = make_source("a.md", "+++\n+++\nText\n");
  Diagnostics diagnostics;
  const auto body = parse_markdown(source, 8, {}, {}, diagnostics);
  REQUIRE(body);
  CHECK(html_of(*body) == "<p>Text</p>\n");
  CHECK(body->parts[0].source_begin == 8);
  CHECK(body->parts[0].source_end == 13);
}

TEST_CASE("a page without text has no parts") { CHECK(parse("\n \n").parts.empty()); }

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

TEST_CASE(
    "a fragment has no generated ids, no footnotes and no components, and resolves links at the place it is given") {
  const SourcePtr source = make_source("a.md", "text = 'x'");
  const auto resolve = [&](const LinkUse& use) -> std::optional<std::string> {
    CHECK(use.place.offset == 7);
    return "/" + std::string(use.destination) + "/";
  };
  CHECK(
      render_markdown_fragment("# A {#b}\n## C\n\n[c](d) a[^1]\n\n```{toc}\n```\n", {}, resolve, Place{source, 7, 3}) ==
      "<h1 id=\"b\">A</h1>\n<h2>C</h2>\n<p><a href=\"/d/\">c</a> a[^1]</p>\n"
      "<pre tabindex=\"0\"><code class=\"language-{toc}\"></code></pre>\n");
  CHECK(render_markdown_fragment("", {}) == "");
}

}  // namespace hardtop
