// A page's body in four passes: cmark reads it into a tree; prepare() walks the tree, checks it, resolves links and
// notes headings and components; markdown_html.cc writes it; the parts get their places.
#include "content/markdown.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/bytes16.h"
#include "base/text.h"
#include "content/component_blocks.h"
#include "content/heading_ids.h"
#include "content/inline_html.h"
#include "content/link_places.h"
#include "content/markdown_html.h"

namespace hardtop {

namespace {

using cmark::view;

constexpr std::size_t kMostNesting = 100;

// The block whose lines hold `inline_node`. Inside a table that is the whole table: rows have no end, and a paragraph
// that was split off before a table has no place of its own.
const cmark_node* placed_block(const cmark_node* node) {
  while (node->parent && !(CMARK_NODE_TYPE_BLOCK_P(static_cast<cmark_node_type>(node->type)) &&
                           node->type != CMARK_NODE_TABLE_CELL && node->type != CMARK_NODE_TABLE_ROW)) {
    node = node->parent;
  }
  if (node->start_line == 0 && node->next) return node->next;
  return node;
}

// The text of a link that says nothing but where it leads (<URL>, or a bare one); empty for others.
std::string_view autolink_text(const cmark_node* link) {
  const cmark_node* const child = link->first_child;
  if (!child || child->next || child->type != CMARK_NODE_TEXT || link->as.link.title.len != 0) return {};
  const std::string_view text = view(child->as.literal), url = view(link->as.link.url);
  if (text == url) return text.find(':') == text.npos ? std::string_view{} : text;  // [a.md](a.md)
  return url.ends_with(text) && (url.size() == text.size() + 7) &&
                 (url.starts_with("mailto:") || url.starts_with("http://"))
             ? text
             : std::string_view{};
}

// "{{< name" and "{{% name", as Hugo's pages have them.
std::size_t find_shortcode(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("{{", from); at != std::string_view::npos; at = text.find("{{", at + 1))
    if (at + 2 < text.size() && (text[at + 2] == '<' || text[at + 2] == '%')) return at;
  return std::string_view::npos;
}

// Walks a parsed tree once, and changes it into what is to be written.
class Preparation {
 public:
  Preparation(const cmark::Document& document, const SourcePtr& source, std::size_t begin, const LinkResolver& resolve,
              Diagnostics& diagnostics)
      : document_(document),
        source_(source),
        lines_(source->text, begin),
        places_(lines_, begin),
        resolve_(resolve),
        diagnostics_(diagnostics),
        may_have_shortcodes_(find_shortcode(source->text, begin) != std::string_view::npos) {}

  // False when an error was reported.
  [[nodiscard]] bool run() {
    cmark::walk(
        document_.root(), [&](cmark_node* node) { return enter(node); }, [&](cmark_node* node) { leave(node); });
    name_headings();
    return good_;
  }
  [[nodiscard]] PageMarks& marks() { return marks_; }
  [[nodiscard]] cmark_node* summary() const { return summary_; }

 private:
  struct PendingHeading {
    cmark_node* node;
    std::string_view explicit_id;
  };

  bool enter(cmark_node* node);
  void leave(cmark_node* node);
  bool enter_container(const cmark_node* node);
  void reserve_footnotes(HeadingIds& ids) const;
  void name_headings();
  void add_component(cmark_node* node, std::string_view name);
  void resolve_link(cmark_node* node);
  void look_for_shortcode(const cmark_node* text);
  void error(std::size_t offset, std::size_t length, std::string id, std::string message, std::string hint) {
    good_ = false;
    diagnostics_.error({source_, offset, length}, std::move(id), std::move(message), std::move(hint));
  }
  [[nodiscard]] std::size_t offset_of(const cmark_node* block) const {
    return lines_.begin_of(static_cast<std::size_t>(block->start_line)) +
           static_cast<std::size_t>(block->start_column) - 1;
  }

  const cmark::Document& document_;
  const SourcePtr& source_;
  LineTable lines_;
  LinkPlaces places_;
  const LinkResolver& resolve_;
  Diagnostics& diagnostics_;
  PageMarks marks_;
  std::vector<PendingHeading> headings_;
  cmark_node* summary_ = nullptr;
  const cmark_node* link_block_ = nullptr;  // the block that places_ is in
  std::size_t depth_ = 0;                   // of quotes and list items
  bool is_too_deep_ = false;
  std::vector<int> footnote_uses_;  // how often each footnote is referred to, in their order
  bool may_have_shortcodes_;
  bool good_ = true;
};

bool Preparation::enter(cmark_node* node) {
  switch (node->type) {
    case CMARK_NODE_BLOCK_QUOTE:
      return enter_container(node);
    case CMARK_NODE_ITEM:
      if (node->extension) {
        // cmark-gfm takes any "[x]" on the line for a tick.
        const std::string_view line = lines_.line(static_cast<std::size_t>(node->start_line));
        const std::size_t box = line.find('[');
        node->as.list.checked = box + 1 < line.size() && line[box + 1] != ' ';
      }
      return enter_container(node);
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      footnote_uses_.push_back(node->footnote.def_count);
      return true;
    case CMARK_NODE_HEADING:
      headings_.push_back({node, take_explicit_id(node)});
      return true;
    case CMARK_NODE_PARAGRAPH:
      if (!summary_ && node->parent == document_.root() && has_text(node)) summary_ = node;
      return true;
    case CMARK_NODE_TEXT:
      if (may_have_shortcodes_) look_for_shortcode(node);
      return true;
    case CMARK_NODE_CODE_BLOCK:
      if (node->as.code.fenced) {
        const std::string_view name = component_name(view(node->as.code.info));
        if (!name.empty())
          add_component(node, name);
        else if (const std::string_view also = nearly_component_name(view(node->as.code.info)); !also.empty())
          error(offset_of(node), 3, "content/component-line",
                "the line of the component '" + std::string(also) + "' is not ```{" + std::string(also) + "} alone",
                "write each parameter as a line of TOML below it");
      }
      return false;
    default:
      return true;
  }
}

void Preparation::leave(cmark_node* node) {
  switch (node->type) {
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_ITEM:
      --depth_;
      return;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
      if (resolve_) resolve_link(node);
      return;
    default:
      return;
  }
}

bool Preparation::enter_container(const cmark_node* node) {
  if (depth_ == kMostNesting) {
    if (!std::exchange(is_too_deep_, true)) {
      error(offset_of(node), 1, "content/nesting-too-deep", "quotes and lists are nested more than 100 deep",
            "take some of the levels away");
    }
    return false;
  }
  ++depth_;
  return true;
}

// The ids that markdown_html.cc gives to footnotes and to the references to them.
void Preparation::reserve_footnotes(HeadingIds& ids) const {
  for (std::size_t i = 0; i < footnote_uses_.size(); ++i) {
    const std::string number = std::to_string(i + 1), first = "fnref-" + number;
    (void)ids.reserve("fn-" + number);
    (void)ids.reserve(first);
    for (int use = 2; use <= footnote_uses_[i]; ++use) (void)ids.reserve(first + "-" + std::to_string(use));
  }
}

// Explicit ids first, wherever they stand: a generated one gives way.
void Preparation::name_headings() {
  HeadingIds ids;
  std::unordered_map<std::string_view, const cmark_node*> owners;
  reserve_footnotes(ids);
  for (const auto& [node, id] : headings_) {
    if (id.empty()) continue;
    const auto [owner, is_new] = owners.try_emplace(id, node);
    if (is_new && ids.reserve(id)) continue;
    good_ = false;
    const std::size_t begin = offset_of(node);
    Diagnostic diagnostic;
    diagnostic.id = "content/duplicate-heading-id";
    diagnostic.place = {source_, source_->text.find("{#", begin) + 2, id.size()};
    diagnostic.message = "the id '" + std::string(id) + "' is taken";
    diagnostic.hint = "give this heading another id, or leave it out";
    if (!is_new) {
      diagnostic.notes.push_back(
          {{source_, source_->text.find("{#", offset_of(owner->second)) + 2, id.size()}, "it is given here"});
    }
    diagnostics_.add(std::move(diagnostic));
  }
  marks_.headings.reserve(headings_.size());
  for (const auto& [node, id] : headings_) {
    Heading heading;
    heading.level = node->as.heading.level;
    heading.text = plain_text(node);
    heading.html = quotable_html(node);
    heading.id = id.empty() ? ids.make(heading.text) : std::string(id);
    set_mark(node, marks_.headings.size());
    marks_.headings.push_back(std::move(heading));
  }
}

void Preparation::add_component(cmark_node* node, std::string_view name) {
  const auto first_line = static_cast<std::size_t>(node->start_line);
  const std::string_view literal = view(node->as.code.literal);
  std::optional<DataTable> params = parse_component_params(source_, lines_, first_line + 1, literal, diagnostics_);
  if (!params) {
    good_ = false;
    return;
  }
  BodyPart part;
  part.kind = BodyPart::Kind::component;
  part.name = name;
  part.params = std::move(*params);
  const std::size_t begin = lines_.begin_of(first_line);
  const std::size_t fence = offset_of(node);
  part.place = {source_, fence, begin + lines_.line(first_line).size() - fence};
  // The closing fence's line, if it has one, belongs to it.
  const std::size_t text_lines = count_of_byte(literal, '\n');
  std::size_t end_line = first_line + text_lines + 1;
  const std::size_t closing = lines_.line(end_line).find_first_not_of(" \t>");
  if (closing == std::string_view::npos ||
      lines_.line(end_line)[closing] != static_cast<char>(node->as.code.fence_char)) {
    --end_line;
  }
  part.source_begin = begin;
  part.source_end = lines_.begin_of(end_line + 1);
  set_mark(node, marks_.components.size());
  marks_.components.push_back(std::move(part));
}

void Preparation::resolve_link(cmark_node* node) {
  const cmark_node* const block = placed_block(node);
  if (block != link_block_) {
    link_block_ = block;
    const auto first = static_cast<std::size_t>(std::max(block->start_line, 1));
    places_.enter_block(first, std::max(static_cast<std::size_t>(std::max(block->end_line, 0)), first));
  }
  const std::string_view url = view(node->as.link.url);
  LinkUse use;
  use.destination = url;
  const std::string_view shown = node->type == CMARK_NODE_IMAGE ? std::string_view{} : autolink_text(node);
  const SourceRange range = shown.empty() ? places_.find(url) : places_.find_autolink(url, shown);
  use.place = {source_, range.offset, range.length};
  if (const std::optional<std::string> target = resolve_(use)) node->as.link.url = document_.keep(*target);
}

// The first one tells: where there is one, there are more.
void Preparation::look_for_shortcode(const cmark_node* text) {
  if (find_shortcode(view(text->as.literal), 0) == std::string_view::npos) return;
  may_have_shortcodes_ = false;
  const std::size_t at = find_shortcode(source_->text, offset_of(placed_block(text)));
  if (at == std::string_view::npos) return;
  diagnostics_.warning({source_, at, 3}, "content/shortcode",
                       "this is a shortcode of another generator, and visitors see it as it stands here",
                       "write Markdown for it, or a component: a line ```{name}, its parameters, a line ```");
}

// HTML between components covers the source between them.
void place_parts(std::vector<BodyPart>& parts, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == BodyPart::Kind::component) {
      at = parts[i].source_end;
      continue;
    }
    parts[i].source_begin = at;
    parts[i].source_end = i + 1 < parts.size() ? std::max(at, parts[i + 1].source_begin) : std::max(at, end);
  }
}

}  // namespace

std::optional<Body> parse_markdown(const SourcePtr& source, std::size_t begin, const MarkdownOptions& options,
                                   const LinkResolver& resolve, Diagnostics& diagnostics) {
  prepare_markdown();
  const std::string_view text = std::string_view(source->text).substr(std::min(begin, source->text.size()));
  if (text.size() > cmark::kMostBytes) {
    diagnostics.error({source, Place::kWholeFile, 0}, "content/too-large", "the page is larger than 256 MB",
                      "split it into several pages");
    return std::nullopt;
  }
  const cmark::Document document(text, options);
  Preparation preparation(document, source, begin, resolve, diagnostics);
  if (!preparation.run()) return std::nullopt;
  Body body;
  if (preparation.summary()) body.summary_html = quotable_html(preparation.summary());
  RenderedPage page = render_page(document.root(), options, preparation.marks(), text.size() + text.size() / 2 + 256);
  place_parts(page.parts, begin, source->text.size());
  body.parts = std::move(page.parts);
  body.headings = std::move(preparation.marks().headings);
  body.words = page.words;
  return body;
}

std::string render_markdown_fragment(std::string_view markdown, const MarkdownOptions& options,
                                     const LinkResolver& resolve, const Place& place) {
  prepare_markdown();
  MarkdownOptions fragment = options;
  fragment.footnotes = false;
  const cmark::Document document(markdown, fragment);
  PageMarks marks;
  cmark::walk(
      document.root(),
      [&](cmark_node* node) {
        if (node->type != CMARK_NODE_HEADING) return true;
        if (const std::string_view id = take_explicit_id(node); !id.empty()) {
          set_mark(node, marks.headings.size());
          marks.headings.push_back({node->as.heading.level, std::string(id), "", ""});
        }
        return true;
      },
      [&](cmark_node* node) {
        if (!resolve || (node->type != CMARK_NODE_LINK && node->type != CMARK_NODE_IMAGE)) return;
        const LinkUse use{view(node->as.link.url), place};
        if (const std::optional<std::string> target = resolve(use)) node->as.link.url = document.keep(*target);
      });
  RenderedPage page = render_page(document.root(), fragment, marks, markdown.size() * 2);
  return page.parts.empty() ? std::string{} : std::move(page.parts.front().html);
}

}  // namespace hardtop
