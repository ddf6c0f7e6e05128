#include "build/host_patterns.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

struct Row {
  const char* pattern;
  const char* path;
  bool matches;
};

}  // namespace

TEST_CASE("Cloudflare Pages: one splat over slashes, placeholders without them, all else byte by byte") {
  const Row table[] = {
      {"/*", "/", true},
      {"/*", "/a/b", true},
      {"/*.svg", "/a/b.svg", true},
      {"/*.svg", "/a/b.SVG", false},
      {"/*.svg", "/a-svg", false},
      {"/a/*", "/a/", true},
      {"/a/*", "/a", false},
      {"/a", "/a/", false},
      {"/:x/b", "/a/b", true},
      {"/:x/b", "//b", false},
      {"/:x/b", "/a/c/b", false},
      {"/12:30", "/12:30", true},  // no letter after the colon
      {"/a%20b", "/a%20b", true},
  };
  for (const Row& row : table) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    const auto pattern = HostPattern::for_cloudflare(row.pattern);
    REQUIRE(pattern);
    CHECK(pattern->matches(row.path) == row.matches);
  }
  for (const char* dropped : {"/*/x/*", "/**", "/:a/:a", "/:a/:ab", "/:splat"})
    CHECK_FALSE(HostPattern::for_cloudflare(dropped));
}

TEST_CASE("Netlify: parts between slashes, letters of either case, a slash at the end or none") {
  const Row table[] = {
      {"/*", "/", true},
      {"/*", "/a/b", true},
      {"/a", "/a", true},
      {"/a", "/A/", true},
      {"/a/", "/a", true},
      {"/a.b", "/axb", false},
      {"/a/*", "/a", true},
      {"/a/*", "/ab", true},  // the slash before a lone '*' may be missing
      {"/a/*", "/b", false},
      {"/*.svg", "/x/y.SVG", true},
      {"/*.svg", "/what-is-svg/", true},  // beside a '*' a dot is any character
      {"/*.svg", "/svg", false},
      {"/a*/b", "/ax/y/b", true},
      {"/:x/b", "/a/b", true},
      {"/:x/b", "/a/c/b", false},
      {"/x:y", "/x:y", true},
      {"/*/x/*", "/1/2/x/3", true},
  };
  for (const Row& row : table) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    const auto pattern = HostPattern::for_netlify(row.pattern);
    REQUIRE(pattern);
    CHECK(pattern->matches(row.path) == row.matches);
  }
  CHECK_FALSE(HostPattern::for_netlify("/a(b)*"));
}
