#include "base/ascii.h"

#include <doctest/doctest.h>

#include <string>

using namespace hardtop;

namespace {

// Every byte, as char has it, that belongs to a class, in order.
template <typename Class>
std::string members(Class is_member) {
  std::string found;
  for (int byte = 0; byte < 256; ++byte)
    if (is_member(static_cast<char>(byte))) found += static_cast<char>(byte);
  return found;
}

const std::string kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", kLower = "abcdefghijklmnopqrstuvwxyz", kDigits = "0123456789";

}  // namespace

TEST_SUITE_BEGIN("ascii");

TEST_CASE("the classes of ASCII hold what the Infra Standard says, and no other byte") {
  CHECK(members(is_ascii_digit) == kDigits);
  CHECK(members(is_ascii_upper_alpha) == kUpper);
  CHECK(members(is_ascii_lower_alpha) == kLower);
  CHECK(members(is_ascii_alpha) == kUpper + kLower);
  CHECK(members(is_ascii_alphanumeric) == kDigits + kUpper + kLower);
  CHECK(members(is_ascii_hex_digit) == kDigits + "ABCDEFabcdef");
  CHECK(members(is_ascii_whitespace) == "\t\n\f\r ");
}

TEST_CASE("only letters have another case") {
  std::string lower, upper;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    if (to_ascii_lower(c) != c) lower += to_ascii_lower(c);
    if (to_ascii_upper(c) != c) upper += to_ascii_upper(c);
  }
  CHECK(lower == kLower);
  CHECK(upper == kUpper);
}

TEST_CASE("a hexadecimal digit has its value, and no other character has one") {
  const std::string digits = "0123456789abcdef";
  for (int value = 0; value < 16; ++value) {
    CHECK(hex_value(digits[static_cast<std::size_t>(value)]) == value);
    CHECK(hex_value(to_ascii_upper(digits[static_cast<std::size_t>(value)])) == value);
  }
  for (const char c : {'g', 'G', '/', ':', '@', '`', '\0', '\xE9'}) CHECK(hex_value(c) == -1);
  CHECK(hex_value(-1) == -1);
}

TEST_SUITE_END();
