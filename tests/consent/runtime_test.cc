// What make_runtime puts in. What the scripts do with it: tests/browser/runtime_*_test.mjs.
#include "consent/runtime.h"

#include <doctest/doctest.h>

#include "consent/fingerprint.h"
#include "theme/theme.h"

using namespace hardtop;

namespace {

const RuntimeParts kParts = {
    {"head", "head(HEAD_CONFIG);\n"},
    {"core", "core(CORE_CONFIG);\n"},
    {"asked", "asked();\n"},
    {"regions", "regions(REGIONS_CONFIG);\n"},
    {"consent_mode", "google(CONSENT_MODE_CONFIG);\n"},
    {"cleanup", "cleanup(CLEANUP_CONFIG);\n"},
    {"memory_seat", "memory(MEMORY_SEAT_CONFIG);\n"},
    {"placeholders", "placeholders(PLACEHOLDERS_CONFIG);\n"},
    {"sales", "sales(SALES_CONFIG);\n"},
};

Service service(const std::string& id, const std::string& category) {
  Service made;
  made.id = made.name = made.provider = id;
  made.category = category;
  made.necessary = category == "necessary";
  made.hosts = {id + ".example"};
  return made;
}

StoredItem item(const std::string& name, StoredItem::Kind kind = StoredItem::Kind::cookie,
                const std::string& host = "") {
  StoredItem made;
  made.kind = kind;
  made.name = name;
  made.host = host;
  return made;
}

Runtime compose(const ConsentConfig& config, const RuntimeParts& parts = kParts) {
  Declaration declaration;
  declaration.text_hash = "Text-1";
  return make_runtime({.config = config, .declaration = declaration, .base_path = "/docs/"}, parts);
}

std::string print(const Service& of) { return '"' + fingerprint(of) + '"'; }

}  // namespace

TEST_CASE("head and core get the site's facts; other parts are not shipped where nothing uses them") {
  ConsentConfig config;
  config.services = {service("films", "functional"), service("login", "necessary"), service("count", "analytics")};
  const Runtime runtime = compose(config);
  const std::string prints = "[" + print(config.services[0]) + "," + print(config.services[2]) + "]";
  CHECK(runtime.head_script ==
        "head(" + prints +
            ",[],\"cookie_consent\",180,365,1,"
            "\"default-src 'self' 'unsafe-inline' data: blob: login.example\",history.state?.consentOnce,0);asked();");
  CHECK(runtime.script == "core(hardtop,[\"films\",\"count\"],[\"functional\",\"analytics\"]," + prints +
                              ",\"cookie_consent\",\"; Path=/docs/; SameSite=Lax; Secure\",\"Text-1\",[\"login\"]);\n");
}

TEST_CASE("parts are shipped where they are used") {
  ConsentConfig config;
  config.services = {service("ads", "advertising"), service("count", "analytics")};
  config.services[0].sells_or_shares = true;
  config.services[0].google_consent_mode = true;
  config.services[1].google_consent_mode = true;
  config.services[1].stored = {item("seat", StoredItem::Kind::local_storage)};
  Declaration declaration;
  const Runtime runtime = make_runtime({.config = config,
                                        .declaration = declaration,
                                        .base_path = "/",
                                        .https = false,
                                        .has_placeholders = true,
                                        .has_memory_seat = true},
                                       kParts);
  const std::string start = runtime.script.substr(0, runtime.script.find("core("));
  CHECK(start ==
        "google([\"ads\"],[\"count\"]);cleanup([,[,/^(?:seat)$/]]);memory({\"count\":\"seat\"});"
        "placeholders([\"ads\",\"count\"]);");
  CHECK(runtime.script.ends_with(");sales({" + print(config.services[0]) + ":\"ads\"});\n"));
  CHECK(runtime.script.find("; Secure") == std::string::npos);
  CHECK(runtime.head_script.find(",history.state?.consentOnce,0);") != std::string::npos);
  CHECK(runtime.head_script.find(",[\"" + fingerprint(config.services[0]).substr(0, 3) + "\"],") != std::string::npos);
}

TEST_CASE("a lifetime beyond a year is that of refusals, too") {
  ConsentConfig config;
  config.services = {service("films", "functional")};
  config.lifetime_days = 390;
  config.honor_gpc = false;
  CHECK(compose(config).head_script.find(",390,390,0,") != std::string::npos);
}

TEST_CASE("what third parties keep under their own hosts is out of reach, and '*' spares what the site needs") {
  using Kind = StoredItem::Kind;
  ConsentConfig config;
  config.services = {service("films", "functional"), service("login", "necessary")};
  config.services[0].stored = {item("id", Kind::cookie, "films.example"), item("f_*"),
                               item("own", Kind::cookie, "site.example"), item("base", Kind::indexed_db)};
  config.services[1].stored = {item("f_login"), item("seat", Kind::local_storage)};
  Declaration declaration;
  declaration.services.resize(2);
  for (const StoredItem& stored : config.services[0].stored) {
    DeclaredItem shown;
    shown.name = stored.name;
    shown.first_party = stored.name != "id";
    declaration.services[0].items.push_back(shown);
  }
  const Runtime runtime = make_runtime({.config = config, .declaration = declaration, .base_path = "/"}, kParts);
  CHECK(runtime.script.find("cleanup([[/^(?!(?:cookie_consent|f_login)$)(?:f_.*|own)$/],,,[/^(?:base)$/]]);") !=
        std::string::npos);
}

TEST_CASE("necessary services and what their policy asks for stay within reach when everything is refused") {
  ConsentConfig config;
  config.services = {service("films", "functional"), service("pay", "necessary")};
  config.services[1].csp = {{"connect", {"https://api.pay.example", "'self'"}},
                            {"script", {"'wasm-unsafe-eval'", "'none'"}}};
  CHECK(compose(config).head_script.find("\"default-src 'self' 'unsafe-inline' data: blob: 'wasm-unsafe-eval' "
                                         "https://api.pay.example pay.example\"") != std::string::npos);
}

TEST_CASE("the strictest rule holds where the place is not known; rules by place come after the head script") {
  ConsentConfig config;
  config.services = {service("films", "functional")};
  config.rule = ConsentRule::opt_out;
  CHECK(compose(config).head_script.ends_with(",1);"));
  config.regions = {{{"US", "JP"}, ConsentRule::exempt, {}}, {{"DE", "US-CA"}, ConsentRule::opt_in, {}}};
  CHECK(compose(config).head_script.ends_with(",0);"));  // no source: no part
  config.region_source = "cookie:place";
  CHECK(compose(config).head_script.ends_with(R"(,0);regions("place",{"DE":0,"JP":2,"US":2,"US-CA":0});)"));
  // Cloudflare tells countries only.
  config.region_source = "cloudflare";
  CHECK(compose(config).head_script.ends_with(R"(,0);regions("",{"DE":0,"JP":2,"US":0});)"));
}

TEST_CASE("the embedded parts hold nothing that ends a script element, and every name is replaced") {
  RuntimeParts parts;
  constexpr std::string_view kFolder = "assets/consent/", kEnd = ".min.js";
  for (const EmbeddedFile& file : embedded_files()) {
    CHECK_FALSE((file.path.starts_with(kFolder) && file.path.ends_with(".js") && !file.path.ends_with(kEnd)));
    if (file.path.starts_with(kFolder) && file.path.ends_with(kEnd))
      parts.emplace(file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kEnd.size()), file.bytes);
  }
  for (const auto& [name, fake] : kParts) CHECK(parts.count(name) == 1);
  CHECK(parts.size() == kParts.size());

  ConsentConfig config;
  config.services = {service("films", "functional")};
  config.services[0].sells_or_shares = config.services[0].google_consent_mode = true;
  config.services[0].stored = {item("</script><!--*")};
  config.regions = {{{"US"}, ConsentRule::exempt, {}}};
  config.region_source = "cloudflare";
  Declaration declaration;
  const RuntimeFacts facts{.config = config,
                           .declaration = declaration,
                           .base_path = "/",
                           .has_placeholders = true,
                           .has_memory_seat = true};
  const Runtime runtime = make_runtime(facts, parts);
  for (const std::string& script : {runtime.head_script, runtime.script}) {
    CHECK(script.find("_CONFIG") == std::string::npos);
    CHECK(script.find("</") == std::string::npos);
    CHECK(script.find("<!--") == std::string::npos);
  }
  CHECK(make_runtime(facts, parts).script == runtime.script);
}
