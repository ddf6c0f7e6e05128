// What groups pages: sections (folders), terms of taxonomies, and the list pages that show them. From this comes the
// list of every HTML file to render.
#pragma once

#include <cstdint>
#include <vector>

#include "build/site_model.h"

namespace hardtop {

// Fills site.sections and site.taxonomies from pages that have their URLs. Order in lists: weight (unset last), newest
// first, title, path. A folder without _index.md is a section with a title from its name.
// Reports build/empty-term (a term without a letter or digit), build/ambiguous-term (two that only signs tell apart),
// build/duplicate-url (two home pages) and, as warnings, build/unknown-feed-section and build/unlisted-term (of a page that no list
// shows).
void group_pages(SiteModel& site, Diagnostics& diagnostics);

// One job an HTML file, in a stable order; lists are cut into list pages.
[[nodiscard]] std::vector<OutputJob> plan_jobs(const SiteModel& site);

// The pages that a list job shows; empty for other jobs. Points into `site`.
struct ListSlice {
  const PageIndex* first = nullptr;
  std::size_t count = 0;
  std::size_t list_pages = 1;  // how many the whole list takes
};
[[nodiscard]] ListSlice list_slice(const SiteModel& site, const OutputJob& job);

// Whether the job's list shows one of the pages that are set in `pages`, which stands beside site.pages.
[[nodiscard]] bool shows_any(const SiteModel& site, const OutputJob& job, const std::vector<std::uint8_t>& pages);

// The location of another list page of the same list (from 0).
[[nodiscard]] Location locate_list(const SiteModel& site, const OutputJob& job, std::size_t list_page);

// "my-first-post" -> "My first post".
[[nodiscard]] std::string title_from_name(std::string_view name);

}  // namespace hardtop
