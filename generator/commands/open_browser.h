// Shows an address to whoever sits at this machine.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace hardtop {

// Opens `url` in the desktop's browser and does not wait for it. `program` is what the variable BROWSER says, "firefox -P site",
// or xdg-open. Warns of serve/no-browser where that cannot be started.
void open_browser(const std::string& url, const std::string& program, Diagnostics& diagnostics);

}  // namespace hardtop
