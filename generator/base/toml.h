// TOML 1.0 into Data. The only user of toml++.
#pragma once

#include "base/data.h"

namespace hardtop {

// Parses source->text[begin, end). Reports a syntax error as `id` at its place in the source and gives nothing.
[[nodiscard]] std::optional<DataTable> parse_toml(const SourcePtr& source, std::size_t begin, std::size_t end,
                                                  std::string_view id, Diagnostics& diagnostics);

// The whole text, with the id "config/toml-syntax".
[[nodiscard]] std::optional<DataTable> parse_toml(const SourcePtr& source, Diagnostics& diagnostics);

// `text` as a TOML basic string, quotes included (TOML 1.0, String).
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace hardtop
