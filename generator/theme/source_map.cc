#include "theme/source_map.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace hardtop {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

// The value of a digit of base 64; empty for other characters.
std::optional<std::uint32_t> digit_of(char c) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t at = kDigits.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(at);
}

// One number, which is taken off `text`: five bits a digit, the lowest first, the sixth says that more follow; the lowest bit
// of all is the sign.
std::optional<std::int64_t> read_number(std::string_view& text) {
  std::int64_t value = 0;
  for (int shift = 0; !text.empty() && shift <= 30; shift += 5) {
    const std::optional<std::uint32_t> digit = digit_of(text.front());
    if (!digit) return std::nullopt;
    text.remove_prefix(1);
    value |= static_cast<std::int64_t>(*digit & 31) << shift;
    if ((*digit & 32) == 0) return (value & 1) != 0 ? -(value >> 1) : value >> 1;
  }
  return std::nullopt;
}

// Adds what `text` begins with to `number`; false when there is none, or the sum is none.
bool add_number(std::string_view& text, std::int64_t& number) {
  const std::optional<std::int64_t> difference = read_number(text);
  if (!difference) return false;
  number += *difference;
  return number >= 0 && number <= kMost;
}

// Column, source, source line, source column, name.
using Numbers = std::array<std::int64_t, 5>;

// How many numbers the segment has; 0 when it is none.
std::size_t read_segment(std::string_view text, Numbers& numbers) {
  std::size_t count = 0;
  while (!text.empty()) {
    if (count == numbers.size() || !add_number(text, numbers[count])) return 0;
    ++count;
  }
  return count == 1 || count >= 4 ? count : 0;
}

}  // namespace

std::optional<std::vector<MapSegment>> read_mappings(std::string_view mappings) {
  std::vector<MapSegment> segments;
  Numbers numbers = {};
  std::uint32_t line = 0;
  while (!mappings.empty()) {
    if (mappings.front() == ';' || mappings.front() == ',') {
      if (mappings.front() == ';') {
        ++line;
        numbers[0] = 0;
      }
      mappings.remove_prefix(1);
      continue;
    }
    const std::string_view text = mappings.substr(0, mappings.find_first_of(",;"));
    mappings.remove_prefix(text.size());
    const std::size_t count = read_segment(text, numbers);
    if (count == 0) return std::nullopt;
    const auto number = [&](std::size_t i) { return static_cast<std::uint32_t>(numbers[i]); };
    if (count == 1)
      segments.push_back({line, number(0), MapSegment::kNoSource, 0, 0});
    else
      segments.push_back({line, number(0), number(1), number(2), number(3)});
  }
  std::ranges::stable_sort(segments, {},
                           [](const MapSegment& segment) { return std::tuple(segment.line, segment.column); });
  return segments;
}

const MapSegment* find_segment(const std::vector<MapSegment>& segments, std::uint32_t line, std::uint32_t column) {
  const auto after = std::ranges::upper_bound(segments, std::tuple(line, column), {}, [](const MapSegment& segment) {
    return std::tuple(segment.line, segment.column);
  });
  return after == segments.begin() ? nullptr : &*std::prev(after);
}

}  // namespace hardtop
