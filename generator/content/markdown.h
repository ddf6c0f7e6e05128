// CommonMark and GFM (tables, strikethrough, autolinks, task lists, footnotes) into HTML. The only user of cmark-gfm.
//
// What comes on top: ids on headings, links resolved by the caller, components (fenced blocks whose info string is
// `{name}`), a table of contents. Raw HTML passes unchanged: what it may contain is the gate's business.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/data.h"
#include "base/diagnostic.h"

namespace hardtop {

struct MarkdownOptions {
  bool smart_punctuation = false;
  bool footnotes = true;
  bool heading_anchors = false;  // a link to itself in every heading that has text
  // GFM's extensions; a site has them all, the specification's examples name those that they show.
  bool tables = true;
  bool strikethrough = true;
  bool autolinks = true;
  bool task_lists = true;
};

// A stretch of a page's body, in order.
struct BodyPart {
  enum class Kind { html, component };
  Kind kind = Kind::html;
  std::string html;  // of Kind::html
  std::string name;  // of Kind::component
  DataTable params;  // of Kind::component, its TOML
  Place place;       // of Kind::component, its opening fence
  // The lines of the source that it came from, as bytes; parts are neighbours there, as they are in the page.
  std::size_t source_begin = 0, source_end = 0;
};

struct Heading {
  int level = 1;     // 1-6
  std::string id;    // unique on the page
  std::string text;  // plain text, not escaped
  std::string html;  // inline markup without links, images (their alternative text stands in) and raw HTML
};

struct Body {
  std::vector<BodyPart> parts;    // neighbouring HTML is one part
  std::vector<Heading> headings;  // in order; the table of contents
  // The inline markup of the first paragraph that is more than images, made as Heading::html is; empty when there is none.
  std::string summary_html;
  std::size_t words = 0;  // of text, code blocks left out; every Chinese or Japanese character counts as one
};

// A link or image destination as written (entities decoded, percent-encoding kept) and where it stands.
struct LinkUse {
  std::string_view destination;
  Place place;
};
// Returns what to write instead (not escaped for HTML), or nothing to leave it as it is. Reports its own errors.
using LinkResolver = std::function<std::optional<std::string>(const LinkUse&)>;

// Prepares cmark-gfm's extensions. Must have returned once before threads call parse_markdown; cheap to call again.
void prepare_markdown();

// Heading ids are the slug of the text (base/text.h), "section" where that is empty, with "-1", "-2" … for repetitions;
// an explicit id may be given as `## Title {#id}`. Tables stand in `<div class="table-scroll">`, their cells have the
// classes align-left, align-center, align-right. Footnotes have the ids fn-1 … and fnref-1 …
//
// Reports, where the reader should look for it in `source`:
//   content/component-line         a component's name with something else on its line
//   content/bad-component-toml     the TOML of a component, with the parser's own message
//   content/duplicate-heading-id   an explicit id that the page has already
//   content/shortcode              (a warning) the first {{< or {{% of a page that visitors would see
//   content/nesting-too-deep       quotes and list items in each other, more than 100
//   content/too-large              more than 256 MB
// Safe to call from several threads. Empty if and only if it reported an error (what `resolve` reports does not count).
[[nodiscard]] std::optional<Body> parse_markdown(const SourcePtr& source, std::size_t begin,
                                                 const MarkdownOptions& options, const LinkResolver& resolve,
                                                 Diagnostics& diagnostics);

// One parameter's worth of Markdown, e.g. a component's `markdown` parameter. Headings get no ids and footnotes are
// left as text, because a page may hold many fragments; a fenced `{name}` is plain code. Every LinkUse has `place`.
[[nodiscard]] std::string render_markdown_fragment(std::string_view markdown, const MarkdownOptions& options,
                                                   const LinkResolver& resolve = {}, const Place& place = {});

}  // namespace hardtop
