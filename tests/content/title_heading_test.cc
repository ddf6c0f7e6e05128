#include "content/title_heading.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a first heading of level 1 is the title, and the body goes on after it") {
  struct Row {
    const char* text;
    const char* expected;  // title|rest; empty: no title
  };
  const Row rows[] = {
      {"# Hello\n\nText\n", "Hello|\nText\n"},
      {"\n\n  # Hello *there* `x` #\nText", "Hello there x|Text"},
      {"# Hello & <b>\r\nText", "Hello &|Text"},
      {"# Hello\r\n\r\nText", "Hello|\r\nText"},
      {"# Hello\rText\r\rmore\r", "Hello|Text\r\rmore\r"},
      {"\r \r# Hello\r", "Hello|"},
      {"# Hello {#id}\n", "Hello|"},
      {"# Only", "Only|"},
      {"## Two\n", ""},
      {"Text\n\n# Later\n", ""},
      {"#hash\n", ""},
      {"# \n", ""},
      {"    # code\n", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const SourcePtr source = make_source("a.md", row.text);
    const auto found = find_title_heading(source, 0);
    CHECK((found ? found->title + "|" + source->text.substr(found->end) : "") == row.expected);
  }
}
