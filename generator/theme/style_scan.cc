// A lexical scan is exact here: Sass allows @import neither in mixins nor in control directives, and what is imported
// is never computed. The scan knows comments, strings with interpolation, and unquoted url(); nothing else matters to
// it.
#include "theme/style_scan.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

// libsass recurses for each level: 100,000 nested @media, or as many @else, end the process. People stop at five.
constexpr std::size_t kMaxNesting = 100;
constexpr std::size_t kMaxElse = 500;
// libsass takes cubic time for a row of unary minus signs.
constexpr std::size_t kMaxMinus = 100;

bool is_name_char(char c) {
  return is_ascii_alphanumeric(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// "scheme://": the same test as libsass makes before it leaves an import to the browser.
bool has_protocol(std::string_view url) {
  const std::size_t at = url.find("://");
  return at != std::string_view::npos && at > 0 && std::all_of(url.begin(), url.begin() + at, is_name_char);
}

bool is_left_to_browsers(std::string_view url) {
  return url.starts_with("//") || has_protocol(url) || (url.size() > 4 && url.ends_with(".css"));
}

class StyleScanner {
 public:
  StyleScanner(const SourcePtr& source, Diagnostics& diagnostics)
      : source_(source), text_(source->text), diagnostics_(diagnostics) {}

  // False when the file must not reach libsass.
  bool scan(ScannedStyle& to) {
    if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos)
      return refuse(nul, "there is a NUL byte in this style sheet", "remove it; is this a text file?");
    bool fine = true;
    while (at_ < text_.size() && fine) {
      const char c = text_[at_];
      if (skip_comment() || skip_unquoted_url()) continue;
      if (c == '"' || c == '\'')
        skip_string(0);
      else if (c == '@')
        fine = read_at_rule(to);
      else if (c == '{' || c == '(' || c == '[')
        fine = open();
      else if (c == '}' || c == ')' || c == ']')
        close();
      else if (c == '-')
        fine = skip_minus();
      else if (c == '$' && is_in_calc())
        fine = refuse_variable();
      else
        ++at_;
    }
    return fine && !reported_;
  }

 private:
  bool refuse(std::size_t offset, std::string message, std::string hint, std::size_t length = 0) {
    diagnostics_.error(Place{source_, offset, length}, "style/sass-error", std::move(message), std::move(hint));
    reported_ = true;
    return false;
  }

  [[nodiscard]] bool at(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  bool skip_comment() {
    if (at("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
      return true;
    }
    if (at("//")) {
      const std::size_t end = text_.find_first_of("\n\r\f", at_);
      at_ = end == std::string_view::npos ? text_.size() : end;
      return true;
    }
    return false;
  }

  // In url(//host/x) the slashes begin no comment.
  bool skip_unquoted_url() {
    if (!at("url(") || (at_ > 0 && is_name_char(text_[at_ - 1]))) return false;
    std::size_t i = at_ + 4;
    while (i < text_.size() && is_ascii_whitespace(text_[i])) ++i;
    if (i < text_.size() && (text_[i] == '"' || text_[i] == '\'' || text_[i] == '#')) return false;
    const std::size_t end = text_.find(')', i);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    return true;
  }

  // From the opening quote to after the closing one, or to the end of an unterminated line. "#{f("x")}" holds strings.
  void skip_string(std::size_t depth) {
    const char quote = text_[at_++];
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\') {
        at_ = std::min(at_ + 2, text_.size());
      } else if (c == quote) {
        ++at_;
        return;
      } else if (c == '\n') {
        return;
      } else if (c == '#' && at("#{") && depth < kMaxNesting) {
        while (at_ < text_.size() && text_[at_] != '}' && text_[at_] != '\n') {
          if (text_[at_] == '"' || text_[at_] == '\'')
            skip_string(depth + 1);
          else
            ++at_;
        }
      } else {
        ++at_;
      }
    }
  }

  bool open() {
    if (else_runs_.size() > kMaxNesting)
      return refuse(at_, "this is nested more than " + std::to_string(kMaxNesting) + " levels deep",
                    "is a closing bracket missing?");
    else_runs_.push_back(0);
    const std::size_t level = else_runs_.size();
    if (calc_level_ == 0 && text_[at_] == '(' && begins_calc(at_)) calc_level_ = level;
    if (calc_level_ != 0 && interpolation_level_ == 0 && at_ > 0 && text_.substr(at_ - 1, 2) == "#{")
      interpolation_level_ = level;
    ++at_;
    return true;
  }

  void close() {
    if (else_runs_.size() > 1) else_runs_.pop_back();
    if (else_runs_.size() < calc_level_) calc_level_ = 0;
    if (else_runs_.size() < interpolation_level_) interpolation_level_ = 0;
    ++at_;
  }

  // The name that ends at `end`; may be empty.
  [[nodiscard]] std::string_view name_before(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0 && is_name_char(text_[begin - 1])) --begin;
    return text_.substr(begin, end - begin);
  }

  // "calc(", also "-webkit-calc(", at its bracket; but no mixin or function that somebody calls so.
  [[nodiscard]] bool begins_calc(std::size_t bracket) const {
    const std::string name = to_lower_ascii(name_before(bracket));
    if (name != "calc" && !(name.starts_with('-') && name.ends_with("-calc"))) return false;
    std::size_t end = bracket - name.size();
    while (end > 0 && is_ascii_whitespace(text_[end - 1])) --end;
    const std::string_view before = name_before(end);
    const bool is_rule = before.size() < end && text_[end - before.size() - 1] == '@';
    return !is_rule || (before != "mixin" && before != "include" && before != "function");
  }
  [[nodiscard]] bool is_in_calc() const { return calc_level_ != 0 && interpolation_level_ == 0; }

  // libsass hands on what is in calc() as it stands, and browsers drop the declaration.
  bool refuse_variable() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    const std::string name(text_.substr(at_, end - at_));
    return refuse(at_, "calc() goes to browsers as it stands here, and they know no " + name,
                  "write #{" + name + "}, which puts its value there", name.size());
  }

  bool skip_minus() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] == '-') ++at_;
    if (at_ - begin <= kMaxMinus) return true;
    return refuse(begin, "there are more than " + std::to_string(kMaxMinus) + " minus signs in a row",
                  "put ornaments like this into a comment");
  }

  bool read_at_rule(ScannedStyle& to) {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name == "@import") {
      read_import(to.imports);
    } else if (name == "@while" || name == "@for") {
      to.loops.push_back({begin, name.size()});
    } else if (name == "@use" || name == "@forward") {
      refuse(begin, "the Sass compiler of hardtop does not know " + std::string(name),
             "write @import: what it brings in is then global, without a prefix", name.size());
    } else if (name == "@if") {
      else_runs_.back() = 0;
    } else if (name == "@else" && ++else_runs_.back() > kMaxElse) {
      return refuse(begin, "this chain has more than " + std::to_string(kMaxElse) + " @else",
                    "look the value up with map-get() instead");
    }
    return true;
  }

  void skip_space() {
    while (at_ < text_.size())
      if (is_ascii_whitespace(text_[at_]))
        ++at_;
      else if (!skip_comment())
        return;
  }

  // After "@import": strings and url()s, then perhaps a media query, which makes CSS of them all.
  void read_import(std::vector<StyleImport>& imports) {
    const std::size_t first = imports.size();
    do {
      skip_space();
      if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
        const std::size_t begin = at_;
        skip_string(0);
        const std::size_t length = at_ - begin;
        if (length < 2 || text_[at_ - 1] != text_[begin]) return;  // unterminated: libsass says so
        const std::string_view url = text_.substr(begin + 1, length - 2);
        imports.push_back({std::string(url), begin, length, is_left_to_browsers(url), ""});
      } else if (!skip_unquoted_url()) {
        return;
      }
      skip_space();
    } while (at_ < text_.size() && text_[at_] == ',' && ++at_);
    if (at_ < text_.size() && text_[at_] != ';' && text_[at_] != '}')
      for (std::size_t i = first; i < imports.size(); ++i) imports[i].plain = true;
  }

  const SourcePtr& source_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::vector<std::size_t> else_runs_ = {0};  // one a level: how many @else the chain there has so far
  std::size_t calc_level_ = 0;                // of the outermost calc() that is open; 0: none is
  std::size_t interpolation_level_ = 0;       // of the outermost #{ in it
  bool reported_ = false;
};

}  // namespace

std::optional<ScannedStyle> scan_style(const SourcePtr& source, Diagnostics& diagnostics) {
  ScannedStyle scanned;
  if (!StyleScanner(source, diagnostics).scan(scanned)) return std::nullopt;
  return scanned;
}

}  // namespace hardtop
