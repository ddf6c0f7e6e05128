// Text and GitHub's workflow commands; the formats of JSON are in diagnostic_json.cc, the excerpt in excerpt.cc.
#include "base/diagnostic_format.h"

#include <algorithm>

#include "base/diagnostic_json.h"
#include "base/excerpt.h"
#include "base/text.h"

namespace hardtop {

namespace {

struct Style {
  std::string_view place, error, warning, note, hint, caret, end;
};
constexpr Style kPlain{};
constexpr Style kColored{"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[36m", "\x1b[1;32m", "\x1b[0m"};

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
    const Excerpt excerpt = draw_excerpt(place, at.line);
    out_ += excerpt.line + "\n" + excerpt.below;
    write_styled(style_.caret, excerpt.caret);
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
