// libidn2 maps by UTS 46 but then demands IDNA 2008, which knows no symbols, no '_' and no hyphen at either end: it
// refuses "☃.net" and "_é.net", which browsers open. A label that fails is therefore tried again with such code points
// replaced by letters that nobody maps or composes (CJK extension A), and they are put back into libidn2's answer.
#include "base/idna.h"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace hardtop {
namespace {

struct Range {
  char32_t first, last;
};
// Symbols and punctuation that UTS 46 holds valid as they are and IDNA 2008 does not (status "valid ; ; NV8", Unicode
// 15, of the blocks that host names of this world use: Latin-1, U+2010..2BFF, U+2E00..303F, U+1F000..1FAFF).
constexpr Range kSymbols[] = {
    {0xa1, 0xa7},       {0xa9, 0xa9},       {0xab, 0xac},       {0xae, 0xae},       {0xb0, 0xb1},
    {0xb6, 0xb6},       {0xbb, 0xbb},       {0xbf, 0xbf},       {0xd7, 0xd7},       {0xf7, 0xf7},
    {0x2010, 0x2010},   {0x2012, 0x2016},   {0x2018, 0x2023},   {0x2027, 0x2027},   {0x2030, 0x2032},
    {0x2035, 0x2035},   {0x2038, 0x203b},   {0x203d, 0x203d},   {0x203f, 0x2046},   {0x204a, 0x2056},
    {0x2058, 0x205e},   {0x20a0, 0x20a7},   {0x20a9, 0x20c0},   {0x20d0, 0x20f0},   {0x2104, 0x2104},
    {0x2108, 0x2108},   {0x2114, 0x2114},   {0x2117, 0x2118},   {0x211e, 0x211f},   {0x2123, 0x2123},
    {0x2125, 0x2125},   {0x2127, 0x2127},   {0x2129, 0x2129},   {0x212e, 0x212e},   {0x213a, 0x213a},
    {0x2141, 0x2144},   {0x214a, 0x214d},   {0x214f, 0x214f},   {0x2180, 0x2182},   {0x2185, 0x2188},
    {0x218a, 0x218b},   {0x2190, 0x222b},   {0x222e, 0x222e},   {0x2231, 0x225f},   {0x2261, 0x226d},
    {0x2270, 0x2328},   {0x232b, 0x2426},   {0x2440, 0x244a},   {0x24eb, 0x2a0b},   {0x2a0d, 0x2a73},
    {0x2a77, 0x2adb},   {0x2add, 0x2b73},   {0x2b76, 0x2b95},   {0x2b97, 0x2bff},   {0x2e00, 0x2e2e},
    {0x2e30, 0x2e5d},   {0x2e80, 0x2e99},   {0x2e9b, 0x2e9e},   {0x2ea0, 0x2ef2},   {0x3001, 0x3001},
    {0x3003, 0x3004},   {0x3008, 0x3029},   {0x302e, 0x3035},   {0x3037, 0x3037},   {0x303b, 0x303b},
    {0x303d, 0x303f},   {0x1f000, 0x1f02b}, {0x1f030, 0x1f093}, {0x1f0a0, 0x1f0ae}, {0x1f0b1, 0x1f0bf},
    {0x1f0c1, 0x1f0cf}, {0x1f0d1, 0x1f0f5}, {0x1f10b, 0x1f10f}, {0x1f12f, 0x1f12f}, {0x1f150, 0x1f169},
    {0x1f16d, 0x1f18f}, {0x1f191, 0x1f1ad}, {0x1f1e6, 0x1f1ff}, {0x1f260, 0x1f265}, {0x1f300, 0x1f6d7},
    {0x1f6dc, 0x1f6ec}, {0x1f6f0, 0x1f6fc}, {0x1f700, 0x1f776}, {0x1f77b, 0x1f7d9}, {0x1f7e0, 0x1f7eb},
    {0x1f7f0, 0x1f7f0}, {0x1f800, 0x1f80b}, {0x1f810, 0x1f847}, {0x1f850, 0x1f859}, {0x1f860, 0x1f887},
    {0x1f890, 0x1f8ad}, {0x1f8b0, 0x1f8b1}, {0x1f900, 0x1fa53}, {0x1fa60, 0x1fa6d}, {0x1fa70, 0x1fa7c},
    {0x1fa80, 0x1fa88}, {0x1fa90, 0x1fabd}, {0x1fabf, 0x1fac5}, {0x1face, 0x1fadb}, {0x1fae0, 0x1fae8},
    {0x1faf0, 0x1faf8}};

constexpr char32_t kFirstPlaceholder = 0x3400, kLastPlaceholder = 0x34ff;

bool is_symbol(char32_t c) {
  if (c < 0x80) return !is_ascii_alphanumeric(static_cast<int>(c));
  const auto* range = std::ranges::lower_bound(kSymbols, c, {}, &Range::last);
  return range != std::end(kSymbols) && range->first <= c;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// For text that libidn2 has already found well-formed, or will.
std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    const int more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    char32_t c = more == 0 ? lead : lead & (0x3f >> more);
    for (int k = 0; k < more && i < text.size(); ++k) c = c << 6 | (static_cast<unsigned char>(text[i++]) & 0x3f);
    out += c;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

// RFC 3492, section 6.3
std::string to_punycode(std::u32string_view label) {
  std::string out;
  for (char32_t c : label) {
    if (c < 0x80) out += static_cast<char>(c);
  }
  std::uint64_t handled = out.size();
  const std::uint64_t basic = handled;
  if (basic) out += '-';
  std::uint64_t n = 0x80, delta = 0, bias = 72;
  while (handled < label.size()) {
    std::uint64_t next = 0x110000;
    for (char32_t c : label) {
      if (c >= n && c < next) next = c;
    }
    delta += (next - n) * (handled + 1);
    n = next;
    for (char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint64_t q = delta;
      for (std::uint64_t k = 36;; k += 36) {
        const std::uint64_t t = k <= bias ? 1 : std::min<std::uint64_t>(k - bias, 26);
        const std::uint64_t digit = q < t ? q : t + (q - t) % (36 - t);
        out += static_cast<char>(digit < 26 ? 'a' + digit : '0' + (digit - 26));
        if (q < t) break;
        q = (q - t) / (36 - t);
      }
      delta = handled == basic ? delta / 700 : delta / 2;
      delta += delta / (handled + 1);
      std::uint64_t k = 0;
      for (; delta > 455; k += 36) delta /= 35;
      bias = k + 36 * delta / (delta + 38);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

struct FreeIdn2 {
  void operator()(char* text) const { idn2_free(text); }
};
using Idn2String = std::unique_ptr<char, FreeIdn2>;

std::optional<std::string> ask_libidn2(const std::string& label) {
  char* raw = nullptr;
  const int status = idn2_to_ascii_8z(label.c_str(), &raw, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const Idn2String ascii(raw);
  return status == IDN2_OK ? std::optional<std::string>(ascii.get()) : std::nullopt;
}

// Decodes Punycode; checks nothing else.
std::optional<std::string> to_unicode(const std::string& label) {
  char* raw = nullptr;
  const int status = idn2_to_unicode_8z8z(label.c_str(), &raw, 0);
  const Idn2String unicode(raw);
  return status == IDN2_OK ? std::optional<std::string>(unicode.get()) : std::nullopt;
}

std::optional<std::string> ask_without_symbols(const std::string& label) {
  std::u32string letters = to_utf32(label);
  std::u32string kept;  // kept[i] is what placeholder i stands for
  for (std::size_t i = 0; i < letters.size(); ++i) {
    char32_t& c = letters[i];
    if (c >= kFirstPlaceholder && c <= kLastPlaceholder) return std::nullopt;
    if (!is_symbol(c)) continue;
    const std::size_t index = std::min(kept.find(c), kept.size());
    if (index == kept.size()) kept += c;
    if (kFirstPlaceholder + index > kLastPlaceholder) return std::nullopt;
    c = kFirstPlaceholder + static_cast<char32_t>(index);
  }
  if (kept.empty()) return std::nullopt;
  const auto ascii = ask_libidn2(to_utf8(letters));
  const auto mapped = ascii ? to_unicode(*ascii) : std::nullopt;
  if (!mapped) return std::nullopt;
  std::u32string out = to_utf32(*mapped);
  for (char32_t& c : out) {
    if (c >= kFirstPlaceholder && c <= kLastPlaceholder) c = kept[c - kFirstPlaceholder];
  }
  if (out.starts_with(U"xn--")) return std::nullopt;  // what mapping made into Punycode would have to be checked again
  const bool all_ascii = std::ranges::all_of(out, [](char32_t c) { return c < 0x80; });
  return all_ascii ? to_utf8(out) : "xn--" + to_punycode(out);
}

std::optional<std::string> label_to_ascii(std::string_view text) {
  std::string label(text);
  const bool ascii = is_ascii(label);
  if (ascii) {
    std::ranges::transform(label, label.begin(), to_ascii_lower);
    if (!label.starts_with("xn--")) return label;
  }
  if (label.find('\0') != std::string::npos) return std::nullopt;
  if (auto answer = ask_libidn2(label)) return answer;
  if (!ascii) return ask_without_symbols(label);
  const auto unicode = to_unicode(label);
  if (!unicode || is_ascii(*unicode)) return std::nullopt;
  auto answer = ask_without_symbols(*unicode);
  return answer == label ? answer : std::nullopt;
}

}  // namespace

std::optional<std::string> domain_to_ascii(std::string_view domain) {
  static constexpr std::array<std::string_view, 4> kDots = {".", "\u3002", "\uff0e", "\uff61"};
  std::string out;
  while (true) {
    std::size_t end = domain.size(), dot_size = 0;
    for (std::string_view dot : kDots) {
      if (const std::size_t found = domain.find(dot); found < end) end = found, dot_size = dot.size();
    }
    const auto label = label_to_ascii(domain.substr(0, end));
    if (!label) return std::nullopt;
    out += *label;
    if (dot_size == 0) return out;
    out += '.';
    domain.remove_prefix(end + dot_size);
  }
}

}  // namespace hardtop
