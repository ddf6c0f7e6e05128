// The tokens of CSS (CSS Syntax Level 3, section 4), as browsers cut them: escapes decoded, comments left out, every text
// has a reading. The preprocessing of section 3.3 (line ends, NUL) is done on the way, so that offsets are into the text as
// it came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hardtop {

struct CssToken {
  enum class Kind : std::uint8_t {
    ident,
    function,      // text: the name; the '(' is part of the token
    at_keyword,    // text: the name without '@'
    hash,          // text: the name without '#'
    string,        // text: what is between the quotes
    bad_string,    // ends before a line end; text: what it would have been
    url,           // url(…) without quotes; text: what is in it
    bad_url,       // holds what an unquoted URL must not; text: up to there
    number,        // percentages and dimensions too; no text
    delim,         // one character, punctuation included: `delim`
    comment_mark,  // <!-- and -->
    white_space
  };
  Kind kind = Kind::delim;
  char delim = 0;                  // of Kind::delim: its first byte
  std::size_t begin = 0, end = 0;  // bytes of the style sheet
  std::string text;                // decoded, UTF-8

  [[nodiscard]] bool is(char c) const { return kind == Kind::delim && delim == c; }
};

// Walks a style sheet, or a part of one; the token that next() fills is reused. Linear.
class CssTokenizer {
 public:
  explicit CssTokenizer(std::string_view css) : css_(css) {}

  // False at the end. Comments give no token.
  [[nodiscard]] bool next(CssToken& token);
  // The text of an unquoted URL that would begin at `at`, up to what must not stand in one. For callers who distrust a name.
  [[nodiscard]] std::string url_at(std::size_t at) const;

 private:
  [[nodiscard]] int peek(std::size_t ahead = 0) const {
    return at_ + ahead < css_.size() ? static_cast<unsigned char>(css_[at_ + ahead]) : -1;
  }
  [[nodiscard]] bool is_escape(std::size_t ahead) const;
  [[nodiscard]] bool starts_ident(std::size_t ahead) const;
  [[nodiscard]] bool starts_number() const;
  [[nodiscard]] bool skip_comment();
  void read_escape(std::string& out);
  void read_name(std::string& out);
  void read_number();
  void read_string(CssToken& token, char quote);
  void read_ident(CssToken& token);
  void read_url(CssToken& token);
  void skip_bad_url();
  void skip_newline();

  std::string_view css_;
  std::size_t at_ = 0;
};

}  // namespace hardtop
