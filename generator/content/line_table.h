// Where the lines of a body begin, as cmark counts them: from 1, ended by "\n", "\r\n" or "\r".
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace hardtop {

class LineTable {
 public:
  // Lines are counted from `begin`; offsets are into the whole `text`, which must outlive the table.
  LineTable(std::string_view text, std::size_t begin) : text_(text), begin_(begin) {}

  // The offset of a line's first byte; the text's end for lines after the last.
  [[nodiscard]] std::size_t begin_of(std::size_t line) const {
    if (starts_.empty()) build();
    return line == 0 ? begin_ : line > starts_.size() ? text_.size() : starts_[line - 1];
  }
  // Without its end.
  [[nodiscard]] std::string_view line(std::size_t number) const {
    const std::size_t begin = begin_of(number);
    std::string_view line = text_.substr(begin, begin_of(number + 1) - begin);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  // Done when first asked: most pages have nothing that must be placed.
  void build() const {
    starts_.reserve((text_.size() - begin_) / 32 + 1);
    starts_.push_back(begin_);
    const char line_end = '\n';
    const bool has_returns = text_.find('\r', begin_) != std::string_view::npos;
    for (std::size_t at = begin_; at < text_.size();) {
      at = has_returns ? text_.find_first_of("\r\n", at) : text_.find(line_end, at);
      if (at == std::string_view::npos) break;
      if (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') ++at;
      starts_.push_back(++at);
    }
  }

  std::string_view text_;
  std::size_t begin_;
  mutable std::vector<std::size_t> starts_;
};

}  // namespace hardtop
