#include "content/markdown.h"

#include <doctest/doctest.h>

#include <iterator>
#include <string>
#include <string_view>

#include "support/markdown_text.h"

namespace hardtop {

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

TEST_CASE("the summary is the first paragraph that has text, without links, images and footnotes") {
  const Rendering cases[] = {
      {"", ""},
      {"# Only a heading", ""},
      {"- a list\n\n> a quote\n", ""},
      {"# H\n\nOne *two*\n[three](x)[^1] & `four`.\n\nMore\n\n[^1]: n",
       "One <em>two</em> three &amp; <code>four</code>."},
      {"<b></b>\n\n![](x)\n\nText<br>more", "Text more"},
      {"![A red car](x)\n\nThe ![new](x) car", "The new car"},
      {"![A red car](x)", ""},
      {"Hello <script>var *a* = 1;</script><STYLE x>.a{}</STYLE >there <scripts>you</scripts>",
       "Hello <em></em>there you"},
      {"<b></b><script>1</script>\n\nText", "Text"},
  };
  for (const auto& [markdown, summary] : cases) CHECK(parse(markdown).summary_html == summary);
}

TEST_CASE("the first shortcode of another generator that visitors would see is told") {
  const auto told = [](std::string_view markdown) {
    const SourcePtr source = make_source("a.md", std::string(markdown));
    Diagnostics diagnostics;
    CHECK(parse_markdown(source, 0, {}, {}, diagnostics));
    return to_text(diagnostics);
  };
  const std::string hint =
      "  hint: write Markdown for it, or a component: a line ```{name}, its parameters, a line ```\n";
  CHECK(told("Text.\n\n{{< figure src=\"/a.png\" >}}\n\n{{% notice %}}\n") ==
        "a.md:3:1: warning: this is a shortcode of another generator, and visitors see it as it stands here "
        "[content/shortcode]\n"
        "  3 | {{< figure src=\"/a.png\" >}}\n"
        "    | ^~~\n" +
            hint);
  CHECK(told("[Link]({{< ref \"about.md\" >}})\n").starts_with("a.md:1:8: warning: this is a shortcode"));
  CHECK(told("* {{% notice %}}\n").starts_with("a.md:1:3: warning: this is a shortcode"));
  CHECK(told("{{ page }}, `{{< a >}}`\n\n    {{< b >}}\n\n```\n{{% c %}}\n```\n").empty());
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

TEST_CASE("references to noncharacters are replaced, so that a page is always UTF-8") {
  CHECK(render("a &#xFFFE; b &#65535; c &#x110000; d &#xFDD0;\n") ==
        "<p>a \xEF\xBF\xBD b \xEF\xBF\xBD c \xEF\xBF\xBD d \xEF\xB7\x90</p>\n");
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
