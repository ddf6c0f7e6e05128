// Sass into CSS. The only user of libsass, so that it can be replaced (the library is in maintenance mode).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// Gives the source of a style file by its path below styles/ ("main.scss", "parts/_card.scss"), null when there is
// none.
using StyleLoader = std::function<SourcePtr(std::string_view path)>;

struct StylesheetOptions {
  bool compressed = true;
  bool source_map = false;
  std::string map_url;                        // what the sourceMappingURL comment says; "" for none
  std::vector<std::string_view> known_paths;  // for suggestions
  // theme/sass_steps.h. Bootstrap 4 takes 1 million, 20,000 rules made by a loop 2.6 million; this many take
  // up to 11 s and 1 GB.
  std::size_t max_steps = 30'000'000;
};

// libsass counts columns in code points, as line_column does; to browsers they are UTF-16.
struct StyleMap {
  std::string mappings;            // theme/source_map.h
  std::vector<SourcePtr> sources;  // by their numbers in it; a file that is imported twice has two
};

struct Stylesheet {
  std::string css;                   // UTF-8 without a byte-order mark
  StyleMap map;                      // empty when no source map was asked for
  std::string source_map;            // JSON (source map revision 3), with sourcesContent; empty when not asked for
  std::vector<std::string> sources;  // paths of every file that was read, as in Source::path: sorted, unique
};

// Compiles the file at `path`; `@import "x"` looks for x.scss, _x.scss, x.css and _x.css, x/_index.scss beside the
// importing file, then from the top of styles/. As in all of Sass, x.css with its ending, url(x), //host/x and an
// import with a media query stay in the CSS as they are. Nothing is read but through `load`. Reports style/sass-error
// (the compiler's message at its place, with a note a step of the import chain), style/missing-import,
// style/import-cycle; style/endless (more than max_steps, mostly of a loop);
// @warn and @debug as the warnings style/warning and style/debug.
// Safe to call from several threads, if `load` is. Empty if and only if it reported an error.
[[nodiscard]] std::optional<Stylesheet> compile_stylesheet(std::string_view path, const StyleLoader& load,
                                                           const StylesheetOptions& options, Diagnostics& diagnostics);

}  // namespace hardtop
