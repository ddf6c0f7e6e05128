// The headers that a site is to be sent with, as data: the policy floor (csp.h) and what [headers] of site.toml adds. Each host's own
// file is written from it.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "config/site_config.h"

namespace hardtop {

// A header for every path that a pattern matches: "/*", "/*.svg", "/assets/*"; '*' stands for any characters, '/' too. Paths begin
// where the site does, below the path of base_url.
struct HeaderRule {
  std::string pattern;
  std::string name, value;
  bool of_site = false;  // from [headers]
  friend bool operator==(const HeaderRule&, const HeaderRule&) = default;
};

// Which rule wins: of those that match a path and name the same header (in any case of letters) the ones whose pattern has no '*', then
// those with the longest pattern, and of patterns of one length the site's, then the one that is greater byte by byte. A pattern with
// several values gives several headers. Of Cache-Control whatever the site says wins, for hardtop's is but a default.
// But a Content-Security-Policy of the site never takes the place of hardtop's: all of them are sent, and browsers enforce each
// (CSP Level 3, 4.2.2), so it can forbid and not allow. A host that can only add sends every rule that matches: nothing is
// opened by that, but SVG files lose their own styles and Chrome shows no PDF.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> headers_for(const std::vector<HeaderRule>& rules,
                                                                           std::string_view path);

// The order among rules that name the same header: of two that match a path, the greater one wins. Refers into `rule`.
using HeaderRank = std::tuple<bool, bool, std::size_t, bool, std::string_view>;
[[nodiscard]] HeaderRank rank_of(const HeaderRule& rule);
// Whether the header stands beside others of its name, whatever their rank: a policy of the site's own.
[[nodiscard]] bool stands_beside(const HeaderRule& rule);

// hardtop's rules with the site's. Where both say something for one pattern, the site's word stands, but for policies (see above), and
// for Permissions-Policy, where what hardtop forbids is added to what the site does not mention. Sorted by pattern, then name.
[[nodiscard]] std::vector<HeaderRule> join_headers(std::vector<HeaderRule> rules, const std::vector<SiteHeader>& own);

}  // namespace hardtop
