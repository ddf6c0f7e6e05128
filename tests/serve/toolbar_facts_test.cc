#include "serve/toolbar_facts.h"

#include <doctest/doctest.h>

#include "consent/fingerprint.h"

using namespace hardtop;

TEST_CASE("a site without consent.toml has no facts of consent") {
  CHECK(format_consent_facts(ConsentConfig{}) == "null");
}

TEST_CASE("the toolbar is told what the cookie is called, where which rule holds, and what each service keeps") {
  ConsentConfig config;
  config.source = make_source("consent.toml", "");
  config.cookie = "choice";
  config.lifetime_days = 90;
  config.honor_gpc = false;
  config.rule = ConsentRule::opt_out;
  config.region_source = "cookie:place";
  config.regions.push_back({{"DE", "US-CA"}, ConsentRule::opt_in, {}});
  config.regions.push_back({{"US"}, ConsentRule::exempt, {}});
  Service atlas;
  atlas.id = "atlas";
  atlas.name = "Atlas \"beacon\"";
  atlas.provider = "Atlas DMT";
  atlas.category = "advertising";
  atlas.sells_or_shares = true;
  for (const auto& [kind, name] :
       {std::pair{StoredItem::Kind::cookie, "AA_*"}, std::pair{StoredItem::Kind::local_storage, "a"},
        std::pair{StoredItem::Kind::session_storage, "b"}, std::pair{StoredItem::Kind::indexed_db, "c"},
        std::pair{StoredItem::Kind::cache, "d"}}) {
    StoredItem item;
    item.kind = kind;
    item.name = name;
    if (kind == StoredItem::Kind::cookie) item.host = "atlasdmt.com";
    atlas.stored.push_back(item);
  }
  config.services.push_back(atlas);
  Service session;
  session.id = "session";
  session.name = "Session";
  session.provider = "We";
  session.category = "necessary";
  session.necessary = true;
  config.services.push_back(session);
  CHECK(
      format_consent_facts(config) ==
      R"({"cookie":"choice","lifetime_days":90,"honors_gpc":false,"rule":"opt-out","region_source":"cookie:place",)"
      R"("regions":[{"places":["DE","US-CA"],"rule":"opt-in"},{"places":["US"],"rule":"exempt"}],"services":[)"
      R"({"id":"atlas","name":"Atlas \"beacon\"","provider":"Atlas DMT","category":"advertising","necessary":false,"sells_or_shares":true,"fingerprint":")" +
          fingerprint(atlas) +
          R"(","stored":[{"kind":"cookie","name":"AA_*","host":"atlasdmt.com"},{"kind":"local","name":"a","host":""},)"
          R"({"kind":"session","name":"b","host":""},{"kind":"indexeddb","name":"c","host":""},{"kind":"cache","name":"d","host":""}]},)"
          R"({"id":"session","name":"Session","provider":"We","category":"necessary","necessary":true,"sells_or_shares":false,"fingerprint":")" +
          fingerprint(session) + R"(","stored":[]}]})");
}

TEST_CASE("a page's report names its services, and what the gate made inert with the place that it comes from") {
  PageReport report;
  report.content = "content/a.md";
  report.services.push_back({"films", "Films", "functional", false});
  report.services.push_back({"session", "Session", "necessary", true});
  report.gated.push_back({"films",
                          "iframe",
                          "https://films.example/1",
                          {"https://films.example/2"},
                          {make_source("content/a.md", "One\n<iframe>"), 4, 8}});
  report.gated.push_back({"films", "img", "", {}, whole_file("consent.toml")});
  CHECK(
      format_page_report(report) ==
      R"({"content":"content/a.md","services":[{"id":"films","name":"Films","category":"functional","necessary":false},)"
      R"({"id":"session","name":"Session","category":"necessary","necessary":true}],"gated":[)"
      R"({"service":"films","element":"iframe","url":"https://films.example/1","more_urls":["https://films.example/2"],"path":"content/a.md","line":2,"column":1},)"
      R"({"service":"films","element":"img","url":"","more_urls":[],"path":"consent.toml","line":null,"column":null}]})");
  CHECK(format_page_report({}) == R"({"content":"","services":[],"gated":[]})");
}
