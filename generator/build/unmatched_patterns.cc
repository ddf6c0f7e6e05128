#include "build/unmatched_patterns.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string_view>

#include "base/compress.h"
#include "base/percent.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/toml.h"
#include "base/url.h"
#include "build/hosts.h"
#include "build/links.h"
#include "build/lists.h"
#include "build/urls.h"
#include "config/key_place.h"

namespace hardtop {

namespace {

using Urls = std::vector<std::string>;
using Matches = std::function<bool(std::string_view pattern, std::string_view url)>;

// Of pages and lists, and of the second page that each list may have tomorrow.
Urls urls_of_pages(const SiteModel& site, const std::vector<OutputJob>& jobs) {
  using Kind = OutputJob::Kind;
  Urls urls;
  for (const OutputJob& job : jobs) {
    urls.emplace_back(below_base(site.config, job.at.url));
    if (job.kind == Kind::home || job.kind == Kind::section || job.kind == Kind::term)
      urls.emplace_back(below_base(site.config, locate_list(site, job, job.list_page + 1).url));
  }
  return urls;
}

// "assets/main.css" -> "assets/main.00000000.css"
std::string with_hash(std::string path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? path : path.insert(dot, ".00000000");
}

// The addresses that lines of the site's own _redirects are for: hosts answer them, too.
void add_own_redirects(const PatternsLookedAt& at, Urls& urls) {
  const auto own =
      std::ranges::find_if(at.static_files, [](const StaticFile& file) { return file.file.path == kRedirectsFile; });
  std::string text = own == at.static_files.end() ? "" : own->file.bytes;
  if (own != at.static_files.end() && !own->file.copy_from.empty() && at.files.read(own->file.copy_from, text))
    return;  // writing will say what is wrong
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view trimmed = trim(line);
    if (trimmed.starts_with('/')) urls.emplace_back(trimmed.substr(0, trimmed.find_first_of(" \t")));
  }
}

Urls urls_of_files(const PatternsLookedAt& at) {
  Urls urls;
  for (const std::string& output : at.other_outputs) {
    urls.push_back(url_of_output("/", output));
    if (at.development && output.starts_with("assets/")) urls.push_back(url_of_output("/", with_hash(output)));
  }
  for (const std::string& file : at.site.left_out_files)
    urls.push_back(url_of_output("/", ContentLinks::locate_bundle_file(at.site.config, file).output));
  add_own_redirects(at, urls);
  return urls;
}

// What a pattern is held against.
struct Addresses {
  const SiteModel& site;
  Urls urls;
  Matches matches;

  [[nodiscard]] bool has(std::string_view pattern) const {
    return std::ranges::any_of(urls, [&](const std::string& url) { return matches(pattern, url); });
  }
};

// "/a.md", "/content/a.md": the URL of the page that the file is.
std::string url_of_file(const Addresses& addresses, const std::string& pattern) {
  std::string_view path = std::string_view(pattern).substr(1);
  if (path.starts_with("content/")) path.remove_prefix(8);
  const PageIndex page = addresses.site.page_by_path.find(decode_percent(path));
  return page == kNone ? "" : std::string(below_base(addresses.site.config, addresses.site.pages[page].at.url));
}

// The same page as the other kind of address: "/about/" for "/about.html".
std::string other_ending(const Addresses& addresses, const std::string& pattern) {
  constexpr std::string_view kIndex = "/index.html", kHtml = ".html";
  std::string stem = pattern;
  for (const std::string_view ending : {kIndex, kHtml, std::string_view("/")})
    if (stem.ends_with(ending)) {
      stem.resize(stem.size() - ending.size());
      break;
    }
  for (const std::string& other : {stem + "/", stem + std::string(kHtml)})
    if (other != pattern && addresses.has(other)) return other;
  return "";
}

// The pattern with the nearest folder or address that is there in place of what stands before its first '*'.
std::string nearest_pattern(const Addresses& addresses, const std::string& pattern) {
  const auto star = pattern.find('*');
  const std::size_t end = star == std::string::npos ? pattern.size() : pattern.rfind('/', star) + 1;
  std::set<std::string_view> known;
  for (const std::string& url : addresses.urls) {
    if (star == std::string::npos) known.insert(url);
    for (auto slash = url.find('/'); slash != std::string::npos; slash = url.find('/', slash + 1))
      known.insert(std::string_view(url).substr(0, slash + 1));
  }
  const std::string_view near = nearest(std::string_view(pattern).substr(0, end), {known.begin(), known.end()});
  const std::string meant = std::string(near) + pattern.substr(end);
  return !near.empty() && addresses.has(meant) ? meant : "";
}

std::string hint_of(const Addresses& addresses, const std::string& pattern, std::string_view how_written) {
  const std::string& base = addresses.site.config.base_path;
  if (base != "/" && pattern.starts_with(base))
    if (const std::string below = pattern.substr(base.size() - 1); addresses.has(below))
      return "write '" + below + "': the path of base_url goes in front";
  if (pattern.ends_with(".md")) {
    const std::string url = url_of_file(addresses, pattern);
    return "patterns are of URLs, not of files: " + (url.empty() ? std::string(how_written) : "write '" + url + "'");
  }
  std::string meant = other_ending(addresses, pattern);
  if (meant.empty()) meant = nearest_pattern(addresses, pattern);
  return meant.empty() ? std::string(how_written) : "did you mean '" + meant + "'?";
}

void warn(Place place, const std::string& what, const std::string& pattern, std::string hint,
          Diagnostics& diagnostics) {
  diagnostics.warning(std::move(place), "build/unmatched-pattern", what + " matches '" + pattern + "'",
                      std::move(hint));
}

// The entry `n` of the table or the list of tables that `key` is; null where there is none.
const Data* entry(const Data* list, std::size_t n) {
  if (!list || !list->array()) return n == 0 ? list : nullptr;
  return n < list->array()->size() ? &(*list->array())[n] : nullptr;
}

// Where the pattern stands. Patterns without a match are rare: the file is read again for them, and no place is kept for the others.
Place place_of_pattern(const ConsentConfig& consent, std::size_t service, std::size_t tag, std::size_t pattern) {
  Diagnostics ignored;
  const auto root = parse_toml(consent.source, ignored);
  if (!root) return {consent.source};
  const Data file{*root};
  const Data* of_service = entry(file.find("service"), service);
  const Data* of_tag = of_service ? entry(of_service->find("tag"), tag) : nullptr;
  const Data* found = of_tag ? entry(of_tag->find("pages"), pattern) : nullptr;
  return found ? Place{consent.source, found->offset, found->length} : Place{consent.source};
}

// A file that is compressed has the others' names with an ending of its own.
bool matches_file(std::string_view pattern, std::string_view url) {
  if (matches_stars(pattern, url)) return true;
  return std::ranges::any_of(std::array{Encoding::gzip, Encoding::brotli}, [&](Encoding encoding) {
    const std::string_view ending = encoding_ending(encoding);
    return pattern.ends_with(ending) && matches_stars(pattern.substr(0, pattern.size() - ending.size()), url);
  });
}

}  // namespace

std::vector<std::string> urls_of_left_out(const SiteConfig& config, std::vector<Page> left_out) {
  if (left_out.empty()) return {};
  SiteModel others;
  others.config = config;
  others.pages = std::move(left_out);
  Diagnostics ignored;
  plan_urls(others, ignored);
  group_pages(others, ignored);
  Urls urls = urls_of_pages(others, plan_jobs(others));
  for (const Page& page : others.pages)
    for (const Alias& alias : page.file.front.aliases) urls.push_back(alias.url);
  return urls;
}

void check_tag_pages(const PatternsLookedAt& at, const ConsentConfig& consent, const std::vector<std::string>& left_out,
                     Diagnostics& diagnostics) {
  if (std::ranges::all_of(consent.services, [](const Service& service) { return service.tags.empty(); })) return;
  Addresses addresses{at.site, urls_of_pages(at.site, at.jobs), matches_page};
  addresses.urls.insert(addresses.urls.end(), left_out.begin(), left_out.end());
  for (std::size_t s = 0; s < consent.services.size(); ++s)
    for (std::size_t t = 0; t < consent.services[s].tags.size(); ++t) {
      const std::vector<std::string>& patterns = consent.services[s].tags[t].pages;
      for (std::size_t p = 0; p < patterns.size(); ++p)
        if (!addresses.has(patterns[p]))
          warn(place_of_pattern(consent, s, t, p), "no page's URL", patterns[p],
               hint_of(addresses, patterns[p],
                       "write a page's path: \"/**\" is every page, \"/blog/*\" every page right below /blog/"),
               diagnostics);
    }
}

void check_header_paths(const PatternsLookedAt& at, const std::vector<std::string>& left_out,
                        Diagnostics& diagnostics) {
  const SiteConfig& config = at.site.config;
  if (config.headers.empty()) return;
  Addresses addresses{at.site, urls_of_pages(at.site, at.jobs), matches_file};
  const Urls files = urls_of_files(at);
  addresses.urls.insert(addresses.urls.end(), files.begin(), files.end());
  addresses.urls.insert(addresses.urls.end(), left_out.begin(), left_out.end());
  std::set<std::string_view> seen;
  for (const SiteHeader& header : config.headers)
    if (seen.insert(header.pattern).second && !addresses.has(encode_path(header.pattern)))
      warn(key_place(config.source, "headers", header.pattern), "no URL of the site", header.pattern,
           hint_of(addresses, header.pattern,
                   "write a path of the site: \"/*\" is every file, \"/files/*.pdf\" each PDF below /files/"),
           diagnostics);
}

}  // namespace hardtop
