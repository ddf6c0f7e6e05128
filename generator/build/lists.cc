#include "build/lists.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "base/ascii.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "base/text.h"
#include "build/urls.h"

namespace hardtop {

namespace {

constexpr auto kLast = std::numeric_limits<std::int64_t>::max();

std::int64_t weight_of(const Page& page) { return page.file.front.weight == 0 ? kLast : page.file.front.weight; }

// What lists sort by, beside each other: most pages are told apart without a look at their titles.
struct SortKey {
  std::int64_t weight;
  std::int64_t newest;        // negated seconds, so that smaller is newer; kLast without a date
  std::uint64_t title_start;  // the first eight bytes that titles are ordered by, the first one highest
  PageIndex page;
};

SortKey sort_key(const SiteModel& site, PageIndex i) {
  const Page& page = site.pages[i];
  const FrontMatter& front = page.file.front;
  const std::string title = fold_for_order(page.title);
  std::uint64_t start = 0;
  for (std::size_t n = 0; n < 8; ++n)
    start = start << 8 | (n < title.size() ? static_cast<unsigned char>(title[n]) : 0u);
  return {weight_of(page), front.date ? -unix_seconds(*front.date) : kLast, start, i};
}

// Sections of all folders that hold pages, and of the folders above them.
void make_sections(SiteModel& site, Diagnostics& diagnostics) {
  std::set<std::string, std::less<>> bundle_folders, section_folders{""};
  for (const Page& page : site.pages) {
    if (page.file.is_section)
      section_folders.emplace(folder_of(page.file.path));
    else if (page.file.is_bundle)
      bundle_folders.emplace(folder_of(page.file.path));
  }
  // A bundle's folder is its page's own, not a section, unless it says so with an _index.md.
  const auto home_folder = [&](const ContentFile& file) {
    std::string_view folder = folder_of(file.path);
    if (file.is_bundle && !folder.empty()) folder = folder_of(folder);
    while (!folder.empty() && bundle_folders.contains(folder) && !section_folders.contains(folder))
      folder = folder_of(folder);
    return folder;
  };
  std::set<std::string, std::less<>> all = section_folders;
  std::string_view seen;  // neighbours mostly share their folder
  for (const Page& page : site.pages) {
    if (page.is_404 || page.is_home) continue;
    const std::string_view own = page.file.is_section ? folder_of(page.file.path) : home_folder(page.file);
    if (own == seen) continue;
    seen = own;
    for (std::string_view folder = own; !folder.empty() && all.emplace(folder).second; folder = folder_of(folder)) {
    }
  }
  for (const std::string& folder : section_folders)
    for (std::string_view above = folder; !above.empty(); above = folder_of(above)) all.emplace(above);

  std::unordered_map<std::string_view, SectionIndex> by_path;
  site.sections.clear();
  site.sections.reserve(all.size());
  for (const std::string& folder : all) {
    Section section;
    section.path = folder;
    section.title = folder.empty() ? site.config.title : title_from_name(file_name(folder));
    section.at = locate_folder(site.config, slug_path(folder));
    site.sections.push_back(std::move(section));
    by_path.emplace(site.sections.back().path, static_cast<SectionIndex>(site.sections.size() - 1));
  }
  for (SectionIndex i = 1; i < site.sections.size(); ++i) {
    site.sections[i].parent = by_path.at(folder_of(site.sections[i].path));
    site.sections[site.sections[i].parent].children.push_back(i);
  }
  std::string_view last;  // neighbours mostly share their folder
  SectionIndex last_section = 0;
  for (PageIndex i = 0; i < site.pages.size(); ++i) {
    Page& page = site.pages[i];
    if (page.is_404) continue;
    if (!page.is_home) {
      const std::string_view folder = page.file.is_section ? folder_of(page.file.path) : home_folder(page.file);
      if (folder != last) last_section = by_path.at(folder);
      last = folder;
    }
    const SectionIndex s = page.is_home ? 0 : last_section;
    page.section = s;
    if (page.is_home || page.file.is_section) {
      if (site.sections[s].page != kNone) {  // a section has one job: the other page would silently be lost
        const ContentFile& other = site.pages[site.sections[s].page].file;
        Diagnostic d;
        d.id = "build/duplicate-url";
        d.place = {page.file.source};
        d.message = "this page and content/" + other.path + " would both be the home page";
        d.hint = "remove one of the two";
        d.notes.push_back({{other.source}, "the other page is here"});
        diagnostics.add(std::move(d));
        continue;
      }
      site.sections[s].page = i;
      site.sections[s].title = page.title;
      site.sections[s].at = page.at;
    }
  }
}

// What slugs leave out and people tell terms by: "C++" is not "C#", but "Sea side" is "sea-side".
std::string symbols_of(std::string_view term) {
  std::string symbols;
  for (const char c : term)
    if (c > ' ' && c < 0x7F && c != '-' && c != '_' && slugify(std::string_view(&c, 1)).empty()) symbols += c;
  return symbols;
}

// `name`, which the page has, and the term before it would be one.
void report_ambiguous(const SiteModel& site, const std::string& taxonomy, const Term& first, const Page& page,
                      const std::string& name, Diagnostics& diagnostics) {
  Diagnostic d;
  d.id = "build/ambiguous-term";
  d.place = place_of_term(page.file.source, taxonomy, name);
  d.message = "the terms '" + name + "' and '" + first.name + "' of " + taxonomy + " have one URL, " + first.at.url +
              ": letters and digits make it";
  d.hint = "write both the same way, or tell them apart by letters or digits";
  d.notes.push_back(
      {place_of_term(site.pages[first.pages.front()].file.source, taxonomy, first.name), "the other is here"});
  diagnostics.add(std::move(d));
}

// Lists show pages; what stands above them, or in their place, has terms for nothing.
void report_unlisted(const Page& page, const std::string& taxonomy, const std::vector<std::string>& names,
                     Diagnostics& diagnostics) {
  if (names.empty()) return;
  const char* whose = page.is_home  ? "the home page"
                      : page.is_404 ? "the page for missing addresses"
                                    : "a section's own page";
  diagnostics.warning(
      place_of_term(page.file.source, taxonomy, names.front()), "build/unlisted-term",
      std::string("terms of ") + whose + " are not listed: the list of '" + names.front() + "' in " + taxonomy +
          " does not show it",
      page.file.is_section && !page.is_home ? "remove them, or give them to the pages of the section" : "remove them");
}

void make_taxonomies(SiteModel& site, Diagnostics& diagnostics) {
  site.taxonomies.clear();
  for (const Taxonomy& config : site.config.taxonomies) {
    TaxonomyModel taxonomy;
    taxonomy.config = &config;
    taxonomy.title = title_from_name(config.name);
    taxonomy.at = locate_folder(site.config, config.name);
    std::unordered_map<std::string_view, std::uint32_t> by_name;  // pages write a term in few ways
    for (PageIndex i = 0; i < site.pages.size(); ++i) {
      const Page& page = site.pages[i];
      const auto found = page.file.front.taxonomies.find(config.name);
      if (found == page.file.front.taxonomies.end()) continue;
      if (!page.is_listed()) {
        report_unlisted(page, config.name, found->second, diagnostics);
        continue;
      }
      for (const std::string& name : found->second) {
        const auto [known, is_new_name] = by_name.try_emplace(name, kNone);
        std::string slug = is_new_name ? slugify(name) : "";
        if (is_new_name ? slug.empty() : known->second == kNone) {
          diagnostics.error(place_of_term(page.file.source, config.name, name), "build/empty-term",
                            "the term '" + name + "' of " + config.name + " has no letter or digit to make a URL from",
                            "rename the term");
          continue;
        }
        if (is_new_name) {
          const auto next = static_cast<std::uint32_t>(taxonomy.terms.size());
          const auto [at, is_new] = taxonomy.by_slug.try_emplace(slug, next);
          known->second = at->second;
          if (is_new) {
            taxonomy.terms.push_back({name, slug, locate_page(site.config, config.name, slug), {}});
          } else if (const Term& first = taxonomy.terms[at->second]; symbols_of(first.name) != symbols_of(name)) {
            report_ambiguous(site, config.name, first, page, name, diagnostics);
          }
        }
        auto& pages = taxonomy.terms[known->second].pages;
        if (pages.empty() || pages.back() != i) pages.push_back(i);
      }
    }
    std::sort(taxonomy.terms.begin(), taxonomy.terms.end(), [](const Term& a, const Term& b) {
      const auto names = compare_names(a.name, b.name);
      return names != 0 ? names < 0 : a.slug < b.slug;
    });
    for (std::uint32_t i = 0; i < taxonomy.terms.size(); ++i) taxonomy.by_slug[taxonomy.terms[i].slug] = i;
    site.taxonomies.push_back(std::move(taxonomy));
  }
}

void sort_lists(SiteModel& site) {
  std::vector<SortKey> keys;
  keys.reserve(site.pages.size());
  for (PageIndex i = 0; i < site.pages.size(); ++i)
    if (site.pages[i].is_listed()) keys.push_back(sort_key(site, i));
  std::sort(keys.begin(), keys.end(), [&](const SortKey& a, const SortKey& b) {
    const auto places = std::tie(a.weight, a.newest, a.title_start) <=> std::tie(b.weight, b.newest, b.title_start);
    if (places != 0) return places < 0;
    const auto titles = compare_names(site.pages[a.page].title, site.pages[b.page].title);
    return titles != 0 ? titles < 0 : a.page < b.page;
  });
  // Every list is a part of the home page's: it is in order if its pages are put there in that order.
  for (Section& section : site.sections) section.pages.clear();
  std::vector<std::uint32_t> place(site.pages.size(), kNone);
  for (std::uint32_t n = 0; n < keys.size(); ++n) {
    const PageIndex i = keys[n].page;
    place[i] = n;
    site.sections[0].pages.push_back(i);
    if (const SectionIndex s = site.pages[i].section; s != 0 && s != kNone) site.sections[s].pages.push_back(i);
  }
  for (TaxonomyModel& taxonomy : site.taxonomies)
    for (Term& term : taxonomy.terms)
      std::sort(term.pages.begin(), term.pages.end(), [&](PageIndex a, PageIndex b) { return place[a] < place[b]; });
  for (Section& section : site.sections)
    std::sort(section.children.begin(), section.children.end(), [&](SectionIndex a, SectionIndex b) {
      const auto weight = [&](SectionIndex s) {
        const PageIndex p = site.sections[s].page;
        return p == kNone ? kLast : weight_of(site.pages[p]);
      };
      const std::int64_t weight_a = weight(a), weight_b = weight(b);
      if (weight_a != weight_b) return weight_a < weight_b;
      const auto titles = compare_names(site.sections[a].title, site.sections[b].title);
      return titles != 0 ? titles < 0 : a < b;
    });
}

// The folder that further list pages of a list at `at` go into: "blog/index.html" -> "blog", "tags/a.html" -> "tags/a".
std::string list_folder(const Location& at) {
  std::string folder = at.output;
  if (folder == "index.html" || folder.ends_with("/index.html"))
    folder.resize(folder.size() - 10);
  else if (const auto dot = folder.rfind('.'); dot != std::string::npos)
    folder.resize(dot);
  if (folder.ends_with('/')) folder.pop_back();
  return folder;
}

// Cuts a list of `count` entries into jobs.
void add_list_jobs(const SiteModel& site, OutputJob job, std::size_t count, std::int64_t per_page,
                   std::vector<OutputJob>& jobs) {
  const std::size_t size = per_page > 0 ? static_cast<std::size_t>(per_page) : count;
  const std::size_t list_pages = count == 0 || size == 0 ? 1 : (count + size - 1) / size;
  for (std::size_t i = 0; i < list_pages; ++i) {
    job.list_page = static_cast<std::uint32_t>(i);
    job.at = locate_list(site, job, i);
    jobs.push_back(job);
  }
}

}  // namespace

std::string title_from_name(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '-' || c == '_' ? ' ' : c;
  if (!out.empty()) out[0] = to_ascii_upper(out[0]);
  return out;
}

void group_pages(SiteModel& site, Diagnostics& diagnostics) {
  make_sections(site, diagnostics);
  if (site.config.feed)
    for (const std::string& name : site.config.feed->sections) {
      std::vector<std::string_view> paths;
      for (const Section& section : site.sections) paths.push_back(section.path);
      if (std::find(paths.begin(), paths.end(), name) != paths.end()) continue;
      // No error: all of its pages may be drafts today.
      const std::string_view near = nearest(name, paths);
      diagnostics.warning(whole_file("site.toml"), "build/unknown-feed-section",
                          "the feed is to hold the section '" + name + "', which has no pages",
                          near.empty() ? "'sections' in [feeds] holds paths of folders below content/"
                                       : "did you mean '" + std::string(near) + "'?");
    }
  make_taxonomies(site, diagnostics);
  sort_lists(site);
}

Location locate_list(const SiteModel& site, const OutputJob& job, std::size_t list_page) {
  using Kind = OutputJob::Kind;
  const Location* first = &job.at;
  if (job.kind == Kind::home || job.kind == Kind::section) first = &site.sections[job.section].at;
  if (job.kind == Kind::taxonomy) first = &site.taxonomies[job.taxonomy].at;
  if (job.kind == Kind::term) first = &site.taxonomies[job.taxonomy].terms[job.term].at;
  return list_page == 0 ? *first : locate_list_page(site.config, list_folder(*first), list_page + 1);
}

std::vector<OutputJob> plan_jobs(const SiteModel& site) {
  using Kind = OutputJob::Kind;
  std::vector<OutputJob> jobs;
  jobs.reserve(site.pages.size() + site.pages.size() / 4);
  bool has_404 = false;
  for (PageIndex i = 0; i < site.pages.size(); ++i) {
    const Page& page = site.pages[i];
    if (page.is_home || page.file.is_section) continue;
    has_404 |= page.is_404;
    OutputJob job;
    job.kind = page.is_404 ? Kind::not_found : Kind::page;
    job.page = i;
    job.at = page.at;
    jobs.push_back(std::move(job));
  }
  for (SectionIndex s = 0; s < site.sections.size(); ++s) {
    OutputJob job;
    job.kind = s == 0 ? Kind::home : Kind::section;
    job.section = s;
    job.page = site.sections[s].page;
    add_list_jobs(site, job, site.sections[s].pages.size(), site.config.per_page, jobs);
  }
  for (std::uint32_t t = 0; t < site.taxonomies.size(); ++t) {
    const TaxonomyModel& taxonomy = site.taxonomies[t];
    OutputJob job;
    job.kind = Kind::taxonomy;
    job.taxonomy = t;
    add_list_jobs(site, job, 0, 0, jobs);
    job.kind = Kind::term;
    for (job.term = 0; job.term < taxonomy.terms.size(); ++job.term)
      add_list_jobs(site, job, taxonomy.terms[job.term].pages.size(), taxonomy.config->per_page, jobs);
  }
  if (!has_404) {
    OutputJob job;
    job.kind = Kind::not_found;
    job.at = {site.config.base_path + "404.html", "404.html"};
    jobs.push_back(std::move(job));
  }
  return jobs;
}

ListSlice list_slice(const SiteModel& site, const OutputJob& job) {
  using Kind = OutputJob::Kind;
  const std::vector<PageIndex>* all = nullptr;
  std::int64_t per_page = site.config.per_page;
  if (job.kind == Kind::home || job.kind == Kind::section) {
    all = &site.sections[job.section].pages;
  } else if (job.kind == Kind::term) {
    all = &site.taxonomies[job.taxonomy].terms[job.term].pages;
    per_page = site.taxonomies[job.taxonomy].config->per_page;
  }
  if (!all || all->empty()) return {};
  const std::size_t size = per_page > 0 ? static_cast<std::size_t>(per_page) : all->size();
  const std::size_t begin = job.list_page * size;
  return {all->data() + begin, std::min(size, all->size() - begin), (all->size() + size - 1) / size};
}

bool shows_any(const SiteModel& site, const OutputJob& job, const std::vector<std::uint8_t>& pages) {
  const ListSlice slice = list_slice(site, job);
  return std::any_of(slice.first, slice.first + slice.count, [&](PageIndex page) { return pages[page] != 0; });
}

}  // namespace hardtop
