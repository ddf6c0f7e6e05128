// The files of a folder that belongs to a site or a theme. What stands in it and is no file is reported, in the same words wherever,
// under ids of the caller's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

struct ListingIds {
  const char* unreadable;  // the folder, or one below it, cannot be listed; a socket, pipe or device
  const char* outside;     // a symbolic link that leads out of the folder
  const char* broken;      // one that leads nowhere, or in a circle
};

// Sorted by path, as Files::list. Judged before they are opened: what a link outside holds is no business of the site, and a pipe
// would never end. `shown`: the folder as people read it: "content". Empty if and only if the folder itself cannot be listed.
[[nodiscard]] std::optional<std::vector<FileEntry>> list_files(const Files& files, const std::string& folder,
                                                               const std::string& shown, const ListingIds& ids,
                                                               Diagnostics& diagnostics);

}  // namespace hardtop
