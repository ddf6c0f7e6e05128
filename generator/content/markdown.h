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
  bool heading_anchors = false;  // a link to itself in every heading
};

// A stretch of a page's body, in order.
struct BodyPart {
  enum class Kind { html, component };
  Kind kind = Kind::html;
  std::string html;           // of Kind::html
  std::string name;           // of Kind::component
  DataTable params;           // of Kind::component, its TOML
  Place place;                // of Kind::component, its opening fence
  std::size_t source_begin = 0, source_end = 0;  // bytes of the source that it came from
};

struct Heading {
  int level = 1;     // 1-6
  std::string id;    // unique on the page
  std::string text;  // plain text, not escaped
  std::string html;  // inline markup without links, escaped
};

// An HTML block or element that was written in Markdown can be placed by this: where blocks of the source went.
struct Body {
  std::vector<BodyPart> parts;   // neighbouring HTML is one part
  std::vector<Heading> headings; // in order
  std::size_t words = 0;         // of its text
  std::string summary_html;      // the first paragraph, without links and footnotes; empty when there is none
};

// A link or image destination as written (entities decoded, percent-encoding kept) and where it stands.
struct LinkUse {
  std::string_view destination;
  bool image = false;
  Place place;
};
// Returns what to write instead (not escaped for HTML), or nothing to leave it as it is. Reports its own errors.
using LinkResolver = std::function<std::optional<std::string>(const LinkUse&)>;

// Prepares cmark-gfm's extensions. Must have returned once before threads call parse_markdown; cheap to call again.
void prepare_markdown();

// Heading ids are the slug of the text (base/text.h), "section" where that is empty, with "-1", "-2" … for repetitions;
// an explicit id may be given as `## Title {#id}`. Reports content/bad-component-toml, content/duplicate-heading-id,
// content/nesting-too-deep. Safe to call from several threads. Empty if and only if it reported an error.
[[nodiscard]] std::optional<Body> parse_markdown(const SourcePtr& source, std::size_t begin,
                                                 const MarkdownOptions& options, const LinkResolver& resolve,
                                                 Diagnostics& diagnostics);

// One parameter's worth of Markdown, e.g. a component's `markdown` parameter. `place` is where errors point.
[[nodiscard]] std::string render_markdown_fragment(std::string_view markdown, const MarkdownOptions& options);

}  // namespace hardtop
