// Which page gets which URL and which output file.
//   urls = "directory"   about.md -> /about/    (about/index.html)
//   urls = "file"        about.md -> /about.html
// _index.md and index.md are their folder: /blog/. Folder and file names become slugs (base/text.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/name_table.h"
#include "build/site_model.h"

namespace hardtop {

// The location of a URL path below base_url that begins with '/': "/a/" -> a/index.html, "/a.html" -> a.html.
// A last part without a dot is a folder's: "/a" -> "/a/". Nothing when the path leaves the site.
[[nodiscard]] std::optional<Location> locate(const SiteConfig& config, std::string_view url_path);

// Whether front matter may ask for this path: it begins with '/', and browsers and file systems take all of it for a path.
[[nodiscard]] bool is_page_path(std::string_view url_path);

// The location of a page named `name` in folder `folder` ("" or "blog/2026"), both slugs already.
[[nodiscard]] Location locate_page(const SiteConfig& config, std::string_view folder, std::string_view name);
// The location of a folder's own page, and of its further list pages (number from 2).
[[nodiscard]] Location locate_folder(const SiteConfig& config, std::string_view folder);
[[nodiscard]] Location locate_list_page(const SiteConfig& config, std::string_view folder, std::size_t number);

// A root-relative URL as patterns and Markdown are written: without the path of base_url.
[[nodiscard]] std::string_view below_base(const SiteConfig& config, std::string_view url);

// "Blog/My Notes" -> "blog/my-notes".
[[nodiscard]] std::string slug_path(std::string_view folder);

// Who writes which output file. Two claims of one file are an error that names both.
class OutputClaims {
 public:
  // What the first claimant was.
  struct Claim {
    std::string_view what;  // "the page", "an alias", "a static file"; a literal
    Place place;
  };
  // Returns false and reports when `output` is taken: build/duplicate-url, build/alias-over-page,
  // build/static-over-page by what both are. Names that differ in case only are taken, too: they are one file on many
  // hosts.
  bool claim(const std::string& output, Claim claim, Diagnostics& diagnostics);
  // Makes room for so many.
  void reserve(std::size_t outputs) {
    claimed_.reserve(outputs);
    by_folded_name_.reserve(outputs);
  }
  [[nodiscard]] bool has(const std::string& output) const;

  // What only the whole shows: a file where others need a folder (build/file-over-folder), and names that no file
  // system takes (build/long-name). A disk would say so while the output is being written, which is too late.
  void check_names(Diagnostics& diagnostics) const;

 private:
  struct Claimed {
    std::string output;
    Claim claim;
  };
  std::vector<Claimed> claimed_;
  NameTable by_folded_name_;  // an index into claimed_
};

// Gives every page its location. Reports build/url-outside, build/bad-url, build/empty-slug. What two pages share is
// found by OutputClaims.
void plan_urls(SiteModel& site, Diagnostics& diagnostics, unsigned jobs = 1);

}  // namespace hardtop
