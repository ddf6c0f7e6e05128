#include "consent/gate_values.h"

#include <algorithm>
#include <cstdint>

#include "base/ascii.h"
#include "base/html.h"
#include "base/text.h"
#include "base/url.h"
#include "base/utf8.h"

namespace hardtop {
namespace {

constexpr std::string_view kSpaces = " \t\n\f\r";

// From the next word on; empty where there is none.
std::string_view next_word(std::string_view value) {
  while (!value.empty() && is_ascii_whitespace(value.front())) value.remove_prefix(1);
  return value;
}
// Up to the next space.
std::string_view first_word(std::string_view value) {
  return value.substr(0, static_cast<std::size_t>(std::ranges::find_if(value, is_ascii_whitespace) - value.begin()));
}

}  // namespace

std::vector<std::string_view> split_srcset(std::string_view value) {
  std::vector<std::string_view> urls;
  std::size_t at = 0;
  while ((at = value.find_first_not_of(" \t\n\f\r,", at)) != std::string_view::npos) {
    const std::size_t end = std::min(value.find_first_of(kSpaces, at), value.size());
    std::size_t url_end = end;
    while (value[url_end - 1] == ',') --url_end;
    urls.push_back(value.substr(at, url_end - at));
    at = end;
    if (url_end < end) continue;
    // The descriptors, up to a comma that is in no parentheses.
    for (int depth = 0; at < value.size() && (value[at] != ',' || depth > 0); ++at) {
      if (value[at] == '(') depth = 1;
      if (value[at] == ')') depth = 0;
    }
  }
  return urls;
}

std::vector<std::string_view> split_words(std::string_view value) {
  std::vector<std::string_view> words;
  while (!(value = next_word(value)).empty()) {
    words.push_back(first_word(value));
    value.remove_prefix(words.back().size());
  }
  return words;
}

bool has_word(std::string_view value, std::string_view lower_case_word) {
  while (!(value = next_word(value)).empty()) {
    const std::string_view word = first_word(value);
    if (equals_ascii_ci(word, lower_case_word)) return true;
    value.remove_prefix(word.size());
  }
  return false;
}

std::optional<std::string_view> refresh_url(std::string_view content) {
  std::size_t at = 0;
  // Chromium skips more than white space there.
  const auto is_gap = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  const auto skip_spaces = [&] {
    while (at < content.size() && is_gap(content[at])) ++at;
  };
  const auto next_is = [&](char lower) {
    return at < content.size() && (content[at] == lower || content[at] == lower - ('a' - 'A'));
  };
  skip_spaces();
  const std::size_t number = at;
  while (at < content.size() && is_ascii_digit(content[at])) ++at;
  if (at == number && (at == content.size() || content[at] != '.')) return std::nullopt;
  while (at < content.size() && (is_ascii_digit(content[at]) || content[at] == '.')) ++at;
  if (at < content.size() && content[at] != ';' && content[at] != ',' && !is_gap(content[at])) return std::nullopt;
  skip_spaces();
  if (at < content.size() && (content[at] == ';' || content[at] == ',')) ++at;
  skip_spaces();
  if (at == content.size()) return std::nullopt;
  const std::size_t whole = at;
  for (const char letter : {'u', 'r', 'l'}) {
    if (!next_is(letter)) return content.substr(whole);
    ++at;
  }
  skip_spaces();
  if (at == content.size() || content[at] != '=') return content.substr(whole);
  ++at;
  skip_spaces();
  if (at < content.size() && (content[at] == '"' || content[at] == '\'')) {
    const std::size_t end = content.find(content[at], at + 1);
    return content.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
  }
  return content.substr(at);
}

// ---- JSON ----

namespace {

// The four digits behind "\u" at `at`, which is then the last of them.
char32_t read_json_code(std::string_view json, std::size_t& at) {
  char32_t code = 0;
  for (int digits = 0; digits < 4 && at + 1 < json.size(); ++digits) {
    const char c = json[++at];
    code = code * 16 + static_cast<char32_t>(is_ascii_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return code & 0xFFFF;
}

// Reads the string whose first quote is at `at`, and goes after it.
std::string read_json_string(std::string_view json, std::size_t& at) {
  std::string out;
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] != '\\' || at + 1 == json.size()) {
      out += json[at];
      continue;
    }
    switch (json[++at]) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'u': {
        char32_t code = read_json_code(json, at);
        if (code >= 0xD800 && code < 0xDC00 && json.substr(at + 1).starts_with("\\u")) {  // the first of a pair?
          std::size_t ahead = at + 2;
          if (const char32_t second = read_json_code(json, ahead); second >= 0xDC00 && second < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
            at = ahead;
          }
        }
        append_utf8(out, code);
        break;
      }
      default:
        out += json[at];
    }
  }
  if (at < json.size()) ++at;
  return out;
}

// Walks JSON for the conditions of speculation rules. A condition keeps to the site if it matches no link to another one.
class Conditions {
 public:
  explicit Conditions(std::string_view json) : json_(json) {}

  bool all_keep_to_the_site() {
    value(Role::other);
    return keeps_;
  }

 private:
  enum class Role : std::uint8_t { other, condition, all_of, any_of, pattern };
  static constexpr int kDeepest = 100;

  char next() {
    while (at_ < json_.size() && (is_ascii_whitespace(json_[at_]) || json_[at_] == ',' || json_[at_] == ':')) ++at_;
    return at_ < json_.size() ? json_[at_] : '\0';
  }

  // Of a condition and what it consists of: whether it keeps to the site.
  bool value(Role role) {
    if (++depth_ > kDeepest) {
      at_ = json_.size();
      return keeps_ = false;
    }
    bool result = false;
    switch (next()) {
      case '{':
        result = object(role);
        break;
      case '[':
        result = list(role);
        break;
      case '"': {
        const std::string text = read_json_string(json_, at_);
        result = text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
        break;
      }
      default:
        while (at_ < json_.size() && std::string_view(",]}").find(json_[at_]) == std::string_view::npos) ++at_;
    }
    --depth_;
    return result;
  }

  bool list(Role role) {
    bool any = false, all = true;
    for (++at_; next() != ']' && at_ < json_.size();) {
      const std::size_t before = at_;
      const bool own = value(role == Role::all_of || role == Role::any_of ? Role::condition : role);
      if (at_ == before) {  // a '}' that closes nothing: this is no JSON
        at_ = json_.size();
        return keeps_ = false;
      }
      any = any || own;
      all = all && own;
    }
    ++at_;
    return role == Role::all_of ? any : any && all;
  }

  bool object(Role role) {
    bool own = role == Role::pattern;  // a pattern by parts is the site's where it does not name a host
    bool of_document = false, limited = false;
    for (++at_; next() == '"';) {
      const std::string key = read_json_string(json_, at_);
      limited = limited || key == "where";
      if (role == Role::other && key == "source" && next() == '"') {
        of_document = read_json_string(json_, at_) == "document";
      } else if (role == Role::pattern) {
        value(Role::other);
        own = own && (key == "pathname" || key == "search" || key == "hash");
      } else if (role == Role::condition && (key == "and" || key == "or" || key == "href_matches")) {
        const bool part = value(key == "and" ? Role::all_of : key == "or" ? Role::any_of : Role::pattern);
        own = own || part;
      } else if (role == Role::other && key == "where") {
        if (!value(Role::condition)) keeps_ = false;
      } else {
        value(role == Role::condition ? Role::pattern : Role::other);  // "not", "selector_matches": prove nothing
      }
    }
    if (at_ < json_.size()) ++at_;
    if (of_document && !limited) keeps_ = false;  // every link of the document
    return own;
  }

  std::string_view json_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool keeps_ = true;
};

}  // namespace

std::vector<std::string> json_strings(std::string_view json) {
  std::vector<std::string> strings;
  for (std::size_t at = json.find('"'); at < json.size(); at = json.find('"', at)) {
    strings.push_back(read_json_string(json, at));
  }
  return strings;
}

bool speculates_on_other_sites(std::string_view json) { return !Conditions(json).all_keep_to_the_site(); }

// ---- data: ----

namespace {

std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (is_ascii_upper_alpha(c)) {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (is_ascii_lower_alpha(c)) {
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (is_ascii_digit(c)) {
      value = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '+' || c == '-') {
      value = 62;
    } else if (c == '/' || c == '_') {
      value = 63;
    } else {
      continue;
    }
    bits = bits << 6 | value;
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

}  // namespace

bool is_readable_encoding(std::string_view name) {
  name = trim(name);
  return equals_ascii_ci(name, "utf-8") || equals_ascii_ci(name, "utf8") || equals_ascii_ci(name, "us-ascii") ||
         equals_ascii_ci(name, "ascii");
}

bool begins_as_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
         bytes.starts_with(std::string_view("\0<", 2)) || bytes.starts_with(std::string_view("<\0", 2));
}

DataUrl read_data_url(std::string_view url) {
  url.remove_prefix(5);
  const std::size_t comma = std::min(url.find(','), url.size());
  const std::string head = to_lower_ascii(url.substr(0, comma));
  DataUrl out;
  out.type = trim(std::string_view(head).substr(0, head.find(';')));
  for (const std::string_view parameter : split(head, ';')) {
    const std::string_view name = trim(parameter);
    if (!name.starts_with("charset") || !out.charset.empty()) continue;
    const std::size_t equals = name.find('=');
    if (equals == std::string_view::npos) continue;
    for (const char c : trim(name.substr(equals + 1)))
      if (c != '"' && c != '\'' && c != '\\') out.charset += c;
  }
  std::string_view content = url.substr(std::min(comma + 1, url.size()));
  content = content.substr(0, content.find('#'));
  out.content = decode_percent(content);
  const std::string_view parameters = trim(head);
  if (parameters.ends_with("base64")) out.content = decode_base64(out.content);
  return out;
}

}  // namespace hardtop
