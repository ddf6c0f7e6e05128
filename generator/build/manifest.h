// What the last build wrote into one output folder, so that the next one can remove what is gone, and deploy can tell
// whether the folder is whole. Kept in SITE/.hardtop/, one file an output folder.
//
// Format, UTF-8, lines end in '\n':
//   hardtop manifest 1 complete      or: hardtop manifest 1 incomplete
//   HASH SIZE PATH                   32 hexadecimal digits (XXH3-128 of the content), bytes in decimal, the path below
//                                    the output folder; sorted by path
// "incomplete" is written before the first output file and replaced after the last: a build that died between leaves
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// Its texts belong to the manifest that was read, or to who makes one: a large site has a hundred thousand of them.
struct ManifestEntry {
  std::string_view path;
  std::string_view hash;  // empty while a build is under way
  std::uint64_t size = 0;
};

struct Manifest {
  bool complete = false;
  std::vector<ManifestEntry> files;         // sorted by path, unique
  std::shared_ptr<const std::string> text;  // of one that was read: what its entries point into
};

[[nodiscard]] std::string format_manifest(const Manifest& manifest);
// Of a build that is under way: what was there, and what will be.
[[nodiscard]] std::string format_incomplete_manifest(const Manifest& last, const Manifest& next);
// Nothing for a text that is no manifest of this version, paths that leave the output folder included.
[[nodiscard]] std::optional<Manifest> parse_manifest(std::string text);

// The manifest's path for an output folder: SITE/.hardtop/KEY.manifest.
[[nodiscard]] std::string manifest_path(const std::string& site_dir, const std::string& output_dir);

}  // namespace hardtop
