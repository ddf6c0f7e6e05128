// For the browser tests of the runtime: reads sites as JSON from standard input, [{"services": [{"id": "atlas", …}], …}], and
// writes for each what make_runtime makes of it, from the parts that the binary carries: [{"head", "script", "fingerprints"}].
// A key that is absent has the value of ConsentConfig or RuntimeFacts.
#include <iostream>
#include <nlohmann/json.hpp>

#include "consent/fingerprint.h"
#include "consent/runtime.h"
#include "theme/theme.h"

namespace {

using namespace hardtop;
using Json = nlohmann::json;

ConsentRule rule_named(const std::string& name) {
  return name == "opt-out" ? ConsentRule::opt_out : name == "exempt" ? ConsentRule::exempt : ConsentRule::opt_in;
}

StoredItem::Kind kind_named(const std::string& name) {
  using Kind = StoredItem::Kind;
  return name == "local"     ? Kind::local_storage
         : name == "session" ? Kind::session_storage
         : name == "indexed" ? Kind::indexed_db
         : name == "cache"   ? Kind::cache
                             : Kind::cookie;
}

Service read_service(const Json& json) {
  Service service;
  service.id = json.at("id");
  service.name = json.value("name", service.id);
  service.provider = json.value("provider", service.id);
  service.category = json.value("category", "analytics");
  service.necessary = service.category == "necessary";
  service.purpose_revision = json.value("revision", std::int64_t{1});
  service.hosts = json.value("hosts", std::vector<std::string>{service.id + ".example"});
  service.sells_or_shares = json.value("sells", false);
  service.google_consent_mode = json.value("google", false);
  for (const Json& kept : json.value("stored", Json::array())) {
    StoredItem item;
    item.kind = kind_named(kept.value("kind", "cookie"));
    item.name = kept.at("name");
    item.host = kept.value("host", "");
    item.days = 30;
    service.stored.push_back(item);
  }
  return service;
}

Json compose(const Json& json, const RuntimeParts& parts) {
  ConsentConfig config;
  config.cookie = json.value("cookie", config.cookie);
  config.lifetime_days = json.value("lifetime_days", config.lifetime_days);
  config.honor_gpc = json.value("honor_gpc", true);
  config.rule = rule_named(json.value("rule", "opt-in"));
  config.region_source = json.value("region_source", "");
  for (const Json& region : json.value("regions", Json::array()))
    config.regions.push_back({region.at("places"), rule_named(region.at("rule")), {}});
  for (const Json& service : json.at("services")) config.services.push_back(read_service(service));

  Declaration declaration;
  declaration.asks = true;
  declaration.text_hash = json.value("text_hash", "Text-1");
  const Runtime runtime = make_runtime({.config = config,
                                        .declaration = declaration,
                                        .base_path = json.value("base_path", "/"),
                                        .https = json.value("https", true),
                                        .has_placeholders = json.value("placeholders", false),
                                        .has_memory_seat = json.value("memory_seat", false)},
                                       parts);
  Json prints = Json::object();
  for (const Service& service : config.services) prints[service.id] = fingerprint(service);
  return {{"head", runtime.head_script}, {"script", runtime.script}, {"fingerprints", prints}};
}

}  // namespace

int main() {
  constexpr std::string_view kFolder = "assets/consent/", kEnd = ".min.js";
  RuntimeParts parts;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(kFolder) || !file.path.ends_with(kEnd)) continue;
    parts.emplace(file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kEnd.size()), file.bytes);
  }
  Json out = Json::array();
  for (const Json& site : Json::parse(std::cin)) out.push_back(compose(site, parts));
  std::cout << out.dump() << '\n';
}
