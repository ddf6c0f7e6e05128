// What libsass says went wrong, as a diagnostic of ours: its message in our style with advice, its place and its trace
// in the files that the site's author knows.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/diagnostic.h"
#include "theme/style_imports.h"

namespace hardtop {

// Names of files as libsass gets to know them. A name with a scheme counts as absolute and stays as it is, in errors
// and traces too; any other name it would put beside the working directory.
[[nodiscard]] std::string sass_name(std::string_view path);
// Null when `name` is none of the graph's.
[[nodiscard]] const StyleFile* find_sass_name(const StyleGraph& graph, std::string_view name);
// Lines and columns from 1, columns in code points; line 0 or the largest number mean that libsass knows no place.
[[nodiscard]] Place sass_place(const StyleFile& file, std::size_t line, std::size_t column);

struct SassFailure {
  std::string_view message;    // may have several lines
  std::string_view formatted;  // the message again, then the trace
  std::string_view file;       // as sass_name() made it, or empty
  std::size_t line = 0;
  std::size_t column = 0;
};

[[nodiscard]] Diagnostic describe_failure(const StyleGraph& graph, const SassFailure& failure);

// style/endless. libsass was stopped, and does not say where: at the loop, if there is one only; else with a note at each.
[[nodiscard]] Diagnostic describe_endless(const StyleGraph& graph, std::size_t max_steps);

}  // namespace hardtop
