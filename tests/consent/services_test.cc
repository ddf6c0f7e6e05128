#include "consent/services.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

struct World {
  ConsentConfig config;
  Url base = *parse_url("https://www.site.example/docs/");

  World() {
    const MemoryFiles files{{"consent.toml", R"(
[consent]
policy = "privacy.md"
[[service]]
id = "atlas"
name = "Atlas"
provider = "Atlas DMT"
category = "advertising"
purpose = "ads"
hosts = ["view.atlasdmt.com", "bücher.example", "203.0.113.7", "[2001:db8::1]"]
[[service]]
id = "films"
name = "Films"
provider = "Films Inc."
category = "necessary"
purpose = "films"
justification = "asked for"
hosts = ["*.films.example", "cdn.example"]
[[service]]
id = "player"
name = "Player"
provider = "Films Inc."
category = "functional"
purpose = "films"
hosts = ["*.player.films.example", "old.player.films.example"]
[[service]]
id = "old"
name = "Old"
provider = "Films Inc."
category = "functional"
purpose = "films"
hosts = ["very.old.player.films.example"]
)"}};
    Diagnostics found;
    std::optional<ConsentConfig> loaded = load_consent_config(files, "", "www.site.example", found);
    CHECK(to_text(found) == "");
    REQUIRE(loaded);
    config = std::move(*loaded);
  }
};

// "atlas view.atlasdmt.com https://view.atlasdmt.com", "first", "none" …
std::string text_of(const Owner& owner, const Services& services) {
  const auto with = [&](std::string text) {
    if (!owner.host.empty()) text += " " + owner.host;
    if (!owner.source_expression.empty()) text += " " + owner.source_expression;
    return text;
  };
  switch (owner.party) {
    case Party::none:
      return with("none");
    case Party::first:
      return with("first");
    case Party::necessary:
      return with("necessary:" + services[owner.service].id);
    case Party::optional:
      return with(services[owner.service].id);
    case Party::undeclared:
      CHECK(owner.service == kNoService);
      return with("undeclared");
    case Party::unreadable:
      return with("unreadable");
  }
  return "";
}

struct Row {
  std::string url, owner;
};

}  // namespace

TEST_CASE("whose a URL is, however it is written") {
  const World world;
  const Services services(world.config, world.base);
  const std::string atlas = "atlas view.atlasdmt.com https://view.atlasdmt.com";
  const std::vector<Row> rows = {
      // The site's own.
      {"a.png", "first"},
      {"/docs/a.png", "first"},
      {"/", "first"},
      {"../..//a.png", "first"},
      {"?x=//view.atlasdmt.com", "first"},
      {"a.png?u=https://view.atlasdmt.com/", "first"},
      {"https://www.site.example/x", "first"},
      {"HTTPS://WWW.SITE.EXAMPLE", "first"},
      {"https://www.site.example./x", "first"},
      {"http://www.site.example/x", "first"},
      {"https:x.png", "unreadable"},
      {"\tHT\nTPS:\\x.png", "unreadable"},
      {"https:\\/www.site.example/x.png", "first"},
      {"https://www.site.example:8443/x", "first"},
      {"//www.site.example/x", "first"},
      {"https://view.atlasdmt.com@www.site.example/", "first"},
      {"wss://www.site.example/live", "first"},
      {"blob:https://www.site.example/0c2", "first"},
      // Nobody is asked.
      {"", "none"},
      {"  \n", "none"},
      {"#top", "none"},
      {"mailto:a@view.atlasdmt.com", "none"},
      {"data:image/gif;base64,R0lGOD", "none"},
      {"DATA:text/html,<script src=//x.example>", "none"},
      {"javascript:void(0)", "none"},
      {"javascript://view.atlasdmt.com/%0aalert(1)", "none"},
      {"about:blank", "none"},
      {"tel:+4989", "none"},
      {"blob:null/0c2", "none"},
      {"urn:isbn:1", "none"},
      {"file:///etc/passwd", "none"},
      // A service's.
      {"https://view.atlasdmt.com/action/mini", atlas},
      {"https://VIEW.AtlasDMT.com/", atlas},
      {"//view.atlasdmt.com/x", atlas},
      {"\\\\view.atlasdmt.com\\x", atlas},
      {"/\\view.atlasdmt.com/x", atlas},
      {"\\/view.atlasdmt.com/x", atlas},
      {"https:\\\\view.atlasdmt.com/x", atlas},
      {"https:////view.atlasdmt.com/x", atlas},
      {"///view.atlasdmt.com/x", atlas},
      {"/\t/view.atlasdmt.com/x", atlas},
      {"ht\ntps://view.atl\tasdmt.com/x", atlas},
      {"  \x01https://view.atlasdmt.com/x ", atlas},
      {std::string("\0https://view.atlasdmt.com/", 27), atlas},
      {"https://view.atlasdmt.com./x", atlas},
      {"https://view%2Eatlasdmt.com/x", atlas},
      {"https://view。atlasdmt.com/x", atlas},
      {"https://ⓥiew.atlasdmt.com/x", atlas},
      {"https://user:pass@view.atlasdmt.com/x", atlas},
      {"https://www.site.example@view.atlasdmt.com/", atlas},
      {"https://www.site.example:x@view.atlasdmt.com:443/", atlas},
      {"https://view.atlasdmt.com:8443/x", "atlas view.atlasdmt.com https://view.atlasdmt.com:8443"},
      {"http://view.atlasdmt.com/x", "atlas view.atlasdmt.com http://view.atlasdmt.com"},
      {"http://view.atlasdmt.com:80/x", "atlas view.atlasdmt.com http://view.atlasdmt.com"},
      {"wss://view.atlasdmt.com/x", "atlas view.atlasdmt.com wss://view.atlasdmt.com"},
      {"ws://view.atlasdmt.com/x", "atlas view.atlasdmt.com ws://view.atlasdmt.com"},
      {"blob:https://view.atlasdmt.com/0c2", atlas},
      {"BLOB:https://view.atlasdmt.com/0c2", atlas},
      {"filesystem:https://view.atlasdmt.com/temporary/x", atlas},
      {"blob:filesystem:https://view.atlasdmt.com/temporary/x", atlas},
      {"view-source:https://view.atlasdmt.com/", atlas},
      {"https://bücher.example/x", "atlas xn--bcher-kva.example https://xn--bcher-kva.example"},
      {"https://BÜCHER.example/x", "atlas xn--bcher-kva.example https://xn--bcher-kva.example"},
      {"https://xn--bcher-kva.example/x", "atlas xn--bcher-kva.example https://xn--bcher-kva.example"},
      {"https://0xcb.0.113.7/", "atlas 203.0.113.7 https://203.0.113.7"},
      {"https://3405803783/", "atlas 203.0.113.7 https://203.0.113.7"},
      {"https://[2001:DB8:0::1]/", "atlas [2001:db8::1] https://[2001:db8::1]"},
      {"https://cdn.example/x", "necessary:films cdn.example https://cdn.example"},
      // Wildcards: every host below, not the domain itself; the longest wins, an exact name before it.
      {"https://a.films.example/", "necessary:films a.films.example https://a.films.example"},
      {"https://a.b.films.example/", "necessary:films a.b.films.example https://a.b.films.example"},
      {"https://player.films.example/", "necessary:films player.films.example https://player.films.example"},
      {"https://x.player.films.example/", "player x.player.films.example https://x.player.films.example"},
      {"https://old.player.films.example/", "player old.player.films.example https://old.player.films.example"},
      {"https://very.old.player.films.example/",
       "old very.old.player.films.example https://very.old.player.films.example"},
      {"https://films.example/", "undeclared films.example https://films.example"},
      {"https://notfilms.example/", "undeclared notfilms.example https://notfilms.example"},
      // Nobody's.
      {"https://site.example/", "undeclared site.example https://site.example"},
      {"https://atlasdmt.com/", "undeclared atlasdmt.com https://atlasdmt.com"},
      {"https://x.view.atlasdmt.com/", "undeclared x.view.atlasdmt.com https://x.view.atlasdmt.com"},
      {"https://www.site.example.evil.example/",
       "undeclared www.site.example.evil.example https://www.site.example.evil.example"},
      {"//localhost:3000/x", "undeclared localhost https://localhost:3000"},
      {"ftp://files.example/x", "undeclared files.example ftp://files.example"},
      {"file://server.example/share", "undeclared server.example file://server.example"},
      {"chrome-extension://abc/x.js", "undeclared abc chrome-extension://abc"},
      {"blob:blob:blob:https://x.example/", "undeclared x.example https://x.example"},
      // What is no URL is never taken for harmless.
      {"https://", "unreadable"},
      {"https://a b/", "unreadable"},
      {"//[::1", "unreadable"},
      {"https://view.atlasdmt.com:99999/", "unreadable"},
      {"https://1.2.3.4.5/", "unreadable"},
      {"https://a%00b/", "unreadable"},
      {"blob:blob:blob:blob:blob:blob:https://x.example/", "unreadable"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(text_of(services.owner_of(row.url, *parse_url("https://www.site.example/docs/page/")), services) ==
          row.owner);
  }
}

TEST_CASE("a URL is read against the document that holds it") {
  const World world;
  const Services services(world.config, world.base);
  const auto owner = [&](std::string_view url, std::string_view document) {
    return text_of(services.owner_of(url, *parse_url(document)), services);
  };
  CHECK(owner("a.png", "https://view.atlasdmt.com/x/") == "atlas view.atlasdmt.com https://view.atlasdmt.com");
  CHECK(owner("/a.png", "https://other.example/") == "undeclared other.example https://other.example");
  CHECK(owner("//cdn.example/a", "http://localhost/") == "necessary:films cdn.example http://cdn.example");
  CHECK(owner("a.png", "data:text/html,x") == "unreadable");
}

TEST_CASE("a base_url with a final dot or a port is the same site") {
  const World world;
  const Url base = *parse_url("https://www.site.example.:8443/");
  const Services services(world.config, base);
  CHECK(services.owner_of("https://www.site.example/", base).party == Party::first);
  CHECK(services.owner_of("x", *parse_url("https://www.site.example/")).party == Party::first);
}

TEST_CASE("services are found by id and by host") {
  const World world;
  const Services services(world.config, world.base);
  CHECK(services.find_id("films") == 1);
  CHECK(services.find_id("nobody") == kNoService);
  CHECK(services.find_host("view.atlasdmt.com") == 0);
  CHECK(services.find_host("view.atlasdmt.com.") == 0);
  CHECK(services.find_host("a.films.example") == 1);
  CHECK(services.find_host("") == kNoService);
}

TEST_CASE("the lines to paste are a service that loads when the dots are filled in") {
  const std::string lines = Services::lines_to_paste("view.atlasdmt.com");
  CHECK(lines ==
        "[[service]]\n"
        "id = \"atlasdmt\"\n"
        "name = \"…\"            # as visitors know it\n"
        "provider = \"…\"        # the company that receives the data\n"
        "category = \"…\"        # necessary, functional, analytics or advertising\n"
        "purpose = \"…\"         # what it does, in words that visitors understand\n"
        "hosts = [\"view.atlasdmt.com\"]\n"
        "# or, for services that hardtop knows whole:  hardtop new service view.atlasdmt.com");
  CHECK(Services::lines_to_paste("127.0.0.1").starts_with("[[service]]\nid = \"my-service\"\n"));

  std::string filled = lines;
  filled.replace(filled.find("category = \"…\""), std::string("category = \"…\"").size(), "category = \"analytics\"");
  const MemoryFiles files{{"consent.toml", "[consent]\npolicy = \"p.md\"\n" + filled + "\n"}};
  Diagnostics found;
  CHECK(load_consent_config(files, "", "www.site.example", found));
  CHECK(to_text(found) == "");
}
