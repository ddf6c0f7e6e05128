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

void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
  json.name(name).text(harmless_lines(text));
}

// "path":…,"line":…,"column":…; where the place is, if it is a position.
std::optional<LineColumn> write_place(JsonWriter& json, const Place& place) {
  json.name("path");
  if (place.source)
    json.text(make_harmless(place.source->path));
  else
    json.raw("null");
  std::optional<LineColumn> at;
  if (place.has_position()) at = line_column(place.source->text, place.offset);
  json.name("line").raw(at ? std::to_string(at->line) : "null");
  json.name("column").raw(at ? std::to_string(at->column) : "null");
  return at;
}

void write_diagnostic(JsonWriter& json, const Diagnostic& diagnostic) {
  json.open('{').name("severity").text(diagnostic.severity == Severity::error ? "error" : "warning");
  write_text(json, "id", diagnostic.id);
  write_text(json, "message", diagnostic.message);
  write_text(json, "hint", diagnostic.hint);
  const std::optional<LineColumn> at = write_place(json, diagnostic.place);
  json.name("excerpt").open('[');
  if (at) {
    const Excerpt excerpt = draw_excerpt(diagnostic.place, at->line);
    json.text(excerpt.line).text(excerpt.below + excerpt.caret);
  }
  json.close(']').name("notes").open('[');
  for (const Note& note : diagnostic.notes) {
    json.open('{');
    write_place(json, note.place);
    write_text(json, "message", note.message);
    json.close('}');
  }
  json.close(']').close('}');
}

}  // namespace

std::string format_overlay(const std::vector<Diagnostic>& diagnostics) {
  JsonWriter json;
  json.open('[');
  for (const Diagnostic& diagnostic : diagnostics) write_diagnostic(json, diagnostic);
  return json.close(']').take();
}

}  // namespace hardtop
