// Text, URLs and the inline content of headings and paragraphs as HTML. Internal to content/.
#pragma once

#include <string>
#include <string_view>

#include "content/cmark_document.h"

namespace hardtop {

// Percent-encodes what a URL cannot hold, leaves what is encoded, and escapes for an attribute.
void append_href(std::string& out, std::string_view url);

// An image's alternative text.
void append_alt(std::string& out, cmark_node* image);

// The element of emphasis and the like, which have no attributes; empty for other nodes.
[[nodiscard]] std::string_view element_of(const cmark_node* node);
void append_tag(std::string& out, std::string_view open, std::string_view name);

// Takes ` {#id}` off the end of a heading, and returns the id; empty when there is none.
std::string_view take_explicit_id(cmark_node* heading);

// The content of a heading or paragraph as Heading::text and as Heading::html (markdown.h).
[[nodiscard]] std::string plain_text(cmark_node* block);
[[nodiscard]] std::string quotable_html(cmark_node* block);
// Whether a paragraph has text beside that which stands in for its images.
[[nodiscard]] bool has_text(cmark_node* block);

}  // namespace hardtop
