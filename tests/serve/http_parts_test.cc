// The pure parts of the server: ranges, validators, guards, media types, dates.
#include <doctest/doctest.h>

#include "base/media_types.h"
#include "serve/http_guards.h"
#include "serve/http_range.h"
#include "serve/http_response.h"

using namespace hardtop;

TEST_CASE("a range is the part that it asks for, the whole, or cannot be had") {
  struct Case {
    std::string header;
    std::uint64_t size;
    std::string expected;
  };
  const Case cases[] = {
      {"bytes=0-0", 10, "0+1"},   {"bytes=0-", 10, "0+10"},       {"bytes=2-5", 10, "2+4"},
      {"bytes=2-99", 10, "2+8"},  {"bytes=9-", 10, "9+1"},        {"bytes=-3", 10, "7+3"},
      {"bytes=-99", 10, "0+10"},  {"Bytes= 2-5 ", 10, "2+4"},     {"bytes=0-99999999999999999999999", 10, "0+10"},
      {"bytes=10-", 10, "none"},  {"bytes=10-20", 10, "none"},    {"bytes=99999999999999999999999-", 10, "none"},
      {"bytes=-0", 10, "none"},   {"bytes=0-", 0, "none"},        {"bytes=-5", 0, "whole"},
      {"bytes=5-2", 10, "whole"}, {"bytes=0-1,4-5", 10, "whole"}, {"bytes=a-b", 10, "whole"},
      {"bytes=1", 10, "whole"},   {"bytes=", 10, "whole"},        {"bytes=-", 10, "whole"},
      {"bytes=--5", 10, "whole"}, {"bytes=1-2-3", 10, "whole"},   {"lines=1-2", 10, "whole"},
      {"", 10, "whole"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.header);
    const ByteRange range = read_range(one.header, one.size);
    const std::string shown = range.kind == ByteRange::Kind::whole ? "whole"
                              : range.kind == ByteRange::Kind::part
                                  ? std::to_string(range.begin) + "+" + std::to_string(range.size)
                                  : "none";
    CHECK(shown == one.expected);
  }
}

TEST_CASE("If-None-Match compares weakly, If-Range strongly") {
  CHECK(matches_etag("\"a\"", "\"a\""));
  CHECK(matches_etag("\"x\", W/\"a\"", "\"a\""));
  CHECK(matches_etag("*", "\"a\""));
  CHECK_FALSE(matches_etag("\"b\"", "\"a\""));
  CHECK_FALSE(matches_etag("a", "\"a\""));
  CHECK(allows_range("\"a\"", "\"a\""));
  CHECK_FALSE(allows_range("W/\"a\"", "\"a\""));
  CHECK_FALSE(allows_range("Sun, 06 Nov 1994 08:49:37 GMT", "\"a\""));
}

TEST_CASE("only names of this machine are served") {
  const HostRules loopback = {4000, false, {"127.0.0.1"}};
  const HostRules bound = {4000, false, {"192.168.1.5", "[fe80::1%eth0]"}};
  const HostRules all = {4000, true, {"0.0.0.0", "desk", "desk.local"}};
  const HostRules port80 = {80, false, {}};
  struct Case {
    std::string host;
    const HostRules& rules;
    bool expected;
  };
  const Case cases[] = {
      {"localhost:4000", loopback, true},
      {"LocalHost:4000", loopback, true},
      {"localhost.:4000", loopback, true},
      {"site.localhost:4000", loopback, true},
      {"127.0.0.1:4000", loopback, true},
      {"127.9.9.9:4000", loopback, true},
      {"[::1]:4000", loopback, true},
      {"", loopback, false},
      {"localhost", loopback, false},
      {"localhost:", loopback, false},
      {"localhost:4001", loopback, false},
      {"localhost:-4000", loopback, false},
      {"localhost:4000x", loopback, false},
      {"evil.example:4000", loopback, false},
      {"localhost.evil.example:4000", loopback, false},
      {"127.evil.example:4000", loopback, false},
      {"127.0.0.1.evil.example:4000", loopback, false},
      {"notlocalhost:4000", loopback, false},
      {"192.168.1.5:4000", loopback, false},
      {"[::2]:4000", loopback, false},
      {"192.168.1.5:4000", bound, true},
      {"192.168.1.6:4000", bound, false},
      {"192.168.1.6:4000", all, true},
      {"[2001:db8::1]:4000", all, true},
      {"[2001:db8::x]:4000", all, false},
      {"desk:4000", all, true},
      {"Desk.local:4000", all, true},
      {"evil.example:4000", all, false},
      {"localhost", port80, true},
      {"localhost:80", port80, true},
  };
  for (const Case& one : cases) {
    CAPTURE(one.host);
    CHECK(is_allowed_host(one.host, one.rules) == one.expected);
  }
  CHECK(is_own_origin("http://localhost:4000", "localhost:4000"));
  CHECK(is_own_origin("http://localhost:4000", "LOCALHOST:4000"));
  CHECK_FALSE(is_own_origin("http://127.0.0.1:4000", "localhost:4000"));
  CHECK_FALSE(is_own_origin("https://localhost:4000", "localhost:4000"));
  CHECK_FALSE(is_own_origin("null", "localhost:4000"));
  CHECK_FALSE(is_own_origin("http://", ""));
}

TEST_CASE("a file's type is that of its extension, in any case of letters") {
  CHECK(media_type_of("a/index.html") == "text/html; charset=utf-8");
  CHECK(media_type_of("A.HTML") == "text/html; charset=utf-8");
  CHECK(media_type_of("x.min.js") == "text/javascript; charset=utf-8");
  CHECK(media_type_of("a.css") == "text/css; charset=utf-8");
  CHECK(media_type_of("a.svg") == "image/svg+xml; charset=utf-8");
  CHECK(media_type_of("a.woff2") == "font/woff2");
  CHECK(media_type_of("a.json") == "application/json");
  CHECK(media_type_of("site.webmanifest") == "application/manifest+json; charset=utf-8");
  CHECK(media_type_of("a.zst") == "application/zstd");
  CHECK(media_type_of("a.7z") == "application/x-7z-compressed");
  CHECK(media_type_of("CNAME") == "application/octet-stream");
  CHECK(media_type_of("a.d/readme") == "application/octet-stream");
  CHECK(media_type_of("a.unknown") == "application/octet-stream");
  CHECK(is_html_type("Text/HTML;charset=utf-8"));
  CHECK_FALSE(is_html_type("application/xhtml+xml"));
}

TEST_CASE("the head of an answer has what the body's end needs") {
  HttpResponse response;
  response.headers = {{"A", "b"}};
  response.body = body_of("xyz");
  const std::string date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
  CHECK(head_text(response, BodyEnd::by_length, true, 784111777) ==
        "HTTP/1.1 200 OK\r\n" + date + "A: b\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\n");
  CHECK(head_text(response, BodyEnd::by_close, false, 784111777) ==
        "HTTP/1.1 200 OK\r\n" + date + "A: b\r\nConnection: close\r\n\r\n");
  response.status = 304;
  CHECK(head_text(response, BodyEnd::by_length, true, 784111777) ==
        "HTTP/1.1 304 Not Modified\r\n" + date + "A: b\r\nConnection: keep-alive\r\n\r\n");
  CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(http_date(1709210096) == "Thu, 29 Feb 2024 12:34:56 GMT");
  CHECK(*plain_response(404, "no page").body.bytes == "404 Not Found: no page\n");
}
