// From a folder to a finished site: the list of passes that a build is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/site_output.h"

namespace hardtop {

struct BuildOptions {
  std::string site_dir = ".";
  std::string output_dir;    // "" is site_dir/public
  std::string base_url;      // "" is what site.toml says
  std::string language;      // "" is what site.toml says; the preview shows the words of others, too
  bool development = false;  // --environment development: readable CSS with source maps, no hashes in file names
  bool drafts = false;       // pages with draft = true, too
  bool future = false;       // pages whose date is after now, too
  bool expired = false;      // pages whose expires is before now, too
  unsigned jobs = 0;         // threads; 0 is one a core
  bool write = true;         // false: check only
  // The process ends next: the site is not taken apart, piece by piece, but left to the system.
  bool leave_memory = false;
  // HTML that is kept in memory between checking and writing; what is beyond is rendered once more when it is written (a
  // tenth of its first making, without Markdown), and so is all of a site that is much larger. Bytes.
  std::uint64_t keep_bytes = std::uint64_t{96} << 20;
  // The session is kept, to take changed files in (Session::update): it holds on to sources, bodies, and to what each page
  // was made of.
  bool keep_for_updates = false;
  std::int64_t now = 0;  // seconds since 1970, for future and expired pages; set by the caller (SOURCE_DATE_EPOCH)
};

// What a build is doing, for a progress line. done and total count pages; total 0: not known.
struct Progress {
  const char* step = "";
  std::size_t done = 0;
  std::size_t total = 0;
  bool waits = false;  // for another process, and nobody knows how long: to be told where no progress is shown, too
};
using ProgressListener = std::function<void(const Progress&)>;  // called from any thread, often

// Compressed files beside the site's own.
struct CompressedSummary {
  std::size_t files = 0;          // that have any
  std::uint64_t plain_bytes = 0;  // of these
  std::uint64_t gzip_bytes = 0, brotli_bytes = 0;
  std::size_t made = 0;  // compressed files that no earlier build had left
};

struct BuildSummary {
  std::size_t pages = 0;  // pages with content, lists included
  LeftOutPages left_out;
  std::size_t files = 0;    // output files
  std::size_t changed = 0;  // of them, written by this build
  std::size_t removed = 0;  // output files of the last build that are gone
  std::uint64_t bytes = 0;  // of all output files
  CompressedSummary compressed;
  std::string host_files;  // the folder with configuration for servers; "" where the site asks for none
};

enum class BuildStatus {
  built,               // everything is as it should be
  site_has_errors,     // reported; nothing was written
  environment_failed,  // the disk refused; reported; what was begun the manifest calls incomplete
};

struct BuildResult {
  BuildStatus status = BuildStatus::built;
  BuildSummary summary;
};

// Builds the whole site. Reports everything that is wrong; site errors all come before the first write.
[[nodiscard]] BuildResult build_site(Files& files, const BuildOptions& options, Diagnostics& diagnostics,
                                     const ProgressListener& progress = {});

}  // namespace hardtop
