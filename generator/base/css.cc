// One pass over the tokens with a stack of what is open. What a string means depends on where it stands; a url() counts
// everywhere but in the two at-rules that only compare it.
#include "base/css.h"

#include <algorithm>

#include "base/css_tokens.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

using Kind = CssToken::Kind;

// An open bracket of any kind.
struct Open {
  char closer = ')';
  bool urls = false;       // strings in it are URLs: url(), src(), image-set() …
  bool indirect = false;   // strings in it may become URLs elsewhere
  bool font_face = false;  // in @font-face
};

enum class AtRule : std::uint8_t { none, import, font_face, function, comparing, other };

// What may follow here, from a statement's first token to its end.
struct Statement {
  bool begins = true;
  bool named = false;     // its first token was an identifier: a property, if a ':' follows
  bool indirect = false;  // the value of a custom property, or of what takes its part
  bool binding = false;   // the value of behavior or -moz-binding
  bool has_import_url = false;
  AtRule rule = AtRule::none;
  std::string name;
};

bool holds_urls(std::string_view lower_case) {
  return lower_case == "url" || lower_case == "src" || lower_case == "image" || lower_case == "image-set" ||
         (lower_case.starts_with('-') && lower_case.ends_with("-image-set"));
}

bool holds_no_urls(std::string_view lower_case) {
  return lower_case == "type" || lower_case == "format" || lower_case == "tech" || lower_case == "supports" ||
         lower_case == "selector" || lower_case == "lang";
}

// Of a name that holds non-ASCII characters, browsers may disagree where it begins (they are being restricted).
std::string_view certain_tail(std::string_view name) {
  const auto last =
      std::find_if(name.rbegin(), name.rend(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return name.substr(static_cast<std::size_t>(name.rend() - last));
}

class Finder {
 public:
  Finder(std::string_view css, CssForm form) : tokens_(css), form_(form) {}

  std::vector<CssUrl> find() {
    CssToken token;
    while (tokens_.next(token)) see(token);
    return std::move(urls_);
  }

 private:
  void see(const CssToken& token) {
    switch (token.kind) {
      case Kind::white_space:
      case Kind::comment_mark:
        return;
      case Kind::url:
      case Kind::bad_url:
        add(token, token.text);
        break;
      case Kind::string:
      case Kind::bad_string:
        see_string(token);
        break;
      case Kind::function:
        open_function(token);
        break;
      case Kind::at_keyword:
        see_at_keyword(token);
        break;
      case Kind::delim:
        if (see_delim(token)) return;
        break;
      case Kind::ident:
        if (statement_.begins) {
          statement_.begins = false;
          statement_.named = true;
          statement_.name = to_lower_ascii(token.text);
          return;
        }
        break;
      case Kind::hash:
      case Kind::number:
        break;
    }
    statement_.begins = statement_.named = false;
  }

  // True where it leaves the statement's state to itself.
  bool see_delim(const CssToken& token) {
    switch (token.delim) {
      case '(':
        open({')', in_urls(), in_indirect(), in_font_face()});
        return false;
      case '[':
        open({']', false, in_indirect(), in_font_face()});
        return false;
      case '{':
        open({'}', false, in_indirect(), in_font_face() || statement_.rule == AtRule::font_face});
        statement_ = {};
        return true;
      case ')':
      case ']':
        close(token.delim);
        return false;
      case '}':
        if (close('}')) {
          statement_ = {};
          return true;
        }
        return false;
      case ';':
        if (open_.empty() || open_.back().closer == '}') {
          statement_ = {};
          return true;
        }
        return false;
      case ':':
        if (statement_.named) begin_value();
        return false;
      default:
        return false;
    }
  }

  void begin_value() {
    const std::string& name = statement_.name;
    statement_.indirect = name.starts_with("--") || name == "initial-value" || name == "result";
    statement_.binding = name == "behavior" || name == "-ms-behavior" || name == "-moz-binding";
  }

  void see_at_keyword(const CssToken& token) {
    const std::string name = to_lower_ascii(token.text);
    const bool first = statement_.begins && open_.empty() && form_ == CssForm::sheet;
    if (name == "import") {
      statement_.rule = AtRule::import;
      statement_.has_import_url = false;
    } else if (name == "font-face") {
      statement_.rule = AtRule::font_face;
    } else if (name == "function") {
      statement_.rule = AtRule::function;
    } else if (first && (name == "namespace" || name == "document" || name == "-moz-document")) {
      statement_.rule = AtRule::comparing;
    } else if (statement_.begins) {
      statement_.rule = AtRule::other;
    }
  }

  void see_string(const CssToken& token) {
    if (statement_.rule == AtRule::import && !statement_.has_import_url &&
        !(!open_.empty() && open_.back().closer == ')')) {
      add(token, token.text);
    } else if (in_urls()) {
      add(token, token.text);
    } else if (in_indirect() && names_a_host(token.text)) {  // most text in custom properties is no URL
      add(token, token.text, true);
    }
  }

  void open_function(const CssToken& token) {
    const std::string_view tail = certain_tail(token.text);
    const std::string name = to_lower_ascii(tail);
    if (tail.size() != token.text.size() && name == "url") {
      if (std::string text = tokens_.url_at(token.end); !text.empty()) add(token, std::move(text));
    }
    const bool urls = holds_urls(name) || (in_urls() && !holds_no_urls(name));
    open({')', urls, !holds_no_urls(name) && (in_indirect() || token.text.starts_with("--")), in_font_face()});
  }

  void open(const Open& bracket) { open_.push_back(bracket); }
  // A closer that does not fit the last opener is a stray token (CSS Syntax, 5.4.7 and 5.4.8).
  bool close(char closer) {
    if (open_.empty() || open_.back().closer != closer) return false;
    open_.pop_back();
    return true;
  }

  [[nodiscard]] bool in_urls() const { return !open_.empty() && open_.back().urls; }
  [[nodiscard]] bool in_indirect() const {
    return statement_.indirect || statement_.rule == AtRule::function || (!open_.empty() && open_.back().indirect);
  }
  [[nodiscard]] bool in_font_face() const { return !open_.empty() && open_.back().font_face; }

  void add(const CssToken& token, std::string text, bool indirect = false) {
    if (statement_.rule == AtRule::comparing) return;
    CssUrl url;
    if (statement_.rule == AtRule::import && !statement_.has_import_url) {
      url.use = CssUrl::Use::import;
      statement_.has_import_url = true;
    } else if (in_font_face()) {
      url.use = CssUrl::Use::font;
    } else if (statement_.binding) {
      url.use = CssUrl::Use::other;
    }
    url.indirect = indirect || in_indirect();
    url.offset = token.begin;
    url.length = token.end - token.begin;
    url.text = std::move(text);
    urls_.push_back(std::move(url));
  }

  CssTokenizer tokens_;
  CssForm form_;
  std::vector<Open> open_;
  Statement statement_;
  std::vector<CssUrl> urls_;
};

}  // namespace

std::vector<CssUrl> find_css_urls(std::string_view css, CssForm form) {
  if (!may_hold_css_url(css)) return {};
  return Finder(css, form).find();
}

bool may_hold_css_url(std::string_view css) {
  return css.find_first_of("(@\\") != css.npos || css.find("--") != css.npos;
}

}  // namespace hardtop
