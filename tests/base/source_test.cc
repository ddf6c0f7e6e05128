#include "base/source.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("offsets become lines and columns, counted in code points from 1") {
  struct Row {
    const char* text;
    std::size_t offset, line, column;
    const char* line_text;
  };
  const std::vector<Row> rows = {
      {"", 0, 1, 1, ""},
      {"abc", 0, 1, 1, "abc"},
      {"abc", 3, 1, 4, "abc"},
      {"abc", 99, 1, 4, "abc"},
      {"a\nb", 1, 1, 2, "a"},
      {"a\nb", 2, 2, 1, "b"},
      {"a\n", 2, 2, 1, ""},
      {"a\r\nb\r\n", 1, 1, 2, "a"},
      {"a\r\nb\r\n", 2, 1, 3, "a"},
      {"a\r\nb\r\n", 3, 2, 1, "b"},
      {"\n\n\n", 1, 2, 1, ""},
      {"äöü\nß", 4, 1, 3, "äöü"},
      {"äöü\nß", 7, 2, 1, "ß"},
      {"日本\U0001F600x", 10, 1, 4, "日本\U0001F600x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.offset);
    const LineColumn at = line_column(row.text, row.offset);
    CHECK(at.line == row.line);
    CHECK(at.column == row.column);
    CHECK(line_at(row.text, row.offset) == row.line_text);
  }
}

TEST_CASE("lines and columns become offsets, clamped to the line and the text") {
  struct Row {
    const char* text;
    std::size_t line, column, offset;
  };
  const std::vector<Row> rows = {
      {"", 1, 1, 0},        {"abc", 1, 1, 0},     {"abc", 1, 3, 2},      {"abc", 1, 9, 3},    {"abc", 0, 0, 0},
      {"ab\ncd", 1, 9, 2},  {"ab\ncd", 2, 1, 3},  {"ab\ncd", 2, 2, 4},   {"ab\ncd", 3, 1, 5}, {"ab\n", 2, 1, 3},
      {"äöü\nßx", 1, 3, 4}, {"äöü\nßx", 2, 2, 9}, {"ab\r\ncd", 2, 2, 5},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.line);
    CHECK(offset_of(row.text, row.line, row.column) == row.offset);
  }
}

TEST_CASE("every offset of a text comes back from its line and column") {
  const std::string text = "one\n\ndrei äöü\r\n日本\n";
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    if (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) continue;
    const LineColumn at = line_column(text, offset);
    CHECK(offset_of(text, at.line, at.column) == offset);
  }
}

TEST_CASE("a byte-order mark is no part of a source") {
  CHECK(make_source("a.md", "\xEF\xBB\xBFtext")->text == "text");
  CHECK(make_source("a.md", "text\xEF\xBB\xBF")->text == "text\xEF\xBB\xBF");
  CHECK(make_source("a.md", "\xEF\xBB\xBF")->text.empty());
}

TEST_CASE("a place has a position only in a file") {
  CHECK_FALSE(Place{}.has_position());
  CHECK_FALSE(whole_file("a.md").has_position());
  CHECK(whole_file("a.md").source->path == "a.md");
  const Place place{make_source("a.md", ""), 0, 0};
  CHECK(place.has_position());
}
