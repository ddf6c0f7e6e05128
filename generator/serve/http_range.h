// Byte ranges of an answer (RFC 9110, 14), and the validators that go with them (13.1). Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace hardtop {

struct ByteRange {
  enum class Kind {
    whole,          // no range, one that is not understood, or several: the whole is sent with 200, as 14.2 allows
    part,           // 206
    unsatisfiable,  // 416
  };
  Kind kind = Kind::whole;
  std::uint64_t begin = 0, size = 0;  // of a part; size is not 0
};

// What a Range header asks for of `size` bytes: "bytes=0-99", "bytes=100-", "bytes=-5".
[[nodiscard]] ByteRange read_range(std::string_view header, std::uint64_t size);

// Whether an If-None-Match header names `etag` (compared weakly: 13.1.2).
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);
// Whether the range counts under an If-Range header (compared strongly; a date never fits, since no Last-Modified is sent: 13.1.5).
[[nodiscard]] bool allows_range(std::string_view if_range, std::string_view etag);

}  // namespace hardtop
