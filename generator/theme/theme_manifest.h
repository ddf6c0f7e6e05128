// theme.toml: what a theme lets sites, pages and components set.
#pragma once

#include <optional>
#include <vector>

#include "theme/theme.h"

namespace hardtop {

struct ThemeManifest {
  std::vector<ParamType> params;  // in the order written
  std::vector<ParamType> page_params;
  std::vector<ComponentType> components;
  std::vector<ThemeColor> consent_light, consent_dark;  // those that are written
};

// What Mustache can look up: a dot would be a step down, a space no name at all.
[[nodiscard]] bool is_template_name(std::string_view name);

// Reports theme/unknown-key, theme/wrong-type, theme/bad-name, theme/bad-color and the errors of the TOML.
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<ThemeManifest> parse_theme_manifest(const SourcePtr& source, Diagnostics& diagnostics);

}  // namespace hardtop
