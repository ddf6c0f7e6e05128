// Style sheets, scripts and static files.
//   styles/NAME.scss   -> assets/NAME.HASH.css   (names that begin with '_' are parts of others)
//   scripts/NAME.js    -> assets/NAME.HASH.js    (what it imports of the others has their names: script_modules.h)
//   static/…           -> the same path, the site's over the theme's
// HASH is the first eight digits of the content's hash, in production; development has none, and source maps instead.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "build/script_modules.h"
#include "build/site_model.h"
#include "theme/stylesheet.h"
#include "theme/theme.h"

namespace hardtop {

struct Asset {
  std::string name;  // as templates know it: "css_main"
  OutputFile file;
  std::vector<OutputFile> beside;          // its source map
  std::vector<std::string> sources;        // input files it was made from
  std::string entry;                       // of a style sheet: its own file below styles/, "main.scss"
  std::vector<ModuleSpecifier> elsewhere;  // of a script: LinkedScript::elsewhere
};

// The names that templates may use, before anything is compiled.
[[nodiscard]] std::vector<std::string> asset_names(const Theme& theme);

struct AssetOptions {
  bool development = false;
  bool asks = false;  // ConsentConfig::asks(): only then styles/consent.scss is compiled
  unsigned jobs = 1;
};

// Reports what stylesheet.h reports, and build/bad-asset-name (a name that a template cannot write, or that two files
// would have). Errors leave the
// asset out.
[[nodiscard]] std::vector<Asset> compile_assets(const Theme& theme, const AssetOptions& options,
                                                Diagnostics& diagnostics);

// A style sheet once more, as compile_assets made it of the same theme, with its source map. Empty if it comes out otherwise.
[[nodiscard]] std::optional<Stylesheet> compile_with_map(const Theme& theme, const Asset& asset,
                                                         const AssetOptions& options);

struct StaticFile {
  OutputFile file;
  std::string input;  // as diagnostics show it: "static/favicon.svg"
};
// Files to copy: the theme's static files under the site's. Reports build/outside (a symbolic link that leaves
// static/), build/broken-file-link, build/unreadable, content/bad-name.
[[nodiscard]] std::vector<StaticFile> find_static_files(const Files& files, const std::string& site_dir,
                                                        const Theme& theme, Diagnostics& diagnostics);

}  // namespace hardtop
