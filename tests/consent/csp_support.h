// A reader of Content-Security-Policy for tests: what a policy says, and whether another allows all of it.
#pragma once

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace hardtop::test {

using ParsedPolicy = std::map<std::string, std::set<std::string>>;

// CSP Level 3, 2.2.1 and 2.3.1. `problem` says what a browser would complain about or ignore; empty where there is nothing.
inline ParsedPolicy parse_policy(const std::string& text, std::string& problem) {
  static const std::set<std::string> kNames = {"default-src",
                                               "base-uri",
                                               "object-src",
                                               "worker-src",
                                               "form-action",
                                               "script-src",
                                               "script-src-attr",
                                               "style-src",
                                               "style-src-attr",
                                               "img-src",
                                               "font-src",
                                               "media-src",
                                               "frame-src",
                                               "connect-src",
                                               "manifest-src",
                                               "frame-ancestors",
                                               "require-trusted-types-for",
                                               "trusted-types"};
  static const std::regex kSource(
      "'(self|none|unsafe-inline|unsafe-eval|unsafe-hashes|sha256-[A-Za-z0-9+/]{43}=|script)'|[a-z][a-z0-9+.-]*:|"
      "[a-z]+://(\\*\\.)?[a-z0-9.-]+(:[0-9]+)?(/[^;, ]*)?");
  problem.clear();
  ParsedPolicy policy;
  std::stringstream directives(text);
  for (std::string directive; std::getline(directives, directive, ';');) {
    std::stringstream words(directive);
    std::string name, word;
    words >> name;
    if (!kNames.contains(name)) problem = "unknown directive '" + name + "'";
    if (policy.contains(name)) problem = "directive '" + name + "' twice";
    std::set<std::string>& sources = policy[name];
    while (words >> word) {
      if (!std::regex_match(word, kSource)) problem = "odd source " + word;
      if (!sources.insert(word).second) problem = "source " + word + " twice";
    }
    if (sources.empty()) problem = "nothing in " + name;
    if (sources.contains("'none'") && sources.size() > 1) problem = "'none' and more in " + name;
    const bool hashes = std::any_of(sources.begin(), sources.end(), [](auto& s) { return s.starts_with("'sha"); });
    if (hashes && sources.contains("'unsafe-inline'")) problem = "a hash beside 'unsafe-inline' in " + name;
    if (sources.contains("'unsafe-hashes'") && !name.ends_with("-attr")) problem = "'unsafe-hashes' in " + name;
  }
  return policy;
}

// CSP Level 3, 6.8.3: the directive that decides where one is absent.
inline const std::set<std::string>& effective(const ParsedPolicy& policy, std::string name) {
  if (policy.contains(name)) return policy.at(name);
  if (name.ends_with("-attr")) return effective(policy, name.substr(0, name.size() - 5));
  return policy.at("default-src");
}

// What `inner` allows and `outer` does not, in words; empty where there is nothing. Compares sources word for word.
inline std::string first_forbidden(const ParsedPolicy& inner, const ParsedPolicy& outer) {
  for (const auto& [name, ignored] : inner) {
    if (name == "require-trusted-types-for" || name == "trusted-types") continue;
    const std::set<std::string>& wide = effective(outer, name);
    const bool any_inline = wide.contains("'unsafe-inline'");
    for (const std::string& source : effective(inner, name)) {
      const bool is_inline = source.starts_with("'sha") || source == "'unsafe-hashes'";
      if (source != "'none'" && !wide.contains(source) && !(any_inline && is_inline)) return source + " in " + name;
    }
  }
  if (outer.contains("trusted-types") && !inner.contains("trusted-types")) return "Trusted Types";
  return "";
}

}  // namespace hardtop::test
