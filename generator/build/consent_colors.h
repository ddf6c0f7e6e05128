// The colours that theme.toml gives the consent parts, before the rules of contrast.
#pragma once

#include "base/diagnostic.h"
#include "theme/theme.h"

namespace hardtop {

// Reports consent/low-contrast, at the colour in the theme.toml that gave it. Only for sites that ask.
void judge_consent_colors(const Theme& theme, Diagnostics& diagnostics);

}  // namespace hardtop
