// What was compressed for one output folder, by the hash of what it was made of: brotli takes more time for a page than all other
// passes together. It lives beside the manifest and not in the output folder, so that it survives `rm -rf public`, and so that a
// compressed file of the output is an output file like all others, compared byte by byte and written where it differs.
//
// SITE/.hardtop/KEY.compressed/ holds up to sixteen files, 0 to f: entries by the first digit of their hash, so that the edit of one page
// rewrites a sixteenth of it; one file an entry would cost as many opens as the output has files, and four times the disk.
//
//   hardtop compressed 1 libdeflate 1.14, brotli 1.0.9      other versions give other bytes: what they made counts for nothing
//   HASH TOKEN SIZE CHECK\n                                 of the source (XXH3-128); "gzip" or "br"; of the bytes that follow, and their
//   BYTES\n                                                 XXH3-128. SIZE 0: compressed, it would not be smaller
//
// sorted by HASH, then TOKEN. A file whose writer died may end anywhere, or be a mixture of two: reading ends at the first entry that
// is not whole, and what is missing is made again.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/compress.h"
#include "base/files.h"

namespace hardtop {

struct CompressedCache {
  static constexpr std::size_t kParts = 16;
  using Key = std::pair<std::string, Encoding>;  // hash of the source

  std::array<std::map<Key, std::string>, kParts> parts;  // the bytes; "" where they would not be smaller
  std::array<bool, kParts> differs = {};                 // from what is on the disk

  [[nodiscard]] static std::size_t part_of(const Key& key);
  [[nodiscard]] std::string* find(const Key& key);  // null where there is none
  void put(Key key, std::string bytes);
  // Forgets what `is_used` says no of.
  template <typename Predicate>
  void prune(Predicate is_used) {
    for (std::size_t i = 0; i < kParts; ++i)
      if (std::erase_if(parts[i], [&](const auto& entry) { return !is_used(entry.first); }) > 0) differs[i] = true;
  }
};

// One file. `versions` as compression_versions() says them.
[[nodiscard]] std::string format_compressed(const std::map<CompressedCache::Key, std::string>& entries,
                                            std::string_view versions);
[[nodiscard]] std::map<CompressedCache::Key, std::string> parse_compressed(std::string_view text,
                                                                           std::string_view versions);

// The folder's path for an output folder: SITE/.hardtop/KEY.compressed.
[[nodiscard]] std::string compressed_folder(const std::string& site_dir, const std::string& output_dir);

// What cannot be read counts as not there.
[[nodiscard]] CompressedCache read_compressed_cache(const Files& files, const std::string& folder, unsigned jobs);

// Writes the files that differ; `path` is the one that could not be written.
[[nodiscard]] std::error_code write_compressed_cache(Files& files, const std::string& folder, CompressedCache& cache,
                                                     std::string& path);

// For a site that has no compressed files any more. What cannot be removed stays.
void remove_compressed_cache(Files& files, const std::string& folder, const std::string& site_dir);

}  // namespace hardtop
