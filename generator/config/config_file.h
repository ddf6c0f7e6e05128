// A site's own TOML files as text that diagnostics can point into.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

enum class ConfigFileState { read, absent, wrong };

// Reads DIR/NAME into `out`. Wrong is reported as <area>/unreadable or <area>/invalid-utf8; absent is not reported.
[[nodiscard]] ConfigFileState read_config_file(const Files& files, const std::string& site_dir, std::string_view name,
                                               std::string_view area, SourcePtr& out, Diagnostics& diagnostics);

}  // namespace hardtop
