// data/NAME.toml: free data that templates see as data.NAME.
#pragma once

#include <map>
#include <string>

#include "base/data.h"
#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

// Reads every data/*.toml, by name without the ending. Reports build/unreadable, build/outside (a symbolic link that
// leaves data/), build/broken-file-link, what toml.h reports, and as a warning build/ignored-data (a file of another
// kind, or in a deeper folder).
[[nodiscard]] std::map<std::string, DataTable> load_data(const Files& files, const std::string& site_dir,
                                                         Diagnostics& diagnostics);

}  // namespace hardtop
