// A theme's files, looked up file by file: the site's own folder overrides the theme's, which overrides the default theme,
// which overrides assets/consent; the binary carries these two (DESIGN.md, Site). Nothing is compiled here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/data.h"
#include "base/diagnostic.h"
#include "base/files.h"
#include "theme/consent_colors.h"

namespace hardtop {

// A file that the binary carries: themes/default and assets/, put in at build time.
struct EmbeddedFile {
  std::string_view path;  // "themes/default/layouts/base.mustache", "assets/preview/live_reload.js"
  std::string_view bytes;
};
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_files();  // sorted by path

// A value that a theme lets a site set under [params], or a component take, declared in theme.toml:
//   [params.accent]
//   type = "text"          # text | html | markdown | flag | number | list | date | link
//   default = "#c00"       # absent: the value is optional
//   about = "…"
//   required = true        # component parameters only
struct ParamType {
  std::string name;
  std::string type = "text";
  std::optional<Data> fallback;
  std::string about;
  bool required = false;
  SourcePtr source = nullptr;  // of the fallback: a theme.toml
};

struct ComponentType {
  std::string name;
  std::string about;
  std::vector<ParamType> params;
  Place place;  // in a theme.toml; of no file where only its template says that it is there
};

struct ThemeFile {
  std::string path;  // below the theme: "layouts/base.mustache"
  SourcePtr source;  // its path as people read it: "layouts/base.mustache" (the site's), "../themes/mini/layouts/…" or
                     // "(built-in)/layouts/base.mustache"
};

struct Theme {
  std::string name;                    // as site.toml says it
  SourcePtr manifest;                  // theme.toml of the theme; empty text where there is none, never null
  std::vector<ParamType> params;       // [params.NAME]: what site.toml's [params] may set
  std::vector<ParamType> page_params;  // [page_params.NAME]: what front matter's [params] may set
  // [components.NAME.params.NAME]; one for each file in components/ too that nobody declares, and the built-in ones.
  std::vector<ComponentType> components;
  // Every one of consent_color_names(), in that order: the site's, else the theme's, else the default theme's. Where a
  // theme.toml has [consent.light] alone, its colours count for both. They are also styles/_consent-tokens.scss.
  std::vector<ThemeColor> consent_light, consent_dark;
  // By path: text files of layouts, partials and components (.mustache), styles (.scss, .css), scripts (.js), i18n
  // (.toml).
  std::map<std::string, ThemeFile> files;
  // Every i18n/LANG.toml by LANG in lower case, since these are merged and not replaced: the site's, then the theme's,
  // then the built-in one.
  std::map<std::string, std::vector<SourcePtr>> translations;
  // The theme's static files, by their path in the output. The site's own are not among them; those of the default theme are where
  // it is the theme, or its partials/head is used.
  struct StaticFile {
    std::string shown;      // as people read it: "themes/t/static/a.svg"
    std::string disk_path;  // where to read it; empty: `embedded` is its content
    std::string_view embedded;
  };
  std::map<std::string, StaticFile> static_files;

  [[nodiscard]] SourcePtr find(std::string_view path) const;  // null when there is none
  // "layouts", ".mustache": the names below that folder, without folder and ending; sorted. They point into `files`.
  [[nodiscard]] std::vector<std::string_view> names_in(std::string_view folder, std::string_view ending) const;
};

// Loads the theme called `name` for the site in `site_dir`: from SITE/themes/NAME, SITE/../themes/NAME, or the binary;
// `named_at` is where the name was written. Below the theme lies the default theme that the binary carries, and below
// that what visitors see of consent; above it the site's own folders and its theme.toml, if it has one: there a site
// declares the parameters of its own components.
// Reports theme/missing, theme/unreadable, theme/invalid-utf8, theme/unknown-key, theme/wrong-type, theme/bad-name, theme/bad-color, the
// errors of the TOML, and as warnings theme/unused-file (a layout that does not end in .mustache, a folder "layout", and the like) and
// theme/empty (a theme's folder without anything that is read).
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<Theme> load_theme(const Files& files, const std::string& site_dir, const std::string& name,
                                              const Place& named_at, Diagnostics& diagnostics);

inline constexpr std::string_view kFallbackLanguage = "en";
[[nodiscard]] bool is_english(std::string_view language);  // "en", "en-GB"

// Where words of `language` come from, in lower case, the weakest first: "en", "de", "de-at".
[[nodiscard]] std::vector<std::string> languages_for(std::string_view language);

// The theme's words in `language`, by key: the site's i18n/LANG.toml over the theme's over the built-in one; where a
// key is missing, the language without its region ("de" for "de-AT"), then English. Reports theme/bad-translation, the
// errors of the TOML, and as a warning theme/missing-translation (no file at all for the language). Empty if and only
// if it reported an error.
[[nodiscard]] std::optional<std::map<std::string, std::string>> load_translations(const Theme& theme,
                                                                                  const std::string& language,
                                                                                  Diagnostics& diagnostics);

}  // namespace hardtop
