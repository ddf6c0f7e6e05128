#include "consent/declaration.h"

#include <doctest/doctest.h>

#include "consent/lifetime_words.h"

using namespace hardtop;

namespace {

const Translations kEnglish = {
    {"consent_category_advertising", "Advertising"},
    {"consent_category_advertising_about", "Shows you ads."},
    {"consent_category_necessary", "Necessary"},
    {"consent_category_necessary_about", "Always on."},
    {"consent_own_service", "Privacy choices"},
    {"consent_own_purpose", "Remembers what you decided."},
    {"consent_kind_cookie", "Cookie"},
    {"consent_kind_local_storage", "Local storage"},
    {"consent_kind_session_storage", "Session storage"},
    {"consent_days_one", "{n} day"},
    {"consent_days_other", "{n} days"},
    {"consent_months_one", "{n} month"},
    {"consent_months_other", "{n} months"},
    {"consent_years_one", "{n} year"},
    {"consent_years_other", "{n} years"},
    {"consent_until_closed", "Until you close the browser"},
    {"consent_until_removed", "Until you remove it"},
    {"skip_link", "Skip"},
};

LocalText local(std::string text) {
  LocalText out;
  out.by_language[""] = std::move(text);
  return out;
}

StoredItem stored(StoredItem::Kind kind, std::string name, std::string host, std::string lifetime) {
  const std::optional<Lifetime> kept = parse_lifetime(lifetime);
  StoredItem out;
  out.kind = kind;
  out.name = std::move(name);
  out.host = std::move(host);
  out.lifetime = std::move(lifetime);
  out.days = kept ? kept->days : 0;
  out.permanent = kept && kept->permanent;
  out.purpose = local("Recognises a browser");
  return out;
}

// A beacon, and a form that the site cannot do without.
ConsentConfig example() {
  ConsentConfig config;
  config.cookie = "cookie_consent";
  for (const char* id : {"necessary", "functional", "analytics", "advertising", "games"})
    config.categories.push_back({id, {}, {}});
  config.categories[4].name.by_language = {{"en", "Games"}, {"de", "Spiele"}};
  Service atlas;
  atlas.id = "atlas";
  atlas.name = "Atlas beacon";
  atlas.provider = "Atlas DMT";
  atlas.category = "advertising";
  atlas.purpose.by_language = {{"en", "Measures ads"}, {"de", "Misst Werbung"}};
  atlas.hosts = {"view.atlasdmt.com"};
  atlas.privacy_url = atlas.opt_out_url = "http://www.atlasdmt.com/privacy/";
  atlas.stored = {stored(StoredItem::Kind::cookie, "AA002", "atlasdmt.com", "2 years")};
  Service form;
  form.id = "form";
  form.name = "Sign-up";
  form.provider = "CRM";
  form.category = "necessary";
  form.necessary = true;
  form.justification = local("You asked for mail");
  Service games;
  games.id = "games";
  games.category = "games";
  games.justification = local("of no use here");
  config.services = {atlas, form, games};
  return config;
}

Declaration declare(const ConsentConfig& config, const std::string& language = "en",
                    const Translations& words = kEnglish, const ConsentLock& lock = {}) {
  return make_declaration(config, lock, language, words, "www.site.example");
}

}  // namespace

TEST_CASE("a service is declared in words, with its category's name and what it keeps") {
  const Declaration found = declare(example());
  REQUIRE(found.services.size() == 3);
  const DeclaredService& atlas = found.services[0];
  CHECK(atlas.id == "atlas");
  CHECK(atlas.name == "Atlas beacon");
  CHECK(atlas.provider == "Atlas DMT");
  CHECK(atlas.category == "Advertising");
  CHECK(atlas.category_id == "advertising");
  CHECK(atlas.purpose == "Measures ads");
  CHECK(atlas.justification.empty());
  CHECK(atlas.privacy_url == "http://www.atlasdmt.com/privacy/");
  CHECK(atlas.opt_out_url == "http://www.atlasdmt.com/privacy/");
  CHECK(atlas.hosts == std::vector<std::string>{"view.atlasdmt.com"});
  CHECK_FALSE(atlas.necessary);
  REQUIRE(atlas.items.size() == 1);
  const DeclaredItem& cookie = atlas.items[0];
  CHECK(cookie.service == "Atlas beacon");
  CHECK(cookie.name == "AA002");
  CHECK(cookie.kind == "Cookie");
  CHECK(cookie.host == "atlasdmt.com");
  CHECK(cookie.lifetime == "2 years");
  CHECK(cookie.purpose == "Recognises a browser");
  CHECK_FALSE(cookie.first_party);
  CHECK_FALSE(cookie.script_written);
  CHECK(found.services[1].necessary);
  CHECK(found.services[1].justification == "You asked for mail");
  CHECK(found.services[2].justification.empty());
}

TEST_CASE("categories come in their order, without those that have no service") {
  const Declaration found = declare(example(), "de");
  REQUIRE(found.categories.size() == 3);
  CHECK(found.categories[0].id == "necessary");
  CHECK(found.categories[0].name == "Necessary");
  CHECK(found.categories[0].about == "Always on.");
  CHECK(found.categories[0].necessary);
  CHECK(found.categories[0].services == std::vector<std::uint32_t>{1});
  CHECK(found.categories[1].id == "advertising");
  CHECK_FALSE(found.categories[1].necessary);
  CHECK(found.categories[1].services == std::vector<std::uint32_t>{0});
  CHECK(found.categories[2].name == "Spiele");
  CHECK(found.categories[2].about.empty());
  CHECK(found.services[2].category == "Spiele");
}

TEST_CASE("texts are in the language of the site") {
  CHECK(declare(example(), "de").services[0].purpose == "Misst Werbung");
}

TEST_CASE("whose an item is, and whether Safari keeps it for seven days only") {
  struct Case {
    StoredItem::Kind kind;
    std::string host, lifetime, shown_host;
    bool first_party, script_written;
  };
  using K = StoredItem::Kind;
  const std::vector<Case> cases = {
      {K::cookie, "", "2 years", "www.site.example", true, true},
      {K::cookie, "", "8 days", "www.site.example", true, true},
      {K::cookie, "", "7 days", "www.site.example", true, false},
      {K::cookie, "", "session", "www.site.example", true, false},
      {K::cookie, "www.site.example", "1 year", "www.site.example", true, true},
      {K::cookie, ".site.example", "1 year", ".site.example", true, true},
      {K::cookie, "offsite.example", "1 year", "offsite.example", false, false},
      {K::local_storage, "", "until removed", "www.site.example", true, true},
      {K::indexed_db, "", "until removed", "www.site.example", true, true},
      {K::cache, "", "1 month", "www.site.example", true, true},
      {K::session_storage, "", "session", "www.site.example", true, false},
  };
  for (const Case& one : cases) {
    ConsentConfig config = example();
    config.services[0].stored = {stored(one.kind, "x", one.host, one.lifetime)};
    CAPTURE(one.host);
    CAPTURE(one.lifetime);
    const DeclaredItem item = declare(config).services[0].items[0];
    CHECK(item.host == one.shown_host);
    CHECK(item.first_party == one.first_party);
    CHECK(item.script_written == one.script_written);
  }
}

TEST_CASE("the cookie that keeps the choice is declared by itself") {
  ConsentConfig config = example();
  const DeclaredItem own = declare(config).own_cookie;
  CHECK(own.service == "Privacy choices");
  CHECK(own.name == "cookie_consent");
  CHECK(own.kind == "Cookie");
  CHECK(own.host == "www.site.example");
  CHECK(own.lifetime == "180 days");
  CHECK(own.purpose == "Remembers what you decided.");
  CHECK(own.first_party);
  CHECK(own.script_written);
  // A refusal of a sale is kept for a year, and the cookie with it.
  config.services[0].sells_or_shares = true;
  CHECK(declare(config).own_cookie.lifetime == "1 year");
  config.lifetime_days = 400;
  CHECK(declare(config).own_cookie.lifetime == "400 days");
}

TEST_CASE("what the site as a whole does") {
  ConsentConfig config = example();
  config.honor_gpc = false;
  CHECK(declare(config).asks);
  CHECK_FALSE(declare(config).sells_or_shares);
  CHECK_FALSE(declare(config).honors_gpc);
  config.services[0].sells_or_shares = true;
  config.honor_gpc = true;
  CHECK(declare(config).sells_or_shares);
  CHECK(declare(config).honors_gpc);
  config.services = {config.services[1]};
  CHECK_FALSE(declare(config).asks);
  CHECK(declare({}).services.empty());
  CHECK(declare({}).categories.empty());
}

TEST_CASE("the note of a change is what consent.lock says of the newest facts") {
  ConsentLock lock;
  lock.entries = {{"atlas", "aaa0001", {}, "first", ""}, {"atlas", "aaa0002", {}, "Now with one more host", ""}};
  CHECK(declare(example(), "en", kEnglish, lock).services[0].note == "Now with one more host");
  CHECK(declare(example(), "en", kEnglish, lock).services[1].note.empty());
}

TEST_CASE("the text hash changes with what visitors read, and with nothing else") {
  const ConsentConfig config = example();
  const std::string before = declare(config).text_hash;
  CHECK(before.size() == 6);
  CHECK(before.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
        std::string::npos);
  CHECK(declare(config).text_hash == before);

  Translations words = kEnglish;
  words["skip_link"] = "Skip to content";
  CHECK(declare(config, "en", words).text_hash == before);
  words["consent_own_purpose"] = "Remembers it.";
  CHECK(declare(config, "en", words).text_hash != before);

  CHECK(declare(config, "de").text_hash != before);
  ConsentConfig changed = config;
  changed.services[0].provider = "Atlas";
  CHECK(declare(changed).text_hash != before);
  changed = config;
  changed.services[0].hosts = {"other.example"};
  CHECK(declare(changed).text_hash == before);
}

TEST_CASE("a word that nobody translated shows its key") {
  CHECK(declare(example(), "en", {}).own_cookie.service == "consent_own_service");
}

TEST_CASE("plural categories are those of CLDR") {
  struct Case {
    std::string language;
    std::map<std::uint64_t, std::string> expected;
  };
  const std::vector<Case> cases = {
      {"en", {{0, "other"}, {1, "one"}, {2, "other"}, {21, "other"}}},
      {"de-AT", {{1, "one"}, {2, "other"}}},
      {"nl", {{1, "one"}, {2, "other"}}},
      {"it", {{0, "other"}, {1, "one"}, {2, "other"}}},
      {"es", {{0, "other"}, {1, "one"}, {2, "other"}}},
      {"FR", {{0, "one"}, {1, "one"}, {2, "other"}}},
      {"pt-BR", {{0, "one"}, {1, "one"}, {2, "other"}}},
      {"ja", {{0, "other"}, {1, "other"}, {2, "other"}}},
      {"pl",
       {{0, "many"},
        {1, "one"},
        {2, "few"},
        {4, "few"},
        {5, "many"},
        {11, "many"},
        {12, "many"},
        {14, "many"},
        {21, "many"},
        {22, "few"},
        {24, "few"},
        {25, "many"},
        {112, "many"},
        {122, "few"}}},
      {"ar",
       {{0, "zero"},
        {1, "one"},
        {2, "two"},
        {3, "few"},
        {10, "few"},
        {11, "many"},
        {99, "many"},
        {100, "other"},
        {102, "other"},
        {103, "few"},
        {110, "few"},
        {111, "many"},
        {180, "many"}}},
      {"da", {{0, "other"}, {1, "one"}, {2, "other"}}},
  };
  for (const Case& one : cases)
    for (const auto& [n, category] : one.expected) {
      CAPTURE(one.language);
      CAPTURE(n);
      CHECK(plural_category(one.language, n) == category);
    }
}

TEST_CASE("lifetimes are said in the unit that they are declared in") {
  Translations polish = kEnglish;
  polish["consent_years_one"] = "{n} rok";
  polish["consent_years_few"] = "{n} lata";
  polish["consent_years_many"] = polish["consent_years_other"] = "{n} lat";
  const Translations arabic = {{"consent_years_two", "سنتان"}, {"consent_years_other", "{n} سنة"}};
  struct Case {
    std::string lifetime, language;
    const Translations& words;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"2 years", "en", kEnglish, "2 years"},
      {"1 year", "en", kEnglish, "1 year"},
      {"24 months", "en", kEnglish, "24 months"},
      {" 13 Months ", "en", kEnglish, "13 months"},
      {"1year", "en", kEnglish, "1 year"},
      {"session", "en", kEnglish, "Until you close the browser"},
      {"until removed", "en", kEnglish, "Until you remove it"},
      {"a while", "en", kEnglish, "a while"},
      {"2 moons", "en", kEnglish, "2 moons"},
      {"99999999999999999999 years", "en", kEnglish, "99999999999999999999 years"},
      {"", "en", kEnglish, ""},
      {"1 year", "pl", polish, "1 rok"},
      {"2 years", "pl", polish, "2 lata"},
      {"5 years", "pl", polish, "5 lat"},
      {"2 days", "pl", polish, "2 days"},
      {"2 years", "ar", arabic, "سنتان"},
      {"3 years", "ar", arabic, "3 سنة"},
      {"3 weeks", "en", kEnglish, "consent_weeks_other"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.lifetime);
    CHECK(lifetime_in_words(one.lifetime, one.language, one.words) == one.expected);
  }
}

TEST_CASE("/.well-known/gpc.json says that the signal is honoured, and since when") {
  ConsentConfig config;
  CHECK(gpc_json(config).empty());
  config.gpc_updated = parse_date("2026-11-23");
  CHECK(gpc_json(config) == "{\"gpc\": true, \"lastUpdate\": \"2026-11-23\"}\n");
  config.gpc_updated = parse_date("2026-11-23T10:00:00Z");
  CHECK(gpc_json(config) == "{\"gpc\": true, \"lastUpdate\": \"2026-11-23\"}\n");
  config.honor_gpc = false;
  CHECK(gpc_json(config).empty());
}
