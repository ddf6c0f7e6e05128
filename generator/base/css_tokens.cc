// CSS Syntax Level 3, section 4.3: each algorithm of the standard is a function of about its name.
#include "base/css_tokens.h"

#include "base/ascii.h"
#include "base/utf8.h"

namespace hardtop {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_newline(int c) { return c == '\n' || c == '\r' || c == '\f'; }
// NUL is U+FFFD by then.
bool is_name_start(int c) { return is_ascii_alpha(c) || c == '_' || c >= 0x80 || c == 0; }
bool is_name(int c) { return is_name_start(c) || is_ascii_digit(c) || c == '-'; }
bool is_non_printable(int c) { return (c >= 1 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F; }

void append_byte(std::string& out, int c) {
  if (c == 0)
    out += kReplacement;
  else
    out += static_cast<char>(c);
}

bool is_url(std::string_view name) {
  return name.size() == 3 && (name[0] | 0x20) == 'u' && (name[1] | 0x20) == 'r' && (name[2] | 0x20) == 'l';
}

}  // namespace

// 4.3.8. At the end of the text a '\' is an escape, too: of U+FFFD.
bool CssTokenizer::is_escape(std::size_t ahead) const { return peek(ahead) == '\\' && !is_newline(peek(ahead + 1)); }

// 4.3.9
bool CssTokenizer::starts_ident(std::size_t ahead) const {
  if (peek(ahead) == '-') return is_name_start(peek(ahead + 1)) || peek(ahead + 1) == '-' || is_escape(ahead + 1);
  return is_name_start(peek(ahead)) || is_escape(ahead);
}

// 4.3.10
bool CssTokenizer::starts_number() const {
  const std::size_t sign = peek() == '+' || peek() == '-' ? 1 : 0;
  return is_ascii_digit(peek(sign)) || (peek(sign) == '.' && is_ascii_digit(peek(sign + 1)));
}

bool CssTokenizer::skip_comment() {
  if (peek() != '/' || peek(1) != '*') return false;
  const std::size_t end = css_.find("*/", at_ + 2);
  at_ = end == css_.npos ? css_.size() : end + 2;
  return true;
}

void CssTokenizer::skip_newline() { at_ += peek() == '\r' && peek(1) == '\n' ? 2 : 1; }

// 4.3.7, at the '\'
void CssTokenizer::read_escape(std::string& out) {
  ++at_;
  if (peek() < 0) {
    out += kReplacement;
  } else if (is_ascii_hex_digit(peek())) {
    unsigned code = 0;
    for (int digits = 0; digits < 6 && is_ascii_hex_digit(peek()); ++digits, ++at_)
      code = code * 16 + static_cast<unsigned>(hex_value(peek()));
    if (is_newline(peek()))
      skip_newline();
    else if (is_ascii_whitespace(peek()))
      ++at_;
    append_utf8(out, code == 0 ? 0xFFFD : code);
  } else {
    append_byte(out, peek());  // the rest of a longer character is plain text
    ++at_;
  }
}

// 4.3.11
void CssTokenizer::read_name(std::string& out) {
  for (;;) {
    if (peek() >= 0 && is_name(peek())) {
      append_byte(out, peek());
      ++at_;
    } else if (is_escape(0)) {
      read_escape(out);
    } else {
      return;
    }
  }
}

// 4.3.3 and 4.3.12
void CssTokenizer::read_number() {
  if (peek() == '+' || peek() == '-') ++at_;
  while (is_ascii_digit(peek())) ++at_;
  if (peek() == '.' && is_ascii_digit(peek(1))) {
    ++at_;
    while (is_ascii_digit(peek())) ++at_;
  }
  if ((peek() == 'e' || peek() == 'E') &&
      (is_ascii_digit(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && is_ascii_digit(peek(2))))) {
    at_ += 2;
    while (is_ascii_digit(peek())) ++at_;
  }
  if (starts_ident(0)) {
    std::string unit;
    read_name(unit);
  } else if (peek() == '%') {
    ++at_;
  }
}

// 4.3.5
void CssTokenizer::read_string(CssToken& token, char quote) {
  token.kind = CssToken::Kind::string;
  ++at_;
  while (peek() >= 0) {
    if (peek() == quote) {
      ++at_;
      return;
    }
    if (is_newline(peek())) {
      token.kind = CssToken::Kind::bad_string;
      return;
    }
    if (peek() != '\\') {
      append_byte(token.text, peek());
      ++at_;
    } else if (peek(1) < 0) {
      ++at_;
    } else if (is_newline(peek(1))) {
      ++at_;
      skip_newline();
    } else {
      read_escape(token.text);
    }
  }
}

// 4.3.4
void CssTokenizer::read_ident(CssToken& token) {
  token.kind = CssToken::Kind::ident;
  read_name(token.text);
  if (peek() != '(') return;
  ++at_;
  token.kind = CssToken::Kind::function;
  if (!is_url(token.text)) return;
  std::size_t ahead = 0;
  while (is_ascii_whitespace(peek(ahead))) ++ahead;
  if (peek(ahead) == '"' || peek(ahead) == '\'') return;
  at_ += ahead;
  token.text.clear();
  read_url(token);
}

// 4.3.6, after "url(" and its white space
void CssTokenizer::read_url(CssToken& token) {
  token.kind = CssToken::Kind::url;
  while (peek() >= 0) {
    const int c = peek();
    if (c == ')') {
      ++at_;
      return;
    }
    if (is_ascii_whitespace(c)) {
      while (is_ascii_whitespace(peek())) ++at_;
      if (peek() < 0) return;
      if (peek() == ')') {
        ++at_;
        return;
      }
      break;
    }
    if (c == '"' || c == '\'' || c == '(' || is_non_printable(c)) break;
    if (c == '\\') {
      if (!is_escape(0)) break;
      read_escape(token.text);
    } else {
      append_byte(token.text, c);
      ++at_;
    }
  }
  if (peek() < 0) return;
  token.kind = CssToken::Kind::bad_url;
  skip_bad_url();
}

// 4.3.14
void CssTokenizer::skip_bad_url() {
  std::string dropped;
  while (peek() >= 0) {
    if (peek() == ')') {
      ++at_;
      return;
    }
    if (is_escape(0)) {
      read_escape(dropped);
      dropped.clear();
    } else {
      ++at_;
    }
  }
}

std::string CssTokenizer::url_at(std::size_t at) const {
  CssTokenizer other(css_);
  other.at_ = at;
  while (is_ascii_whitespace(other.peek())) ++other.at_;
  std::string text;
  for (;;) {
    const int c = other.peek();
    if (c < 0 || c == ')' || is_ascii_whitespace(c) || c == '"' || c == '\'' || c == '(' || is_non_printable(c))
      return text;
    if (c == '\\') {
      if (!other.is_escape(0)) return text;
      other.read_escape(text);
    } else {
      append_byte(text, c);
      ++other.at_;
    }
  }
}

// 4.3.1
bool CssTokenizer::next(CssToken& token) {
  while (skip_comment()) {
  }
  const int c = peek();
  if (c < 0) return false;
  token.begin = at_;
  token.text.clear();
  token.delim = 0;
  if (is_ascii_whitespace(c)) {
    token.kind = CssToken::Kind::white_space;
    while (is_ascii_whitespace(peek())) ++at_;
  } else if (c == '"' || c == '\'') {
    read_string(token, static_cast<char>(c));
  } else if (c == '#' && (is_escape(1) || (peek(1) >= 0 && is_name(peek(1))))) {
    token.kind = CssToken::Kind::hash;
    ++at_;
    read_name(token.text);
  } else if (c == '@' && starts_ident(1)) {
    token.kind = CssToken::Kind::at_keyword;
    ++at_;
    read_name(token.text);
  } else if (is_ascii_digit(c) || ((c == '+' || c == '-' || c == '.') && starts_number())) {
    token.kind = CssToken::Kind::number;
    read_number();
  } else if (css_.substr(at_).starts_with("-->") || css_.substr(at_).starts_with("<!--")) {
    token.kind = CssToken::Kind::comment_mark;
    at_ += c == '-' ? 3 : 4;
  } else if (starts_ident(0)) {
    read_ident(token);
  } else {
    token.kind = CssToken::Kind::delim;
    token.delim = static_cast<char>(c);
    ++at_;
  }
  token.end = at_;
  return true;
}

}  // namespace hardtop
