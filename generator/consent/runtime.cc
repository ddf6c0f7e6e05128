// Puts a site's facts into the parts of assets/consent. Each part is a function that is called with NAME_CONFIG, a name
// that no script defines: what replaces it are the function's arguments, as the part documents them. Parts see each other
// through window.hardtop, which the first of them, head, leaves behind.
#include "consent/runtime.h"

#include <algorithm>
#include <set>
#include <vector>

#include "consent/fingerprint.h"
#include "consent/script_text.h"

namespace hardtop {

namespace {

using Kind = StoredItem::Kind;

// What the runtime knows of the site's services, in the order that all its arrays have.
struct Parties {
  std::vector<const Service*> optional, necessary;
};

Parties parties_of(const ConsentConfig& config) {
  Parties parties;
  for (const Service& service : config.services)
    (service.necessary ? parties.necessary : parties.optional).push_back(&service);
  return parties;
}

std::string with_arguments(const RuntimeParts& parts, std::string_view name, std::string_view config,
                           const std::string& arguments) {
  const auto part = parts.find(name);
  if (part == parts.end()) return {};
  std::string out(part->second);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  if (const std::size_t at = out.rfind(config); at != std::string::npos) out.replace(at, config.size(), arguments);
  return out;
}

bool is_any(const Service&) { return true; }
bool is_google(const Service& service) { return service.google_consent_mode; }

std::vector<std::string_view> ids_of(const std::vector<const Service*>& services, bool (*which)(const Service&)) {
  std::vector<std::string_view> ids;
  for (const Service* service : services)
    if (which(*service)) ids.push_back(service->id);
  return ids;
}

std::string fingerprints_of(const std::vector<const Service*>& services) {
  std::vector<std::string> prints;
  prints.reserve(services.size());
  for (const Service* service : services) prints.push_back(fingerprint(*service));
  return script_array({prints.begin(), prints.end()});
}

// Third parties' cookies under their own hosts are out of a page's reach.
bool is_reachable(const StoredItem& item, const DeclaredService* declared) {
  if (item.kind != Kind::cookie || item.host.empty()) return true;
  if (declared == nullptr) return false;
  return std::any_of(declared->items.begin(), declared->items.end(),
                     [&](const DeclaredItem& shown) { return shown.name == item.name && shown.first_party; });
}

// By service a pattern of what it keeps in this way; empty where it keeps nothing. A '*' never reaches what the site itself needs.
std::vector<std::string> patterns_of(const RuntimeFacts& facts, const Parties& parties, Kind kind) {
  std::vector<std::string_view> needed;
  if (kind == Kind::cookie) needed.push_back(facts.config.cookie);
  for (const Service* service : parties.necessary)
    for (const StoredItem& item : service->stored)
      if (item.kind == kind) needed.push_back(item.name);

  std::vector<std::string> patterns;
  for (const Service* service : parties.optional) {
    const std::size_t index = static_cast<std::size_t>(service - facts.config.services.data());
    const DeclaredService* declared =
        index < facts.declaration.services.size() ? &facts.declaration.services[index] : nullptr;
    std::vector<std::string_view> names;
    bool wild = false;
    for (const StoredItem& item : service->stored) {
      if (item.kind != kind || !is_reachable(item, declared)) continue;
      names.push_back(item.name);
      wild = wild || item.name.find('*') != std::string::npos;
    }
    patterns.push_back(names.empty() ? "" : script_pattern(names, wild ? needed : std::vector<std::string_view>{}));
  }
  return patterns;
}

// What the page may still load when everything is refused. Not plain `default-src 'self'`: it comes on top of the page's own
// policy, which goes on deciding about inline code and styles, and must not stop services that are necessary.
std::string refusing_policy(const Parties& parties) {
  std::set<std::string> sources;
  for (const Service* service : parties.necessary) {
    sources.insert(service->hosts.begin(), service->hosts.end());
    for (const auto& [directive, more] : service->csp) sources.insert(more.begin(), more.end());
  }
  sources.erase("'none'");
  std::string policy = "default-src 'self' 'unsafe-inline' data: blob:";
  for (const std::string& source : sources)
    if (source != "'self'" && source != "'unsafe-inline'" && source != "data:" && source != "blob:")
      policy += ' ' + source;
  return policy;
}

std::string number_of(ConsentRule rule) {
  return rule == ConsentRule::opt_in ? "0" : rule == ConsentRule::opt_out ? "1" : "2";
}

// What holds where nobody knows where the visitor is.
ConsentRule strictest_rule(const ConsentConfig& config) {
  ConsentRule strictest = config.rule;
  for (const ConsentRegion& region : config.regions) strictest = std::min(strictest, region.rule);
  return strictest;
}

// {"DE":0,"US":1}; empty where no place has a rule of its own.
std::string rules_by_place(const ConsentConfig& config) {
  std::map<std::string, ConsentRule> rules;
  for (const ConsentRegion& region : config.regions)
    for (const std::string& place : region.places) rules.emplace(place, region.rule);
  // Cloudflare tells the country only: the strictest of its parts counts.
  if (config.region_source == "cloudflare") {
    std::map<std::string, ConsentRule> countries;
    for (const auto& [place, rule] : rules)
      if (place.size() == 2) countries.emplace(place, rule);
    for (const auto& [place, rule] : rules)
      if (const auto country = countries.find(place.substr(0, 2)); country != countries.end())
        country->second = std::min(country->second, rule);
    rules = std::move(countries);
  }
  std::vector<std::pair<std::string_view, std::string>> members;
  members.reserve(rules.size());
  for (const auto& [place, rule] : rules) members.emplace_back(place, number_of(rule));
  return members.empty() ? "" : script_object(members);
}

std::string head_arguments(const RuntimeFacts& facts, const Parties& parties) {
  const ConsentConfig& config = facts.config;
  std::vector<std::string> sellers;
  for (const Service* service : parties.optional)
    if (service->sells_or_shares) sellers.push_back(fingerprint(*service).substr(0, 3));
  return script_arguments({fingerprints_of(parties.optional), script_array({sellers.begin(), sellers.end()}),
                           script_string(config.cookie), std::to_string(config.lifetime_days),
                           std::to_string(std::max(config.lifetime_days, kOptOutDays)), config.honor_gpc ? "1" : "0",
                           script_string(refusing_policy(parties)), "history.state?.consentOnce",
                           number_of(strictest_rule(config))});
}

std::string core_arguments(const RuntimeFacts& facts, const Parties& parties) {
  std::vector<std::string_view> categories;
  for (const Service* service : parties.optional) categories.push_back(service->category);
  const std::string attributes = "; Path=" + facts.base_path + "; SameSite=Lax" + (facts.https ? "; Secure" : "");
  return script_arguments({"hardtop", script_array(ids_of(parties.optional, is_any)), script_array(categories),
                           fingerprints_of(parties.optional), script_string(facts.config.cookie),
                           script_string(attributes), script_string(facts.declaration.text_hash),
                           script_array(ids_of(parties.necessary, is_any))});
}

// Empty where no service keeps anything in the site's own name.
std::string cleanup_arguments(const RuntimeFacts& facts, const Parties& parties) {
  std::vector<std::string> kinds;
  for (const Kind kind : {Kind::cookie, Kind::local_storage, Kind::session_storage, Kind::indexed_db, Kind::cache}) {
    const std::string patterns = sparse_array(patterns_of(facts, parties, kind));
    kinds.push_back(patterns == "[]" ? "" : patterns);
  }
  const std::string all = sparse_array(kinds);
  return all == "[]" ? "" : all;
}

// {"FINGERPRINT":"id"} of what sells or shares; empty where nothing does.
std::string sellers_of(const Parties& parties) {
  std::vector<std::string> prints;  // which the pairs point into
  for (const Service* service : parties.optional) prints.push_back(fingerprint(*service));
  std::vector<std::pair<std::string_view, std::string>> members;
  for (std::size_t i = 0; i < prints.size(); ++i)
    if (const Service& service = *parties.optional[i]; service.sells_or_shares)
      members.emplace_back(prints[i], script_string(service.id));
  return members.empty() ? "" : script_object(members);
}

// Where each service's forms keep what they remember: in its first item of local storage.
std::string memory_arguments(const ConsentConfig& config) {
  std::vector<std::pair<std::string_view, std::string>> members;
  for (const Service& service : config.services) {
    const auto item = std::find_if(service.stored.begin(), service.stored.end(), [](const StoredItem& stored) {
      return stored.kind == Kind::local_storage && stored.name.find('*') == std::string::npos;
    });
    if (item != service.stored.end()) members.emplace_back(service.id, script_string(item->name));
  }
  return script_object(members);
}

}  // namespace

Runtime make_runtime(const RuntimeFacts& facts, const RuntimeParts& parts) {
  const Parties parties = parties_of(facts.config);
  Runtime runtime;

  runtime.head_script = with_arguments(parts, "head", "HEAD_CONFIG", head_arguments(facts, parties));
  if (parties.optional.size() > 1) runtime.head_script += with_arguments(parts, "asked", "ASKED_CONFIG", "");
  if (const std::string rules = rules_by_place(facts.config); !rules.empty() && !facts.config.region_source.empty()) {
    const std::string_view source = facts.config.region_source;
    const std::string cookie(source.starts_with("cookie:") ? source.substr(7) : "");
    runtime.head_script += with_arguments(parts, "regions", "REGIONS_CONFIG", script_string(cookie) + ',' + rules);
  }

  // Before the core: what listens to it from its first word on. After it: what adds to its interface.
  if (!ids_of(parties.optional, is_google).empty()) {
    const auto google_in = [&](std::string_view category) {
      std::vector<std::string_view> ids;
      for (const Service* service : parties.optional)
        if (is_google(*service) && service->category == category) ids.push_back(service->id);
      return script_array(ids);
    };
    runtime.script += with_arguments(parts, "consent_mode", "CONSENT_MODE_CONFIG",
                                     google_in("advertising") + ',' + google_in("analytics"));
  }
  if (const std::string kept = cleanup_arguments(facts, parties); !kept.empty())
    runtime.script += with_arguments(parts, "cleanup", "CLEANUP_CONFIG", kept);
  if (facts.has_memory_seat)
    runtime.script += with_arguments(parts, "memory_seat", "MEMORY_SEAT_CONFIG", memory_arguments(facts.config));
  if (facts.has_placeholders)
    runtime.script +=
        with_arguments(parts, "placeholders", "PLACEHOLDERS_CONFIG", script_array(ids_of(parties.optional, is_any)));
  runtime.script += with_arguments(parts, "core", "CORE_CONFIG", core_arguments(facts, parties));
  if (const std::string sellers = sellers_of(parties); !sellers.empty())
    runtime.script += with_arguments(parts, "sales", "SALES_CONFIG", sellers);
  runtime.script += '\n';
  return runtime;
}

}  // namespace hardtop
