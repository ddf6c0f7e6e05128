#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/ascii.h"
#include "base/bytes16.h"

namespace hardtop {

namespace {

bool is_ascii(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 8; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    if (word & 0x8080808080808080U) return false;
  }
  for (; at != end; ++at) {
    if (static_cast<unsigned char>(*at) >= 0x80) return false;
  }
  return true;
}

bool is_between(unsigned char byte, unsigned char low, unsigned char high) { return byte >= low && byte <= high; }

// The length of the well-formed sequence at `at`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : static_cast<unsigned char>(0);
  };
  const auto tail = [&](std::size_t i) { return is_between(byte(i), 0x80, 0xBF); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (is_between(first, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (is_between(first, 0xE0, 0xEF)) {
    const unsigned char low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return is_between(byte(1), low, high) && tail(2) ? 3 : 0;
  }
  if (is_between(first, 0xF0, 0xF4)) {
    const unsigned char low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return is_between(byte(1), low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool belongs_to_word(utf8proc_int32_t codepoint) {
  switch (utf8proc_category(codepoint)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

// NFKC_Casefold (Unicode 15, 3.13, R5): folded, compatibility forms and default ignorables gone, then composed.
std::string map_utf8(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                 static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                                                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return "";
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Sixteen bytes of ASCII at a time: most text is nothing else.
    if (text.size() - at >= sizeof(Bytes16)) {
      const unsigned wide = bits(load_bytes16({text.data() + at, sizeof(Bytes16)}));
      if (wide == 0) {
        at += sizeof(Bytes16);
        continue;
      }
      at += static_cast<std::size_t>(std::countr_zero(wide));
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

namespace {

void append_reference(std::string& out, char c) {
  switch (c) {
    case '&':
      out.append("&amp;", 5);
      break;
    case '<':
      out.append("&lt;", 4);
      break;
    case '>':
      out.append("&gt;", 4);
      break;
    case '"':
      out.append("&quot;", 6);
      break;
    default:
      out.append("&#39;", 5);
      break;
  }
}

template <char kFifth>
unsigned special_bits(Bytes16 bytes) {
  return bits((bytes == all_bytes16('&')) | (bytes == all_bytes16('<')) | (bytes == all_bytes16('>')) |
              (bytes == all_bytes16('"')) | (bytes == all_bytes16(kFifth)));
}

template <char kFifth>
void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); at += sizeof(Bytes16)) {
    for (unsigned specials = special_bits<kFifth>(load_bytes16(text.substr(at))); specials != 0;
         specials &= specials - 1) {
      const std::size_t special = at + static_cast<std::size_t>(std::countr_zero(specials));
      out.append(text.data() + done, special - done);
      append_reference(out, text[special]);
      done = special + 1;
    }
  }
  out.append(text.data() + done, text.size() - done);
}

}  // namespace

void append_escaped_html(std::string& out, std::string_view text) { append_escaped<'\''>(out, text); }
void append_escaped_text(std::string& out, std::string_view text) { append_escaped<'"'>(out, text); }

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_escaped_html(out, text);
  return out;
}

std::string slugify(std::string_view text) {
  std::string slug;
  slug.reserve(text.size());
  bool gap = false;  // a '-' is due before the next character
  const auto separate = [&] {
    if (gap && !slug.empty()) slug += '-';
    gap = false;
  };
  if (is_ascii(text)) {
    for (const char c : text) {
      if (is_ascii_alphanumeric(c)) {
        separate();
        slug += to_ascii_lower(c);
      } else {
        gap = true;
      }
    }
    return slug;
  }

  std::string valid;
  if (first_invalid_utf8(text)) {  // a file name may hold any bytes
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = sequence_length(text, at);
      if (length == 0) {
        valid += ' ';
        ++at;
      } else {
        valid += text.substr(at, length);
        at += length;
      }
    }
    text = valid;
  }
  const std::string folded = map_utf8(text, UTF8PROC_COMPOSE);
  for (std::size_t at = 0; at < folded.size();) {
    utf8proc_int32_t codepoint = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(folded.data()) + at,
                                         static_cast<utf8proc_ssize_t>(folded.size() - at), &codepoint);
    if (length <= 0) break;
    if (belongs_to_word(codepoint)) {
      separate();
      slug.append(folded, at, static_cast<std::size_t>(length));
    } else {
      gap = true;
    }
    at += static_cast<std::size_t>(length);
  }
  return slug;
}

std::string fold_for_order(std::string_view text) {
  if (is_ascii(text)) return to_lower_ascii(text);
  const std::string decomposed = map_utf8(text, UTF8PROC_DECOMPOSE);
  std::string folded;
  for (std::size_t at = 0; at < decomposed.size(); ++at) {
    // Combining diacritical marks: U+0300 to U+036F. Vowel signs of other scripts are more than an accent.
    const auto byte = static_cast<unsigned char>(decomposed[at]);
    if (at + 1 < decomposed.size() &&
        (byte == 0xCC || (byte == 0xCD && static_cast<unsigned char>(decomposed[at + 1]) < 0xB0)))
      ++at;
    else
      folded += decomposed[at];
  }
  return folded;
}

std::strong_ordering compare_names(std::string_view a, std::string_view b) {
  std::strong_ordering order = std::strong_ordering::equal;
  if (is_ascii(a) && is_ascii(b))
    order = std::lexicographical_compare_three_way(
        a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return to_ascii_lower(x) <=> to_ascii_lower(y); });
  else
    order = fold_for_order(a) <=> fold_for_order(b);
  return order != 0 ? order : a <=> b;
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_ascii_lower(c);
  return lower;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t codepoint = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &codepoint);
    if (length <= 0) {  // not UTF-8: terminals draw one sign for such a byte
      ++width;
      ++at;
      continue;
    }
    width += static_cast<std::size_t>(utf8proc_charwidth(codepoint));
    at += static_cast<std::size_t>(length);
  }
  return width;
}

std::string count_of(std::size_t n, std::string_view one, std::string_view many) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  digits += ' ';
  digits += n == 1 ? one : many;
  return digits;
}

}  // namespace hardtop
