// Which files a style sheet is made of, found before any of them is compiled: so all missing imports are reported at
// once, and a circle is reported where it closes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "theme/style_scan.h"
#include "theme/stylesheet.h"

namespace hardtop {

struct StyleFile {
  SourcePtr source;
  std::vector<StyleImport> imports;  // in order
  std::vector<StyleLoop> loops;      // in order
  Place imported_at;                 // the first import of this file; of the entry: no file
};

struct StyleGraph {
  std::string entry;
  std::map<std::string, StyleFile, std::less<>> files;  // by path below styles/
};

// Reads the file at `entry` and everything that it imports; a file is looked up as stylesheet.h says. Reports
//   style/missing-import, style/import-cycle, what style_scan.h reports, and as style/sass-error chains of imports over
//   100 files long and more than 10,000 files after expansion.
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<StyleGraph> load_style_graph(std::string_view entry, const StyleLoader& load,
                                                         const std::vector<std::string_view>& known_paths,
                                                         Diagnostics& diagnostics);

}  // namespace hardtop
