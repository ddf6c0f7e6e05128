// Text and GitHub's workflow commands; the formats of JSON are in diagnostic_json.cc.
//
// A line of the source is drawn as cells, each as wide as a terminal shows it, so that the caret stands under the
// mistake: tabs are spread, wide characters count two, and what could steer a terminal or hide is spelled out ("<1B>").
#include "base/diagnostic_format.h"

#include <algorithm>
#include <cstdio>

#include "base/diagnostic_json.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kExcerptColumns = 100;  // of a line; what is further from the caret is left out
constexpr std::size_t kTabColumns = 4;

struct Style {
  std::string_view place, error, warning, note, hint, caret, end;
};
constexpr Style kPlain{};
constexpr Style kColored{"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[36m", "\x1b[1;32m", "\x1b[0m"};

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

// For paths, messages and hints, which may quote what stands in a file.
std::string make_harmless(std::string_view text) {
  std::string harmless;
  while (!text.empty()) {
    const Cell cell = next_cell(text);
    harmless += cell.shown;
    text.remove_prefix(cell.bytes);
  }
  return harmless;
}

// `text` on lines of its own, each below the first begun with `indent`.
void append_lines(std::string& out, std::string_view text, std::string_view indent) {
  bool first = true;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!first) {
      out += '\n';
      if (!line.empty()) out += indent;
    }
    first = false;
    out += make_harmless(line);
  }
}

// Finds lines and columns in sorted diagnostics without beginning at the top of the file each time.
class Locator {
 public:
  LineColumn find(const Place& place) {
    const std::string_view text = place.source->text;
    const std::size_t offset = std::min(place.offset, text.size());
    if (text.data() != text_.data() || offset < line_begin_) {
      text_ = text;
      line_begin_ = 0;
      line_ = 1;
    }
    for (;;) {
      const std::size_t newline = text.substr(0, offset).find('\n', line_begin_);
      if (newline == std::string_view::npos) break;
      line_begin_ = newline + 1;
      ++line_;
    }
    return {line_, line_column(text.substr(line_begin_), offset - line_begin_).column};
  }

 private:
  std::string_view text_;
  std::size_t line_begin_ = 0;
  std::size_t line_ = 1;
};

class TextWriter {
 public:
  explicit TextWriter(bool color) : style_(color ? kColored : kPlain) {}

  void write(const Diagnostic& diagnostic) {
    const bool is_error = diagnostic.severity == Severity::error;
    LineColumn at = write_place(diagnostic.place);
    write_styled(is_error ? style_.error : style_.warning, is_error ? "error:" : "warning:");
    out_ += ' ';
    append_lines(out_, diagnostic.message, "  ");
    out_ += " [" + diagnostic.id + "]\n";
    write_excerpt(diagnostic.place, at);
    if (!diagnostic.hint.empty()) {
      out_ += "  ";
      write_styled(style_.hint, "hint:");
      out_ += ' ';
      append_lines(out_, diagnostic.hint, "        ");
      out_ += '\n';
    }
    for (const Note& note : diagnostic.notes) {
      at = write_place(note.place);
      write_styled(style_.note, "note:");
      out_ += ' ';
      append_lines(out_, note.message, "  ");
      out_ += '\n';
      write_excerpt(note.place, at);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void write_styled(std::string_view style, std::string_view text) {
    out_ += style;
    out_ += text;
    if (!style.empty()) out_ += style_.end;
  }

  LineColumn write_place(const Place& place) {
    LineColumn at;
    if (!place.source) return at;
    std::string text = make_harmless(place.source->path);
    if (place.has_position()) {
      at = locator_.find(place);
      text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    write_styled(style_.place, text + ":");
    out_ += ' ';
    return at;
  }

  void write_excerpt(const Place& place, const LineColumn& at) {
    if (!place.has_position()) return;
    const std::string_view text = place.source->text;
    const std::size_t offset = std::min(place.offset, text.size());
    const std::string_view line = line_at(text, offset);
    const std::size_t caret = std::min(offset - static_cast<std::size_t>(line.data() - text.data()), line.size());
    draw(line, caret, std::min(place.length, line.size() - caret), std::to_string(at.line));
  }

  void draw(std::string_view line, std::size_t caret, std::size_t length, const std::string& number) {
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
    out_ += "  " + number + " |" + (shown.empty() ? "" : " ") + shown + "\n";
    out_ += "  " + std::string(number.size(), ' ') + " | " + below;
    write_styled(style_.caret, "^" + std::string(underlined > 1 ? underlined - 1 : 0, '~'));
    out_ += '\n';
  }

  const Style& style_;
  Locator locator_;
  std::string out_;
};

// What a workflow command cannot hold as it is: in all parts % CR LF, in properties also : and , ("property").
std::string escape_command(std::string_view text, bool property) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%':
        escaped += "%25";
        break;
      case '\r':
        escaped += "%0D";
        break;
      case '\n':
        escaped += "%0A";
        break;
      case ':':
        escaped += property ? "%3A" : ":";
        break;
      case ',':
        escaped += property ? "%2C" : ",";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string format_github(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    out += diagnostic.severity == Severity::error ? "::error " : "::warning ";
    const Place& place = diagnostic.place;
    if (place.source) out += "file=" + escape_command(place.source->path, true) + ",";
    if (place.has_position()) {
      const LineColumn at = line_column(place.source->text, place.offset);
      out += "line=" + std::to_string(at.line) + ",col=" + std::to_string(at.column) + ",";
    }
    out += "title=" + escape_command(diagnostic.id, true) + "::" + escape_command(diagnostic.message, false);
    if (!diagnostic.hint.empty()) out += "%0Ahint: " + escape_command(diagnostic.hint, false);
    out += '\n';
  }
  return out;
}

}  // namespace

std::string format_diagnostics(const std::vector<Diagnostic>& diagnostics, const FormatOptions& options) {
  switch (options.format) {
    case DiagnosticFormat::json:
      return format_json(diagnostics);
    case DiagnosticFormat::github:
      return format_github(diagnostics);
    case DiagnosticFormat::sarif:
      return format_sarif(diagnostics);
    case DiagnosticFormat::text:
      break;
  }
  TextWriter writer(options.color);
  for (const Diagnostic& diagnostic : diagnostics) writer.write(diagnostic);
  return writer.take();
}

std::string to_text(const Diagnostics& diagnostics) {
  return format_diagnostics(diagnostics.sorted(), FormatOptions{});
}

}  // namespace hardtop
