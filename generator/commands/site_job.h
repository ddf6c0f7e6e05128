// What `build` and `check` have in common: from options to build_site(), timed, with a progress line.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "build/build_site.h"
#include "commands/command_line.h"
#include "commands/surroundings.h"

namespace hardtop {

// The time that counts as now: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else the
// clock's. Prints what is wrong with the variable; empty if and only if it did.
[[nodiscard]] std::optional<std::int64_t> read_now(const GlobalOptions& global, Surroundings& surroundings);

// Whether -C names a folder; prints what is wrong.
[[nodiscard]] bool check_folder(const GlobalOptions& global, Surroundings& surroundings);

// Prints wrong usage; empty if and only if it did.
[[nodiscard]] std::optional<BuildOptions> build_options(const SiteOptions& site, const GlobalOptions& global,
                                                        Surroundings& surroundings);

// "0.04 s"
[[nodiscard]] std::string seconds_text(std::chrono::steady_clock::duration duration);

struct SiteOutcome {
  BuildResult result;
  std::string seconds;  // how long it took, as people read it: "0.04 s"
};

// Builds or checks, and prints the diagnostics, but no closing line. The progress line is gone when this returns.
[[nodiscard]] SiteOutcome run_site_job(const BuildOptions& options, const GlobalOptions& global,
                                       Surroundings& surroundings, Diagnostics& diagnostics);

// "Left out: 1 draft (--drafts), 2 pages of the future (--future)\n"; "" where every page is a part of the site.
[[nodiscard]] std::string left_out_line(const LeftOutPages& pages);

// Prints where the first error is explained, for a person who reads text.
void print_explain_pointer(const Diagnostics& diagnostics, const GlobalOptions& global, Surroundings& surroundings);

}  // namespace hardtop
