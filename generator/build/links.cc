#include "build/links.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/suggest.h"
#include "base/url.h"
#include "build/urls.h"

namespace hardtop {

namespace {

// "https:", "mailto:", "consent:" …: RFC 3986, 3.1. Nothing for a path.
std::string_view scheme_of(std::string_view destination) {
  std::size_t i = 0;
  while (i < destination.size()) {
    const char c = destination[i];
    const bool other = is_ascii_digit(c) || c == '+' || c == '-' || c == '.';
    if (c == ':') return i > 0 ? destination.substr(0, i) : std::string_view();
    if (!is_ascii_alpha(c) && (i == 0 || !other)) return {};
    ++i;
  }
  return {};
}

// The content path that a destination's path part names, seen from a file; nothing when it climbs above content/.
std::optional<std::string> content_path(std::string_view from, std::string_view path) {
  if (path.starts_with('/')) return normalize_path(path.substr(1));
  return normalize_path(join_path(folder_of(from), path));
}

// A page that moved has its name still, a misspelt one its folder. Only in a small site any page may be meant: in a large one
// with a folder renamed, each of ten thousand links would be compared with ten thousand pages.
std::string_view nearest_page(const SiteModel& site, std::string_view path) {
  constexpr std::size_t kSmall = 1000;
  const std::string_view folder = folder_of(path), name = file_name(path);
  std::vector<std::string_view> all, of_name, of_folder;
  for (const Page& page : site.pages) {
    const std::string_view candidate = page.file.path;
    if (candidate.ends_with(name) && file_name(candidate) == name) of_name.push_back(candidate);
    if (candidate.starts_with(folder) && folder_of(candidate) == folder) of_folder.push_back(candidate);
    if (site.pages.size() <= kSmall) all.push_back(candidate);
  }
  // Index pages all have one name.
  if (!of_name.empty() && name != "index.md" && name != "_index.md") {
    const std::string_view near = nearest(path, of_name);
    return near.empty() ? of_name.front() : near;
  }
  const std::string_view near = nearest(path, of_folder);
  return near.empty() ? nearest(path, all) : near;
}

// The list of the folder whose own page would be at `path`; empty where the site has none.
std::string hint_of_list(const SiteModel& site, std::string_view path) {
  if (file_name(path) != "_index.md" && file_name(path) != "index.md") return "";
  const std::string_view folder = folder_of(path);
  const auto section = std::ranges::find(site.sections, folder, &Section::path);
  if (section == site.sections.end() || section->page != kNone) return "";
  const std::string url = std::string(below_base(site.config, section->at.url));
  const std::string page = join_path(folder, "_index");
  return "write '" + url + "' for the list of its pages, or give it a page: hardtop new page " + page;
}

}  // namespace

MissingPage missing_page(const SiteModel& site, const std::string& path) {
  const std::string name = "content/" + path;
  if (const auto left_out = site.left_out.find(path); left_out != site.left_out.end()) {
    switch (left_out->second) {
      case LeftOut::draft:
        return {name + ", which is a draft", "remove draft = true from it, or build with --drafts", "", ""};
      case LeftOut::future:
        return {name + ", which is dated in the future", "give it a date that has come, or build with --future", "",
                ""};
      case LeftOut::expired:
        return {name + ", which has expired", "give it a later 'expires', or build with --expired", "", ""};
    }
  }
  if (std::string list = hint_of_list(site, path); !list.empty())
    return {name + ", which does not exist", "", "", std::move(list)};
  return {name + ", which does not exist", "", std::string(nearest_page(site, path)), ""};
}

std::string hint_of(const MissingPage& missing, std::string otherwise) {
  if (!missing.mend.empty()) return missing.mend;
  return missing.near.empty() ? std::move(otherwise) : "did you mean '" + missing.near + "'?";
}

ContentLinks::ContentLinks(const SiteModel& site) : site_(site) {
  for (const std::string& path : site.bundle_files)
    bundle_urls_.emplace(path, locate_bundle_file(site.config, path).url);
}

Location ContentLinks::locate_bundle_file(const SiteConfig& config, std::string_view path) {
  const auto folder = folder_of(path);
  std::string output = slug_path(folder);
  if (!output.empty()) output += '/';
  output += folder.empty() ? path : path.substr(folder.size() + 1);
  return {config.base_path + encode_file_path(output), output};
}

void ContentLinks::broken(const LinkUse& use, const std::string& path, Diagnostics& diagnostics) const {
  if (site_.config.links == LinkCheck::off) return;
  Diagnostic d;
  d.severity = site_.config.links == LinkCheck::warn ? Severity::warning : Severity::error;
  d.id = "build/broken-link";
  d.place = use.place;
  const MissingPage page = missing(path);
  d.message = "the link leads to " + page.what;
  d.hint = !page.mend.empty()   ? page.mend
           : !page.list.empty() ? page.list
           : !page.near.empty() ? "did you mean content/" + page.near + "?"
                                : "write the path from this file to the other, or remove the link";
  diagnostics.add(std::move(d));
}

MissingPage ContentLinks::missing(const std::string& path) const {
  const std::lock_guard lock(missing_mutex_);
  const auto [found, is_new] = missing_.try_emplace(path);
  if (is_new) found->second = missing_page(site_, path);
  return found->second;
}

std::optional<std::string> ContentLinks::resolve(std::string_view from, const LinkUse& use, LinksUsed used,
                                                 Diagnostics& diagnostics) const {
  const std::string_view destination = use.destination;
  if (destination.empty() || destination[0] == '#' || destination.starts_with("//")) return std::nullopt;
  // Other addresses stay; the gate resolves consent: and opt-out: wherever they are written.
  if (!scheme_of(destination).empty()) return std::nullopt;
  const auto end_of_path = destination.find_first_of("?#");
  const std::string path = decode_percent(destination.substr(0, end_of_path));
  const std::string_view rest = end_of_path == std::string_view::npos ? "" : destination.substr(end_of_path);
  if (path.empty()) return std::nullopt;
  const auto target = content_path(from, path);
  if (target) note_asked(used.asked, NameKind::content, *target);
  if (path.ends_with(".md")) {
    if (!target) {
      broken(use, path, diagnostics);
      return std::nullopt;
    }
    const PageIndex page = site_.page_by_path.find(*target);
    if (page == kNone) {
      broken(use, *target, diagnostics);
      return std::nullopt;
    }
    used.pages.push_back(page);
    return site_.pages[page].at.url + std::string(rest);
  }
  if (target)
    if (const auto file = bundle_urls_.find(*target); file != bundle_urls_.end())
      return file->second + std::string(rest);
  if (destination[0] == '/' && site_.config.base_path != "/")
    return site_.config.base_path + std::string(destination.substr(1));
  return std::nullopt;
}

std::optional<ContentLinks::Target> ContentLinks::menu_target(const MenuEntry& entry, Diagnostics& diagnostics) const {
  const std::string& to = entry.target;
  if (!scheme_of(to).empty() || to.starts_with("//")) return Target{to, kNone, true};
  const auto end_of_path = to.find_first_of("?#");
  const std::string path = decode_percent(to.substr(0, end_of_path));
  const std::string rest = end_of_path == std::string::npos ? "" : to.substr(end_of_path);
  if (path.ends_with(".md")) {
    const auto target = content_path("", path);
    const PageIndex page = target ? site_.page_by_path.find(*target) : kNone;
    if (page != kNone) return Target{site_.pages[page].at.url + rest, page, false};
    const MissingPage missing = missing_page(site_, target.value_or(path));
    diagnostics.error(entry.place, "build/unknown-menu-target", "the menu leads to " + missing.what,
                      !missing.list.empty()
                          ? missing.list
                          : hint_of(missing, "write the path below content/, or a path that begins with '/'"));
    return std::nullopt;
  }
  if (to.starts_with('/')) return Target{site_.config.base_path + to.substr(1), kNone, false};
  diagnostics.error(entry.place, "build/unknown-menu-target", "'" + to + "' is neither a page, a path nor a URL",
                    "write \"about.md\" (below content/), \"/about/\" or \"https://…\"");
  return std::nullopt;
}

}  // namespace hardtop
