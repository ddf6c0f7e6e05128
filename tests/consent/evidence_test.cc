// What is kept of a version of the site, as a whole text.
#include "consent/evidence.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "consent/fingerprint.h"

using namespace hardtop;

namespace {

constexpr const char* kConsent = R"([consent]
policy = "privacy.md"
lifetime_days = 90
[[consent.region]]
places = ["US-CA", "US-CO"]
default = "opt-out"
[[service]]
id = "map"
name = "Map"
provider = "Maps Ltd"
category = "functional"
purpose = "Shows \"where\" we are"
hosts = ["maps.example"]
privacy_url = "https://maps.example/privacy"
[[service]]
id = "atlas"
name = "Atlas beacon"
provider = "Atlas"
category = "advertising"
purpose = "Counts"
hosts = ["b.atlas.example", "a.atlas.example"]
privacy_url = "https://atlas.example/privacy"
opt_out_url = "https://atlas.example/opt-out"
sells_or_shares = true
)";

const Translations kWords = {{"consent_accept", "Accept all"},
                             {"consent_category_advertising", "Advertising"},
                             {"consent_category_advertising_about", "About ads"},
                             {"consent_category_functional", "Functional"},
                             {"consent_category_functional_about", "About functions"},
                             {"other", "not shown in the banner"}};

struct Site {
  ConsentConfig config;
  Declaration declaration;
};

Site site() {
  const MemoryFiles files{{"consent.toml", kConsent}};
  Diagnostics found;
  auto config = load_consent_config(files, "", "t.example", found);
  CHECK(to_text(found) == "");
  REQUIRE(config);
  Declaration declaration = make_declaration(*config, {}, "en", kWords, "t.example");
  return {std::move(*config), std::move(declaration)};
}

std::string with_nul(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) (out += text) += '\0';
  return out;
}

}  // namespace

TEST_CASE("the evidence of a small site, whole") {
  const Site small = site();
  const std::vector<HeaderRule> headers = {{"/*", "Content-Security-Policy", "default-src 'self'"},
                                           {"/*.svg", "Content-Security-Policy", "sandbox"}};
  const std::string text = evidence_json({small.config, small.declaration, kWords, "en", "https://t.example/",
                                          "/privacy/", "We keep nothing.\n", headers});
  const std::string map = fingerprint(*small.config.find("map")), atlas = fingerprint(*small.config.find("atlas"));
  const std::string hash = small.declaration.text_hash;
  // The hash is of the texts, in the order in which they stand here.
  CHECK(hash == short_hash(with_nul({"consent_accept",
                                     "Accept all",
                                     "consent_category_advertising",
                                     "Advertising",
                                     "consent_category_advertising_about",
                                     "About ads",
                                     "consent_category_functional",
                                     "Functional",
                                     "consent_category_functional_about",
                                     "About functions",
                                     "functional",
                                     "Functional",
                                     "About functions",
                                     "advertising",
                                     "Advertising",
                                     "About ads",
                                     "map",
                                     "Map",
                                     "Maps Ltd",
                                     "Shows \"where\" we are",
                                     "",
                                     "",
                                     "atlas",
                                     "Atlas beacon",
                                     "Atlas",
                                     "Counts",
                                     "",
                                     ""}),
                           6));
  const std::string expected =
      R"({
  "format": "hardtop evidence 1",
  "generator": "hardtop )" HARDTOP_VERSION R"(",
  "site": "https://t.example/",
  "consent": {"default": "opt-in", "regions": [{"places": ["US-CA", "US-CO"], "default": "opt-out"}], "cookie": "cookie_consent", "lifetime_days": 90, "honor_gpc": true},
  "services": [
    {"id": "atlas", "fingerprint": ")" +
      atlas +
      R"(", "name": "Atlas beacon", "provider": "Atlas", "category": "advertising", "necessary": false, "sells_or_shares": true, "hosts": ["b.atlas.example", "a.atlas.example"]},
    {"id": "map", "fingerprint": ")" +
      map +
      R"(", "name": "Map", "provider": "Maps Ltd", "category": "functional", "necessary": false, "sells_or_shares": false, "hosts": ["maps.example"]}
  ],
  "texts": {
    "en": {
      "hash": ")" +
      hash + R"(",
      "words": {
        "consent_accept": "Accept all",
        "consent_category_advertising": "Advertising",
        "consent_category_advertising_about": "About ads",
        "consent_category_functional": "Functional",
        "consent_category_functional_about": "About functions"
      },
      "categories": [
        {"id": "functional", "name": "Functional", "about": "About functions"},
        {"id": "advertising", "name": "Advertising", "about": "About ads"}
      ],
      "services": [
        {"id": "map", "name": "Map", "provider": "Maps Ltd", "purpose": "Shows \"where\" we are", "justification": "", "note": ""},
        {"id": "atlas", "name": "Atlas beacon", "provider": "Atlas", "purpose": "Counts", "justification": "", "note": ""}
      ]
    }
  },
  "policy": {"path": "/privacy/", "sha256": "07a7e675d16f8d19c082161d8c5b8e3ca36a37d3b91ffb24e68d8c89217f9911"},
  "headers": [
    {"pattern": "/*", "name": "Content-Security-Policy", "value": "default-src 'self'"},
    {"pattern": "/*.svg", "name": "Content-Security-Policy", "value": "sandbox"}
  ])";
  CHECK(text == expected + "\n}\n");
  // SHA-256 of "abc" is an example of FIPS 180-4.
  const std::string manifest =
      ",\n  \"manifest_sha256\": \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"";
  CHECK(complete_evidence(text, "abc") == expected + manifest + "\n}\n");
  CHECK(complete_evidence(text, "abc", 1795392000) ==
        expected + manifest + ",\n  \"deployed\": \"2026-11-23T00:00:00Z\"\n}\n");
}

TEST_CASE("a site that asks nobody anything has evidence of its headers") {
  const ConsentConfig config;
  const Declaration declaration = make_declaration(config, {}, "en", {}, "t.example");
  const std::string text = evidence_json({config, declaration, {}, "en", "https://t.example/", "", "", {}});
  CHECK(text.find("\"services\": [],\n") != std::string::npos);
  CHECK(text.find("\"policy\": null,\n  \"headers\": []\n}\n") != std::string::npos);
}

TEST_CASE("a rollback names the state that it brings back") {
  CHECK(evidence_of_rollback("20261123T100000Z-1a2b3c4d", 1795392001) ==
        "{\"format\": \"hardtop evidence 1\", \"restores\": \"20261123T100000Z-1a2b3c4d\", \"deployed\": "
        "\"2026-11-23T00:00:01Z\"}\n");
}

TEST_CASE("the text of a page is what it says, whatever markup and frame it has") {
  const std::pair<const char*, const char*> cases[] = {
      {"<title>T</title><p>No  main,\n all <b>co</b>unts", "T\nNo main, all counts\n"},
      {"<nav>Menu</nav><main class=x><h1>Privacy</h1>\n<p>We &amp; you &lt;3<br>end</main><footer>F</footer>",
       "Privacy\nWe & you <3\nend\n"},
      {"<main>a<script>b</script><style>c</style><template>d<template>e</template>f</template><noscript>g</noscript>"
       "<!-- h --></main>",
       "a\ng\n"},
      {"<main><table><tr><td>one<td>two</table><ul><li>x<li><a href=y>y</a>z</ul></main>", "one\ntwo\nx\nyz\n"},
      {"", ""},
  };
  for (const auto& [html, expected] : cases) {
    CAPTURE(html);
    CHECK(visible_text(html) == expected);
  }
}
