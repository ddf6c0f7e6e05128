// What the site does, in words: services, categories, cookies and storage as the banner, the preferences, the tables and
// the opt-out links show them, in one language. Everything is resolved and none of it is HTML.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/consent_config.h"
#include "consent/lock.h"

namespace hardtop {

// Cal. Civ. Code 1798.135(c)(4): who has opted out of a sale is not asked again for twelve months. So long, at least, a refusal is kept
// on a site that sells or shares, and the cookie with it.
inline constexpr std::int64_t kOptOutDays = 365;

using Translations = std::map<std::string, std::string>;

struct DeclaredItem {
  std::string service;  // its name
  std::string name;
  std::string kind;      // "Cookie", "Local storage" …, in words
  std::string host;      // whose it is; the site's own host where the site sets it
  std::string lifetime;  // in words: "2 years", "Until you close the browser"
  std::string purpose;
  bool first_party = true;
  bool script_written = false;  // kept by scripts of the site: Safari deletes it after 7 days without a visit
};

struct DeclaredService {
  std::string id, name, provider;
  std::string category, category_id;  // the category's name
  std::string purpose, justification;
  std::string privacy_url, opt_out_url;
  std::vector<std::string> hosts;
  bool necessary = false, sells_or_shares = false;
  std::string note;  // what changed, from consent.lock; empty where nothing did
  std::vector<DeclaredItem> items;
};

struct DeclaredCategory {
  std::string id, name, about;
  bool necessary = false;
  std::vector<std::uint32_t> services;  // into Declaration::services
};

struct Declaration {
  std::vector<DeclaredService> services;     // as in consent.toml; same indices
  std::vector<DeclaredCategory> categories;  // in order; those that have services
  DeclaredItem own_cookie;                   // the cookie that keeps the choice; listed where `asks`
  bool asks = false;                         // there is a banner and a runtime
  bool sells_or_shares = false;              // some service does
  bool honors_gpc = false;
  // A hash of every text that banner and preferences show in this language; the visitor's cookie keeps it as proof of what was
  // asked. Six characters of base64url.
  std::string text_hash;
};

// `words` are the theme's in `language`; keys begin with "consent_".
[[nodiscard]] Declaration make_declaration(const ConsentConfig& config, const ConsentLock& lock,
                                           const std::string& language, const Translations& words,
                                           const std::string& own_host);

// /.well-known/gpc.json (Global Privacy Control, W3C, 4.1); empty where the signal is not honoured or no date is given.
inline constexpr std::string_view kGpcFile = ".well-known/gpc.json";
[[nodiscard]] std::string gpc_json(const ConsentConfig& config);

}  // namespace hardtop
