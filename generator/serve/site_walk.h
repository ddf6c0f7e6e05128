// Walks the folders that a site is made of (watched_names.h), as the build would list them: symbolic links to folders are
// followed where they stay inside the folder that is listed, and never in a circle.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "serve/watched_names.h"

namespace hardtop {

struct SiteWalker {
  // A folder, before its names are read: who watches it first and lists it then misses nothing. False: it is left out.
  std::function<bool(const std::string& path, Zone zone)> folder;
  // Anything that is not a folder; a link when it leads to a file, to nowhere or out of the site. To be looked at as `name`
  // in the open folder `at`.
  std::function<void(const std::string& path, int at, const char* name, bool is_link)> file;
};

// `path` is a folder's, relative to the site's folder. Whatever cannot be read, or goes away meanwhile, is left out.
void walk_site(const std::string& site_dir, const std::string& path, Zone zone, const SiteWalker& walker);

// The path to open. "" is the site's folder, ".." the one above it.
[[nodiscard]] std::string disk_path(const std::string& site_dir, const std::string& path);

}  // namespace hardtop
