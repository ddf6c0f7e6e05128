// The two diagnostic formats that are JSON; called through format_diagnostics() only.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

// One object a line.
[[nodiscard]] std::string format_json(const std::vector<Diagnostic>& diagnostics);

// One SARIF 2.1.0 document.
[[nodiscard]] std::string format_sarif(const std::vector<Diagnostic>& diagnostics);

}  // namespace hardtop
