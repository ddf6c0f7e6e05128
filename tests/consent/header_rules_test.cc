#include "consent/header_rules.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

using Sent = std::vector<std::pair<std::string, std::string>>;

SiteHeader own(std::string pattern, std::string name, std::string value) {
  SiteHeader header;
  header.pattern = std::move(pattern);
  header.name = std::move(name);
  header.value = std::move(value);
  return header;
}

const std::vector<HeaderRule> kFloor = {{"/*", "Content-Security-Policy", "default-src 'self'"},
                                        {"/*", "Permissions-Policy", "browsing-topics=()"},
                                        {"/*", "Referrer-Policy", "strict-origin"},
                                        {"/*.svg", "Content-Security-Policy", "default-src 'none'"}};

}  // namespace

TEST_CASE("of the rules for a path the longest pattern's wins") {
  CHECK(headers_for(kFloor, "/") == Sent{{"Content-Security-Policy", "default-src 'self'"},
                                         {"Permissions-Policy", "browsing-topics=()"},
                                         {"Referrer-Policy", "strict-origin"}});
  CHECK(headers_for(kFloor, "/a/b.svg")[0] == Sent::value_type{"Content-Security-Policy", "default-src 'none'"});
  const std::vector<HeaderRule> rules = {{"/*", "A", "1"}, {"/a/*", "a", "2"}, {"/*.b", "A", "3"}, {"/c", "A", "4"}};
  CHECK(headers_for(rules, "/x") == Sent{{"A", "1"}});
  CHECK(headers_for(rules, "/a/x") == Sent{{"a", "2"}});
  CHECK(headers_for(rules, "/a/x.b") == Sent{{"a", "2"}});  // of one length: the greater one
  CHECK(headers_for(rules, "/c") == Sent{{"A", "4"}});
  CHECK(headers_for(rules, "c").empty());
}

TEST_CASE("a pattern without a star wins over every pattern with one") {
  const std::vector<HeaderRule> rules = {
      {"/", "A", "home"}, {"/*", "A", "all"}, {"/*c", "A", "ends"}, {"/c", "A", "c"}};
  CHECK(headers_for(rules, "/") == Sent{{"A", "home"}});
  CHECK(headers_for(rules, "/c") == Sent{{"A", "c"}});
  CHECK(headers_for(rules, "/xc") == Sent{{"A", "ends"}});
}

TEST_CASE("of Cache-Control whatever the site says wins over hardtop's default, however long its pattern") {
  const auto rules =
      join_headers({{"/*", "Cache-Control", "no-cache"}, {"/a.0a1b2c3d.css", "Cache-Control", "immutable"}},
                   {own("/*.css", "cache-control", "no-store")});
  CHECK(headers_for(rules, "/a.0a1b2c3d.css") == Sent{{"cache-control", "no-store"}});
  CHECK(headers_for(rules, "/a.0a1b2c3d.js") == Sent{{"Cache-Control", "no-cache"}});
}

TEST_CASE("of patterns of one length the site's wins, and a list of values is several headers") {
  const auto rules = join_headers({{"/*.b", "A", "floor"}},
                                  {own("/a/*", "a", "1"), own("/a/*", "a", "2"), own("/*", "Link", "</x>; rel=icon")});
  CHECK(headers_for(rules, "/a/x.b") == Sent{{"a", "1"}, {"a", "2"}, {"Link", "</x>; rel=icon"}});
  CHECK(headers_for(rules, "/x.b") == Sent{{"A", "floor"}, {"Link", "</x>; rel=icon"}});
}

TEST_CASE("a site's header takes the place of hardtop's for the same pattern") {
  const auto rules = join_headers(kFloor, {own("/*", "referrer-policy", "no-referrer")});
  CHECK(rules.size() == 4);
  CHECK(headers_for(rules, "/")[2] == Sent::value_type{"referrer-policy", "no-referrer"});
}

TEST_CASE("a site's policy stands beside hardtop's, and never in its place") {
  const auto rules = join_headers(kFloor, {own("/*", "content-security-policy", "default-src *"),
                                           own("/long/pattern/*", "Content-Security-Policy", "script-src *")});
  CHECK(headers_for(rules, "/long/pattern/x")[0] == Sent::value_type{"Content-Security-Policy", "default-src 'self'"});
  CHECK(headers_for(rules, "/long/pattern/x.svg") == Sent{{"Content-Security-Policy", "default-src 'none'"},
                                                          {"content-security-policy", "default-src *"},
                                                          {"Content-Security-Policy", "script-src *"},
                                                          {"Permissions-Policy", "browsing-topics=()"},
                                                          {"Referrer-Policy", "strict-origin"}});
}

TEST_CASE("what hardtop forbids by Permissions-Policy stays forbidden where the site does not speak of it") {
  const auto value = [](const std::string& said) {
    const auto rules = join_headers(kFloor, {own("/*", "Permissions-Policy", said)});
    return headers_for(rules, "/")[1].second;
  };
  CHECK(value("camera=()") == "camera=(), browsing-topics=()");
  CHECK(value("camera=(), browsing-topics=(self)") == "camera=(), browsing-topics=(self)");
  const auto rules = join_headers(kFloor, {own("/a/*", "Permissions-Policy", "camera=()")});
  CHECK(headers_for(rules, "/a/")[1].second == "camera=(), browsing-topics=()");
}
