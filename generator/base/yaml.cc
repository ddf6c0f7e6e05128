// yaml-cpp's events become Data directly: its own tree keeps neither places of keys nor what was quoted, and it copies.
#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <cmath>
#include <istream>
#include <map>
#include <streambuf>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

// What cannot become Data. Thrown out of yaml-cpp's event loop and caught in this file.
struct Refused {
  std::size_t offset;
  std::size_t length;
  std::string message;
  std::string hint;
};

// Reads a view without copying it.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // a stream buffer that is only read from does not write
    setg(begin, begin, begin + text.size());
  }
};

// A plain scalar by the core schema (YAML 1.2.2, 10.3.2), and dates, which it leaves to applications.
Data plain_value(const std::string& text) {
  Data data;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return data;
  if (text == "true" || text == "True" || text == "TRUE") return data.value = true, data;
  if (text == "false" || text == "False" || text == "FALSE") return data.value = false, data;
  const char first = text[0];
  if (is_ascii_digit(first) || first == '-' || first == '+' || first == '.') {
    const char* begin = text.data();
    const char* const end = begin + text.size();
    std::int64_t whole = 0;
    const bool octal = text.starts_with("0o"), hexadecimal = text.starts_with("0x");
    if (octal || hexadecimal) {
      begin += 2;
    } else if (first == '+' && text.size() > 1 && text[1] != '-') {
      ++begin;  // from_chars knows '-' only
    }
    if (const auto [at, error] = std::from_chars(begin, end, whole,
                                                 octal         ? 8
                                                 : hexadecimal ? 16
                                                               : 10);
        error == std::errc() && at == end && !((octal || hexadecimal) && whole < 0)) {
      data.value = whole;
      return data;
    }
    const std::string_view number(begin, static_cast<std::size_t>(end - begin));
    const std::string_view unsigned_number = number.substr(number.starts_with('-') ? 1 : 0);
    if (unsigned_number == ".inf" || unsigned_number == ".Inf" || unsigned_number == ".INF") {
      data.value = number.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
      return data;
    }
    if (unsigned_number == ".nan" || unsigned_number == ".NaN" || unsigned_number == ".NAN") {
      data.value = std::nan("");
      return data;
    }
    double real = 0;
    const bool digits = unsigned_number.find_first_of("0123456789") != std::string_view::npos;
    if (const auto [at, error] = std::from_chars(begin, end, real);
        digits && error == std::errc() && at == end && !octal && !hexadecimal) {
      data.value = real;
      return data;
    }
    if (const std::optional<Date> date = parse_date(text)) {
      data.value = *date;
      return data;
    }
  }
  data.value = text;
  return data;
}

class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  std::optional<Data> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Data data;
    data.offset = offset_of(mark);
    data.length = word_length(data.offset);
    add(std::move(data), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    Data data = tag == "?" ? plain_value(value) : Data{value};
    data.offset = offset_of(mark);
    data.length = scalar_length(data.offset, value);
    add(std::move(data), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    const std::size_t offset = offset_of(mark);
    if (known == anchors_.end()) throw Refused{offset, 1, "the alias stands inside of what it names", ""};
    Data copy = known->second.data;
    count_ += known->second.size - 1;  // lists of aliases of lists of aliases grow without end
    copy.offset = offset;
    copy.length = 1 + word_length(offset + 1);
    add(std::move(copy), 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(mark, anchor, DataArray());
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(mark, anchor, DataTable());
  }
  void OnMapEnd() override { close(); }

 private:
  static constexpr std::size_t kMostValues = 10'000;

  struct Open {
    Data data;
    YAML::anchor_t anchor;
    std::size_t count_before;
    std::string key;
    std::size_t key_offset = 0;
    bool has_key = false;
  };
  struct Anchor {
    Data data;
    std::size_t size;  // values in it
  };

  [[nodiscard]] std::size_t offset_of(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }
  [[nodiscard]] std::size_t word_length(std::size_t offset) const {
    const std::size_t end = text_.find_first_of(" \t\r\n,]}:", offset);
    return std::min(end, text_.size()) - std::min(offset, text_.size());
  }
  // As much of the source as is the scalar, on its first line. yaml-cpp takes the end of the text for a closing quote.
  [[nodiscard]] std::size_t scalar_length(std::size_t offset, const std::string& value) const {
    const std::string_view rest = text_.substr(offset);
    const char quote = rest.empty() ? '\0' : rest[0];
    const std::size_t line = std::min(rest.find_first_of("\r\n"), rest.size());
    if (quote != '"' && quote != '\'')
      return rest.starts_with(value) ? value.size() : trim(rest.substr(0, line)).size();
    std::size_t close = 1;
    for (; close < rest.size(); ++close) {
      if (quote == '"' && rest[close] == '\\') {
        ++close;
      } else if (rest[close] == quote) {
        if (quote == '"' || rest.substr(close, 2) != "''") return std::min(close + 1, line);
        ++close;
      }
    }
    throw Refused{offset, line, "the text in quotes is not closed", "write the same quote where it ends"};
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    const std::size_t offset = offset_of(mark);
    throw Refused{offset, std::max<std::size_t>(1, word_length(offset)), "tags are not read here",
                  "remove it; text in quotes stays text"};
  }

  template <typename Container>
  void open(const YAML::Mark& mark, YAML::anchor_t anchor, Container container) {
    Open level{Data{std::move(container)}, anchor, count_, {}};
    level.data.offset = offset_of(mark);
    level.data.length = 1;
    open_.push_back(std::move(level));
  }
  void close() {
    Open level = std::move(open_.back());
    open_.pop_back();
    if (level.anchor != 0) anchors_[level.anchor] = {level.data, count_ - level.count_before + 1};
    add(std::move(level.data), 0);
  }

  void add(Data data, YAML::anchor_t anchor) {
    if (++count_ > kMostValues) {
      throw Refused{data.offset, data.length, "there are more than 10,000 values", "move data to a file in data/"};
    }
    if (anchor != 0) anchors_[anchor] = {data, 1};
    if (open_.empty()) {
      root_ = std::move(data);
      return;
    }
    Open& level = open_.back();
    if (auto* array = std::get_if<DataArray>(&level.data.value)) {
      array->push_back(std::move(data));
      return;
    }
    auto& table = std::get<DataTable>(level.data.value);
    if (!level.has_key) {
      level.has_key = true;
      level.key_offset = data.offset;
      level.key = key_text(data);
      for (const DataEntry& entry : table) {
        if (entry.key != level.key) continue;
        throw Refused{data.offset, data.length, "'" + level.key + "' is defined twice",
                      "remove one of the two, or rename it"};
      }
      return;
    }
    level.has_key = false;
    if (std::holds_alternative<std::monostate>(data.value)) {  // the parser's mark is behind it, on a line below
      data.offset = level.key_offset;
      data.length = level.key.size();
    }
    table.push_back({std::move(level.key), level.key_offset, std::move(data)});
  }

  [[nodiscard]] std::string key_text(const Data& data) const {
    if (const std::string* text = data.text()) return *text;
    if (data.table() || data.array()) throw Refused{data.offset, data.length, "a key must be text", ""};
    return std::string(text_.substr(data.offset, data.length));  // 2026: x, true: y
  }

  std::string_view text_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchor> anchors_;
  std::optional<Data> root_;
  std::size_t count_ = 0;
};

// From places in the parsed text to places in the source.
void shift(Data& data, std::size_t by);
void shift(DataTable& table, std::size_t by) {
  for (DataEntry& entry : table) {
    entry.key_offset += by;
    shift(entry.value, by);
  }
}
void shift(Data& data, std::size_t by) {
  data.offset += by;
  if (auto* table = std::get_if<DataTable>(&data.value)) shift(*table, by);
  if (auto* array = std::get_if<DataArray>(&data.value)) {
    for (Data& item : *array) shift(item, by);
  }
}

// yaml-cpp's messages in the words of someone who writes front matter.
Refused explain(const YAML::Exception& error, std::string_view text) {
  const std::size_t offset =
      error.mark.is_null() ? 0 : std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), text.size());
  const std::string& what = error.msg;
  if (line_at(text, offset).starts_with('\t')) {
    const auto line = static_cast<std::size_t>(line_at(text, offset).data() - text.data());
    return {line, 1, "a line begins with a tab", "indent with spaces"};
  }
  if (what == "illegal map value")
    return {offset, 1, "a ':' cannot stand here", "put text that holds ': ' in quotes, or mend the indentation"};
  if (what == "illegal block entry") return {offset, 1, "a '-' cannot stand here", "begin a list on a line of its own"};
  if (what == "end of sequence flow not found") return {offset, 0, "the list is not closed", "add ']' where it ends"};
  if (what == "end of map flow not found") return {offset, 0, "the braces are not closed", "add '}' where they end"};
  if (what == "end of map not found" || what == "end of sequence not found") {
    return {offset, 0, "the line is neither a key with a value nor indented like those above it", ""};
  }
  if (what == "unknown token") {
    return {offset, 1, "a value cannot begin with '" + std::string(text.substr(offset, 1)) + "'", "put it in quotes"};
  }
  if (what == "bad file") return {offset, 0, "lists and tables are nested too deeply", ""};
  return {offset, 0, what, ""};
}

}  // namespace

std::optional<DataTable> parse_yaml(const SourcePtr& source, std::size_t begin, std::size_t end, std::string_view id,
                                    Diagnostics& diagnostics) {
  const std::string_view text = std::string_view(source->text).substr(begin, end - begin);
  const auto refuse = [&](Refused refused) {
    diagnostics.error({source, begin + std::min(refused.offset, text.size()), refused.length}, std::string(id),
                      std::move(refused.message), std::move(refused.hint));
  };
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    Builder builder(text);
    if (!parser.HandleNextDocument(builder)) return DataTable();
    std::optional<Data> root = builder.take();
    if (Builder second(text); parser.HandleNextDocument(second)) {
      const std::optional<Data> more = second.take();
      throw Refused{more ? more->offset : 0, 1, "a second document begins here",
                    "remove the line '...' or '---' above"};
    }
    if (!root || std::holds_alternative<std::monostate>(root->value)) return DataTable();
    if (auto* table = std::get_if<DataTable>(&root->value)) {
      shift(*table, begin);
      return std::move(*table);
    }
    throw Refused{root->offset, root->length, "this must be keys with values, not " + std::string(kind_name(*root)),
                  "write it as title: My page"};
  } catch (Refused& refused) {
    refuse(std::move(refused));
  } catch (const YAML::Exception& error) {
    refuse(explain(error, text));
  }
  return std::nullopt;
}

}  // namespace hardtop
