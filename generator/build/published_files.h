// What is in the files that a site publishes, as far as the tags that load them are to say it: digests (W3C Subresource Integrity)
// and the sizes of images. A file is read when the first tag asks, and not again; images only so far as they tell their size.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/image_size.h"
#include "build/assets.h"
#include "build/site_model.h"

namespace hardtop {

// ".svg" of "a/b.SVG"; "" of a name without a dot.
[[nodiscard]] std::string ending_of(std::string_view path);

// "sha384-" and a digest in base64: what an integrity attribute holds.
[[nodiscard]] std::string integrity_of(std::string_view bytes);

// Style sheets that hardtop makes, by PublishedFiles::made_path; as many as a page has, the rest 0.
using SheetHashes = std::array<std::uint64_t, 4>;

struct PublishedFile {
  std::string path;   // below the output folder
  std::string shown;  // the input, as diagnostics show it
  // hardtop makes it, and in production names it by its content.
  bool is_made = false;
};

// Output files that are no pages, by their numbers (OutputIndex). Safe to use from several threads.
class PublishedFiles {
 public:
  // Everything is borrowed. Numbers begin with those of `bundle_files` at `first`, and go on with `static_files`.
  struct Inputs {
    const Files& files;
    const SiteConfig& config;
    std::string content_dir;
    std::uint32_t first;
    const std::vector<std::string>& bundle_files;
    const std::vector<StaticFile>& static_files;
  };
  explicit PublishedFiles(Inputs in) : in_(std::move(in)) {}

  // What hardtop makes itself; `integrity` is empty where there is to be none.
  void add_made(std::uint32_t number, PublishedFile file, std::string integrity);

  // Nothing for pages and for files that hardtop writes and nobody embeds.
  [[nodiscard]] std::optional<PublishedFile> find(std::uint32_t number) const;
  // Of what was added as made; 0 for all else: hash64 of its path, and its integrity.
  [[nodiscard]] std::uint64_t made_path(std::uint32_t number) const;
  [[nodiscard]] const std::string& integrity(std::uint32_t number) const;
  // Of any other file: the digest in base64 by "sha256", "sha384" or "sha512"; empty where it cannot be read.
  [[nodiscard]] std::string digest(std::uint32_t number, std::string_view algorithm);
  // Of any other file; never "cut".
  [[nodiscard]] ImageSize image_size(std::uint32_t number);

 private:
  struct Made {
    PublishedFile file;
    std::string integrity;
    std::uint64_t path = 0;
  };
  // Where its bytes are: on the disk, or in memory.
  struct Content {
    std::string disk_path;
    std::string_view bytes;
  };
  [[nodiscard]] Content content(std::uint32_t number) const;
  [[nodiscard]] ImageSize read_size(std::uint32_t number) const;

  const Inputs in_;
  std::map<std::uint32_t, Made> made_;
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, ImageSize> sizes_;
  std::map<std::pair<std::uint32_t, std::string>, std::string> digests_;
};

}  // namespace hardtop
