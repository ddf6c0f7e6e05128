// The only user of libcrypto. The digests are fetched once: looking up "SHA2-256" by name costs more than hashing a
// short text (OpenSSL 3, crypto(7), "Performance").
#include "base/sha.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "base/text.h"

namespace hardtop {

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  std::array<std::uint8_t, N> digest{};
  // It can fail for want of memory alone, or where the machine's policy forbids SHA-2: there is no going on then.
  if (!algorithm || EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) != 1)
    std::abort();
  return digest;
}

std::string encode(std::string_view bytes, std::string_view digits, bool fill) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  std::size_t at = 0;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  for (; at + 3 <= bytes.size(); at += 3) {
    const std::uint32_t bits = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    for (int shift = 18; shift >= 0; shift -= 6) out += digits[bits >> shift & 63];
  }
  const std::size_t left = bytes.size() - at;
  if (left == 0) return out;
  const std::uint32_t bits = byte(at) << 16 | (left == 2 ? byte(at + 1) << 8 : 0);
  out += digits[bits >> 18 & 63];
  out += digits[bits >> 12 & 63];
  if (left == 2) out += digits[bits >> 6 & 63];
  if (fill) out.append(3 - left, '=');
  return out;
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  return digest_of<32>(bytes, algorithm);
}

Sha384 sha384(std::string_view bytes) {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-384", nullptr);
  return digest_of<48>(bytes, algorithm);
}

Sha512 sha512(std::string_view bytes) {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-512", nullptr);
  return digest_of<64>(bytes, algorithm);
}

std::string md5_hex(std::string_view bytes) {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "MD5", nullptr);
  std::array<unsigned char, 16> digest{};
  if (!algorithm || EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) != 1) return "";
  return to_hex(as_bytes(digest));
}

std::string base64(std::string_view bytes) {
  return encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true);
}

std::string base64url(std::string_view bytes) {
  return encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false);
}

}  // namespace hardtop
