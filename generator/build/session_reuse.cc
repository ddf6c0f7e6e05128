// What an update takes from the time before: content files. session_update.cc is the essay.
#include <algorithm>
#include <iterator>

#include "base/parallel.h"
#include "base/paths.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

// Whether every changed path of content/ is a file that was there and is there: then nobody need list the folder.
bool only_known_files(const Kept& kept, const Files& files, const std::string& site_dir) {
  return std::all_of(kept.unsaved.begin(), kept.unsaved.end(), [&](const std::string& path) {
    if (path != "content" && !path.starts_with("content/")) return true;
    const std::string below = path.substr(std::min<std::size_t>(path.size(), 8));
    const auto page = std::lower_bound(kept.pages.begin(), kept.pages.end(), below,
                                       [](const Page& p, const std::string& name) { return p.file.path < name; });
    const bool is_page = page != kept.pages.end() && page->file.path == below;
    return (is_page || std::binary_search(kept.left_out.begin(), kept.left_out.end(), below) ||
            std::binary_search(kept.bundle_files.begin(), kept.bundle_files.end(), below)) &&
           files.is_file(join_path(site_dir, path));
  });
}

}  // namespace

bool Session::Work::pass_on(const Diagnostics& found) const {
  const auto all = found.sorted();
  for (const Diagnostic& d : all) diagnostics->add(d);
  return all.empty();
}

// read_content where pages are kept. Pages that were left out are read again: they are few.
bool Session::Work::reload_content(const LoadContentOptions& load) {
  ContentPaths paths;
  const std::size_t errors_before = diagnostics->error_count();
  if (kept->knows_content && only_known_files(*kept, files, options.site_dir)) {
    paths.bundle_files = kept->bundle_files;
    paths.pages = kept->left_out;
    for (const Page& page : kept->pages) paths.pages.push_back(page.file.path);
    std::sort(paths.pages.begin(), paths.pages.end());
  } else {
    kept->knows_content = false;
    auto listed = list_content(files, content_dir(), "content", *diagnostics);
    if (!listed) return false;
    paths = std::move(*listed);
  }

  // Both are sorted.
  std::vector<Page*> before(paths.pages.size(), nullptr);
  std::vector<std::size_t> to_read;
  auto old = kept->pages.begin();
  for (std::size_t i = 0; i < paths.pages.size(); ++i) {
    while (old != kept->pages.end() && old->file.path < paths.pages[i]) ++old;
    if (old != kept->pages.end() && old->file.path == paths.pages[i]) before[i] = &*old;
    if (!before[i] || is_changed(kept->unsaved, "content/" + paths.pages[i])) to_read.push_back(i);
  }
  std::vector<std::optional<Page>> read(to_read.size());
  for_each_index(to_read.size(), options.jobs, [&](std::size_t n) {
    const std::size_t i = to_read[n];
    auto file = load_content_file(files, content_dir(), "content", paths.pages[i], load, *diagnostics);
    // Saved as it was, or touched: its body may be good still.
    if (!file || (before[i] && before[i]->file.source->text == file->source->text)) return;
    read[n] = make_page_of(std::move(*file));
    read[n]->kept = std::make_unique<KeptBody>();
    before[i] = &*read[n];
  });
  if (diagnostics->error_count() != errors_before) return false;

  site.pages.reserve(paths.pages.size());
  for (Page* page : before) {
    page->at = {};
    page->section = kNone;
    page->in_feed = false;
    site.pages.push_back(std::move(*page));
  }
  site.bundle_files = std::move(paths.bundle_files);
  kept->pages.clear();
  has_content = true;
  return true;
}

// Hands everything that the next Work may use to `kept`. What was made and not handed out is made again: it belongs to a
// site with errors.
void Session::Work::stash() {
  if (!kept) return;
  if (has_content) {
    kept->pages = std::move(site.pages);
    kept->bundle_files.clear();
    std::ranges::merge(site.bundle_files, site.left_out_files, std::back_inserter(kept->bundle_files));
    kept->left_out.clear();
    for (const auto& [path, why] : site.left_out) kept->left_out.push_back(path);
    std::sort(kept->left_out.begin(), kept->left_out.end());
    kept->knows_content = true;
    has_content = false;
  }
  if (is_rendered) {
    for (std::size_t i = 0; i < rendered.size(); ++i)
      if (!rendered[i].bytes.empty()) made[i].stamp = 0;
    kept->jobs = std::move(jobs);
    kept->made = std::move(made);
    kept->findings = std::move(findings);
    kept->outputs = std::move(outputs);
    kept->stamps = std::move(stamps);
    kept->asset_urls = std::move(asset_urls);
    is_rendered = false;
  }
}

}  // namespace hardtop
