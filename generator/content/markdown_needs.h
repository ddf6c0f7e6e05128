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
  bool costly_links = false;                                      // autolinks_are_cheap is to be asked about each block
};

// May name one that the text does not need, but leaves none out, but for tables that would take forever and that nobody
// writes.
[[nodiscard]] MarkdownNeeds needs_of(std::string_view text);

// The autolink extension takes quadratic time on words and lines with many candidates in them ("www.a_www.a_…"): nobody
// writes these, and what generates them wants no links. A block whose text is not cheap is to be read without it. What is
// true of a whole text is true of each of its blocks.
[[nodiscard]] bool autolinks_are_cheap(std::string_view text);

}  // namespace hardtop
