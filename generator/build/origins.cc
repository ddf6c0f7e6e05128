#include "build/origins.h"

#include <algorithm>

#include "base/html.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

struct Origins::Page::Made {
  Place fallback;  // the content file, or the output file where there is none
  SourcePtr source;
  Body body;
  std::vector<std::pair<std::string, Place>> links;  // destinations in the body, as they were resolved
  bool has_content = false;
  Renderer::Marked marked;  // its parts point into `body`

  [[nodiscard]] Place find_in_content(std::size_t content_offset, std::string_view text) const;
};

Origins::Page::Page(std::unique_ptr<Made> made) : made_(std::move(made)) {}
Origins::Page::Page(Page&&) noexcept = default;
Origins::Page::~Page() = default;

std::string_view Origins::Page::html() const { return made_->marked.html; }

Origins::Page Origins::open(const OutputJob& job, std::size_t size) const {
  auto made = std::make_unique<Page::Made>();
  made->fallback = whole_file(job.at.output);
  if (job.page != kNone) {
    const hardtop::Page& page = site_.pages[job.page];
    const std::string shown = "content/" + page.file.path;
    made->fallback = whole_file(shown);
    std::string text;
    if (files_.read(join_path(content_dir_, page.file.path), text)) return Page(std::move(made));
    Diagnostics ignored;
    made->source = make_source(shown, std::move(text));
    made->fallback = {made->source};
    made->has_content = true;
    const LinkResolver resolve = [&](const LinkUse& use) {
      std::vector<PageIndex> used;
      auto resolved = links_.resolve(page.file.path, use, {used}, ignored);
      made->links.emplace_back(resolved ? *resolved : std::string(use.destination), use.place);
      return resolved;
    };
    if (auto parsed =
            parse_markdown(made->source, page.file.front.body_offset, markdown_options(site_.config), resolve, ignored))
      made->body = std::move(*parsed);
  }
  made->marked = renderer_.render_marked(job, made->body);
  // A file that changed meanwhile gives other HTML: no place is better than a wrong one.
  if (made->marked.html.size() != size) made->marked = {};
  return Page(std::move(made));
}

namespace {

std::size_t count_in(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

Place Origins::Page::Made::find_in_content(std::size_t content_offset, std::string_view text) const {
  const Renderer::Marked::Part* part = nullptr;
  for (const auto& candidate : marked.parts)
    if (candidate.content_offset <= content_offset) part = &candidate;
  if (!part) return fallback;
  if (part->part->kind == BodyPart::Kind::component) return part->part->place;

  // A link that Markdown wrote: its destination, as it was resolved. Of several, the one that stands as many links of
  // that destination before it as the HTML does.
  const std::string decoded = decode_attribute(text);
  std::size_t before = 0;
  const std::string_view html = marked.html;
  const auto content_begin =
      std::find_if(marked.marks.begin(), marked.marks.end(), [](const OutputMark& m) { return m.name == "content"; });
  if (content_begin != marked.marks.end()) {
    const std::string quoted = "\"" + std::string(text) + "\"";
    const std::size_t end = content_begin->output_offset + content_offset;
    for (std::size_t at = html.find(quoted, content_begin->output_offset); at != std::string_view::npos && at + 1 < end;
         at = html.find(quoted, at + 1))
      ++before;
  }
  const Place* nearest = nullptr;
  for (const auto& [destination, place] : links) {
    // The HTML has it percent-encoded where the source need not.
    if (destination != decoded && decode_percent(destination) != decode_percent(decoded)) continue;
    nearest = &place;
    if (before-- == 0) break;
  }
  if (nearest) return *nearest;

  // Raw HTML in Markdown stands in the source as it does in the output, as often; where code shows the same, it is escaped.
  if (text.empty()) return fallback;
  const std::size_t begin = std::min(part->part->source_begin, source->text.size());
  const std::size_t end = std::min(std::max(part->part->source_end, begin), source->text.size());
  const std::string_view written = std::string_view(source->text).substr(begin, end - begin);
  const std::string_view made = std::string_view(part->part->html).substr(0, content_offset - part->content_offset);
  std::string escaped;
  append_escaped_text(escaped, text);
  std::size_t seen = count_in(made, text) + (escaped == text ? 0 : count_in(made, escaped));
  std::size_t at = written.find(text);
  for (; at != std::string_view::npos && seen > 0; --seen) {
    const std::size_t next = written.find(text, at + 1);
    if (next == std::string_view::npos) break;
    at = next;
  }
  return at == std::string_view::npos ? fallback : Place{source, begin + at, text.size()};
}

Place Origins::Page::find(std::size_t offset, std::size_t length) const {
  const auto& marks = made_->marked.marks;
  const auto after = std::upper_bound(marks.begin(), marks.end(), offset,
                                      [](std::size_t at, const OutputMark& mark) { return at < mark.output_offset; });
  if (after == marks.begin()) return made_->fallback;
  const OutputMark& mark = *std::prev(after);
  const std::string_view text = html().substr(std::min(offset, html().size()), length);
  if (mark.name == "content" && made_->has_content) return made_->find_in_content(offset - mark.output_offset, text);
  Place place = mark.place;
  if (mark.name.empty() && place.has_position()) {
    // Literal text stands in the template as it does in the output.
    place.offset = std::min(place.offset + (offset - mark.output_offset), place.source->text.size());
    place.length = length;
  }
  return place;
}

}  // namespace hardtop
