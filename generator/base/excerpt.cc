// A line of the source is drawn as cells, each as wide as a terminal shows it, so that the caret stands under the
// mistake: tabs are spread, wide characters count two, and what could steer a terminal or hide is spelled out ("<1B>").
#include "base/excerpt.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kExcerptColumns = 100;  // of a line; what is further from the caret is left out
constexpr std::size_t kTabColumns = 4;

// One thing that a terminal draws: `bytes` of the source shown as `shown`.
struct Cell {
  std::string shown;
  std::size_t bytes = 1;
  std::size_t columns = 1;
};

std::string format_hex(const char* pattern, unsigned value) {
  char text[16];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

// Characters that are invisible or reorder what follows: a mistake made of them must be seen.
bool is_hidden(unsigned codepoint) {
  return (codepoint >= 0x80 && codepoint < 0xA0) || codepoint == 0xAD || codepoint == 0x61C ||
         (codepoint >= 0x200B && codepoint <= 0x200F && codepoint != 0x200C && codepoint != 0x200D) ||
         (codepoint >= 0x2028 && codepoint <= 0x202E) || (codepoint >= 0x2060 && codepoint <= 0x206F) ||
         codepoint == 0xFEFF;
}

// The cell at the beginning of `text`, which is not empty.
Cell next_cell(std::string_view text) {
  Cell cell;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    cell.shown = first < 0x20 || first == 0x7F ? format_hex("<%02X>", first) : std::string(1, text[0]);
    cell.columns = cell.shown.size();
    return cell;
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const std::string_view sequence = text.substr(0, length);
  if (sequence.size() < length || first_invalid_utf8(sequence)) {
    cell.shown = format_hex("<%02X>", first);
    cell.columns = cell.shown.size();
    return cell;
  }
  unsigned codepoint = first & (0xFF >> (length + 1));
  for (const char c : sequence.substr(1)) codepoint = codepoint << 6 | (static_cast<unsigned char>(c) & 0x3F);
  cell.bytes = length;
  cell.shown = is_hidden(codepoint) ? format_hex("<U+%04X>", codepoint) : std::string(sequence);
  cell.columns = display_width(cell.shown);
  return cell;
}

}  // namespace

Excerpt draw_excerpt(const Place& place, std::size_t line_number) {
  const std::string_view text = place.source->text;
  const std::size_t offset = std::min(place.offset, text.size());
  const std::string_view line = line_at(text, offset);
  const std::size_t caret = std::min(offset - static_cast<std::size_t>(line.data() - text.data()), line.size());
  const std::size_t length = std::min(place.length, line.size() - caret);
  const std::string number = std::to_string(line_number);

  // Only bytes near the caret can be shown; a line may be as long as a file.
  constexpr std::size_t kNear = 4 * kExcerptColumns;
  std::size_t begin = caret > kNear ? caret - kNear : 0;
  while (begin > 0 && begin < caret && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) ++begin;
  const std::size_t end = std::min(line.size(), caret + kNear);

  std::vector<Cell> cells;
  std::size_t caret_cell = 0, marked = 0, column = 0, caret_column = 0;
  for (std::size_t at = begin; at < end; at += cells.back().bytes) {
    Cell cell = line[at] == '\t' ? Cell{"", 1, kTabColumns - column % kTabColumns} : next_cell(line.substr(at));
    if (cell.shown.empty()) cell.shown.assign(cell.columns, ' ');
    if (at < caret) ++caret_cell, caret_column = column + cell.columns;
    if (at >= caret && at < caret + length) ++marked;
    column += cell.columns;
    cells.push_back(std::move(cell));
  }

  // A window of cells: what precedes the caret gets a third of it when not all fits.
  std::size_t first = 0, last = cells.size(), width = column;
  if (column > kExcerptColumns) {
    std::size_t before = caret_column;
    while (before > kExcerptColumns / 3 && width > kExcerptColumns) {
      before -= cells[first].columns;
      width -= cells[first++].columns;
    }
    while (width > kExcerptColumns) width -= cells[--last].columns;
  }
  const bool cut_left = begin > 0 || first > 0, cut_right = end < line.size() || last < cells.size();

  std::string shown = cut_left ? "…" : "", below = cut_left ? " " : "";
  std::size_t underlined = 0;
  for (std::size_t i = first; i < last; ++i) {
    shown += cells[i].shown;
    if (i < caret_cell) below.append(cells[i].columns, ' ');
    if (i >= caret_cell && i < caret_cell + marked) underlined += cells[i].columns;
  }
  if (cut_right) shown += "…";
  return {"  " + number + " |" + (shown.empty() ? "" : " ") + shown,
          "  " + std::string(number.size(), ' ') + " | " + below,
          "^" + std::string(underlined > 1 ? underlined - 1 : 0, '~')};
}

std::string make_harmless(std::string_view text) {
  std::string harmless;
  while (!text.empty()) {
    const Cell cell = next_cell(text);
    harmless += cell.shown;
    text.remove_prefix(cell.bytes);
  }
  return harmless;
}

}  // namespace hardtop
