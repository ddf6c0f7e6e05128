#include "commands/recipes.h"

#include <algorithm>

#include "base/files.h"
#include "base/public_suffix.h"
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

namespace {

std::optional<ConsentConfig> config_of(const Recipe& recipe) {
  Diagnostics ignored;
  const MemoryFiles files{{"consent.toml", "[consent]\npolicy = \"p.md\"\n" + std::string(recipe.text)}};
  return load_consent_config(files, "", "", ignored);
}

}  // namespace

const Recipe* find_recipe_of_host(std::string_view host) {
  for (const Recipe& recipe : all_recipes()) {
    const auto config = config_of(recipe);
    if (config && Services(*config, *parse_url("https://localhost/")).find_host(host) != kNoService) return &recipe;
  }
  return nullptr;
}

const Recipe* find_recipe_of_domain(std::string_view host) {
  const Recipe* recipe = find_recipe(Services::id_for_host(host));
  const auto config = recipe ? config_of(*recipe) : std::nullopt;
  if (!config) return nullptr;
  const auto is_of_domain = [&](std::string_view other) {
    if (other.starts_with("*.")) other.remove_prefix(2);
    return registrable_domain(other) == registrable_domain(host);
  };
  for (const Service& service : config->services)
    if (std::ranges::any_of(service.hosts, is_of_domain)) return recipe;
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
