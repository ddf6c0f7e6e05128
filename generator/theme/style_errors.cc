// libsass gives a message, a trace as text, and mostly a place. The advice is ours: what its users try that it is too
// old for, and what they misspell.
#include "theme/style_errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "base/ascii.h"
#include "base/suggest.h"

namespace hardtop {

namespace {

constexpr std::string_view kScheme = "style:/";
constexpr std::size_t kMaxNotes = 8;

struct SassHint {
  std::string_view in_message;
  std::string_view hint;
};
constexpr std::array kHints = {
    SassHint{"was \".",
             "this Sass has no modules: write the global function, map-get() for map.get(), a / b for math.div(a, b)"},
    SassHint{"Function rgb", "write it with commas: rgba(0, 0, 0, 0.5)"},
    SassHint{"Function hsl", "write it with commas: hsla(0, 0%, 0%, 0.5)"},
    SassHint{"media query expression", "comparisons are not known here: write (min-width: 40em) for (width >= 40em)"},
    SassHint{"is not a number for `m", "write Min() or Max() with a capital letter, and it is left to the browser"},
    SassHint{"Incompatible units",
             "the browser can mix units, Sass cannot: use calc(), and write Min() and Max() with a capital letter"},
    SassHint{"expected \"}\"", "is a semicolon missing at the end of the line before, or a closing brace?"},
    SassHint{"Stack depth exceeded", "does a function or mixin call itself without an end?"},
    SassHint{"too deeply nested", "is a closing bracket missing?"},
};

// The words after `prefix` that stand before `suffix` in any file: names that were declared.
std::vector<std::string_view> declared_names(const StyleGraph& graph, std::string_view prefix,
                                             std::string_view suffix) {
  std::vector<std::string_view> names;
  const std::string_view name_end = " \t\r\n:;,(){}[]\"'$@#.*+/=<>!&|";
  for (const auto& [path, file] : graph.files) {
    const std::string_view text = file.source->text;
    for (std::size_t at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at + 1)) {
      const std::size_t begin = text.find_first_not_of(' ', at + prefix.size());
      if (begin == std::string_view::npos) break;
      const std::size_t end = std::min(text.find_first_of(name_end, begin), text.size());
      if (end > begin && text.substr(end).starts_with(suffix)) names.push_back(text.substr(begin, end - begin));
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string hint_for(const StyleGraph& graph, std::string_view message) {
  constexpr std::string_view kVariable = "Undefined variable: \"$", kMixin = "no mixin named ";
  if (message.starts_with(kVariable)) {
    const std::string_view name = message.substr(kVariable.size());
    return suggest(name.substr(0, name.find('"')), declared_names(graph, "$", ":"));
  }
  if (message.starts_with(kMixin)) return suggest(message.substr(kMixin.size()), declared_names(graph, "@mixin ", ""));
  for (const SassHint& known : kHints)
    if (message.find(known.in_message) != std::string_view::npos) return std::string(known.hint);
  return "";
}

// As our messages are: lower-case start, no full stop.
std::string our_style(std::string_view message) {
  while (message.ends_with('.') || message.ends_with('\n')) message.remove_suffix(1);
  std::string out(message);
  if (out.size() > 1 && is_ascii_lower_alpha(out[1])) out[0] = to_ascii_lower(out[0]);
  return out;
}

// libsass tells no place when min() or max() mix units. It is the first of them that holds both.
std::optional<Place> find_mixed_units(const StyleGraph& graph, std::string_view message) {
  std::array<std::string_view, 2> units;
  for (std::string_view& unit : units) {
    const std::size_t begin = message.find('\'');
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t end = message.find('\'', begin + 1);
    if (end == std::string_view::npos) return std::nullopt;
    unit = message.substr(begin + 1, end - begin - 1);
    message.remove_prefix(end + 1);
  }
  for (const auto& [path, file] : graph.files) {
    const std::string_view text = file.source->text;
    for (std::size_t at = text.find("m"); at != std::string_view::npos; at = text.find("m", at + 1)) {
      if (!text.substr(at).starts_with("min(") && !text.substr(at).starts_with("max(")) continue;
      const std::string_view call = text.substr(at, text.find_first_of(");", at) - at);
      if (call.find(units[0]) != std::string_view::npos && call.find(units[1]) != std::string_view::npos)
        return Place{file.source, at, call.size() + 1};
    }
  }
  return std::nullopt;
}

bool read_number(std::string_view& text, std::size_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc();
}

// The trace of an error, innermost first: "        on line 2:4 of style:/a.scss, in mixin `m`" and then
// "        from line 1:9 of style:/main.scss" for each step outward.
std::vector<Note> read_trace(const StyleGraph& graph, std::string_view formatted) {
  std::vector<Note> notes;
  std::string inner;  // what the line before stands in
  bool first = true;
  while (!formatted.empty() && notes.size() < kMaxNotes) {
    std::string_view line = formatted.substr(0, formatted.find('\n'));
    formatted.remove_prefix(std::min(formatted.size(), line.size() + 1));
    const std::string_view begin = first ? "        on line " : "        from line ";
    if (!line.starts_with(begin)) continue;
    line.remove_prefix(begin.size());
    std::size_t number = 0, column = 1;
    if (!read_number(line, number)) continue;
    if (line.starts_with(':')) {
      line.remove_prefix(1);
      if (!read_number(line, column)) continue;
    }
    if (!line.starts_with(" of ")) continue;
    line.remove_prefix(4);
    const std::string_view name = line.substr(0, line.find(", in "));
    if (!first) {
      if (const StyleFile* file = find_sass_name(graph, name)) {
        Note note{sass_place(*file, number, column),
                  inner.empty() ? "imported from here" : inner + " called from here"};
        if (notes.empty() || notes.back().place.offset != note.place.offset) notes.push_back(std::move(note));
      }
    }
    inner = line.size() > name.size() ? line.substr(name.size() + 5) : "";
    std::replace(inner.begin(), inner.end(), '`', '\'');
    first = false;
  }
  return notes;
}

// Some errors come without a trace: then at least how the file came in.
std::vector<Note> import_chain(const StyleGraph& graph, const StyleFile& file) {
  std::vector<Note> notes;
  Place step = file.imported_at;
  while (step.source && notes.size() < kMaxNotes) {
    notes.push_back({step, "imported from here"});
    Place next;
    for (const auto& [path, other] : graph.files)
      if (other.source == step.source) next = other.imported_at;
    step = next;
  }
  return notes;
}

}  // namespace

std::string sass_name(std::string_view path) { return std::string(kScheme).append(path); }

const StyleFile* find_sass_name(const StyleGraph& graph, std::string_view name) {
  if (!name.starts_with(kScheme)) return nullptr;
  const auto found = graph.files.find(name.substr(kScheme.size()));
  return found == graph.files.end() ? nullptr : &found->second;
}

Place sass_place(const StyleFile& file, std::size_t line, std::size_t column) {
  if (line == 0 || line == static_cast<std::size_t>(-1)) return Place{file.source};
  return Place{file.source, offset_of(file.source->text, line, std::max<std::size_t>(1, column))};
}

Diagnostic describe_failure(const StyleGraph& graph, const SassFailure& failure) {
  Diagnostic found;
  found.id = "style/sass-error";
  // What follows the first line is advice ("Use "@extend .nope !optional" to avoid this error.").
  const std::size_t line_end = failure.message.find('\n');
  found.message = our_style(failure.message.substr(0, line_end));
  if (found.message.empty()) found.message = "the Sass compiler failed without saying why";
  found.hint = hint_for(graph, failure.message);
  if (found.hint.empty() && line_end != std::string_view::npos) {
    found.hint = our_style(failure.message.substr(line_end + 1));
    std::replace(found.hint.begin(), found.hint.end(), '\n', ' ');
  }
  if (const StyleFile* file = find_sass_name(graph, failure.file)) {
    found.place = sass_place(*file, failure.line, failure.column);
    found.notes = read_trace(graph, failure.formatted);
    if (found.notes.empty()) found.notes = import_chain(graph, *file);
  } else {
    const StyleFile& entry = graph.files.find(graph.entry)->second;
    found.place = find_mixed_units(graph, failure.message).value_or(Place{entry.source});
  }
  return found;
}

Diagnostic describe_endless(const StyleGraph& graph, std::size_t max_steps) {
  Diagnostic found;
  found.id = "style/endless";
  found.message = "the style sheet never ends: it took more than " + std::to_string(max_steps) + " steps";
  std::vector<Place> loops;
  for (const auto& [path, file] : graph.files)
    for (const StyleLoop& loop : file.loops) loops.push_back({file.source, loop.offset, loop.length});
  // An @for nearly always has an end.
  const auto is_while = [](const Place& loop) { return loop.source->text.compare(loop.offset, 6, "@while") == 0; };
  if (std::ranges::any_of(loops, is_while)) std::erase_if(loops, std::not_fn(is_while));
  found.hint = loops.empty()
                   ? "does a function or mixin call itself more than once, or do long lists of selectors nest?"
                   : "look for an @while or @for whose end is not reached";
  found.place = loops.size() == 1 ? loops.front() : Place{graph.files.find(graph.entry)->second.source};
  if (loops.size() < 2) return found;
  for (const Place& loop : loops)
    if (found.notes.size() < kMaxNotes) found.notes.push_back({loop, "a loop is here"});
  return found;
}

}  // namespace hardtop
