// Reads the mappings of a source map (ECMA-426, https://tc39.es/ecma426/, section 8): which place in the sources each part of a
// generated file comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hardtop {

// From here to the next segment. All numbers from 0.
struct MapSegment {
  static constexpr std::uint32_t kNoSource = static_cast<std::uint32_t>(-1);

  std::uint32_t line = 0, column = 0;  // of the generated file
  std::uint32_t source = kNoSource;    // kNoSource: what is here comes from nowhere
  std::uint32_t source_line = 0, source_column = 0;

  friend bool operator==(const MapSegment&, const MapSegment&) = default;
};

// By line and column; those of one place in the order of the text. `mappings` are semicolons between lines, commas between
// segments, and for a segment 1, 4 or 5 numbers in base 64 VLQ: column, source, source line, source column and name, each as
// the difference to the one before (the column: in its line). Names are passed over. Empty if that is not so.
[[nodiscard]] std::optional<std::vector<MapSegment>> read_mappings(std::string_view mappings);

// The segment that holds a position; null when none begins at or before it.
[[nodiscard]] const MapSegment* find_segment(const std::vector<MapSegment>& segments, std::uint32_t line,
                                             std::uint32_t column);

}  // namespace hardtop
