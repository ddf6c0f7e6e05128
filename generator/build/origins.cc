#include "build/origins.h"

#include <algorithm>

#include "base/html.h"
#include "base/url.h"

namespace hardtop {

Place Origins::find_in_content(const SourcePtr& source, const Renderer::Marked& marked,
                               const std::vector<std::pair<std::string, Place>>& links, std::size_t content_offset,
                               std::string_view text) const {
  const Renderer::Marked::Part* part = nullptr;
  for (const auto& candidate : marked.parts)
    if (candidate.content_offset <= content_offset) part = &candidate;
  if (!part) return {source};
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

  // Raw HTML in Markdown stands in the source as it does in the output.
  const std::size_t begin = std::min(part->part->source_begin, source->text.size());
  const std::size_t end = std::min(std::max(part->part->source_end, begin), source->text.size());
  const auto at = std::string_view(source->text).substr(begin, end - begin).find(text);
  if (!text.empty() && at != std::string_view::npos) return {source, begin + at, text.size()};
  return {source};
}

Place Origins::find(const OutputJob& job, std::string_view html, std::size_t offset, std::size_t length) const {
  static const Body kNoBody;
  Body body;
  SourcePtr source;
  std::vector<std::pair<std::string, Place>> links;
  if (job.page != kNone) {
    const Page& page = site_.pages[job.page];
    const std::string shown = "content/" + page.file.path;
    std::string text;
    if (files_.read(join_path(content_dir_, page.file.path), text)) return whole_file(shown);
    Diagnostics ignored;
    source = make_source(shown, std::move(text));
    const LinkResolver resolve = [&](const LinkUse& use) {
      std::vector<PageIndex> used;
      auto resolved = links_.resolve(page.file.path, use, used, ignored);
      links.emplace_back(resolved ? *resolved : std::string(use.destination), use.place);
      return resolved;
    };
    if (auto parsed =
            parse_markdown(source, page.file.front.body_offset, markdown_options(site_.config), resolve, ignored))
      body = std::move(*parsed);
  }
  const Renderer::Marked marked = renderer_.render_marked(job, body);
  // A file that changed meanwhile gives other HTML: no place is better than a wrong one.
  if (marked.html != html) return source ? Place{source} : whole_file(job.at.output);
  const auto after = std::upper_bound(marked.marks.begin(), marked.marks.end(), offset,
                                      [](std::size_t at, const OutputMark& mark) { return at < mark.output_offset; });
  if (after == marked.marks.begin()) return source ? Place{source} : whole_file(job.at.output);
  const OutputMark& mark = *std::prev(after);
  const std::string_view text = std::string_view(marked.html).substr(std::min(offset, marked.html.size()), length);
  if (mark.name == "content" && job.page != kNone)
    return find_in_content(source, marked, links, offset - mark.output_offset, text);
  Place place = mark.place;
  if (mark.name.empty() && place.has_position()) {
    // Literal text stands in the template as it does in the output.
    place.offset = std::min(place.offset + (offset - mark.output_offset), place.source->text.size());
    place.length = length;
  }
  return place;
}

}  // namespace hardtop
