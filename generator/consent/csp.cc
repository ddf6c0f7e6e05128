// A policy is a list of sources for each directive, gathered from three sides (what the gate saw on the page, the hosts of
// the services that it saw, what these declare under csp) and then written down.
//
// Handlers and style attributes are allowed by script-src-attr and style-src-attr, so that 'unsafe-hashes' never
// reaches script-src, where it would let a javascript: URL with the same text run. A browser that does not know these directives
// (Safari before 15.4) blocks such attributes.
//
// upgrade-insecure-requests is left out. Every URL of the output has been read at build time, so there is nothing unknown to
// upgrade; a beacon declared with http: is the producer's word; and Safari would apply it to a preview on http://localhost
// and find no style sheet there.
#include "consent/csp.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "base/sha.h"
#include "base/text.h"

namespace hardtop {

namespace {

using Sources = std::vector<std::string>;

// Where each list is written; its own order is that of the policy.
enum Slot : std::uint8_t {
  kObject,
  kWorker,
  kFormAction,
  kScript,
  kScriptAttr,
  kStyle,
  kStyleAttr,
  kImg,
  kFont,
  kMedia,
  kFrame,
  kConnect,
  kManifest,
  kSlots
};

struct Directive {
  std::string_view name;      // CSP Level 3, 6.1
  std::string_view key;       // of csp in consent.toml
  std::string_view fallback;  // what stands there when nothing is asked for; empty: nothing does, default-src holds
  bool adds_self = true;      // what is asked for is added to 'self', not put in its place
};

constexpr std::array<Directive, kSlots> kDirectives = {{
    {"object-src", "object", "'none'", false},
    {"worker-src", "worker", "'none'", false},
    {"form-action", "form-action", "'self'", true},
    {"script-src", "script", "", true},
    {"script-src-attr", "", "", false},
    {"style-src", "style", "", true},
    {"style-src-attr", "", "", false},
    {"img-src", "img", "", true},
    {"font-src", "font", "", true},
    {"media-src", "media", "", true},
    {"frame-src", "frame", "", true},
    {"connect-src", "connect", "", true},
    {"manifest-src", "manifest", "", true},
}};

Slot slot_of(CspDirective directive) {
  switch (directive) {
    case CspDirective::script:
      return kScript;
    case CspDirective::style:
      return kStyle;
    case CspDirective::img:
      return kImg;
    case CspDirective::font:
      return kFont;
    case CspDirective::media:
      return kMedia;
    case CspDirective::frame:
      return kFrame;
    case CspDirective::connect:
      return kConnect;
    case CspDirective::manifest:
      return kManifest;
    case CspDirective::object:
      return kObject;
    case CspDirective::worker:
      return kWorker;
    case CspDirective::form_action:
      return kFormAction;
  }
  return kConnect;
}

Slot slot_of(InlineCode::Kind kind) {
  switch (kind) {
    case InlineCode::Kind::script:
      return kScript;
    case InlineCode::Kind::style:
      return kStyle;
    case InlineCode::Kind::handler:
      return kScriptAttr;
    case InlineCode::Kind::style_attribute:
      return kStyleAttr;
  }
  return kScript;
}

// "'sha256-…'". Pages share most of their code, the head script above all. The last texts are kept, for each thread its own,
// in a table that does not grow: a site with a different script on each page must not fill the memory.
const std::string& hash_source(const std::string& code) {
  struct Kept {
    std::string code, source;
  };
  thread_local std::array<Kept, 64> table;
  Kept& kept = table[hash64(code) % table.size()];
  if (kept.source.empty() || kept.code != code) {
    kept.source = "'sha256-" + base64(as_bytes(sha256(code))) + "'";
    kept.code = code;
  }
  return kept.source;
}

// The host of "https://host:port"; empty where there is none: "data:", "'self'".
std::string_view host_of(std::string_view source) {
  const std::size_t slashes = source.find("://");
  if (slashes == std::string_view::npos) return {};
  std::string_view host = source.substr(slashes + 3);
  host = host.substr(0, host.find('/'));
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) host = host.substr(0, colon);
  return host;
}

struct Policy {
  std::array<Sources, kSlots> lists;
  bool trusted_types = true;

  void add_host_source(Slot slot, const std::string& source, const Services& all);
  void add_declared(const Service& service);
  void normalize();
  [[nodiscard]] std::string text() const;
};

void Policy::add_host_source(Slot slot, const std::string& source, const Services& all) {
  const std::string_view host = host_of(source);
  const ServiceIndex service = host.empty() || slot == kFormAction ? kNoService : all.find_host(host);
  const auto add = [&](Slot to) {
    if (service == kNoService) {
      lists[to].push_back(source);
      return;
    }
    for (const std::string& name : all[service].hosts) lists[to].push_back("https://" + name);
    // With another scheme or a port it is not what the line above says.
    if (!source.starts_with("https://") || source.size() != host.size() + 8) lists[to].push_back(source);
  };
  add(slot);
  if (slot == kScript && !host.empty()) {  // what scripts do when they run: count by an image, fetch, send a beacon
    add(kImg);
    add(kConnect);
  }
}

// As they are compared below: browsers read keywords and schemes in any case, hashes in their own (CSP Level 3, 2.3.1).
std::string in_usual_case(const std::string& source) {
  const std::string lower = to_lower_ascii(source);
  const bool keyword = lower.starts_with('\'') && !lower.starts_with("'sha");
  return keyword || lower.ends_with(':') ? lower : source;
}

void Policy::add_declared(const Service& service) {
  for (const auto& [key, sources] : service.csp) {
    const auto directive = std::ranges::find(kDirectives, std::string_view(key), &Directive::key);
    if (directive == kDirectives.end()) continue;  // consent_config has reported it
    const auto slot = static_cast<Slot>(directive - kDirectives.begin());
    for (const std::string& source : sources) lists[slot].push_back(in_usual_case(source));
    // Scripts and workers of others assign to what Trusted Types guard.
    if (slot == kScript || slot == kWorker) trusted_types = false;
  }
}

void sort_unique(Sources& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool has(const Sources& list, std::string_view source) {
  return std::find(list.begin(), list.end(), source) != list.end();
}

void Policy::normalize() {
  for (const auto& [slot, attributes] : {std::pair(kScript, kScriptAttr), std::pair(kStyle, kStyleAttr)}) {
    if (has(lists[slot], "'unsafe-inline'")) {
      // A hash beside 'unsafe-inline' switches it off (CSP Level 3, 6.7.3.2), and the list for attributes would too.
      std::erase_if(lists[slot], [](const std::string& source) { return source.starts_with("'sha"); });
      lists[attributes].clear();
    } else if (!lists[attributes].empty()) {
      lists[attributes].push_back("'unsafe-hashes'");
    }
  }
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (lists[i].empty()) {
      if (!kDirectives[i].fallback.empty()) lists[i].emplace_back(kDirectives[i].fallback);
      continue;
    }
    if (kDirectives[i].adds_self) lists[i].emplace_back("'self'");
    sort_unique(lists[i]);
    if (lists[i].size() == 1 && lists[i][0] == "'self'" && kDirectives[i].fallback.empty()) lists[i].clear();
  }
}

std::string Policy::text() const {
  std::string out;
  out.reserve(512);
  out += "default-src 'self'; base-uri 'none'";
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (lists[i].empty()) continue;
    out += "; ";
    out += kDirectives[i].name;
    for (const std::string& source : lists[i]) (out += ' ') += source;
  }
  if (trusted_types) out += "; require-trusted-types-for 'script'; trusted-types 'none'";
  return out;
}

Policy gather(const CspNeeds& needs, const std::vector<ServiceIndex>& services, const Services& all) {
  Policy policy;
  policy.trusted_types = !needs.third_party_script;
  for (const InlineCode& code : needs.inline_code) policy.lists[slot_of(code.kind)].push_back(hash_source(code.text));
  for (const auto& [directive, source] : needs.sources) {
    const Slot slot = slot_of(directive);
    policy.add_host_source(slot, source, all);
    // What a script of the site's own imports, say. A worker's address is one of the texts that Trusted Types guard (Trusted
    // Types, 4.1), and 'none' would leave no way to make one.
    if ((slot == kScript && !host_of(source).empty()) || slot == kWorker) policy.trusted_types = false;
  }
  for (const ServiceIndex service : services) policy.add_declared(all[service]);
  for (const std::string& endpoint : all.config().form_endpoints) policy.lists[kFormAction].push_back(endpoint);
  return policy;
}

// Hosts cut long headers off, or refuse the file (Cloudflare Pages: 2,000 characters a line). So few hashes are repeated in the
// floor, and many become 'unsafe-inline': code in a page is judged by the page's own policy all the same.
void shorten_hashes(Policy& policy) {
  for (const auto& [slot, attributes] : {std::pair(kScript, kScriptAttr), std::pair(kStyle, kStyleAttr)}) {
    Sources& list = policy.lists[slot];
    Sources& attribute_list = policy.lists[attributes];
    sort_unique(list);
    sort_unique(attribute_list);
    const auto hashes =
        std::count_if(list.begin(), list.end(), [](const std::string& source) { return source.starts_with("'sha"); });
    if (static_cast<std::size_t>(hashes) + attribute_list.size() > kMostHashes) list.emplace_back("'unsafe-inline'");
  }
}

}  // namespace

std::string page_policy(const CspNeeds& needs, const std::vector<ServiceIndex>& services, const Services& all) {
  Policy policy = gather(needs, services, all);
  policy.normalize();
  return policy.text();
}

std::string policy_meta(std::string_view policy) {
  std::string out = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
  append_escaped_text(out, policy);  // its quotes are single ones, and stay readable
  out += "\">";
  return out;
}

std::vector<HeaderRule> site_headers(const SitePolicyFacts& facts, const Services& all) {
  Policy floor = gather(facts.all_needs, facts.services, all);
  shorten_hashes(floor);
  floor.normalize();
  // Pages may frame pages of their own site: default-src 'self' says so, and 'none' here would forbid it.
  const std::string policy = floor.text() + "; frame-ancestors 'self'";
  // An SVG or XML file that is opened by itself is a document that runs scripts, and has no meta. As an image it is
  // not touched by its own headers.
  const std::string document = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  // Chrome's PDF viewer is a page of its own making, with an <embed> and inline styles, under the PDF's headers
  // (crbug.com/271452): object-src 'none' leaves it empty. A PDF runs nothing in the site's name.
  const std::string viewer = "frame-ancestors 'self'";

  std::vector<HeaderRule> rules = {
      {"/*", "Content-Security-Policy", policy},
      // HTML Standard, 7.1.3: no window of another origin keeps a hold on ours, or we on theirs.
      {"/*", "Cross-Origin-Opener-Policy", "same-origin"},
      // Topics API, 5: the page is not counted among a visitor's interests. (interest-cohort is gone from browsers, which
      // complain about the unknown name.)
      {"/*", "Permissions-Policy", "browsing-topics=()"},
      // Referrer Policy, 3.7: other sites learn the origin, never the page; stated, since it is but the default of today.
      {"/*", "Referrer-Policy", "strict-origin-when-cross-origin"},
      // Fetch Standard, 3.6.
      {"/*", "X-Content-Type-Options", "nosniff"},
      {"/*.pdf", "Content-Security-Policy", viewer},
      {"/*.svg", "Content-Security-Policy", document},
      {"/*.xml", "Content-Security-Policy", document},
  };
  // RFC 6797, 6.1: one year. Neither includeSubDomains nor preload: what else runs below this name is not known here.
  if (facts.https) rules.push_back({"/*", "Strict-Transport-Security", "max-age=31536000"});
  std::sort(rules.begin(), rules.end(), [](const HeaderRule& a, const HeaderRule& b) {
    return std::tie(a.pattern, a.name) < std::tie(b.pattern, b.name);
  });
  return rules;
}

}  // namespace hardtop
