// [[service]] and what stands below it. What one service says is checked here; what two say together (ids, hosts) at
// the end, when all are read.
#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "base/sha.h"
#include "base/suggest.h"
#include "base/text.h"
#include "config/consent_reader.h"
#include "config/csp_sources.h"

namespace hardtop {

namespace {

constexpr std::string_view kService = "[[service]]";

std::string id_from(std::string_view name) {
  const std::string slug = slugify(name);
  return is_service_id(slug) ? slug : "my-service";
}

// What a browser takes for a cookie's name (RFC 6265, 4.1.1, as far as users meet it), with '*' for a pattern.
bool is_cookie_name(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || std::string_view("=;,\"").find(c) != std::string_view::npos;
  });
}

class ServiceReader {
 public:
  ServiceReader(const ConsentFile& file, const std::vector<ConsentCategory>& categories)
      : file_(file), categories_(categories) {}

  Service read(const Data& data) {
    owner_ = file_.place(data);
    TableReader table = file_.reader(*data.table(), std::string(kService));
    read_names(table);
    read_category(table);
    read_purpose(table);
    read_hosts(table);
    read_links(table);
    if (read_word(file_, table, "consent_mode", kService, {"google"}, 1) == 0) service_.google_consent_mode = true;
    if (const Data* csp = table.any("csp")) service_.csp = read_csp(file_, *csp, service_.hosts);
    for (const Data* item : read_tables(file_, table, "cookie", "service.cookie")) read_item(*item, true);
    for (const Data* item : read_tables(file_, table, "storage", "service.storage")) read_item(*item, false);
    for (const Data* tag : read_tables(file_, table, "tag", "service.tag")) read_tag(*tag);
    table.finish();
    return std::move(service_);
  }

 private:
  void read_names(TableReader& table) {
    const std::string name = table.has("name") && table.any("name")->text() ? *table.any("name")->text() : "";
    service_.place = table.has("id") ? table.place("id") : owner_;
    service_.id =
        read_required(file_, table, "id", kService, owner_, "add id = \"" + id_from(name) + "\": a-z, 0-9 and '-'");
    if (!service_.id.empty() && !is_service_id(service_.id)) {
      file_.error(service_.place, "consent/bad-value", "'id' in [[service]] cannot be \"" + service_.id + "\"",
                  "write it with a-z, 0-9 and '-' in between: \"" + id_from(service_.id) + "\"");
    }
    service_.name =
        read_required(file_, table, "name", kService, owner_, "add name = \"…\", as visitors know the service");
    service_.provider = read_required(file_, table, "provider", kService, owner_,
                                      "add provider = \"…\", the company that receives the data");
  }

  void read_category(TableReader& table) {
    std::vector<std::string_view> ids;
    std::string list;
    for (const ConsentCategory& category : categories_) {
      ids.push_back(category.id);
      list += (list.empty() ? "" : ", ") + category.id;
    }
    service_.category =
        read_required(file_, table, "category", kService, owner_, "add category = \"…\": one of " + list);
    service_.necessary = service_.category == "necessary";
    if (service_.category.empty() || std::find(ids.begin(), ids.end(), service_.category) != ids.end()) return;
    file_.error(
        table.place("category"), "consent/unknown-category", "there is no category '" + service_.category + "'",
        suggest(service_.category, ids) +
            (nearest(service_.category, ids).empty() ? "; for one of your own add [[category]] with this id" : ""));
  }

  void read_purpose(TableReader& table) {
    service_.purpose = read_local_text(file_, table, "purpose", kService);
    if (service_.purpose.empty()) {
      report_missing(file_, owner_, "purpose", kService,
                     "add purpose = \"…\": what it does, in words that visitors understand");
    }
    if (const std::optional<std::int64_t> revision = table.whole("purpose_revision")) {
      service_.purpose_revision = *revision;
      if (*revision < 1 || *revision > 1'000'000) {
        file_.error(table.place("purpose_revision"), "consent/bad-value",
                    "'purpose_revision' in [[service]] must be from 1 to 1000000, not " + std::to_string(*revision),
                    "it counts from 1; raise it by one when the purpose becomes another one");
      }
    }
    service_.justification = read_local_text(file_, table, "justification", kService);
    if (service_.necessary && service_.justification.empty()) {
      file_.error(table.place("category"), "consent/no-justification",
                  "the service '" + service_.id + "' is called necessary and does not say why",
                  "add justification = \"…\": what the visitor asked for that cannot be done without it; or choose "
                  "another category");
    } else if (!service_.necessary && !service_.justification.empty() && !service_.category.empty()) {
      file_.error(table.key_place("justification"), "consent/bad-value",
                  "'justification' is for services of the category 'necessary'",
                  "remove it: visitors decide about this service");
    }
  }

  void read_hosts(TableReader& table) {
    for (const PlacedText& written : read_list(file_, table, "hosts", kService)) {
      std::optional<std::string> host = read_host(file_, written.text, written.place, HostRole::service);
      if (!host) continue;
      service_.hosts.push_back(std::move(*host));
      service_.host_places.push_back(written.place);
    }
  }

  void read_links(TableReader& table) {
    service_.privacy_url = read_web_url(file_, table, "privacy_url", kService);
    service_.opt_out_url = read_web_url(file_, table, "opt_out_url", kService);
    service_.sells_or_shares = table.flag("sells_or_shares").value_or(false);
    if (!service_.sells_or_shares) return;
    if (service_.necessary) {
      file_.error(table.place("sells_or_shares"), "consent/bad-value",
                  "a necessary service cannot sell or share: visitors have a right to refuse that",
                  "choose another category, or remove sells_or_shares where no data is sold or shared");
    }
    if (!table.has("opt_out_url")) {
      file_.error(table.place("sells_or_shares"), "consent/no-opt-out",
                  "the service '" + service_.id + "' sells or shares data and has no opt_out_url",
                  "add opt_out_url = \"https://…\", the provider's page for opting out");
    }
  }

  void read_item(const Data& data, bool is_cookie) {
    const std::string where = is_cookie ? "[[service.cookie]]" : "[[service.storage]]";
    const Place owner = file_.place(data);
    TableReader table = file_.reader(*data.table(), where);
    StoredItem item;
    item.place = table.has("name") ? table.place("name") : owner;
    item.name = read_required(file_, table, "name", where, owner,
                              is_cookie ? "add name = \"…\"; '*' stands for any characters, as in \"_ga_*\""
                                        : "add name = \"…\", the key; '*' stands for any characters");
    check_item_name(table, item.name, is_cookie);
    if (!is_cookie) {
      constexpr std::array kKinds = {StoredItem::Kind::local_storage, StoredItem::Kind::session_storage,
                                     StoredItem::Kind::indexed_db, StoredItem::Kind::cache};
      item.kind = kKinds[read_word(file_, table, "kind", where, {"local", "session", "indexeddb", "cache"}, 0)];
      if (!table.has("kind")) {
        report_missing(file_, owner, "kind", where, "add kind = \"local\", \"session\", \"indexeddb\" or \"cache\"");
      }
    }
    if (const std::optional<std::string> host = table.text("host"); host && !trim(*host).empty()) {
      item.host = read_host(file_, *host, table.place("host"), HostRole::item).value_or("");
    }
    read_lifetime(table, owner, where, item);
    item.purpose = read_local_text(file_, table, "purpose", where);
    if (item.purpose.empty())
      report_missing(file_, owner, "purpose", where, "add purpose = \"…\": what it is kept for");
    table.finish();

    for (const StoredItem& other : service_.stored) {
      if (item.name.empty() || other.kind != item.kind || other.name != item.name || other.host != item.host) continue;
      file_.error_of_two(item.place, "consent/bad-value",
                         "the service '" + service_.id + "' declares '" + item.name + "' twice", "remove one",
                         other.place);
      break;
    }
    service_.stored.push_back(std::move(item));
  }

  void check_item_name(const TableReader& table, const std::string& name, bool is_cookie) {
    if (name.empty()) return;
    if (name.find_first_not_of('*') == std::string::npos) {
      file_.error(table.place("name"), "consent/bad-value", "the name \"" + name + "\" would be everything",
                  "write a part that is always the same before or after '*', as in \"_ga_*\"");
    } else if (is_cookie && !is_cookie_name(name)) {
      file_.error(table.place("name"), "consent/bad-value", "no cookie can be named \"" + name + "\"",
                  "write the name alone, without its value, spaces, ';', ',' and '='");
    }
  }

  void read_lifetime(TableReader& table, const Place& owner, const std::string& where, StoredItem& item) {
    constexpr std::string_view kWords =
        "\"session\", or a number and a unit: \"30 minutes\", \"13 months\", \"2 years\"";
    const bool in_session = item.kind == StoredItem::Kind::session_storage;
    const bool is_cookie = item.kind == StoredItem::Kind::cookie;
    const std::string words = std::string(kWords) + (is_cookie ? "" : "; or \"until removed\"");
    if (in_session && !table.has("lifetime")) {
      table.allow("lifetime");
      item.lifetime = "session";
      return;
    }
    item.lifetime = read_required(file_, table, "lifetime", where, owner, "add lifetime = \"…\": " + words);
    if (item.lifetime.empty()) return;
    const std::optional<Lifetime> lifetime = parse_lifetime(item.lifetime);
    const auto wrong = [&](std::string message, std::string hint) {
      file_.error(table.place("lifetime"), "consent/bad-value", std::move(message), std::move(hint));
    };
    if (!lifetime) {
      wrong("'lifetime' in " + where + " cannot be \"" + item.lifetime + "\"", "write " + words);
    } else if (in_session && (lifetime->days != 0 || lifetime->permanent)) {
      wrong("session storage ends with the session, not after \"" + item.lifetime + "\"",
            "remove 'lifetime', or write kind = \"local\" if it is kept longer");
    } else if (is_cookie && lifetime->permanent) {
      wrong("a cookie is not kept \"" + item.lifetime + "\"",
            "write what its Expires or Max-Age says, as in \"400 days\", the longest that browsers allow");
    } else {
      item.days = lifetime->days;
      item.permanent = lifetime->permanent;
    }
  }

  void read_tag(const Data& data) {
    constexpr std::string_view kWhere = "[[service.tag]]";
    constexpr std::array kPlaces = {ServiceTag::At::head, ServiceTag::At::body_start, ServiceTag::At::body_end};
    const Place owner = file_.place(data);
    TableReader table = file_.reader(*data.table(), std::string(kWhere));
    ServiceTag tag;
    const bool everywhere = !table.has("pages");
    for (PlacedText& pattern : read_list(file_, table, "pages", kWhere)) {
      check_pattern(pattern);
      tag.pages.push_back(std::move(pattern.text));
    }
    if (everywhere) {
      tag.pages.emplace_back("/**");
    } else if (const Data* pages = table.any("pages"); pages->array() && pages->array()->empty()) {
      file_.error(table.place("pages"), "consent/bad-value", "'pages' in [[service.tag]] names no page",
                  "write [\"/**\"] for every page, or remove the tag");
    }
    tag.at = kPlaces[read_word(file_, table, "at", kWhere, {"head", "body-start", "body-end"}, 2)];
    const Data* html = table.any("html");
    tag.html = html && html->text() ? *html->text() : "";
    if (const std::string text = read_required(file_, table, "html", kWhere, owner,
                                               "add html = '''…''' with the provider's snippet, as it is");
        !text.empty()) {
      tag.place = table.place("html");
      tag.html_offset = find_bytes(tag.html, html->offset);
      warn_of_placeholder(tag);
    }
    table.finish();
    service_.tags.push_back(std::move(tag));
  }

  // The recipes of `hardtop new service` hold ids like "G-XXXXXXXXXX".
  void warn_of_placeholder(const ServiceTag& tag) const {
    const std::string_view html = tag.html;
    std::size_t begin = html.find("XXXXX");
    if (begin == std::string_view::npos) return;
    std::size_t end = html.find_first_not_of('X', begin);
    if (end == std::string_view::npos) end = html.size();
    const auto is_part = [](char c) { return is_ascii_upper_alpha(c) || c == '-'; };
    while (begin > 0 && is_part(html[begin - 1])) --begin;
    Place place = tag.place;
    if (tag.html_offset != Place::kWholeFile) place = {file_.source, tag.html_offset + begin, end - begin};
    file_.found.warning(
        std::move(place), "consent/placeholder",
        "the snippet still holds " + quoted(html.substr(begin, end - begin)) + ", which stands for an id",
        "put the id there that the provider gave you");
  }

  void check_pattern(const PlacedText& pattern) {
    const auto wrong = [&](std::string message, std::string hint) {
      file_.error(pattern.place, "consent/bad-value", std::move(message), std::move(hint));
    };
    const std::string& text = pattern.text;
    if (!text.starts_with('/')) {
      wrong("the pattern \"" + text + "\" does not begin with '/'",
            "it is a page's path: \"/**\" is every page, \"/blog/*\" every page right below /blog/");
      return;
    }
    if (text.find_first_of("?#") != std::string::npos) {
      wrong("the pattern \"" + text + "\" holds a query or fragment", "a page's path ends before '?' and '#'");
      return;
    }
    const std::vector<std::string_view> parts = split(std::string_view(text).substr(1), '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].empty() && i + 1 < parts.size()) {
        wrong("the pattern \"" + text + "\" holds an empty part ('//')", "write one '/' between two parts");
        return;
      }
      if (parts[i] != "**" && parts[i].find("**") != std::string_view::npos) {
        wrong("'**' in the pattern \"" + text + "\" is not between slashes",
              "write '*' for any characters of one part, '/**' for everything below");
        return;
      }
    }
  }

  // Where the string that begins with its quotes at `offset` holds `html` byte for byte; kWholeFile where escapes or
  // line ends make it differ.
  [[nodiscard]] std::size_t find_bytes(std::string_view html, std::size_t offset) const {
    const std::string_view text = file_.source->text;
    if (offset >= text.size()) return Place::kWholeFile;
    const std::string_view written = text.substr(offset);
    std::size_t begin = 1;
    if (written.starts_with("'''") || written.starts_with("\"\"\"")) {
      begin = 3;
      if (written.substr(begin).starts_with("\r\n"))
        begin += 2;
      else if (written.substr(begin).starts_with('\n'))
        begin += 1;
    }
    return written.substr(begin, html.size()) == html ? offset + begin : Place::kWholeFile;
  }

  const ConsentFile& file_;
  const std::vector<ConsentCategory>& categories_;
  Place owner_;
  Service service_;
};

void check_ids(const ConsentFile& file, const std::vector<Service>& services) {
  std::map<std::string, const Service*> by_id, by_key;
  for (const Service& service : services) {
    if (service.id.empty()) continue;
    const auto [same, is_new] = by_id.emplace(service.id, &service);
    if (!is_new) {
      file.error_of_two(service.place, "consent/duplicate-id", "two services have the id '" + service.id + "'",
                        "give each an id of its own", same->second->place);
      continue;
    }
    const std::string key = service_key(service.id);
    if (const auto [other, is_free] = by_key.emplace(key, &service); !is_free) {
      file.error_of_two(
          service.place, "consent/collision",
          "the ids '" + other->second->id + "' and '" + service.id + "' have the same fingerprint, " + key,
          "rename the newer of the two: any other id will do", other->second->place);
    }
  }
}

void check_hosts(const ConsentFile& file, const std::vector<Service>& services) {
  struct Claim {
    const Service* service;
    const Place* place;
  };
  std::map<std::string, Claim> claims;
  for (const Service& service : services) {
    for (std::size_t i = 0; i < service.hosts.size(); ++i) {
      const std::string& host = service.hosts[i];
      const auto [claim, is_new] = claims.emplace(host, Claim{&service, &service.host_places[i]});
      if (is_new) continue;
      const Service& other = *claim->second.service;
      const bool same = &other == &service;
      file.error_of_two(
          service.host_places[i], "consent/duplicate-host",
          same ? "the service '" + service.id + "' names the host '" + host + "' twice"
               : "the host '" + host + "' belongs to '" + other.id + "' already",
          same ? "remove one" : "a host has one service: remove it from one of them, or make them one service",
          *claim->second.place);
    }
  }
}

}  // namespace

std::string service_key(std::string_view id) { return base64url(as_bytes(sha256(id))).substr(0, 3); }

bool is_service_id(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(text, [](char c) { return is_ascii_lower_alpha(c) || is_ascii_digit(c) || c == '-'; });
}

std::vector<Service> read_services(const ConsentFile& file, TableReader& top,
                                   const std::vector<ConsentCategory>& categories) {
  std::vector<Service> services;
  for (const Data* data : read_tables(file, top, "service", "service"))
    services.push_back(ServiceReader(file, categories).read(*data));
  check_ids(file, services);
  check_hosts(file, services);
  return services;
}

}  // namespace hardtop
