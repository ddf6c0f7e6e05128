// The TOML that most front matter is, read in one go: a fraction of what toml++ takes for it.
#pragma once

#include <optional>
#include <string_view>

#include "base/data.h"

namespace hardtop {

// Reads text whose every line is empty or `key = value`: a bare key (TOML 1.0, Keys) and a basic string without escapes, a decimal
// whole number, true, false, a local date, or a list of such strings, on one line. Places are relative to `base`. Nothing for
// any other text, right or wrong: toml++ reads it, and says what is wrong. The data is the same that toml++ gives.
[[nodiscard]] std::optional<DataTable> parse_plain_toml(std::string_view text, std::size_t base);

}  // namespace hardtop
