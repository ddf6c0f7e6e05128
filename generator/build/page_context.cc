// TemplateData::fill: the context of one output file.
#include <algorithm>

#include "base/text.h"
#include "build/lists.h"
#include "build/template_data.h"

namespace hardtop {

namespace {

// base_url without its path and final slash: "https://www.example.com".
std::string_view origin_of_base(const SiteConfig& config) {
  return std::string_view(config.base_url).substr(0, config.base_url.size() - config.base_path.size());
}

void set_text(Object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object.set(name, Value::text(text));
}

}  // namespace

void TemplateData::fill_toc(const Body& body, Scratch& scratch) const {
  // Headings of level 2, each with the headings of level 3 below it.
  scratch.toc.clear();
  List* children = nullptr;
  std::size_t count = 0;
  Object* parent = nullptr;
  for (const Heading& heading : body.headings) {
    if (heading.level != 2 && heading.level != 3) continue;
    ++count;
    Object& entry = scratch.arena.object();
    entry.set("title", Value::html(heading.html));
    entry.set("anchor", Value::text(heading.id));
    if (heading.level == 3 && parent) {
      if (!children) {
        children = &scratch.arena.list();
        parent->set("children", Value::list(*children));
      }
      children->push_back(Value::object(entry));
    } else {
      parent = &entry;
      children = nullptr;
      scratch.toc.push_back(Value::object(entry));
    }
  }
  scratch.page.set("toc", Value::list(scratch.toc));
  scratch.page.set("has_toc", Value::flag(count >= 2));
}

void TemplateData::fill_breadcrumbs(SectionIndex section, bool own_page, Scratch& scratch) const {
  scratch.breadcrumbs.clear();
  SectionIndex s = own_page && section != kNone ? in_.site.sections[section].parent : section;
  for (; s != kNone; s = in_.site.sections[s].parent) scratch.breadcrumbs.push_back(Value::object(section_cards_[s]));
  std::reverse(scratch.breadcrumbs.begin(), scratch.breadcrumbs.end());
  scratch.root.set("breadcrumbs", Value::list(scratch.breadcrumbs));
}

void TemplateData::fill_pager(const OutputJob& job, std::size_t list_pages, Scratch& scratch) const {
  scratch.current = std::to_string(job.list_page + 1);
  scratch.total = std::to_string(list_pages);
  Object& pager = scratch.pager;
  pager.set("current", Value::text(scratch.current));
  pager.set("total", Value::text(scratch.total));
  const auto url = [&](std::size_t n) { return Value::text(scratch.arena.keep(locate_list(in_.site, job, n).url)); };
  if (job.list_page > 0) pager.set("previous", url(job.list_page - 1));
  if (job.list_page + 1 < list_pages) pager.set("next", url(job.list_page + 1));
  // Seven list pages around this one.
  const std::size_t first =
      std::min<std::size_t>(job.list_page < 3 ? 0 : job.list_page - 3, list_pages < 7 ? 0 : list_pages - 7);
  List& around = scratch.arena.list();
  for (std::size_t n = first; n < std::min(first + 7, list_pages); ++n) {
    Object& entry = scratch.arena.object();
    entry.set("number", Value::text(scratch.arena.keep(std::to_string(n + 1))));
    entry.set("url", url(n));
    entry.set("active", Value::flag(n == job.list_page));
    around.push_back(Value::object(entry));
  }
  pager.set("pages", Value::list(around));
  scratch.root.set("pager", Value::object(pager));
}

void TemplateData::fill_site(std::uint32_t carries, Scratch& scratch) const {
  Object& root = scratch.root;
  root.set("site", Value::object(site_));
  root.set("assets", Value::object(assets_));
  root.set("t", Value::object(translations_));
  root.set("data", Value::object(data_));
  root.set("consent", in_.consent.on_page(carries, scratch.consent, scratch.arena));
}

void TemplateData::fill_placeholder(const Placeholder& placeholder, Scratch& scratch) const {
  fill_site(0, scratch);
  scratch.root.set("placeholder", in_.consent.placeholder(placeholder, scratch.arena));
}

void TemplateData::fill(const OutputJob& job, const Body& body, Scratch& scratch) const {
  using Kind = OutputJob::Kind;
  const SiteModel& site = in_.site;
  Object& root = scratch.root;
  Object& page = scratch.page;
  root.reserve(22);
  page.reserve(18);

  fill_site(job.carries, scratch);
  root.set("page", Value::object(page));
  const auto menus = menus_by_url_.find(job.at.url);
  root.set("menu", Value::object(menus == menus_by_url_.end() ? *plain_menus_ : *menus->second));
  root.set("is_home", Value::flag(job.kind == Kind::home));
  root.set("is_section", Value::flag(job.kind == Kind::section));
  root.set("is_page", Value::flag(job.kind == Kind::page));
  root.set("is_term", Value::flag(job.kind == Kind::taxonomy || job.kind == Kind::term));
  root.set("is_404", Value::flag(job.kind == Kind::not_found));

  page.set("url", Value::text(job.at.url));
  page.set("permalink", Value::text(scratch.arena.keep(std::string(origin_of_base(site.config)) + job.at.url)));
  std::string_view description = site.config.description;
  if (job.page != kNone) {
    const Page& source = site.pages[job.page];
    const FrontMatter& front = source.file.front;
    page.set("title", Value::text(source.title));
    if (!front.description.empty()) description = front.description;
    if (front.date) page.set("date", page_date(front.date));
    if (front.updated) page.set("updated", page_date(front.updated));
    page.set("params", page_params_[job.page]);
    if (!source.summary.empty()) page.set("summary", Value::html(source.summary));
    scratch.words = std::to_string(source.words);
    scratch.minutes = std::to_string(std::max<std::size_t>(1, (source.words + 110) / 220));
    page.set("words", Value::text(scratch.words));
    page.set("reading_minutes", Value::text(scratch.minutes));
    if (front.draft) page.set("draft", Value::flag(true));
    fill_toc(body, scratch);
    if (page_tags_ && (*page_tags_)[job.page]) page.set("tags", Value::list(*(*page_tags_)[job.page]));
    if (!front.taxonomies.empty()) {
      scratch.taxonomies.clear();
      for (std::size_t t = 0; t < site.taxonomies.size(); ++t) {
        const TaxonomyModel& taxonomy = site.taxonomies[t];
        const List* const terms = page_terms_[t][job.page];
        if (!terms) continue;
        Object& entry = scratch.arena.object();
        entry.set("name", Value::text(taxonomy.config->name));
        entry.set("url", Value::text(taxonomy.at.url));
        entry.set("terms", Value::list(*terms));
        scratch.taxonomies.push_back(Value::object(entry));
      }
      page.set("taxonomies", Value::list(scratch.taxonomies));
    }
  }
  set_text(page, "description", description);

  switch (job.kind) {
    case Kind::page: {
      const SectionIndex s = site.pages[job.page].section;
      if (s != kNone && s != 0) page.set("section", Value::object(section_cards_[s]));
      fill_breadcrumbs(s, false, scratch);
      break;
    }
    case Kind::home:
    case Kind::section: {
      const Section& section = site.sections[job.section];
      if (job.page == kNone) page.set("title", Value::text(section.title));
      for (const SectionIndex child : section.children)
        scratch.sections.push_back(Value::object(section_cards_[child]));
      root.set("sections", Value::list(scratch.sections));
      if (job.kind == Kind::section) fill_breadcrumbs(job.section, true, scratch);
      break;
    }
    case Kind::taxonomy:
      page.set("title", Value::text(site.taxonomies[job.taxonomy].title));
      root.set("terms", Value::list(term_lists_[job.taxonomy]));
      fill_breadcrumbs(0, false, scratch);
      break;
    case Kind::term: {
      const TaxonomyModel& taxonomy = site.taxonomies[job.taxonomy];
      page.set("title", Value::text(taxonomy.terms[job.term].name));
      fill_breadcrumbs(0, false, scratch);
      Object& crumb = scratch.arena.object();
      crumb.set("title", Value::text(taxonomy.title));
      crumb.set("url", Value::text(taxonomy.at.url));
      scratch.breadcrumbs.push_back(Value::object(crumb));
      break;
    }
    case Kind::not_found:
      if (job.page == kNone) {
        const auto title = in_.theme.translations.find("not_found_title");
        page.set("title", Value::text(title == in_.theme.translations.end() ? "Page not found"
                                                                            : std::string_view(title->second)));
      }
      break;
  }
  const ListSlice slice = list_slice(site, job);
  for (std::size_t i = 0; i < slice.count; ++i) {
    Object& card = scratch.arena.object();
    fill_card(slice.first[i], card);
    scratch.pages.push_back(Value::object(card));
  }
  if (slice.count > 0) root.set("pages", Value::list(scratch.pages));
  if (slice.list_pages > 1) fill_pager(job, slice.list_pages, scratch);
}

void TemplateData::set_content(Scratch& scratch, std::string_view content) {
  scratch.root.set("content", Value::html(content));
}

}  // namespace hardtop
