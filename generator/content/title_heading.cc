#include "content/title_heading.h"

#include <string_view>

#include "base/bytes16.h"
#include "base/text.h"
#include "content/markdown.h"

namespace hardtop {

std::optional<TitleHeading> find_title_heading(const SourcePtr& source, std::size_t begin) {
  const std::string_view text = source->text;
  while (begin < text.size()) {
    const std::size_t end = find_any_of<'\n', '\r'>(text, begin);  // cmark's ends of lines (line_table.h)
    const std::string_view line = text.substr(begin, end - begin);
    const std::string_view words = trim(line);
    if (words.empty()) {
      begin = end + 1;
      continue;
    }
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent > 3 || !words.starts_with("# ")) return std::nullopt;
    // Markdown itself says what is text in it: this one line as a page of its own.
    Diagnostics ignored;
    prepare_markdown();
    const auto body = parse_markdown(make_source(source->path, std::string(line)), 0, {}, {}, ignored);
    if (!body || body->headings.size() != 1) return std::nullopt;
    const std::string_view title = trim(body->headings[0].text);
    if (title.empty()) return std::nullopt;
    return TitleHeading{std::string(title), end + (text.substr(end).starts_with("\r\n") ? 2
                                                   : end < text.size()                  ? 1
                                                                                        : 0)};
  }
  return std::nullopt;
}

}  // namespace hardtop
