// What a deploy found out about the site that it sent, kept for the next one: to build the site in memory once more and to read all of
// its output tells nothing new while no file has changed that either of them read.
//
// One file a target, SITE/.hardtop/deploy-NAME.checked, UTF-8, lines end in '\n'. One that is damaged, or of another version, is none:
//   hardtop checked 1 HASH          XXH3-128 of all that follows
//   of WORDS                        what else the site depends on, in one line
//   from SECONDS                    since 1970: of the clock, the site is the same from here
//   until SECONDS                   to before here
//   trace BYTES, evidence BYTES, files BYTES
//   … these three, one after the other: base/file_trace.h, consent/evidence.h, and a manifest as remote_state.h has it
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_trace.h"
#include "deploy/remote_state.h"

namespace hardtop {

struct CheckedSite {
  std::string of;  // the program, its options, folders: without line breaks
  std::int64_t from = 0, until = 0;
  FileTrace trace;
  std::vector<RemoteFile> files;  // to deploy, sorted by path
  std::string evidence;           // "": the site has none
};

[[nodiscard]] std::string checked_site_path(const std::string& site_dir, const std::string& target);

[[nodiscard]] std::string format_checked_site(const CheckedSite& site);
[[nodiscard]] std::optional<CheckedSite> parse_checked_site(std::string_view text);

// Whether the site is what it was found to be, for the words `of`, at the time `now`.
[[nodiscard]] bool still_holds(const CheckedSite& site, std::string_view of, std::int64_t now, const Files& files,
                               unsigned jobs);

}  // namespace hardtop
