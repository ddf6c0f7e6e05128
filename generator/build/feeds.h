// The files that machines read: Atom feed, sitemap, robots.txt, and the pages that redirect from aliases.
#pragma once

#include <string>
#include <vector>

#include "build/site_model.h"

namespace hardtop {

// Pages for the feed, by their last change (`updated`, else `date`; pages without either are left out), newest first:
// listed, in the sections that [feeds] names, at most its limit.
[[nodiscard]] std::vector<PageIndex> feed_pages(const SiteModel& site);

// feed.xml, Atom (RFC 4287). Needs Page::content of its pages, or summaries. The feed's own `updated` is its newest
// page's: no clock is read.
[[nodiscard]] std::string atom_feed(const SiteModel& site, const std::vector<PageIndex>& pages);

// sitemap.xml (sitemaps.org protocol 0.9): one file up to 50,000 URLs, else an index and its parts sitemap-1.xml and so on. Every
// page that is rendered, list pages included, in the order of jobs; the 404 page is left out.
[[nodiscard]] std::vector<OutputFile> sitemap(const SiteModel& site, const std::vector<OutputJob>& jobs);
// The names of its files.
[[nodiscard]] std::vector<std::string> sitemap_names(const std::vector<OutputJob>& jobs);

// robots.txt (RFC 9309): everything is allowed, the sitemap is named.
[[nodiscard]] std::string robots_txt(const SiteConfig& config);

// A page that leads on to `url` (root-relative) at once, with or without JavaScript.
[[nodiscard]] std::string redirect_page(const SiteConfig& config, const std::string& url, std::string_view title);

// "https://www.example.com" + a root-relative URL.
[[nodiscard]] std::string absolute_url(const SiteConfig& config, std::string_view url);

}  // namespace hardtop
