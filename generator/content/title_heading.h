// A page without a title in its front matter that begins with a heading of level 1 has that heading for a title: plain
// Markdown, written for no generator in particular, reads as its author meant it.
#pragma once

#include <optional>
#include <string>

#include "base/source.h"
#include "content/markdown.h"

namespace hardtop {

struct TitleHeading {
  std::string title;    // plain text
  std::size_t end = 0;  // where the body goes on
};

// Looks for `# Title` (ATX, CommonMark 0.29, 4.2) as the first line from `begin` that is not blank. Nothing when there
// is none, or when it is empty. A heading that refers to a footnote is the title and stays in the body as well: without it
// the footnote would be gone, and plain text has no place for it.
[[nodiscard]] std::optional<TitleHeading> find_title_heading(const SourcePtr& source, std::size_t begin,
                                                             const MarkdownOptions& options);

}  // namespace hardtop
