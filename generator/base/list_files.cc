#include "base/list_files.h"

#include <system_error>
#include <utility>

#include "base/paths.h"

namespace hardtop {

namespace {

struct Problem {
  const char* id;
  std::string message, hint;
};

Problem problem_of_folder(const std::string& shown, std::error_code error, const ListingIds& ids) {
  std::string message = "the folder cannot be listed: " + error.message();
  if (error == std::errc::not_a_directory)
    return {ids.unreadable, std::move(message), "remove or rename this file: " + shown + "/ is a folder"};
  if (error == std::errc::no_such_file_or_directory)
    return {ids.unreadable, "this symbolic link leads nowhere", "let it lead to a folder, or remove it"};
  return {ids.unreadable, std::move(message), "make it, and everything in it, readable for you"};
}

Problem problem_of_entry(const std::string& shown, FileKind kind, const ListingIds& ids) {
  switch (kind) {
    case FileKind::escape:
      return {ids.outside, "this symbolic link leads out of " + shown + "/",
              "copy what it points to into " + shown + "/, or remove the link"};
    case FileKind::broken:
      return {ids.broken, "this symbolic link leads nowhere, or back to a folder above it",
              "let it point to a file or folder in " + shown + "/, or remove it"};
    case FileKind::locked:
      return problem_of_folder(shown, std::make_error_code(std::errc::permission_denied), ids);
    case FileKind::special:
    case FileKind::file:
      break;
  }
  return {ids.unreadable, "this is a socket, pipe or device, not a file", "remove it"};
}

}  // namespace

std::optional<std::vector<FileEntry>> list_files(const Files& files, const std::string& folder,
                                                 const std::string& shown, const ListingIds& ids,
                                                 Diagnostics& diagnostics) {
  const auto report = [&](std::string path, Problem problem) {
    diagnostics.error(whole_file(std::move(path)), problem.id, std::move(problem.message), std::move(problem.hint));
  };
  std::vector<FileEntry> entries;
  if (const std::error_code error = files.list(folder, entries)) {
    report(shown, problem_of_folder(shown, error, ids));
    return std::nullopt;
  }
  std::erase_if(entries, [&](const FileEntry& entry) {
    if (entry.kind == FileKind::file) return false;
    report(join_path(shown, entry.path), problem_of_entry(shown, entry.kind, ids));
    return true;
  });
  return entries;
}

}  // namespace hardtop
