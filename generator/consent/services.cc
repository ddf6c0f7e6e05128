// A URL is read as browsers read it (base/url.h), then its host decides: whose cookies, whose logs. Port, userinfo and
// scheme change how a server is asked, not who runs it.
#include "consent/services.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/public_suffix.h"
#include "base/text.h"

namespace hardtop {

namespace {

// Schemes whose URL is all there is: no server is asked.
constexpr std::array<std::string_view, 7> kAsksNobody = {"data", "javascript", "about", "mailto", "tel", "sms", "geo"};

constexpr int kDeepest = 4;  // blob:filesystem:https://… ; nothing real is deeper than two

std::string_view without_final_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

bool is_blank(std::string_view raw) {
  return std::all_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

// A path that can be nothing else: no scheme, no host, no character that URL parsing drops. Most URLs of a page are
// such, and need not be parsed to know whose they are.
bool is_plain_path(std::string_view raw) {
  const std::size_t start = raw.starts_with('/') ? 1 : 0;
  if (raw.size() == start) return start == 1;
  return is_ascii_alphanumeric(raw[start]) && std::all_of(raw.begin(), raw.end(), [&](char c) {
           return is_ascii_alphanumeric(c) || c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
         });
}

// "https:x" and "https:/x": a path where the document is of the same scheme, a host elsewhere: in a data: URL, in a preview over
// http. What URL parsing drops is left out here as well.
bool depends_on_scheme(std::string_view raw) {
  std::string start;
  for (const char c : raw) {
    if (c == '\t' || c == '\n' || c == '\r' || (start.empty() && static_cast<unsigned char>(c) <= ' ')) continue;
    start += c == '\\' ? '/' : c;
    if (start.size() == 8) break;
  }
  const std::string scheme = to_lower_ascii(start.substr(0, start.find(':')));
  return (scheme == "http" || scheme == "https") && start.size() > scheme.size() &&
         std::string_view(start).substr(scheme.size() + 1, 2) != "//";
}

std::string source_of(const Url& url, std::string_view host) {
  std::string source = url.scheme + "://";
  source += host;
  if (url.port >= 0) source += ":" + std::to_string(url.port);
  return source;
}

}  // namespace

Services::Services(const ConsentConfig& config, const Url& base) : config_(config), base_(base) {
  for (std::size_t i = 0; i < config.services.size(); ++i) {
    const Service& service = config.services[i];
    const auto index = static_cast<ServiceIndex>(i);
    ids_.emplace(service.id, index);
    for (const std::string& host : service.hosts) {
      if (host.starts_with("*.")) {
        wildcards_.emplace(host.substr(2), index);
      } else {
        hosts_.emplace(host, index);
      }
    }
  }
}

Owner Services::owner_of(std::string_view raw, const Url& document) const {
  if (raw.starts_with('#') || is_blank(raw)) return {};
  const bool on_site = without_final_dot(document.host) == without_final_dot(base_.host);
  Owner owner;
  if (on_site && is_plain_path(raw)) {
    owner.party = Party::first;
  } else if (const std::optional<Url> url = parse_url(raw, &document)) {
    owner = owner_of(*url);
    if (owner.party == Party::first && depends_on_scheme(raw)) owner.party = Party::unreadable;
  } else {
    owner.party = Party::unreadable;
  }
  return owner;
}

Owner Services::owner_of(const Url& url) const {
  Owner owner;
  if (std::find(kAsksNobody.begin(), kAsksNobody.end(), url.scheme) != kAsksNobody.end()) return owner;
  if (url.host.empty()) {
    // blob:https://…, filesystem:https://…, view-source:https://…: the URL inside. Without one nobody is asked.
    Url inner = url;
    for (int depth = 0; inner.opaque; ++depth) {
      std::optional<Url> next = parse_url(inner.path);
      if (!next) return owner;
      if (depth == kDeepest) {
        owner.party = Party::unreadable;
        return owner;
      }
      inner = std::move(*next);
    }
    return inner.host.empty() ? owner : owner_of(inner);
  }
  const std::string_view host = without_final_dot(url.host);
  if (host == without_final_dot(base_.host)) {
    owner.party = Party::first;
    return owner;
  }
  owner.host = host;
  owner.source_expression = source_of(url, host);
  owner.service = find_host(host);
  owner.party = owner.service == kNoService                 ? Party::undeclared
                : config_.services[owner.service].necessary ? Party::necessary
                                                            : Party::optional;
  return owner;
}

ServiceIndex Services::find_host(std::string_view host) const {
  host = without_final_dot(host);
  if (const auto exact = hosts_.find(std::string(host)); exact != hosts_.end()) return exact->second;
  if (wildcards_.empty()) return kNoService;
  for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.', dot + 1)) {
    const auto wildcard = wildcards_.find(std::string(host.substr(dot + 1)));
    if (wildcard != wildcards_.end()) return wildcard->second;
  }
  return kNoService;
}

ServiceIndex Services::find_id(std::string_view id) const {
  const auto found = ids_.find(std::string(id));
  return found == ids_.end() ? kNoService : found->second;
}

std::string Services::id_for_host(std::string_view host) {
  const std::string domain = registrable_domain(host);
  const std::string id = domain.substr(0, domain.find('.'));
  return is_service_id(id) ? id : "my-service";
}

std::string Services::lines_to_paste(std::string_view host) {
  const std::string id = id_for_host(host);
  return "[[service]]\n"
         "id = \"" +
         id +
         "\"\n"
         "name = \"…\"            # as visitors know it\n"
         "provider = \"…\"        # the company that receives the data\n"
         "category = \"…\"        # necessary, functional, analytics or advertising\n"
         "purpose = \"…\"         # what it does, in words that visitors understand\n"
         "hosts = [\"" +
         std::string(host) + "\"]\n# or, for services that hardtop knows whole:  hardtop new service " +
         std::string(host);
}

}  // namespace hardtop
