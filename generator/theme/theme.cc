// Four layers, the strongest first: the site, its theme, and of what the binary carries the default theme and what
// visitors see of consent. A path is taken from the first layer that has it.
#include "theme/theme.h"

#include <algorithm>
#include <array>

#include "base/list_files.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "base/text.h"
#include "theme/misnamed.h"
#include "theme/theme_manifest.h"

namespace hardtop {

namespace {

constexpr std::string_view kEmbeddedTheme = "themes/default/";
constexpr std::string_view kEmbeddedConsent = "assets/consent/";
constexpr std::string_view kShownEmbedded = "(built-in)";

struct TextFolder {
  std::string_view name;
  std::array<std::string_view, 2> endings;  // the second may be empty
  // What is meant for pages, and is written in another language: a mistake, unless a tool makes the file of that name
  // with an ending of ours. None: anything else is a mistake. A site keeps tools and sources of its own in styles/ and
  // scripts/.
  std::array<std::string_view, 5> other_languages = {};
  std::string_view advice = "rename it";
};
constexpr std::array<TextFolder, 6> kTextFolders = {
    {{"layouts", {".mustache", ""}},
     {"partials", {".mustache", ""}},
     {"components", {".mustache", ""}},
     {"styles", {".scss", ".css"}, {".sass", ".less", ".styl"}, "write it with braces and semicolons, as SCSS"},
     {"scripts",
      {".js", ""},
      {".ts", ".tsx", ".jsx", ".mjs", ".coffee"},
      "let its compiler write JavaScript beside it"},
     {"i18n", {".toml", ""}}}};

template <typename Endings>
std::string_view ending_among(const Endings& endings, std::string_view path) {
  const auto has = [&](std::string_view ending) { return !ending.empty() && path.ends_with(ending); };
  const auto found = std::ranges::find_if(endings, has);
  return found == endings.end() ? std::string_view() : *found;
}

// Notes that people put beside their templates.
bool is_note(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".txt") || path.ends_with("LICENSE");
}

// "MAIN.SCSS"
bool is_in_capitals(const TextFolder& folder, std::string_view path) {
  return !ending_among(folder.endings, to_lower_ascii(path)).empty();
}

// Whether a file of the folder that has none of its endings was meant to be used.
bool is_mistaken(const TextFolder& folder, std::string_view path, const std::vector<FileEntry>& beside) {
  if (is_in_capitals(folder, path)) return true;
  if (folder.other_languages[0].empty()) return !is_note(path);
  const std::string_view ending = ending_among(folder.other_languages, path);
  if (ending.empty()) return false;
  const std::string_view stem = path.substr(0, path.size() - ending.size());
  return std::ranges::none_of(folder.endings, [&](std::string_view ours) {
    return !ours.empty() &&
           std::ranges::find(beside, std::string(stem) + std::string(ours), &FileEntry::path) != beside.end();
  });
}

class ThemeLoader {
 public:
  ThemeLoader(const Files& files, const std::string& site_dir, Diagnostics& diagnostics)
      : files_(files), site_dir_(site_dir), diagnostics_(diagnostics) {}

  std::optional<Theme> load(const std::string& name, const Place& named_at) {
    const std::size_t errors_before = diagnostics_.error_count();
    theme_.name = name;
    std::string folder, shown;
    const bool on_disk = find_folder(name, folder, shown);
    if (!on_disk && name != "default") {
      report_missing(name, named_at);
      return std::nullopt;
    }
    read_folder(site_dir_, "");
    read_manifest(site_dir_, "");
    warn_of_misnamed(files_, site_dir_, "", TopFolder::site, diagnostics_);
    if (on_disk) {
      const bool has_texts = read_folder(folder, shown);
      theme_.manifest = read_manifest(folder, shown);
      read_static(folder, shown);
      const bool is_misnamed = warn_of_misnamed(files_, folder, shown, TopFolder::theme, diagnostics_);
      if (!has_texts && !theme_.manifest && theme_.static_files.empty() && !is_misnamed)
        diagnostics_.warning(named_at, "theme/empty",
                             "the theme '" + name + "' is empty: the default theme shows in its place",
                             "put its layouts/ and styles/ into " + shown + "/, or write theme = \"default\"");
      if (!theme_.manifest) theme_.manifest = make_source(join_path(shown, "theme.toml"), "");
    }
    read_embedded(!on_disk);
    read_consent_parts();
    add_undeclared_components();
    sort_colors(theme_.consent_light);
    sort_colors(theme_.consent_dark);
    // Over whatever a theme calls so: what is judged and what is shown must not differ.
    theme_.files["styles/_consent-tokens.scss"] = {
        "styles/_consent-tokens.scss", make_source(join_path(kShownEmbedded, "styles/_consent-tokens.scss"),
                                                   consent_tokens(theme_.consent_light, theme_.consent_dark))};
    if (diagnostics_.error_count() != errors_before) return std::nullopt;
    return std::move(theme_);
  }

 private:
  // SITE/themes/NAME, then SITE/../themes/NAME.
  bool find_folder(const std::string& name, std::string& folder, std::string& shown) const {
    if (name.empty() || name.front() == '.' || name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
      return false;
    for (const std::string_view themes : {"themes", "../themes"}) {
      shown = join_path(themes, name);
      folder = join_path(site_dir_, shown);
      if (files_.is_folder(folder)) return true;
    }
    return false;
  }

  void report_missing(const std::string& name, const Place& named_at) const {
    std::vector<std::string> names = {"default"};
    for (const std::string_view themes : {"themes", "../themes"}) {
      std::vector<FileEntry> entries;
      if (files_.list(join_path(site_dir_, themes), entries)) continue;
      for (const FileEntry& entry : entries)
        if (const std::size_t slash = entry.path.find('/'); slash != std::string::npos)
          names.push_back(entry.path.substr(0, slash));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    diagnostics_.error(named_at, "theme/missing", "there is no theme called '" + name + "'",
                       suggest(name, {names.begin(), names.end()}));
  }

  // Whether there was a file.
  bool read_folder(const std::string& folder, const std::string& shown) {
    bool is_any = false;
    for (const TextFolder& text_folder : kTextFolders) {
      const std::string below(text_folder.name);
      const std::vector<FileEntry> entries = list(join_path(folder, below), join_path(shown, below));
      for (const FileEntry& entry : entries) {
        const std::string path = below + "/" + entry.path;
        if (!ending_among(text_folder.endings, entry.path).empty()) {
          is_any = true;
          if (SourcePtr source = read_text(join_path(folder, path), join_path(shown, path)))
            add(path, std::move(source));
        } else if (is_mistaken(text_folder, entry.path, entries)) {
          diagnostics_.warning(whole_file(join_path(shown, path)), "theme/unused-file", "this file is not used",
                               std::string(is_in_capitals(text_folder, entry.path) ? "rename it" : text_folder.advice) +
                                   ": what is used of " + below + "/ ends in " + std::string(text_folder.endings[0]));
        }
      }
    }
    return is_any;
  }

  void read_static(const std::string& folder, const std::string& shown) {
    for (const FileEntry& entry : list(join_path(folder, "static"), join_path(shown, "static")))
      theme_.static_files[entry.path] = {
          join_path(join_path(shown, "static"), entry.path), join_path(join_path(folder, "static"), entry.path), {}};
  }

  void read_embedded(bool is_the_theme) {
    std::vector<std::pair<std::string, std::string_view>> embedded_static;
    for (const EmbeddedFile& file : embedded_files()) {
      if (!file.path.starts_with(kEmbeddedTheme)) continue;
      const std::string path(file.path.substr(kEmbeddedTheme.size()));
      const std::string shown = join_path(kShownEmbedded, path);
      if (path.starts_with("static/")) {
        embedded_static.emplace_back(path.substr(7), file.bytes);
      } else if (path == "theme.toml") {
        const SourcePtr source = make_source(shown, std::string(file.bytes));
        if (is_the_theme) theme_.manifest = source;
        merge(source);
      } else {
        add(path, make_source(shown, std::string(file.bytes)));
      }
    }
    if (!theme_.manifest) theme_.manifest = make_source(join_path(kShownEmbedded, "theme.toml"), "");
    // A theme of nothing but styles uses the embedded head, which links to the icon; others have static files of their
    // own.
    const SourcePtr head = theme_.find("partials/head.mustache");
    if (is_the_theme || (head && head->path.starts_with(kShownEmbedded)))
      for (auto& [path, bytes] : embedded_static)
        theme_.static_files.try_emplace(path,
                                        Theme::StaticFile{join_path(kShownEmbedded, "static/" + path), "", bytes});
  }

  // The runtime's scripts stand beside them, and are not a theme's business.
  void read_consent_parts() {
    for (const EmbeddedFile& file : embedded_files()) {
      if (!file.path.starts_with(kEmbeddedConsent)) continue;
      const std::string path(file.path.substr(kEmbeddedConsent.size()));
      for (const char* folder : {"partials/", "styles/", "i18n/"})
        if (path.starts_with(folder)) add(path, make_source(join_path(kShownEmbedded, path), std::string(file.bytes)));
    }
  }

  void add(const std::string& path, SourcePtr source) {
    constexpr std::string_view kWords = "i18n/", kEnding = ".toml";
    if (path.starts_with(kWords) && path.ends_with(kEnding)) {
      const std::string_view language =
          std::string_view(path).substr(kWords.size(), path.size() - kWords.size() - kEnding.size());
      theme_.translations[to_lower_ascii(language)].push_back(source);
    }
    theme_.files.try_emplace(path, ThemeFile{path, std::move(source)});
  }

  // Null when there is none.
  SourcePtr read_manifest(const std::string& folder, const std::string& shown) {
    const std::string path = join_path(folder, "theme.toml");
    if (!files_.is_file(path)) return nullptr;
    SourcePtr source = read_text(path, join_path(shown, "theme.toml"));
    if (source) merge(source);
    return source;
  }

  // What a stronger layer declared stays.
  void merge(const SourcePtr& source) {
    std::optional<ThemeManifest> manifest = parse_theme_manifest(source, diagnostics_);
    if (!manifest) return;
    const auto merge_into = [](auto& all, auto& weaker) {
      for (auto& item : weaker)
        if (std::none_of(all.begin(), all.end(), [&](const auto& known) { return known.name == item.name; }))
          all.push_back(std::move(item));
    };
    merge_into(theme_.params, manifest->params);
    merge_into(theme_.page_params, manifest->page_params);
    merge_into(theme_.components, manifest->components);
    if (manifest->consent_dark.empty()) manifest->consent_dark = manifest->consent_light;
    merge_into(theme_.consent_light, manifest->consent_light);
    merge_into(theme_.consent_dark, manifest->consent_dark);
  }

  void add_undeclared_components() {
    for (const std::string_view name : theme_.names_in("components", ".mustache"))
      if (std::none_of(theme_.components.begin(), theme_.components.end(),
                       [&](const ComponentType& known) { return known.name == name; }))
        theme_.components.push_back({std::string(name), "", {}, {}});
    std::sort(theme_.components.begin(), theme_.components.end(),
              [](const ComponentType& a, const ComponentType& b) { return a.name < b.name; });
  }

  // What is no file in it, is reported.
  std::vector<FileEntry> list(const std::string& folder, const std::string& shown) {
    constexpr const char* kId = "theme/unreadable";
    return list_files(files_, folder, shown, {kId, kId, kId}, diagnostics_).value_or(std::vector<FileEntry>());
  }

  SourcePtr read_text(const std::string& path, const std::string& shown) {
    std::string text;
    if (const std::error_code error = files_.read(path, text)) {
      report_unreadable(shown, "this file cannot be read: " + error.message(), "make it readable for you");
      return nullptr;
    }
    SourcePtr source = make_source(shown, std::move(text));
    if (const auto invalid = first_invalid_utf8(source->text)) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(source->text[*invalid]);
      diagnostics_.error(
          {source, *invalid, 1}, "theme/invalid-utf8",
          "the file is not UTF-8: byte " + std::to_string(*invalid) + " is 0x" + kHex[byte >> 4] + kHex[byte & 15],
          "save the file as UTF-8");
      return nullptr;
    }
    return source;
  }

  void report_unreadable(const std::string& shown, std::string message, std::string hint) {
    diagnostics_.error(whole_file(shown), "theme/unreadable", std::move(message), std::move(hint));
  }

  const Files& files_;
  const std::string& site_dir_;
  Diagnostics& diagnostics_;
  Theme theme_;
};

}  // namespace

SourcePtr Theme::find(std::string_view path) const {
  const auto found = files.find(std::string(path));
  return found == files.end() ? nullptr : found->second.source;
}

std::vector<std::string_view> Theme::names_in(std::string_view folder, std::string_view ending) const {
  std::vector<std::string_view> names;
  const std::string prefix = std::string(folder) + "/";
  for (auto file = files.lower_bound(prefix); file != files.end() && file->first.starts_with(prefix); ++file)
    if (file->first.ends_with(ending))
      names.push_back(
          std::string_view(file->first).substr(prefix.size(), file->first.size() - prefix.size() - ending.size()));
  std::sort(names.begin(), names.end());  // with their endings they were in another order: "a-b.x" < "a.x"
  return names;
}

std::optional<Theme> load_theme(const Files& files, const std::string& site_dir, const std::string& name,
                                const Place& named_at, Diagnostics& diagnostics) {
  return ThemeLoader(files, site_dir, diagnostics).load(name, named_at);
}

}  // namespace hardtop
