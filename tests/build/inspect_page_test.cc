// What the preview's toolbar tells of a page: which services are on it, and who wrote what the gate made inert.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

constexpr const char* kConsent = R"([consent]
policy = "policy.md"
gpc_updated = 2026-01-01

[[service]]
id = "beacon"
name = "Beacon"
provider = "Beacon Inc."
category = "advertising"
purpose = "Counts ads"
hosts = ["px.example"]
privacy_url = "https://px.example/privacy"
opt_out_url = "https://px.example/no"
sells_or_shares = true
[[service.tag]]
pages = ["/blog/**"]
html = '<img src="https://px.example/1.gif" width="1" height="1" alt="">'
[[service.tag]]
pages = ["/blog/**"]
at = "head"
html = '''
<script src="https://px.example/a.js" async></script>
<noscript><img src="https://px.example/b.gif" alt="" width="1" height="1"></noscript>'''

[[service]]
id = "film"
name = "Film"
provider = "Films Ltd."
category = "functional"
purpose = "Plays films"
hosts = ["films.example", "*.films.example"]
privacy_url = "https://films.example/privacy"
opt_out_url = "https://films.example/no"

[[service]]
id = "shop"
name = "Shop"
provider = "Shop Ltd."
category = "necessary"
purpose = "Sells"
justification = "What was put into the basket has to be kept"
hosts = ["shop.example"]
privacy_url = "https://shop.example/privacy"
)";

constexpr const char* kFilm =
    "<iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" height=\"315\"></iframe>\n";

// A site, built, to be asked about its pages.
class Inspected {
 public:
  explicit Inspected(const FileMap& more) : files_(site(more)), session_(files_, development()) {
    const bool is_built = session_.build(found_).has_value();
    CHECK(to_text(found_) == "");
    REQUIRE(is_built);
  }

  // A page's report, a line each; "none" where there is no page.
  std::string operator()(std::string_view output) const {
    const std::optional<PageReport> report = session_.inspect(output);
    if (!report) return "none";
    std::string text = "content: " + report->content + "\n";
    for (const ServiceOnPage& service : report->services)
      text += "service: " + service.id + " '" + service.name + "' " + service.category +
              (service.necessary ? ", necessary" : "") + "\n";
    for (const GatedPlace& gated : report->gated) {
      text += gated.element + " of " + gated.service + ": " + gated.url;
      for (const std::string& url : gated.more_urls) text += " + " + url;
      text += " at " + (gated.place.source ? gated.place.source->path : std::string("nowhere"));
      if (gated.place.has_position()) {
        const LineColumn at = line_column(gated.place.source->text, gated.place.offset);
        text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
      }
      text += "\n";
    }
    return text;
  }

  MemoryFiles& files() { return files_; }

 private:
  static FileMap site(const FileMap& more) {
    FileMap files = plain_site({
        {"s/consent.toml", kConsent},
        {"s/content/policy.md", "+++\ntitle = \"Policy\"\n+++\nAll of it.\n"},
        {"s/content/blog/to-come.md", "+++\ndraft = true\n+++\n"},  // the tag's pattern is some page's
        {"s/themes/plain/layouts/base.mustache",
         "<!doctype html><html><head><meta charset=\"utf-8\">\n<title>{{page.title}}</title></head><body>" +
             std::string(kConsentParts) + "\n{{{main}}}</body></html>"},
    });
    for (const auto& [path, text] : more) files[path] = text;
    return files;
  }
  static BuildOptions development() {
    BuildOptions options = options_for_tests();
    options.keep_for_updates = true;
    options.development = true;
    return options;
  }

  MemoryFiles files_;
  Diagnostics found_;
  Session session_;
};

const std::string kFilmOnPage = "service: film 'Film' functional\n";

}  // namespace

TEST_CASE("a page's report names every service and where a person wrote what is gated") {
  struct Case {
    std::string what;
    FileMap files;
    std::string output, report;
  };
  const std::string page = "content: content/a.md\n" + kFilmOnPage;
  const std::vector<Case> cases = {
      {"a page without services", {{"s/content/a.md", "Hello.\n"}}, "a.html", "content: content/a.md\n"},
      {"a page that does not exist", {}, "b.html", "none"},
      {"what is no page", {}, "assets/main.css", "none"},
      {"HTML in Markdown",
       {{"s/content/a.md", std::string("Hello.\n\n") + kFilm}},
       "a.html",
       page + "iframe of film: https://films.example/1 at content/a.md:3:1\n"},
      {"the second of two that are alike",
       {{"s/content/a.md", std::string("```\n") + kFilm + "```\n\n" + kFilm + "\nand\n\n" + kFilm}},
       "a.html",
       page + "iframe of film: https://films.example/1 at content/a.md:5:1\n" +
           "iframe of film: https://films.example/1 at content/a.md:9:1\n"},
      {"HTML in a paragraph",
       {{"s/content/a.md",
         "Text\nand <img src=\"https://films.example/s.png\" width=\"400\" height=\"300\" alt=\"A\"> more.\n"}},
       "a.html",
       page + "img of film: https://films.example/s.png at content/a.md:2:5\n"},
      {"a script in a layout",
       {{"s/content/a.md", "Hello.\n"},
        {"s/themes/plain/layouts/page.mustache",
         "{{! parent: base }}\n{{{content}}}\n  <script src=\"https://films.example/{{page.title}}.js\"></script>"}},
       "a.html",
       page + "script of film: https://films.example/A.js at themes/plain/layouts/page.mustache:3:3\n"},
      {"an image in a partial",
       {{"s/content/a.md", "Hello.\n"},
        {"s/themes/plain/partials/foot.mustache",
         "\n<img srcset=\"https://a.films.example/1.png 1x, https://b.films.example/2.png 2x\" width=\"9\" "
         "height=\"9\" "
         "alt=\"\">"},
        {"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n{{{content}}}{{> foot}}"}},
       "a.html",
       page + "img of film: https://a.films.example/1.png + https://b.films.example/2.png at "
              "themes/plain/partials/foot.mustache:2:1\n"},
      {"a component's call",
       {{"s/content/a.md",
         "Hello.\n\n```{embed}\nurl = \"https://films.example/2\"\ntitle = \"F\"\nwidth = 560\nheight = 315\n```\n"}},
       "a.html",
       page + "iframe of film: https://films.example/2 at content/a.md:3:1\n"},
      {"an element that asks for it",
       {{"s/content/a.md",
         "The film.\n\n<div>\n<script data-service=\"film\">film()</script>\n</div>\n\n"
         "<script data-service=\"film\" src=\"/f.js\"></script>\n"},
        {"s/static/f.js", "f()"}},
       "a.html",
       page + "script of film:  at content/a.md:4:1\n" +
           "script of film: https://t.example/f.js at content/a.md:7:1\n"},
      {"an author's own template",
       {{"s/content/a.md",
         "Hello.\n\n<template data-service=\"film\"><img src=\"https://films.example/1.png\" alt=\"\"></template>\n"}},
       "a.html",
       page + "template of film: https://films.example/1.png at content/a.md:3:1\n"},
      {"a necessary service",
       {{"s/content/a.md", "<img src=\"https://shop.example/1.png\" alt=\"\">\n"}},
       "a.html",
       "content: content/a.md\nservice: shop 'Shop' necessary, necessary\n"},
      {"tags of consent.toml, in the order of the page",
       {{"s/content/blog/a.md", kFilm}},
       "blog/a.html",
       "content: content/blog/a.md\nservice: beacon 'Beacon' advertising\n" + kFilmOnPage +
           "script of beacon: https://px.example/a.js + https://px.example/b.gif at consent.toml:22:1\n"
           "iframe of film: https://films.example/1 at content/blog/a.md:1:1\n"
           "img of beacon: https://px.example/1.gif at consent.toml:17:9\n"},
      {"HTML from static/",
       {{"s/static/old.html", std::string("<!doctype html><title>Old</title>\n") + kFilm}},
       "old.html",
       "content: static/old.html\n" + kFilmOnPage + "iframe of film: https://films.example/1 at static/old.html:2:1\n"},
      {"a list that no content file is behind",
       {{"s/content/a.md", "+++\ntags = [\"x\"]\n+++\n"}},
       "tags/x.html",
       "content: \n"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(Inspected(c.files)(c.output) == c.report);
  }
}

TEST_CASE("where a page's file has changed since the build, only what the build knows is told") {
  Inspected inspect(FileMap{{"s/content/blog/a.md", kFilm}});
  Diagnostics ignored;
  WriteResult result;
  REQUIRE_FALSE(inspect.files().write("s/content/blog/a.md", "Other.\n", result));
  CHECK(inspect("blog/a.html") ==
        "content: content/blog/a.md\nservice: beacon 'Beacon' advertising\n" + kFilmOnPage +
            "script of beacon: https://px.example/a.js + https://px.example/b.gif at consent.toml:22:1\n"
            "img of beacon: https://px.example/1.gif at consent.toml:17:9\n");
}

TEST_CASE("before a build, and after one that failed, there are no pages to tell of") {
  const MemoryFiles files(plain_site({{"s/content/a.md", "[x](missing.md)"}}));
  Session session(files, options_for_tests());
  CHECK_FALSE(session.inspect("a.html"));
  Diagnostics found;
  CHECK_FALSE(session.build(found));
  CHECK_FALSE(session.inspect("a.html"));
}
