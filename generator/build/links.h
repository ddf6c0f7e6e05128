// Links between content files: what a Markdown destination becomes.
//   about.md, ../blog/a.md#top   the page's URL, fragment kept
//   picture.jpg                  a file beside the page: its URL
//   /img/x.svg                   from the top of the site: the path of base_url goes in front
//   anything else                as written
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "build/asked_names.h"
#include "build/site_model.h"

namespace hardtop {

// Where resolve() notes what it used. Borrows.
struct LinksUsed {
  std::vector<PageIndex>& pages;  // whose URL a link became
  AskedNames* asked = nullptr;    // of every file of content/ that was looked for
};

// What to tell of a content path that is no page of the site.
struct MissingPage {
  std::string what;  // "content/a.md, which is a draft"
  std::string mend;  // of one that is left out: how to get it built
  std::string near;  // of one that does not exist: the page that may be meant, if there is one
  // Of the page of a folder that has pages, and none of its own: how to lead to the list that is made of them.
  std::string list;
};
[[nodiscard]] MissingPage missing_page(const SiteModel& site, const std::string& path);
// The way on, for files that name pages by their path below content/.
[[nodiscard]] std::string hint_of(const MissingPage& missing, std::string otherwise);

class ContentLinks {
 public:
  // `site` has its URLs, and must outlive this.
  explicit ContentLinks(const SiteModel& site);

  // `from` is the content path of the file that holds the link ("blog/a.md"). Adds to `used`.
  // Reports build/broken-link (with the nearest path) at use.place; where [check] links is "warn", as a warning.
  [[nodiscard]] std::optional<std::string> resolve(std::string_view from, const LinkUse& use, LinksUsed used,
                                                   Diagnostics& diagnostics) const;

  // What an entry of a menu leads to. Reports build/unknown-menu-target.
  struct Target {
    std::string url;
    PageIndex page = kNone;
    bool external = false;
  };
  [[nodiscard]] std::optional<Target> menu_target(const MenuEntry& entry, Diagnostics& diagnostics) const;

  // The location of a file beside a page, by its content path.
  [[nodiscard]] static Location locate_bundle_file(const SiteConfig& config, std::string_view path);

 private:
  void broken(const LinkUse& use, const std::string& path, Diagnostics& diagnostics) const;
  [[nodiscard]] MissingPage missing(const std::string& path) const;

  const SiteModel& site_;
  // Where a page was renamed, all others may link to the old name.
  mutable std::mutex missing_mutex_;
  mutable std::unordered_map<std::string, MissingPage> missing_;
  std::unordered_map<std::string_view, std::string> bundle_urls_;  // content path -> URL
};

}  // namespace hardtop
