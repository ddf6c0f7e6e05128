// The model that all hosts' files are written from.
#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/ascii.h"
#include "base/hash.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/url.h"
#include "build/hosts.h"
#include "build/output_folder.h"
#include "build/urls.h"

namespace hardtop {

namespace {

// Below the path of base_url.
std::string without_base(const std::string& base_path, std::string_view url) {
  return std::string(url.substr(base_path.size() - 1));
}

}  // namespace

HostSite make_host_site(const SiteModel& site, const std::vector<HeaderRule>& rules,
                        const std::vector<OutputFile>& files, const std::vector<std::string>& fingerprinted) {
  const SiteConfig& config = site.config;
  HostSite out;
  out.base_url = config.base_url;
  out.base_path = config.base_path;
  out.own = config.headers;
  out.place = config.hosts_place;
  out.encodings = config.precompress;
  out.rules = rules;
  for (HeaderRule& rule : out.rules) rule.pattern = encode_path(rule.pattern);
  std::ranges::stable_sort(out.rules, [](const HeaderRule& a, const HeaderRule& b) {
    return std::tuple(stands_beside(a), rank_of(a)) < std::tuple(stands_beside(b), rank_of(b));
  });
  for (const OutputFile& file : files) {
    out.paths.push_back({url_of_output("/", file.path), file.path});
    out.has_not_found |= file.path == "404.html";
  }
  std::ranges::sort(out.paths, {}, &HostPath::url);
  for (const std::string& path : fingerprinted) out.fingerprinted.push_back("/" + encode_file_path(path));
  for (const Page& page : site.pages)
    for (const Alias& alias : page.file.front.aliases)
      if (const auto at = locate(config, decode_percent(alias.url)))
        out.redirects.push_back({without_base(config.base_path, at->url), page.at.url});
  std::ranges::sort(out.redirects, {}, &HostRedirect::from);
  return out;
}

Place place_of(const HostSite& site, const HeaderRule& rule) {
  if (rule.of_site)
    for (const SiteHeader& own : site.own)
      if (encode_path(own.pattern) == rule.pattern && own.name == rule.name) return own.name_place;
  return site.place;
}

std::vector<HostValues> grouped(const std::vector<HeaderRule>& rules) {
  std::vector<HostValues> out;
  std::map<std::tuple<std::string_view, std::string, bool, bool>, std::size_t> index;
  for (const HeaderRule& rule : rules) {
    const bool beside = stands_beside(rule);
    const auto key = std::tuple(std::string_view(rule.pattern), to_lower_ascii(rule.name), rule.of_site, beside);
    const auto [at, is_new] = index.emplace(key, out.size());
    if (is_new) out.push_back({rule.pattern, rule.name, {}, beside, &rule});
    out[at->second].values.push_back(rule.value);
  }
  std::ranges::stable_sort(out, [](const HostValues& a, const HostValues& b) {
    return std::tuple(a.beside, rank_of(*a.rule)) < std::tuple(b.beside, rank_of(*b.rule));
  });
  return out;
}

HostFiles make_host_files(const HostSite& site, const std::vector<Host>& hosts,
                          const std::shared_ptr<const std::vector<EncodedFile>>& encoded, Diagnostics& diagnostics) {
  const auto wants = [&](Host host) { return std::ranges::find(hosts, host) != hosts.end(); };
  HostFiles out;
  if (const PagesHosts pages{wants(Host::netlify), wants(Host::cloudflare)}; read_from_output(hosts)) {
    out.served.push_back({"_headers", write_headers_file(site, pages, diagnostics), ""});
    if (!site.redirects.empty() || !site.own_redirects.empty())
      out.served.push_back({"_redirects", write_redirects_file(site, pages, diagnostics), ""});
  }
  if (wants(Host::nginx)) {
    NginxFiles nginx = write_nginx_files(site, diagnostics);
    out.beside.push_back({"nginx-http.conf", std::move(nginx.http), ""});
    out.beside.push_back({"nginx-server.conf", std::move(nginx.server), ""});
    if (!nginx.brotli.empty()) out.beside.push_back({"nginx-brotli.conf", std::move(nginx.brotli), ""});
  }
  if (wants(Host::caddy)) out.beside.push_back({"Caddyfile", write_caddyfile(site, diagnostics), ""});
  if (wants(Host::json))
    out.beside.push_back({"headers.json", "", "", [copy = std::make_shared<const HostSite>(site), encoded] {
                            return write_headers_json(*copy, *encoded);
                          }});
  return out;
}

bool read_from_output(const std::vector<Host>& hosts) {
  return std::ranges::any_of(hosts, [](Host host) { return host == Host::netlify || host == Host::cloudflare; });
}

std::string host_files_folder(const std::string& site_dir, const std::string& output_dir) {
  const std::filesystem::path output = whole_path(output_dir);
  std::string name = output.lexically_relative(whole_path(site_dir)).generic_string();
  if (name.empty() || name.starts_with(".")) name = hash128_hex(output.string()).substr(0, 16);
  return join_path(join_path(join_path(site_dir, ".hardtop"), "hosts"), name);
}

std::string path_regex(std::string_view base_path, std::string_view pattern) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "(?s)^";
  const auto add = [&](std::string_view text) {
    for (const char c : decode_percent(text)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = byte >= 0x80 || is_ascii_alphanumeric(c) || c == '/' || c == '-' || c == '_' || c == '~';
      if (plain)
        out += c;
      else if (c == '.')
        out += "\\.";
      else
        (((out += "\\x") += kHex[byte >> 4]) += kHex[byte & 15]);
    }
  };
  add(base_path.substr(0, base_path.size() - 1));
  std::size_t at = 0;
  for (std::size_t star = pattern.find('*'); star != std::string_view::npos; star = pattern.find('*', at)) {
    add(pattern.substr(at, star - at));
    out += ".*";
    at = star + 1;
  }
  add(pattern.substr(at));
  return out + "\\z";
}

std::string host_file_head(const HostSite& site) {
  return "# Written by hardtop for " + site.base_url +
         ". Changes are lost with the next build: headers of your own belong into\n"
         "# [headers] of site.toml.\n";
}

}  // namespace hardtop
