#include "base/json.h"

#include <charconv>
#include <unordered_map>

#include "base/ascii.h"
#include "base/utf8.h"

namespace hardtop {

namespace {

constexpr int kDeepest = 500;

class JsonReader {
 public:
  JsonReader(std::string_view text, JsonError& error) : text_(text), error_(error) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  std::optional<Data> read() {
    std::optional<Data> data = value(0);
    if (!data) return std::nullopt;
    skip_spaces();
    if (at_ < text_.size()) return fail("something follows the end of the value");
    return data;
  }

 private:
  std::nullopt_t fail(std::string message) {
    error_ = {std::min(at_, text_.size()), std::move(message)};
    return std::nullopt;
  }

  void skip_spaces() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  [[nodiscard]] bool take(char c) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<Data> value(int depth) {
    if (depth > kDeepest) return fail("values are nested too deeply");
    skip_spaces();
    if (at_ >= text_.size()) return fail("the text ends where a value should stand");
    Data data;
    data.offset = at_;
    bool read = false;
    switch (text_[at_]) {
      case '{':
        read = table(data, depth);
        break;
      case '[':
        read = list(data, depth);
        break;
      case '"':
        if (std::optional<std::string> text = string()) {
          data.value = std::move(*text);
          read = true;
        }
        break;
      default:
        read = word(data);
    }
    if (!read) return std::nullopt;
    data.length = at_ - data.offset;
    return data;
  }

  bool table(Data& data, int depth) {
    ++at_;
    DataTable entries;
    std::unordered_map<std::string, std::size_t> known;
    if (!take('}')) {
      do {
        skip_spaces();
        DataEntry entry;
        entry.key_offset = at_;
        if (at_ >= text_.size() || text_[at_] != '"') return fail("a key in quotes should stand here"), false;
        std::optional<std::string> key = string();
        if (!key) return false;
        entry.key = std::move(*key);
        if (!take(':')) return fail("a ':' should stand here"), false;
        std::optional<Data> inner = value(depth + 1);
        if (!inner) return false;
        entry.value = std::move(*inner);
        const auto [place, is_new] = known.try_emplace(entry.key, entries.size());
        if (is_new)
          entries.push_back(std::move(entry));
        else
          entries[place->second] = std::move(entry);
      } while (take(','));
      if (!take('}')) return fail("a ',' or '}' should stand here"), false;
    }
    data.value = std::move(entries);
    return true;
  }

  bool list(Data& data, int depth) {
    ++at_;
    DataArray items;
    if (!take(']')) {
      do {
        std::optional<Data> item = value(depth + 1);
        if (!item) return false;
        items.push_back(std::move(*item));
      } while (take(','));
      if (!take(']')) return fail("a ',' or ']' should stand here"), false;
    }
    data.value = std::move(items);
    return true;
  }

  bool word(Data& data) {
    const std::string_view rest = text_.substr(at_);
    const auto is = [&](std::string_view name) {
      if (!rest.starts_with(name)) return false;
      at_ += name.size();
      return true;
    };
    if (is("true")) {
      data.value = true;
    } else if (is("false")) {
      data.value = false;
    } else if (!is("null")) {
      return number(data);
    }
    return true;
  }

  bool number(Data& data) {
    const std::size_t begin = at_;
    std::size_t at = begin;
    const auto digits = [&] {
      const std::size_t from = at;
      while (at < text_.size() && is_ascii_digit(text_[at])) ++at;
      return at > from;
    };
    const auto next_is = [&](std::string_view any) { return at < text_.size() && any.find(text_[at]) != any.npos; };
    if (next_is("-")) ++at;
    bool good = next_is("0") ? (++at, true) : digits();
    bool whole = true;
    if (good && next_is(".")) {
      ++at;
      whole = false;
      good = digits();
    }
    if (good && next_is("eE")) {
      ++at;
      whole = false;
      if (next_is("+-")) ++at;
      good = digits();
    }
    if (!good) return fail("this is not a value of JSON"), false;
    std::int64_t integer = 0;
    double real = 0;
    const char* const first = text_.data() + begin;
    const char* const last = text_.data() + at;
    if (whole && std::from_chars(first, last, integer).ec == std::errc()) {
      data.value = integer;
    } else {
      std::from_chars(first, last, real);
      data.value = real;
    }
    at_ = at;
    return true;
  }

  std::optional<char32_t> four_digits() {
    if (at_ + 4 > text_.size()) return std::nullopt;
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + at_ + 4, code, 16);
    if (error != std::errc() || end != text_.data() + at_ + 4) return std::nullopt;
    at_ += 4;
    return code;
  }

  std::optional<std::string> string() {
    const std::size_t begin = at_++;
    std::string out;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return out;
      }
      if (static_cast<unsigned char>(c) < ' ') break;
      ++at_;
      if (c != '\\') {
        out += c;
        continue;
      }
      const char escaped = at_ < text_.size() ? text_[at_++] : '\0';
      constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
      if (const std::size_t known = kFrom.find(escaped); known != kFrom.npos) {
        out += kTo[known];
        continue;
      }
      std::optional<char32_t> code;
      if (escaped == 'u') code = four_digits();
      if (!code) return fail("there is no such escape in JSON");
      if (*code >= 0xD800 && *code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
        at_ += 2;
        const std::optional<char32_t> low = four_digits();
        if (!low) return fail("there is no such escape in JSON");
        if (*low >= 0xDC00 && *low < 0xE000)
          *code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
        else
          at_ -= 6;
      }
      append_utf8(out, *code);
    }
    at_ = begin;
    return fail("a string is not closed on its line");
  }

  std::string_view text_;
  JsonError& error_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Data> parse_json(std::string_view text, JsonError& error) { return JsonReader(text, error).read(); }

}  // namespace hardtop
