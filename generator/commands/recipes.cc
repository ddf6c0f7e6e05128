#include "commands/recipes.h"

#include <algorithm>

#include "base/files.h"
#include "base/url.h"
#include "config/consent_config.h"
#include "consent/services.h"
#include "theme/theme.h"

namespace hardtop {

const std::vector<Recipe>& all_recipes() {
  static const std::vector<Recipe> recipes = [] {
    constexpr std::string_view kFolder = "assets/recipes/", kExtension = ".toml";
    std::vector<Recipe> found;
    for (const EmbeddedFile& file : embedded_files()) {
      if (!file.path.starts_with(kFolder) || !file.path.ends_with(kExtension)) continue;
      Recipe recipe;
      recipe.id = file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kExtension.size());
      recipe.text = file.bytes;
      const std::string_view first = file.bytes.substr(0, file.bytes.find('\n'));
      recipe.about = first.substr(std::min(first.find_first_not_of("# "), first.size()));
      found.push_back(recipe);
    }
    return found;
  }();
  return recipes;
}

const Recipe* find_recipe(std::string_view id) {
  for (const Recipe& recipe : all_recipes())
    if (recipe.id == id) return &recipe;
  return nullptr;
}

const Recipe* find_recipe_of_host(std::string_view host) {
  for (const Recipe& recipe : all_recipes()) {
    Diagnostics ignored;
    const MemoryFiles files{{"consent.toml", "[consent]\npolicy = \"p.md\"\n" + std::string(recipe.text)}};
    const auto config = load_consent_config(files, "", "", ignored);
    if (config && Services(*config, *parse_url("https://localhost/")).find_host(host) != kNoService) return &recipe;
  }
  return nullptr;
}

std::string recipe_list() {
  std::size_t width = 0;
  for (const Recipe& recipe : all_recipes()) width = std::max(width, recipe.id.size());
  std::string out;
  for (const Recipe& recipe : all_recipes()) {
    out.append("  ").append(recipe.id).append(width + 2 - recipe.id.size(), ' ').append(recipe.about).append("\n");
  }
  return out;
}

}  // namespace hardtop
