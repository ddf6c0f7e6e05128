// Where a key stands in a configuration file, for what is rarely asked: the file is read again, and no place is kept for all others.
#pragma once

#include <string_view>

#include "base/source.h"

namespace hardtop {

// Of `key` in the table `table` at the top of a TOML file: [table] key = …, [table.key], [[table.key]]. The whole file where there is
// none.
[[nodiscard]] Place key_place(const SourcePtr& source, std::string_view table, std::string_view key);

}  // namespace hardtop
