// Reads HTML as the WHATWG tokeniser does (HTML Living Standard, 13.2.5), without building a tree: finds tags, their
// attributes, text and comments, each with its byte range, at memchr speed. Nothing is copied; nothing is an error.
//
// Raw text (script with its double escapes, style, textarea, title, xmp, iframe, noembed, noframes, plaintext) is
// followed, and so is foreign content (svg, math: CDATA sections, self-closing tags) with the tree-construction rules
// that change how later bytes are tokenised: HTML integration points and the elements that break out of foreign content.
// <noscript> is read as markup (scripting off) unless options say otherwise.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct HtmlAttribute {
  std::string_view name;       // as written; compare with equals_ascii_ci
  std::string_view raw_value;  // between the quotes, character references not decoded
  std::size_t offset = 0;      // of the name
  std::size_t end = 0;         // after the closing quote
  char quote = 0;              // '"', '\'', or 0 for unquoted or no value
  bool has_value = false;
};

struct HtmlToken {
  enum class Kind { start_tag, end_tag, text, raw_text, comment, doctype, cdata };
  Kind kind = Kind::text;
  std::size_t begin = 0, end = 0;  // the token's bytes in the document
  std::string_view name;           // of tags, as written
  bool self_closing = false;       // "/>" was written
  bool foreign = false;            // the tag is in svg or math, or opens one
  // Attributes of a start tag in order; of repeated names only the first counts (13.2.5.33), the others are left out.
  std::vector<HtmlAttribute> attributes;

  [[nodiscard]] const HtmlAttribute* find(std::string_view lower_case_name) const;
};

struct HtmlScanOptions {
  bool scripting = false;  // true: <noscript> holds raw text
  bool text_tokens = false; // report text too; tags are found faster without
};

// Walks a document; the token that next() fills is reused, its views point into the document.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view document, HtmlScanOptions options = {});
  // False at the end.
  [[nodiscard]] bool next(HtmlToken& token);

 private:
  std::string_view document_;
  HtmlScanOptions options_;
  std::size_t at_ = 0;
  // … the implementation's own state: see html.cc
};

[[nodiscard]] bool equals_ascii_ci(std::string_view a, std::string_view lower_case_b);

// Decodes character references as in an attribute value (13.2.5.36, 13.2.5.73: the ambiguous-ampersand rule included).
[[nodiscard]] std::string decode_attribute(std::string_view raw);

}  // namespace hardtop
