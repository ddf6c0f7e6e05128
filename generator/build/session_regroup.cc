// Lists, terms and the feed of pages whose front matter was edited. What they show is made anew for the whole site, which
// takes little; costly is looking at every page, and most show none of it. session_update.cc is the essay.
#include <algorithm>

#include "build/feeds.h"
#include "build/lists.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

// What each job's list shows.
std::vector<std::vector<PageIndex>> shown_by(const SiteModel& site, const std::vector<OutputJob>& jobs) {
  std::vector<std::vector<PageIndex>> shown(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const ListSlice slice = list_slice(site, jobs[i]);
    shown[i].assign(slice.first, slice.first + slice.count);
  }
  return shown;
}

// What pages show of terms: by taxonomy, term.
struct ShownTerm {
  std::string slug, name;
  std::size_t count;
  bool operator==(const ShownTerm&) const = default;
};
std::vector<std::vector<ShownTerm>> terms_of(const SiteModel& site) {
  std::vector<std::vector<ShownTerm>> all;
  for (const TaxonomyModel& taxonomy : site.taxonomies) {
    auto& terms = all.emplace_back();
    for (const Term& term : taxonomy.terms) terms.push_back({term.slug, term.name, term.pages.size()});
  }
  return all;
}

bool is_same_output(const OutputJob& a, const OutputJob& b) {
  return a.kind == b.kind && a.page == b.page && a.section == b.section && a.taxonomy == b.taxonomy &&
         a.term == b.term && a.list_page == b.list_page && a.at.output == b.at.output && a.at.url == b.at.url;
}

}  // namespace

// The jobs that may come out another way, beside those that show the edited pages themselves. Nothing where there are other output files
// now, or something to report: then all passes have to run.
std::optional<std::vector<std::size_t>> Session::Work::regroup() {
  const auto shown_before = shown_by(site, jobs);
  const auto terms_before = terms_of(site);
  const std::vector<PageIndex> feed_before = in_feed;

  Diagnostics found;
  group_pages(site, found);
  std::vector<OutputJob> next = plan_jobs(site);
  if (!std::equal(jobs.begin(), jobs.end(), next.begin(), next.end(), is_same_output)) return std::nullopt;
  const auto terms_now = terms_of(site);
  assign_layouts(site, *theme, next, found);
  template_data.emplace(TemplateInputs{site, *theme, *links, asset_urls, data, *consent_values, options.development},
                        found);
  if (found.error_count() + found.warning_count() > 0) return std::nullopt;
  template_data->prepare_stamps();
  for (const PageIndex i : feed_before) site.pages[i].in_feed = false;
  in_feed = feed_pages(site);
  for (const PageIndex i : in_feed) site.pages[i].in_feed = true;

  std::vector<std::uint8_t> is_other(site.pages.size());  // the page, or its card
  // A term's name and count stand on every page that has it.
  std::vector<std::uint8_t> has_other_terms(site.taxonomies.size());
  for (std::size_t t = 0; t < terms_now.size(); ++t) {
    if (terms_now[t] == terms_before[t]) continue;
    has_other_terms[t] = 1;
    for (std::size_t n = 0; n < terms_now[t].size(); ++n)
      if (terms_now[t][n] != terms_before[t][n])
        for (const PageIndex page : site.taxonomies[t].terms[n].pages) is_other[page] = 1;
  }
  const auto is_in = [](const std::vector<PageIndex>& feed, PageIndex page) {
    return std::find(feed.begin(), feed.end(), page) != feed.end();
  };
  for (const PageIndex i : feed_before)
    if (!is_in(in_feed, i)) is_other[i] = 1;
  for (const PageIndex i : in_feed)
    if (!is_in(feed_before, i)) is_other[i] = 1;

  std::vector<std::size_t> differing;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    OutputJob& job = jobs[i];
    const ListSlice slice = list_slice(site, job);
    if (job.layout != next[i].layout || (job.page != kNone && is_other[job.page]) ||
        (job.taxonomy != kNone && has_other_terms[job.taxonomy]) ||
        !std::equal(shown_before[i].begin(), shown_before[i].end(), slice.first, slice.first + slice.count) ||
        shows_any(site, job, is_other))
      differing.push_back(i);
    job.layout = next[i].layout;
  }
  return differing;
}

}  // namespace hardtop
