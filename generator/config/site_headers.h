// [headers] of site.toml; site_config.h has the shape of what is read.
#pragma once

#include <vector>

#include "config/site_config.h"

namespace hardtop {

// Reports config/wrong-type and config/bad-value, and leaves out what is wrong.
[[nodiscard]] std::vector<SiteHeader> read_site_headers(const DataTable& headers, const SourcePtr& source,
                                                        Diagnostics& diagnostics);

}  // namespace hardtop
