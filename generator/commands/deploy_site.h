// What there is to deploy: what lies in the output folder, if that is the site.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "build/build_site.h"
#include "commands/surroundings.h"
#include "deploy/checked_site.h"
#include "deploy/local_site.h"

namespace hardtop {

// Builds the site once more in memory, so that nothing goes online that has errors, or that nobody has seen: the output has to be that, byte
// for byte. What was found is kept for the next deploy to `target` (deploy/checked_site.h), which does so only if a file has changed.
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<SiteToDeploy> find_site_to_deploy(const std::string& target, const BuildOptions& options,
                                                              const LocalSiteOptions& local, Surroundings& surroundings,
                                                              Diagnostics& diagnostics,
                                                              const ProgressListener& progress);

}  // namespace hardtop
