#include "base/toml_errors.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/source.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::string_view kNone;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_key(char c) { return is_ascii_alphanumeric(c) || std::string_view("_-.'\"").find(c) != kNone.npos; }

// The error at hand, and the finders that the explanations share. Offsets are clamped to the text.
class Explainer {
 public:
  Explainer(std::string_view text, std::size_t offset, std::string_view description)
      : text_(text), at_(std::min(offset, text.size())), what_(description) {
    constexpr std::string_view kPrefix = "Error while parsing ";
    if (const std::size_t colon = what_.find(": "); what_.starts_with(kPrefix) && colon != kNone.npos) {
      scope_ = what_.substr(kPrefix.size(), colon - kPrefix.size());
      what_.remove_prefix(colon + 2);
    }
    line_ = line_at(text_, at_);
    line_begin_ = static_cast<std::size_t>(line_.data() - text_.data());
    ends_early_ = what_ == "encountered end-of-file";
  }

  TomlError explain() {
    if (starts("cannot redefine") || starts("cannot insert")) return clash();
    if (starts("expected '\\n' after '\\r'")) {
      return here("a carriage return (CR) stands alone", "end lines with LF, or with CR and LF");
    }
    if (scope_ == "string" || scope_ == "literal string" || scope_ == "unicode scalar sequence") return in_text();
    if (scope_ == "value" && has("nested value depth")) return here("lists and tables are nested too deeply", "");
    if (scope_ == "value" || scope_ == "boolean") return bad_value("value");
    if (scope_ == "date" || scope_ == "date-time") return bad_value("date");
    if (scope_ == "time") return bad_value("time of day");
    if (scope_.ends_with("integer") || scope_ == "floating-point") return bad_value("number");
    if (scope_ == "array") return in_list();
    if (scope_ == "inline table") return in_braces();
    if (starts("expected '='")) {
      return here("there is no '=' after the key",
                  at_ < text_.size() && text_[at_] == ':' ? "write '=' instead of ':'" : "");
    }
    if (starts("expected value,") || (scope_ == "key-value pair" && ends_early_)) {
      return here("there is no value after '='", "write one, or remove the key");
    }
    if (starts("expected ']'") || (scope_ == "table header" && ends_early_)) {
      return here("the brackets of the section are not closed", "write it as [name] or [[name]], on a line of its own");
    }
    if (starts("expected a comment or whitespace")) {
      const bool is_header = scope_ == "table header";
      return here(is_header ? "something stands behind the name of the section" : "something stands behind the value",
                  is_header ? "write what follows on a line of its own"
                            : "write one key and its value on a line; a quote inside of text is written \\\"");
    }
    if (starts("expected keys, tables")) return bad_key();
    if (starts("tables with blank")) return here("a section needs a name", "write it between the brackets");
    if (starts("control characters")) return here("a control character cannot stand here", "remove it");
    if (ends_early_) return here("the text ends too early", "");
    return unknown();
  }

 private:
  [[nodiscard]] bool starts(std::string_view prefix) const { return what_.starts_with(prefix); }
  [[nodiscard]] bool has(std::string_view part) const { return what_.find(part) != kNone.npos; }

  [[nodiscard]] TomlError at(std::size_t begin, std::size_t end, std::string message, std::string hint) const {
    return {begin, end > begin ? end - begin : 0, std::move(message), std::move(hint)};
  }
  [[nodiscard]] TomlError here(std::string message, std::string hint) const {
    return at(at_, at_, std::move(message), std::move(hint));
  }

  // toml++ places a clash behind the key or header; it belongs under it.
  [[nodiscard]] TomlError clash() const {
    const std::size_t quote = what_.find('\'');
    const std::string name = bare(what_.substr(quote + 1, what_.rfind('\'') - quote - 1));
    const bool twice = what_.ends_with('\'') || (scope_ == "table header" && starts("cannot redefine existing table"));
    const std::string message = quoted(name) + (twice ? " is defined twice" : " clashes with a key above it");
    const std::string hint = twice ? "remove one of the two, or rename it"
                                   : "a name is a value, one [table] or a list of [[tables]], and only one of them";
    if (scope_ == "table header") {
      std::size_t begin = line_begin_;
      std::string_view line = line_;
      while (bare(line) != name && begin > 0) {
        line = line_at(text_, begin - 1);
        begin = static_cast<std::size_t>(line.data() - text_.data());
      }
      if (bare(line) != name) line = line_, begin = line_begin_;
      const std::string_view header = trim(line);
      begin += static_cast<std::size_t>(header.data() - line.data());
      return at(begin, begin + header.size(), message, hint);
    }
    std::size_t end = at_;
    while (end > line_begin_ && (is_blank(text_[end - 1]) || text_[end - 1] == '=')) --end;
    std::size_t begin = end;
    while (begin > line_begin_ && is_key(text_[begin - 1])) --begin;
    return at(begin, end, message, hint);
  }
  // A header's name as toml++ writes it.
  static std::string bare(std::string_view line) {
    std::string name;
    for (const char c : line.substr(0, line.find('#'))) {
      if (std::string_view(" \t\"'[]").find(c) == kNone.npos) name += c;
    }
    return name;
  }

  [[nodiscard]] TomlError in_text() const {
    if (starts("unknown escape") || starts("escape") || scope_ == "unicode scalar sequence") {
      const std::size_t slash = std::min(text_.rfind('\\', at_), at_);
      std::size_t end = std::min(slash + 2, text_.size());
      while (end <= at_ && end < text_.size() && is_ascii_alphanumeric(text_[end])) ++end;
      return at(slash, end, quoted(text_.substr(slash, end - slash)) + " is no escape",
                "write \\\\ for a backslash, or use single quotes, which take everything as it is");
    }
    const bool line_ends = at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r');
    if (!ends_early_ && !line_ends) {
      return here("a control character cannot stand in text as it is", "remove it, or write it as \\u00XX");
    }
    if (const std::size_t open = open_quote(); open != kNone.npos) {
      return at(open, line_begin_ + line_.size(), "the text in quotes is not closed",
                "close it on the same line, or use three quotes (\"\"\") for text of several lines");
    }
    const std::size_t triple = text_.rfind(scope_ == "string" ? "\"\"\"" : "'''");
    return at(triple == kNone.npos ? at_ : triple, triple == kNone.npos ? at_ : triple + 3,
              "the text in three quotes is not closed", "write three quotes where it ends");
  }
  // The quote on the line of the error that has no partner there; npos when it stands further up.
  [[nodiscard]] std::size_t open_quote() const {
    const std::string_view line = line_;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '#') break;
      if (line[i] != '"' && line[i] != '\'') continue;
      if (line.substr(i, 3) == "\"\"\"" || line.substr(i, 3) == "'''") return kNone.npos;
      const std::size_t open = i;
      for (++i; i < line.size() && line[i] != line[open]; ++i) {
        if (line[i] == '\\' && line[open] == '"') ++i;
      }
      if (i >= line.size()) return line_begin_ + open;
    }
    return kNone.npos;
  }

  // The whole of the value that toml++ stopped in: to the end of the line, or of the item in a list.
  [[nodiscard]] TomlError bad_value(std::string_view kind) const {
    std::size_t begin = at_;
    while (begin > line_begin_ && std::string_view(" \t=,[{").find(text_[begin - 1]) == kNone.npos) --begin;
    const std::string_view before = trim(text_.substr(line_begin_, begin - line_begin_));
    const bool is_item = !before.ends_with('=') || std::count(before.begin(), before.end(), '=') > 1;
    std::string_view value = text_.substr(begin, line_begin_ + line_.size() - begin);
    value = value.substr(0, value.find_first_of(is_item ? ",]}#" : "#"));
    value = trim(value);
    const std::size_t end = begin + value.size();
    const std::string lower = to_lower_ascii(value);
    std::string hint = "put text in quotes: \"" + std::string(value) + "\"";
    if (value.empty()) return unknown();
    if (lower == "true" || lower == "false") {
      hint = "write " + lower + ", in small letters";
    } else if (lower == "yes" || lower == "on") {
      hint = "write true, or put it in quotes if it is text";
    } else if (lower == "no" || lower == "off") {
      hint = "write false, or put it in quotes if it is text";
    } else if (value.starts_with("“") || value.starts_with("„") || value.starts_with("‘") || value.starts_with("«")) {
      return at(begin, end, "the quotes of " + std::string(value) + " are no quotes of TOML",
                "use straight ones: \"…\"");
    } else if (kind == "date") {
      hint = "write it as 2026-11-23 or 2026-11-23T10:00:00Z";
    } else if (kind == "time of day") {
      hint = "put it in quotes";
    } else if (has("leading zeroes")) {
      hint = "a number does not begin with 0; put it in quotes if it is text";
    } else if (has("representable")) {
      return at(begin, end, quoted(value) + " is too large for a number", "put it in quotes if it is text");
    }
    if (value.find_first_of("\"\\") != kNone.npos) hint = "put text in quotes";
    if (kind == "number" && is_ascii_alpha(value[0])) kind = "value";
    return at(begin, end, quoted(value) + " is no " + std::string(kind), std::move(hint));
  }

  [[nodiscard]] TomlError in_list() const {
    if (ends_early_) return here("the list is not closed", "add ']' where it ends");
    if (starts("expected value")) return here("there is no value before the ','", "remove one ','");
    if (starts("expected comma")) return here("a ',' or ']' is missing here", "");
    return unknown();
  }

  [[nodiscard]] TomlError in_braces() const {
    if (has("saw '\\n'") || has("saw '\\r'")) {
      return here("a table in braces must stand on one line", "close it there, or write it as a section [name]");
    }
    if (ends_early_) return here("the table in braces is not closed", "add '}' where it ends");
    if (has("dangling comma")) return here("a table in braces must not end with a ','", "remove the ','");
    if (starts("expected comma")) return here("a ',' or '}' is missing here", "");
    return unknown();
  }

  [[nodiscard]] TomlError bad_key() const {
    std::size_t end = std::min(at_ + 1, text_.size());
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
    const std::string_view sign = text_.substr(at_, end - at_);
    if (sign == "=") return at(at_, end, "there is no key before '='", "write one");
    const bool is_foreign = !sign.empty() && static_cast<unsigned char>(sign[0]) >= 0x80;
    return at(at_, end, "a key cannot begin with " + quoted(sign),
              is_foreign ? "put keys in quotes that have more than a-z, A-Z, 0-9, '-' and '_'" : "");
  }

  [[nodiscard]] TomlError unknown() const {
    std::string message(what_);
    while (message.ends_with('.')) message.pop_back();
    if (message.size() > 1 && !is_ascii_upper_alpha(message[1])) message[0] = to_lower_ascii(message.substr(0, 1))[0];
    return here(std::move(message), "");
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view what_, scope_, line_;
  std::size_t line_begin_ = 0;
  bool ends_early_ = false;
};

}  // namespace

TomlError explain_toml_error(std::string_view text, std::size_t offset, std::string_view description) {
  return Explainer(text, offset, description).explain();
}

bool has_endless_key(std::string_view text) {
  constexpr int kMostParts = 16;
  if (std::count(text.begin(), text.end(), '.') < kMostParts) return false;
  int parts = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') {
      if (++parts > kMostParts) return true;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      parts = 1;
    } else if (c == '"' || c == '\'') {
      const bool triple = text.substr(i, 3) == std::string(3, c);
      const std::string_view close = text.substr(i, triple ? 3 : 1);
      for (i += close.size(); i < text.size() && !text.substr(i).starts_with(close); ++i) {
        if (!triple && text[i] == '\n') break;
        if (c == '"' && text[i] == '\\') ++i;
      }
      i += close.size() - 1;
      if (triple) parts = 1;
    } else if (!is_key(c) && !is_blank(c)) {
      parts = 1;
    }
  }
  return false;
}

}  // namespace hardtop
