// Whole sites with third parties: what becomes of them, and what a producer reads who forgot to declare one.
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

[[service]]
id = "film"
name = "Film"
provider = "Films Ltd."
category = "functional"
purpose = "Plays films"
hosts = ["films.example"]
privacy_url = "https://films.example/privacy"
opt_out_url = "https://films.example/no"
)";

FileMap site_with(const FileMap& more) {
  FileMap files = plain_site({
      {"s/consent.toml", kConsent},
      {"s/content/policy.md", "+++\ntitle = \"Policy\"\n+++\nAll of it.\n"},
      {"s/content/blog/to-come.md", "+++\ndraft = true\n+++\n"},  // the tag's pattern is some page's
      // Small partials, so that whole pages can be asserted.
      {"s/themes/plain/partials/consent-head.mustache",
       "{{#consent.asks}}<script>{{{consent.head_script}}}</script>{{/consent.asks}}"},
      {"s/themes/plain/partials/consent-placeholder.mustache",
       "<span class=\"consent-placeholder\" data-service=\"{{placeholder.service.id}}\">{{placeholder.title}}</span>"},
      {"s/themes/plain/layouts/base.mustache", "<title>{{page.title}}</title>" + std::string(kConsentParts) +
                                                   "{{{main}}}{{#consent.opt_outs_here}}[{{name}} "
                                                   "{{opt_out_url}}]{{/consent.opt_outs_here}}"},
  });
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

// Of a site in development: without a lock.
Built build(const FileMap& more) {
  BuildOptions options = options_for_tests();
  options.development = true;
  return build_in_memory(MemoryFiles(site_with(more)), options);
}

constexpr const char* kFilm =
    "<iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" height=\"315\"></iframe>\n";

}  // namespace

// The hint for a host that nobody declared.
std::string lines_for(const std::string& name) {
  return "  hint: [[service]]\n"
         "        id = \"" +
         name +
         "\"\n"
         "        name = \"…\"            # as visitors know it\n"
         "        provider = \"…\"        # the company that receives the data\n"
         "        category = \"…\"        # necessary, functional, analytics or advertising\n"
         "        purpose = \"…\"         # what it does, in words that visitors understand\n"
         "        hosts = [\"" +
         name + ".example\"]\n        # or, for services that hardtop knows whole:  hardtop new service " + name +
         ".example\n";
}

const std::string kPlainPolicy =
    "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

TEST_CASE("a host that nobody declared is an error at the line that names it, with the lines to paste") {
  const Built built = build({{"s/content/a.md", "Hi.\n\n<img src=\"https://nobody.example/x.gif\" alt=\"\">\n"}});
  CHECK_FALSE(built.fine);
  CHECK(built.errors ==
        "content/a.md:3:11: error: no service declares the host 'nobody.example' [consent/undeclared-host]\n"
        "  3 | <img src=\"https://nobody.example/x.gif\" alt=\"\">\n"
        "    |           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody"));
}

TEST_CASE("a tag of consent.toml stands on the pages that it names, inert") {
  const Built built = build({{"s/content/blog/a.md", "Post.\n"}, {"s/content/b.md", "Page.\n"}});
  CHECK(built.errors == "");
  CHECK(built["blog/a.html"] ==
        "<title>A</title><main><p>Post.</p>\n</main>[Beacon https://px.example/no]<template data-service=\"beacon\">"
        "<img src=\"https://px.example/1.gif\" width=\"1\" height=\"1\" alt=\"\"></template>");
  CHECK(built.policies.at("blog/a.html") ==
        "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'none'; form-action 'self'; img-src 'self' "
        "https://px.example; require-trusted-types-for 'script'; trusted-types 'none'");
  CHECK(built["b.html"] == "<title>B</title><main><p>Page.</p>\n</main>");
  CHECK(built.policies.at("b.html") == kPlainPolicy);
}

TEST_CASE("what only the gate finds on a page has its opt-out link there, too") {
  const Built built = build({{"s/content/a.md", kFilm}});
  CHECK(built.errors == "");
  CHECK(built["a.html"] ==
        "<title>A</title><main><span class=\"consent-placeholder\" data-service=\"film\">A film</span>"
        "<template data-service=\"film\"><iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" "
        "height=\"315\"></iframe></template>\n</main>[Film https://films.example/no]");
}

TEST_CASE("each page of a layout has the opt-out links of what it carries, whatever those before it carry") {
  FileMap pages;
  std::string carried = "fffbbffbfbbbfnnfff";  // by each: the film, a beacon (below blog/), nothing
  for (std::size_t i = 0; i < carried.size(); ++i)
    pages[std::string("s/content/") + (carried[i] == 'b' ? "blog/" : "") + static_cast<char>('a' + i) + ".md"] =
        carried[i] == 'f' ? kFilm : "Text.\n";
  const Built built = build(pages);
  CHECK(built.errors == "");
  for (std::size_t i = 0; i < carried.size(); ++i) {
    const std::string name = std::string(1, static_cast<char>('a' + i)) + ".html";
    const std::string html = built[carried[i] == 'b' ? "blog/" + name : name];
    CAPTURE(name);
    CHECK((html.find("[Film https://films.example/no]") != std::string::npos) == (carried[i] == 'f'));
    CHECK((html.find("[Beacon https://px.example/no]") != std::string::npos) == (carried[i] == 'b'));
  }
}

TEST_CASE("feeds have a link instead of what is gated") {
  FileMap more = {{"s/content/blog/a.md", std::string("+++\ndate = 2020-01-01\n+++\n") + kFilm}};
  more["s/site.toml"] = plain_site().at("s/site.toml") + "[feeds]\n";
  const Built built = build(more);
  CHECK(built.errors == "");
  CHECK(built["feed.xml"].find("&lt;a href=&quot;https://films.example/1&quot;&gt;A film&lt;/a&gt;") !=
        std::string::npos);
  CHECK(built["feed.xml"].find("iframe") == std::string::npos);
}

TEST_CASE("feeds of summaries have nothing that is gated either") {
  FileMap more = {{"s/content/blog/a.md",
                   "+++\ndate = 2020-01-01\n+++\nHi <img src=\"https://films.example/1.png\" width=\"9\" "
                   "height=\"9\" alt=\"Film\">\n\nMore.\n"}};
  more["s/site.toml"] = plain_site().at("s/site.toml") + "[feeds]\ncontent = \"summary\"\n";
  const Built built = build(more);
  CHECK(built.errors == "");
  CHECK(built["feed.xml"].find(">Hi </summary>") != std::string::npos);
  CHECK(built["feed.xml"].find("More") == std::string::npos);
}

TEST_CASE("HTML of static/ is gated, and has a policy and the runtime") {
  const Built built = build(
      {{"s/static/old.html", std::string("<!doctype html><meta charset=utf-8><title>Old</title><body>") + kFilm}});
  CHECK(built.errors == "");
  CHECK(built["old.html"].starts_with("<!doctype html><meta charset=utf-8><script>"));
  CHECK(built["old.html"].ends_with(
      "</script><title>Old</title><body><span class=\"consent-placeholder\" data-service=\"film\">A film</span>"
      "<template data-service=\"film\"><iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" "
      "height=\"315\"></iframe></template>\n"));
  CHECK(built.policies.at("old.html").find("frame-src 'self' https://films.example;") != std::string::npos);
  CHECK(built.policies.at("old.html").find("script-src 'self' 'sha256-") != std::string::npos);
}

TEST_CASE("a page's policy, runtime and tags stand before what is gated at the same place, not in its template") {
  const std::string script = "<script src=\"https://films.example/x.js\"></script>";
  const Built first = build(
      {{"s/static/a.html", "<meta charset=utf-8>" + script}, {"s/static/b.html", script}, {"s/static/c.html", kFilm}});
  CHECK(first.errors == "");
  for (const char* page : {"a.html", "b.html", "c.html"}) {
    CAPTURE(page);
    const std::string html = first[page];
    CHECK(html.find("<link rel=\"stylesheet\"") == std::string::npos);
    CHECK(html.find("<script>") < html.find("<template"));
    CHECK(html.find("<script>") != std::string::npos);
    CHECK(first.policies.at(page).find("https://films.example") != std::string::npos);
  }
  CHECK(first["b.html"].ends_with("</script><template data-service=\"film\">" + script + "</template>"));

  FileMap more = {{"s/consent.toml", kConsent},
                  {"s/themes/plain/layouts/base.mustache", "<html><head><meta charset=\"utf-8\">" + script +
                                                               "</head><body>" + script + "{{{main}}}" +
                                                               std::string(kConsentParts) + script + "</body></html>"}};
  const auto tags_at = [&](const std::string& at) {
    std::string& toml = more["s/consent.toml"] = kConsent;
    toml.replace(toml.find("pages = [\"/blog/**\"]"), 20, "pages = [\"/**\"]\nat = \"" + at + "\"");
    const Built built = build(more);
    CHECK(built.errors == "");
    return built["policy.html"];
  };
  const std::string gated = "<template data-service=\"film\">" + script + "</template>";
  const std::string tag =
      "<template data-service=\"beacon\"><img src=\"https://px.example/1.gif\" width=\"1\" height=\"1\" "
      "alt=\"\"></template>";
  const std::string head = "<html><head><meta charset=\"utf-8\">" + gated;
  const std::string main = "<main><p>All of it.</p>\n</main>";
  CHECK(tags_at("head") == head + tag + "</head><body>" + gated + main + gated + "</body></html>");
  CHECK(tags_at("body-start") == head + "</head><body>" + tag + gated + main + gated + "</body></html>");
  CHECK(tags_at("body-end") == head + "</head><body>" + gated + main + gated + tag + "</body></html>");
}

TEST_CASE("a file without an extension is HTML where it looks like it") {
  CHECK(build({{"s/static/film", "<!doctype html>\n<img src=\"https://nobody.example/x\">"}})
            .errors.find("static/film:2:11: error: no service declares the host 'nobody.example'") == 0);
  CHECK(build({{"s/static/LICENSE", "All <img src=\"https://nobody.example/x\">"}})["LICENSE"] ==
        "All <img src=\"https://nobody.example/x\">");
}

TEST_CASE("a script of the site under another name is refused, because nobody has judged it") {
  CHECK(build({{"s/static/x.txt", "localStorage.a = 1"}, {"s/content/a.md", "<script src=\"/x.txt\"></script>\n"}})
            .errors ==
        "content/a.md:1:14: error: '/x.txt' is loaded as a script, and not judged as one, because of its name "
        "[consent/unreadable-file]\n"
        "  1 | <script src=\"/x.txt\"></script>\n"
        "    |              ^~~~~~\n"
        "  hint: give it a name that ends in .js\n");
}

TEST_CASE("what is wrong with files that hardtop does not render is found at its place") {
  CHECK(
      build({{"s/static/old.html", "<title>Old</title>\n<script src=\"//nobody.example/x.js\"></script>\n"}}).errors ==
      "static/old.html:2:14: error: no service declares the host 'nobody.example' [consent/undeclared-host]\n"
      "  2 | <script src=\"//nobody.example/x.js\"></script>\n"
      "    |              ^~~~~~~~~~~~~~~~~~~~~\n" +
          lines_for("nobody"));
  CHECK(build({{"s/static/x.css", "p {\n  background: url(https://nobody.example/p.png)\n}\n"}}).errors ==
        "static/x.css:2:15: error: no service declares the host 'nobody.example' [consent/undeclared-host]\n"
        "  2 |   background: url(https://nobody.example/p.png)\n"
        "    |               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody"));
  CHECK(build({{"s/themes/plain/styles/main.scss",
                "$host: \"x\";\np {\n  background: url(https://nobody.example/p.png)\n}\n"}})
            .errors ==
        "themes/plain/styles/main.scss:3:15: error: no service declares the host 'nobody.example' "
        "[consent/undeclared-host]\n"
        "  3 |   background: url(https://nobody.example/p.png)\n"
        "    |               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody"));
  CHECK(build({{"s/static/x.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<image href=\"https://nobody.example/p.png\"/></svg>"}})
            .errors ==
        "static/x.svg:2:14: error: no service declares the host 'nobody.example' [consent/undeclared-host]\n"
        "  2 | <image href=\"https://nobody.example/p.png\"/></svg>\n"
        "    |              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody"));
}

TEST_CASE("a script of the site that uses storage is not loaded without a service") {
  const FileMap script = {{"s/static/x.js", "localStorage.setItem('a', 1)\n"}};
  FileMap loads = script;
  loads["s/content/a.md"] = "<script src=\"/x.js\"></script>\n";
  CHECK(build(loads).errors ==
        "content/a.md:1:14: error: 'x.js' uses localStorage, and runs before the visitor has chosen "
        "[consent/ungated-script]\n"
        "  1 | <script src=\"/x.js\"></script>\n"
        "    |              ^~~~~\n"
        "  hint: put data-service=\"ID\" on the script: it then runs once that service is allowed\n");
  loads["s/content/a.md"] = "<script src=\"/x.js\" data-service=\"film\"></script>\n";
  CHECK(build(loads).errors == "");
  CHECK(build(script).errors == "");
}

TEST_CASE("an image of Markdown that lacks its size is marked at its address") {
  const Built built = build({{"s/content/a.md",
                              "# A\n\n![x](https://films.example/a.png)\n\n"
                              "films.example/b.png ![y](https://films.example/b.png)\n"}});
  const std::string message =
      "error: <img> needs a width and a height, so that its placeholder takes the same room [consent/missing-size]\n";
  const std::string hint = "  hint: write both in pixels: <img width=\"640\" height=\"360\" …>\n";
  CHECK(built.errors == "content/a.md:3:6: " + message +
                            "  3 | ![x](https://films.example/a.png)\n"
                            "    |      ^~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
                            hint + "content/a.md:5:26: " + message +
                            "  5 | films.example/b.png ![y](https://films.example/b.png)\n"
                            "    |                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
                            hint);
}

TEST_CASE("a script is followed through what it imports") {
  CHECK(build({{"s/static/x.js", "import './y.js'\n"},
               {"s/static/y.js", "document.cookie = 'a=1'\n"},
               {"s/content/a.md", "<script type=\"module\" src=\"/x.js\"></script>\n"}})
            .errors ==
        "content/a.md:1:28: error: 'y.js' uses document.cookie, and runs before the visitor has chosen "
        "[consent/ungated-script]\n"
        "  1 | <script type=\"module\" src=\"/x.js\"></script>\n"
        "    |                            ^~~~~\n"
        "  hint: put data-service=\"ID\" on the script: it then runs once that service is allowed\n");
}

TEST_CASE("links open the preferences and lead to a service's opt-out") {
  const Built built = build({{"s/content/a.md", "[Choose](consent:preferences), [no](opt-out:beacon)\n"}});
  CHECK(built.errors == "");
  CHECK(built["a.html"] ==
        "<title>A</title><main><p><a href=\"/policy.html\" data-consent=\"preferences\">Choose</a>, "
        "<a href=\"https://px.example/no\">no</a></p>\n</main>");
  CHECK(build({{"s/content/a.md", "[no](opt-out:becon)\n"}}).errors ==
        "content/a.md:1:6: error: no service has the id 'becon' [consent/unknown-service]\n"
        "  1 | [no](opt-out:becon)\n"
        "    |      ^~~~~~~~~~~~~\n"
        "  hint: did you mean 'beacon'?\n");
}

TEST_CASE("the policy page exists") {
  FileMap more = {{"s/consent.toml", kConsent}};
  more["s/consent.toml"].replace(more["s/consent.toml"].find("policy.md"), 9, "polici.md");
  CHECK(build(more).errors ==
        "consent.toml:2:10: error: the policy is content/polici.md, which does not exist [consent/unknown-policy]\n"
        "  2 | policy = \"polici.md\"\n"
        "    |          ^~~~~~~~~~~\n"
        "  hint: did you mean 'policy.md'?\n");
}

TEST_CASE("a site that honours GPC says so where the standard looks for it") {
  CHECK(build({})[".well-known/gpc.json"] == "{\"gpc\": true, \"lastUpdate\": \"2026-01-01\"}\n");
  CHECK(build_in_memory(plain_site({}))[".well-known/gpc.json"] == "(no such file)");
}

TEST_CASE("a site without optional services has no runtime, and a policy all the same") {
  const Built built = build_in_memory(plain_site({{"s/content/a.md", "Hi.\n"}}));
  CHECK(built.errors == "");
  for (const auto& [path, bytes] : built.files) {
    CAPTURE(path);
    CHECK(path.find("consent") == std::string::npos);
  }
  CHECK(built.policies.at("a.html") == kPlainPolicy);
}

TEST_CASE("what a page lacks is told together with what the lock lacks") {
  const Built built = build_in_memory(
      MemoryFiles(site_with({{"s/content/a.md", "Hi.\n\n<img src=\"https://nobody.example/x.gif\" alt=\"\">\n"}})));
  CHECK_FALSE(built.fine);
  CHECK(
      built.errors.starts_with("consent.toml: error: consent.lock does not record what visitors are asked about "
                               "[consent/lock-differs]\n"
                               "  hint: run hardtop lock, and commit consent.lock together with consent.toml\n"
                               "content/a.md:3:11: error: no service declares the host 'nobody.example' "
                               "[consent/undeclared-host]\n"));
}
