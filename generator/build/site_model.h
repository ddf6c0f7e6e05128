// The site between reading and writing: pages, the sections and terms that group them, and the output files that they
// become. Plain data; each pass of session.cc fills in its part, in this order:
//   load content   Page::file, title
//   plan urls      Page::at
//   group          Section, TaxonomyModel, OutputJob
//   parse bodies   Page::body, summary, words (sources are let go)
//   render         OutputFile (bodies are let go)
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/name_table.h"
#include "build/asked_names.h"
#include "build/site_output.h"
#include "config/site_config.h"
#include "content/load_content.h"
#include "content/markdown.h"
#include "theme/value.h"

namespace hardtop {

using PageIndex = std::uint32_t;
using SectionIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = NameTable::kAbsent;

// Where something is on the web and in the output.
struct Location {
  std::string url;     // root-relative, percent-encoded, with the path of base_url: "/docs/a/"
  std::string output;  // below the output folder, as bytes of UTF-8: "a/index.html"
};

// A body that a session keeps for updates.
struct KeptBody {
  bool is_good = false;      // it is what its source gives, and nothing was reported
  std::uint64_t serial = 0;  // another body has another number
  AskedNames asked;          // by its links: sorted, unique
};

struct Page {
  ContentFile file;   // its source is null once the body is parsed
  std::string title;  // front matter's, else the first heading's, else made from the file's name
  Location at;
  SectionIndex section = kNone;  // the section that lists it; of a section's own page: that section
  bool is_home = false;
  bool is_404 = false;
  bool in_feed = false;  // its content is kept for a feed

  Body body;            // let go when rendered
  std::string summary;  // HTML
  std::string content;  // of pages in a feed, after rendering
  std::size_t words = 0;
  std::unique_ptr<KeptBody> kept;  // null in a build that ends with itself

  // Whether lists, feeds and the sitemap show it.
  [[nodiscard]] bool is_listed() const { return !file.is_section && !is_home && !is_404; }
};

struct Section {
  std::string path;  // below content/: "blog/2026"; "" is the whole site
  std::string title;
  Location at;
  PageIndex page = kNone;  // its _index.md
  SectionIndex parent = kNone;
  std::vector<SectionIndex> children;  // sorted by weight, then title
  std::vector<PageIndex> pages;        // sorted for lists; of the home section: every listed page
};

struct Term {
  std::string name;  // as the first page (by path) writes it
  std::string slug;
  Location at;
  std::vector<PageIndex> pages;  // sorted for lists
};

struct TaxonomyModel {
  const Taxonomy* config = nullptr;
  std::string title;
  Location at;
  std::vector<Term> terms;  // sorted by name as people look for it, then by slug
  std::unordered_map<std::string, std::uint32_t> by_slug;
};

// One HTML file to render.
struct OutputJob {
  enum class Kind : std::uint8_t { page, home, section, taxonomy, term, not_found };
  Kind kind = Kind::page;
  PageIndex page = kNone;          // the content page, where there is one
  SectionIndex section = kNone;    // of home and section
  std::uint32_t taxonomy = kNone;  // of taxonomy and term
  std::uint32_t term = kNone;      // of term
  std::uint32_t list_page = 0;     // from 0
  std::uint32_t layout = kNone;    // index into the compiled layouts
  std::uint32_t carries = 0;       // the services on it: a number of consent_values.h, ServiceSets
  Location at;
};

// Why a page that exists is not built.
enum class LeftOut { draft, future, expired };

struct SiteModel {
  SiteConfig config;
  std::vector<Page> pages;        // sorted by content path
  std::vector<Section> sections;  // sorted by path; [0] is home
  std::vector<TaxonomyModel> taxonomies;
  std::vector<std::string> bundle_files;              // below content/; sorted
  std::vector<std::string> left_out_files;            // likewise, of pages that are left out
  NameTable page_by_path;                             // "blog/a.md"; absent is kNone
  std::unordered_map<std::string, LeftOut> left_out;  // by content path
  // Seconds since 1970: when, after the build's own time, the first page's date comes or the first page expires.
  std::int64_t changes_at = std::numeric_limits<std::int64_t>::max();
};

}  // namespace hardtop
