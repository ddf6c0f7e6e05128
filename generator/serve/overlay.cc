#include "serve/overlay.h"

#include <optional>

#include "base/excerpt.h"
#include "base/json_text.h"
#include "base/text.h"

namespace hardtop {

namespace {

// Line by line: what is harmless has no line ends.
std::string harmless_lines(std::string_view text) {
  std::string out;
  bool first = true;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!first) out += '\n';
    first = false;
    out += make_harmless(line);
  }
  return out;
}

void append_text(std::string& out, std::string_view name, std::string_view text) {
  out.append(1, '"').append(name).append("\":");
  append_json_string(out, harmless_lines(text));
}

// "path":…,"line":…,"column":…; where the place is, if it is a position.
std::optional<LineColumn> append_place(std::string& out, const Place& place) {
  out += "\"path\":";
  if (place.source)
    append_json_string(out, make_harmless(place.source->path));
  else
    out += "null";
  if (!place.has_position()) {
    out += ",\"line\":null,\"column\":null";
    return std::nullopt;
  }
  const LineColumn at = line_column(place.source->text, place.offset);
  out += ",\"line\":" + std::to_string(at.line) + ",\"column\":" + std::to_string(at.column);
  return at;
}

void append_diagnostic(std::string& out, const Diagnostic& diagnostic) {
  out += diagnostic.severity == Severity::error ? R"({"severity":"error",)" : R"({"severity":"warning",)";
  append_text(out, "id", diagnostic.id);
  out += ',';
  append_text(out, "message", diagnostic.message);
  out += ',';
  append_text(out, "hint", diagnostic.hint);
  out += ',';
  const std::optional<LineColumn> at = append_place(out, diagnostic.place);
  out += ",\"excerpt\":[";
  if (at) {
    const Excerpt excerpt = draw_excerpt(diagnostic.place, at->line);
    append_json_string(out, excerpt.line);
    out += ',';
    append_json_string(out, excerpt.below + excerpt.caret);
  }
  out += "],\"notes\":[";
  for (const Note& note : diagnostic.notes) {
    if (&note != &diagnostic.notes.front()) out += ',';
    out += '{';
    append_place(out, note.place);
    out += ',';
    append_text(out, "message", note.message);
    out += '}';
  }
  out += "]}";
}

}  // namespace

std::string format_overlay(const std::vector<Diagnostic>& diagnostics) {
  std::string out = "[";
  for (const Diagnostic& diagnostic : diagnostics) {
    if (&diagnostic != &diagnostics.front()) out += ',';
    append_diagnostic(out, diagnostic);
  }
  return out + "]";
}

}  // namespace hardtop
