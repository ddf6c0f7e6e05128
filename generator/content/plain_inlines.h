// The inlines of blocks that are words and nothing else: most headings, list items and cells of tables, and many paragraphs.
// For each of them cmark-gfm looks at the text byte by byte, and prepares for emphasis, brackets and code that do not come; here
// sixteen bytes are looked at together. Internal to content/.
#pragma once

#include "content/cmark_document.h"

namespace hardtop {

// Gives the block the nodes of text and soft breaks that cmark's parser of inlines would give it, where nothing in its text is
// special to CommonMark. Else says false, and has done nothing. Not for documents with smart punctuation or with extensions that
// have inlines of their own: to these, more is special.
[[nodiscard]] bool parse_plain_inlines(cmark_mem* memory, cmark_node* block);

}  // namespace hardtop
