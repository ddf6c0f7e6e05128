// What toml++ says of a syntax error, in the words of someone who wrote a configuration and not a parser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hardtop {

struct TomlError {
  std::size_t offset = 0;  // in the text that was parsed
  std::size_t length = 0;
  std::string message;
  std::string hint;
};

// `description` is toml++'s, `offset` the place that it gave. The place that is returned may be another one: the quote
// that was never closed rather than the end of the line.
[[nodiscard]] TomlError explain_toml_error(std::string_view text, std::size_t offset, std::string_view description);

// Whether a key has more parts (a.b.c) than anybody writes: toml++ nests a table for each, and runs out of stack.
[[nodiscard]] bool has_endless_key(std::string_view text);

}  // namespace hardtop
