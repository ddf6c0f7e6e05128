// Which of cmark's extensions can find anything in a text: each takes time for every line, word or node of every document
// that it is attached to. A text gives the same tree with those that it needs as with all.
#pragma once

#include <string_view>

namespace hardtop {

struct MarkdownNeeds {
  bool tables = false;
  bool strikethrough = false;
  bool task_lists = false;
  bool footnotes = false;
  bool url_links = false, www_links = false, mail_links = false;  // of the autolink extension
};

// May name one that the text does not need, but leaves none out; none that would take forever, either: tables and autolinks
// of texts that nobody writes.
[[nodiscard]] MarkdownNeeds needs_of(std::string_view text);

}  // namespace hardtop
