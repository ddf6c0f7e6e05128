#include "content/title_heading.h"

#include <algorithm>
#include <string_view>

#include "base/bytes16.h"
#include "base/text.h"
#include "content/inline_html.h"

namespace hardtop {

namespace {

bool refers_to_footnote(cmark_node* heading) {
  bool found = false;
  const auto enter = [&](const cmark_node* node) {
    if (node->type == CMARK_NODE_FOOTNOTE_REFERENCE) found = true;
    return true;
  };
  cmark::walk(heading, enter, [](const cmark_node*) {});
  return found;
}

bool may_be_title(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view rest = line.substr(indent);
  return indent <= 3 && (rest.starts_with("# ") || rest.starts_with("#\t"));
}

}  // namespace

std::optional<TitleHeading> find_title_heading(const SourcePtr& source, std::size_t begin,
                                               const MarkdownOptions& options) {
  const std::string_view text = source->text;
  while (begin < text.size()) {
    const std::size_t end = find_any_of<'\n', '\r'>(text, begin);  // cmark's ends of lines (line_table.h)
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      begin = end + 1;
      continue;
    }
    if (!may_be_title(line)) return std::nullopt;
    // Markdown itself says what is text in it. What it takes from other lines is what brackets refer to.
    const std::string_view needed = line.find('[') == std::string_view::npos ? line : text.substr(begin);
    if (needed.size() > cmark::kMostBytes) return std::nullopt;
    prepare_markdown();
    const cmark::Document document(needed, options);
    cmark_node* const heading = document.root()->first_child;
    if (!heading || heading->type != CMARK_NODE_HEADING) return std::nullopt;
    (void)take_explicit_id(heading);
    const std::string words = plain_text(heading);
    const std::string_view title = trim(words);
    if (title.empty()) return std::nullopt;
    const std::size_t next = end + (text.substr(end).starts_with("\r\n") ? 2 : end < text.size() ? 1 : 0);
    return TitleHeading{std::string(title), refers_to_footnote(heading) ? begin : next};
  }
  return std::nullopt;
}

}  // namespace hardtop
