// Hashes. XXH3 names content and keys caches (it is no protection against an attacker); SHA is what CSP and SRI ask
// for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hardtop {

[[nodiscard]] std::uint64_t hash64(std::string_view bytes);

// 128 bits as 32 lower-case hexadecimal digits.
[[nodiscard]] std::string hash128_hex(std::string_view bytes);

}  // namespace hardtop
