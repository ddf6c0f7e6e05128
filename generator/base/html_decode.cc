// Character references in attribute values (13.2.5.72 to 80).
#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/html.h"
#include "base/html_entities.h"
#include "base/utf8.h"

namespace hardtop {
namespace {

constexpr char32_t kReplacement = 0xfffd;

// 13.2.5.80: numbers that mean windows-1252, from 0x80 on
constexpr std::array<char16_t, 32> kWindows1252 = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                                   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

int digit_value(char c, int base) {
  const int value = hex_value(c);
  return value < base ? value : -1;
}

// `raw` begins after "&#". How many bytes of it were read; 0: it is no reference.
std::size_t decode_number(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  const int base = raw.starts_with('x') || raw.starts_with('X') ? 16 : 10;
  if (base == 16) ++at;
  const std::size_t digits = at;
  std::uint32_t number = 0;
  for (; at < raw.size() && digit_value(raw[at], base) >= 0; ++at) {
    number = std::min<std::uint32_t>(
        number * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_value(raw[at], base)), 0x110000);
  }
  if (at == digits) return 0;
  if (at < raw.size() && raw[at] == ';') ++at;
  if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)) number = kReplacement;
  if (number >= 0x80 && number < 0xa0) number = kWindows1252[number - 0x80];
  append_utf8(out, number);
  return at;
}

// `raw` begins after "&". A name without its ';' counts only where no letter, digit or '=' follows: that leaves
// "?a=b&copy=1" alone, and with it the standard's search for the longest known beginning.
std::size_t decode_name(std::string_view raw, std::string& out) {
  std::size_t end = 0;
  while (end < raw.size() && is_ascii_alphanumeric(raw[end])) ++end;
  const HtmlEntity* entity = find_html_entity(raw.substr(0, end));
  if (!entity) return 0;
  const char next = end < raw.size() ? raw[end] : '\0';
  if (next != ';' && (!entity->without_semicolon || next == '=')) return 0;
  append_utf8(out, entity->first);
  if (entity->second != 0) append_utf8(out, entity->second);
  return next == ';' ? end + 1 : end;
}

}  // namespace

std::string decode_attribute(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  while (true) {
    const std::size_t stop = std::min(raw.find_first_of(std::string_view("&\r\0", 3)), raw.size());
    out.append(raw.substr(0, stop));
    if (stop == raw.size()) return out;
    const char c = raw[stop];
    raw.remove_prefix(stop + 1);
    if (c == '\0') {
      append_utf8(out, kReplacement);
    } else if (c == '\r') {
      if (!raw.starts_with('\n')) out += '\n';
    } else if (const std::size_t read =
                   raw.starts_with('#') ? decode_number(raw.substr(1), out) : decode_name(raw, out)) {
      raw.remove_prefix(read + (raw.starts_with('#') ? 1 : 0));
    } else {
      out += '&';
    }
  }
}

}  // namespace hardtop
