#include "build/site_folder.h"

#include <utility>

#include "base/folder_problems.h"

namespace hardtop {

std::vector<FileEntry> list_site_folder(const Files& files, const std::string& site_dir, const std::string& name,
                                        Diagnostics& diagnostics) {
  const auto report = [&](std::string path, std::string id, FolderProblem problem) {
    diagnostics.error(whole_file(std::move(path)), std::move(id), std::move(problem.message), std::move(problem.hint));
  };
  std::vector<FileEntry> entries;
  if (const auto error = files.list(join_path(site_dir, name), entries))
    report(name, "build/unreadable", unlistable_folder(name, error));
  std::erase_if(entries, [&](const FileEntry& entry) {
    if (entry.kind == FileKind::file) return false;
    report(join_path(name, entry.path),
           entry.kind == FileKind::escape   ? "build/outside"
           : entry.kind == FileKind::broken ? "build/broken-file-link"
                                            : "build/unreadable",
           entry_problem(name, entry.kind));
    return true;
  });
  return entries;
}

}  // namespace hardtop
