#include "content/component_blocks.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "content/markdown.h"

namespace hardtop {

namespace {

Body parse(const std::string& markdown) {
  Diagnostics diagnostics;
  auto body = parse_markdown(make_source("a.md", markdown), 0, {}, {}, diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(body);
  return std::move(*body);
}

// HTML as it is; a component as [name key=value@line:column …].
std::string outline(const std::string& markdown) {
  const SourcePtr source = make_source("a.md", markdown);
  std::string out;
  for (const BodyPart& part : parse(markdown).parts) {
    out += part.html;
    if (part.kind == BodyPart::Kind::html) continue;
    out += "[" + part.name;
    for (const DataEntry& entry : part.params) {
      const LineColumn at = line_column(source->text, entry.value.offset);
      out += " " + entry.key + "=" + (entry.value.text() ? *entry.value.text() : "?") + "@" + std::to_string(at.line) +
             ":" + std::to_string(at.column);
    }
    out += "]";
  }
  return out;
}

std::string errors_of(const std::string& markdown) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_markdown(make_source("a.md", markdown), 0, {}, {}, diagnostics));
  return to_text(diagnostics);
}

}  // namespace

TEST_CASE("a component's name is all there is in its info string") {
  CHECK(component_name("{toc}") == "toc");
  CHECK(component_name("{cookie-table}") == "cookie-table");
  CHECK(component_name("{a1_B}") == "a1_B");
  for (const char* const info :
       {"", "toc", "{}", "{ toc }", "{toc} x", "x {toc}", "{to c}", "{1a}", "{-a}", "{a", "a}"}) {
    CAPTURE(info);
    CHECK(component_name(info) == "");
  }
}

TEST_CASE("a fenced block of a component becomes a part between the HTML around it") {
  const struct {
    const char* markdown;
    const char* outline;
  } cases[] = {
      {"```{toc}\n```\n", "[toc]"},
      {"a\n\n```{x}\nk = 'v'\n```\nb\n", "<p>a</p>\n[x k=v@4:5]<p>b</p>\n"},
      {"~~~~ {x}  \nk = '''\n  v'''\n~~~~\n", "[x k=  v@2:5]"},
      {"```{x}\n```\n```{y}\n```\n", "[x][y]"},
      // In lists and quotes the HTML is split where the component stands, and places are those of the source.
      {"- a\n\n  ```{x}\n  k = 'v'\n  ```\n- b\n",
       "<ul>\n<li>\n<p>a</p>\n[x k=v@4:7]</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
      {"> > ```{x}\n> > \n> > k = 'ä'\n> >\n> > 'ä' = 'w'\n> b\n",
       "<blockquote>\n<blockquote>\n[x k=ä@3:9 ä=w@5:11]</blockquote>\n<p>b</p>\n</blockquote>\n"},
      {"> ```{x}\n> k = \"\"\"\n> one\n>   two\"\"\"\n> ```\n", "<blockquote>\n[x k=one\n  two@2:7]</blockquote>\n"},
      {"   ```{x}\n   k = 'v'\n   ```\n", "[x k=v@2:8]"},
      {"```{x}\r\nk = 'v'\r\nl = 'w'\r\n```\r\n", "[x k=v@2:5 l=w@3:5]"},
      {"```{x}\nk = 'v'", "[x k=v@2:5]"},
      {"a[^1]\n\n[^1]: b\n\n    ```{x}\n    k = 'v'\n    ```\n",
       "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></p>\n"
       "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>b</p>\n[x k=v@6:9]"
       "<a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a>\n</li>\n</ol>\n</section>\n"},
      // Ordinary code is never read.
      {"```\n{x}\n```\n", "<pre tabindex=\"0\"><code>{x}\n</code></pre>\n"},
      {"    ```{x}\n    k = \n    ```\n", "<pre tabindex=\"0\"><code>```{x}\nk = \n```\n</code></pre>\n"},
      {"````md\n```{x}\n```\n````\n", "<pre tabindex=\"0\"><code class=\"language-md\">```{x}\n```\n</code></pre>\n"},
      {"<div>\n```{x}\n```\n</div>\n", "<div>\n```{x}\n```\n</div>\n"},
      {"`{x}` and ```{x}```\n", "<p><code>{x}</code> and <code>{x}</code></p>\n"},
  };
  for (const auto& [markdown, expected] : cases) {
    CAPTURE(markdown);
    CHECK(outline(markdown) == expected);
  }
}

TEST_CASE("parts cover the source without gaps, and a component's place is its opening fence") {
  const std::string markdown = "+++\n+++\na\n\n> ```{x}\n> k = 1\n> ```\n\nb\n\n```{y}\nk = 2";
  const SourcePtr source = make_source("a.md", markdown);
  Diagnostics diagnostics;
  const auto body = parse_markdown(source, 8, {}, {}, diagnostics);
  REQUIRE(body);
  std::vector<std::string> covered, fences;
  for (const BodyPart& part : body->parts) {
    covered.push_back(markdown.substr(part.source_begin, part.source_end - part.source_begin));
    if (part.kind == BodyPart::Kind::component) fences.push_back(markdown.substr(part.place.offset, part.place.length));
  }
  CHECK(covered == std::vector<std::string>{"a\n\n", "> ```{x}\n> k = 1\n> ```\n", "\nb\n\n", "```{y}\nk = 2"});
  CHECK(fences == std::vector<std::string>{"```{x}", "```{y}"});
}

TEST_CASE("broken TOML is reported where it stands in the file") {
  CHECK(errors_of("a\n\n```{x}\nk = 'v'\nbroken\n```\n").starts_with("a.md:5:7: error: "));
  const std::string found = errors_of("a\n\n- b\n\n  > ```{x}\n  > k = 'v'\n  > l = = 2\n  > ```\n");
  CAPTURE(found);
  CHECK(found.starts_with("a.md:7:9: error: "));
  CHECK(found.find("[content/bad-component-toml]\n  7 |   > l = = 2\n    |         ^") != std::string::npos);
}

TEST_CASE("every broken component of a page is reported") {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_markdown(make_source("a.md", "```{x}\n=\n```\n\n```{y}\n=\n```\n"), 0, {}, {}, diagnostics));
  CHECK(diagnostics.error_count() == 2);
}

}  // namespace hardtop
