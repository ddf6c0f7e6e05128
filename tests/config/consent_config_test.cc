#include "config/consent_config.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

struct Loaded {
  std::optional<ConsentConfig> config;
  std::string errors;
};

Loaded load(const std::string& text) {
  const MemoryFiles files{{"dir/consent.toml", text}};
  Diagnostics found;
  Loaded result;
  result.config = load_consent_config(files, "dir", "www.site.example", found);
  result.errors = to_text(found);
  CHECK(result.config.has_value() == !found.has_errors());
  return result;
}

std::string text_of(const LocalText& text) {
  std::string out;
  for (const auto& [language, words] : text.by_language) out += (out.empty() ? "" : "|") + language + "=" + words;
  return out;
}

}  // namespace

TEST_CASE("a site without a consent.toml has no services, and the built-in categories") {
  Diagnostics found;
  const std::optional<ConsentConfig> config = load_consent_config(MemoryFiles{}, "dir", "www.site.example", found);
  REQUIRE(config);
  CHECK(config->source == nullptr);
  CHECK(config->services.empty());
  CHECK_FALSE(config->asks());
  REQUIRE(config->categories.size() == 4);
  CHECK(config->categories[0].id == "necessary");
  CHECK(config->categories[3].id == "advertising");

  const Loaded empty = load("");
  REQUIRE(empty.config);
  CHECK(empty.config->source != nullptr);
  CHECK(empty.config->rule == ConsentRule::opt_in);
  CHECK(empty.config->cookie == "cookie_consent");
  CHECK(empty.config->lifetime_days == 180);
  CHECK(empty.config->honor_gpc);
  CHECK_FALSE(empty.config->gpc_updated);
  CHECK(empty.config->region_source.empty());
}

TEST_CASE("every key is read") {
  const Loaded loaded = load(R"T(
[consent]
default = "opt-out"
cookie = "choice"
lifetime_days = 90
honor_gpc = false
gpc_updated = 2026-01-01
policy = "legal/privacy.md"
form_endpoints = ["https://Forms.example/", "http://localhost:8080"]
region_source = "cookie:geo"
[[consent.region]]
places = ["us-ca", "DE"]
default = "exempt"
[[consent.region]]
places = "FR"
default = "opt-in"

[[category]]
id = "social"
name = { en = "Social media", "de-CH" = "Soziale Medien" }
about = "Sharing"
[[category]]
id = "advertising"
about = "Ads"

[[service]]
id = "atlas-2"
name = " Atlas beacon "
provider = "Atlas DMT"
category = "advertising"
purpose = { en = "Ads", DE = "Werbung" }
purpose_revision = 3
hosts = ["View.AtlasDMT.com.", "*.bücher.example", "127.0.0.1", "localhost", "s3.amazonaws.com"]
privacy_url = "http://www.atlasdmt.com/privacy/"
opt_out_url = " http://www.atlasdmt.com/privacy "
sells_or_shares = true
consent_mode = "google"
csp = { connect = ["https://view.atlasdmt.com/x/", "wss://a.xn--bcher-kva.example:8443", "'self'", "blob:"], style = ["'unsafe-inline'"], script = ["'sha256-abc='"] }
[[service.cookie]]
name = "AA*"
host = ".AtlasDMT.com"
lifetime = "2 years"
purpose = "Recognises a browser"
[[service.cookie]]
name = "sid"
lifetime = "session"
purpose = "x"
[[service.storage]]
name = "k"
kind = "local"
lifetime = "until removed"
purpose = "x"
[[service.storage]]
name = "k"
kind = "session"
purpose = "x"
[[service.storage]]
name = "db"
kind = "indexeddb"
lifetime = "1 month"
purpose = "x"
[[service.storage]]
name = "c-*"
kind = "cache"
host = "atlasdmt.com"
lifetime = "90 minutes"
purpose = "x"
[[service.tag]]
html = '<img src="https://view.atlasdmt.com/">'
[[service.tag]]
pages = ["/blog/**", "/"]
at = "head"
html = '<p>'
[[service.tag]]
at = "body-start"
html = '<i>'

[[service]]
id = "session"
name = "Sign-up"
provider = "We"
category = "necessary"
purpose = "x"
justification = "You asked for it"
)T");
  CHECK(loaded.errors == "");
  REQUIRE(loaded.config);
  const ConsentConfig& config = *loaded.config;
  CHECK(config.asks());
  CHECK(config.rule == ConsentRule::opt_out);
  CHECK(config.cookie == "choice");
  CHECK(config.lifetime_days == 90);
  CHECK_FALSE(config.honor_gpc);
  CHECK(iso_date(config.gpc_updated.value()) == "2026-01-01");
  CHECK(config.policy == "legal/privacy.md");
  CHECK(line_column(config.source->text, config.policy_place.offset).line == 8);
  CHECK(config.form_endpoints == std::vector<std::string>{"https://forms.example", "http://localhost:8080"});
  CHECK(config.region_source == "cookie:geo");
  REQUIRE(config.regions.size() == 2);
  CHECK(config.regions[0].places == std::vector<std::string>{"US-CA", "DE"});
  CHECK(config.regions[0].rule == ConsentRule::exempt);
  CHECK(config.regions[1].places == std::vector<std::string>{"FR"});
  CHECK(config.regions[1].rule == ConsentRule::opt_in);

  REQUIRE(config.categories.size() == 5);
  CHECK(config.categories[3].id == "advertising");
  CHECK(config.categories[3].name.empty());
  CHECK(text_of(config.categories[3].about) == "=Ads");
  CHECK(config.categories[4].id == "social");
  CHECK(text_of(config.categories[4].name) == "de-ch=Soziale Medien|en=Social media");

  REQUIRE(config.services.size() == 2);
  const Service& atlas = config.services[0];
  CHECK(config.find("atlas-2") == &atlas);
  CHECK(config.find("atlas") == nullptr);
  CHECK(atlas.name == "Atlas beacon");
  CHECK(atlas.provider == "Atlas DMT");
  CHECK(atlas.category == "advertising");
  CHECK_FALSE(atlas.necessary);
  CHECK(text_of(atlas.purpose) == "de=Werbung|en=Ads");
  CHECK(atlas.purpose_revision == 3);
  CHECK(atlas.hosts == std::vector<std::string>{"view.atlasdmt.com", "*.xn--bcher-kva.example", "127.0.0.1",
                                                "localhost", "s3.amazonaws.com"});
  REQUIRE(atlas.host_places.size() == 5);
  CHECK(config.source->text.substr(atlas.host_places[1].offset, atlas.host_places[1].length) == "\"*.bücher.example\"");
  CHECK(config.source->text.substr(atlas.place.offset, atlas.place.length) == "\"atlas-2\"");
  CHECK(atlas.privacy_url == "http://www.atlasdmt.com/privacy/");
  CHECK(atlas.opt_out_url == "http://www.atlasdmt.com/privacy");
  CHECK(atlas.sells_or_shares);
  CHECK(atlas.google_consent_mode);
  CHECK(atlas.csp ==
        std::map<std::string, std::vector<std::string>>{
            {"connect", {"https://view.atlasdmt.com/x/", "wss://a.xn--bcher-kva.example:8443", "'self'", "blob:"}},
            {"script", {"'sha256-abc='"}},
            {"style", {"'unsafe-inline'"}}});

  struct Item {
    StoredItem::Kind kind;
    std::string name, host, lifetime;
    int days;
    bool permanent;
  };
  const std::vector<Item> items = {{StoredItem::Kind::cookie, "AA*", "atlasdmt.com", "2 years", 731, false},
                                   {StoredItem::Kind::cookie, "sid", "", "session", 0, false},
                                   {StoredItem::Kind::local_storage, "k", "", "until removed", 0, true},
                                   {StoredItem::Kind::session_storage, "k", "", "session", 0, false},
                                   {StoredItem::Kind::indexed_db, "db", "", "1 month", 31, false},
                                   {StoredItem::Kind::cache, "c-*", "atlasdmt.com", "90 minutes", 1, false}};
  REQUIRE(atlas.stored.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CAPTURE(i);
    CHECK(atlas.stored[i].kind == items[i].kind);
    CHECK(atlas.stored[i].name == items[i].name);
    CHECK(atlas.stored[i].host == items[i].host);
    CHECK(atlas.stored[i].lifetime == items[i].lifetime);
    CHECK(atlas.stored[i].days == items[i].days);
    CHECK(atlas.stored[i].permanent == items[i].permanent);
    CHECK_FALSE(atlas.stored[i].purpose.empty());
  }

  REQUIRE(atlas.tags.size() == 3);
  CHECK(atlas.tags[0].pages == std::vector<std::string>{"/**"});
  CHECK(atlas.tags[0].at == ServiceTag::At::body_end);
  CHECK(atlas.tags[1].pages == std::vector<std::string>{"/blog/**", "/"});
  CHECK(atlas.tags[1].at == ServiceTag::At::head);
  CHECK(atlas.tags[2].at == ServiceTag::At::body_start);
  CHECK(config.services[1].necessary);
  CHECK(config.services[1].justification.in("en") == "You asked for it");
}

TEST_CASE("a text is given in the visitor's language, or the nearest there is") {
  const auto text = [](std::map<std::string, std::string> by_language) {
    LocalText result;
    result.by_language = std::move(by_language);
    return result;
  };
  struct Row {
    LocalText text;
    const char* language;
    const char* words;
  };
  const std::vector<Row> rows = {
      {text({}), "en", ""},
      {text({{"", "all"}}), "de", "all"},
      {text({{"de", "D"}, {"en", "E"}}), "de", "D"},
      {text({{"de", "D"}, {"en", "E"}}), "de-CH", "D"},
      {text({{"de-ch", "C"}, {"de", "D"}}), "de-CH", "C"},
      {text({{"zh-hant", "T"}, {"en", "E"}}), "zh-Hant-TW", "T"},
      {text({{"de", "D"}, {"en", "E"}}), "fr", "E"},
      {text({{"de", "D"}, {"fr", "F"}}), "it", "D"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.language);
    CHECK(row.text.in(row.language) == row.words);
  }
}

TEST_CASE("a lifetime is told in words and counted in days") {
  struct Row {
    const char* text;
    int days;  // -1: none; -2: permanent
  };
  const std::vector<Row> rows = {
      {"session", 0},
      {"Session", 0},
      {"until removed", -2},
      {"Until Removed ", -2},
      {"1 second", 1},
      {"30 minutes", 1},
      {"24 hours", 1},
      {"25 hours", 2},
      {"1 day", 1},
      {"400 days", 400},
      {"2 weeks", 14},
      {"1 month", 31},
      {"6 months", 183},
      {"13 months", 396},
      {"1 year", 366},
      {"2 years", 731},
      {" 2  Years ", 731},
      {"2years", 731},
      {"99999 years", 36524635},
      {"100000 years", -1},
      {"0 days", -1},
      {"", -1},
      {"two years", -1},
      {"1.5 years", -1},
      {"-1 day", -1},
      {"5", -1},
      {"years", -1},
      {"persistent", -1},
      {"1 fortnight", -1},
      {"until", -1},
      {"13 months or so", -1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Lifetime> lifetime = parse_lifetime(row.text);
    CHECK(lifetime.has_value() == (row.days != -1));
    if (!lifetime) continue;
    CHECK(lifetime->permanent == (row.days == -2));
    CHECK(lifetime->days == (row.days == -2 ? 0 : row.days));
  }
}

TEST_CASE("a tag's pattern names pages") {
  struct Row {
    const char* pattern;
    const char* url;
    bool matches;
  };
  const std::vector<Row> rows = {
      {"/**", "/", true},
      {"/**", "/a/b/c.html", true},
      {"/", "/", true},
      {"/", "/a.html", false},
      {"/*", "/", false},
      {"/*", "/a.html", true},
      {"/*", "/a/", true},
      {"/*", "/a/b.html", false},
      {"/*.html", "/a.html", true},
      {"/*.html", "/a/", false},
      {"/blog", "/blog/", true},
      {"/blog/", "/blog", true},
      {"/blog", "/blogs/", false},
      {"/blog/*", "/blog/", false},
      {"/blog/*", "/blog/a/", true},
      {"/blog/*", "/blog/a/b/", false},
      {"/blog/**", "/blog/", true},
      {"/blog/**", "/blog/a/b/", true},
      {"/blog/**", "/blogs/a", false},
      {"/**/a.html", "/a.html", true},
      {"/**/a.html", "/x/y/a.html", true},
      {"/**/a.html", "/x/y/b.html", false},
      {"/a/**/z/**/*.html", "/a/b/z/c/z/d.html", true},
      {"/a/**/z/**/*.html", "/a/b/c/d.html", false},
      {"/2026-*/*", "/2026-11/x/", true},
      {"/*a*b", "/xaybzb", true},
      {"/*a*b", "/xaybz", false},
      {"/caf%C3%A9/", "/café/", true},
      {"/café/", "/caf%C3%A9/", true},
      {"/A.html", "/a.html", false},
      {"/a.html", "/axhtml", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CAPTURE(row.url);
    CHECK(matches_page(row.pattern, row.url) == row.matches);
  }
}

TEST_CASE("the bytes of a tag are found in the file where they stand there as they are") {
  struct Row {
    const char* written;
    bool found;
  };
  const std::vector<Row> rows = {
      {"'<p class=\"a\">'", true},
      {"\"<p>\"", true},
      {"\"<p class=\\\"a\\\">\"", false},
      {"'''\n<p>\n  é\n'''", true},
      {"'''<p>'''", true},
      {"'''\n\n<p>'''", true},
      {"\"\"\"\n<p>\n\"\"\"", true},
      {"\"\"\"\n<p>\\\n  x\"\"\"", false},
      {"'''\r\n<p>'''", true},
      {"''''<p>'''", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    const Loaded loaded = load(
        "[consent]\npolicy = 'p.md'\n[[service]]\nid = 'a'\nname = 'A'\nprovider = 'P'\ncategory = "
        "'analytics'\npurpose = 'x'\n[[service.tag]]\nhtml = " +
        std::string(row.written) + "\n");
    CHECK(loaded.errors == "");
    REQUIRE(loaded.config);
    const ServiceTag& tag = loaded.config->services[0].tags[0];
    CHECK(tag.html.find("<p") != std::string::npos);
    CHECK((tag.html_offset != Place::kWholeFile) == row.found);
    if (row.found) CHECK(loaded.config->source->text.substr(tag.html_offset, tag.html.size()) == tag.html);
  }
}

TEST_CASE("a consent.toml that cannot be read is an error") {
  MemoryFiles denied{{"dir/consent.toml", ""}};
  denied.fail_on_read("dir/consent.toml", std::errc::permission_denied);
  Diagnostics found;
  CHECK_FALSE(load_consent_config(denied, "dir", "", found));
  CHECK(to_text(found) ==
        "consent.toml: error: the file cannot be read: Permission denied [consent/unreadable]\n"
        "  hint: check that it is a file that you may read\n");

  Diagnostics folder;
  CHECK_FALSE(load_consent_config(MemoryFiles{{"dir/consent.toml/x", ""}}, "dir", "", folder));
  CHECK(to_text(folder) ==
        "consent.toml: error: the file cannot be read: Is a directory [consent/unreadable]\n"
        "  hint: consent.toml must be a file: rename the folder\n");

  CHECK(load("\xEF\xBB\xBF# caf\xE9").errors ==
        "consent.toml:1:6: error: the byte 0xE9 at offset 8 is not UTF-8 [consent/invalid-utf8]\n"
        "  1 | # caf<E9>\n"
        "    |      ^~~~\n"
        "  hint: save the file in the encoding UTF-8\n");
}

TEST_CASE("what somebody else has reported before does not make a good file bad") {
  const MemoryFiles files{{"consent.toml", ""}};
  Diagnostics found;
  found.error({}, "x/y", "before");
  CHECK(load_consent_config(files, "", "", found));
}
