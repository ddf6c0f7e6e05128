#include "serve/watched_names.h"

#include <algorithm>
#include <array>

#include "base/files.h"

namespace hardtop {
namespace {

constexpr std::array<std::string_view, 7> kThemeFolders = {"components", "i18n",   "layouts", "partials",
                                                           "scripts",    "static", "styles"};
constexpr std::array<std::string_view, 2> kSiteFolders = {"content", "data"};  // and those of a theme
constexpr std::array<std::string_view, 4> kSiteFiles = {"consent.lock", "consent.toml", "site.toml", "theme.toml"};
constexpr std::string_view kThemes = "themes", kThemeFile = "theme.toml";

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

}  // namespace

Role role_of(Zone zone, std::string_view name) {
  switch (zone) {
    case Zone::parent:
      return name == kThemes ? Role::folder : Role::none;
    case Zone::site:
      if (contains(kSiteFiles, name)) return Role::file;
      return name == kThemes || contains(kSiteFolders, name) || contains(kThemeFolders, name) ? Role::folder
                                                                                              : Role::none;
    case Zone::themes:
      return is_listed_name(name) ? Role::folder : Role::none;
    case Zone::theme:
      if (name == kThemeFile) return Role::file;
      return contains(kThemeFolders, name) ? Role::folder : Role::none;
    case Zone::tree:
      break;
  }
  return is_listed_name(name) ? Role::any : Role::none;
}

Zone zone_of_folder(Zone above, std::string_view name) {
  if (above == Zone::parent || (above == Zone::site && name == kThemes)) return Zone::themes;
  return above == Zone::themes ? Zone::theme : Zone::tree;
}

bool is_scratch_file(std::string_view name) {
  return name == "4913" || name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___") ||
         (name.size() > 1 && name.starts_with('#') && name.ends_with('#'));
}

const std::vector<std::string>& known_names(Zone zone) {
  static const std::vector<std::string> parent = {std::string(kThemes)}, unknown;
  static const std::vector<std::string> theme = [] {
    std::vector<std::string> names(kThemeFolders.begin(), kThemeFolders.end());
    names.emplace_back(kThemeFile);
    return names;
  }();
  static const std::vector<std::string> site = [] {
    std::vector<std::string> names(kThemeFolders.begin(), kThemeFolders.end());
    names.insert(names.end(), kSiteFolders.begin(), kSiteFolders.end());
    names.insert(names.end(), kSiteFiles.begin(), kSiteFiles.end());
    names.emplace_back(kThemes);
    return names;
  }();
  if (zone == Zone::parent) return parent;
  if (zone == Zone::site) return site;
  return zone == Zone::theme ? theme : unknown;
}

std::string top_of_tree(std::string_view folder) {
  std::size_t parts = 1;  // content
  if (folder.starts_with("../")) {
    parts = 4;  // ../themes/mini/layouts
  } else if (folder.starts_with("themes/")) {
    parts = 3;
  }
  std::size_t end = 0;
  for (; parts > 0 && end < folder.size(); --parts) end = std::min(folder.find('/', end + 1), folder.size());
  return std::string(folder.substr(0, end));
}

std::vector<std::string> all_watched() {
  std::vector<std::string> all = known_names(Zone::site);
  all.push_back("../" + std::string(kThemes));
  std::ranges::sort(all);
  return all;
}

}  // namespace hardtop
