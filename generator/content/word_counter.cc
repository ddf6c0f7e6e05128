#include "content/word_counter.h"

#include <algorithm>

#include "base/bytes16.h"

namespace hardtop {

namespace {

Bytes16 is_between(Bytes16 bytes, char low, char high) {
  return (bytes >= all_bytes16(low)) & (bytes <= all_bytes16(high));
}
Bytes16 is_word(Bytes16 bytes) {
  return is_between(bytes, '0', '9') | is_between(bytes | all_bytes16(0x20), 'a', 'z');  // 0x20: lower case
}
// Of sixteen. std::popcount calls a function of the compiler's library where the processor need not have the instruction.
unsigned count_bits(unsigned bits) {
  bits -= bits >> 1 & 0x5555;
  bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
  bits = (bits + (bits >> 4)) & 0x0F0F;
  return (bits + (bits >> 8)) & 0x1F;
}
Bytes16 is_space(Bytes16 bytes) { return (bytes == all_bytes16(' ')) | is_between(bytes, '\t', '\r'); }

}  // namespace

void WordCounter::add(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += sizeof(Bytes16)) {
    const Bytes16 bytes = load_bytes16(text.substr(at));
    const unsigned word = bits(is_word(bytes)), space = bits(is_space(bytes)), wide = bits(bytes);
    if (wide != 0) {
      const std::size_t end = std::min(at + sizeof bytes, text.size());
      for (std::size_t i = 0; at + i < end; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        const auto next = static_cast<unsigned char>(at + i + 1 < text.size() ? text[at + i + 1] : 0);
        if (byte >= 0xC0)
          add_wide(byte, next);
        else
          add_ascii(word >> i & 1, space >> i & 1, 1);
      }
      continue;
    }
    add_ascii(word, space, sizeof bytes);
  }
}

// `size` bytes, a bit each. A letter or digit begins a word or goes on with it, a space ends it, anything else (also
// what follows the text's end) changes nothing: so does a carry begin, go on and end in an addition.
void WordCounter::add_ascii(unsigned word, unsigned space, unsigned size) {
  const unsigned other_or_word = ~space & ((1U << size) - 1);
  const unsigned in_word = (word + other_or_word + in_word_) ^ word ^ other_or_word;  // before each byte, and after all
  count_ += count_bits(word & ~in_word);
  in_word_ = (in_word >> size & 1) != 0;
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
