// What a site is made of, by name: which files and folders on the disk the preview watches. All paths here are relative to the
// site's folder and written as diagnostics show them: "content/a.md", "site.toml", "themes/mini/theme.toml",
// "../themes/mini/layouts/page.mustache"; "" is the site's folder itself.
//
// Everything else in the site's folder (the output, .hardtop/, .git/, node_modules/) is never looked at, so that it costs
// no watches. All themes are watched, and not just the one of site.toml: that line may change at any time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// What a folder is to a site, and with that, which names in it count.
enum class Zone : std::uint8_t {
  parent,  // "..": only themes/ in it
  site,    // "": site.toml and the like, content/, layouts/ …
  themes,  // "themes" or "../themes": every folder in it is a theme
  theme,   // "themes/mini": theme.toml, layouts/, static/ …
  tree,    // a folder that is read with all that is below it
};

enum class Role : std::uint8_t { none, file, folder, any };

// What `name` is to a folder of that zone. Editors' own files are nobody's: those that Files::list() leaves out, and those
// that stand beside a file only while it is saved.
[[nodiscard]] Role role_of(Zone zone, std::string_view name);
[[nodiscard]] Zone zone_of_folder(Zone above, std::string_view name);  // role_of() is folder or any

// A file that an editor makes while it saves, and takes away again: "4913" (Vim asks so whether it may write), what
// JetBrains' safe write and Emacs' autosave call theirs.
[[nodiscard]] bool is_scratch_file(std::string_view name);

// The names in a folder of that zone that are worth asking for; empty where only listing it tells (themes, tree).
[[nodiscard]] const std::vector<std::string>& known_names(Zone zone);

// The folder whose listing `folder` is part of: "content" for "content/a/b", "themes/mini/layouts" for what is below it.
[[nodiscard]] std::string top_of_tree(std::string_view folder);

// All there is to watch, when everything may have changed: sorted.
[[nodiscard]] std::vector<std::string> all_watched();

}  // namespace hardtop
