#include "content/word_counter.h"

#include <array>

namespace hardtop {

namespace {

enum class Kind : unsigned char { other, space, word };

constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (const char c : std::string_view(" \t\n\r\f\v")) kinds[static_cast<unsigned char>(c)] = Kind::space;
  for (unsigned char c = '0'; c <= 'z'; ++c) {
    if (c <= '9' || (c >= 'A' && c <= 'Z') || c >= 'a') kinds[c] = Kind::word;
  }
  return kinds;
}();

}  // namespace

void WordCounter::add(std::string_view text) {
  // In locals while it runs: the members would be stored at every byte.
  std::size_t count = count_;
  bool in_word = in_word_;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const Kind kind = kKinds[byte];
    if (byte < 0xC0) {
      count += kind == Kind::word && !in_word;
      in_word = kind == Kind::word || (kind == Kind::other && in_word);
      continue;
    }
    count_ = count;
    in_word_ = in_word;
    add_wide(byte, at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : static_cast<unsigned char>(0));
    count = count_;
    in_word = in_word_;
  }
  count_ = count;
  in_word_ = in_word;
}

void WordCounter::add_wide(unsigned char first, unsigned char second) {
  if (first == 0xE2 && second == 0x80) return;  // U+2000 to U+203F: dashes, quotation marks, dots
  if (first == 0xE3 && second == 0x80) {        // U+3000 to U+303F: ideographic space and punctuation
    in_word_ = false;
    return;
  }
  const bool ideograph = first >= 0xE3 && first <= 0xE9;  // U+3040 to U+9FFF
  count_ += ideograph || !in_word_;
  in_word_ = !ideograph;
}

}  // namespace hardtop
