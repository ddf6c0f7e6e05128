#include "deploy/plan.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/compress.h"
#include "base/media_types.h"
#include "base/percent.h"
#include "deploy/upload_headers.h"

namespace hardtop {

namespace {

constexpr std::int64_t kSecondsADay = 86'400;

using FilesByPath = std::unordered_map<std::string_view, const RemoteFile*>;
using Paths = std::unordered_set<std::string_view>;

FilesByPath by_path(const std::vector<RemoteFile>& files) {
  FilesByPath out;
  out.reserve(files.size());
  for (const RemoteFile& file : files) out.emplace(file.path, &file);
  return out;
}

const RemoteFile* find(const FilesByPath& files, std::string_view path) {
  const auto at = files.find(path);
  return at == files.end() ? nullptr : at->second;
}

std::string id_of(const RemoteState& remote) { return remote.manifest ? remote.manifest->id : ""; }

// Whether the manifest is older than what the journal tells of: then its paths are uncertain.
bool is_active(const Journal& journal, const RemoteState& remote) { return journal.from == id_of(remote); }

// Calls `found` with every folder above the path: "a/b" and "a" of "a/b/c".
template <typename Found>
void for_each_folder(std::string_view path, Found found) {
  for (std::size_t slash = path.rfind('/'); slash != std::string_view::npos; slash = path.rfind('/')) {
    path = path.substr(0, slash);
    found(path);
  }
}

class Planner {
 public:
  Planner(const std::vector<RemoteFile>& local, const RemoteState& remote, const PlanOptions& options)
      : local_(local), remote_(remote), options_(options), here_(by_path(local)) {
    if (remote.manifest) {
      there_ = by_path(remote.manifest->files);
      for (const RetiredFile& each : remote.manifest->retired) retired_.emplace(each.file.path, &each.file);
    }
    for (const Journal& journal : remote.journals) {
      const bool active = is_active(journal, remote);
      for (const RemoteFile& file : journal.written) {
        begun_.emplace(file.path, &file);
        if (active) uncertain_.insert(file.path);
      }
      for (const std::string& path : journal.removed) {
        begun_removals_.insert(path);
        if (active) uncertain_.insert(path);
      }
      has_active_ = has_active_ || active;
    }
    same_files_ = remote.manifest && remote.manifest->files == local;
  }

  DeployPlan plan() {
    plan_files();
    plan_removals();
    make_room();
    plan_kept();
    sort_all();
    write_down();
    return std::move(plan_);
  }

 private:
  // Whether the file at the remote is what it shall be, headers included.
  bool is_there(const RemoteFile& file) const {
    const RemoteFile* const known = find(there_, file.path);
    if (!uncertain_.contains(file.path)) {
      const RemoteFile* const retired = known ? known : find(retired_, file.path);
      return retired && *retired == file;
    }
    // The content has arrived; with other headers it may have done so as well.
    const auto has_other_headers = [&](const RemoteFile& each) {
      return each.path == file.path && each.hash == file.hash && each.headers != file.headers;
    };
    if (!options_.arrived.contains(file.path) || (known && has_other_headers(*known))) return false;
    for (auto [at, end] = begun_.equal_range(file.path); at != end; ++at)
      if (has_other_headers(*at->second)) return false;
    return true;
  }

  void plan_files() {
    plan_.next.files = local_;
    for (const RemoteFile& file : local_) {
      const RemoteFile* const known = find(there_, file.path);
      if (is_there(file)) {
        ++plan_.unchanged;
        continue;
      }
      plan_.uploads.push_back({file, kind_of(file.path), known == nullptr});
      plan_.bytes += file.size;
      ++(known ? plan_.changed : plan_.added);
      touched_.insert(file.path);
    }
  }

  void retire(const RemoteFile& file, std::int64_t since) {
    const std::int64_t today = options_.now / kSecondsADay;
    if (is_fingerprinted(file.path) && (same_files_ || today - since < options_.keep_days)) {
      plan_.next.retired.push_back({file, since});
    } else {
      plan_.removed.push_back(file.path);
      touched_.insert(file.path);
    }
  }

  void plan_removals() {
    const std::int64_t today = options_.now / kSecondsADay;
    Paths done;
    if (remote_.manifest) {
      for (const RemoteFile& file : remote_.manifest->files) {
        if (here_.contains(file.path)) continue;
        done.insert(file.path);
        ++plan_.gone;
        retire(file, today);
      }
      for (const RetiredFile& each : remote_.manifest->retired)
        if (!here_.contains(each.file.path) && done.insert(each.file.path).second) retire(each.file, each.day);
    }
    // What a deploy that did not end has brought, or not yet removed.
    for (const auto& [path, file] : begun_) {
      if (here_.contains(path) || !done.insert(path).second) continue;
      if (uncertain_.contains(path))
        retire(*file, today);
      else
        plan_.removed.emplace_back(path);
    }
    for (const std::string_view path : begun_removals_)
      if (!here_.contains(path) && done.insert(path).second) plan_.removed.emplace_back(path);
  }

  // "blog" cannot stay a file where "blog/index.html" comes, nor the other way round. Object stores do not mind.
  void make_room() {
    Paths incoming, going(plan_.removed.begin(), plan_.removed.end()), above;
    for (const RetiredFile& each : plan_.next.retired) going.insert(each.file.path);
    std::set<std::string> moved;
    for (const PlannedUpload& upload : plan_.uploads) {
      incoming.insert(upload.file.path);
      for_each_folder(upload.file.path, [&](std::string_view folder) {
        if (going.contains(folder)) moved.emplace(folder);
      });
    }
    for (const std::string_view path : going)
      for_each_folder(path, [&](std::string_view folder) {
        if (incoming.contains(folder)) moved.emplace(path);
      });
    if (moved.empty()) return;
    std::erase_if(plan_.removed, [&](const std::string& path) { return moved.contains(path); });
    std::erase_if(plan_.next.retired, [&](const RetiredFile& each) { return moved.contains(each.file.path); });
    touched_.insert(moved.begin(), moved.end());
    plan_.in_the_way.assign(moved.begin(), moved.end());
  }

  // What the present state needs to come back whole. A deploy that did not end has kept its own already.
  void plan_kept() {
    if (!remote_.manifest) return;
    const auto keep = [&](const std::string& path) {
      if (there_.contains(path) && !uncertain_.contains(path)) plan_.keep.push_back(path);
    };
    for (const PlannedUpload& upload : plan_.uploads) keep(upload.file.path);
    for (const std::string& path : plan_.removed) keep(path);
    for (const std::string& path : plan_.in_the_way) keep(path);
  }

  void sort_all() {
    std::ranges::sort(plan_.uploads, [](const PlannedUpload& a, const PlannedUpload& b) {
      return std::tie(a.kind, a.file.headers, a.file.path) < std::tie(b.kind, b.file.headers, b.file.path);
    });
    std::ranges::sort(plan_.keep);
    // A page that goes may ask for an asset that goes.
    std::ranges::sort(plan_.removed, [](const std::string& a, const std::string& b) {
      const UploadKind kind_a = kind_of(a), kind_b = kind_of(b);
      return std::tie(kind_b, a) < std::tie(kind_a, b);
    });
    std::ranges::sort(plan_.next.retired, {}, [](const RetiredFile& each) { return each.file.path; });
    for (const auto& [path, file] : begun_) touched_.emplace(path);
    for (const std::string_view path : begun_removals_) touched_.emplace(path);
    plan_.touched.assign(touched_.begin(), touched_.end());
  }

  void write_down() {
    RemoteManifest& next = plan_.next;
    const RemoteManifest none;
    const RemoteManifest& last = remote_.manifest ? *remote_.manifest : none;
    plan_.tidies = !remote_.journals.empty() || remote_.has_leftovers;
    plan_.changes_manifest = !same_files_ || next.retired != last.retired || has_active_;
    if (plan_.changes_manifest) {
      next.number = last.number + 1;
      next.id = options_.id;
      next.time = options_.now;
      next.previous = same_files_ ? last.previous : last.id;
    } else {
      next = last;
    }
    Journal& journal = plan_.journal;
    journal.id = options_.journal_id;
    journal.from = last.id;
    journal.to = next.id;
    journal.restores = options_.restores;
    for (const PlannedUpload& upload : plan_.uploads) journal.written.push_back(upload.file);
    for (const auto* paths : {&plan_.in_the_way, &plan_.removed})
      journal.removed.insert(journal.removed.end(), paths->begin(), paths->end());
  }

  const std::vector<RemoteFile>& local_;
  const RemoteState& remote_;
  const PlanOptions& options_;
  FilesByPath here_, there_, retired_;
  std::unordered_multimap<std::string_view, const RemoteFile*> begun_;  // what unended deploys write
  Paths begun_removals_, uncertain_;
  bool has_active_ = false;
  bool same_files_ =
      false;  // the site is as in the manifest: its version before stays the one to go back to, with all its assets
  std::set<std::string, std::less<>> touched_;
  DeployPlan plan_;
};

// Nobody asks for it by its name.
bool is_compressed_of_another(std::string_view path, const std::vector<std::string>& touched) {
  for (const Encoding encoding : {Encoding::gzip, Encoding::brotli})
    if (path.ends_with(encoding_ending(encoding)) &&
        std::ranges::binary_search(touched, path.substr(0, path.size() - encoding_ending(encoding).size())))
      return true;
  return false;
}

}  // namespace

UploadKind kind_of(std::string_view path) {
  // A compressed page is met by visitors as the page is.
  for (const Encoding encoding : {Encoding::gzip, Encoding::brotli})
    if (path.ends_with(encoding_ending(encoding))) path.remove_suffix(encoding_ending(encoding).size());
  if (is_fingerprinted(path)) return UploadKind::asset;
  return is_html_type(media_type_of(path)) ? UploadKind::page : UploadKind::file;
}

std::vector<std::string> uncertain_paths(const RemoteState& remote) {
  std::set<std::string> paths;
  for (const Journal& journal : remote.journals) {
    if (!is_active(journal, remote)) continue;
    for (const RemoteFile& file : journal.written) paths.insert(file.path);
    paths.insert(journal.removed.begin(), journal.removed.end());
  }
  return {paths.begin(), paths.end()};
}

DeployPlan plan_deploy(const std::vector<RemoteFile>& local, const RemoteState& remote, const PlanOptions& options) {
  return Planner(local, remote, options).plan();
}

std::string rollback_target(const RemoteState& remote) {
  if (!remote.manifest) return "";
  bool unended = false, only_rollbacks = true;
  for (const Journal& journal : remote.journals) {
    if (!is_active(journal, remote)) continue;
    unended = true;
    only_rollbacks = only_rollbacks && journal.restores == remote.manifest->previous;
  }
  return unended && !(only_rollbacks && !remote.manifest->previous.empty()) ? remote.manifest->id
                                                                            : remote.manifest->previous;
}

std::vector<std::string> changed_urls(const std::vector<std::string>& touched, std::string_view base_url) {
  std::vector<std::string> urls;
  urls.reserve(touched.size());
  for (const std::string& path : touched)
    if (!is_compressed_of_another(path, touched)) urls.push_back(url_of_output(base_url, path));
  std::ranges::sort(urls);
  return urls;
}

}  // namespace hardtop
