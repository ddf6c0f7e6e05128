// Finds where a link's destination stands in the source. cmark knows a link's lines, and its column only roughly; so
// the block's source is read again, just far enough to see destinations: code and escapes are skipped, `](` begins a
// destination, and the rest is found by looking for what cmark read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "content/line_table.h"

namespace hardtop {

struct SourceRange {
  std::size_t offset = 0;
  std::size_t length = 0;
};

// Ask for the links of a block in the order of their destinations in the source: an image in a link comes before it.
// A whole document takes linear time, whatever stands in it.
class LinkPlaces {
 public:
  explicit LinkPlaces(const LineTable& lines, std::size_t body_begin) : lines_(lines), body_begin_(body_begin) {}

  // Begins a block: the lines [first, last], 1-based.
  void enter_block(std::size_t first, std::size_t last);

  // Of `[text](destination)` or, where no such is left, of `[label]: destination`; else the block's first line.
  [[nodiscard]] SourceRange find(std::string_view destination);
  // Of a URL that stands in the text as it is, in <> or bare; `shown` is the link's text.
  [[nodiscard]] SourceRange find_autolink(std::string_view destination, std::string_view shown);

 private:
  struct Candidate {
    SourceRange range;
    std::size_t end = 0;  // where to go on
  };
  std::optional<Candidate> next_candidate(std::size_t from);
  std::size_t end_of_code(std::size_t tick);
  std::size_t find_outside_code(std::string_view shown);
  std::optional<SourceRange> find_out_of_order(std::string_view destination);
  std::optional<SourceRange> find_definition(std::string_view destination);
  void index_block();
  void index_definitions();
  [[nodiscard]] bool matches(SourceRange range, std::string_view destination) const;
  [[nodiscard]] SourceRange block_line() const;

  const LineTable& lines_;
  std::size_t body_begin_;
  std::size_t first_line_ = 0;
  std::size_t begin_ = 0, end_ = 0;  // of the block
  std::size_t at_ = 0;               // after the last destination that was found
  std::size_t unclosed_ = 0;         // bit n: no run of n backticks closes after the place that was reached
  int misses_ = 0;

  // Made where order does not help: reference links stand between the others.
  struct Places {
    std::vector<SourceRange> ranges;
    std::size_t next = 0;
  };
  bool indexed_ = false;
  std::unordered_map<std::string, Places> inline_;
  bool definitions_indexed_ = false;
  std::unordered_map<std::string, SourceRange> definitions_;
};

}  // namespace hardtop
