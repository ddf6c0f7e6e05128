#include "consent/header_rules.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/html.h"
#include "base/text.h"
#include "config/consent_config.h"

namespace hardtop {

namespace {

constexpr std::string_view kPolicy = "content-security-policy";
constexpr std::string_view kCache = "cache-control";
constexpr std::string_view kPermissions = "permissions-policy";

// The members of a Permissions-Policy (RFC 9651, 3.2: a dictionary) that `own` leaves out.
std::string with_members(std::string own, std::string_view floor) {
  for (const std::string_view member : split(floor, ',')) {
    const std::string_view key = trim(member.substr(0, member.find('=')));
    const std::vector<std::string_view> all = split(own, ',');
    if (std::ranges::none_of(all, [&](std::string_view each) { return trim(each.substr(0, each.find('='))) == key; }))
      own += ", " + std::string(trim(member));
  }
  return own;
}

}  // namespace

HeaderRank rank_of(const HeaderRule& rule) {
  return {rule.of_site && equals_ascii_ci(rule.name, kCache), rule.pattern.find('*') == std::string::npos,
          rule.pattern.size(), rule.of_site, rule.pattern};
}

bool stands_beside(const HeaderRule& rule) { return rule.of_site && equals_ascii_ci(rule.name, kPolicy); }

std::vector<std::pair<std::string, std::string>> headers_for(const std::vector<HeaderRule>& rules,
                                                             std::string_view path) {
  struct Said {
    std::vector<const HeaderRule*> beside, wins;
  };
  std::map<std::string, Said> by_name;
  for (const HeaderRule& rule : rules) {
    if (!matches_stars(rule.pattern, path)) continue;
    const std::string name = to_lower_ascii(rule.name);
    Said& said = by_name[name];
    if (stands_beside(rule)) {
      said.beside.push_back(&rule);
      continue;
    }
    if (!said.wins.empty() && rank_of(*said.wins.front()) < rank_of(rule)) said.wins.clear();
    if (said.wins.empty() || rank_of(*said.wins.front()) == rank_of(rule)) said.wins.push_back(&rule);
  }
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, said] : by_name)
    for (const auto& list : {said.wins, said.beside})
      for (const HeaderRule* rule : list) out.emplace_back(rule->name, rule->value);
  return out;
}

std::vector<HeaderRule> join_headers(std::vector<HeaderRule> rules, const std::vector<SiteHeader>& own) {
  const std::vector<HeaderRule> floor = rules;
  for (const SiteHeader& header : own) {
    const std::string name = to_lower_ascii(header.name);
    HeaderRule rule{header.pattern, header.name, header.value, true};
    for (const HeaderRule& each : floor) {
      if (to_lower_ascii(each.name) != name || stands_beside(rule)) continue;
      // A pattern of hardtop's that reaches fewer paths keeps nothing that a site says for all: it names policies alone.
      if (name == kPermissions) rule.value = with_members(std::move(rule.value), each.value);
      if (each.pattern == rule.pattern) std::erase(rules, each);
    }
    rules.push_back(std::move(rule));
  }
  std::ranges::stable_sort(rules, [](const HeaderRule& a, const HeaderRule& b) {
    return std::tie(a.pattern, a.name, a.of_site) < std::tie(b.pattern, b.name, b.of_site);
  });
  return rules;
}

}  // namespace hardtop
