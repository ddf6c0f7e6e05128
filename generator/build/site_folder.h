// The files of a folder of the site that is copied or read as it is: static/, data/.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

// The files of site_dir/name, as list_files. Reports build/unreadable, build/outside, build/broken-file-link.
[[nodiscard]] std::vector<FileEntry> list_site_folder(const Files& files, const std::string& site_dir,
                                                      const std::string& name, Diagnostics& diagnostics);

}  // namespace hardtop
