#include "build/precompress.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/media_types.h"
#include "base/parallel.h"
#include "build/compressed_cache.h"
#include "build/output_folder.h"

namespace hardtop {

namespace {

constexpr std::size_t kLeast = 256;          // bytes of a file that is worth it
constexpr std::size_t kLongestName = 255;    // bytes of a file's name (NAME_MAX of Linux)
constexpr std::uint64_t kBrotliWeight = 20;  // gzip takes about as long for so many times the bytes
constexpr std::size_t kRound = 1024;         // files to compress before the cache is written: some seconds of work

// The names of all output files.
class OutputNames {
 public:
  explicit OutputNames(const std::vector<OutputFile>& files) {
    names_.reserve(files.size());
    for (const OutputFile& file : files) names_.push_back(file.path);
    std::ranges::sort(names_);
  }
  [[nodiscard]] bool has_file(std::string_view path) const { return std::ranges::binary_search(names_, path); }
  [[nodiscard]] bool has_folder(const std::string& path) const {
    const auto at = std::ranges::lower_bound(names_, std::string_view(path + "/"));
    return at != names_.end() && at->starts_with(path + "/");
  }

 private:
  std::vector<std::string_view> names_;
};

// A compressed file that there is to be.
struct Wanted {
  std::size_t source = 0;  // index of SiteOutput::files
  Encoding encoding = Encoding::gzip;
  std::uint64_t size = 0;  // of the source
  CompressedCache::Key key;
};

class Precompressor {
 public:
  Precompressor(Files& files, SiteOutput& site, const WriteOptions& options, Diagnostics& diagnostics,
                const ProgressListener& progress)
      : files_(files),
        site_(site),
        options_(options),
        folder_(compressed_folder(options.site_dir, options.output_dir)),
        diagnostics_(diagnostics),
        progress_(progress) {}

  void run(CompressedSummary& summary) {
    cache_ = read_compressed_cache(files_, folder_, options_.jobs);
    find_wanted();
    summary.made = compress_missing();
    for (const Wanted& wanted : wanted_) ++uses_[wanted.key];
    cache_.prune([&](const CompressedCache::Key& key) { return uses_.contains(key); });
    save();
    hand_over(summary);
  }

 private:
  // Which files are to be compressed, and what they are made of.
  void find_wanted() {
    const OutputNames names(site_.files);
    std::vector<std::size_t> texts;
    for (std::size_t i = 0; i < site_.files.size(); ++i)
      if (is_text_file(site_.files[i].path)) texts.push_back(i);
    std::vector<std::pair<std::string, std::uint64_t>> facts(texts.size());  // hash and size; no hash: not for it
    for_each_index(texts.size(), options_.jobs, [&](std::size_t i) {
      std::string made;
      std::string_view bytes;
      // What cannot be read is reported when it is to be written.
      if (read_output(files_, site_.files[texts[i]], made, bytes) || bytes.size() < kLeast) return;
      facts[i] = {hash128_hex(bytes), bytes.size()};
    });
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (facts[i].first.empty()) continue;
      const std::string& path = site_.files[texts[i]].path;
      for (const Encoding encoding : site_.encodings) {
        const std::string encoded = path + std::string(encoding_ending(encoding));
        if (encoded.size() - (encoded.rfind('/') + 1) > kLongestName || names.has_folder(encoded)) continue;
        if (names.has_file(encoded))
          site_.encoded->push_back({path, encoding, true});
        else
          wanted_.push_back({texts[i], encoding, facts[i].second, {facts[i].first, encoding}});
      }
    }
  }

  // The longest work first, so that no core waits for another at the end. Returns how many were compressed.
  std::size_t compress_missing() {
    std::vector<const Wanted*> missing;
    for (const Wanted& wanted : wanted_)
      if (!cache_.find(wanted.key)) missing.push_back(&wanted);
    const auto order = [](const Wanted* wanted) {
      return std::tuple(~(wanted->size * (wanted->encoding == Encoding::brotli ? kBrotliWeight : 1)), wanted->key);
    };
    std::ranges::sort(missing, {}, order);
    const auto is_alike = [](const Wanted* a, const Wanted* b) { return a->key == b->key; };
    missing.erase(std::unique(missing.begin(), missing.end(), is_alike), missing.end());

    std::atomic<std::size_t> done{0};
    for (std::size_t begin = 0; begin < missing.size();) {
      // Longer and longer rounds: the cache is written whole each time.
      const std::size_t count = std::min(missing.size() - begin, std::max(kRound, begin / 2));
      std::vector<std::pair<bool, std::string>> results(count);
      for_each_index(
          count, options_.jobs,
          [&](std::size_t i) {
            const Wanted& wanted = *missing[begin + i];
            std::string made;
            std::string_view bytes;
            if (read_output(files_, site_.files[wanted.source], made, bytes) || hash128_hex(bytes) != wanted.key.first)
              return;
            std::string compressed = compress(bytes, wanted.encoding);
            if (compressed.size() >= bytes.size()) compressed.clear();
            compressed.shrink_to_fit();
            results[i] = {true, std::move(compressed)};
            if (progress_)
              progress_({"Compressing files", done.fetch_add(1, std::memory_order_relaxed) + 1, missing.size()});
          },
          1);
      for (std::size_t i = 0; i < count; ++i)
        if (results[i].first) cache_.put(missing[begin + i]->key, std::move(results[i].second));
      begin += count;
      if (begin < missing.size()) save();
    }
    return missing.size();
  }

  void save() {
    std::string path;
    const std::error_code error = write_compressed_cache(files_, folder_, cache_, path);
    if (!error || is_reported_) return;
    is_reported_ = true;
    diagnostics_.warning(place_in_site(path, options_.site_dir), "build/cache-unwritable",
                         "compressed files cannot be kept for the next build: " + error.message(),
                         "mend that: until then each build compresses everything anew");
  }

  void hand_over(CompressedSummary& summary) {
    site_.files.reserve(site_.files.size() + wanted_.size());
    std::size_t last = site_.files.size();
    for (const Wanted& wanted : wanted_) {
      std::string* const bytes = cache_.find(wanted.key);
      if (!bytes || bytes->empty()) continue;  // unreadable, or not smaller
      const std::size_t size = bytes->size();
      const bool is_last = --uses_[wanted.key] == 0;
      site_.encoded->push_back({site_.files[wanted.source].path, wanted.encoding});
      site_.files.push_back({site_.encoded->back().path(), is_last ? std::move(*bytes) : *bytes, ""});
      if (wanted.source != last) {
        ++summary.files;
        summary.plain_bytes += wanted.size;
        last = wanted.source;
      }
      (wanted.encoding == Encoding::gzip ? summary.gzip_bytes : summary.brotli_bytes) += size;
    }
    std::ranges::sort(*site_.encoded, [](const EncodedFile& a, const EncodedFile& b) {
      return std::tie(a.of, a.encoding) < std::tie(b.of, b.encoding);
    });
  }

  Files& files_;
  SiteOutput& site_;
  const WriteOptions& options_;
  const std::string folder_;
  Diagnostics& diagnostics_;
  const ProgressListener& progress_;
  CompressedCache cache_;
  std::vector<Wanted> wanted_;
  std::map<CompressedCache::Key, std::size_t> uses_;  // of files that are alike, one is compressed
  bool is_reported_ = false;
};

}  // namespace

bool check_own_compressed(const Files& files, const SiteOutput& site, const std::string& site_dir,
                          Diagnostics& diagnostics) {
  bool good = true;
  std::unordered_map<std::string_view, const OutputFile*> by_path;
  const auto find = [&](std::string_view path) -> const OutputFile* {
    if (by_path.empty())
      for (const OutputFile& file : site.files) by_path.emplace(file.path, &file);
    const auto found = by_path.find(path);
    return found == by_path.end() ? nullptr : found->second;
  };
  for (const OutputFile& own : site.files)
    for (const Encoding encoding : site.encodings) {
      const std::string_view ending = encoding_ending(encoding), path = own.path;
      const OutputFile* const plain =
          path.ends_with(ending) ? find(path.substr(0, path.size() - ending.size())) : nullptr;
      if (!plain) continue;
      std::string read_own, read_plain;
      std::string_view own_bytes, plain_bytes;
      if (read_output(files, own, read_own, own_bytes) || read_output(files, *plain, read_plain, plain_bytes) ||
          is_compressed_from(own_bytes, encoding, plain_bytes))
        continue;
      good = false;
      diagnostics.error(own.copy_from.empty() ? whole_file(own.path) : place_in_site(own.copy_from, site_dir),
                        "build/wrong-compressed",
                        "servers send this file in place of '" + plain->path + "', and it is not that file, compressed",
                        "remove it, or give it another name: " +
                            (is_text_file(plain->path) ? "hardtop compresses '" + plain->path + "' itself"
                                                       : "nothing is gained by compressing '" + plain->path + "'"));
    }
  return good;
}

void add_compressed(Files& files, SiteOutput& site, const WriteOptions& options, BuildSummary& summary,
                    Diagnostics& diagnostics, const ProgressListener& progress) {
  if (!site.encodings.empty()) Precompressor(files, site, options, diagnostics, progress).run(summary.compressed);
}

}  // namespace hardtop
