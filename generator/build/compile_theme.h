// A theme made ready to render: every layout and component compiled against the schema of this site.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "build/site_model.h"
#include "theme/schema.h"
#include "theme/template.h"
#include "theme/theme.h"

namespace hardtop {

struct CompiledComponent {
  const ComponentType* type = nullptr;  // in Theme::components
  Template compiled;
};

struct CompiledTheme {
  Theme theme;
  std::map<std::string, std::string> translations;  // of the site's language
  Schema schema;                                    // base_schema() with what this site and theme add
  std::vector<std::string> layout_names;            // sorted
  std::vector<Template> layouts;                    // beside layout_names
  std::map<std::string, CompiledComponent, std::less<>> components;
  Template placeholder, consent_head;  // partials that are run on their own

  // kNone when there is no such layout.
  [[nodiscard]] std::uint32_t find_layout(std::string_view name) const;
};

// What the schema takes from the site beside the theme.
struct SiteNames {
  std::vector<std::string> asset_names;       // "css_main"
  std::vector<std::string> data_names;        // "team" for data/team.toml
  std::vector<std::string> free_site_params;  // given in site.toml and not declared by the theme
  std::vector<std::string> free_page_params;  // given in front matter and not declared by the theme
};

// Reports theme/no-layout (one of those that every theme has is missing), theme/no-component (a declared one
// without a template) and what template.h reports.
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<CompiledTheme> compile_theme(Theme theme, const SiteConfig& config,
                                                         std::map<std::string, std::string> translations,
                                                         const SiteNames& names, Diagnostics& diagnostics);

// Whether a template of the theme or the site reads the field: Template::reads.
[[nodiscard]] bool is_read(const CompiledTheme& theme, std::string_view object, std::string_view field);

// Chooses every job's layout. Reports build/unknown-layout and build/parent-layout at the front matter that names it.
void assign_layouts(const SiteModel& site, const CompiledTheme& theme, std::vector<OutputJob>& jobs,
                    Diagnostics& diagnostics);

}  // namespace hardtop
