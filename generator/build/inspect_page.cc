// What the gate did to one page, with the places where people wrote what it gated. A build keeps none of it, since it is
// asked for one page at a time by a person who looks at it: the page is rendered and gated again.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "build/origins.h"
#include "build/session_work.h"

namespace hardtop {
namespace {

// A tag's own URL, of the attributes that load.
std::string url_of_tag(const HtmlToken& tag) {
  for (const std::string_view name : {"src", "data", "href"})
    if (const HtmlAttribute* attribute = tag.find(name))
      if (std::string url = decode_attribute(attribute->raw_value); !url.empty()) return url;
  return "";
}

std::string absolute(const std::string& url, const Url& document) {
  const std::optional<Url> parsed = parse_url(url, &document);
  return parsed ? to_string(*parsed) : url;
}

// What one gated document, or a snippet of consent.toml, has inert.
class Inspection {
 public:
  // `find` gives the place of bytes of `html`.
  Inspection(const GateSite& site, std::string_view html, std::string_view url, const GatedHtml& gated,
             std::function<Place(std::size_t offset, std::size_t length)> find)
      : site_(site), html_(html), gated_(gated), find_(std::move(find)) {
    const std::optional<Url> parsed = parse_url(url, &site.services.base());
    document_ = parsed ? *parsed : site.services.base();
  }

  [[nodiscard]] GatedPlace describe(const GateRecord& record) const {
    GatedPlace out;
    out.service = site_.services[record.service].id;
    out.element = record.element;
    const std::size_t end = record.offset + record.length;
    HtmlScanner scanner(html_.substr(record.offset, record.length));
    HtmlToken tag;
    while (scanner.next(tag) && tag.kind != HtmlToken::Kind::start_tag) {
    }
    const bool has_tag = tag.kind == HtmlToken::Kind::start_tag;
    const GateLoad* first = nullptr;
    std::vector<std::string> urls;
    for (const GateLoad& load : gated_.loads) {
      if (load.service != record.service || load.token < record.offset || load.token >= end) continue;
      if (!first) first = &load;
      std::string url = absolute(load.url, document_);
      if (std::ranges::find(urls, url) == urls.end()) urls.push_back(std::move(url));
    }
    // Gated by data-service alone: what it loads may be the site's own.
    if (urls.empty() && has_tag)
      if (const std::string url = url_of_tag(tag); !url.empty()) urls.push_back(absolute(url, document_));
    if (!urls.empty()) {
      out.url = std::move(urls.front());
      out.more_urls.assign(std::make_move_iterator(urls.begin() + 1), std::make_move_iterator(urls.end()));
    }
    // The tag as it was written, and where Markdown wrote it (an image), its URL.
    if (has_tag) out.place = find_(record.offset + tag.begin, tag.end - tag.begin);
    if (!out.place.has_position() && first) {
      Place place = find_(first->offset, first->length);
      if (place.has_position() || !has_tag) out.place = std::move(place);
    }
    return out;
  }

 private:
  const GateSite& site_;
  const std::string_view html_;
  const GatedHtml& gated_;
  const std::function<Place(std::size_t, std::size_t)> find_;
  Url document_;
};

using Placed = std::pair<std::size_t, GatedPlace>;  // where it stands in the page

// A [[service.tag]]: it moves as one, and what other services have in it is gated once more.
void add_tag(const GateSite& site, std::string_view url, const Publisher::DeclaredTag& tag, std::size_t at,
             std::vector<Placed>& out) {
  const ServiceTag& declared = *tag.tag;
  const GatedHtml gated = gate_html(site, declared.html, url, GateMode::tag, tag.service);
  const Inspection inspection(site, declared.html, url, gated, [&](std::size_t offset, std::size_t length) {
    if (declared.html_offset == Place::kWholeFile) return declared.place;
    return Place{declared.place.source, declared.html_offset + offset, length};
  });
  for (std::size_t i = 0; i < gated.records.size(); ++i) {
    GateRecord record = gated.records[i];
    if (i == 0) {  // the snippet itself
      if (site.services[tag.service].necessary) continue;
      HtmlScanner scanner(declared.html);
      for (HtmlToken token; record.element == "template" && scanner.next(token);)
        if (token.kind == HtmlToken::Kind::start_tag) record.element = to_lower_ascii(token.name);
    }
    out.emplace_back(at, inspection.describe(record));
  }
}

std::size_t place_of_tag(ServiceTag::At at, const GatedHtml& gated) {
  return at == ServiceTag::At::head         ? gated.head_end
         : at == ServiceTag::At::body_start ? gated.body_begin
                                            : gated.body_end;
}

}  // namespace

std::optional<PageReport> Session::inspect(std::string_view output) const {
  const Work& work = *work_;
  if (!work.is_built || !work.kept) return std::nullopt;
  const GateSite& site = *work.gate_site;
  PageReport report;
  std::vector<Placed> placed;
  const auto add_services = [&](const std::vector<ServiceIndex>& all) {
    for (const ServiceIndex i : all) {
      const Service& service = site.services[i];
      report.services.push_back({service.id, service.name, service.category, service.necessary});
    }
  };

  const auto job = std::ranges::find(work.jobs, output, [](const OutputJob& one) { return one.at.output; });
  const auto written = std::ranges::find(work.written_html, output, &WrittenHtml::output);
  if (job != work.jobs.end()) {
    if (job->page != kNone) report.content = "content/" + work.site.pages[job->page].file.path;
    add_services(work.service_sets.at(job->carries));
    const Origins origins(work.files, work.content_dir(), work.site, *work.renderer, *work.links);
    const Origins::Page page =
        origins.open(*job, work.findings[static_cast<std::size_t>(job - work.jobs.begin())].html_size);
    const GatedHtml gated = gate_html(site, page.html(), job->at.url);
    const Inspection inspection(site, page.html(), job->at.url, gated,
                                [&](std::size_t offset, std::size_t length) { return page.find(offset, length); });
    for (const Publisher::DeclaredTag& tag : work.publisher->declared_tags(job->at.url))
      if (tag.tag->at != ServiceTag::At::body_end)
        add_tag(site, job->at.url, tag, place_of_tag(tag.tag->at, gated), placed);
    for (const GateRecord& record : gated.records) placed.emplace_back(record.offset, inspection.describe(record));
    for (const Publisher::DeclaredTag& tag : work.publisher->declared_tags(job->at.url))
      if (tag.tag->at == ServiceTag::At::body_end)
        add_tag(site, job->at.url, tag, place_of_tag(tag.tag->at, gated), placed);
  } else if (written != work.written_html.end()) {
    report.content = written->source->path;
    const GatedHtml gated = gate_html(site, written->source->text, written->url);
    add_services(all_services({}, gated));
    const Inspection inspection(site, written->source->text, written->url, gated,
                                [&](std::size_t offset, std::size_t length) {
                                  return Place{written->source, offset, length};
                                });
    for (const GateRecord& record : gated.records) placed.emplace_back(record.offset, inspection.describe(record));
  } else {
    return std::nullopt;
  }
  std::ranges::stable_sort(placed, {}, &Placed::first);
  for (Placed& one : placed) report.gated.push_back(std::move(one.second));
  return report;
}

}  // namespace hardtop
