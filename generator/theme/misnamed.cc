#include "theme/misnamed.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/ascii.h"
#include "base/paths.h"

namespace hardtop {

namespace {

struct KnownName {
  std::string_view name;
  bool of_theme = true;                                    // else of sites alone
  std::array<std::string_view, 3> endings = {"", "", ""};  // of a folder's files; all empty: any
  bool is_file = false;
};
constexpr std::array<KnownName, 13> kKnown = {{{"layouts", true, {".mustache", "", ""}},
                                               {"partials", true, {".mustache", "", ""}},
                                               {"components", true, {".mustache", "", ""}},
                                               {"styles", true, {".scss", ".css", ""}},
                                               {"scripts", true, {".js", "", ""}},
                                               {"i18n", true, {".toml", "", ""}},
                                               {"static"},
                                               {"theme.toml", true, {}, true},
                                               {"content", false, {".md", "", ""}},
                                               {"data", false, {".toml", "", ""}},
                                               {"themes", false, {".mustache", ".scss", ".toml"}},
                                               {"consent.toml", false, {}, true},
                                               {"consent.lock", false, {}, true}}};

// All names are asked for one by one: listing a site's whole folder would mean to list node_modules, too.
std::set<std::string> misspellings(std::string_view known) {
  std::set<std::string> names;
  const std::string name(known);
  for (std::size_t i = 0; i < name.size(); ++i) {
    names.insert(std::string(name).erase(i, 1));
    names.insert(std::string(name).insert(i, 1, name[i]));
    if (i + 1 < name.size()) {
      std::string swapped = name;
      std::swap(swapped[i], swapped[i + 1]);
      names.insert(std::move(swapped));
    }
  }
  names.insert(std::string(name).insert(std::min(name.find('.'), name.size()), "s"));
  std::string capital = name;
  capital[0] = to_ascii_upper(capital[0]);
  names.insert(std::move(capital));
  for (const KnownName& other : kKnown) names.erase(std::string(other.name));
  return names;
}

bool holds_what_is_read(const Files& files, const std::string& folder, const KnownName& known) {
  std::vector<FileEntry> entries;
  if (files.list(folder, entries)) return false;
  return std::ranges::any_of(entries, [&](const FileEntry& entry) {
    return known.endings[0].empty() || std::ranges::any_of(known.endings, [&](std::string_view ending) {
             return !ending.empty() && entry.path.ends_with(ending);
           });
  });
}

}  // namespace

bool warn_of_misnamed(const Files& files, const std::string& folder, const std::string& shown, TopFolder kind,
                      Diagnostics& diagnostics) {
  bool is_any = false;
  for (const KnownName& known : kKnown) {
    if (kind == TopFolder::theme && !known.of_theme) continue;
    const std::string right = join_path(folder, std::string(known.name));
    for (const std::string& name : misspellings(known.name)) {
      const std::string path = join_path(folder, name);
      const bool is_there =
          known.is_file ? files.is_file(path) : files.is_folder(path) && holds_what_is_read(files, path, known);
      if (!is_there) continue;
      // Where "Layouts" and "layouts" are one folder.
      if (is_ascii_upper_alpha(name[0]) && (files.is_folder(right) || files.is_file(right))) continue;
      const std::string slash = known.is_file ? "" : "/";
      diagnostics.warning(whole_file(join_path(shown, name)), "theme/unused-file",
                          "hardtop does not read '" + name + slash + "'",
                          "did you mean '" + std::string(known.name) + slash + "'?");
      is_any = true;
    }
  }
  return is_any;
}

}  // namespace hardtop
