// XXH3: names content and keys caches. It is no protection against an attacker; for what CSP and SRI ask there is
// base/sha.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hardtop {

[[nodiscard]] std::uint64_t hash64(std::string_view bytes);

// 128 bits as 32 lower-case hexadecimal digits.
[[nodiscard]] std::string hash128_hex(std::string_view bytes);

}  // namespace hardtop
