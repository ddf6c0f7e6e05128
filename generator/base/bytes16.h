// Sixteen bytes of text looked at together. Comparing one with a character, or two such results with '|', gives a byte of
// ones where it holds and of zeros where it does not; bits() turns that into one bit a byte, the first byte's lowest.
// By the compiler's vectors (one SSE2 instruction each on every x86-64), which work on any processor.
#pragma once

#include <cstring>
#include <string_view>

namespace hardtop {

using Bytes16 = signed char __attribute__((vector_size(16)));

// The text's first sixteen bytes; NUL stands for those that it does not have.
inline Bytes16 load_bytes16(std::string_view text) {
  Bytes16 bytes{};
  if (text.size() >= sizeof bytes)
    std::memcpy(&bytes, text.data(), sizeof bytes);
  else if (!text.empty())
    std::memcpy(&bytes, text.data(), text.size());
  return bytes;
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

}  // namespace hardtop
