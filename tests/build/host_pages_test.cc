// _headers and _redirects as whole texts, and what cannot be said in them.
#include <doctest/doctest.h>

#include "build/host_support.h"

using namespace hardtop;
using test::host_site;
using test::OwnHeader;

namespace {

constexpr PagesHosts kNetlify{true, false}, kCloudflare{false, true}, kBoth{true, true};
const std::string kHead =
    "# Written by hardtop for https://t.example/. Changes are lost with the next build: headers of your own belong "
    "into\n"
    "# [headers] of site.toml.\n";

std::string headers_file(const HostSite& site, const PagesHosts& hosts) {
  Diagnostics found;
  std::string text = write_headers_file(site, hosts, found);
  return found.has_errors() ? to_text(found) : text;
}
std::string redirects_file(const HostSite& site, const PagesHosts& hosts) {
  Diagnostics found;
  const std::string text = write_redirects_file(site, hosts, found);
  return to_text(found) + text;
}

}  // namespace

TEST_CASE("a later block takes back what an earlier one said, where the host would join both") {
  const HostSite site = host_site({"index.html", "a.svg", "assets/main.0a1b2c3d.css"});
  CHECK(headers_file(site, kCloudflare) == kHead +
                                               "\n/*\n"
                                               "  Cache-Control: no-cache\n"
                                               "  Content-Security-Policy: default-src 'self'\n"
                                               "\n/*.svg\n"
                                               "  ! Content-Security-Policy\n"
                                               "  Content-Security-Policy: sandbox\n"
                                               "\n/assets/main.0a1b2c3d.css\n"
                                               "  ! Cache-Control\n"
                                               "  Cache-Control: immutable\n");
  CHECK(headers_file(site, kBoth) == headers_file(site, kCloudflare));
  CHECK(headers_file(site, kNetlify) == kHead +
                                            "\n/*\n"
                                            "  Cache-Control: no-cache\n"
                                            "  Content-Security-Policy: default-src 'self'\n"
                                            "\n/*.svg\n"
                                            "  Content-Security-Policy: sandbox\n"
                                            "\n/assets/main.0a1b2c3d.css\n"
                                            "  Cache-Control: immutable\n");
}

TEST_CASE(
    "a policy of the site's own stands below hardtop's in one block, and where two patterns cross, for one address") {
  const HostSite site =
      host_site({"index.html", "x/index.html", "x/a.svg"}, {{"/x/*", "Content-Security-Policy", "img-src 'none'"}});
  CHECK(headers_file(site, kBoth) == kHead +
                                         "\n/*\n"
                                         "  Cache-Control: no-cache\n"
                                         "  Content-Security-Policy: default-src 'self'\n"
                                         "\n/*.svg\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: sandbox\n"
                                         "\n/x/*\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: default-src 'self'\n"
                                         "  Content-Security-Policy: img-src 'none'\n"
                                         "\n/x/a.svg\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: sandbox\n"
                                         "  Content-Security-Policy: img-src 'none'\n");
}

TEST_CASE(
    "a page whose address ends like a file's keeps its policy on Netlify, where a dot in a pattern is any character") {
  const HostSite site = host_site({"index.html", "what-is-svg/index.html"});
  CHECK(headers_file(site, kNetlify).ends_with("\n/what-is-svg/\n  Content-Security-Policy: default-src 'self'\n"));
  CHECK(headers_file(site, kCloudflare)
            .ends_with("\n/*.svg\n  ! Content-Security-Policy\n  Content-Security-Policy: sandbox\n"));
}

TEST_CASE("a pattern with two stars is written for each file on Cloudflare Pages, which would drop it") {
  const HostSite site =
      host_site({"index.html", "a/x/1.txt", "b/x/2.txt", "b/y.txt"}, {{"/*/x/*", "X-Robots-Tag", "noindex"}});
  CHECK(headers_file(site, kCloudflare)
            .ends_with("sandbox\n"
                       "\n/a/x/1.txt\n  X-Robots-Tag: noindex\n"
                       "\n/b/x/2.txt\n  ! X-Robots-Tag\n  X-Robots-Tag: noindex\n"));
  CHECK(headers_file(site, kNetlify).ends_with("\n/*/x/*\n  X-Robots-Tag: noindex\n"));
}

TEST_CASE("a header for pages with .html is written for their addresses without it, too") {
  const HostSite site = host_site({"index.html", "about.html"}, {{"/*.html", "X-Robots-Tag", "noindex"}});
  CHECK(headers_file(site, kCloudflare)
            .ends_with("\n/*.html\n  X-Robots-Tag: noindex\n"
                       "\n/about\n  ! X-Robots-Tag\n  X-Robots-Tag: noindex\n"));
}

TEST_CASE("a path has one block, whoever says something about it: of two, Cloudflare would drop the first") {
  const HostSite site = host_site({"index.html", "a.svg", "x/b.svg", "assets/m.0a1b2c3d.css"},
                                  {{"/*.svg", "X-A", "1"},
                                   {"/assets/m.0a1b2c3d.css", "X-B", "1"},
                                   {"/x/b.svg", "X-C", "1"},
                                   {"/x/*", "Content-Security-Policy", "img-src 'none'"}});
  CHECK(headers_file(site, kBoth) == kHead +
                                         "\n/*\n"
                                         "  Cache-Control: no-cache\n"
                                         "  Content-Security-Policy: default-src 'self'\n"
                                         "\n/x/*\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: default-src 'self'\n"
                                         "  Content-Security-Policy: img-src 'none'\n"
                                         "\n/*.svg\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: sandbox\n"
                                         "  X-A: 1\n"
                                         "\n/assets/m.0a1b2c3d.css\n"
                                         "  ! Cache-Control\n"
                                         "  Cache-Control: immutable\n"
                                         "  X-B: 1\n"
                                         "\n/x/b.svg\n"
                                         "  ! Content-Security-Policy\n"
                                         "  Content-Security-Policy: sandbox\n"
                                         "  Content-Security-Policy: img-src 'none'\n"
                                         "  X-C: 1\n");
}

TEST_CASE("above a hundred paths fingerprinted files are one, and what else lies in their folder is mended") {
  std::vector<std::string> outputs = {"index.html", "assets/own.css"};
  for (int i = 0; i < 120; ++i) outputs.push_back("assets/part-" + std::to_string(i) + ".0a1b2c3d.css");
  CHECK(headers_file(host_site(outputs), kCloudflare) == kHead +
                                                             "\n/*\n"
                                                             "  Cache-Control: no-cache\n"
                                                             "  Content-Security-Policy: default-src 'self'\n"
                                                             "\n/assets/*\n"
                                                             "  ! Cache-Control\n"
                                                             "  Cache-Control: immutable\n"
                                                             "\n/*.svg\n"
                                                             "  ! Content-Security-Policy\n"
                                                             "  Content-Security-Policy: sandbox\n"
                                                             "\n/assets/own.css\n"
                                                             "  ! Cache-Control\n"
                                                             "  Cache-Control: no-cache\n");
  // Where the site says something about that folder, too, it is one block.
  const std::string own = headers_file(host_site(outputs, {{"/assets/*", "X-A", "1"}}), kCloudflare);
  CHECK(own.find("\n/assets/*\n  X-A: 1\n  ! Cache-Control\n  Cache-Control: immutable\n") != std::string::npos);
  CHECK(own.find("/assets/*") == own.rfind("/assets/*"));
  const std::string netlify = headers_file(host_site(outputs), kNetlify);
  CHECK(netlify.find("\n/assets/part-119.0a1b2c3d.css\n") != std::string::npos);
}

TEST_CASE("what is above a hundred paths all the same is an error at the rule that needs most of them") {
  std::vector<std::string> outputs = {"index.html"};
  for (int i = 0; i < 120; ++i) outputs.push_back("a/x/" + std::to_string(i) + ".txt");
  const std::vector<OwnHeader> own = {{"/a/*", "X-A", "1"}, {"/*/x/*", "X-B", "1"}};
  CHECK(headers_file(host_site(outputs, own), kCloudflare) ==
        "site.toml:3:8: error: _headers would have 123 paths, and Cloudflare Pages reads 100; '/*/x/*' needs 120 paths "
        "of its own "
        "[host/too-much]\n"
        "  3 | /*/x/* X-B\n"
        "    |        ^~~\n"
        "  hint: write fewer or simpler paths in [headers]: Cloudflare Pages knows one '*' a path, and shows pages "
        "without .html\n");
  CHECK(headers_file(host_site(outputs, own), kNetlify).find("error") == std::string::npos);
}

TEST_CASE("a line that Cloudflare Pages would ignore is an error at its place") {
  const HostSite site = host_site({"index.html"}, {{"/*", "X-Long", std::string(1993, 'x')}});
  CHECK(headers_file(site, kCloudflare) ==
        "site.toml:2:4: error: the header 'X-Long' for '/*' is a line of 2001 characters, and Cloudflare Pages ignores "
        "lines above "
        "2000 [host/too-much]\n"
        "  2 | /* X-Long\n"
        "    |    ^~~~~~\n"
        "  hint: name fewer or shorter sources, or take \"cloudflare\" out of 'hosts' in [build]\n");
  CHECK(
      headers_file(host_site({"index.html"}, {{"/*", "X-Long", std::string(1992, 'x')}}), kCloudflare).find("error") ==
      std::string::npos);
}

TEST_CASE("what these hosts read differently is an error at its place") {
  struct Row {
    std::vector<std::string> outputs;
    std::vector<OwnHeader> own;
    PagesHosts hosts;
    std::string error;
  };
  const Row table[] = {
      {{"index.html"},
       {{"/x", "Server", "me"}},
       kBoth,
       "site.toml:2:4: error: Netlify sets the header 'Server' itself, and ignores this one [host/ignored-header]\n"
       "  2 | /x Server\n"
       "    |    ^~~~~~\n"
       "  hint: remove it, or take \"netlify\" out of 'hosts' in [build]\n"},
      {{"index.html"},
       {{"/x", "Location", "/y"}},
       kNetlify,
       "site.toml:2:4: error: Netlify sets the header 'Location' itself, and ignores this one [host/ignored-header]\n"
       "  2 | /x Location\n"
       "    |    ^~~~~~~~\n"
       "  hint: write a redirect as an alias of the page that it leads to\n"},
      {{"index.html"},
       {{"/x", "Set-Cookie", "a=1"}, {"/x", "Set-Cookie", "b=1"}},
       kCloudflare,
       "site.toml:2:4: error: Cloudflare Pages would join several values of 'Set-Cookie' with commas, and browsers "
       "read one cookie of "
       "that [host/cannot-say]\n"
       "  2 | /x Set-Cookie\n"
       "    |    ^~~~~~~~~~\n"
       "  hint: keep one of them, or let a script set the others\n"},
      {{"index.html"},
       {{"/*", "X-A", "b :splat"}},
       kCloudflare,
       "site.toml:2:4: error: Cloudflare Pages would put a part of the address in the place of ':splat' in the value "
       "of 'X-A' "
       "[host/cannot-say]\n"
       "  2 | /* X-A\n"
       "    |    ^~~\n"
       "  hint: write another value, or a path without '*'\n"},
      // Netlify reads /a as /A, and cannot take a header back.
      {{"index.html", "a.txt", "A.txt"},
       {{"/a.txt", "X-A", "1"}},
       kNetlify,
       "site.toml:2:8: error: Netlify cannot be told the header 'X-A' of '/A.txt' [host/cannot-say]\n"
       "  2 | /a.txt X-A\n"
       "    |        ^~~\n"
       "  hint: give the file a name without '*' and ':', or the header a simpler path\n"},
  };
  for (const Row& row : table) CHECK(headers_file(host_site(row.outputs, row.own), row.hosts) == row.error);
}

TEST_CASE("an alias is a redirect for each host, in the words that it understands") {
  HostSite site = host_site({"index.html"});
  site.redirects = {{"/a:b/", "/x/"}, {"/old/", "/new/"}, {"/star*/", "/x/"}};
  CHECK(redirects_file(site, kNetlify) == kHead + "\n/old/ /new/ 301!\n");
  CHECK(redirects_file(site, kCloudflare) == kHead + "\n/old/ /new/ 301\n");
  CHECK(redirects_file(site, kBoth) == kHead + "\n/old/ /new/ 301!\n/old/ /new/ 301\n");
  site.own_redirects = "/shop/* https://shop.example/:splat 302\n";
  CHECK(redirects_file(site, kNetlify) ==
        kHead + "\n/old/ /new/ 301!\n\n# From static/_redirects.\n/shop/* https://shop.example/:splat 302\n");
}

TEST_CASE("what Cloudflare would pass over of static/_redirects is an error, and Netlify takes it") {
  const auto lines = [](int count, const std::string& from) {
    std::string out;
    for (int i = 0; i < count; ++i) out += "/" + std::to_string(i) + from + " /new/ 301\n";
    return out;
  };
  const std::string head = "static/_redirects: error: ";
  const std::string or_leave = ", or take \"cloudflare\" out of 'hosts' in [build]\n";
  const struct {
    std::string own, expected;
  } table[] = {
      {lines(2000, "/") + lines(100, "/*"), ""},
      {lines(2001, "/"),
       "it has 2001 redirects without '*' and ':', and Cloudflare Pages reads 2000 [host/too-much]\n"
       "  hint: put several of them into one with '*'"},
      {lines(1, "/:year") + "# a comment\n\n" + lines(100, "/"),
       "from the first with '*' or ':' on, it has 101 redirects, and Cloudflare Pages reads 100 there "
       "[host/too-much]\n"
       "  hint: put redirects without '*' and ':' above the others"},
      {"\n/a /" + std::string(996, 'x') + "\n/b /" + std::string(997, 'x') + "\n",
       "line 3 has 1001 characters, and Cloudflare Pages ignores lines above 1000 [host/too-much]\n"
       "  hint: shorten it"},
  };
  for (const auto& each : table) {
    HostSite site = host_site({"index.html"});
    site.own_redirects = each.own;
    Diagnostics found;
    static_cast<void>(write_redirects_file(site, kBoth, found));
    CHECK(to_text(found) == (each.expected.empty() ? "" : head + each.expected + or_leave));
    Diagnostics on_netlify;
    static_cast<void>(write_redirects_file(site, kNetlify, on_netlify));
    CHECK(to_text(on_netlify) == "");
  }
}

TEST_CASE("aliases beyond Cloudflare's limits keep their redirect page, and the build says so") {
  HostSite site = host_site({"index.html"});
  site.own_redirects = "/shop/* /x 302\n# no line\n";
  for (int i = 1000; i < 3001; ++i) site.redirects.push_back({"/old-" + std::to_string(i) + "/", "/new/"});
  const std::string text = redirects_file(site, kCloudflare);
  CHECK(
      text.starts_with("site.toml:1:1: warning: 2 aliases are beyond what Cloudflare Pages reads from _redirects "
                       "[host/redirect-pages]\n"
                       "  1 | hosts\n"
                       "    | ^~~~~\n"
                       "  hint: nothing breaks: there a page redirects, as on hosts that know no redirects\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 4 + 2 + 1 + 1999 + 1 + 1 + 2);
  site.own_redirects.clear();
  site.redirects = {{"/" + std::string(1000, 'x') + "/", "/new/"}};
  CHECK(redirects_file(site, kCloudflare).find("1 alias is beyond") != std::string::npos);
  CHECK(redirects_file(site, kNetlify).find("warning") == std::string::npos);
}
