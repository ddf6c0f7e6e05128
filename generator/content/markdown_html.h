// Writes cmark's tree as HTML: what cmark-gfm's own renderer writes, except that headings have ids, tables are wrapped
// and their cells aligned by class (a style or `align` attribute would stand in the way of a Content-Security-Policy
// and of HTML5), footnotes have plain ids, and the page is split where components stand.
#pragma once

#include <string>
#include <vector>

#include "content/cmark_document.h"
#include "content/markdown.h"

namespace hardtop {

// What stands on the page and not in the tree. A heading's or component's node points to it by its user_data, which is
// the index here, plus one; 0 is an ordinary heading or code block.
struct PageMarks {
  std::vector<Heading> headings;
  std::vector<BodyPart> components;
};
inline void set_mark(cmark_node* node, std::size_t index) { node->user_data = reinterpret_cast<void*>(index + 1); }
[[nodiscard]] inline std::size_t mark_of(const cmark_node* node) {
  return reinterpret_cast<std::size_t>(node->user_data);
}

struct RenderedPage {
  std::vector<BodyPart> parts;
  std::size_t words = 0;
};
// Moves the components of `marks` into the parts. `size_hint` is about the length of the HTML.
[[nodiscard]] RenderedPage render_page(cmark_node* root, const MarkdownOptions& options, PageMarks& marks,
                                       std::size_t size_hint);

}  // namespace hardtop
