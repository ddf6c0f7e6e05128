#include "theme/source_map.h"

#include <doctest/doctest.h>

#include <string>

using namespace hardtop;

namespace {

// "line:column source line:column" for each segment.
std::string segments(std::string_view mappings) {
  const auto read = read_mappings(mappings);
  if (!read) return "none";
  std::string out;
  for (const MapSegment& segment : *read) {
    if (!out.empty()) out += ", ";
    out += std::to_string(segment.line) + ":" + std::to_string(segment.column);
    if (segment.source == MapSegment::kNoSource) continue;
    out += " " + std::to_string(segment.source) + " " + std::to_string(segment.source_line) + ":" +
           std::to_string(segment.source_column);
  }
  return out;
}

}  // namespace

TEST_CASE("the mappings of a source map are differences in base 64") {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""},
      {";;;", ""},
      {"AAAA", "0:0 0 0:0"},
      {"AAAA,CAAC", "0:0 0 0:0, 0:1 0 0:1"},
      {"AAAA;ACAA", "0:0 0 0:0, 1:0 1 0:0"},
      {";ACAA,AAAA,CAAC", "1:0 1 0:0, 1:0 1 0:0, 1:1 1 0:1"},
      {"EAEG;EADF", "0:2 0 2:3, 1:2 0 1:1"},  // a column is counted from the line's beginning, the rest from before
      {"gBAAgB;+/////DAAA", "0:16 0 0:16, 1:2147483647 0 0:16"},
      {"AAAAC", "0:0 0 0:0"},  // with the number of a name
      {"AAAAC,CAAAD", "0:0 0 0:0, 0:1 0 0:0"},
      {"A,CAAA", "0:0, 0:1 0 0:0"},           // from nowhere
      {"EAAA,DAAC", "0:1 0 0:1, 0:2 0 0:0"},  // out of order
  };
  for (const auto& [mappings, expected] : rows) {
    CAPTURE(mappings);
    CHECK(segments(mappings) == expected);
  }
}

TEST_CASE("mappings that are none are refused") {
  for (const char* mappings : {"AA", "AAA", "AAAAAA", "AAAg", "g", "D", "AADA", "A AA", "AAA\"", "AAAA,=", "ggggggggA",
                               "gggggggB", "+/////D,CAAA", "AAA\xff"}) {
    CAPTURE(mappings);
    CHECK(segments(mappings) == "none");
  }
}

TEST_CASE("a position belongs to the last segment that begins at or before it") {
  const auto read = read_mappings("CAAA,EAAE;;CAAC");
  REQUIRE(read);
  const auto column_of = [&](std::uint32_t line, std::uint32_t column) {
    const MapSegment* found = find_segment(*read, line, column);
    return found == nullptr ? std::string("none") : std::to_string(found->line) + ":" + std::to_string(found->column);
  };
  CHECK(column_of(0, 0) == "none");
  CHECK(column_of(0, 1) == "0:1");
  CHECK(column_of(0, 2) == "0:1");
  CHECK(column_of(0, 3) == "0:3");
  CHECK(column_of(1, 0) == "0:3");
  CHECK(column_of(2, 0) == "0:3");
  CHECK(column_of(2, 9) == "2:1");
  CHECK(find_segment({}, 0, 0) == nullptr);
}
