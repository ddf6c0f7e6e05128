#include "base/folder_problems.h"

namespace hardtop {

FolderProblem unlistable_folder(const std::string& shown, std::error_code error) {
  std::string message = "the folder cannot be listed: " + error.message();
  if (error == std::errc::not_a_directory)
    return {std::move(message), "remove or rename this file: " + shown + "/ is a folder"};
  if (error == std::errc::no_such_file_or_directory)
    return {"this symbolic link leads nowhere", "let it lead to a folder, or remove it"};
  return {std::move(message), "make it, and everything in it, readable for you"};
}

FolderProblem entry_problem(const std::string& shown, FileKind kind) {
  switch (kind) {
    case FileKind::escape:
      return {"this symbolic link leads out of " + shown + "/",
              "copy what it points to into " + shown + "/, or remove the link"};
    case FileKind::broken:
      return {"this symbolic link leads nowhere, or back to a folder above it",
              "let it point to a file or folder in " + shown + "/, or remove it"};
    case FileKind::locked:
      return {"the folder cannot be listed: " + std::make_error_code(std::errc::permission_denied).message(),
              "make it, and everything in it, readable for you"};
    case FileKind::special:
    case FileKind::file:
      break;
  }
  return {"this is a socket, pipe or device, not a file", "remove it"};
}

}  // namespace hardtop
