// One site, being built: what was read and made of it, and the record of what depends on what. A build is a session's
// first step; the preview server keeps the session and asks it what a changed file touches.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "build/build_site.h"
#include "build/dependencies.h"
#include "build/site_output.h"

namespace hardtop {

class Session {
 public:
  // `files` must outlive the session. Nothing is read yet.
  Session(const Files& files, BuildOptions options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Reads everything and makes every output file, in memory. Collects the errors of a pass, and stops between passes.
  // Empty if and only if it reported an error.
  [[nodiscard]] std::optional<SiteOutput> build(Diagnostics& diagnostics, const ProgressListener& progress = {});

  // Takes in what changed since the last build or update: paths as diagnostics show them ("content/a.md", "site.toml",
  // "../themes/mini/layouts/page.mustache"); a folder's stands for all below it; a path that is gone, for one that was
  // removed. Says how the site differs from what build() and update() have handed out. What it reports is what build()
  // would report of the same files. Empty if and only if that was an error: what was handed out is still the last good
  // site, and the next update takes these paths in, too. For BuildOptions::keep_for_updates.
  [[nodiscard]] std::optional<SiteChange> update(const std::vector<std::string>& changed, Diagnostics& diagnostics,
                                                 const ProgressListener& progress = {});

  // The same, with the site's words in another language from now on; "" is the one that site.toml says.
  [[nodiscard]] std::optional<SiteChange> speak(const std::string& language, Diagnostics& diagnostics,
                                                const ProgressListener& progress = {});

  // The moment that counts as now from the next update on, in seconds since 1970: pages of the future come, others expire.
  void set_now(std::int64_t now);

  // Does ahead what the next update would do first. Of use when there is time, between updates.
  void prepare_update();

  // Of the site as it was read last, though it had errors later on; what has not been read yet is as in an empty site.
  [[nodiscard]] SiteFacts facts() const;

  // What consent means for the page that is published as `output` ("blog/index.html"): which services are on it, and what
  // the gate made inert, each with the place that a person wrote it at. The page is read and rendered once more for that;
  // where a file of its has changed since the build, `gated` has just what consent.toml puts in. HTML from static/
  // and beside pages counts, the redirects that aliases are do not. Empty where there is no such page, and before a
  // build and after one that failed. Not while a build runs. For BuildOptions::keep_for_updates.
  [[nodiscard]] std::optional<PageReport> inspect(std::string_view output) const;

  // The record of the last build, made when it is first asked for (not from two threads at once). Empty before a build
  // and after one that failed.
  [[nodiscard]] const Dependencies& dependencies() const;

 private:
  struct Work;
  std::optional<SiteChange> update_with(BuildOptions options, const std::vector<std::string>& changed,
                                        Diagnostics& diagnostics, const ProgressListener& progress);
  std::unique_ptr<Work> work_;
};

}  // namespace hardtop
