// How the site differs from what the caller has.
#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/paths.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

std::uint64_t hash_of(std::string_view bytes) {
  const std::uint64_t hash = hash64(bytes);
  return hash == 0 ? 1 : hash;
}

}  // namespace

// Notes what the caller gets; with it, what it had is over.
void Session::Work::note_sent(const SiteOutput& output) {
  kept->sent.clear();
  ++kept->updates;
  for (const OutputFile& file : output.files)
    kept->sent[file.path] = {file.copy_from.empty() ? hash_of(file.bytes) : 0, file.copy_from, kept->updates};
  kept->sent_runtime = runtime_file.path;
  kept->unsaved.clear();
}

SiteChange Session::Work::hand_out(SiteOutput output, bool is_whole) {
  SiteChange change;
  change.pages = output.pages;
  change.headers = std::move(output.headers);
  const std::uint32_t now = ++kept->updates;
  // Those that were not made again are as the caller has them.
  if (is_whole)
    for (const OutputJob& job : jobs)
      if (const auto sent = kept->sent.find(job.at.output); sent != kept->sent.end()) sent->second.update = now;
  std::set<std::string> changed_on_disk;
  for (const std::string& path : kept->unsaved) changed_on_disk.insert(join_path(options.site_dir, path));
  for (OutputFile& file : output.files) {
    const auto [at, is_new] = kept->sent.try_emplace(file.path);
    Kept::Sent& sent = at->second;
    sent.update = now;
    std::uint64_t hash = 0;
    if (file.copy_from.empty()) {
      hash = hash_of(file.bytes);
    } else if (!is_new && sent.copy_from == file.copy_from && !is_changed(changed_on_disk, file.copy_from)) {
      continue;
    } else {
      std::string bytes;
      if (!files.read(file.copy_from, bytes)) hash = hash_of(bytes);
    }
    const bool is_same = !is_new && hash != 0 && hash == sent.hash;
    sent.hash = hash;
    sent.copy_from = file.copy_from;
    if (!is_same) change.files.push_back(std::move(file));
  }
  for (auto at = kept->sent.begin(); is_whole && at != kept->sent.end();) {
    if (at->second.update == now) {
      ++at;
      continue;
    }
    change.removed.push_back(at->first);
    at = kept->sent.erase(at);
  }
  for (const Page& page : site.pages)
    if (is_changed(kept->unsaved, "content/" + page.file.path)) change.edited.push_back(page.at.output);
  std::sort(change.files.begin(), change.files.end(),
            [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  std::sort(change.removed.begin(), change.removed.end());
  std::sort(change.edited.begin(), change.edited.end());
  kept->sent_runtime = runtime_file.path;
  kept->unsaved.clear();
  return change;
}

}  // namespace hardtop
