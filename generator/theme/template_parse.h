// The syntax tree of one template file, flat: nodes in the order of the text, a section's content between its node and
// its end. Standalone lines are trimmed already (mustache/spec: a tag other than a value that is alone on its line
// takes the line with it).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "theme/template_errors.h"

namespace hardtop {

// Sections and partials inside each other, everything that was spliced in counted.
inline constexpr std::size_t kMaxTemplateDepth = 200;

struct TemplateNode {
  // blank is a comment or a change of delimiters: it prints nothing, but may begin a line that is to be indented.
  enum class Kind { text, value, raw_value, section, inverted, end, partial, blank };
  Kind kind = Kind::text;
  bool standalone = false;
  std::size_t begin = 0, end = 0;  // bytes of the tag, or of the text that is left after trimming
  std::string_view name = {};      // into the source; empty for text, end and blank
  std::size_t line_begin = 0;      // of a standalone tag: where its line's white space begins
  std::size_t partner = 0;         // of a section: the index of its end
};

struct TemplateTree {
  SourcePtr source;
  std::vector<TemplateNode> nodes = {};
  std::string_view parent = {};                  // what {{! parent: NAME }} on the first line names; empty without
  std::size_t parent_begin = 0, parent_end = 0;  // that tag

  [[nodiscard]] Place place_of(const TemplateNode& node) const { return {source, node.begin, node.end - node.begin}; }
  // A part of the source: a name, or a part of one.
  [[nodiscard]] Place place_of(std::string_view part) const {
    return {source, static_cast<std::size_t>(part.data() - source->text.data()), part.size()};
  }
};

// A tag's bytes and those of its name: what stands between the delimiters without sigil and white space.
struct TagRange {
  std::size_t begin = 0, end = 0;
  std::size_t name_begin = 0, name_end = 0;
};

// Finds the tags of a template in their order and reports everything that is wrong with them, each at its place:
// template/syntax, template/unclosed-section, template/unopened-section, template/too-deep. kainjow's parser stops at
// the first mistake, gives a byte offset in a sentence, accepts tags without a name, and overflows the stack where
// sections are nested by the thousand: it is only given what has passed here. Empty if and only if it reported an
// error.
[[nodiscard]] std::optional<std::vector<TagRange>> scan_template(const SourcePtr& source, TemplateErrors& errors);

// Empty if and only if it reported an error: those above.
[[nodiscard]] std::optional<TemplateTree> parse_template(const SourcePtr& source, TemplateErrors& errors);

}  // namespace hardtop
