// The part of YAML 1.2 that front matter uses (scalars, lists, maps) into Data, for sites that move here.
// The only user of yaml-cpp. Plain scalars are typed by the core schema (YAML 1.2.2, 10.3); dates become Date;
// tags are an error, aliases are resolved.
#pragma once

#include "base/data.h"

namespace hardtop {

// Parses source->text[begin, end) as one map. Reports a syntax error as `id` at its place and gives nothing.
[[nodiscard]] std::optional<DataTable> parse_yaml(const SourcePtr& source, std::size_t begin, std::size_t end,
                                                  std::string_view id, Diagnostics& diagnostics);

}  // namespace hardtop
