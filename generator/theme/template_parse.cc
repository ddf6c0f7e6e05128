// kainjow's parser reads the tags; their ranges come from scan_template(), and from both the flat tree is made.
// Standalone lines are trimmed by byte positions, because kainjow decides that while it renders, and not for comments,
// delimiters and partials. The only user of kainjow.
#include "theme/template_parse.h"

#include <kainjow/mustache.hpp>

#include "base/text.h"

namespace hardtop {

namespace {

using Component = kainjow::mustache::component<std::string>;
using TagType = kainjow::mustache::tag_type;

// Tags in the order of the text; a null stands for the end of a section, which the parser takes out of its tree.
void list_tags(const Component& parent, std::vector<const Component*>& tags) {
  for (const Component& child : parent.children) {
    if (child.is_text()) continue;
    tags.push_back(&child);
    if (!child.tag.is_section_begin()) continue;
    list_tags(child, tags);  // scan_template() has limited the depth
    tags.push_back(nullptr);
  }
}

TemplateNode::Kind kind_of(const Component* tag) {
  using Kind = TemplateNode::Kind;
  if (!tag) return Kind::end;
  switch (tag->tag.type) {
    case TagType::variable:
      return Kind::value;
    case TagType::unescaped_variable:
      return Kind::raw_value;
    case TagType::section_begin:
      return Kind::section;
    case TagType::section_begin_inverted:
      return Kind::inverted;
    case TagType::partial:
      return Kind::partial;
    default:
      return Kind::blank;
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Widens `node` to the whole line, its end included, where nothing else is on the line: the first and the last line
// of a tag that spans several.
void find_standalone(std::string_view text, TemplateNode& node, std::size_t& line_end) {
  std::size_t left = node.begin, right = node.end;
  while (left > 0 && is_blank(text[left - 1])) --left;
  if (left > 0 && text[left - 1] != '\n') return;
  while (right < text.size() && is_blank(text[right])) ++right;
  if (right < text.size()) {
    if (text[right] == '\r') ++right;
    if (right == text.size() || text[right] != '\n') return;
    ++right;
  }
  node.standalone = true;
  node.line_begin = left;
  line_end = right;
}

// `{{! parent: base }}` as the first thing on the first line.
void read_parent(std::string_view comment, const TemplateNode& node, TemplateTree& tree, TemplateErrors& errors,
                 bool& failed) {
  constexpr std::string_view kKey = "parent:";
  if (!comment.starts_with(kKey)) return;
  const std::string_view before = std::string_view(tree.source->text).substr(0, node.begin);
  if (!trim(before).empty() || before.find('\n') != std::string_view::npos) {
    errors.warning(tree.place_of(node), "template/late-parent",
                   "this comment names no parent, because it is not on the first line",
                   "move it to the beginning of the file, or write the comment in other words");
    return;
  }
  tree.parent = trim(comment.substr(kKey.size()));
  tree.parent_begin = node.begin;
  tree.parent_end = node.end;
  if (!tree.parent.empty()) return;
  errors.error(tree.place_of(node), "template/syntax", "the parent has no name", "write it like {{! parent: base }}");
  failed = true;
}

}  // namespace

std::optional<TemplateTree> parse_template(const SourcePtr& source, TemplateErrors& errors) {
  const std::optional<std::vector<TagRange>> ranges = scan_template(source, errors);
  if (!ranges) return std::nullopt;
  const std::string_view text = source->text;

  Component root;
  std::string message;
  kainjow::mustache::context<std::string> no_data;
  kainjow::mustache::context_internal<std::string> context(no_data);
  const kainjow::mustache::parser<std::string> parser(source->text, context, root, message);
  std::vector<const Component*> tags;
  list_tags(root, tags);
  if (!message.empty() || tags.size() != ranges->size()) {
    errors.error({source, 0, 0}, "template/syntax", "this template cannot be read: " + message);
    return std::nullopt;
  }

  TemplateTree tree{.source = source};
  bool failed = false;
  std::vector<std::size_t> open;
  std::size_t text_begin = 0;
  const auto add_text = [&](std::size_t end) {
    if (end > text_begin) tree.nodes.push_back({.begin = text_begin, .end = end});
  };
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const TagRange& range = (*ranges)[i];
    const std::string_view name = text.substr(range.name_begin, range.name_end - range.name_begin);
    TemplateNode node{.kind = kind_of(tags[i]), .begin = range.begin, .end = range.end};
    if (node.kind != TemplateNode::Kind::end && node.kind != TemplateNode::Kind::blank) node.name = name;

    std::size_t next_text = node.end;
    if (node.kind != TemplateNode::Kind::value && node.kind != TemplateNode::Kind::raw_value)
      find_standalone(text, node, next_text);
    add_text(node.standalone ? node.line_begin : node.begin);
    text_begin = next_text;

    if (tags[i] && tags[i]->tag.type == TagType::comment) read_parent(name, node, tree, errors, failed);
    if (node.kind == TemplateNode::Kind::section || node.kind == TemplateNode::Kind::inverted)
      open.push_back(tree.nodes.size());
    if (node.kind == TemplateNode::Kind::end) {
      tree.nodes[open.back()].partner = tree.nodes.size();
      open.pop_back();
    }
    tree.nodes.push_back(node);
  }
  add_text(text.size());
  if (failed) return std::nullopt;
  return tree;
}

}  // namespace hardtop
