// Small functions over UTF-8 text that several layers need.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// The byte offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// Appends `text` with & < > " and ' as character references; safe in HTML text and in quoted attributes.
void append_escaped_html(std::string& out, std::string_view text);
// The same without ', as CommonMark's reference renderer writes text and attributes in double quotes.
void append_escaped_text(std::string& out, std::string_view text);
[[nodiscard]] std::string escape_html(std::string_view text);

// A word for a URL: NFKC case folded, letters, marks and digits of every script kept, everything else one '-' between
// them. "Crème Brûlée & Co." -> "crème-brûlée-co". Empty when nothing is left.
[[nodiscard]] std::string slugify(std::string_view text);

// What names are ordered by before their bytes: in lower case and without accents, so that "Äpfel" stands beside "apfel"
// (NFKD, diacritical marks left out, case folded; not what each language makes of its letters).
[[nodiscard]] std::string fold_for_order(std::string_view text);
[[nodiscard]] std::strong_ordering compare_names(std::string_view a, std::string_view b);

// ASCII only: enough for keywords, tag names, media types.
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// The bytes as hexadecimal digits in lower case, two each.
[[nodiscard]] std::string to_hex(std::string_view bytes);

// 'text', as messages show what somebody wrote.
[[nodiscard]] std::string quoted(std::string_view text);

// Number of columns that `text` takes in a terminal (wide characters count two, combining ones none).
[[nodiscard]] std::size_t display_width(std::string_view text);

// "1 page", "2 pages"; thousands are grouped: "10,000 pages".
[[nodiscard]] std::string count_of(std::size_t n, std::string_view one, std::string_view many);

}  // namespace hardtop
