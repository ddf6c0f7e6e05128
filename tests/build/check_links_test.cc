#include "build/check_links.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace hardtop;

namespace {

SiteConfig make_config(std::string base_path) {
  SiteConfig config;
  config.base_path = std::move(base_path);
  config.base_url = "https://t.example" + config.base_path;
  config.base = *parse_url(config.base_url);
  return config;
}

// Scans a page at /docs/a/ of a site that has these files, and says what is wrong: "broken(output)",
// "#target" for a fragment that only that file can judge, or that this one lacks.
std::string scan(std::string_view html) {
  static const SiteConfig config = make_config("/docs/");
  static const OutputIndex outputs = [] {
    OutputIndex index;
    index.add("a/index.html", 0);
    index.add("b.html", 1);
    index.add("index.html", 2);
    index.add("img/x y.svg", 3);
    index.add("über/index.html", 4);
    return index;
  }();
  const ScannedHtml found = scan_html_links(config, outputs, html, "/docs/a/", 0);
  std::string out;
  for (const auto& broken : found.broken)
    out += "broken(" + broken.output + " at " + std::string(html.substr(broken.link.offset, broken.link.length)) + ")";
  for (const auto& use : found.fragments) out += "#" + std::to_string(use.target);
  if (!found.duplicate_ids.empty()) out += "duplicate";
  return out;
}

}  // namespace

TEST_CASE("links that lead to an output file are fine, others are broken") {
  struct Row {
    const char* html;
    const char* expected;
  };
  const Row rows[] = {
      {"<a href=\"/docs/\">", ""},
      {"<a href=\"/docs/b.html\">", ""},
      {"<a href=\"/docs/b.html?x=1\">", ""},
      {"<a href=\"/docs/c.html\">", "broken(c.html at /docs/c.html)"},
      {"<a href=\"/docs/c/\">", "broken(c/index.html at /docs/c/)"},
      {"<a href=\"../b.html\">", ""},
      {"<a href=\"b.html\">", "broken(a/b.html at b.html)"},
      {"<a href=\"/elsewhere/\">", ""},  // another site on the same origin
      {"<a href=\"//t.example/docs/c.html\">", "broken(c.html at //t.example/docs/c.html)"},
      {"<a href=\"https://t.example/docs/b.html\">", ""},
      {"<a href=\"HTTPS://T.EXAMPLE:443/docs/c.html\">", "broken(c.html at HTTPS://T.EXAMPLE:443/docs/c.html)"},
      {"<a href=\"https://other.example/c.html\">", ""},
      {"<a href=\"mailto:a@b.example\">", ""},
      {"<a href=\"javascript:void 0\">", ""},
      {"<a href=\"\">", ""},
      {"<A HREF=/docs/c.html>", "broken(c.html at /docs/c.html)"},
      {"<a href='&#47;docs/b.html'>", ""},
      {"<a href='&#47;docs/c.html'>", "broken(c.html at &#47;docs/c.html)"},
      {"<img src=\"/docs/img/x%20y.svg\">", ""},
      {"<img src=\"/docs/img/z.svg\">", "broken(img/z.svg at /docs/img/z.svg)"},
      {"<a href=\"/docs/%C3%BCber/\">", ""},
      {"<a href=\"/docs/über/\">", ""},
      {"<a href=\"/docs//b.html\">", "broken(/b.html at /docs//b.html)"},
      {"<img srcset=\"/docs/b.html 1x, /docs/c.html 2x,/docs/d.html\">",
       "broken(c.html at /docs/c.html)broken(d.html at /docs/d.html)"},
      {"<video poster=\"/docs/c.html\">", "broken(c.html at /docs/c.html)"},
      {"<object data=\"/docs/c.html\">", "broken(c.html at /docs/c.html)"},
      {"<svg><use xlink:href=\"/docs/c.html\"/></svg>", "broken(c.html at /docs/c.html)"},
      {"<link rel=\"preconnect\" href=\"https://t.example/docs/none\">", ""},
      {"<p title=\"/docs/c.html\" data-href=\"/docs/c.html\">", ""},
      {"<!-- <a href=\"/docs/c.html\"> -->", ""},
      {"<script>'<a href=\"/docs/c.html\">'</script>", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(scan(row.html) == row.expected);
  }
}

TEST_CASE("what styles in a page load is looked up, too") {
  CHECK(scan("<p style=\"background: url(/docs/gone.png)\">") == "broken(gone.png at url(/docs/gone.png))");
  CHECK(scan("<p style=\"background: url(&quot;/docs/gone.png&quot;)\">") ==
        "broken(gone.png at background: url(&quot;/docs/gone.png&quot;))");
  CHECK(scan("<style>@import 'more.css'; .a { background: url( \"../img/x%20y.svg\" ) }</style>") ==
        "broken(a/more.css at 'more.css')");
  CHECK(scan("<p style=\"--a: url(/docs/gone.png); --b: url(gone.png); color: red\">") ==
        "broken(gone.png at url(/docs/gone.png))");
  CHECK(scan("<p style=\"background: url(../b.html); clip-path: url(#a); mask: "
             "url(data:,x)\"><style></style>url(/docs/c)") == "");
}

TEST_CASE("fragments are looked up in the file that they lead to, those of the file itself at once") {
  struct Row {
    const char* html;
    const char* expected;
  };
  const Row rows[] = {
      {"<a href=\"#x\"><p id=\"x\">", ""},
      {"<a href=\"#x\"><a name=\"x\">", ""},
      {"<a href=\"#y\"><p id=\"x\">", "#0"},
      {"<a href=\"#%C3%BC\"><p id=\"ü\">", ""},
      {"<a href=\"#a&amp;b\"><p id=\"a&amp;b\">", ""},
      {"<a href=\"#\"><a href=\"#top\"><a href=\"#TOP\">", ""},
      {"<a href=\"#:~:text=word\">", ""},
      {"<a href=\"/docs/b.html#x\">", "#1"},
      {"<a href=\"/docs/a/#a&amp;b\"><p id=\"a&amp;b\">", ""},
      {"<a href=\"../b.html#x\">", "#1"},
      {"<a href=\"/docs/a/#x\"><p id=\"x\">", ""},
      {"<p id=\"x\"><p id=\"x\">", "duplicate"},
      {"<a id=\"x\" name=\"x\">", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(scan(row.html) == row.expected);
  }
}

TEST_CASE("what a style sheet loads is looked up from where the sheet is") {
  const SiteConfig config = make_config("/docs/");
  OutputIndex outputs;
  outputs.add("assets/main.css", 0);
  outputs.add("assets/a.png", 1);
  outputs.add("img/x y.svg", 2);
  const auto broken = [&](std::string_view css) {
    std::string out;
    for (const BrokenStyleUrl& url : scan_style_urls(config, outputs, css, "/docs/assets/main.css"))
      out += url.text + " (" + url.output + ") ";
    return out;
  };
  CHECK(broken("p { background: url(a.png), url(./a.png?v=1), url('../img/x y.svg#part'), url(/docs/img/x%20y.svg) }")
            .empty());
  CHECK(broken("p { background: url(b.png) } @font-face { src: url('../f.woff2') }") ==
        "b.png (assets/b.png) ../f.woff2 (f.woff2) ");
  CHECK(broken("@import 'more.css';") == "more.css (assets/more.css) ");
  // What is no file of the site: elements of the page, data, other hosts, another site on this host.
  CHECK(broken("p { mask: url(#m); background: url(), url(data:,x), url(//cdn.example/x.png), url(/other/x.png) }")
            .empty());
  // In a custom property only what is relative to nothing.
  CHECK(broken("p { --a: url(b.png); --b: url(/docs/b.png) }") == "/docs/b.png (b.png) ");
}
