// The text hash is short_hash() over, each ended by a NUL: every word whose key begins with "consent_" as key and text, sorted by key; then
// of each category that has services id, name and about; then of each service its id, name, provider, purpose, justification and
// note. It rather changes too often than too seldom: it is evidence of what was shown, and asks nobody again.
#include "consent/declaration.h"

#include <algorithm>

#include "consent/fingerprint.h"
#include "consent/lifetime_words.h"

namespace hardtop {

namespace {

std::string_view kind_key(StoredItem::Kind kind) {
  switch (kind) {
    case StoredItem::Kind::cookie:
      return "consent_kind_cookie";
    case StoredItem::Kind::local_storage:
      return "consent_kind_local_storage";
    case StoredItem::Kind::session_storage:
      return "consent_kind_session_storage";
    case StoredItem::Kind::indexed_db:
      return "consent_kind_indexed_db";
    case StoredItem::Kind::cache:
      return "consent_kind_cache";
  }
  return "";
}

// Safari's Intelligent Tracking Prevention (webkit.org/tracking-prevention, "7-day cap on all script-writeable storage"): what a
// script of the page has written goes after seven days without a visit. A static site has no server to write
// it. What is kept for a week or less, or goes with the window, is not cut short.
bool cut_short_by_safari(StoredItem::Kind kind, int days, bool permanent) {
  return kind != StoredItem::Kind::session_storage && (permanent || days > 7);
}

// A host that the site's own cookies can have: itself, or a domain above it.
bool is_own(std::string_view host, std::string_view own_host) {
  if (host.starts_with('.')) host.remove_prefix(1);
  return host.empty() || host == own_host ||
         (own_host.size() > host.size() && own_host.ends_with(host) &&
          own_host[own_host.size() - host.size() - 1] == '.');
}

class Speaker {
 public:
  Speaker(const ConsentConfig& config, const ConsentLock& lock, const std::string& language, const Translations& words,
          const std::string& own_host)
      : config_(config), lock_(lock), language_(language), words_(words), own_host_(own_host) {}

  [[nodiscard]] Declaration declare() const;

 private:
  [[nodiscard]] const std::string& say(const std::string& key) const { return word(words_, key); }
  [[nodiscard]] DeclaredItem item(const Service& service, const StoredItem& stored) const;
  [[nodiscard]] DeclaredItem own_cookie(bool sells_or_shares) const;
  [[nodiscard]] DeclaredService service(const Service& service) const;
  [[nodiscard]] DeclaredCategory category(const ConsentCategory& category) const;
  [[nodiscard]] std::string hash(const Declaration& declaration) const;

  const ConsentConfig& config_;
  const ConsentLock& lock_;
  const std::string& language_;
  const Translations& words_;
  const std::string& own_host_;
};

DeclaredItem Speaker::item(const Service& service, const StoredItem& stored) const {
  DeclaredItem out;
  out.service = service.name;
  out.name = stored.name;
  out.kind = say(std::string(kind_key(stored.kind)));
  out.host = stored.host.empty() ? own_host_ : stored.host;
  out.lifetime = lifetime_in_words(stored.lifetime, language_, words_);
  out.purpose = stored.purpose.in(language_);
  out.first_party = is_own(stored.host, own_host_);
  out.script_written = out.first_party && cut_short_by_safari(stored.kind, stored.days, stored.permanent);
  return out;
}

DeclaredItem Speaker::own_cookie(bool sells_or_shares) const {
  const std::int64_t days = sells_or_shares ? std::max(config_.lifetime_days, kOptOutDays) : config_.lifetime_days;
  DeclaredItem out;
  out.service = say("consent_own_service");
  out.name = config_.cookie;
  out.kind = say(std::string(kind_key(StoredItem::Kind::cookie)));
  out.host = own_host_;
  out.lifetime = lifetime_in_words(
      days % 365 == 0 ? std::to_string(days / 365) + " years" : std::to_string(days) + " days", language_, words_);
  out.purpose = say("consent_own_purpose");
  out.first_party = true;
  out.script_written = cut_short_by_safari(StoredItem::Kind::cookie, static_cast<int>(days), false);
  return out;
}

DeclaredCategory Speaker::category(const ConsentCategory& category) const {
  const std::string key = "consent_category_" + category.id;
  DeclaredCategory out;
  out.id = category.id;
  out.name = category.name.empty() ? say(key) : category.name.in(language_);
  if (!category.about.empty())
    out.about = category.about.in(language_);
  else if (category.name.empty())
    out.about = say(key + "_about");
  out.necessary = category.id == "necessary";
  return out;
}

DeclaredService Speaker::service(const Service& service) const {
  DeclaredService out;
  out.id = service.id;
  out.name = service.name;
  out.provider = service.provider;
  out.category_id = service.category;
  out.purpose = service.purpose.in(language_);
  if (service.necessary) out.justification = service.justification.in(language_);
  out.privacy_url = service.privacy_url;
  out.opt_out_url = service.opt_out_url;
  out.hosts = service.hosts;
  out.necessary = service.necessary;
  out.sells_or_shares = service.sells_or_shares;
  out.note = lock_.note_of_change(service.id);
  for (const StoredItem& stored : service.stored) out.items.push_back(item(service, stored));
  return out;
}

std::string Speaker::hash(const Declaration& declaration) const {
  std::string texts;
  const auto add = [&](const std::string& text) {
    texts += text;
    texts += '\0';
  };
  for (auto at = words_.lower_bound("consent_"); at != words_.end() && at->first.starts_with("consent_"); ++at) {
    add(at->first);
    add(at->second);
  }
  for (const DeclaredCategory& category : declaration.categories)
    for (const std::string* text : {&category.id, &category.name, &category.about}) add(*text);
  for (const DeclaredService& service : declaration.services)
    for (const std::string* text :
         {&service.id, &service.name, &service.provider, &service.purpose, &service.justification, &service.note})
      add(*text);
  return short_hash(texts, 6);
}

Declaration Speaker::declare() const {
  Declaration out;
  for (const Service& each : config_.services) out.services.push_back(service(each));
  for (const ConsentCategory& each : config_.categories) {
    DeclaredCategory group = category(each);
    for (std::uint32_t i = 0; i < out.services.size(); ++i) {
      if (out.services[i].category_id != each.id) continue;
      out.services[i].category = group.name;
      group.services.push_back(i);
    }
    if (!group.services.empty()) out.categories.push_back(std::move(group));
  }
  out.asks = config_.asks();
  out.sells_or_shares =
      std::any_of(config_.services.begin(), config_.services.end(), [](const Service& s) { return s.sells_or_shares; });
  out.honors_gpc = config_.honor_gpc;
  out.own_cookie = own_cookie(out.sells_or_shares);
  out.text_hash = hash(out);
  return out;
}

}  // namespace

Declaration make_declaration(const ConsentConfig& config, const ConsentLock& lock, const std::string& language,
                             const Translations& words, const std::string& own_host) {
  return Speaker(config, lock, language, words, own_host).declare();
}

std::string gpc_json(const ConsentConfig& config) {
  if (!config.honor_gpc || !config.gpc_updated) return {};
  Date day = *config.gpc_updated;  // the specification wants a date without a time
  day.has_time = false;
  return "{\"gpc\": true, \"lastUpdate\": \"" + iso_date(day) + "\"}\n";
}

}  // namespace hardtop
