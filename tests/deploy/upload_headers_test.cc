#include "deploy/upload_headers.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a name with eight hexadecimal digits between dots is that of a fingerprinted file") {
  for (const char* path : {"assets/main.0a1b2c3d.css", "a.0123456789abcdef.min.js", "x/y.deadbeef.woff2"})
    CHECK_MESSAGE(is_fingerprinted(path), path);
  for (const char* path : {"assets/main.css", "main.0a1b2c3.css", "0a1b2c3d.css", "main.0a1b2c3d", "main.0A1B2C3D.css",
                           "a.0a1b2c3d.d/x.css", "release.20261123x.zip", ""})
    CHECK_FALSE_MESSAGE(is_fingerprinted(path), path);
}

TEST_CASE("files are kept by browsers as long as it does no harm") {
  const struct {
    const char *path, *expected;
  } cases[] = {
      {"index.html", "no-cache"},
      {"sitemap.xml", "no-cache"},
      {"assets/main.css", "no-cache"},
      {"assets/main.0a1b2c3d.css", "public, max-age=31536000, immutable"},
      {"photo.JPG", "public, max-age=600, must-revalidate"},
      {"font.woff2", "public, max-age=600, must-revalidate"},
      {"terms.pdf", "public, max-age=600, must-revalidate"},
      {"CNAME", "no-cache"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.path);
    CHECK(cache_control_of(each.path) == each.expected);
  }
}

TEST_CASE("files are sent with their type and lifetime, and the site's rules win") {
  const std::vector<HeaderRule> rules = {
      {"/*", "Content-Security-Policy", "default-src 'self'"},
      {"/files/*", "Content-Disposition", "attachment", true},
      {"/*.html", "cache-control", "max-age=60", true},
      {"/100%25.txt", "Content-Language", "de", true},
  };
  CHECK(upload_headers("index.html", {}) == "Cache-Control: no-cache\tContent-Type: text/html; charset=utf-8");
  CHECK(upload_headers("index.html", rules) == "cache-control: max-age=60\tContent-Type: text/html; charset=utf-8");
  CHECK(upload_headers("files/a.bin", rules) ==
        "Cache-Control: no-cache\tContent-Disposition: attachment\tContent-Type: application/octet-stream");
  CHECK(upload_headers("100%.txt", rules) ==
        "Cache-Control: no-cache\tContent-Language: de\tContent-Type: text/plain; charset=utf-8");
}
