#include "base/javascript.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"

namespace hardtop {

namespace {

// What does not end on its line is read again as punctuation and what follows; so often, a line costs linear time.
constexpr int kMostFailures = 64;

bool is_line_end(int c) { return c == '\n' || c == '\r'; }

template <typename List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

// After these an expression begins, so that '/' begins a regular expression.
constexpr std::array<std::string_view, 16> kOperators = {"return", "typeof", "instanceof", "in",     "of", "new",
                                                         "delete", "void",   "throw",      "case",   "do", "else",
                                                         "yield",  "await",  "extends",    "default"};
constexpr std::array<std::string_view, 4> kParenthesised = {"if", "while", "for", "with"};
// After these a '{' opens a block all the same.
constexpr std::array<std::string_view, 4> kBlockWords = {"do", "else", "try", "finally"};

}  // namespace

// White space beyond ASCII (12.2, 12.3): in bytes; 0 where there is none.
std::size_t JsScanner::space_length() const {
  const int c = peek();
  if (c == ' ' || c == '\t' || c == '\v' || c == '\f' || is_line_end(c)) return 1;
  if (c < 0x80) return 0;
  if (starts_with("\xC2\xA0")) return 2;
  for (const std::string_view space : {"\xEF\xBB\xBF", "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
                                       "\xE2\x81\x9F", "\xE3\x80\x80"}) {
    if (starts_with(space)) return 3;
  }
  if (c == 0xE2 && peek(1) == 0x80 && peek(2) >= 0x80 && peek(2) <= 0x8A) return 3;
  return 0;
}

void JsScanner::skip_spaces_and_comments() {
  if (at_ == 0 && starts_with("#!")) at_ = std::min(script_.find_first_of("\r\n"), script_.size());
  while (at_ < script_.size()) {
    if (const std::size_t length = space_length()) {
      if (is_line_end(peek())) failures_ = 0;
      at_ += length;
    } else if (starts_with("//")) {
      at_ += 2;
      while (at_ < script_.size() && !is_line_end(peek()) && !starts_with("\xE2\x80\xA8") &&
             !starts_with("\xE2\x80\xA9"))
        ++at_;
    } else if (starts_with("/*")) {
      const std::size_t end = script_.find("*/", at_ + 2);
      at_ = end == script_.npos ? script_.size() : end + 2;
    } else {
      return;
    }
  }
}

bool JsScanner::starts_name() const {
  const int c = peek();
  return is_ascii_alpha(c) || c == '_' || c == '$' || c >= 0x80 || (c == '\\' && peek(1) == 'u') ||
         (c == '#' && (is_ascii_alpha(peek(1)) || peek(1) == '_' || peek(1) == '$'));
}

bool JsScanner::next(JsToken& token) {
  skip_spaces_and_comments();
  if (at_ >= script_.size()) return false;
  token.begin = at_;
  token.text.clear();
  token.whole = token.in_substitution = false;
  const int c = peek();
  if (starts_name()) {
    read_name(token);
  } else if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) {
    token.kind = JsToken::Kind::number;
    read_number();
  } else if ((c == '"' || c == '\'') && read_string(token)) {
  } else if (c == '`') {
    ++at_;
    read_template(token);
  } else if (c == '}' && !open_.empty() && open_.back().in_template) {
    open_.pop_back();
    ++at_;
    read_template(token);
  } else if (c == '/' && regex_may_begin() && read_regex(token)) {
  } else {
    read_punctuation(token);
  }
  token.end = at_;
  note(token);
  return true;
}

void JsScanner::read_name(JsToken& token) {
  token.kind = JsToken::Kind::name;
  while (at_ < script_.size()) {
    const int c = peek();
    if (c == '\\' && peek(1) == 'u') {
      read_escape(token.text);
    } else if (is_ascii_alpha(c) || is_ascii_digit(c) || c == '_' || c == '$' || c == '#' ||
               (c >= 0x80 && space_length() == 0)) {
      token.text += static_cast<char>(c);
      ++at_;
    } else {
      return;
    }
  }
}

// Every kind of number, and whatever letters stick to it.
void JsScanner::read_number() {
  while (at_ < script_.size()) {
    const int c = peek();
    const bool exponent_sign = (c == '+' || c == '-') && (script_[at_ - 1] | 0x20) == 'e';
    if (!is_ascii_digit(c) && !is_ascii_alpha(c) && c != '_' && c != '.' && !exponent_sign) return;
    if (exponent_sign && !is_ascii_digit(peek(1))) return;
    ++at_;
  }
}

// At the '\' of a string, a template or a name.
void JsScanner::read_escape(std::string& out) {
  ++at_;
  const int c = peek();
  if (c < 0) return;
  ++at_;
  constexpr std::string_view kFrom = "nrtbfv", kTo = "\n\r\t\b\f\v";
  if (const std::size_t known = kFrom.find(static_cast<char>(c)); known != kFrom.npos) {
    out += kTo[known];
  } else if (c == '\r') {
    if (peek() == '\n') ++at_;
  } else if (c == 'x' && hex_value(peek()) >= 0 && hex_value(peek(1)) >= 0) {
    append_utf8(out, static_cast<char32_t>(hex_value(peek()) * 16 + hex_value(peek(1))));
    at_ += 2;
  } else if (c == 'u' && peek() == '{') {
    char32_t code = 0;
    for (++at_; hex_value(peek()) >= 0; ++at_)
      code = std::min<char32_t>(code * 16 + static_cast<char32_t>(hex_value(peek())), 0x110000);
    if (peek() == '}') ++at_;
    append_utf8(out, code);
  } else if (c == 'u') {
    char32_t code = 0;
    for (int digits = 0; digits < 4 && hex_value(peek()) >= 0; ++digits, ++at_)
      code = code * 16 + static_cast<char32_t>(hex_value(peek()));
    append_utf8(out, code);
  } else if (c >= '0' && c <= '7') {
    char32_t code = static_cast<char32_t>(c - '0');
    for (int digits = 1; digits < 3 && peek() >= '0' && peek() <= '7' && code < 32; ++digits, ++at_)
      code = code * 8 + static_cast<char32_t>(peek() - '0');
    append_utf8(out, code);
  } else if (c != '\n') {
    out += static_cast<char>(c);
  }
}

bool JsScanner::read_string(JsToken& token) {
  if (failures_ >= kMostFailures) return false;
  const std::size_t begin = at_;
  const int quote = peek();
  for (++at_; at_ < script_.size() && !is_line_end(peek());) {
    if (peek() == quote) {
      ++at_;
      token.kind = JsToken::Kind::string;
      return true;
    }
    if (peek() == '\\') {
      read_escape(token.text);
    } else {
      token.text += script_[at_++];
    }
  }
  at_ = begin;
  token.text.clear();
  ++failures_;
  return false;
}

// After the '`', or the '}' of a substitution.
void JsScanner::read_template(JsToken& token) {
  token.kind = JsToken::Kind::template_;
  const bool is_head = script_[at_ - 1] == '`';
  while (at_ < script_.size()) {
    if (peek() == '`') {
      ++at_;
      token.whole = is_head;
      return;
    }
    if (peek() == '$' && peek(1) == '{') {
      at_ += 2;
      open_.push_back({'}', false, true});
      token.in_substitution = true;
      return;
    }
    if (peek() == '\\') {
      read_escape(token.text);
    } else {
      token.text += script_[at_++];
    }
  }
}

bool JsScanner::regex_may_begin() const {
  return before_ == Before::operator_ || (before_ == Before::closed && closed_.before_statement);
}

bool JsScanner::read_regex(JsToken& token) {
  if (failures_ >= kMostFailures) return false;
  bool in_class = false;
  for (std::size_t at = at_ + 1; at < script_.size() && !is_line_end(static_cast<unsigned char>(script_[at])); ++at) {
    const char c = script_[at];
    if (c == '\\') {
      ++at;
      if (at < script_.size() && is_line_end(static_cast<unsigned char>(script_[at]))) break;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '/' && !in_class) {
      token.kind = JsToken::Kind::regex;
      token.text = script_.substr(at_ + 1, at - at_ - 1);
      at_ = at + 1;
      while (is_ascii_alpha(peek())) ++at_;
      return true;
    }
  }
  ++failures_;
  return false;
}

void JsScanner::read_punctuation(JsToken& token) {
  token.kind = JsToken::Kind::punctuation;
  std::size_t length = 1;
  if (starts_with("=>") || starts_with("++") || starts_with("--") || (starts_with("?.") && !is_ascii_digit(peek(2))))
    length = 2;
  token.text = script_.substr(at_, length);
  at_ += length;
  if (token.text == "\\" && at_ < script_.size() && !is_line_end(peek())) ++at_;  // of a broken string
}

// What follows from the token for the next '/', '(' and '{'.
void JsScanner::note(const JsToken& token) {
  const bool was_property = std::exchange(after_dot_, false);
  const bool parenthesised = std::exchange(statement_paren_, false);
  const bool opens_block = std::exchange(block_brace_, true);
  switch (token.kind) {
    case JsToken::Kind::name: {
      const bool is_operator = !was_property && holds(kOperators, token.text);
      before_ = is_operator ? Before::operator_ : Before::operand;
      statement_paren_ = !was_property && (holds(kParenthesised, token.text) || token.text == "await");
      block_brace_ = !is_operator || holds(kBlockWords, token.text);
      return;
    }
    case JsToken::Kind::template_:
      before_ = token.in_substitution ? Before::operator_ : Before::operand;
      block_brace_ = !token.in_substitution;
      return;
    case JsToken::Kind::string:
    case JsToken::Kind::number:
    case JsToken::Kind::regex:
      before_ = Before::operand;
      return;
    case JsToken::Kind::punctuation:
      break;
  }
  const char c = token.text[0];
  if (c == '(' || c == '[') {
    open_.push_back({c == '(' ? ')' : ']', c == '(' && parenthesised, false});
    before_ = Before::operator_;
    block_brace_ = false;
  } else if (c == '{') {
    open_.push_back({'}', opens_block, false});
    before_ = Before::operator_;
    block_brace_ = opens_block;
  } else if (c == ')' || c == ']' || c == '}') {
    closed_ = {c};
    if (!open_.empty() && open_.back().closer == c) {
      closed_ = open_.back();
      open_.pop_back();
    }
    before_ = c == ']' ? Before::operand : Before::closed;
  } else if (token.text == "++" || token.text == "--") {
    if (before_ == Before::closed) before_ = Before::operand;
  } else {
    before_ = Before::operator_;
    after_dot_ = c == '.' || token.text == "?.";
    block_brace_ = c == ';' || c == ':' || token.text == "=>";
  }
}

}  // namespace hardtop
