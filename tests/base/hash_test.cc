#include "base/hash.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("hashes are those of XXH3 on every machine: file names and caches depend on them") {
  CHECK(hash64("") == 0x2d06800538d394c2U);
  CHECK(hash128_hex("") == "99aa06d3014798d86001c324468d497f");
  CHECK(hash128_hex("hardtop") == hash128_hex(std::string("hardtop")));
  CHECK(hash128_hex("hardtop") != hash128_hex("hardtop "));
  CHECK(hash128_hex("hardtop").size() == 32);
}
