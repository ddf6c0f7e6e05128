// An update: the passes of a build once more over what is kept, for the preview server.
//
// The invariant. After an update the site is, byte for byte, what a build from nothing would make of the same files, and
// what the update reports is what that build would report. It holds because an update *is* that build: all passes run, in
// their order, with their checks. What makes it fast is that a pass does not do again what it has a result of, if that was
// made of the same things:
//
//   result                    is taken again while
//   front matter of a page    its file is not among the changed ones
//   the compiled theme        none of its files is, and the names that it may use are the same
//   style sheets, scripts     no file of them is
//   the facts of a file       it is not among the changed ones
//   a page's body             its file is not, and every name that its links asked for means what it meant
//   a rendered page           its stamp is the same: what its templates would see, the text of its layout and components, its
//                             body, what all pages share; and every name that it asked for means what it meant. No page
//                             is asked for its stamp where only style sheets, scripts and static files changed
//
// Names are content files, output files, files with facts and files whose bytes its tags tell of (asked_names.h); hold_against_names() compares what all of
// them mean with what they meant. Results that came with a report are not kept: they are made again, and so is the report.
// site.toml, consent.toml, consent.lock, theme.toml and words reach everything: after them nothing is kept.
//
// The commonest edits, of pages that stay where they are, go a shorter way (session_edit.cc): most of what stands before
// the bodies stays, and the dependency record says which pages to look at.
//
// What is costly for each page (Markdown, templates, the gate) is avoided in this way; what is left (URLs, lists, menus,
// the sitemap) costs a microsecond or two a page.
//
// A pass that fails leaves results behind that are as good as before; the caller's site stays, and so do the paths in
// Kept::unsaved, until an update succeeds.
#include "build/session_work.h"

namespace hardtop {

namespace {

// Forgets what is made of the changed file.
void forget_what_is_of(const std::string& path, Kept& kept) {
  const auto ends = [&](std::string_view ending) { return path.ends_with(ending); };
  std::erase_if(kept.judged, [&](const auto& file) { return is_below(file.first, path); });
  // Pages are looked at when content is read; data are read every time.
  if (is_below(path, "content") || is_below(path, "static") || is_below(path, "data")) return;
  if (ends(".mustache")) {
    kept.theme.reset();
  } else if (ends(".scss") || ends(".css") || ends(".js") || path.find("/static/") != std::string::npos) {
    kept.theme.reset();
    kept.has_assets = false;
    // Static files of a theme are shown as the disk names them.
    std::erase_if(kept.judged,
                  [](const auto& file) { return !is_below(file.first, "content") && !is_below(file.first, "static"); });
  } else {
    kept.forget();
  }
}

}  // namespace

std::optional<SiteChange> Session::update(const std::vector<std::string>& changed, Diagnostics& diagnostics,
                                          const ProgressListener& progress) {
  return update_with(work_->options, changed, diagnostics, progress);
}

std::optional<SiteChange> Session::speak(const std::string& language, Diagnostics& diagnostics,
                                         const ProgressListener& progress) {
  BuildOptions options = work_->options;
  options.language = language;
  // As if its line in site.toml had been edited.
  return update_with(std::move(options), {"site.toml"}, diagnostics, progress);
}

std::optional<SiteChange> Session::update_with(BuildOptions options, const std::vector<std::string>& changed,
                                               Diagnostics& diagnostics, const ProgressListener& progress) {
  if (!work_->kept) work_->kept = std::make_unique<Kept>();
  for (std::string path : changed) {
    while (path.ends_with('/')) path.pop_back();
    work_->kept->unsaved.insert(std::move(path));
  }
  const bool is_due = options.now >= work_->site.changes_at;  // the clock has made another site of it
  if (auto edited = is_due ? std::nullopt : work_->read_edited()) {
    work_->diagnostics = &diagnostics;
    work_->progress = &progress;
    if (work_->edit_pages(std::move(*edited))) return work_->hand_out(work_->collect_edited(), false);
    if (diagnostics.has_errors()) return std::nullopt;
  }

  work_->stash();
  std::unique_ptr<Kept> kept = std::move(work_->kept);
  for (const std::string& path : kept->unsaved) forget_what_is_of(path, *kept);

  auto next = std::make_unique<Work>(work_->files, std::move(options));
  next->kept = std::move(kept);
  work_ = std::move(next);
  if (!work_->run(diagnostics, progress)) return std::nullopt;
  return work_->hand_out(work_->collect(), true);
}

void Session::set_now(std::int64_t now) { work_->options.now = now; }

void Session::prepare_update() {
  if (work_->is_built && !work_->is_recorded) work_->record();
}

}  // namespace hardtop
