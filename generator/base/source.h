// A text that diagnostics can point into, and the arithmetic from byte offsets to lines and columns.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hardtop {

struct Source {
  std::string path;  // as people read it: relative to the site's folder, '/' between parts
  std::string text;  // UTF-8; a byte-order mark has been removed, line ends are as in the file
};

// Shared, because a diagnostic outlives the pass that read the file. Never null inside a Place that has a path.
using SourcePtr = std::shared_ptr<const Source>;

[[nodiscard]] SourcePtr make_source(std::string path, std::string text);

// Where something is. Offsets are bytes into source->text.
struct Place {
  static constexpr std::size_t kWholeFile = static_cast<std::size_t>(-1);

  SourcePtr source;                 // null: no file is concerned (a command line, the environment)
  std::size_t offset = kWholeFile;  // kWholeFile: the file as a whole, printed without line and column
  std::size_t length = 0;           // bytes that the caret underlines; 0 is drawn as one caret

  [[nodiscard]] bool has_position() const { return source && offset != kWholeFile; }
};

// A place that is a file and no line of it, for files that could not be read, or that were not read.
[[nodiscard]] Place whole_file(std::string path);

// Both 1-based. The column counts code points, as editors do. An offset past the end counts as the end.
struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};
[[nodiscard]] LineColumn line_column(std::string_view text, std::size_t offset);

// The byte offset of a 1-based line and column (in code points), as parsers report them; clamped to the text.
[[nodiscard]] std::size_t offset_of(std::string_view text, std::size_t line, std::size_t column);

// The line (without its end) that holds `offset`.
[[nodiscard]] std::string_view line_at(std::string_view text, std::size_t offset);

}  // namespace hardtop
