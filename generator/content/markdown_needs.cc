#include "content/markdown_needs.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "base/bytes16.h"

namespace hardtop {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool holds(std::string_view text, std::string_view part) { return text.find(part) != kNowhere; }

// Looks for "ww": a 'w' is in every second word.
bool holds_www(std::string_view text) {
  std::size_t at = 0;
  for (; at + sizeof(Bytes16) < text.size(); at += sizeof(Bytes16)) {
    const Bytes16 here = load_bytes16({text.data() + at, sizeof here});
    const Bytes16 next = load_bytes16({text.data() + at + 1, sizeof next});
    if (bits((here == all_bytes16('w')) & (next == all_bytes16('w'))) == 0) continue;
    if (holds(text.substr(at, sizeof here + 3), "www.")) return true;
  }
  return holds(text.substr(at), "www.");
}

// An '@' may be written as a character reference, and what is beside it, too, or behind a backslash.
bool may_have_mail_links(std::string_view text) {
  if (holds(text, "&#") || holds(text, "&commat;")) return true;
  for (std::size_t at = text.find('@'); at != kNowhere; at = text.find('@', at + 1)) {
    if (at == 0 || is_space(text[at - 1]) || at + 1 == text.size()) continue;
    const char next = text[at + 1];
    if (is_ascii_alphanumeric(static_cast<unsigned char>(next)) || std::string_view("._-&\\").find(next) != kNowhere)
      return true;
  }
  return false;
}

// A table needs a delimiter row, and that needs a '|' or (with one column) a ':' beside a '-'.
bool may_have_tables(std::string_view text) {
  return text.find('|') != kNowhere || text.find(":-") != kNowhere || text.find("-:") != kNowhere;
}

// Short rows are filled up to the width of the table's head: a wide head above many short lines would take gigabytes. And
// each cell of a row is put behind all those before it: a row takes quadratic time.
bool tables_are_cheap(std::string_view text) {
  constexpr std::size_t kSmall = 2 << 10, kCells = 100'000, kSteps = 500'000'000;
  if (text.size() < kSmall) return true;
  const std::size_t most = kCells + 4 * text.size();
  const std::size_t lines = std::max(count_of_byte(text, '\n'), count_of_byte(text, '\r'));  // LF, CRLF or CR
  const std::size_t bars = count_of_byte(text, '|');
  const auto is_cheap = [&](std::size_t columns) { return columns * lines <= most && columns * bars <= kSteps; };
  if (is_cheap(bars)) return true;  // also if all of them were in one line
  std::size_t widest = 0, width = 0, line_begin = 0;
  for (std::size_t at = text.find('|'); at != kNowhere; at = text.find('|', at + 1)) {
    if (text.substr(line_begin, at - line_begin).find_first_of("\n\r") != kNowhere) width = 0;
    line_begin = at;
    widest = std::max(widest, ++width);
  }
  return is_cheap(widest);
}

// A box stands in brackets: "[ ]", "[x]", "[X]".
bool may_have_tasks(std::string_view text) {
  for (std::size_t at = text.find('['); at != kNowhere; at = text.find('[', at + 1)) {
    if (at + 2 < text.size() && text[at + 2] == ']' && (is_space(text[at + 1]) || (text[at + 1] | 0x20) == 'x'))
      return true;
  }
  return false;
}

// cmark takes for a reference whatever text begins with '^' after a bracket, also one that was written "&#94;" or "&Hat;".
bool may_have_footnotes(std::string_view text) {
  return text.find('^') != kNowhere || holds(text, "&#") || holds(text, "&Hat;");
}

}  // namespace

MarkdownNeeds needs_of(std::string_view text) {
  MarkdownNeeds needs;
  needs.tables = may_have_tables(text) && tables_are_cheap(text);
  needs.strikethrough = text.find('~') != kNowhere;
  needs.task_lists = may_have_tasks(text);
  needs.footnotes = may_have_footnotes(text);
  needs.url_links = holds(text, "://");
  needs.www_links = holds_www(text);
  needs.mail_links = may_have_mail_links(text);
  // Most often for what stands in code, which the extension does not get to see.
  needs.costly_links = (needs.url_links || needs.www_links || needs.mail_links) && !autolinks_are_cheap(text);
  return needs;
}

bool autolinks_are_cheap(std::string_view text) {
  constexpr std::size_t kSmall = 8 << 10, kSteps = 20'000'000;
  if (text.size() < kSmall) return true;
  std::size_t word_begin = 0, word_hits = 0, line_begin = 0, line_hits = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : '\n';
    if (is_space(c)) {
      if (word_hits * (at - word_begin) > kSteps) return false;
      word_begin = at + 1;
      word_hits = 0;
      if (c == '\n' || c == '\r') {
        if (line_hits * (at - line_begin) > kSteps) return false;
        line_begin = at + 1;
        line_hits = 0;
      }
    } else if (c == '@' || (c == '&' && (text.substr(at, 2) == "&#" || text.substr(at, 8) == "&commat;"))) {
      ++word_hits;
      ++line_hits;
    } else if (c == '.' || c == ':' || c == ')') {
      ++word_hits;
    }
  }
  return true;
}

}  // namespace hardtop
