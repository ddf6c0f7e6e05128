// Takes XML 1.0 apart into tags, text, comments and instructions, without checking that it is well-formed: where browsers
// stop with an error, this reads on. Whoever looks for what a document loads finds too much in a broken one, never too little.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct XmlAttribute {
  std::string_view name;       // as written, with its prefix
  std::string_view raw_value;  // between the quotes, references not decoded
  std::size_t offset = 0;      // of raw_value in the document
};

struct XmlToken {
  enum class Kind : std::uint8_t { start_tag, end_tag, text, cdata, comment, instruction, doctype };
  Kind kind = Kind::text;
  std::size_t begin = 0, end = 0;  // the token's bytes in the document
  std::string_view name;           // of tags, with the prefix; of instructions, the target; of a DOCTYPE, the root's
  bool self_closing = false;       // "/>"
  std::string_view content;  // of text, CDATA sections, comments, instructions (after the target) and a DOCTYPE's […]
  std::size_t content_offset = 0;         // in the document
  std::vector<XmlAttribute> attributes;   // of tags; of instructions, what looks like them (xml-stylesheet, 3)
  std::string_view public_id, system_id;  // of a DOCTYPE
  std::size_t system_id_offset = 0;

  [[nodiscard]] const XmlAttribute* find(std::string_view name) const;
};

// The token that next() fills is reused, its views point into the document. Linear.
class XmlScanner {
 public:
  explicit XmlScanner(std::string_view document) : document_(document) {}

  // False at the end.
  [[nodiscard]] bool next(XmlToken& token);

 private:
  void read_delimited(XmlToken& token, XmlToken::Kind kind, std::size_t open, std::string_view close);
  void read_attributes(XmlToken& token, std::string_view text, std::size_t offset);
  void read_instruction(XmlToken& token);
  void read_doctype(XmlToken& token);
  void read_tag(XmlToken& token);
  [[nodiscard]] std::size_t end_of_tag(std::size_t from) const;

  std::string_view document_;
  std::size_t at_ = 0;
};

// Text or an attribute's value with character references and XML's own five entities decoded, line ends as LF. Other entities stay
// as they are.
[[nodiscard]] std::string decode_xml(std::string_view raw);

// "svg" of "x:svg".
[[nodiscard]] std::string_view local_name(std::string_view name);
[[nodiscard]] std::string_view prefix_of(std::string_view name);

}  // namespace hardtop
