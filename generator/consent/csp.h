// Content-Security-Policy (CSP Level 3): of each page as a static meta, and of the site as headers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "consent/csp_needs.h"
#include "consent/header_rules.h"
#include "consent/services.h"

namespace hardtop {

// The policy of one page: DESIGN.md, The gate, 6. `services` are those that the page uses, optional and necessary ones;
// their hosts stand in the directives that `needs` names (what starts at one host of a service is often sent on to
// another, and redirects are judged too), and what they declare under csp is added. Only directives that differ from what default-src
// says are written. Directives are in a fixed order, sources sorted: the same needs give the same text. Safe to call from several
// threads; hashes of code that many pages share are kept.
//
// Never in it: 'strict-dynamic' (it would switch 'self' and hosts off), nonces (a static file has but one),
// upgrade-insecure-requests (csp.cc says why), and what a meta ignores: frame-ancestors, report-uri, sandbox.
[[nodiscard]] std::string page_policy(const CspNeeds& needs, const std::vector<ServiceIndex>& services,
                                      const Services& all);
// `<meta http-equiv="Content-Security-Policy" content="…">`, with the quotes that the policy needs escaped.
[[nodiscard]] std::string policy_meta(std::string_view policy);

// More pieces of inline code of one kind than this are allowed as a whole: hosts cut long headers off.
inline constexpr std::size_t kMostHashes = 8;
struct SitePolicyFacts {
  CspNeeds all_needs;  // union over pages
  std::vector<ServiceIndex> services;
  bool https = true;
};
// What every host is to send (DESIGN.md, The gate, 6): the site-wide policy floor, the rules for SVG, XML and PDF, frame-ancestors,
// nosniff, Referrer-Policy, Permissions-Policy, COOP, HSTS (https only). `all_needs` are all pages' needs together: the floor must
// not forbid what some page's own policy allows. Sorted by pattern, then name.
[[nodiscard]] std::vector<HeaderRule> site_headers(const SitePolicyFacts& facts, const Services& all);

}  // namespace hardtop
