// The line of a source that a diagnostic is about, with a caret below: as a terminal shows it, and as the preview does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/source.h"

namespace hardtop {

// Three pieces, so that the caret can be coloured:
//   line   "  2 | <img src=\"https://px.example/1.gif\">"
//   below  "    |           "
//   caret  "^~~~~~~~~"
// About 100 columns around the place; where more of the line is left out, "…" says so. All is valid UTF-8.
struct Excerpt {
  std::string line, below, caret;
};

// `place` has a position, which is on line `line_number` (1-based).
[[nodiscard]] Excerpt draw_excerpt(const Place& place, std::size_t line_number);

// For paths, messages and hints, which may quote what stands in a file: what could steer a terminal, hide, or turn the order
// of what follows is spelled out ("<1B>", "<U+202E>"). Line ends, too.
[[nodiscard]] std::string make_harmless(std::string_view text);

}  // namespace hardtop
