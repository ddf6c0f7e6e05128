// JSON (RFC 8259) into Data, every value with its place. Small, and our own: the library that writes JSON
// (diagnostic_json.cc) does not say where in a text a value stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/data.h"

namespace hardtop {

struct JsonError {
  std::size_t offset = 0;
  std::string message;  // "a string is not closed"
};

// Of repeated keys the last counts, as in browsers. Whole numbers that fit are std::int64_t, others double. A byte-order mark in
// front is passed over. Values nest at most 500 deep. Linear. Empty if and only if `error` says why.
[[nodiscard]] std::optional<Data> parse_json(std::string_view text, JsonError& error);

}  // namespace hardtop
