// What a deploy found out about the site that it sent, kept for the next one: to build the site in memory once more and to read all of
// its output tells nothing new while no file has changed that either of them read.
//
// One file a target, SITE/.hardtop/deploy-NAME.checked, UTF-8, lines end in '\n'. One that is damaged, or of another version, is none:
//   hardtop checked 1 HASH          XXH3-128 of all that follows
//   of WORD                         what else the site depends on
//   from SECONDS                    since 1970: of the clock, the site is the same from here
//   until SECONDS                   to before here
//   trace BYTES                     and likewise evidence, manifest, files
//   … these four, one after the other: base/file_trace.h, consent/evidence.h, build/manifest.h, and as remote_state.h has them
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_trace.h"
#include "deploy/remote_state.h"

namespace hardtop {

// What there is to deploy.
struct SiteToDeploy {
  std::vector<RemoteFile> files;  // sorted by path
  std::string evidence;           // consent/evidence.h, to be completed; "": the site has none
  std::string manifest;           // build/manifest.h, of the output
};

struct CheckedSite {
  std::string of;  // a word: another one for another program, or other options or folders
  std::int64_t from = 0, until = 0;
  FileTrace trace;
  SiteToDeploy found;
};

[[nodiscard]] std::string checked_site_path(const std::string& site_dir, const std::string& target);

[[nodiscard]] std::string format_checked_site(const CheckedSite& site);
[[nodiscard]] std::optional<CheckedSite> parse_checked_site(std::string_view text);

// Whether the site is what it was found to be, for the word `of`, at the time `now`.
[[nodiscard]] bool still_holds(const CheckedSite& site, std::string_view of, std::int64_t now, const Files& files,
                               unsigned jobs);

}  // namespace hardtop
