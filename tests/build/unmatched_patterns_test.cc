// Patterns of consent.toml and site.toml that match nothing: whole texts, and what counts as there.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

FileMap site_with_tag(const std::string& pages, const FileMap& more = {}) {
  FileMap files = plain_site(more);
  files["s/content/p.md"] = "Policy\n";
  files["s/content/blog/a.md"] = "A\n";
  files["s/consent.toml"] =
      "[consent]\npolicy = \"p.md\"\n[[service]]\nid = \"x\"\nname = \"X\"\nprovider = \"X\"\ncategory = "
      "\"analytics\"\n"
      "purpose = \"Counts\"\nhosts = [\"x.example\"]\n[[service.tag]]\npages = " +
      pages + "\nhtml = '<p>x</p>'\n";
  return files;
}

BuildOptions development() {
  BuildOptions options = options_for_tests();
  options.development = true;
  return options;
}

std::string told_of_tag(const std::string& pages, const FileMap& more = {}) {
  return build_in_memory(MemoryFiles(site_with_tag(pages, more)), development()).errors;
}

FileMap site_with_headers(const std::string& headers, const FileMap& more = {}) {
  FileMap files = plain_site(more);
  files["s/content/blog/a.md"] = "A\n";
  files["s/site.toml"] += "[headers]\n" + headers;
  return files;
}

std::string told_of_headers(const std::string& headers, const FileMap& more = {}) {
  return build_in_memory(site_with_headers(headers, more)).errors;
}

}  // namespace

TEST_CASE("each pattern of a tag that is no page's is told at its place, with what may be meant") {
  CHECK(told_of_tag("[\"/blgo/**\", \"/p.md\", \"/blog/*\"]") ==
        "consent.toml:11:10: warning: no page's URL matches '/blgo/**' [build/unmatched-pattern]\n"
        "  11 | pages = [\"/blgo/**\", \"/p.md\", \"/blog/*\"]\n"
        "     |          ^~~~~~~~~~\n"
        "  hint: did you mean '/blog/**'?\n"
        "consent.toml:11:22: warning: no page's URL matches '/p.md' [build/unmatched-pattern]\n"
        "  11 | pages = [\"/blgo/**\", \"/p.md\", \"/blog/*\"]\n"
        "     |                      ^~~~~~~\n"
        "  hint: patterns are of URLs, not of files: write '/p.html'\n");
  CHECK(told_of_tag("\"/shop/**\"") ==
        "consent.toml:11:9: warning: no page's URL matches '/shop/**' [build/unmatched-pattern]\n"
        "  11 | pages = \"/shop/**\"\n"
        "     |         ^~~~~~~~~~\n"
        "  hint: write a page's path: \"/**\" is every page, \"/blog/*\" every page right below /blog/\n");
  CHECK(told_of_tag("[\"/blog/b.md\"]")
            .find("\n  hint: patterns are of URLs, not of files: write a page's path: \"/**\" is every page, "
                  "\"/blog/*\" every "
                  "page right below /blog/\n") != std::string::npos);
  CHECK(told_of_tag("[\"/p/\"]").find("\n  hint: did you mean '/p.html'?\n") != std::string::npos);
}

TEST_CASE("a pattern with the path of base_url is told that the path goes in front") {
  FileMap files = site_with_tag("[\"/docs/p.html\"]");
  files["s/site.toml"] = "title = \"T\"\nbase_url = \"https://t.example/docs/\"\ntheme = \"plain\"\nurls = \"file\"\n";
  CHECK(build_in_memory(MemoryFiles(files), development()).errors ==
        "consent.toml:11:10: warning: no page's URL matches '/docs/p.html' [build/unmatched-pattern]\n"
        "  11 | pages = [\"/docs/p.html\"]\n"
        "     |          ^~~~~~~~~~~~~~\n"
        "  hint: write '/p.html': the path of base_url goes in front\n");
}

TEST_CASE("a pattern that some page has today, or once it is published, is right") {
  const FileMap more = {{"s/content/draft.md", "+++\ndraft = true\n+++\n"},
                        {"s/content/news/n.md", "+++\ndate = 2030-01-01\ntags = [\"z\"]\n+++\n"},
                        {"s/content/old.md", "+++\nexpires = 2020-01-01\nurl = \"/was/here.html\"\n+++\n"}};
  for (const char* pattern : {"/**", "/", "/blog", "/blog/", "/blog/*.html", "/404.html", "/tags/**", "/blog/page-*",
                              "/draft.html", "/news/*", "/news/", "/tags/z.html", "/was/*", "/bl%6Fg/a.html"}) {
    CAPTURE(pattern);
    CHECK(told_of_tag("[\"" + std::string(pattern) + "\"]", more) == "");
  }
}

TEST_CASE("a path of [headers] that no file has is told at its place, once") {
  CHECK(told_of_headers("\"/nope/*\" = { X-A = \"1\", X-B = [\"2\", \"3\"] }\n\"/*\" = { X-A = \"1\" }\n") ==
        "site.toml:8:2: warning: no URL of the site matches '/nope/*' [build/unmatched-pattern]\n"
        "  8 | \"/nope/*\" = { X-A = \"1\", X-B = [\"2\", \"3\"] }\n"
        "    |  ^~~~~~~\n"
        "  hint: write a path of the site: \"/*\" is every file, \"/files/*.pdf\" each PDF below /files/\n");
  CHECK(told_of_headers("\"/blgo/*\" = { X-A = \"1\" }\n").find("\n  hint: did you mean '/blog/*'?\n") !=
        std::string::npos);
  CHECK(told_of_headers("\"/blog/index.html\" = { X-A = \"1\" }\n").find("\n  hint: did you mean '/blog/'?\n") !=
        std::string::npos);
}

TEST_CASE("what hardtop makes itself, what is compressed and what the site redirects has headers, too") {
  FileMap files = site_with_headers("", {{"s/static/_redirects", "# x\n/api/* /robots.txt 200\n"},
                                         {"s/static/a b.pdf", "p"},
                                         {"s/content/blog/c/index.md", "+++\naliases = [\"/gone/\"]\n+++\n"},
                                         {"s/content/blog/c/x.png", "png"},
                                         {"s/content/blog/d/index.md", "+++\ndraft = true\n+++\n"},
                                         {"s/content/blog/d/y.csv", "1"}});
  std::string headers;
  for (const char* pattern : {"/*", "/", "/blog/*", "/robots.txt", "/sitemap.xml", "/404.html", "/assets/*",
                              "/assets/main.*.css", "/*.css.gz", "/*.br", "/robots.txt.gz", "/api/*", "/a%20b.pdf",
                              "/gone/", "/blog/c/x.png", "/blog/d/*.csv", "/blog/d/"})
    headers += "\"" + std::string(pattern) + "\" = { X-A = \"1\" }\n";
  files["s/site.toml"] += headers;
  CHECK(build_in_memory(files).errors == "");
  CHECK(build_in_memory(MemoryFiles(files), development()).errors == "");
}
