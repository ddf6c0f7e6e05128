#include "content/plain_inlines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes16.h"

namespace hardtop {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

// What cmark sees of a block's text: without the space at its end.
std::string_view text_of(const cmark_node* block) {
  std::string_view text(reinterpret_cast<const char*>(block->content.ptr),
                        static_cast<std::size_t>(block->content.size));
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Or spaces that only cmark knows what to do with.
bool holds_markup(std::string_view text) {
  return find_any_of<'\\', '`', '*', '_', '[', ']', '<', '&', '!', '\r', '\v', '\f'>(text, 0) < text.size();
}

// Such a space may make the end of the line a hard one.
bool holds_space_at_line_end(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    if (at == 0 || is_space(text[at - 1])) return true;
  return false;
}

cmark_node* add_child(cmark_mem* memory, cmark_node* parent, cmark_node_type type) {
  auto* const node = static_cast<cmark_node*>(memory->calloc(1, sizeof(cmark_node)));
  cmark_strbuf_init(memory, &node->content, 0);
  node->type = static_cast<std::uint16_t>(type);
  node->parent = parent;
  node->prev = parent->last_child;
  (node->prev ? node->prev->next : parent->first_child) = node;
  parent->last_child = node;
  return node;
}

// Lines and columns are those that cmark gives.
void add_lines(cmark_mem* memory, cmark_node* block, std::string_view text) {
  int line = block->start_line;
  std::ptrdiff_t column =
      block->start_column + block->internal_offset;  // of the text's first byte, were it on this line
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    cmark_node* const words = add_child(memory, block, CMARK_NODE_TEXT);
    words->as.literal = {block->content.ptr + at, static_cast<bufsize_t>(end - at), 0};
    words->start_line = words->end_line = line;
    words->start_column = static_cast<int>(column + static_cast<std::ptrdiff_t>(at));
    words->end_column = static_cast<int>(column + static_cast<std::ptrdiff_t>(end) - 1);
    if (end == text.size()) return;
    add_child(memory, block, CMARK_NODE_SOFTBREAK);
    at = end + 1;
    ++line;
    column = block->start_column + block->internal_offset - static_cast<std::ptrdiff_t>(at);
    while (text[at] == ' ' || text[at] == '\t') ++at;  // not to the end: the last byte is no space
  }
}

}  // namespace

bool parse_plain_inlines(cmark_mem* memory, cmark_node* block) {
  const std::string_view text = text_of(block);
  if (holds_markup(text) || holds_space_at_line_end(text)) return false;
  add_lines(memory, block, text);
  return true;
}

}  // namespace hardtop
