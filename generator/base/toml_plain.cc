// One function a production. An empty optional means "not plain" throughout: whoever gets one gives up.
#include "base/toml_plain.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kMostKeys = 32;  // each is compared with those before it

bool is_bare(char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-'; }

class PlainToml {
 public:
  PlainToml(std::string_view text, std::size_t base) : text_(text), base_(base) {}

  std::optional<DataTable> table() {
    DataTable entries;
    while (at_ < text_.size()) {
      skip_space();
      if (end_line()) continue;
      const std::size_t key = at_;
      while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
      const std::string_view name = text_.substr(key, at_ - key);
      skip_space();
      if (name.empty() || !accept('=') || entries.size() == kMostKeys) return std::nullopt;
      if (std::ranges::any_of(entries, [&](const DataEntry& entry) { return entry.key == name; })) return std::nullopt;
      skip_space();
      std::optional<Data> found = value();
      skip_space();
      if (!found || !end_line()) return std::nullopt;
      entries.push_back({std::string(name), base_ + key, std::move(*found)});
    }
    if (is_wide_ && first_invalid_utf8(text_)) return std::nullopt;
    return entries;
  }

 private:
  std::optional<Data> value() {
    if (at_ == text_.size()) return std::nullopt;
    if (text_[at_] == '"') return string();
    if (text_[at_] == '[') return list();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
    return word(text_.substr(begin, at_ - begin));
  }

  std::optional<Data> string() {
    const std::size_t begin = at_++;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '\\' || (c < 0x20 && c != '\t') || c == 0x7F) return std::nullopt;
      is_wide_ |= c >= 0x80;
    }
    const std::size_t end = at_;
    if (!accept('"') || (end == begin + 1 && accept('"'))) return std::nullopt;  // """ begins a string of several lines
    return data(begin, std::string(text_.substr(begin + 1, end - begin - 1)));
  }

  std::optional<Data> list() {
    const std::size_t begin = at_++;
    DataArray items;
    for (skip_space(); !accept(']'); skip_space()) {
      if (at_ == text_.size() || text_[at_] != '"') return std::nullopt;
      std::optional<Data> item = string();
      if (!item) return std::nullopt;
      items.push_back(std::move(*item));
      skip_space();
      if (!accept(',') && (at_ == text_.size() || text_[at_] != ']')) return std::nullopt;
    }
    return data(begin, std::move(items));
  }

  // `text` ends at the cursor.
  std::optional<Data> word(std::string_view text) {
    const std::size_t begin = at_ - text.size();
    if (text == "true" || text == "false") return data(begin, text == "true");
    if (text.size() == 10 && text[4] == '-') {
      const std::optional<Date> date = parse_date(text);
      return date && !date->has_time ? data(begin, *date) : std::nullopt;
    }
    constexpr std::size_t kMostDigits = 18;  // of them all numbers fit
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || digits.size() > kMostDigits || (digits[0] == '0' && digits.size() > 1)) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : digits) {
      if (!is_ascii_digit(c)) return std::nullopt;
      number = number * 10 + (c - '0');
    }
    return data(begin, digits.size() < text.size() ? -number : number);
  }

  template <typename Value>
  std::optional<Data> data(std::size_t begin, Value value) const {
    return Data{std::move(value), base_ + begin, at_ - begin};
  }
  bool accept(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  // Or the text's end.
  bool end_line() {
    if (at_ == text_.size() || accept('\n')) return true;
    if (text_.substr(at_, 2) != "\r\n") return false;
    at_ += 2;
    return true;
  }

  std::string_view text_;
  std::size_t base_, at_ = 0;
  bool is_wide_ = false;
};

}  // namespace

std::optional<DataTable> parse_plain_toml(std::string_view text, std::size_t base) {
  return PlainToml(text, base).table();
}

}  // namespace hardtop
