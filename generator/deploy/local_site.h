// What lies ready to be deployed: the output folder, if it is what the last build wrote and what the site is now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/manifest.h"
#include "build/site_output.h"
#include "config/site_config.h"
#include "deploy/remote_state.h"

namespace hardtop {

struct LocalSiteOptions {
  std::string site_dir, output_dir;
  std::string build_command;  // what writes the output anew, for hints: "hardtop build"
  unsigned jobs = 0;
  DeployCompressed compressed = DeployCompressed::beside;
};

// The manifest of the last build into the output folder. Reports deploy/no-output where there is none, or that build did not end. Empty if
// and only if it reported an error.
[[nodiscard]] std::optional<Manifest> read_local_manifest(const Files& files, const LocalSiteOptions& options,
                                                          Diagnostics& diagnostics);

// The files to deploy, sorted by path, with the headers that they are to be sent with. What is to be sent compressed has the hash and the
// size of its compressed file, and a Content-Encoding; compressed files that hardtop made are then left out. Every byte is looked at: `site`, what a build would
// write now, has to agree with the manifest (deploy/stale-output), and so has the folder (deploy/output-changed). Empty if and only if it
// reported an error.
[[nodiscard]] std::optional<std::vector<RemoteFile>> read_local_site(const Files& files, const SiteOutput& site,
                                                                     const Manifest& manifest,
                                                                     const LocalSiteOptions& options,
                                                                     Diagnostics& diagnostics);

}  // namespace hardtop
