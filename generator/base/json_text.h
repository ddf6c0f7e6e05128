// JSON (RFC 8259) that is written by hand: a few members in a fixed order.
#pragma once

#include <string>
#include <string_view>

namespace hardtop {

// Adds `text` as a string, with its quotes. Bytes that are not UTF-8 become U+FFFD: JSON has no other way to hold them.
void append_json_string(std::string& out, std::string_view text);

// The same, as a value: json_string("a") is "\"a\"".
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace hardtop
