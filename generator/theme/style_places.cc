// libsass maps the beginnings of declarations, and those of values: to where a variable's value was written, or an argument.
// Its lines are right. After an interpolation its columns are too large, to the end of the line: what they lead to must look
// alike to be believed, and the name of a declaration is looked for before.
#include "theme/style_places.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/css_tokens.h"

namespace hardtop {

namespace {

bool is_name_char(char c) {
  return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '@' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_quote(char c) { return c == '"' || c == '\''; }
// What URLs are made of, as far as it matters whether one ends here.
bool is_url_char(char c) { return is_name_char(c) || std::string_view("./%#?&=:~+").find(c) != std::string_view::npos; }

// The text of a declaration, from any place in it to its end, or to the end of the brackets around that place.
struct Declaration {
  std::string text;            // with spaces for comments: an offset in it is one in the source
  std::size_t first_item = 0;  // the length of the string or the brackets that it has first
};

class DeclarationReader {
 public:
  DeclarationReader(std::string_view text, std::size_t from) : text_(text.substr(from)) {}

  Declaration read() {
    while (at_ < text_.size() && !is_at_end()) step();
    out_.text.resize(std::min(out_.text.size(), text_.size()));
    while (!out_.text.empty() && is_ascii_whitespace(out_.text.back())) out_.text.pop_back();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool at(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  [[nodiscard]] bool is_in_string() const { return !open_.empty() && is_quote(open_.back()); }
  [[nodiscard]] bool is_at_end() const {
    return open_.empty() && !at("#{") && std::string_view(";{})]").find(text_[at_]) != std::string_view::npos;
  }

  void take(std::size_t count) {
    out_.text += text_.substr(at_, count);
    at_ += count;
  }
  void blank(std::string_view end) {
    const std::size_t found = text_.find(end, at_ + 2);
    const std::size_t stop = found == std::string_view::npos ? text_.size() : found + end.size();
    out_.text.append(stop - at_, ' ');
    at_ = stop;
  }
  void open(char end, std::size_t length) {
    open_.push_back(end);
    take(length);
  }

  void step() {
    const char c = text_[at_];
    if (at("#{")) {
      open('}', 2);
    } else if (!open_.empty() && c == open_.back()) {
      take(1);
      open_.pop_back();
      if (open_.empty() && out_.first_item == 0) out_.first_item = at_;
    } else if (is_in_string()) {
      take(c == '\\' ? 2 : 1);
    } else if (at("/*")) {
      blank("*/");
    } else if (open_.empty() && at("//") && (at_ == 0 || text_[at_ - 1] != ':')) {
      blank("\n");  // in brackets it may be url(//host/…)
    } else if (is_quote(c)) {
      open(c, 1);
    } else if (c == '(' || c == '[') {
      open(c == '(' ? ')' : ']', 1);
    } else {
      take(1);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string open_;  // what ends the strings, brackets and interpolations around
  Declaration out_;
};

Declaration read_declaration(const Source& source, std::size_t from) {
  return DeclarationReader(source.text, from).read();
}

// Where `url` stands in the text, and is no part of a longer one.
std::size_t find_whole(std::string_view text, std::string_view url) {
  if (url.empty()) return std::string_view::npos;
  const auto belong_together = [](char a, char b) { return is_url_char(a) && is_url_char(b); };
  for (std::size_t at = text.find(url); at != std::string_view::npos; at = text.find(url, at + 1)) {
    const std::size_t end = at + url.size();
    if (at > 0 && belong_together(text[at - 1], url.front())) continue;
    if (end < text.size() && belong_together(url.back(), text[end])) continue;
    return at;
  }
  return std::string_view::npos;
}

// url(x), url("x") and "x" -> x
std::string_view inside_of(std::string_view token) {
  if (const std::size_t bracket = token.find('('); token.ends_with(')') && bracket != std::string_view::npos) {
    token = token.substr(bracket + 1, token.size() - bracket - 2);
    while (!token.empty() && is_ascii_whitespace(token.front())) token.remove_prefix(1);
    while (!token.empty() && is_ascii_whitespace(token.back())) token.remove_suffix(1);
  }
  if (token.size() >= 2 && is_quote(token.front()) && token.back() == token.front())
    token = token.substr(1, token.size() - 2);
  return token;
}

std::string_view name_at(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_name_char(text[end])) ++end;
  return text.substr(0, end);
}

bool begin_alike(std::string_view css, std::string_view sass) {
  if (css.empty() || sass.empty()) return false;
  if (is_quote(css.front())) return is_quote(sass.front());
  return is_name_char(css.front()) && name_at(css) == name_at(sass);
}

// Where the name that the CSS begins with stands last in the line of the Sass, at or before `offset`; npos: nowhere.
std::size_t find_before(std::string_view css, std::string_view sass, std::size_t offset) {
  for (std::size_t at = std::min(offset, sass.size());; --at) {
    if ((at == 0 || !is_name_char(sass[at - 1])) && begin_alike(css, sass.substr(at))) return at;
    if (at == 0 || sass[at - 1] == '\n') return std::string_view::npos;
  }
}

}  // namespace

StylePlaces::StylePlaces(Stylesheet sheet) : sheet_(std::move(sheet)) {
  segments_ = read_mappings(sheet_.map.mappings).value_or(std::vector<MapSegment>());
  CssTokenizer tokens(sheet_.css);
  std::size_t depth = 0;
  bool begins = true;
  for (CssToken token; tokens.next(token);) {
    if (token.kind == CssToken::Kind::white_space) continue;
    if (begins) statements_.push_back(token.begin);
    if (token.kind == CssToken::Kind::function || token.is('(') || token.is('[')) ++depth;
    if ((token.is(')') || token.is(']')) && depth > 0) --depth;
    begins = depth == 0 && (token.is('{') || token.is('}') || token.is(';'));
  }
}

std::size_t StylePlaces::statement_of(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(statements_, offset);
  return after == statements_.begin() ? 0 : *std::prev(after);
}

std::optional<StylePlaces::Mapped> StylePlaces::find_mapped(std::size_t offset) const {
  const LineColumn at = line_column(sheet_.css, offset);
  const MapSegment* segment =
      find_segment(segments_, static_cast<std::uint32_t>(at.line - 1), static_cast<std::uint32_t>(at.column - 1));
  if (segment == nullptr || segment->source >= sheet_.map.sources.size()) return std::nullopt;
  const SourcePtr& source = sheet_.map.sources[segment->source];
  return Mapped{source, offset_of(source->text, segment->source_line + 1, segment->source_column + 1),
                std::string_view(sheet_.css).substr(offset_of(sheet_.css, segment->line + 1, segment->column + 1))};
}

std::optional<Place> StylePlaces::find_url(std::size_t offset, std::size_t length, std::string_view text) const {
  const std::string_view token = std::string_view(sheet_.css).substr(offset, length);
  const std::optional<Mapped> value = find_mapped(offset);
  std::optional<Mapped> statement = find_mapped(statement_of(offset));
  if (statement)
    if (const std::size_t at = find_before(statement->css, statement->source->text, statement->offset);
        at != std::string_view::npos)
      statement->offset = at;
  std::optional<Place> put_together;
  for (const std::optional<Mapped>& mapped : {value, statement}) {
    if (!mapped || !begin_alike(mapped->css, std::string_view(mapped->source->text).substr(mapped->offset))) continue;
    const Declaration found = read_declaration(*mapped->source, mapped->offset);
    for (const std::string_view url : {text, inside_of(token)})
      if (const std::size_t at = find_whole(found.text, url); at != std::string_view::npos)
        return Place{mapped->source, mapped->offset + at, url.size()};
    if (put_together) continue;
    const bool is_url = is_quote(found.text.front()) || found.text.substr(name_at(found.text).size()).starts_with('(');
    put_together = Place{mapped->source, mapped->offset, is_url ? found.first_item : found.text.size()};
  }
  if (put_together || !statement) return put_together;
  return Place{statement->source, statement->offset, 0};
}

}  // namespace hardtop
