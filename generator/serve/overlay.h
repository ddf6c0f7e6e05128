// Diagnostics as the preview's error overlay shows them (assets/preview/overlay.js): what the terminal prints, as JSON.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// A JSON array, on one line; "[]" when there are none. Of each diagnostic, in order:
//   {"severity": "error" | "warning", "id", "message", "hint",
//    "path", "line", "column",     null where there is none; lines and columns are 1-based
//    "excerpt": ["  3 | the line", "    |     ^~~~"],     empty where there is no position
//    "notes": [{"path", "line", "column", "message"}]}
// In texts, what hides or turns the order of what follows is spelled out, as on the terminal; line ends stay. Pure.
[[nodiscard]] std::string format_overlay(const std::vector<Diagnostic>& diagnostics);

}  // namespace hardtop
