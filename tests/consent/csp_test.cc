#include "consent/csp.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <thread>

#include "consent/csp_support.h"

using namespace hardtop;
using test::parse_policy;

namespace {

Service service(std::string id, std::vector<std::string> hosts) {
  Service out;
  out.id = std::move(id);
  out.hosts = std::move(hosts);
  return out;
}

struct Site {
  ConsentConfig config;
  Url base = *parse_url("https://www.site.example/");

  explicit Site(std::vector<Service> services = {}) { config.services = std::move(services); }
  [[nodiscard]] std::string policy(const CspNeeds& needs, const std::vector<ServiceIndex>& used = {}) const {
    return page_policy(needs, used, Services(config, base));
  }
  [[nodiscard]] std::vector<HeaderRule> headers(const SitePolicyFacts& facts) const {
    return site_headers(facts, Services(config, base));
  }
};

using Kind = InlineCode::Kind;
using D = CspDirective;

const std::string kStart =
    "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'none'; form-action 'self'";
const std::string kTrustedTypes = "; require-trusted-types-for 'script'; trusted-types 'none'";
// echo -n 'x' | openssl dgst -sha256 -binary | base64
const std::string kHashOfX = "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='";

std::string floor_of(const std::vector<HeaderRule>& rules) {
  for (const HeaderRule& rule : rules)
    if (rule.pattern == "/*" && rule.name == "Content-Security-Policy") return rule.value;
  return "";
}

}  // namespace

TEST_CASE("a page that uses nothing but its own files names nothing but itself") {
  CHECK(Site().policy({}) == kStart + kTrustedTypes);
}

TEST_CASE("what a page uses is allowed where it uses it, and nowhere else") {
  Site site({service("pixel", {"px.example", "*.px.example"}), service("tag", {"tag.example"}),
             service("film", {"www.film.example"})});
  site.config.services[2].csp = {{"style", {"'unsafe-inline'"}}, {"worker", {"blob:"}}};
  struct Case {
    std::string about;
    CspNeeds needs;
    std::vector<ServiceIndex> services;
    std::string middle;  // between the start and Trusted Types
    bool trusted_types = true;
  };
  const std::vector<Case> cases = {
      {"script", {{{Kind::script, "x"}}, {}}, {}, "; script-src 'self' " + kHashOfX},
      {"twice is once", {{{Kind::script, "x"}, {Kind::script, "x"}}, {}}, {}, "; script-src 'self' " + kHashOfX},
      {"style", {{{Kind::style, "x"}}, {}}, {}, "; style-src 'self' " + kHashOfX},
      {"handler", {{{Kind::handler, "x"}}, {}}, {}, "; script-src-attr " + kHashOfX + " 'unsafe-hashes'"},
      {"style attribute",
       {{{Kind::style_attribute, "x"}}, {}},
       {},
       "; style-src-attr " + kHashOfX + " 'unsafe-hashes'"},
      {"data:", {{}, {{D::img, "data:"}, {D::font, "data:"}}}, {}, "; img-src 'self' data:; font-src 'self' data:"},
      {"blob:", {{}, {{D::media, "blob:"}}}, {}, "; media-src 'self' blob:"},
      {"an image: the service's hosts, for it may send on to another of them",
       {{}, {{D::img, "https://px.example"}}},
       {0},
       "; img-src 'self' https://*.px.example https://px.example"},
      {"a host below a wildcard is not named a second time",
       {{}, {{D::img, "https://a.px.example"}}},
       {0},
       "; img-src 'self' https://*.px.example https://px.example"},
      {"a port is",
       {{}, {{D::img, "https://px.example:8443"}}},
       {0},
       "; img-src 'self' https://*.px.example https://px.example https://px.example:8443"},
      {"so is http:",
       {{}, {{D::frame, "http://www.film.example"}}},
       {},
       "; frame-src 'self' http://www.film.example https://www.film.example"},
      {"a script counts and fetches, too",
       {{}, {{D::script, "https://tag.example"}}, true},
       {1},
       "; script-src 'self' https://tag.example; img-src 'self' https://tag.example; connect-src 'self' "
       "https://tag.example",
       false},
      {"a data: script does not", {{}, {{D::script, "data:"}}}, {}, "; script-src 'self' data:"},
      {"manifest, media, connect, style",
       {{},
        {{D::manifest, "https://tag.example"},
         {D::media, "https://tag.example"},
         {D::connect, "https://tag.example"},
         {D::style, "https://tag.example"}}},
       {1},
       "; style-src 'self' https://tag.example; media-src 'self' https://tag.example; connect-src 'self' "
       "https://tag.example; "
       "manifest-src 'self' https://tag.example"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.about);
    CHECK(site.policy(one.needs, one.services) == kStart + one.middle + (one.trusted_types ? kTrustedTypes : ""));
  }
}

TEST_CASE("forms may post to the declared endpoints") {
  Site site;
  site.config.form_endpoints = {"https://forms.example", "https://crm.example"};
  CHECK(site.policy({}) ==
        "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'none'; form-action 'self' "
        "https://crm.example https://forms.example" +
            kTrustedTypes);
}

TEST_CASE("a worker of the site's own is allowed where a page needs it, without Trusted Types") {
  Site site;
  CspNeeds needs;
  needs.sources = {{CspDirective::worker, "'self'"}};
  CHECK(site.policy(needs) ==
        "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'self'; form-action 'self'");
}

TEST_CASE("what a service declares under csp is added on pages that use it") {
  Site site({service("chat", {"chat.example"}), service("other", {"other.example"})});
  site.config.services[0].csp = {{"connect", {"wss://ws.chat.example", "https://a.example", "https://b.example"}},
                                 {"frame", {"https://chat.example/x"}}};
  site.config.services[1].csp = {{"worker", {"blob:"}}, {"object", {"https://other.example"}}};
  CHECK(site.policy({}, {0}) ==
        kStart +
            "; frame-src 'self' https://chat.example/x; connect-src 'self' https://a.example https://b.example "
            "wss://ws.chat.example" +
            kTrustedTypes);
  CHECK_MESSAGE(
      site.policy({}, {1}) ==
          "default-src 'self'; base-uri 'none'; object-src https://other.example; worker-src blob:; form-action 'self'",
      "workers of others do not know Trusted Types");
  CHECK(site.policy({}) == kStart + kTrustedTypes);
}

TEST_CASE("'unsafe-inline' of a service is not switched off by hashes beside it") {
  Site site({service("chat", {"chat.example"})});
  site.config.services[0].csp = {{"style", {"'unsafe-inline'"}}};
  const CspNeeds needs{{{Kind::style, "x"}, {Kind::style_attribute, "x"}, {Kind::script, "x"}}, {}};
  CHECK(site.policy(needs, {0}) ==
        kStart + "; script-src 'self' " + kHashOfX + "; style-src 'self' 'unsafe-inline'" + kTrustedTypes);
}

TEST_CASE("keywords of a service are read in any case, hashes in their own") {
  Site site({service("chat", {"chat.example"})});
  site.config.services[0].csp = {{"style", {"'SELF'", "'SHA256-Abc='"}}, {"img", {"DATA:", "data:"}}};
  CHECK(site.policy({}, {0}) == kStart + "; style-src 'SHA256-Abc=' 'self'; img-src 'self' data:" + kTrustedTypes);
  site.config.services[0].csp = {{"style", {"'Unsafe-Inline'"}}};
  CHECK(site.policy({{{Kind::style, "x"}}, {}}, {0}) == kStart + "; style-src 'self' 'unsafe-inline'" + kTrustedTypes);
}

TEST_CASE("the order of needs does not change the policy") {
  Site site({service("a", {"a.example"}), service("b", {"b.example"})});
  const CspNeeds needs{{{Kind::script, "1"}, {Kind::script, "2"}},
                       {{D::img, "https://a.example"}, {D::img, "https://b.example"}, {D::img, "data:"}}};
  CspNeeds reversed = needs;
  std::reverse(reversed.inline_code.begin(), reversed.inline_code.end());
  std::reverse(reversed.sources.begin(), reversed.sources.end());
  CHECK(site.policy(needs, {0, 1}) == site.policy(reversed, {1, 0}));
}

TEST_CASE("a policy stands in a meta as it is, for it holds single quotes only") {
  CHECK(
      policy_meta("script-src 'self' https://a.example/?a&b\"c") ==
      "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' https://a.example/?a&amp;b&quot;c\">");
}

TEST_CASE("hashes are right however many texts and threads there are") {
  const Site site;
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) expected.push_back(site.policy({{{Kind::script, std::to_string(i)}}, {}}));
  CHECK(std::set<std::string>(expected.begin(), expected.end()).size() == 300);
  std::vector<std::jthread> threads;
  std::array<int, 4> wrong{};
  for (int& count : wrong)
    threads.emplace_back([&] {
      for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 300; ++i)
          count += site.policy({{{Kind::script, std::to_string(i)}}, {}}) != expected[static_cast<std::size_t>(i)];
    });
  threads.clear();
  CHECK(wrong == std::array<int, 4>{});
}

TEST_CASE("every host is to send these headers") {
  const std::string document = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  const std::vector<HeaderRule> expected = {
      {"/*", "Content-Security-Policy", kStart + kTrustedTypes + "; frame-ancestors 'self'"},
      {"/*", "Cross-Origin-Opener-Policy", "same-origin"},
      {"/*", "Permissions-Policy", "browsing-topics=()"},
      {"/*", "Referrer-Policy", "strict-origin-when-cross-origin"},
      {"/*", "Strict-Transport-Security", "max-age=31536000"},
      {"/*", "X-Content-Type-Options", "nosniff"},
      {"/*.pdf", "Content-Security-Policy", "frame-ancestors 'self'"},
      {"/*.svg", "Content-Security-Policy", document},
      {"/*.xml", "Content-Security-Policy", document},
  };
  CHECK(Site().headers({}) == expected);
  const std::vector<HeaderRule> plain = Site().headers({{}, {}, false});
  CHECK(std::none_of(plain.begin(), plain.end(),
                     [](const HeaderRule& rule) { return rule.name == "Strict-Transport-Security"; }));
}

TEST_CASE("the floor repeats few hashes, and does not grow with many") {
  const Site site;
  SitePolicyFacts facts;
  facts.all_needs.inline_code = {{Kind::script, "x"}, {Kind::script, "x"}, {Kind::style_attribute, "x"}};
  CHECK(floor_of(site.headers(facts)) == kStart + "; script-src 'self' " + kHashOfX + "; style-src-attr " + kHashOfX +
                                             " 'unsafe-hashes'" + kTrustedTypes + "; frame-ancestors 'self'");
  for (int i = 0; i < 20; ++i) facts.all_needs.inline_code.push_back({Kind::handler, std::to_string(i)});
  CHECK(floor_of(site.headers(facts)) == kStart + "; script-src 'self' 'unsafe-inline'; style-src-attr " + kHashOfX +
                                             " 'unsafe-hashes'" + kTrustedTypes + "; frame-ancestors 'self'");
}

// Properties, over sites and pages made by chance.
TEST_CASE("any policy is well-formed, and the floor forbids nothing that a page's policy allows") {
  std::mt19937 random(20261123);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> words = {
      "data:", "blob:", "https://a.example", "http://b.example:8080", "https://x.c.example", "https://unknown.example"};
  const std::vector<std::string> keys = {"script", "style", "img", "worker", "object", "frame", "connect", "font"};
  const std::vector<std::string> declared = {"'unsafe-inline'", "'unsafe-eval'", "https://d.example",
                                             "wss://a.example", "blob:",         "'self'"};
  for (int round = 0; round < 500; ++round) {
    Site site(
        {service("a", {"a.example", "cdn.a.example"}), service("b", {"b.example"}), service("c", {"*.c.example"})});
    for (Service& each : site.config.services)
      if (below(2) == 0)
        each.csp[keys[below(keys.size())]] = {declared[below(declared.size())], declared[below(declared.size())]};
    if (below(2) == 0) site.config.form_endpoints = {"https://forms.example"};
    SitePolicyFacts facts;
    std::vector<std::string> pages;
    for (int page = 0; page < 4; ++page) {
      CspNeeds needs;
      for (std::size_t i = below(5); i-- > 0;)
        needs.inline_code.push_back({static_cast<Kind>(below(4)), std::to_string(below(40))});
      for (std::size_t i = below(5); i-- > 0;)
        needs.sources.emplace_back(static_cast<D>(below(11)), words[below(words.size())]);
      needs.third_party_script = below(3) == 0;
      std::vector<ServiceIndex> used;
      for (ServiceIndex i = 0; i < 3; ++i)
        if (below(2) == 0) used.push_back(i);
      pages.push_back(site.policy(needs, used));
      auto& all = facts.all_needs;
      all.inline_code.insert(all.inline_code.end(), needs.inline_code.begin(), needs.inline_code.end());
      all.sources.insert(all.sources.end(), needs.sources.begin(), needs.sources.end());
      all.third_party_script |= needs.third_party_script;
      facts.services.insert(facts.services.end(), used.begin(), used.end());
    }
    const std::string floor = floor_of(site.headers(facts));
    std::string problem;
    const test::ParsedPolicy below_all = parse_policy(floor, problem);
    CHECK_MESSAGE(problem.empty(), problem << " in " << floor);
    for (const std::string& page : pages) {
      const test::ParsedPolicy policy = parse_policy(page, problem);
      CHECK_MESSAGE(problem.empty(), problem << " in " << page);
      for (const std::string_view never : {"frame-ancestors", "report-uri", "sandbox"})
        CHECK_MESSAGE(!policy.contains(std::string(never)), page);
      CHECK_MESSAGE(page.find("strict-dynamic") == std::string::npos, page);
      const std::string forbidden = test::first_forbidden(policy, below_all);
      CHECK_MESSAGE(forbidden.empty(), forbidden << "\n of " << page << "\n by " << floor);
    }
  }
}
