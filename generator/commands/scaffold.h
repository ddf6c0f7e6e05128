// What `new site` and `new page` share: names into titles, and files that are written only where there are none.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

// A title from what was typed as a name: "my-first_post" -> "My first post", as a page without a title gets it; a name
// that has capitals or spaces of its own keeps them: "Our GmbH" -> "Our GmbH".
[[nodiscard]] std::string title_as_typed(std::string_view name);

struct NewFile {
  std::string path;  // relative to the current folder
  std::string text;
};
enum class ScaffoldResult { written, exists, unwritable };
// Writes all, or none where one is there already (new/exists). A disk that refuses is new/unwritable.
[[nodiscard]] ScaffoldResult write_new_files(Files& files, const std::vector<NewFile>& new_files,
                                             Diagnostics& diagnostics);

}  // namespace hardtop
