// The door to cmark-gfm: parses one document into its syntax tree, on any number of threads at once.
// Internal to content/: every other file there that knows cmark-gfm includes it by this header. They read cmark's own structs
// (Debian ships node.h), because the accessors copy every string.
#pragma once

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/node.h>

#include <string>
#include <string_view>

#include "content/markdown.h"

// The types that the extensions' nodes were given when they were registered; no header of cmark-gfm declares them.
extern "C" {
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;
}

namespace hardtop::cmark {

// cmark counts in 32 bits, and ends the process when it cannot.
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

// One document's tree. Nodes and what they point to live until the Document is destroyed, all in the thread's arena:
// documents of one thread must be destroyed in the reverse order of their making.
class Document {
 public:
  // `text`, of at most kMostBytes, must outlive the document.
  Document(std::string_view text, const MarkdownOptions& options);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] cmark_node* root() const { return root_; }
  // A copy of `text` that lives as long as the tree, for use in its nodes.
  [[nodiscard]] cmark_chunk keep(std::string_view text) const;

 private:
  std::size_t mark_chunk_, mark_used_;
  cmark_node* root_;
};

// What a destination means once its backslashes and character references are read, as cmark reads it.
[[nodiscard]] std::string unescape_url(std::string_view raw);

[[nodiscard]] inline std::string_view view(const cmark_chunk& chunk) {
  return {reinterpret_cast<const char*>(chunk.data), static_cast<std::size_t>(chunk.len)};
}

// Visits `root` and everything below it in document order without recursion, so that depth costs no stack.
// enter(node) says whether to visit the children; where it does, leave(node) is called after them.
template <typename Enter, typename Leave>
void walk(cmark_node* root, Enter&& enter, Leave&& leave) {
  cmark_node* node = root;
  for (;;) {
    if (enter(node)) {
      if (node->first_child) {
        node = node->first_child;
        continue;
      }
      leave(node);
    }
    while (!node->next || node == root) {
      if (node == root) return;
      node = node->parent;
      leave(node);
    }
    node = node->next;
  }
}

}  // namespace hardtop::cmark
