// SHA-2 (FIPS 180-4) and base64 (RFC 4648), as Content-Security-Policy, subresource integrity and fingerprints want
// them. For cache keys and file names there is base/hash.h, which is seven times as fast.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hardtop {

using Sha256 = std::array<std::uint8_t, 32>;
using Sha384 = std::array<std::uint8_t, 48>;
using Sha512 = std::array<std::uint8_t, 64>;

// Safe to call from several threads.
[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] Sha384 sha384(std::string_view bytes);
[[nodiscard]] Sha512 sha512(std::string_view bytes);

// MD5 (RFC 1321) as 32 lower-case hexadecimal digits: what object stores and rclone name content by. It protects against nothing.
// Empty where the machine's policy forbids it.
[[nodiscard]] std::string md5_hex(std::string_view bytes);

// The bytes of a digest, for the functions below.
template <std::size_t N>
[[nodiscard]] std::string_view as_bytes(const std::array<std::uint8_t, N>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), N};
}

// RFC 4648, 4: with '+', '/' and '=' to fill up.
[[nodiscard]] std::string base64(std::string_view bytes);
// RFC 4648, 5: with '-' and '_', and nothing to fill up.
[[nodiscard]] std::string base64url(std::string_view bytes);

}  // namespace hardtop
