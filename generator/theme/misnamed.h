// Folders and files at the top of a site or a theme whose names are almost those that hardtop reads: "layout" for "layouts". What is in
// them would be missing, and nothing would say why.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/files.h"

namespace hardtop {

enum class TopFolder { site, theme };

// Warns of each: theme/unused-file. `shown` is the folder as diagnostics show it, "" for the site's. A name counts as misspelt where it
// differs from a known one by a letter left out, doubled or changed places with its neighbour, by the 's' of a plural or by its first
// letter's case, and where something is in the folder that hardtop would read: sites keep tools of their own in script/.
// Whether there was any.
bool warn_of_misnamed(const Files& files, const std::string& folder, const std::string& shown, TopFolder kind,
                      Diagnostics& diagnostics);

}  // namespace hardtop
