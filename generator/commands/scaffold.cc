#include "commands/scaffold.h"

#include <algorithm>

#include "base/ascii.h"
#include "build/lists.h"

namespace hardtop {
std::string title_as_typed(std::string_view name) {
  const bool written_by_hand =
      std::any_of(name.begin(), name.end(), [](char c) { return c == ' ' || is_ascii_upper_alpha(c); });
  return written_by_hand ? std::string(name) : title_from_name(name);
}

ScaffoldResult write_new_files(Files& files, const std::vector<NewFile>& new_files, Diagnostics& diagnostics) {
  for (const NewFile& file : new_files)
    if (files.is_file(file.path) || files.is_folder(file.path))
      diagnostics.error({}, "new/exists", file.path + " is there already",
                        "choose another name, or remove it first; nothing was written");
  if (diagnostics.has_errors()) return ScaffoldResult::exists;
  for (const NewFile& file : new_files) {
    WriteResult result{};
    if (const std::error_code failure = files.write(file.path, file.text, result)) {
      diagnostics.error({}, "new/unwritable", "cannot write " + file.path + ": " + failure.message(),
                        "look at the folder's permissions and the disk's free space");
      return ScaffoldResult::unwritable;
    }
  }
  return ScaffoldResult::written;
}

}  // namespace hardtop
