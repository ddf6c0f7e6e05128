// consent.toml: every third party of the site, and everything that the site itself keeps in a browser, declared once.
// From it come the gate, the banner, the tables, the opt-out links and the policy. DESIGN.md describes the file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/data.h"
#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

// A text, or the same in several languages: purpose = "…" or purpose = { en = "…", de = "…" }.
struct LocalText {
  std::map<std::string, std::string> by_language;  // in lower case; "" where one text serves all

  [[nodiscard]] bool empty() const { return by_language.empty(); }
  // In `language`, else in it without its region, else the text for all, else English, else the first there is.
  [[nodiscard]] const std::string& in(std::string_view language) const;
};

// What holds before a visitor has decided: nothing runs; everything runs that was not refused; as opt-out, and no banner.
enum class ConsentRule : std::uint8_t { opt_in, opt_out, exempt };

// [[consent.region]]: places are ISO 3166 codes, "DE" or "US-CA"; the longest that fits the visitor's counts. A visitor
// whose place is not known, or not listed, is under the strictest rule of the file.
struct ConsentRegion {
  std::vector<std::string> places;
  ConsentRule rule = ConsentRule::opt_in;
  Place place;
};

// A cookie, or what is kept in storage: [[service.cookie]], [[service.storage]].
struct StoredItem {
  enum class Kind : std::uint8_t { cookie, local_storage, session_storage, indexed_db, cache };
  Kind kind = Kind::cookie;
  std::string name;        // '*' stands for any characters: "_ga_*"
  std::string host;        // whose it is, without a dot before it; empty: the site itself
  std::string lifetime;    // as written: "2 years", "session", "until removed"
  int days = 0;            // of `lifetime`; 0: ends with the session
  bool permanent = false;  // "until removed"
  LocalText purpose;
  Place place;
};

// As consent.toml writes it: "cookie", "local", "session", "indexeddb", "cache".
[[nodiscard]] std::string_view word_of(StoredItem::Kind kind);
[[nodiscard]] std::string_view word_of(ConsentRule rule);

// The vendor's snippet, pasted once: [[service.tag]].
struct ServiceTag {
  enum class At : std::uint8_t { head, body_start, body_end };
  std::vector<std::string> pages;  // patterns over URLs without the path of base_url: "/**", "/blog/*"
  At at = At::body_end;
  std::string html;
  Place place;  // of the value of `html`
  // Where the first byte of `html` stands in the source, when its bytes stand there as they are (a literal string, or
  // one without escapes): a problem in it has a line and a column. Else kWholeFile.
  std::size_t html_offset = Place::kWholeFile;
};

struct Service {
  std::string id;  // a-z, 0-9, '-'
  std::string name, provider;
  std::string category;  // id
  LocalText purpose;
  std::int64_t purpose_revision = 1;  // raised by hand when the purpose becomes another one: asks again
  std::vector<std::string> hosts;     // ASCII, lower case; "*.example.com" is every host below it, not itself
  std::string privacy_url, opt_out_url;
  bool sells_or_shares = false;      // covered by a GPC signal (Cal. Civ. Code 1798.140(ad), (ah))
  bool necessary = false;            // its category is "necessary"
  LocalText justification;           // of necessary ones
  bool google_consent_mode = false;  // consent_mode = "google"
  // csp = { connect = ["…"] }: sources by directive without "-src" ("script", "style", "connect", "worker" …), added to
  // the policy of pages that use the service.
  std::map<std::string, std::vector<std::string>> csp;
  std::vector<StoredItem> stored;
  std::vector<ServiceTag> tags;
  Place place;                     // of its id
  std::vector<Place> host_places;  // by hosts
};

struct ConsentCategory {
  std::string id;
  LocalText name, about;  // empty for the built-in four: i18n/ has their texts
};

struct ConsentConfig {
  SourcePtr source;                        // null where the site has no consent.toml
  ConsentRule rule = ConsentRule::opt_in;  // [consent] default
  std::string cookie = "cookie_consent";
  std::int64_t lifetime_days = 180;
  bool honor_gpc = true;
  std::optional<Date> gpc_updated;  // "lastUpdate" of /.well-known/gpc.json
  std::string policy;               // content path; may be empty where no service is optional
  Place policy_place;
  std::vector<std::string> form_endpoints;  // origins, other than the site's own, that forms may post to
  // region_source: "" (none), "cloudflare" (/cdn-cgi/trace of the site), "cookie:NAME" (set at the edge).
  std::string region_source;
  std::vector<ConsentRegion> regions;
  std::vector<ConsentCategory> categories;  // necessary functional analytics advertising, then the declared ones
  std::vector<Service> services;            // as written

  [[nodiscard]] const Service* find(std::string_view id) const;
  // Whether any service needs a decision: only then there is a banner and a runtime.
  [[nodiscard]] bool asks() const;
};

struct Lifetime {
  int days = 0;            // 0: as long as the browser runs
  bool permanent = false;  // "until removed"
};
// "13 months" -> 396; "session" -> 0. Units: seconds to years, singular and plural; a month is 30.44 days, a year 365.25,
// rounded up to whole days. Nothing where the text is none of these.
[[nodiscard]] std::optional<Lifetime> parse_lifetime(std::string_view text);

// Whether a tag's pattern names the page at `url` (a path without that of base_url: "/blog/a.html"). Between slashes '*'
// stands for any characters, and a part that is "**" for any number of parts, none included: "/blog/*" is every page
// right below /blog/, "/blog/**" also /blog/ itself and all that is deeper. A final slash makes no difference ("/blog" is
// "/blog/"), nor does whether a character is percent-encoded.
[[nodiscard]] bool matches_page(std::string_view pattern, std::string_view url);

// Whether `text` is `pattern`, where '*' stands for any characters, or none: names of cookies, paths of [headers].
[[nodiscard]] bool matches_stars(std::string_view pattern, std::string_view text);

// Whether a service may have this id: a-z, 0-9 and '-', which stands between others.
[[nodiscard]] bool is_service_id(std::string_view text);

// How the visitor's cookie names a service: the first three characters of base64url(SHA-256(id)).
[[nodiscard]] std::string service_key(std::string_view id);

// Reads DIR/consent.toml. Without the file: a configuration without services. Reports, each at its place:
//   consent/unreadable consent/invalid-utf8 config/toml-syntax consent/unknown-key consent/wrong-type
//   consent/missing-key       a name, a provider, a purpose; a lifetime or purpose of what is kept; the policy
//   consent/bad-value         what is out of its range, or not one of the words that are allowed
//   consent/unknown-category  with the nearest
//   consent/duplicate-id      two services, or two categories
//   consent/duplicate-host    a host that two services claim, wildcards included
//   consent/bad-host          not a host name; a public suffix (publicsuffix.org), or a wildcard over one; the site's own
//   consent/no-justification  of a necessary service
//   consent/no-opt-out        a service that sells or shares and has no opt_out_url
//   consent/undeclared-source a host under csp that is not among the service's hosts
//   consent/placeholder       (a warning) a recipe's "G-XXXXXXXXXX" that is still there
//   consent/collision         two services whose ids have one fingerprint (consent/fingerprint.h)
// `own_host` is the host of base_url. Empty if and only if it reported an error.
[[nodiscard]] std::optional<ConsentConfig> load_consent_config(const Files& files, const std::string& site_dir,
                                                               const std::string& own_host, Diagnostics& diagnostics);

}  // namespace hardtop
