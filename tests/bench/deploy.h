// What it takes to deploy a site to a folder, through rclone.
#pragma once

#include <filesystem>
#include <string>

#include "bench/measure.h"

namespace bench {

struct DeployCosts {
  Costs plan;                       // nothing has changed since the last deploy: --dry-run
  Costs one_changed;                // a page was edited and built
  std::string one_changed_summary;  // its last line: what was moved
};

// Deploys the site in `site` (a copy of its own, which is edited) to the folder www beside it, then `runs` times with no change and with one.
// Throws std::runtime_error when a command fails.
DeployCosts measure_deploy(const std::string& hardtop, const std::filesystem::path& site,
                           const std::filesystem::path& page, std::size_t runs, const std::filesystem::path& log);

}  // namespace bench
