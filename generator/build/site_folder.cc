#include "build/site_folder.h"

#include "base/list_files.h"
#include "base/paths.h"

namespace hardtop {

std::vector<FileEntry> list_site_folder(const Files& files, const std::string& site_dir, const std::string& name,
                                        Diagnostics& diagnostics) {
  constexpr ListingIds kIds = {"build/unreadable", "build/outside", "build/broken-file-link"};
  return list_files(files, join_path(site_dir, name), name, kIds, diagnostics).value_or(std::vector<FileEntry>());
}

}  // namespace hardtop
