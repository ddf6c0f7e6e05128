// The tokens of JavaScript (ECMA-262, clause 12), enough to tell names from strings, templates, regular expressions and
// comments. No syntax tree: whether a '/' divides or begins a regular expression is told by what stands before it, which is
// right for everything but code that nobody writes; and a wrong guess ends with its line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct JsToken {
  enum class Kind : std::uint8_t {
    name,       // identifiers, keywords, #private names; text: escapes decoded
    string,     // text: its value
    template_,  // the text between ` or } and ` or ${; text: its value
    regex,      // text: between the slashes, as written
    number,
    punctuation,  // one character, but for "=>", "?.", "++" and "--"
  };
  Kind kind = Kind::punctuation;
  std::size_t begin = 0, end = 0;
  std::string text;
  bool whole = false;            // of templates: without ${…}
  bool in_substitution = false;  // of templates: an expression follows

  [[nodiscard]] bool is(std::string_view punctuation) const { return kind == Kind::punctuation && text == punctuation; }
  [[nodiscard]] bool is_name(std::string_view name) const { return kind == Kind::name && text == name; }
};

// The token that next() fills is reused. Linear.
class JsScanner {
 public:
  explicit JsScanner(std::string_view script) : script_(script) {}

  // False at the end. Comments give no token.
  [[nodiscard]] bool next(JsToken& token);

 private:
  // What stands before decides what a '/' is.
  enum class Before : std::uint8_t { operator_, operand, closed };
  struct Open {
    char closer = ')';
    bool before_statement = false;  // (…) of if, while, for, with; a {…} that is a block
    bool in_template = false;       // ${…}
  };

  void skip_spaces_and_comments();
  [[nodiscard]] int peek(std::size_t ahead = 0) const {
    return at_ + ahead < script_.size() ? static_cast<unsigned char>(script_[at_ + ahead]) : -1;
  }
  [[nodiscard]] bool starts_with(std::string_view text) const { return script_.substr(at_).starts_with(text); }
  [[nodiscard]] std::size_t space_length() const;
  [[nodiscard]] bool starts_name() const;
  [[nodiscard]] bool regex_may_begin() const;
  void read_name(JsToken& token);
  void read_number();
  bool read_string(JsToken& token);
  bool read_regex(JsToken& token);
  void read_template(JsToken& token);
  void read_escape(std::string& out);
  void read_punctuation(JsToken& token);
  void note(const JsToken& token);

  std::string_view script_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  Open closed_{};  // the bracket that was closed last
  Before before_ = Before::operator_;
  bool after_dot_ = false;        // the name that comes is a property
  bool statement_paren_ = false;  // a '(' would be that of if, while, for or with
  bool block_brace_ = true;       // a '{' would open a block
  int failures_ = 0;              // of strings and regular expressions that did not end, on this line
};

}  // namespace hardtop
