#include "base/json_text.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace hardtop;

TEST_CASE("what is written as a JSON string is read as the same text") {
  for (const std::string text :
       {"", "a \"b\" \\ c", "tab\t line\n null", "Grüße \U0001F697", "</script>", "\x01\x1f\x7f"}) {
    CAPTURE(text);
    CHECK(nlohmann::json::parse(json_string(text)) == text);
  }
  CHECK(json_string(std::string("\0", 1)) == "\"\\u0000\"");
}

TEST_CASE("a byte of a JSON string that is not UTF-8 becomes a replacement character") {
  CHECK(json_string("a\xFFz\xC3") == "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"");
}
