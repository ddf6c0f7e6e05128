// The commonest update: pages were edited, and which output files there are is as before, so that most passes before the
// bodies need not run. Where only the text and the description differ, nothing moves at all; where titles, dates, weights,
// terms or parameters do, lists, terms and the feed are made again (session_regroup.cc). The dependency record says which
// pages to look at: those that show the text, and, where what lists show is another, those that show the page's card.
// session_update.cc is the essay.
#include <algorithm>

#include "base/parallel.h"
#include "build/feeds.h"
#include "build/lists.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

bool is_same(const DataTable& a, const DataTable& b);

// Where it stands counts: messages about it name the line.
bool is_same(const Data& a, const Data& b) {
  if (a.value.index() != b.value.index() || a.offset != b.offset || a.length != b.length) return false;
  if (const DataTable* table = a.table()) return is_same(*table, *b.table());
  if (const DataArray* array = a.array())
    return std::equal(array->begin(), array->end(), b.array()->begin(), b.array()->end(),
                      [](const Data& x, const Data& y) { return is_same(x, y); });
  if (const auto* on = std::get_if<bool>(&a.value)) return *on == std::get<bool>(b.value);
  if (const auto* whole = std::get_if<std::int64_t>(&a.value)) return *whole == std::get<std::int64_t>(b.value);
  if (const auto* number = std::get_if<double>(&a.value)) return *number == std::get<double>(b.value);
  if (const auto* date = std::get_if<Date>(&a.value)) return *date == std::get<Date>(b.value);
  if (const std::string* text = a.text()) return *text == *b.text();
  return true;  // null
}

bool is_same(const DataTable& a, const DataTable& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const DataEntry& x, const DataEntry& y) { return x.key == y.key && is_same(x.value, y.value); });
}

// Whether the page's address and its redirects are the same, whatever else is not.
bool has_same_outputs(const Page& a, const Page& b) {
  const FrontMatter &x = a.file.front, &y = b.file.front;
  return x.draft == y.draft && x.slug == y.slug && x.url == y.url && (a.title == b.title || x.aliases.empty()) &&
         std::equal(x.aliases.begin(), x.aliases.end(), y.aliases.begin(), y.aliases.end(),
                    [](const Alias& p, const Alias& q) { return p.url == q.url; }) &&
         // Templates are compiled for the names of parameters.
         std::equal(x.params.begin(), x.params.end(), y.params.begin(), y.params.end(),
                    [](const DataEntry& p, const DataEntry& q) { return p.key == q.key; });
}

// Of pages with the same outputs: everything but the text, the description and where most keys stand.
bool is_same_place(const Page& a, const Page& b) {
  const FrontMatter &x = a.file.front, &y = b.file.front;
  return a.title == b.title && x.date == y.date && x.updated == y.updated && x.expires == y.expires &&
         x.weight == y.weight && x.layout == y.layout && x.taxonomies == y.taxonomies && is_same(x.params, y.params);
}

}  // namespace

// The changed files, read again. Nothing where the update must go the longer way: it finds the same out, and reports it.
std::optional<std::vector<EditedPage>> Session::Work::read_edited() const {
  // In production the runtime's name, which all pages have, is made from what all pages need.
  if (!is_built || kept->unsaved.empty() || (!options.development && declaration.asks)) return std::nullopt;
  LoadContentOptions load;
  for (const Taxonomy& taxonomy : site.config.taxonomies) load.taxonomies.push_back(taxonomy.name);
  std::vector<EditedPage> edited;
  for (const std::string& path : kept->unsaved) {
    if (!path.starts_with("content/")) return std::nullopt;
    const PageIndex i = site.page_by_path.find(path.substr(8));
    if (i == kNone) return std::nullopt;
    Diagnostics found;
    auto file = load_content_file(files, content_dir(), "content", path.substr(8), load, found);
    if (!file || found.error_count() + found.warning_count() > 0) return std::nullopt;
    Page page = make_page_of(std::move(*file));
    if (!has_same_outputs(site.pages[i], page) || reason_to_leave_out(page.file.front)) return std::nullopt;
    const bool is_moved = !is_same_place(site.pages[i], page);
    if (is_moved && (!told_early.empty() || (page.title != site.pages[i].title && is_named_everywhere(i))))
      return std::nullopt;
    // What was said of it has another line now.
    for (const Diagnostic& d : told_early) {
      const auto is_of = [&](const Place& place) { return place.source && place.source->path == path; };
      if (is_of(d.place) || std::any_of(d.notes.begin(), d.notes.end(), [&](const Note& n) { return is_of(n.place); }))
        return std::nullopt;
    }
    edited.push_back({i, std::move(page), is_moved});
  }
  return edited;
}

// Whether every page shows its title: menus do.
bool Session::Work::is_named_everywhere(PageIndex page) const {
  const std::vector<PageIndex>& shown = template_data->pages_shown_everywhere();
  return page == policy_page || std::find(shown.begin(), shown.end(), page) != shown.end();
}

// The passes from the bodies on, and those before them that the edit needs. False and no error where it must go the longer
// way: nothing has been reported then.
bool Session::Work::edit_pages(std::vector<EditedPage> edited) {
  is_built = false;
  if (!is_recorded) record();
  const bool is_moved = std::any_of(edited.begin(), edited.end(), [](const EditedPage& e) { return e.is_moved; });
  std::vector<std::string> cards(edited.size());
  for (std::size_t n = 0; n < edited.size(); ++n) {
    Page& fresh = edited[n].fresh;
    Page& page = site.pages[edited[n].page];
    if (page.file.source->text == fresh.file.source->text) continue;
    cards[n] = page.summary + '\n' + page.file.front.description;
    page.file.source = std::move(fresh.file.source);
    page.kept->is_good = false;
    if (is_moved) {
      page.title = std::move(fresh.title);
      page.file.front = std::move(fresh.file.front);
      note_moments_of(page.file.front);
      continue;
    }
    // Values of templates borrow from its parameters: the rest stays where it is.
    page.file.front.description = std::move(fresh.file.front.description);
    page.file.front.body_offset = fresh.file.front.body_offset;
    page.file.front.params_offset = fresh.file.front.params_offset;
    page.file.front.layout_offset = fresh.file.front.layout_offset;
    page.file.front.url_offset = fresh.file.front.url_offset;
    page.file.front.aliases = std::move(fresh.file.front.aliases);
  }
  std::vector<std::size_t> to_look_at;
  if (is_moved) {
    auto differing = regroup();
    if (!differing) return false;
    to_look_at = std::move(*differing);
  }
  for (const Diagnostic& d : told_early) diagnostics->add(d);
  rendered.assign(jobs.size(), {});
  is_edited = true;
  if (!parse_bodies()) return false;

  policies.clear();
  policies.add(policies_of_files);
  template_data->make_section_cards();
  // Of the last whole update. What stands in lists since then it does not know; everything else is where it was.
  std::vector<std::uint8_t> has_other_card(site.pages.size());
  const auto look_at = [&](const std::string& node) {
    for (const std::string& output : dependencies.outputs_of(node))
      if (const std::uint32_t job = outputs.find(output); job < jobs.size()) to_look_at.push_back(job);
  };
  for (std::size_t n = 0; n < edited.size(); ++n) {
    const Page& page = site.pages[edited[n].page];
    look_at("~body " + page.file.path);
    if (!edited[n].is_moved && cards[n] == page.summary + '\n' + page.file.front.description) continue;
    look_at("~card " + page.file.path);
    has_other_card[edited[n].page] = 1;
  }
  for (std::size_t i = 0; i < jobs.size(); ++i)
    if (made[i].stamp == 0) to_look_at.push_back(i);  // what it reports is to be reported
  for (std::size_t i = 0; i < jobs.size(); ++i)
    if (shows_any(site, jobs[i], has_other_card)) to_look_at.push_back(i);
  std::sort(to_look_at.begin(), to_look_at.end());
  to_look_at.erase(std::unique(to_look_at.begin(), to_look_at.end()), to_look_at.end());
  for_each_index(to_look_at.size(), options.jobs, [&](std::size_t n) {
    rendered[to_look_at[n]].path = jobs[to_look_at[n]].at.output;
    make_if_it_differs(to_look_at[n], false);
  });
  add_up_pages();
  lists_moved = is_moved;
  if (diagnostics->has_errors() || !check_pages() || !publish_written()) return false;
  is_built = true;
  return true;
}

// What may be other than the caller has it.
SiteOutput Session::Work::collect_edited() {
  SiteOutput out;
  out.pages = jobs.size();
  out.headers = headers_for_files(one_of_each_ending);
  if (site.config.feed) out.files.push_back({"feed.xml", atom_feed(site, in_feed), ""});
  if (lists_moved)  // it has the dates of pages
    for (OutputFile& file : sitemap(site, jobs)) out.files.push_back(std::move(file));
  for (OutputFile& file : rendered)
    if (!file.bytes.empty()) out.files.push_back(std::move(file));
  rendered.clear();
  return out;
}

}  // namespace hardtop
