// Sixteen bytes of text looked at together. Comparing one with a character, or two such results with '|', gives a byte of
// ones where it holds and of zeros where it does not; bits() turns that into one bit a byte, the first byte's lowest.
// By the compiler's vectors (one SSE2 instruction each on every x86-64), which work on any processor.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hardtop {

using Bytes16 = signed char __attribute__((vector_size(16)));

// The text's first sixteen bytes; NUL stands for those that it does not have. Short texts are put together in registers:
// a load of what was just stored in other pieces would wait for it.
inline Bytes16 load_bytes16(std::string_view text) {
  static_assert(std::endian::native == std::endian::little);
  const auto load = [&]<class Word>(Word word, std::size_t at) {
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
  };
  const std::size_t size = text.size();
  if (size >= sizeof(Bytes16)) return load(Bytes16{}, 0);
  using Words = std::uint64_t __attribute__((vector_size(16)));
  Words words{};
  if (size > 8) {
    words = Words{load(std::uint64_t{}, 0), load(std::uint64_t{}, size - 8) >> (8 * (16 - size))};
  } else if (size >= 4) {
    words[0] = load(std::uint32_t{}, 0) | std::uint64_t{load(std::uint32_t{}, size - 4)} << (8 * (size - 4));
  } else {
    for (std::size_t i = size; i-- > 0;) words[0] = words[0] << 8 | static_cast<unsigned char>(text[i]);
  }
  return reinterpret_cast<Bytes16>(words);
}

inline Bytes16 all_bytes16(char c) { return Bytes16{} + static_cast<signed char>(c); }

// Of text, the bits of bytes that are not ASCII.
inline unsigned bits(Bytes16 bytes) {
#ifdef __SSE2__
  using Chars = char __attribute__((vector_size(16)));
  return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(bytes)));
#else
  unsigned result = 0;
  for (unsigned i = 0; i < sizeof bytes; ++i) result |= static_cast<unsigned>(bytes[i] < 0) << i;
  return result;
#endif
}

// The first of these characters from `from` on; the text's size where there is none. NUL cannot be looked for.
template <char... kCharacters>
std::size_t find_any_of(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); at += sizeof(Bytes16)) {
    const Bytes16 bytes = load_bytes16(text.substr(at));
    if (const unsigned found = bits(((bytes == all_bytes16(kCharacters)) | ...)))
      return at + static_cast<std::size_t>(std::countr_zero(found));
  }
  return text.size();
}

// How often the character is there. NUL cannot be counted.
inline std::size_t count_of_byte(std::string_view text, char c) {
  using Counts = unsigned char __attribute__((vector_size(16)));
  constexpr std::size_t kMost = 255;  // that one of them counts to
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    Counts counts{};
    const std::size_t end = std::min(text.size(), at + kMost * sizeof counts);
    for (; at < end; at += sizeof counts)
      counts -= reinterpret_cast<Counts>(load_bytes16(text.substr(at)) == all_bytes16(c));
    for (std::size_t i = 0; i < sizeof counts; ++i) count += counts[i];
  }
  return count;
}

}  // namespace hardtop
