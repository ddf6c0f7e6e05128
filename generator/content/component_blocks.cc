#include "content/component_blocks.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/toml.h"

namespace hardtop {

namespace {

constexpr std::string_view kBadToml = "content/bad-component-toml";

// From offsets in the text of a block to offsets in the source. A line of the text is the end of a line of the source.
class LiteralPlaces {
 public:
  LiteralPlaces(std::string_view literal, const LineTable& lines, std::size_t first_line)
      : literal_(literal, 0), lines_(lines), first_line_(first_line) {
    for (std::size_t line = 1; literal_.begin_of(line) < literal.size(); ++line) {
      starts_.push_back(literal_.begin_of(line));
    }
  }
  [[nodiscard]] std::size_t in_source(std::size_t offset) const {
    if (offset == Place::kWholeFile) return offset;
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - starts_.begin(), 1));
    const std::size_t from_end = literal_.begin_of(line) + literal_.line(line).size() - offset;
    const std::string_view source_line = lines_.line(first_line_ + line - 1);
    const std::size_t source_end = lines_.begin_of(first_line_ + line - 1) + source_line.size();
    return from_end > source_line.size() ? source_end : source_end - from_end;
  }
  void move(Data& data) const {
    const std::size_t end = in_source(data.offset + data.length);
    data.offset = in_source(data.offset);
    data.length = end > data.offset ? end - data.offset : 0;
    if (auto* const array = std::get_if<DataArray>(&data.value)) {
      for (Data& item : *array) move(item);
    } else if (auto* const table = std::get_if<DataTable>(&data.value)) {
      move(*table);
    }
  }
  void move(DataTable& table) const {
    for (DataEntry& entry : table) {
      entry.key_offset = in_source(entry.key_offset);
      move(entry.value);
    }
  }

 private:
  LineTable literal_;
  const LineTable& lines_;
  std::size_t first_line_;
  std::vector<std::size_t> starts_;
};

// The name that the text begins with; may be empty.
std::string_view name_at(std::string_view text) {
  if (text.empty() || !is_ascii_alpha(text[0])) return {};
  const auto* const end =
      std::ranges::find_if_not(text, [](char c) { return is_ascii_alphanumeric(c) || c == '-' || c == '_'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

std::string_view component_name(std::string_view info) {
  if (!info.starts_with('{')) return {};
  const std::string_view name = name_at(info.substr(1));
  return info.substr(1 + name.size()) == "}" ? name : std::string_view{};
}

std::string_view nearly_component_name(std::string_view info) {
  if (!info.starts_with('{')) return {};
  const std::string_view inside = info.substr(std::min(info.find_first_not_of(" \t", 1), info.size()));
  const std::string_view name = name_at(inside);
  const std::string_view rest = inside.substr(name.size());
  return rest.empty() || rest[0] == '}' || rest[0] == ' ' || rest[0] == '\t' ? name : std::string_view{};
}

std::optional<DataTable> parse_component_params(const SourcePtr& source, const LineTable& lines, std::size_t first_line,
                                                std::string_view literal, Diagnostics& diagnostics) {
  // Most components are not in a container: their text stands in the source as it is.
  const std::size_t begin = lines.begin_of(first_line);
  if (std::string_view(source->text).substr(begin, literal.size()) == literal) {
    return parse_toml(source, begin, begin + literal.size(), kBadToml, diagnostics);
  }
  const SourcePtr text = make_source(source->path, std::string(literal));
  const LiteralPlaces places(literal, lines, first_line);
  Diagnostics found;
  std::optional<DataTable> params = parse_toml(text, 0, literal.size(), kBadToml, found);
  for (Diagnostic diagnostic : found.sorted()) {
    const std::size_t end = places.in_source(diagnostic.place.offset + diagnostic.place.length);
    diagnostic.place = {source, places.in_source(diagnostic.place.offset), 0};
    if (end > diagnostic.place.offset) diagnostic.place.length = end - diagnostic.place.offset;
    for (Note& note : diagnostic.notes) note.place = {source, places.in_source(note.place.offset), note.place.length};
    diagnostics.add(std::move(diagnostic));
  }
  if (params) places.move(*params);
  return params;
}

}  // namespace hardtop
