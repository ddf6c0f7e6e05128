// Where the lines of a body begin, as cmark counts them: from 1, ended by "\n", "\r\n" or "\r".
#pragma once

#include <bit>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/bytes16.h"

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
    for (std::size_t at = begin_; at < text_.size(); at += sizeof(Bytes16)) {
      const Bytes16 bytes = load_bytes16(text_.substr(at));
      for (unsigned ends = bits((bytes == all_bytes16('\n')) | (bytes == all_bytes16('\r'))); ends != 0;
           ends &= ends - 1) {
        const std::size_t next = at + static_cast<std::size_t>(std::countr_zero(ends)) + 1;
        const bool is_in_end = text_[next - 1] == '\r' && next < text_.size() && text_[next] == '\n';
        if (!is_in_end) starts_.push_back(next);
      }
    }
  }

  std::string_view text_;
  std::size_t begin_;
  mutable std::vector<std::size_t> starts_;
};

}  // namespace hardtop
