// Patterns that match nothing of the site: `pages` of [[service.tag]], [headers]. What they ask for is asked for in vain, and nobody
// would see it: a snippet is on no page, a header is never sent.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "build/assets.h"
#include "build/site_model.h"
#include "config/consent_config.h"

namespace hardtop {

struct PatternsLookedAt {
  const SiteModel& site;
  const std::vector<OutputJob>& jobs;
  const std::vector<std::string>& other_outputs;  // output paths of all that is no page
  const std::vector<StaticFile>& static_files;    // for the addresses that the site's own _redirects has
  const Files& files;
  bool development = false;  // in production, what hardtop makes has a hash in its name
};

// The addresses that pages would have that are left out today, those of their lists and terms among them. They are planned, but for
// `config`, as a site of their own.
[[nodiscard]] std::vector<std::string> urls_of_left_out(const SiteConfig& config, std::vector<Page> left_out);

// Warns at each pattern that nothing has: build/unmatched-pattern. What is there once drafts are published, once a list is so long that
// it has a second page, or in production, counts as there. `left_out` is urls_of_left_out().
void check_tag_pages(const PatternsLookedAt& at, const ConsentConfig& consent, const std::vector<std::string>& left_out,
                     Diagnostics& diagnostics);
void check_header_paths(const PatternsLookedAt& at, const std::vector<std::string>& left_out, Diagnostics& diagnostics);

}  // namespace hardtop
