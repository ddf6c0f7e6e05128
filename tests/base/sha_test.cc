#include "base/sha.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hardtop;

namespace {

// As `openssl dgst -hex` prints it.
template <typename Digest>
std::string hex(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace

TEST_CASE("SHA-2 gives the digests of FIPS 180-4's examples") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(sha256(std::string(1'000'000, 'a'))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(hex(sha384("")) ==
        "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b");
  CHECK(hex(sha384("abc")) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  CHECK(
      hex(sha512("abc")) ==
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
      "2a9ac94fa54ca49f");
}

TEST_CASE("base64 gives RFC 4648's test vectors, and base64url the same without what URLs and cookies cannot hold") {
  struct Row {
    std::string bytes, base64, base64url;
  };
  const std::vector<Row> rows = {
      {"", "", ""},
      {"f", "Zg==", "Zg"},
      {"fo", "Zm8=", "Zm8"},
      {"foo", "Zm9v", "Zm9v"},
      {"foob", "Zm9vYg==", "Zm9vYg"},
      {"fooba", "Zm9vYmE=", "Zm9vYmE"},
      {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
      {std::string("\xfb\xff\xbf", 3), "+/+/", "-_-_"},
      {std::string("\0\0", 2), "AAA=", "AAA"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    CHECK(base64(row.bytes) == row.base64);
    CHECK(base64url(row.bytes) == row.base64url);
  }
}

TEST_CASE("a digest in base64 is what a policy's hash source holds") {
  // The example of CSP Level 3, 8.4.
  CHECK(base64(as_bytes(sha256("doSomething();"))) == "RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=");
}
