#include "build/assets.h"

#include <algorithm>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "build/site_folder.h"
#include "content/load_content.h"
#include "theme/theme_manifest.h"

namespace hardtop {

namespace {

constexpr std::string_view kConsentStyles = "styles/consent.scss";

// "styles/main.scss" -> "main"; empty for parts and for files in deeper folders.
std::string_view entry_name(std::string_view path, std::string_view folder, std::string_view ending) {
  if (!path.starts_with(folder) || !path.ends_with(ending)) return {};
  path.remove_prefix(folder.size());
  path.remove_suffix(ending.size());
  return path.find('/') != std::string_view::npos || path.starts_with('_') ? std::string_view() : path;
}

std::string variable_name(std::string_view kind, std::string_view name) {
  std::string out = std::string(kind) + "_" + std::string(name);
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

std::string output_path(std::string_view name, std::string_view ending, const std::string& bytes, bool development) {
  return "assets/" + std::string(name) + (development ? "" : "." + hash128_hex(bytes).substr(0, 8)) +
         std::string(ending);
}

StyleLoader loader_of(const Theme& theme) {
  return [&theme](std::string_view path) { return theme.find("styles/" + std::string(path)); };
}

}  // namespace

std::vector<std::string> asset_names(const Theme& theme) {
  std::vector<std::string> names;
  for (const auto& [path, file] : theme.files) {
    if (const auto name = entry_name(path, "styles/", ".scss"); !name.empty())
      names.push_back(variable_name("css", name));
    if (const auto name = entry_name(path, "scripts/", ".js"); !name.empty())
      names.push_back(variable_name("js", name));
  }
  return names;
}

std::vector<Asset> compile_assets(const Theme& theme, const AssetOptions& asset_options, Diagnostics& diagnostics) {
  const bool development = asset_options.development;
  struct Entry {
    std::string_view name;
    const ThemeFile* file;
    bool is_style;
    std::string variable;  // as templates know it
  };
  std::vector<Entry> entries;
  std::vector<std::string_view> style_paths;
  for (const auto& [path, file] : theme.files) {
    if (path.starts_with("styles/")) style_paths.push_back(std::string_view(path).substr(7));
    if (path == kConsentStyles && !asset_options.asks) continue;
    if (const auto name = entry_name(path, "styles/", ".scss"); !name.empty())
      entries.push_back({name, &file, true, variable_name("css", name)});
    if (const auto name = entry_name(path, "scripts/", ".js"); !name.empty())
      entries.push_back({name, &file, false, variable_name("js", name)});
  }
  std::map<std::string_view, const ThemeFile*> by_name;
  for (const Entry& entry : entries) {
    const std::string& name = entry.variable;
    const SourcePtr& source = entry.file->source;
    if (!is_template_name(name))
      diagnostics.error(whole_file(source->path), "build/bad-asset-name",
                        "templates cannot use the name '" + name + "'",
                        "rename the file: use letters, digits, '-' and '_' only");
    else if (const auto [first, is_new] = by_name.try_emplace(name, entry.file); !is_new)
      diagnostics.error(whole_file(source->path), "build/bad-asset-name",
                        "templates know this file as '" + name + "', and so they do " + first->second->source->path,
                        "rename one of the two");
  }
  const StyleLoader load = loader_of(theme);
  std::vector<Asset> assets(entries.size());
  for_each_index(entries.size(), asset_options.jobs, [&](std::size_t i) {
    const Entry& entry = entries[i];
    Asset& asset = assets[i];
    if (!entry.is_style) return;
    StylesheetOptions options;
    options.compressed = !development;
    options.source_map = development;
    options.map_url = std::string(entry.name) + ".css.map";
    options.known_paths = style_paths;
    asset.entry = file_name(entry.file->path);
    auto style = compile_stylesheet(asset.entry, load, options, diagnostics);
    if (!style) return;
    asset.name = entry.variable;
    asset.file.path = output_path(entry.name, ".css", style->css, development);
    asset.file.bytes = std::move(style->css);
    if (development && !style->source_map.empty())
      asset.beside.push_back({"assets/" + options.map_url, std::move(style->source_map), ""});
    asset.sources = std::move(style->sources);
  });
  std::vector<Script> scripts;
  std::vector<std::size_t> entry_of;  // a script
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].is_style) continue;
    scripts.push_back({entries[i].name, entries[i].file->source->text});
    entry_of.push_back(i);
  }
  std::vector<LinkedScript> linked = link_scripts(scripts, [&](std::string_view name, const std::string& bytes) {
    return output_path(name, ".js", bytes, development);
  });
  for (std::size_t i = 0; i < linked.size(); ++i) {
    Asset& asset = assets[entry_of[i]];
    asset.name = entries[entry_of[i]].variable;
    asset.file = {std::move(linked[i].path), std::move(linked[i].text), ""};
    asset.sources = {entries[entry_of[i]].file->source->path};
    asset.elsewhere = std::move(linked[i].elsewhere);
    if (development) continue;  // they keep their names
    for (const std::size_t imported : linked[i].imports)
      asset.sources.push_back(entries[entry_of[imported]].file->source->path);
  }
  std::erase_if(assets, [](const Asset& asset) { return asset.name.empty(); });
  return assets;
}

std::optional<Stylesheet> compile_with_map(const Theme& theme, const Asset& asset, const AssetOptions& asset_options) {
  StylesheetOptions options;
  options.compressed = !asset_options.development;
  options.source_map = true;
  Diagnostics told_before;
  std::optional<Stylesheet> style = compile_stylesheet(asset.entry, loader_of(theme), options, told_before);
  // In development it has a comment at its end that names the map.
  if (style && !asset.file.bytes.starts_with(style->css)) style.reset();
  return style;
}

std::vector<StaticFile> find_static_files(const Files& files, const std::string& site_dir, const Theme& theme,
                                          Diagnostics& diagnostics) {
  std::map<std::string, StaticFile> found;
  const auto check_name = [&](const std::string& path, const std::string& shown) {
    if (is_portable_path(path)) return true;
    diagnostics.error(whole_file(shown), "content/bad-name",
                      "the file's name is not UTF-8, or holds a control character",
                      "rename the file: its name becomes a part of URLs");
    return false;
  };
  for (const auto& [path, file] : theme.static_files) {
    if (!check_name(path, file.shown)) continue;
    StaticFile& out = found[path];
    out.input = file.shown;
    if (file.disk_path.empty())
      out.file = {path, std::string(file.embedded), ""};
    else
      out.file = {path, "", file.disk_path};
  }
  const std::string folder = join_path(site_dir, "static");
  for (const FileEntry& entry : list_site_folder(files, site_dir, "static", diagnostics)) {
    const std::string shown = "static/" + entry.path;
    if (check_name(entry.path, shown)) found[entry.path] = {{entry.path, "", join_path(folder, entry.path)}, shown};
  }
  std::vector<StaticFile> out;
  out.reserve(found.size());
  for (auto& [path, file] : found) out.push_back(std::move(file));
  return out;
}

}  // namespace hardtop
