#include "base/bytes16.h"

#include <doctest/doctest.h>

#include <string>

using namespace hardtop;

TEST_CASE("a byte is counted in a text of any length, more than one lane can count to included") {
  CHECK(count_of_byte("", 'a') == 0);
  CHECK(count_of_byte("banana", 'a') == 3);
  for (const std::size_t length : {15, 16, 17, 255 * 16, 255 * 16 + 1, 100'000}) {
    CAPTURE(length);
    CHECK(count_of_byte(std::string(length, '|'), '|') == length);
    CHECK(count_of_byte(std::string(length, '|') + "\xFC", '\xFC') == 1);
    CHECK(count_of_byte(std::string(length, '|'), ' ') == 0);
  }
}

TEST_CASE("the first of several characters is found") {
  const std::string_view text = "0123456789abcdef|]";
  CHECK(find_any_of<'|', ']'>(text, 0) == 16);
  CHECK(find_any_of<'|', ']'>(text, 17) == 17);
  CHECK(find_any_of<'|', ']'>(text.substr(0, 16), 0) == 16);
}
