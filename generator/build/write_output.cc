#include "build/write_output.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/text.h"
#include "build/manifest.h"
#include "build/output_folder.h"

namespace hardtop {

namespace {

// Sorted files are written by folder: two threads in one folder wait for each other in the kernel.
constexpr std::size_t kFilesAtOnce = 128;
constexpr std::size_t kMostErrors = 10;  // then it gives up: of a full disk, ten files say as much as ten thousand

// Whether each file that it happens to has to be looked at. Of a full disk, the first file says as much as ten.
bool is_of_one_file(const std::error_code& error) {
  return error == std::errc::is_a_directory || error == std::errc::not_a_directory || error == std::errc::file_exists ||
         error == std::errc::no_such_file_or_directory;
}

// Each file is moved once, and there is never room for all of them twice.
void sort_by_path(std::vector<OutputFile>& outputs) {
  std::vector<OutputFile*> order;
  order.reserve(outputs.size());
  for (OutputFile& file : outputs) order.push_back(&file);
  std::sort(order.begin(), order.end(), [](const OutputFile* a, const OutputFile* b) { return a->path < b->path; });
  // Each place takes its file, which leaves a place for another, until the first one's is due.
  for (std::size_t first = 0; first < outputs.size(); ++first) {
    if (order[first] == &outputs[first]) continue;
    OutputFile waiting = std::move(outputs[first]);
    std::size_t at = first;
    for (;;) {
      OutputFile* const from = std::exchange(order[at], &outputs[at]);
      if (from == &outputs[first]) break;
      outputs[at] = std::move(*from);
      at = static_cast<std::size_t>(from - outputs.data());
    }
    outputs[at] = std::move(waiting);
  }
}

bool has_path(const Manifest& manifest, std::string_view path) {
  const auto entry = std::ranges::lower_bound(manifest.files, path, {}, &ManifestEntry::path);
  return entry != manifest.files.end() && entry->path == path;
}

// Removes what the last manifest lists and this build does not make, and the folders that become empty by that.
class Pruning {
 public:
  enum class Which { in_the_way, others };

  Pruning(Files& files, const Manifest& last, const Manifest& next, const WriteOptions& options, BuildSummary& summary,
          Diagnostics& diagnostics)
      : files_(files), next_(next), options_(options), summary_(summary), diagnostics_(diagnostics) {
    std::vector<std::string_view> removed;
    for (const ManifestEntry& old : last.files)
      if (!has_path(next, old.path)) removed.push_back(old.path);
    if (removed.empty()) return;
    std::unordered_set<std::string> folded;
    for (const ManifestEntry& file : next.files) folded.insert(to_lower_ascii(file.path));
    for (const std::string_view old : removed) {
      const bool is_first = is_in_the_way(old) || folded.contains(to_lower_ascii(old));
      (is_first ? in_the_way_ : others_).push_back(old);
    }
  }

  // Every path that run() removes, sorted within the two parts.
  [[nodiscard]] std::vector<std::string_view> removed() const {
    std::vector<std::string_view> all = in_the_way_;
    all.insert(all.end(), others_.begin(), others_.end());
    return all;
  }

  // False where it reported an error.
  [[nodiscard]] bool run(Which which) {
    std::set<std::string> emptied;
    for (const std::string_view old : which == Which::in_the_way ? in_the_way_ : others_) {
      const std::string path = join_path(options_.output_dir, old);
      if (const auto error = files_.remove(path); error && error != std::errc::not_a_directory) {
        diagnostics_.error(place_in_site(path, options_.site_dir), "build/write-failed",
                           "cannot be removed: " + error.message(), write_failed_hint(error));
        return false;
      }
      ++summary_.removed;
      if (const auto slash = path.rfind('/'); slash != std::string::npos) emptied.insert(path.substr(0, slash));
    }
    for (auto folder = emptied.rbegin(); folder != emptied.rend(); ++folder)
      files_.remove_empty_folders(*folder, options_.output_dir);
    return true;
  }

 private:
  // "a" of "a/index.html", and "b/index.html" of "b". (And "C" of "c": on some disks they are one file.)
  [[nodiscard]] bool is_in_the_way(std::string_view old) const {
    const std::string folder = std::string(old) + "/";
    const auto inside = std::ranges::lower_bound(next_.files, folder, {}, &ManifestEntry::path);
    if (inside != next_.files.end() && inside->path.starts_with(folder)) return true;
    for (std::size_t slash = old.find('/'); slash != std::string_view::npos; slash = old.find('/', slash + 1))
      if (has_path(next_, old.substr(0, slash))) return true;
    return false;
  }

  Files& files_;
  const Manifest& next_;
  const WriteOptions& options_;
  BuildSummary& summary_;
  Diagnostics& diagnostics_;
  std::vector<std::string_view> in_the_way_, others_;
};

// The folders that hold these files, all above them included, below the output folder. `paths` need not be sorted; where they are, none is
// there twice.
void add_folders(const std::vector<std::string_view>& paths, std::vector<std::string_view>& folders) {
  std::string_view last;
  for (const std::string_view path : paths) {
    const auto differs = std::ranges::mismatch(path, last).in1;
    const auto shared = static_cast<std::size_t>(differs - path.begin());
    for (std::size_t slash = path.find('/', shared); slash != std::string_view::npos; slash = path.find('/', slash + 1))
      folders.push_back(path.substr(0, slash));
    last = path;
  }
}

// What leads elsewhere in the output folder: files that hardtop writes or removes below it are not the site's.
bool check_folders(const Files& files, const Manifest& next, const std::vector<std::string_view>& removed,
                   const WriteOptions& options, Diagnostics& diagnostics) {
  if (!files.is_folder(options.output_dir)) return true;
  std::vector<std::string_view> paths, folders;
  for (const ManifestEntry& file : next.files) paths.push_back(file.path);
  add_folders(paths, folders);
  add_folders(removed, folders);
  std::vector<std::uint8_t> is_link(folders.size());
  for_each_index(
      folders.size(), options.jobs,
      [&](std::size_t i) { is_link[i] = is_symbolic_link(join_path(options.output_dir, folders[i])); }, kFilesAtOnce);
  std::set<std::string_view> links;
  for (std::size_t i = 0; i < folders.size(); ++i)
    if (is_link[i]) links.insert(folders[i]);
  for (const std::string_view link : links)
    diagnostics.error(place_in_site(join_path(options.output_dir, link), options.site_dir), "build/output-unwritable",
                      "this folder of the output is a symbolic link: what it leads to would be overwritten",
                      "remove the link; hardtop makes a folder of this name");
  return links.empty();
}

}  // namespace

std::string write_failed_hint(const std::error_code& error) {
  if (error == std::errc::no_space_on_device) return "free some space and build again: what is written is completed";
  if (error == std::errc::permission_denied || error == std::errc::read_only_file_system)
    return "make the folder writable for you, or choose another with --output";
  if (error == std::errc::is_a_directory || error == std::errc::not_a_directory)
    return "a file and a folder of one name are in the way: remove the old one from the output folder";
  return "mend that and build again: what is written is completed";
}

OutputTurn take_turn(Files& files, const WriteOptions& options, const ProgressListener& progress) {
  OutputTurn turn;
  if (files.is_file(options.output_dir))
    return turn;  // nothing is written, as write_output will say: no folder is made for a lock
  const auto on_wait = [&] {
    if (progress) progress({.step = "waiting for another hardtop, which is at work on the same output", .waits = true});
  };
  turn.error = files.lock(manifest_path(options.site_dir, options.output_dir) + ".lock", on_wait, turn.lock);
  return turn;
}

std::optional<WrittenOutput> write_output(Files& files, std::vector<OutputFile>& outputs, const WriteOptions& options,
                                          const OutputTurn& turn, BuildSummary& summary, Diagnostics& diagnostics) {
  sort_by_path(outputs);
  const std::string at = manifest_path(options.site_dir, options.output_dir);

  if (files.is_file(options.output_dir)) {
    diagnostics.error(place_in_site(options.output_dir, options.site_dir), "build/output-unwritable",
                      "this is a file, and the site is written into a folder",
                      "remove or rename the file, or choose another folder with --output");
    return std::nullopt;
  }

  std::error_code unwritable = turn.error;

  std::optional<Manifest> known;
  if (std::string text; !files.read(at, text)) known = parse_manifest(std::move(text));
  const bool is_on_record = known.has_value();
  const Manifest last = std::move(known).value_or(Manifest());

  // From here until finish_output the manifest says "incomplete", and lists what was and what will be.
  Manifest next;
  next.files.resize(outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) next.files[i].path = outputs[i].path;
  Pruning pruning(files, last, next, options, summary, diagnostics);
  if (!unwritable && !check_folders(files, next, pruning.removed(), options, diagnostics)) return std::nullopt;
  WriteResult ignored_result;
  if (!unwritable) {
    unwritable = files.write(at, format_incomplete_manifest(last, next), ignored_result);
  }
  if (unwritable) {
    diagnostics.error(place_in_site(at, options.site_dir), "build/output-unwritable",
                      "cannot be written: " + unwritable.message(),
                      unwritable == std::errc::not_a_directory
                          ? "hardtop keeps its notes in the folder .hardtop: remove the "
                            "file of that name"
                          : "make the site's folder writable for you: .hardtop/ in it remembers what was built");
    return std::nullopt;
  }

  if (!is_on_record) tell_of_unknown_files(files, outputs, options.site_dir, options.output_dir, diagnostics);

  // What was a file may become a folder, and the other way round. All else goes when its successors are there.
  if (!pruning.run(Pruning::Which::in_the_way)) return std::nullopt;

  struct Failure {
    std::size_t output;
    std::string path, what;
    std::error_code error;
  };
  std::vector<Failure> failures;
  std::mutex failures_mutex;
  std::atomic<std::size_t> written{0}, changed{0}, failed{0};
  std::atomic<std::uint64_t> bytes{0};
  std::vector<std::string> hashes(outputs.size());
  for_each_index(
      outputs.size(), options.jobs,
      [&](std::size_t i) {
        if (failed.load(std::memory_order_relaxed) >= kMostErrors) return;
        OutputFile& file = outputs[i];
        std::string copied;
        std::string_view content;
        const auto fail = [&](const std::string& path, const std::string& what, const std::error_code& error) {
          failed.fetch_add(1);
          const std::lock_guard lock(failures_mutex);
          failures.push_back({i, path, what, error});
        };
        if (const auto error = read_output(files, file, copied, content))
          return fail(file.copy_from, "cannot be read: ", error);
        WriteResult result = WriteResult::unchanged;
        const std::string path = join_path(options.output_dir, file.path);
        const bool was_there = has_path(last, file.path);
        if (const auto error = files.write(path, content, result, was_there ? Expected::any : Expected::no_file))
          return fail(path, "cannot be written: ", error);
        written.fetch_add(1, std::memory_order_relaxed);
        if (result != WriteResult::unchanged) changed.fetch_add(1, std::memory_order_relaxed);
        bytes.fetch_add(content.size(), std::memory_order_relaxed);
        next.files[i].hash = hashes[i] = hash128_hex(content);
        next.files[i].size = content.size();
        std::string().swap(file.bytes);
      },
      kFilesAtOnce);
  summary.files = outputs.size();
  summary.changed = changed;
  summary.bytes = bytes;
  std::sort(failures.begin(), failures.end(), [](const Failure& a, const Failure& b) { return a.output < b.output; });
  std::set<std::pair<std::string, std::error_code>> reported;
  for (const Failure& failure : failures)
    if ((written > 0 && is_of_one_file(failure.error)) || reported.emplace(failure.what, failure.error).second)
      diagnostics.error(place_in_site(failure.path, options.site_dir), "build/write-failed",
                        failure.what + failure.error.message(), write_failed_hint(failure.error));
  if (failed > 0 || !pruning.run(Pruning::Which::others)) return std::nullopt;

  next.complete = true;
  return WrittenOutput{format_manifest(next)};
}

bool finish_output(Files& files, const WrittenOutput& written, const WriteOptions& options, Diagnostics& diagnostics) {
  const std::string at = manifest_path(options.site_dir, options.output_dir);
  WriteResult ignored_result;
  const auto error = files.write(at, written.manifest, ignored_result);
  if (error)
    diagnostics.error(place_in_site(at, options.site_dir), "build/write-failed",
                      "cannot be written: " + error.message(), write_failed_hint(error));
  return !error;
}

}  // namespace hardtop
