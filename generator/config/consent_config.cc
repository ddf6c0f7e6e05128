// The file itself, [consent] with its regions, and [[category]]; services are in consent_services.cc.
#include "config/consent_config.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/toml.h"
#include "base/url.h"
#include "config/config_file.h"
#include "config/consent_reader.h"

namespace hardtop {

namespace {

constexpr std::string_view kFile = "consent.toml";
constexpr std::string_view kConsent = "[consent]";
constexpr std::int64_t kMaxLifetime = 400;  // days: browsers cut a cookie's life there (RFC 6265bis, 5.6)

constexpr std::array<std::string_view, 4> kBuiltIn = {"necessary", "functional", "analytics", "advertising"};

const std::vector<std::string_view> kRules = {"opt-in", "opt-out", "exempt"};  // in the order of ConsentRule

bool is_word(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_ascii_alphanumeric(c) || more.find(c) != std::string_view::npos;
  });
}

// "DE", "US-CA": ISO 3166-1 alpha-2, ISO 3166-2.
bool is_place(std::string_view code) {
  const std::string_view country = code.substr(0, code.find('-'));
  const std::string_view part = code.size() > country.size() ? code.substr(country.size() + 1) : "";
  return country.size() == 2 && is_word(country, "") && country.find_first_of("0123456789") == std::string_view::npos &&
         (code.size() == 2 || (part.size() <= 3 && is_word(part, "")));
}

class ConfigReader {
 public:
  explicit ConfigReader(const ConsentFile& file) : file_(file) { config_.source = file.source; }

  ConsentConfig read(const DataTable& root) {
    TableReader top = file_.reader(root, "");
    Place owner{file_.source, Place::kWholeFile, 0};
    if (const DataTable* table = top.table("consent")) {
      if (top.place("consent").offset != Place::kWholeFile) owner = top.key_place("consent");
      read_consent(*table);
    }
    read_categories(top);
    config_.services = read_services(file_, top, config_.categories);
    top.finish();
    check_policy(owner);
    return std::move(config_);
  }

 private:
  void read_consent(const DataTable& data) {
    TableReader table = file_.reader(data, std::string(kConsent));
    config_.rule = static_cast<ConsentRule>(read_word(file_, table, "default", kConsent, kRules, 0));
    read_cookie(table);
    read_lifetime(table);
    config_.honor_gpc = table.flag("honor_gpc").value_or(true);
    config_.gpc_updated = table.date("gpc_updated");
    read_policy(table);
    read_form_endpoints(table);
    read_region_source(table);
    for (const Data* region : read_tables(file_, table, "region", "consent.region")) read_region(*region);
    table.finish();
  }

  void read_cookie(TableReader& table) {
    const std::optional<std::string> cookie = table.text("cookie");
    if (!cookie) return;
    const std::string lower = to_lower_ascii(*cookie);
    if (!is_word(*cookie, "_-.") || cookie->size() > 64) {
      file_.error(table.place("cookie"), "consent/bad-value", "'cookie' in [consent] cannot be \"" + *cookie + "\"",
                  "write a name of letters, digits, '_', '-' and '.', as in \"cookie_consent\"");
    } else if (lower.starts_with("__host-") || lower.starts_with("__secure-")) {
      file_.error(table.place("cookie"), "consent/bad-value",
                  "'cookie' in [consent] begins with a prefix that browsers take on https only: \"" + *cookie + "\"",
                  "leave the prefix out: the cookie is of this host alone, and Secure on https, in any case");
    } else {
      config_.cookie = *cookie;
    }
  }

  void read_lifetime(TableReader& table) {
    const std::optional<std::int64_t> days = table.whole("lifetime_days");
    if (!days) return;
    config_.lifetime_days = *days;
    if (*days < 1 || *days > kMaxLifetime) {
      file_.error(table.place("lifetime_days"), "consent/bad-value",
                  "'lifetime_days' in [consent] must be from 1 to " + std::to_string(kMaxLifetime) + ", not " +
                      std::to_string(*days),
                  "browsers keep no cookie for more than 400 days; 180 is what regulators call good practice");
    }
  }

  void read_policy(TableReader& table) {
    const std::optional<std::string> policy = table.text("policy");
    if (!policy) return;
    config_.policy = *policy;
    config_.policy_place = table.place("policy");
    const std::optional<std::string> normal = normalize_path(*policy);
    if (normal && !normal->empty() && normal == *policy && !policy->starts_with('/') &&
        !policy->starts_with("content/") && policy->ends_with(".md"))
      return;
    std::string_view name = *policy;
    while (name.starts_with('/')) name.remove_prefix(1);
    if (name.starts_with("content/")) name.remove_prefix(8);
    file_.error(config_.policy_place, "consent/bad-value",
                "'policy' in [consent] is no path of a page: \"" + *policy + "\"",
                name.ends_with(".md") && name != *policy && name.find("..") == std::string_view::npos
                    ? "did you mean \"" + std::string(name) + "\"?"
                    : "write the path of its .md file below content/, as in \"privacy.md\"");
  }

  void read_form_endpoints(TableReader& table) {
    for (const PlacedText& written : read_list(file_, table, "form_endpoints", kConsent)) {
      const std::optional<Url> url = parse_url(written.text);
      if (!url || (url->scheme != "https" && url->scheme != "http") || !url->username.empty() ||
          !url->password.empty()) {
        file_.error(written.place, "consent/bad-value",
                    "'form_endpoints' in [consent] holds what is no origin: \"" + written.text + "\"",
                    "write the beginning of the form's address: \"https://forms.example.com\"");
        continue;
      }
      const std::string port = url->port < 0 ? "" : ":" + std::to_string(url->port);
      std::string origin = url->scheme + "://" + url->host + port;
      if (url->path != "/" || url->has_query || url->has_fragment) {
        file_.error(written.place, "consent/bad-value",
                    "'form_endpoints' in [consent] holds more than an origin: \"" + written.text + "\"",
                    "write \"" + origin + "\": a policy allows a whole origin");
        continue;
      }
      config_.form_endpoints.push_back(std::move(origin));
    }
  }

  void read_region_source(TableReader& table) {
    const std::optional<std::string> source = table.text("region_source");
    if (!source || source->empty() || *source == "none") return;
    constexpr std::string_view kCookie = "cookie:";
    if (*source == "cloudflare" ||
        (source->starts_with(kCookie) && is_word(std::string_view(*source).substr(kCookie.size()), "_-."))) {
      config_.region_source = *source;
      return;
    }
    file_.error(
        table.place("region_source"), "consent/bad-value",
        "'region_source' in [consent] must be \"cloudflare\", \"cookie:NAME\" or \"none\", not \"" + *source + "\"",
        to_lower_ascii(*source) == "cloudflare"
            ? "did you mean \"cloudflare\"?"
            : "NAME is a cookie that your CDN sets at the edge, with a value like DE or US-CA");
  }

  void read_region(const Data& data) {
    constexpr std::string_view kWhere = "[[consent.region]]";
    TableReader table = file_.reader(*data.table(), std::string(kWhere));
    ConsentRegion region;
    region.place = file_.place(data);
    const bool has_places = table.has("places");
    for (const PlacedText& written : read_list(file_, table, "places", kWhere)) read_place(written, region);
    if (!has_places) {
      report_missing(file_, region.place, "places", kWhere,
                     "add places = [\"US\"] or [\"US-CA\", \"DE\"] (ISO 3166 codes)");
    } else if (const Data* places = table.any("places"); places->array() && places->array()->empty()) {
      file_.error(table.place("places"), "consent/bad-value", "'places' in [[consent.region]] is empty",
                  "write [\"US\"] or [\"US-CA\", \"DE\"], or remove the region");
    }
    const bool has_rule = table.has("default");
    region.rule = static_cast<ConsentRule>(read_word(file_, table, "default", kWhere, kRules, 0));
    if (!has_rule) {
      report_missing(file_, region.place, "default", kWhere, "add default = \"opt-in\", \"opt-out\" or \"exempt\"");
    }
    table.finish();
    config_.regions.push_back(std::move(region));
  }

  void read_place(const PlacedText& written, ConsentRegion& region) {
    const auto wrong = [&](std::string message, std::string hint) {
      file_.error(written.place, "consent/bad-value", std::move(message), std::move(hint));
    };
    std::string code = written.text;
    std::ranges::transform(code, code.begin(), to_ascii_upper);
    if (!is_place(code)) {
      std::string dashed = code;
      std::replace(dashed.begin(), dashed.end(), '_', '-');
      wrong("\"" + written.text + "\" is no ISO 3166 code",
            is_place(dashed) ? "did you mean \"" + dashed + "\"?"
                             : "write a country as \"DE\", a part of one as \"US-CA\"");
      return;
    }
    if (code == "EU" || code == "UK") {
      wrong(
          "\"" + written.text + "\" is no country of ISO 3166",
          code == "UK" ? "write \"GB\"" : "list its countries; who is in no region has the strictest rule of the file");
      return;
    }
    if (config_.region_source == "cloudflare" && code.size() > 2) {
      wrong("\"" + written.text + "\" can never be told: Cloudflare names the country only",
            "write \"" + code.substr(0, 2) +
                "\", or set a cookie with the region at the edge and name it: region_source = \"cookie:NAME\"");
      return;
    }
    bool is_twice = std::find(region.places.begin(), region.places.end(), code) != region.places.end();
    for (const ConsentRegion& other : config_.regions)
      is_twice = is_twice || std::find(other.places.begin(), other.places.end(), code) != other.places.end();
    if (is_twice) {
      wrong("\"" + code + "\" is in two regions, or twice in one", "remove one");
      return;
    }
    region.places.push_back(std::move(code));
  }

  void read_categories(TableReader& top) {
    for (const std::string_view id : kBuiltIn) config_.categories.push_back({std::string(id), {}, {}});
    std::vector<std::pair<std::string, Place>> declared;
    constexpr std::string_view kWhere = "[[category]]";
    for (const Data* data : read_tables(file_, top, "category", "category")) {
      const Place owner = file_.place(*data);
      TableReader table = file_.reader(*data->table(), std::string(kWhere));
      ConsentCategory category;
      category.id = read_required(file_, table, "id", kWhere, owner, "add id = \"…\": a-z, 0-9 and '-'");
      category.name = read_local_text(file_, table, "name", kWhere);
      category.about = read_local_text(file_, table, "about", kWhere);
      const Place place = table.has("id") ? table.place("id") : owner;
      table.finish();
      if (category.id.empty()) continue;
      if (!is_word(category.id, "-") || to_lower_ascii(category.id) != category.id) {
        file_.error(place, "consent/bad-value", "'id' in [[category]] cannot be \"" + category.id + "\"",
                    "write it with a-z, 0-9 and '-'");
        continue;
      }
      const auto first =
          std::find_if(declared.begin(), declared.end(), [&](const auto& other) { return other.first == category.id; });
      if (first != declared.end()) {
        file_.error_of_two(place, "consent/duplicate-id", "two categories have the id '" + category.id + "'",
                           "give each an id of its own", first->second);
        continue;
      }
      declared.emplace_back(category.id, place);
      const auto built_in = std::find(kBuiltIn.begin(), kBuiltIn.end(), category.id);
      if (built_in != kBuiltIn.end()) {  // its texts are replaced, where there are any
        config_.categories[static_cast<std::size_t>(built_in - kBuiltIn.begin())] = std::move(category);
        continue;
      }
      if (category.name.empty()) {
        report_missing(file_, owner, "name", kWhere, "add name = \"…\": only the built-in categories have names");
      }
      config_.categories.push_back(std::move(category));
    }
  }

  // The policy is where the tables stand, and where the banner leads without JavaScript.
  void check_policy(const Place& owner) {
    if (!config_.asks() || config_.policy_place.source) return;
    report_missing(file_, owner, "policy", kConsent,
                   "add policy = \"privacy.md\", the page that tells visitors about the services; it holds the "
                   "components {service-table} and {cookie-table}");
  }

  const ConsentFile& file_;
  ConsentConfig config_;
};

std::optional<ConsentConfig> load(const Files& files, const std::string& site_dir, const std::string& own_host,
                                  Diagnostics& found) {
  SourcePtr source;
  const ConfigFileState state = read_config_file(files, site_dir, kFile, "consent", source, found);
  if (state == ConfigFileState::wrong) return std::nullopt;
  if (state == ConfigFileState::absent) {
    ConsentConfig none;
    for (const std::string_view id : kBuiltIn) none.categories.push_back({std::string(id), {}, {}});
    return none;
  }
  const std::optional<DataTable> root = parse_toml(source, found);
  if (!root) return std::nullopt;
  const ConsentFile file{source, own_host, found};
  return ConfigReader(file).read(*root);
}

}  // namespace

const std::string& LocalText::in(std::string_view language) const {
  static const std::string nothing;
  if (by_language.empty()) return nothing;
  std::string tag = to_lower_ascii(language);
  while (!tag.empty()) {
    if (const auto found = by_language.find(tag); found != by_language.end()) return found->second;
    const std::size_t dash = tag.rfind('-');
    tag.resize(dash == std::string::npos ? 0 : dash);
  }
  for (const char* fallback : {"", "en"})
    if (const auto found = by_language.find(fallback); found != by_language.end()) return found->second;
  return by_language.begin()->second;
}

std::string_view word_of(ConsentRule rule) { return kRules[static_cast<std::size_t>(rule)]; }

std::string_view word_of(StoredItem::Kind kind) {
  switch (kind) {
    case StoredItem::Kind::cookie:
      return "cookie";
    case StoredItem::Kind::local_storage:
      return "local";
    case StoredItem::Kind::session_storage:
      return "session";
    case StoredItem::Kind::indexed_db:
      return "indexeddb";
    case StoredItem::Kind::cache:
      return "cache";
  }
  return "";
}

const Service* ConsentConfig::find(std::string_view id) const {
  const auto found = std::find_if(services.begin(), services.end(), [&](const Service& s) { return s.id == id; });
  return found == services.end() ? nullptr : &*found;
}

bool ConsentConfig::asks() const {
  return std::any_of(services.begin(), services.end(), [](const Service& service) { return !service.necessary; });
}

std::optional<ConsentConfig> load_consent_config(const Files& files, const std::string& site_dir,
                                                 const std::string& own_host, Diagnostics& diagnostics) {
  Diagnostics found;  // ours alone, so that "reported an error" is about this file
  std::optional<ConsentConfig> config = load(files, site_dir, own_host, found);
  if (found.has_errors()) config.reset();
  for (Diagnostic& diagnostic : found.sorted()) diagnostics.add(std::move(diagnostic));
  return config;
}

}  // namespace hardtop
