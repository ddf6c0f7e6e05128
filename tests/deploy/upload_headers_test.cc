#include "deploy/upload_headers.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a name with eight hexadecimal digits between dots is that of a fingerprinted file") {
  for (const char* path : {"assets/main.0a1b2c3d.css", "a.0123456789abcdef.min.js", "x/y.deadbeef.woff2",
                           "assets/main.20261123.css", "assets/consent-runtime.01234567.js"})
    CHECK_MESSAGE(is_fingerprinted(path), path);
  for (const char* path : {"assets/main.css", "main.0a1b2c3.css", "0a1b2c3d.css", "main.0a1b2c3d", "main.0A1B2C3D.css",
                           "a.0a1b2c3d.d/x.css", "release.20261123x.zip", "minutes.20261123.pdf",
                           "assets/photo.20261123.jpg", "page.0a1b2c3d.html", ""})
    CHECK_FALSE_MESSAGE(is_fingerprinted(path), path);
}

TEST_CASE("files are sent with their type, and with what stores can keep of the rules") {
  const std::vector<HeaderRule> rules = {
      {"/*", "Content-Security-Policy", "default-src 'self'"}, {"/*", "Cache-Control", "no-cache"},
      {"/files/*", "Content-Disposition", "attachment", true}, {"/*.html", "cache-control", "max-age=60", true},
      {"/100%25.txt", "Content-Language", "de", true},
  };
  CHECK(upload_headers("index.html", {}) == "Content-Type: text/html; charset=utf-8");
  CHECK(upload_headers("index.html", rules) == "cache-control: max-age=60\tContent-Type: text/html; charset=utf-8");
  CHECK(upload_headers("files/a.bin", rules) ==
        "Cache-Control: no-cache\tContent-Disposition: attachment\tContent-Type: application/octet-stream");
  CHECK(upload_headers("100%.txt", rules) ==
        "Cache-Control: no-cache\tContent-Language: de\tContent-Type: text/plain; charset=utf-8");
}

TEST_CASE("what is sent compressed under its own name says so, and keeps its type") {
  const std::vector<HeaderRule> rules = {{"/*", "Cache-Control", "no-cache"}};
  const std::string gzip = upload_headers("index.html", rules, Encoding::gzip);
  CHECK(gzip == "Cache-Control: no-cache\tContent-Encoding: gzip\tContent-Type: text/html; charset=utf-8");
  CHECK(encoding_in(gzip) == Encoding::gzip);
  CHECK(encoding_in(upload_headers("a.css", rules, Encoding::brotli)) == Encoding::brotli);
  CHECK(encoding_in(upload_headers("a.css", rules)) == std::nullopt);
  CHECK(encoding_in("") == std::nullopt);
}
