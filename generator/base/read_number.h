// A whole text that is a number, as programs write it for programs.
#pragma once

#include <charconv>
#include <string_view>
#include <system_error>

namespace hardtop {

// False where the text is anything else, or a number that Number does not hold.
template <typename Number>
[[nodiscard]] bool read_number(std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

}  // namespace hardtop
