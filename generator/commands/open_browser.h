// Shows an address to whoever sits at this machine.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace hardtop {

// Opens `url` in the desktop's browser (xdg-open, or what the variable BROWSER names) and does not wait for it. Warns of
// serve/no-browser where that cannot be started.
void open_browser(const std::string& url, const std::string& program, Diagnostics& diagnostics);

}  // namespace hardtop
