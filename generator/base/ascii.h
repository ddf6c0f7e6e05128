// The classes of ASCII characters that the formats here share, by the names of the Infra Standard, section 4.6. Each takes a byte
// as char or widened to int; what is no ASCII, and a negative "no character", belongs to none.
#pragma once

namespace hardtop {

[[nodiscard]] constexpr bool is_ascii_digit(int c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_upper_alpha(int c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_ascii_lower_alpha(int c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_ascii_alpha(int c) { return is_ascii_lower_alpha(c) || is_ascii_upper_alpha(c); }
[[nodiscard]] constexpr bool is_ascii_alphanumeric(int c) { return is_ascii_alpha(c) || is_ascii_digit(c); }

// Tab, line feed, form feed, carriage return, space: white space in HTML and CSS. XML, CommonMark and TOML have others.
[[nodiscard]] constexpr bool is_ascii_whitespace(int c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

[[nodiscard]] constexpr char to_ascii_lower(char c) {
  return is_ascii_upper_alpha(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_ascii_upper(char c) {
  return is_ascii_lower_alpha(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

// 0 to 15; -1 where `c` is no hexadecimal digit of either case.
[[nodiscard]] constexpr int hex_value(int c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
[[nodiscard]] constexpr bool is_ascii_hex_digit(int c) { return hex_value(c) >= 0; }

}  // namespace hardtop
