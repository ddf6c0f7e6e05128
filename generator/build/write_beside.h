// What a build writes beside the output folder, below SITE/.hardtop: it is for servers and for the record, and never deployed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "build/write_output.h"

namespace hardtop {

// Writes the configuration for servers into its folder (host_files_folder of hosts.h), which lies where nothing is deployed from, and
// removes what is there and no longer wanted. Fills host_files of `summary`. Reports build/write-failed. False if it did.
[[nodiscard]] bool write_host_files(Files& files, const std::vector<OutputFile>& wanted, const WriteOptions& options,
                                    BuildSummary& summary, Diagnostics& diagnostics);

// Writes what is kept of this version of the site (consent/evidence.h), found among `beside`: it tells the hash of the `manifest` that
// the output will have. Reports build/write-failed. False if it did.
[[nodiscard]] bool write_evidence(Files& files, const std::vector<OutputFile>& beside, std::string_view manifest,
                                  const WriteOptions& options, Diagnostics& diagnostics);

// Its path for an output folder: SITE/.hardtop/evidence/public.json, or a hash in place of the name of a folder outside the site.
[[nodiscard]] std::string evidence_path(const std::string& site_dir, const std::string& output_dir);

}  // namespace hardtop
