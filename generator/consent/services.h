// Whose is a URL: the site's own, a declared service's, or nobody's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/url.h"
#include "config/consent_config.h"

namespace hardtop {

// An index into ConsentConfig::services.
using ServiceIndex = std::uint32_t;
inline constexpr ServiceIndex kNoService = static_cast<ServiceIndex>(-1);

enum class Party : std::uint8_t {
  none,        // opening it contacts nobody: mailto:, data:, javascript:, about:, an empty URL, a fragment
  first,       // the origin of base_url
  necessary,   // a service's that needs no decision
  optional,    // a service's that does: gated
  undeclared,  // nobody's
  unreadable,  // not parsed as a URL: browsers may differ, so it is never taken for harmless
};

struct Owner {
  Party party = Party::none;
  ServiceIndex service = kNoService;
  std::string host;  // as browsers see it; of none and first: empty
  std::string
      source_expression;  // of third parties, for a policy: "https://view.atlasdmt.com", with a port that is not the scheme's own
};

class Services {
 public:
  // `base` is base_url. Both are borrowed.
  Services(const ConsentConfig& config, const Url& base);

  // `raw` is the attribute's decoded value, read against `document` (the URL of what holds it). A trailing dot of the
  // host, its case, userinfo and port change nothing about whose it is; http: of the site's own host is first party; blob: and
  // filesystem: are of the origin inside them; ws: and wss: count as http: and https:.
  [[nodiscard]] Owner owner_of(std::string_view raw, const Url& document) const;
  [[nodiscard]] Owner owner_of(const Url& url) const;
  // By host name, exact before wildcards, the longest wildcard first.
  [[nodiscard]] ServiceIndex find_host(std::string_view host) const;
  [[nodiscard]] ServiceIndex find_id(std::string_view id) const;

  [[nodiscard]] const ConsentConfig& config() const { return config_; }
  [[nodiscard]] const Service& operator[](ServiceIndex i) const { return config_.services[i]; }
  [[nodiscard]] const Url& base() const { return base_; }

  // A name for a service that is only known by a host of its: "example" for "cdn.example.com".
  [[nodiscard]] static std::string id_for_host(std::string_view host);
  // The lines to paste for a host that nobody declared, as the hint of consent/undeclared-host shows them.
  [[nodiscard]] static std::string lines_to_paste(std::string_view host);

 private:
  const ConsentConfig& config_;
  const Url& base_;
  std::unordered_map<std::string, ServiceIndex> hosts_;      // exact
  std::unordered_map<std::string, ServiceIndex> wildcards_;  // without "*."
  std::unordered_map<std::string, ServiceIndex> ids_;
};

}  // namespace hardtop
