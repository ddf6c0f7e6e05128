#pragma once

#include <string>

namespace hardtop::test {

// The first bytes of a PNG, which is all that is read of them.
inline std::string png(int width, int height) {
  const auto number = [](int n) { return std::string{0, 0, static_cast<char>(n >> 8), static_cast<char>(n)}; };
  return "\x89PNG\r\n\x1a\n" + std::string("\0\0\0\x0d", 4) + "IHDR" + number(width) + number(height) +
         std::string("\x08\x06\0\0\0CRC.\0\0\0\0IDAT", 17);
}

}  // namespace hardtop::test
