// Reads HTML as the WHATWG tokeniser does (HTML Living Standard, 13.2.5), without building a tree: finds tags, their
// attributes, text and comments, each with its byte range, at memchr speed. Nothing is copied; nothing is an error.
//
// Raw text (script with its double escapes, style, textarea, title, xmp, iframe, noembed, noframes, plaintext) is
// followed, and so is foreign content (svg, math: CDATA sections, self-closing tags) with the tree-construction rules
// that change how later bytes are tokenised: HTML integration points and the elements that break out of foreign
// content. <noscript> is read as markup (scripting off) unless options say otherwise. The document is UTF-8 and a whole
// one: an end of the document inside a tag drops that tag, inside a comment or raw text it ends them.
//
// Plain documents are read by the tokeniser alone. From the first svg, math, template, select or frameset on, and only
// then, html_tree.h follows which elements are open.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/ascii.h"

namespace hardtop {

struct HtmlAttribute {
  std::string_view name;       // as written; compare with equals_ascii_ci
  std::string_view raw_value;  // between the quotes, character references not decoded
  std::size_t offset = 0;      // of the name
  std::size_t end = 0;         // after the value and its quote; after the name where there is no value
  char quote = 0;              // '"', '\'', or 0 for unquoted or no value
  bool has_value = false;
};

struct HtmlToken {
  enum class Kind { start_tag, end_tag, text, raw_text, comment, doctype, cdata };
  Kind kind = Kind::text;
  std::size_t begin = 0, end = 0;  // the token's bytes in the document
  std::string_view name;           // of tags, as written; of raw text, the name of its element
  bool self_closing = false;       // "/>" was written
  bool foreign = false;            // the element that the tag opens or closes is in svg or math, or is one
  // Browsers differ in how they read this or what follows; whoever must be sure refuses such a document. It is: a start
  // tag of raw text, svg or math in <select> (dropped where <select> is not yet parsed by the standard of 2025); CDATA
  // right in an integration point, as <svg><desc>; in svg an end tag that closes an unknown HTML element around it; in
  // <template> a part of a table after <title>; and every tag after so many formatting elements that following them was
  // given up.
  bool disputed = false;
  // Attributes of a start tag in order; of repeated names only the first counts (13.2.5.33), the others are left out.
  std::vector<HtmlAttribute> attributes;

  [[nodiscard]] const HtmlAttribute* find(std::string_view lower_case_name) const;
};

struct HtmlScanOptions {
  bool scripting = false;    // true: <noscript> holds raw text
  bool text_tokens = false;  // report text too (raw text and CDATA always are); tags are found faster without
  // As browsers look ahead for what to fetch early: by the tokeniser alone, without a look at what is open. In svg and math it then
  // takes text for tags, and tags for text.
  bool looking_ahead = false;
};

class HtmlTree;

// Walks a document; the token that next() fills is reused, its views point into the document. Time is linear in the
// document's size, whatever it holds.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view document, HtmlScanOptions options = {});
  HtmlScanner(HtmlScanner&&) noexcept;
  HtmlScanner& operator=(HtmlScanner&&) noexcept;
  ~HtmlScanner();

  // False at the end.
  [[nodiscard]] bool next(HtmlToken& token);

 private:
  bool read_raw_text(HtmlToken& token);
  bool read_tag(HtmlToken& token, std::size_t name_at);
  bool read_plain_tag(HtmlToken& token, std::size_t markup);
  void read_declaration(HtmlToken& token);
  bool read_attributes(HtmlToken& token);
  [[nodiscard]] bool is_repeated(const HtmlToken& token);
  void open_element(HtmlToken& token);
  void start_tree(std::size_t until);
  [[nodiscard]] std::size_t find(char c, std::size_t from) const;
  [[nodiscard]] std::size_t find_far(char c, std::size_t from) const;
  [[nodiscard]] std::size_t find_comment_end(std::size_t from) const;
  [[nodiscard]] std::size_t find_raw_end() const;
  [[nodiscard]] std::size_t find_script_end() const;
  [[nodiscard]] bool is_tag_at(std::size_t at, std::string_view opening, std::string_view name) const;

  std::string_view document_;
  HtmlScanOptions options_;
  std::size_t at_ = 0;
  std::string_view raw_element_;                // raw text of this element comes next; empty: markup does
  bool closes_raw_text_ = false;                // the next end tag is that element's
  std::unique_ptr<HtmlTree> tree_;              // null while the document is plain
  std::unordered_set<std::string> many_names_;  // of the tag in hand, once it has many attributes
};

// `lower_case_b` must be lower case. Asked of most names in a document, and mostly of two that differ in their length or first letter.
[[nodiscard]] inline bool equals_ascii_ci(std::string_view a, std::string_view lower_case_b) {
  if (a.size() != lower_case_b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i], wanted = lower_case_b[i];
    if (c != wanted && to_ascii_lower(c) != wanted) return false;
  }
  return true;
}

// The attribute's value as the browser holds it: character references decoded (13.2.5.72 to 80, as in an attribute:
// "&copy=1" and "&copyx" stay), line ends normalised, NUL as U+FFFD.
[[nodiscard]] std::string decode_attribute(std::string_view raw);

}  // namespace hardtop
