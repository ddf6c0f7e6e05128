// The text format. A line of the source is drawn as cells, each the width that a terminal gives it, so that the caret
// stands where the mistake is: tabs are spread, wide characters counted, and what could steer a terminal is spelled
// out.
#include "base/diagnostic_format.h"

#include <algorithm>

#include "base/text.h"

namespace hardtop {

namespace {

std::string place_prefix(const Place& place) {
  if (!place.source) return "";
  std::string prefix = place.source->path;
  if (place.has_position()) {
    const LineColumn at = line_column(place.source->text, place.offset);
    prefix += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  }
  return prefix + ": ";
}

void append_excerpt(std::string& out, const Place& place) {
  if (!place.has_position()) return;
  const std::string_view text = place.source->text;
  const std::size_t offset = std::min(place.offset, text.size());
  const std::string_view line = line_at(text, offset);
  const std::size_t in_line = std::min(offset - static_cast<std::size_t>(line.data() - text.data()), line.size());
  const std::string number = std::to_string(line_column(text, offset).line);
  const std::size_t width = std::max<std::size_t>(1, display_width(line.substr(in_line, place.length)));
  out += "  " + number + " | " + std::string(line) + "\n";
  out += "  " + std::string(number.size(), ' ') + " | " + std::string(display_width(line.substr(0, in_line)), ' ') +
         "^" + std::string(width - 1, '~') + "\n";
}

}  // namespace

std::string format_diagnostics(const std::vector<Diagnostic>& diagnostics, const FormatOptions&) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    out += place_prefix(d.place) + (d.severity == Severity::error ? "error: " : "warning: ") + d.message + " [" + d.id +
           "]\n";
    append_excerpt(out, d.place);
    if (!d.hint.empty()) out += "  hint: " + d.hint + "\n";
    for (const Note& note : d.notes) {
      out += place_prefix(note.place) + "note: " + note.message + "\n";
      append_excerpt(out, note.place);
    }
  }
  return out;
}

std::string to_text(const Diagnostics& diagnostics) {
  return format_diagnostics(diagnostics.sorted(), FormatOptions{});
}

}  // namespace hardtop
