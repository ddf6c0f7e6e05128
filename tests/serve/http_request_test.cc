#include "serve/http_request.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

std::string shown(const ParsedRequest& parsed) {
  switch (parsed.state) {
    case ParsedRequest::State::incomplete:
      return parsed.expects_continue ? "continue?" : "...";
    case ParsedRequest::State::failed:
      return std::to_string(parsed.status) + " " + parsed.message;
    case ParsedRequest::State::complete:
      break;
  }
  const HttpRequest& request = parsed.request;
  std::string text = request.method + " " + (request.path.empty() ? "(no path)" : request.path);
  if (!request.query.empty()) text += "?" + request.query;
  text += " @" + request.host;
  if (!request.keep_alive) text += " close";
  if (!request.body.empty()) text += " [" + request.body + "]";
  return text;
}

std::string parsed(std::string_view bytes, const RequestLimits& limits = {}) {
  return shown(parse_request(bytes, limits));
}

}  // namespace

TEST_CASE("requests are read as RFC 9112 says, and what is ambiguous is refused") {
  struct Case {
    std::string bytes, expected;
  };
  const Case cases[] = {
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / @h"},
      {"\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / @h"},
      {"GET / HTTP/1.1\nHost: h\n\n", "GET / @h"},
      {"GET /a/b.html?x=1&y HTTP/1.1\r\nhOST:  h:4000 \r\n\r\n", "GET /a/b.html?x=1&y @h:4000"},
      {"GET /?a?b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /?a?b @h"},
      {"GET /%C3%BC%20x HTTP/1.1\r\nHost: h\r\n\r\n", "GET /ü x @h"},
      {"GET /ü HTTP/1.1\r\nHost: h\r\n\r\n", "GET /ü @h"},
      {"GET http://other:1/x?y HTTP/1.1\r\nHost: h\r\n\r\n", "GET /x?y @other:1"},
      {"GET http://other HTTP/1.1\r\nHost: h\r\n\r\n", "GET / @other"},
      {"GET http://other?q HTTP/1.1\r\nHost: h\r\n\r\n", "GET /?q @other"},
      {"GET / HTTP/1.0\r\n\r\n", "GET / @ close"},
      {"GET / HTTP/1.0\r\nHost: h\r\nConnection: Keep-Alive\r\n\r\n", "GET / @h"},
      {"GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade, Close\r\n\r\n", "GET / @h close"},
      {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS / @h"},
      {"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET", "POST /p @h [abc]"},
      {"POST /p HTTP/1.1\r\nHost: h\r\n\r\n", "POST /p @h"},
      {"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabc", "POST /p @h [abc]"},
      // not yet all there
      {"", "..."},
      {"G", "..."},
      {"GET / HTTP/1.1\r\n", "..."},
      {"GET / HTTP/1.1\r\nHost: h\r\n", "..."},
      {"GET / HTTP/1.1\r\nHost: h\r\n\r", "..."},
      {"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab", "..."},
      {"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n", "continue?"},
      {"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\na", "..."},
      // paths that name no file, yet are no mistakes of form
      {"GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n", "GET (no path) @h"},
      {"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: h\r\n\r\n", "GET (no path) @h"},
      {"GET /%2e%2e/x HTTP/1.1\r\nHost: h\r\n\r\n", "GET (no path) @h"},
      {"GET //a HTTP/1.1\r\nHost: h\r\n\r\n", "GET (no path) @h"},
      {"GET /a%2Fb HTTP/1.1\r\nHost: h\r\n\r\n", "GET (no path) @h"},
      {"GET /..\\..\\x HTTP/1.1\r\nHost: h\r\n\r\n", "GET /..\\..\\x @h"},
      // refused
      {"GET /\r\n\r\n", "400 the request line is no METHOD PATH HTTP/1.1"},
      {"GET  HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address does not begin with '/'"},
      {"G(T / HTTP/1.1\r\nHost: h\r\n\r\n", "400 the request line is no METHOD PATH HTTP/1.1"},
      {"hello\r\n", "400 the request line is no METHOD PATH HTTP/1.1"},
      {"\x16\x03\x01\x02", "400 this is a TLS handshake: the address begins with http://, not https://"},
      {"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address holds a space or a control character"},
      {"GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address holds a space or a control character"},
      {"GET a HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address does not begin with '/'"},
      {"GET ftp://x/ HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address does not begin with '/'"},
      {"GET /100% HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address holds a '%' that begins no %XX"},
      {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address holds a '%' that begins no %XX"},
      {"GET /a%00 HTTP/1.1\r\nHost: h\r\n\r\n", "400 the address holds a '%' that begins no %XX"},
      {"GET / HTTP/1.1\r\n\r\n", "400 the Host header is missing"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 there are several Host headers"},
      {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", "400 a header is no NAME: VALUE"},
      {"GET / HTTP/1.1\r\nnothing\r\n\r\n", "400 a header is no NAME: VALUE"},
      {"GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", "400 a header is folded over two lines"},
      {"GET / HTTP/1.1\r\nHost: h\rx\r\n\r\n", "400 a header holds a control character"},
      {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", "505 only HTTP/1.0 and HTTP/1.1 are spoken here"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 only HTTP/1.0 and HTTP/1.1 are spoken here"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", "400 the Content-Length is no number"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       "400 the Content-Length is no number"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n", "413 the body is too large"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n", "413 the body is too large"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "411 a body needs a Content-Length"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
       "400 there are both Content-Length and Transfer-Encoding"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: tea\r\n\r\n",
       "417 only 100-continue can be expected"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.bytes);
    CHECK(parsed(one.bytes) == one.expected);
  }
}

TEST_CASE("every beginning of a request is incomplete, and what follows it is left alone") {
  const std::string whole = "POST /p?q=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(parsed(whole.substr(0, size)) == "...");
  const ParsedRequest read = parse_request(whole + "GET / HT");
  CHECK(read.state == ParsedRequest::State::complete);
  CHECK(read.used == whole.size());
}

TEST_CASE("requests that are too large are refused before they have ended") {
  const std::string host = " HTTP/1.1\r\nHost: h\r\n";
  CHECK(parsed("GET /" + std::string(9000, 'a')) == "414 the address is too long");
  CHECK(parsed("GET /" + std::string(9000, 'a') + host + "\r\n") == "414 the address is too long");
  CHECK(parsed("GET /" + host + "A: " + std::string(17000, 'a')) == "431 the headers are too large");
  CHECK(parsed("GET /" + host + "A: " + std::string(17000, 'a') + "\r\n\r\n") == "431 the headers are too large");
  std::string many;
  for (int i = 0; i < 101; ++i) many += "A: b\r\n";
  CHECK(parsed("GET /" + host + many) == "431 there are too many headers");
}

TEST_CASE("parameters are decoded as forms are") {
  HttpRequest request;
  request.query = "version=ab.1&output=b%C3%BC+x%2by&empty=&flag&output=2";
  CHECK(request.parameter("version") == "ab.1");
  CHECK(request.parameter("output") == "bü x+y");
  CHECK(request.parameter("empty") == "");
  CHECK(request.parameter("flag") == "");
  CHECK_FALSE(request.parameter("other"));
}
