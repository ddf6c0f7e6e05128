#include "serve/http_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

// Digits only. A number beyond 64 bits is as good as the largest.
std::optional<std::uint64_t> read_number(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_ascii_digit)) return std::nullopt;
  std::uint64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc::result_out_of_range ? UINT64_MAX : number;
}

}  // namespace

ByteRange read_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (to_lower_ascii(header.substr(0, kUnit.size())) != kUnit) return {};
  const std::string_view spec = trim(header.substr(kUnit.size()));
  const std::size_t dash = spec.find('-');
  if (dash == spec.npos || spec.find(',') != spec.npos) return {};
  const std::optional<std::uint64_t> first = read_number(spec.substr(0, dash)),
                                     last = read_number(spec.substr(dash + 1));
  if (dash == 0) {  // the last so many bytes
    if (!last) return {};
    if (*last == 0) return {ByteRange::Kind::unsatisfiable};
    if (size == 0) return {};  // an empty part has no Content-Range
    const std::uint64_t length = std::min(*last, size);
    return {ByteRange::Kind::part, size - length, length};
  }
  if (!first || (!last && dash + 1 != spec.size()) || (last && *last < *first)) return {};
  if (*first >= size) return {ByteRange::Kind::unsatisfiable};
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {ByteRange::Kind::part, *first, end - *first + 1};
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  if (trim(if_none_match) == "*") return true;
  // Our tags hold no comma, so that one in another's tag cannot make it look like ours.
  return std::ranges::any_of(split(if_none_match, ','), [&](std::string_view each) {
    each = trim(each);
    if (each.starts_with("W/")) each.remove_prefix(2);
    return each == etag;
  });
}

bool allows_range(std::string_view if_range, std::string_view etag) { return trim(if_range) == etag; }

}  // namespace hardtop
