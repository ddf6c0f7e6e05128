#include "build/origins.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/paths.h"
#include "base/read_number.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::string_view kLinkName = "hardtop-link-";

// How often `part` stands in `text`, but for the places that are not counted.
template <typename LeftOut>
std::size_t count_in(std::string_view text, std::string_view part, const LeftOut& is_left_out) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    if (!is_left_out(at)) ++count;
  return count;
}

bool is_tag(std::string_view text) { return text.starts_with('<') && text.find('>') == text.size() - 1; }

}  // namespace

struct Origins::Page::Made {
  Place fallback;  // the content file, or the output file where there is none
  SourcePtr source;
  Body body;
  // Links and images that Markdown wrote, by their part and the offset of their URL in its HTML.
  std::map<std::pair<const BodyPart*, std::size_t>, Place> links;
  bool has_content = false;
  Renderer::Marked marked;  // its parts point into `body`

  void find_links(const BodyPart& part, std::string_view named_html, const std::vector<Place>& places);
  [[nodiscard]] Place find_in_content(std::size_t content_offset, std::string_view text) const;
};

Origins::Page::Page(std::unique_ptr<Made> made) : made_(std::move(made)) {}
Origins::Page::Page(Page&&) noexcept = default;
Origins::Page::~Page() = default;

std::string_view Origins::Page::html() const { return made_->marked.html; }
const SourcePtr& Origins::Page::source() const { return made_->source; }

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
      return links_.resolve(page.file.path, use, {used}, ignored);
    };
    const auto parse = [&](const LinkResolver& resolver) {
      return parse_markdown(made->source, page.file.front.body_offset, markdown_options(site_.config), resolver,
                            ignored);
    };
    // Once more with a name for each link in place of its URL: where that stands in the HTML, it stands before the other one.
    std::vector<Place> places;
    const LinkResolver name_links = [&](const LinkUse& use) -> std::optional<std::string> {
      places.push_back(use.place);
      return std::string(kLinkName) + std::to_string(places.size() - 1) + ".";
    };
    auto parsed = parse(resolve), named = parse(name_links);
    if (parsed) made->body = std::move(*parsed);
    if (named && named->parts.size() == made->body.parts.size())
      for (std::size_t i = 0; i < named->parts.size(); ++i)
        made->find_links(made->body.parts[i], named->parts[i].html, places);
  }
  made->marked = renderer_.render_marked(job, made->body);
  // A file that changed meanwhile gives other HTML: no place is better than a wrong one.
  if (made->marked.html.size() != size) made->marked = {};
  return Page(std::move(made));
}

void Origins::Page::Made::find_links(const BodyPart& part, std::string_view named_html,
                                     const std::vector<Place>& places) {
  const std::string_view html = part.html;
  std::size_t seen = 0, url = 0;  // of what stands in both, as far as it has been walked
  for (std::size_t name = named_html.find(kLinkName); name != std::string_view::npos;
       name = named_html.find(kLinkName, name + 1)) {
    const std::size_t number_begin = name + kLinkName.size(), end = named_html.find('.', number_begin);
    std::size_t number = 0;
    if (end == std::string_view::npos || name < seen || name == 0 || named_html[name - 1] != '"' ||
        !read_number(named_html.substr(number_begin, end - number_begin), number) || number >= places.size())
      continue;  // somebody's text
    url += name - seen;
    if (url >= html.size()) return;
    links.emplace(std::pair(&part, url), places[number]);
    url = std::min(html.find('"', url), html.size());
    seen = end + 1;
  }
}

Place Origins::Page::Made::find_in_content(std::size_t content_offset, std::string_view text) const {
  const Renderer::Marked::Part* part = nullptr;
  for (const auto& candidate : marked.parts)
    if (candidate.content_offset <= content_offset) part = &candidate;
  if (!part) return fallback;
  if (part->part->kind == BodyPart::Kind::component) return part->part->place;

  const std::size_t in_part = content_offset - part->content_offset;
  if (const auto link = links.find({part->part, in_part}); link != links.end()) return link->second;
  // A tag that Markdown wrote is where its URL is.
  if (is_tag(text))
    if (const auto link = links.lower_bound({part->part, in_part});
        link != links.end() && link->first.first == part->part && link->first.second < in_part + text.size())
      return link->second;

  // Raw HTML in Markdown stands in the source as it does in the output, as often, when the URLs that Markdown wrote are left
  // out in both; where code shows the same, it is escaped.
  if (text.empty()) return fallback;
  const std::size_t begin = std::min(part->part->source_begin, source->text.size());
  const std::size_t end = std::min(std::max(part->part->source_end, begin), source->text.size());
  const std::string_view written = std::string_view(source->text).substr(begin, end - begin);
  const std::string_view made = std::string_view(part->part->html).substr(0, in_part);
  std::string escaped;
  append_escaped_text(escaped, text);
  const auto is_url = [&](std::size_t at) { return links.contains({part->part, at}); };
  std::size_t seen = count_in(made, text, is_url) + (escaped == text ? 0 : count_in(made, escaped, is_url));
  // "](url)": where a link says no more than where it leads, its text is in the HTML, too.
  std::set<std::size_t> destinations;
  for (const auto& [where, place] : links)
    if (place.offset > 0 && place.has_position() && source->text[place.offset - 1] == '(')
      destinations.insert(place.offset);
  std::size_t last = std::string_view::npos;
  for (std::size_t at = written.find(text); at != std::string_view::npos; at = written.find(text, at + 1)) {
    if (destinations.contains(begin + at)) continue;
    last = at;
    if (seen-- == 0) break;
  }
  return last == std::string_view::npos ? fallback : Place{source, begin + last, text.size()};
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
