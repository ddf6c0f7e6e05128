// One function a group of tokeniser states. What is most of every document, text and attribute values, is skipped by
// memchr; names and white space are walked by byte. Offsets beyond the document do not occur: find() answers with its
// size.
#include "base/html.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/html_tree.h"
#include "base/text.h"

namespace hardtop {
namespace {

constexpr std::size_t kManyAttributes = 16;  // from here on, duplicates are looked up in a set

// One look-up a byte: names and white space are what is left to walk.
enum Class : unsigned char { kSpace = 1, kEndsTagName = 2, kEndsAttributeName = 4, kAlpha = 8 };
constexpr std::array<unsigned char, 256> kClasses = [] {
  std::array<unsigned char, 256> classes{};
  for (const unsigned char c : {' ', '\n', '\t', '\r', '\f'}) classes[c] = kSpace | kEndsTagName | kEndsAttributeName;
  for (const unsigned char c : {'/', '>'}) classes[c] = kEndsTagName | kEndsAttributeName;
  classes['='] = kEndsAttributeName;
  for (unsigned char c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 'a' + 'A'] = kAlpha;
  return classes;
}();
bool is(Class what, char c) { return (kClasses[static_cast<unsigned char>(c)] & what) != 0; }
bool is_space(char c) { return is(kSpace, c); }
bool is_alpha(char c) { return is(kAlpha, c); }
bool ends_tag_name(char c) { return is(kEndsTagName, c); }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::ranges::equal(a, b, [](char x, char y) { return to_ascii_lower(x) == to_ascii_lower(y); });
}

// What a start tag means to a tokeniser that knows of no open elements.
enum class Meaning { plain, raw_text, noscript, needs_tree };

Meaning meaning_of(std::string_view name) {
  const auto is = [name](std::string_view lower) { return equals_ascii_ci(name, lower); };
  switch (name.size()) {
    case 3:
      return is("svg") ? Meaning::needs_tree : is("xmp") ? Meaning::raw_text : Meaning::plain;
    case 4:
      return is("math") ? Meaning::needs_tree : Meaning::plain;
    case 5:
      return is("style") || is("title") ? Meaning::raw_text : Meaning::plain;
    case 6:
      if (is("script") || is("iframe")) return Meaning::raw_text;
      return is("select") ? Meaning::needs_tree : Meaning::plain;
    case 7:
      return is("noembed") ? Meaning::raw_text : Meaning::plain;
    case 8:
      if (is("textarea") || is("noframes")) return Meaning::raw_text;
      if (is("noscript")) return Meaning::noscript;
      return is("template") || is("frameset") ? Meaning::needs_tree : Meaning::plain;
    case 9:
      return is("plaintext") ? Meaning::raw_text : Meaning::plain;
    default:
      return Meaning::plain;
  }
}

}  // namespace

const HtmlAttribute* HtmlToken::find(std::string_view lower_case_name) const {
  for (const HtmlAttribute& attribute : attributes) {
    if (equals_ascii_ci(attribute.name, lower_case_name)) return &attribute;
  }
  return nullptr;
}

HtmlScanner::HtmlScanner(std::string_view document, HtmlScanOptions options) : document_(document), options_(options) {}
HtmlScanner::HtmlScanner(HtmlScanner&&) noexcept = default;
HtmlScanner& HtmlScanner::operator=(HtmlScanner&&) noexcept = default;
HtmlScanner::~HtmlScanner() = default;

inline std::size_t HtmlScanner::find(char c, std::size_t from) const {
  if (from + sizeof(Bytes16) <= document_.size()) {  // mostly it is near, and the call would take longer
    const Bytes16 near = load_bytes16({document_.data() + from, sizeof(Bytes16)}) == all_bytes16(c);
    if (const unsigned mask = bits(near)) return from + static_cast<std::size_t>(std::countr_zero(mask));
    from += sizeof near;
  }
  return find_far(c, from);
}

std::size_t HtmlScanner::find_far(char c, std::size_t from) const {
  if (from >= document_.size()) return document_.size();
  const void* found = std::memchr(document_.data() + from, c, document_.size() - from);
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - document_.data()) : document_.size();
}

// Is there "</name" (opening "</") or "<name", followed by what ends a tag's name?
bool HtmlScanner::is_tag_at(std::size_t at, std::string_view opening, std::string_view name) const {
  const std::size_t end = at + opening.size() + name.size();
  return end < document_.size() && document_.substr(at, opening.size()) == opening && ends_tag_name(document_[end]) &&
         same_name(document_.substr(at + opening.size(), name.size()), name);
}

// Most tags are no more than a name, and stand where nothing but the next tag hangs on them. False: this one is another, or none.
inline bool HtmlScanner::read_plain_tag(HtmlToken& token, std::size_t markup) {
  if (markup + 2 >= document_.size()) return false;
  const bool ends = document_[markup + 1] == '/';
  const std::size_t name = markup + (ends ? 2 : 1);
  if (!is_alpha(document_[name])) return false;
  std::size_t end = name + 1;
  while (end < document_.size() && !ends_tag_name(document_[end])) ++end;
  if (end == document_.size() || document_[end] != '>') return false;
  token.begin = markup;
  token.end = at_ = end + 1;
  token.name = {document_.data() + name, end - name};
  token.kind = ends ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
  if (ends)
    closes_raw_text_ = false;
  else
    open_element(token);
  return true;
}

// Data state, tag open state, end tag open state
bool HtmlScanner::next(HtmlToken& token) {
  token.attributes.clear();
  token.name = {};
  token.self_closing = token.foreign = token.disputed = false;
  if (!raw_element_.empty() && read_raw_text(token)) return true;

  std::size_t text_begin = at_;
  for (std::size_t from = at_;;) {
    const std::size_t markup = find('<', from);
    if (!tree_ && !options_.text_tokens && read_plain_tag(token, markup)) return true;
    const char first = markup + 1 < document_.size() ? document_[markup + 1] : '\0';
    const char second = markup + 2 < document_.size() ? document_[markup + 2] : '\0';
    const bool end_tag = first == '/' && markup + 2 < document_.size();
    if (markup < document_.size() && !is_alpha(first) && !end_tag && first != '!' && first != '?') {
      from = markup + 1;  // a '<' that is text
      continue;
    }
    at_ = markup;
    if (text_begin < markup) {
      if (tree_) tree_->text(document_.substr(text_begin, markup - text_begin));
      if (options_.text_tokens) {
        token.kind = HtmlToken::Kind::text;
        token.begin = text_begin;
        token.end = markup;
        return true;
      }
    }
    if (markup == document_.size()) return false;
    if (end_tag && second == '>') {  // "</>" is nothing at all
      text_begin = at_ = from = markup + 3;
      continue;
    }
    token.begin = markup;
    if (is_alpha(first) || (end_tag && is_alpha(second))) return read_tag(token, markup + (end_tag ? 2 : 1));
    read_declaration(token);
    return true;
  }
}

// Markup declaration open state, bogus comment state, comment states, DOCTYPE states, CDATA section states
void HtmlScanner::read_declaration(HtmlToken& token) {
  const std::string_view rest = document_.substr(token.begin);
  if (rest.starts_with("<!--")) {
    token.kind = HtmlToken::Kind::comment;
    token.end = find_comment_end(token.begin + 4);
  } else if (rest.starts_with("<![CDATA[") && tree_ && tree_->in_foreign_content()) {
    token.kind = HtmlToken::Kind::cdata;
    token.disputed = tree_->at_integration_point();  // some tokenisers see a comment here
    const std::size_t end = document_.find("]]>", token.begin + 9);
    token.end = end == std::string_view::npos ? document_.size() : end + 3;
    const std::size_t text_end = end == std::string_view::npos ? document_.size() : end;
    tree_->text(document_.substr(token.begin + 9, text_end - token.begin - 9));
  } else {
    token.kind = HtmlToken::Kind::comment;
    if (equals_ascii_ci(rest.substr(0, 9), "<!doctype")) token.kind = HtmlToken::Kind::doctype;
    token.end = std::min(find('>', token.begin) + 1, document_.size());
    if (token.kind == HtmlToken::Kind::doctype && tree_) {
      tree_->doctype(document_.substr(token.begin, token.end - token.begin));
    }
  }
  at_ = token.end;
}

// `from` is after "<!--". "<!-->" and "<!--->" are whole comments; "--!>" ends one, too.
std::size_t HtmlScanner::find_comment_end(std::size_t from) const {
  for (std::size_t end = find('>', from); end < document_.size(); end = find('>', end + 1)) {
    const std::string_view content = document_.substr(from, end - from);
    if (content.empty() || content == "-" || content.ends_with("--") || content.ends_with("--!")) return end + 1;
  }
  return document_.size();
}

// Tag name state, and what the tag changes. False: the document ends in the tag, which is dropped.
bool HtmlScanner::read_tag(HtmlToken& token, std::size_t name_at) {
  std::size_t name_end = name_at;
  while (name_end < document_.size() && !ends_tag_name(document_[name_end])) ++name_end;
  token.name = document_.substr(name_at, name_end - name_at);
  token.kind = document_[name_at - 1] == '/' ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
  at_ = name_end;
  if (!read_attributes(token)) {
    at_ = document_.size();
    return false;
  }
  token.end = at_;
  if (token.kind == HtmlToken::Kind::start_tag) {
    open_element(token);
    return true;
  }
  token.attributes.clear();
  token.self_closing = false;
  if (tree_ && !closes_raw_text_) {
    const HtmlTree::Reading reading = tree_->end_tag(token.name);
    token.foreign = reading.foreign;
    token.disputed = reading.disputed;
  }
  closes_raw_text_ = false;
  return true;
}

void HtmlScanner::open_element(HtmlToken& token) {
  bool raw_text = false;
  const Meaning meaning = tree_ ? Meaning::needs_tree : meaning_of(token.name);
  if (meaning == Meaning::needs_tree && !options_.looking_ahead) {
    if (!tree_) start_tree(token.begin);
    const HtmlTree::Reading reading = tree_->start_tag(token);
    raw_text = reading.raw_text;
    token.foreign = reading.foreign;
    token.disputed = reading.disputed;
  } else {
    raw_text = meaning == Meaning::raw_text || (meaning == Meaning::noscript && options_.scripting);
  }
  if (raw_text) raw_element_ = token.name;
}

// Which elements are open matters from here on: what came before is read once more, for the tree.
void HtmlScanner::start_tree(std::size_t until) {
  HtmlScanner again(document_.substr(0, until), {.scripting = options_.scripting});
  again.tree_ = std::make_unique<HtmlTree>(options_.scripting);
  HtmlToken token;
  while (again.next(token)) {
  }
  tree_ = std::move(again.tree_);
}

// The attribute states, up to the tag's end. False: the document ends first.
bool HtmlScanner::read_attributes(HtmlToken& token) {
  const std::string_view text = document_;
  std::size_t at = at_;
  const auto skip_space = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
  };
  if (!many_names_.empty()) many_names_.clear();
  while (true) {
    skip_space();
    if (at == text.size()) return false;
    if (text[at] == '>') {
      at_ = at + 1;
      return true;
    }
    if (text[at] == '/') {
      ++at;
      token.self_closing = at < text.size() && text[at] == '>';
      continue;
    }
    HtmlAttribute& attribute = token.attributes.emplace_back();
    attribute.offset = at++;  // whatever the first byte is, it belongs to the name, '=' too
    while (at < text.size() && !is(kEndsAttributeName, text[at])) ++at;
    attribute.name = {text.data() + attribute.offset, at - attribute.offset};
    attribute.end = at;
    skip_space();
    if (at < text.size() && text[at] == '=') {
      ++at;
      skip_space();
      if (at == text.size()) return false;
      attribute.has_value = true;
      std::size_t begin = at;
      if (text[at] == '"' || text[at] == '\'') {
        attribute.quote = text[at];
        ++begin;
        at = find(attribute.quote, begin);
        if (at == text.size()) return false;
        attribute.raw_value = {text.data() + begin, at - begin};
        ++at;
      } else {
        while (at < text.size() && !is_space(text[at]) && text[at] != '>') ++at;
        attribute.raw_value = {text.data() + begin, at - begin};
      }
      attribute.end = at;
    }
    if (token.attributes.size() > 1 && is_repeated(token)) token.attributes.pop_back();
  }
}

// Whether the last attribute has the name of one before it.
bool HtmlScanner::is_repeated(const HtmlToken& token) {
  const auto& attributes = token.attributes;
  const std::string_view name = attributes.back().name;
  if (attributes.size() <= kManyAttributes)
    return std::any_of(attributes.begin(), attributes.end() - 1,
                       [&](const HtmlAttribute& other) { return same_name(other.name, name); });
  if (many_names_.empty()) {
    for (auto other = attributes.begin(); other != attributes.end() - 1; ++other)
      many_names_.insert(to_lower_ascii(other->name));
  }
  return !many_names_.insert(to_lower_ascii(name)).second;
}

// ---- Raw text ----

// RCDATA, RAWTEXT, script data and PLAINTEXT states. False: the element is empty.
bool HtmlScanner::read_raw_text(HtmlToken& token) {
  token.kind = HtmlToken::Kind::raw_text;
  token.name = raw_element_;
  token.begin = at_;
  token.end = find_raw_end();
  at_ = token.end;
  raw_element_ = {};
  closes_raw_text_ = true;
  return token.begin < token.end;
}

std::size_t HtmlScanner::find_raw_end() const {
  if (equals_ascii_ci(raw_element_, "plaintext")) return document_.size();
  if (equals_ascii_ci(raw_element_, "script")) return find_script_end();
  std::size_t at = find('<', at_);
  while (at < document_.size() && !is_tag_at(at, "</", raw_element_)) at = find('<', at + 1);
  return at;
}

// Script data states: in "<!-- … -->", "<script" hides the next "</script>".
std::size_t HtmlScanner::find_script_end() const {
  constexpr std::string_view kName = "script";
  std::size_t at = find('<', at_);
  while (at < document_.size()) {
    if (is_tag_at(at, "</", kName)) return at;
    if (document_.substr(at, 4) != "<!--") {
      at = find('<', at + 1);
      continue;
    }
    const std::size_t dashes = at + 2;  // those of "<!--" count for "-->"
    bool hidden = false;
    for (at += 4; at < document_.size(); ++at) {
      if (document_[at] == '>' && at >= dashes + 2 && document_.substr(at - 2, 2) == "--") break;
      if (document_[at] != '<') continue;
      if (hidden) {
        hidden = !is_tag_at(at, "</", kName);
      } else if (is_tag_at(at, "</", kName)) {
        return at;
      } else {
        hidden = is_tag_at(at, "<", kName);
      }
    }
    at = find('<', at);
  }
  return document_.size();
}

}  // namespace hardtop
