#include "base/host.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "base/idna.h"
#include "base/percent.h"
#include "base/url.h"

namespace hardtop {
namespace {

constexpr std::string_view kForbiddenInHost{"\0\t\n\r #/:<>?@[\\]^|", 17};

bool is_forbidden_in_domain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f || c == '%' || kForbiddenInHost.find(c) != std::string_view::npos;
}

// ---- IPv4: "127.1", "0x7f000001" and "017700000001" are all 127.0.0.1 ----

// Numbers above 32 bits come out as 2^32, which every caller refuses.
std::optional<std::uint64_t> parse_ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  unsigned base = 10;
  if (text.size() >= 2 && text[0] == '0' && to_ascii_lower(text[1]) == 'x') {
    text.remove_prefix(2);
    base = 16;
  } else if (text.size() >= 2 && text[0] == '0') {
    text.remove_prefix(1);
    base = 8;
  }
  constexpr std::uint64_t kTooLarge = std::uint64_t{1} << 32;
  std::uint64_t value = 0;
  for (char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return std::nullopt;
    value = std::min(value * base + static_cast<unsigned>(digit), kTooLarge);
  }
  return value;
}

bool ends_in_a_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);  // npos + 1 is 0
  if (last.empty()) return false;
  return std::ranges::all_of(last, is_ascii_digit) || parse_ipv4_number(last);
}

std::optional<std::string> parse_ipv4(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::vector<std::uint64_t> numbers;
  for (std::size_t at = 0; at <= host.size();) {
    const std::size_t dot = std::min(host.find('.', at), host.size());
    const auto number = parse_ipv4_number(host.substr(at, dot - at));
    if (!number || numbers.size() == 4) return std::nullopt;
    numbers.push_back(*number);
    at = dot + 1;
  }
  const std::uint64_t last = numbers.back();
  if (last >= std::uint64_t{1} << (8 * (5 - numbers.size()))) return std::nullopt;
  std::uint64_t address = last;
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    if (numbers[i] > 255) return std::nullopt;
    address += numbers[i] << (8 * (3 - i));
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 0xff);
    if (shift) out += '.';
  }
  return out;
}

// ---- IPv6 ----

using Ipv6 = std::array<std::uint16_t, 8>;

// The dotted four at the end of "::ffff:1.2.3.4": decimal, no leading zeros.
bool parse_ipv4_in_ipv6(std::string_view text, std::uint16_t& high, std::uint16_t& low) {
  std::array<unsigned, 4> parts{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i && (at == text.size() || text[at++] != '.')) return false;
    const std::size_t begin = at;
    for (; at < text.size() && is_ascii_digit(text[at]); ++at) {
      if (at > begin && parts[i] == 0) return false;
      parts[i] = parts[i] * 10 + static_cast<unsigned>(text[at] - '0');
      if (parts[i] > 255) return false;
    }
    if (at == begin) return false;
  }
  high = static_cast<std::uint16_t>(parts[0] << 8 | parts[1]);
  low = static_cast<std::uint16_t>(parts[2] << 8 | parts[3]);
  return at == text.size();
}

std::optional<Ipv6> parse_ipv6(std::string_view text) {
  Ipv6 pieces{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;  // where "::" stood
  std::size_t at = 0;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    at = 2;
    gap = 0;
  }
  while (at < text.size()) {
    if (count == pieces.size()) return std::nullopt;
    if (text[at] == ':') {
      if (gap) return std::nullopt;
      ++at;
      gap = count;
      continue;
    }
    const std::size_t begin = at;
    unsigned value = 0;
    for (; at < text.size() && at < begin + 4 && hex_value(text[at]) >= 0; ++at) {
      value = value * 16 + static_cast<unsigned>(hex_value(text[at]));
    }
    if (at < text.size() && text[at] == '.') {
      if (count > 6 || !parse_ipv4_in_ipv6(text.substr(begin), pieces[count], pieces[count + 1])) return std::nullopt;
      count += 2;
      break;
    }
    if (at == begin) return std::nullopt;
    pieces[count++] = static_cast<std::uint16_t>(value);
    if (at == text.size()) break;
    if (text[at++] != ':' || at == text.size()) return std::nullopt;
  }
  if (!gap) return count == pieces.size() ? std::optional(pieces) : std::nullopt;
  std::rotate(pieces.begin() + *gap, pieces.begin() + count, pieces.end());
  return pieces;
}

// RFC 5952: the first longest run of two zeros or more is "::".
std::string format_ipv6(const Ipv6& pieces) {
  std::size_t run = pieces.size(), run_length = 1;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::size_t end = i;
    while (end < pieces.size() && pieces[end] == 0) ++end;
    if (end - i > run_length) run = i, run_length = end - i;
    i = std::max(i, end);
  }
  std::string out = "[";
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == run) {
      out += i == 0 ? "::" : ":";
      i += run_length - 1;
      continue;
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = (pieces[i] >> shift) & 0xf;
      started = started || digit || shift == 0;
      if (started) out += kDigits[digit];
    }
    if (i != 7) out += ':';
  }
  return out += ']';
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text, bool special) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const auto address = parse_ipv6(text.substr(1, text.size() - 2));
    return address ? std::optional(format_ipv6(*address)) : std::nullopt;
  }
  std::string out;
  if (!special) {
    if (text.find_first_of(kForbiddenInHost) != std::string_view::npos) return std::nullopt;
    append_percent_encoded(out, text, kC0ControlSet);
    return out;
  }
  auto ascii = domain_to_ascii(text.find('%') == std::string_view::npos ? std::string(text) : decode_percent(text));
  if (!ascii || ascii->empty() || std::ranges::any_of(*ascii, is_forbidden_in_domain)) return std::nullopt;
  return ends_in_a_number(*ascii) ? parse_ipv4(*ascii) : ascii;
}

}  // namespace hardtop
