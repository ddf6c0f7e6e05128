// What a session holds on to between updates (session_update.cc): for every costly result what it was made of, so that the
// next update can tell whether it would come out the same. Nothing here is kept by a build that ends with itself.
//
// A result is good if nothing was reported when it was made: what reported something is made again every time, and so is
// its report.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "build/asked_names.h"
#include "build/assets.h"
#include "build/check_links.h"
#include "build/compile_theme.h"
#include "build/publish.h"
#include "build/published_files.h"
#include "build/site_model.h"
#include "consent/gate_files.h"
#include "theme/image_styles.h"

namespace hardtop {

// What check_pages judges, by job.
struct PageFindings {
  ScannedHtml scan;
  std::vector<GateProblem> gate_problems, design_problems;
  std::uint32_t html_size = 0;             // before it was gated
  SheetHashes sheets{};                    // CompletedTags::sheets
  std::vector<std::string> broken_images;  // inputs, as diagnostics show them
};

// A page that was rendered.
struct KeptJob {
  std::uint64_t stamp = 0;  // of all that it was made of, but for `asked`; 0: to be made
  AskedNames asked;         // sorted, unique
  std::shared_ptr<const PolicyUnion> policies;
  std::vector<ServiceIndex> carries;
  bool has_placeholders = false, has_memory_form = false, has_import_map = false;
};

// A file that is published as it is written.
struct JudgedPlain {
  PublishedAs kind = PublishedAs::passive;
  bool has_facts = false;
  SourcePtr source;  // of HTML, XML and headers
  JudgedFile judged;
  ImageStyles image_styles;  // of CSS
  bool is_good = false;
};

// What pages are made of beside what their templates see.
struct StampsOfSite {
  std::uint64_t all = 0;  // every page
  std::vector<std::uint64_t> by_layout;
  std::map<std::string, std::uint64_t, std::less<>> by_component;
  bool operator==(const StampsOfSite&) const = default;
};

struct Kept {
  // Content. The pages are the last Work's, until the next one takes them; sorted by path.
  std::vector<Page> pages;
  std::vector<std::string> left_out, bundle_files;
  bool knows_content = false;

  std::shared_ptr<const CompiledTheme> theme;
  std::uint64_t theme_key = 0;  // of the names that it was compiled for
  std::vector<Asset> assets;
  bool has_assets = false;
  std::map<std::string, JudgedPlain> judged;  // by path, as diagnostics show it

  // Pages as they were rendered last: beside each other, by job of that time.
  std::vector<OutputJob> jobs;
  std::vector<KeptJob> made;
  std::vector<PageFindings> findings;
  OutputIndex outputs;
  StampsOfSite stamps;
  std::map<std::string, std::string> asset_urls;

  // What every name meant when bodies and pages were last held against them (asked_names.h): sorted.
  std::vector<std::pair<AskedName, std::uint64_t>> names;
  // Of files that are published as they are written, by path as diagnostics show it: another number when the bytes may be others.
  std::map<std::string, std::uint64_t> serials;
  std::uint64_t last_serial = 0;
  std::map<std::string, std::shared_ptr<const PolicyUnion>> policies;  // by key: most pages share a few

  // What the caller has: by output path. A hash of 0: not known, since nobody has read the file.
  struct Sent {
    std::uint64_t hash = 0;
    std::string copy_from;
    std::uint32_t update = 0;  // that last had it
  };
  std::unordered_map<std::string, Sent> sent;
  std::string sent_runtime;  // the path that pages name it by
  std::uint32_t updates = 0;
  std::atomic<std::uint64_t> next_serial{1};  // of bodies
  std::set<std::string> unsaved;              // changed, and not part of what the caller has

  // Forgets all results, but not what the caller has.
  void forget();
};

// Whether `path` is `folder`, or a file or folder in it.
[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);

// Whether `path` is one of `changed`, or below one.
[[nodiscard]] bool is_changed(const std::set<std::string>& changed, std::string_view path);

}  // namespace hardtop
