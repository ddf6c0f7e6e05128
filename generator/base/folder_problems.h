// The words for a folder that cannot be listed, and for what stands in one and is no file: whoever lists says the same, under an
// id of its own.
#pragma once

#include <string>
#include <system_error>

#include "base/files.h"

namespace hardtop {

struct FolderProblem {
  std::string message, hint;
};

// `shown`: the folder as people read it: "content".
[[nodiscard]] FolderProblem unlistable_folder(const std::string& shown, std::error_code error);

// Of an entry that is not FileKind::file.
[[nodiscard]] FolderProblem entry_problem(const std::string& shown, FileKind kind);

}  // namespace hardtop
