// Paths in diagnostics are relative to the site's folder; people and tools open them from the current folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// The path of a site's file as seen from the current folder: "content/a.md" in "site" is "site/content/a.md", and
// "../themes/x" is "themes/x". Absolute paths, and those of what the binary carries, "(built-in)/…", stay as they are.
[[nodiscard]] std::string path_from_here(std::string_view site_dir, const std::string& path);

// The same diagnostics with paths that can be opened from here. Sources are copied, once each, where their path
// changes.
[[nodiscard]] std::vector<Diagnostic> seen_from_here(std::vector<Diagnostic> diagnostics, std::string_view site_dir);

}  // namespace hardtop
