// What a style file says before it is compiled: the files that it imports, the loops in it. Also the watch at the door of libsass, which
// some texts would crash, stall or be misread by.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// One string of an @import.
struct StyleImport {
  std::string url;         // between the quotes, as written
  std::size_t offset = 0;  // of the opening quote
  std::size_t length = 0;  // with the quotes
  bool plain = false;      // stays in the CSS as it is: x.css, //host, http://host, or followed by a media query
  std::string target;      // path of the file that it stands for (style_imports.h), unless plain
};

// An @while or @for, the loops that may have no end.
struct StyleLoop {
  std::size_t offset = 0;
  std::size_t length = 0;
};

struct ScannedStyle {
  std::vector<StyleImport> imports;  // in order, as are the loops
  std::vector<StyleLoop> loops;
};

// Reports as style/sass-error what libsass would pass on without a word (@use,
// @forward, a variable in calc()) and what would break it: NUL bytes, nesting over 100 levels, 500 @else in one chain, 100 minus signs in a
// row. Empty if and only if it reported an error.
[[nodiscard]] std::optional<ScannedStyle> scan_style(const SourcePtr& source, Diagnostics& diagnostics);

}  // namespace hardtop
