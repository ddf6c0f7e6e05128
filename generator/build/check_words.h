// The words of i18n/, held against the templates that say them.
#pragma once

#include <string>

#include "build/compile_theme.h"

namespace hardtop {

// Reports as warnings
//   theme/missing-translation  words that pages show in English, because no file of `language` has them; of consent's own
//                              (consent_…) where `asks`, since a site without services shows none;
//   theme/unknown-translation  a key in the site's own i18n/ that nothing says: no template, and no theme has it either.
// Nothing for a language without any file, which load_translations tells of.
void check_words(const CompiledTheme& theme, const std::string& language, bool asks, Diagnostics& diagnostics);

}  // namespace hardtop
