// toml++ knows places as lines and columns (in code points); diagnostics want byte offsets. PlaceMap turns the one into
// the other in constant time, because a config has a place for every value.
#include "base/toml.h"

#include <algorithm>
#include <cstdint>

#include "base/toml_errors.h"

#define TOML_EXCEPTIONS 0
#define TOML_MAX_NESTED_VALUES 64
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

namespace hardtop {

namespace {

class PlaceMap {
 public:
  PlaceMap(std::string_view text, std::size_t base) : text_(text), base_(base) {
    lines_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      lines_.push_back(at + 1);
    }
    ascii_ = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  }

  std::size_t offset(const toml::source_position& position) {
    const std::size_t line = std::clamp<std::size_t>(position.line, 1, lines_.size()) - 1;
    const std::size_t column = std::max<std::size_t>(position.column, 1) - 1;
    const std::size_t end = line + 1 < lines_.size() ? lines_[line + 1] : text_.size();
    const std::size_t steps = ascii_ ? column : bytes_before(line, column, end);
    return base_ + std::min(lines_[line] + steps, end);
  }

 private:
  // Bytes of the first `column` code points. The starts of every 64th are kept for the line that was asked for last:
  // one line may hold a whole inline table.
  std::size_t bytes_before(std::size_t line, std::size_t column, std::size_t end) {
    constexpr std::size_t kStride = 64;
    const std::string_view text = text_.substr(lines_[line], end - lines_[line]);
    if (marked_line_ != line) {
      marked_line_ = line;
      marks_.clear();
      std::size_t count = 0;
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_start(text[i]) && count++ % kStride == 0) marks_.push_back(i);
      }
    }
    if (marks_.empty()) return 0;
    const std::size_t mark = std::min(column / kStride, marks_.size() - 1);
    std::size_t at = marks_[mark];
    for (std::size_t left = column - mark * kStride; left > 0 && at < text.size(); --left) {
      do ++at;
      while (at < text.size() && !is_start(text[at]));
    }
    return at;
  }
  static bool is_start(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

  std::string_view text_;
  std::size_t base_;
  std::vector<std::size_t> lines_;  // where each begins
  bool ascii_ = true;
  std::size_t marked_line_ = static_cast<std::size_t>(-1);
  std::vector<std::size_t> marks_;
};

Date make_date(const toml::date& date) {
  Date result;
  result.year = date.year;
  result.month = date.month;
  result.day = date.day;
  return result;
}

Date make_date(const toml::date_time& moment) {
  Date result = make_date(moment.date);
  result.has_time = true;
  result.seconds = (moment.time.hour * 60 + moment.time.minute) * 60 + moment.time.second;
  if (moment.offset) result.offset_minutes = moment.offset->minutes;
  return result;
}

// Turns toml++'s tree into ours. Depth is bounded by toml++'s own limit of nesting.
class Converter {
 public:
  Converter(const SourcePtr& source, PlaceMap& places, std::string_view id, Diagnostics& diagnostics)
      : source_(source), places_(places), id_(id), diagnostics_(diagnostics) {}

  DataTable convert(const toml::table& table) {
    DataTable entries;
    entries.reserve(table.size());
    for (const auto& [key, node] : table) {
      entries.push_back({std::string(key.str()), places_.offset(key.source().begin), convert(node)});
    }
    // toml++ keeps keys in alphabetical order.
    std::sort(entries.begin(), entries.end(),
              [](const DataEntry& a, const DataEntry& b) { return a.key_offset < b.key_offset; });
    return entries;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  Data convert(const toml::node& node) {
    Data data;
    data.offset = places_.offset(node.source().begin);
    const std::size_t end = places_.offset(node.source().end);
    data.length = end > data.offset ? end - data.offset : 0;
    switch (node.type()) {
      case toml::node_type::table:
        data.value = convert(*node.as_table());
        break;
      case toml::node_type::array: {
        DataArray items;
        items.reserve(node.as_array()->size());
        for (const toml::node& item : *node.as_array()) items.push_back(convert(item));
        data.value = std::move(items);
        break;
      }
      case toml::node_type::string:
        data.value = node.as_string()->get();
        break;
      case toml::node_type::integer:
        data.value = std::int64_t{node.as_integer()->get()};
        break;
      case toml::node_type::floating_point:
        data.value = node.as_floating_point()->get();
        break;
      case toml::node_type::boolean:
        data.value = node.as_boolean()->get();
        break;
      case toml::node_type::date:
        data.value = make_date(node.as_date()->get());
        break;
      case toml::node_type::date_time:
        data.value = make_date(node.as_date_time()->get());
        break;
      case toml::node_type::time:
        good_ = false;
        diagnostics_.error({source_, data.offset, data.length}, id_, "a time of day without a date",
                           "write the date before it, or put it in quotes if it is meant as text");
        break;
      case toml::node_type::none:
        break;
    }
    return data;
  }

  const SourcePtr& source_;
  PlaceMap& places_;
  std::string id_;
  Diagnostics& diagnostics_;
  bool good_ = true;
};

}  // namespace

std::optional<DataTable> parse_toml(const SourcePtr& source, std::size_t begin, std::size_t end, std::string_view id,
                                    Diagnostics& diagnostics) {
  const std::string_view text = std::string_view(source->text).substr(begin, end - begin);
  if (has_endless_key(text)) {
    diagnostics.error({source, Place::kWholeFile, 0}, std::string(id), "a key has more than 32 parts", "shorten it");
    return std::nullopt;
  }
  const toml::parse_result result = toml::parse(text);
  PlaceMap places(text, begin);
  if (!result) {
    const std::size_t offset = places.offset(result.error().source().begin) - begin;
    TomlError error = explain_toml_error(text, offset, result.error().description());
    diagnostics.error({source, begin + error.offset, error.length}, std::string(id), std::move(error.message),
                      std::move(error.hint));
    return std::nullopt;
  }
  Converter converter(source, places, id, diagnostics);
  DataTable table = converter.convert(result.table());
  if (!converter.good()) return std::nullopt;
  return table;
}

std::optional<DataTable> parse_toml(const SourcePtr& source, Diagnostics& diagnostics) {
  return parse_toml(source, 0, source->text.size(), "config/toml-syntax", diagnostics);
}

}  // namespace hardtop
