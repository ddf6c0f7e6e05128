#include "build/file_rules.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/memory_site.h"

using namespace hardtop;

namespace {

std::string cache_of(const std::vector<HeaderRule>& rules, std::string_view path) {
  for (const auto& [name, value] : headers_for(rules, path))
    if (name == "Cache-Control") return value;
  return "(none)";
}

std::vector<OutputFile> named(const std::vector<std::string>& paths) {
  std::vector<OutputFile> out;
  for (const std::string& path : paths) out.push_back({path, "", ""});
  return out;
}

}  // namespace

TEST_CASE("pages are asked for again, images a little later, and fingerprinted files never") {
  const auto rules =
      file_rules({}, named({"index.html", "a/index.html", "x.png", "assets/main.0a1b2c3d.css", "robots.txt"}),
                 {"assets/main.0a1b2c3d.css"});
  const std::vector<std::pair<std::string, std::string>> table = {
      {"/", "no-cache"},
      {"/a/", "no-cache"},
      {"/robots.txt", "no-cache"},
      {"/x.png", "public, max-age=600, must-revalidate"},
      {"/assets/main.0a1b2c3d.css", "public, max-age=31536000, immutable"},
      {"/assets/main.ffffffff.css", "no-cache"},  // a missing file must not be missing for a year
      {"/not-here.jpg", "no-cache"},              // no such ending on this site: no rule for it
  };
  for (const auto& [path, cache] : table) {
    CAPTURE(path);
    CHECK(cache_of(rules, path) == cache);
  }
}

TEST_CASE("whatever a site says about Cache-Control takes the place of the defaults") {
  SiteHeader own;
  own.pattern = "/*";
  own.name = "cache-control";
  own.value = "no-store";
  const auto rules =
      join_headers(file_rules({}, named({"x.png", "assets/a.0a1b2c3d.js"}), {"assets/a.0a1b2c3d.js"}), {own});
  for (const std::string path : {"/", "/x.png", "/assets/a.0a1b2c3d.js"})
    CHECK(headers_for(rules, path) == std::vector<std::pair<std::string, std::string>>{{"cache-control", "no-store"}});
}

TEST_CASE("an SVG file whose ending is in capitals has the policy of SVG files") {
  const std::vector<HeaderRule> floor = {{"/*", "Content-Security-Policy", "page"},
                                         {"/*.svg", "Content-Security-Policy", "svg"}};
  std::vector<HeaderRule> rules = file_rules(floor, named({"A.SVG", "b.Svg", "c.svg", "d.TXT"}), {});
  rules.insert(rules.end(), floor.begin(), floor.end());
  const auto policy = [&](std::string_view path) {
    for (const auto& [name, value] : headers_for(rules, path))
      if (name == "Content-Security-Policy") return value;
    return std::string("(none)");
  };
  CHECK(policy("/A.SVG") == "svg");
  CHECK(policy("/b.Svg") == "svg");
  CHECK(policy("/c.svg") == "svg");
  CHECK(policy("/d.TXT") == "page");
}

TEST_CASE("a build's headers say how long its files are kept; in development nothing is kept for a year") {
  for (const bool development : {false, true}) {
    BuildOptions options = test::options_for_tests();
    options.development = development;
    const test::Built built = test::build_in_memory(
        MemoryFiles(test::plain_site({{"s/content/a.md", "Hi"}, {"s/static/a.png", ""}})), options);
    REQUIRE(built.errors == "");
    const auto css =
        std::ranges::find_if(built.files, [](const auto& file) { return file.first.starts_with("assets/"); });
    REQUIRE(css != built.files.end());
    CHECK(cache_of(built.headers, "/" + css->first) ==
          (development ? "no-cache" : "public, max-age=31536000, immutable"));
    CHECK(cache_of(built.headers, "/a.png") == "public, max-age=600, must-revalidate");
  }
}
