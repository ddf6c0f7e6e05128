// A small site as hosts see it.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/diagnostic_format.h"
#include "build/hosts.h"
#include "config/site_headers.h"

namespace hardtop::test {

// A site of one line of [headers] for each of `own`: pattern, name, value.
struct OwnHeader {
  std::string pattern, name, value;
};

inline HostSite host_site(const std::vector<std::string>& outputs, const std::vector<OwnHeader>& own = {},
                          const std::string& base_path = "/") {
  SiteModel model;
  std::string text = "hosts\n";
  for (const OwnHeader& header : own) text += header.pattern + " " + header.name + "\n";
  model.config.source = make_source("site.toml", text);
  model.config.base_path = base_path;
  model.config.base_url = "https://t.example" + base_path;
  model.config.hosts_place = {model.config.source, 0, 5};
  std::size_t at = 6;
  for (const OwnHeader& header : own) {
    const Place place{model.config.source, at + header.pattern.size() + 1, header.name.size()};
    model.config.headers.push_back({header.pattern, header.name, header.value, place, place});
    at += header.pattern.size() + header.name.size() + 2;
  }
  const std::vector<HeaderRule> floor = {{"/*", "Content-Security-Policy", "default-src 'self'"},
                                         {"/*", "Cache-Control", "no-cache"},
                                         {"/*.svg", "Content-Security-Policy", "sandbox"}};
  std::vector<HeaderRule> rules = floor;
  std::vector<OutputFile> files;
  std::vector<std::string> fingerprinted;
  for (const std::string& path : outputs) {
    files.push_back({path, "", ""});
    if (!path.starts_with("assets/") || path.find(".0a1b") == std::string::npos) continue;
    fingerprinted.push_back(path);
    rules.push_back({"/" + path, "Cache-Control", "immutable"});
  }
  return make_host_site(model, join_headers(rules, model.config.headers), files, fingerprinted);
}

}  // namespace hardtop::test
