// What there is to deploy: what lies in the output folder, if that is the site.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/build_site.h"
#include "commands/surroundings.h"
#include "deploy/local_site.h"
#include "deploy/remote_state.h"

namespace hardtop {

struct SiteToDeploy {
  std::vector<RemoteFile> files;  // sorted by path
  std::string evidence;           // consent/evidence.h, to be completed; "": the site has none
  std::string manifest;           // build/manifest.h, of the output
};

// Builds the site once more in memory, so that nothing goes online that has errors, or that nobody has seen: the output has to be that, byte
// for byte. What was found is kept for the next deploy to `target` (deploy/checked_site.h), which does so only if a file has changed.
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<SiteToDeploy> find_site_to_deploy(const std::string& target, const BuildOptions& options,
                                                              const LocalSiteOptions& local, Surroundings& surroundings,
                                                              Diagnostics& diagnostics,
                                                              const ProgressListener& progress);

}  // namespace hardtop
