// Services that hardtop knows: assets/recipes/NAME.toml, which the binary carries. Each is a [[service]], complete but
// for the ids that the vendor gives; its first line is a comment "# NAME: what it does".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct Recipe {
  std::string_view id;     // "google-analytics": what is typed, and the service's id
  std::string_view about;  // its first line, without "# "
  std::string_view text;
};
[[nodiscard]] const std::vector<Recipe>& all_recipes();  // by id
[[nodiscard]] const Recipe* find_recipe(std::string_view id);
// The service that `host` belongs to; null where hardtop knows none.
[[nodiscard]] const Recipe* find_recipe_of_host(std::string_view host);

// The service that is called as the domain of `host` is and has other hosts there: "youtube.com" is not among YouTube's, but plainly its.
[[nodiscard]] const Recipe* find_recipe_of_domain(std::string_view host);

// A line each: "  matomo   Matomo: counts visits, on a server of your own".
[[nodiscard]] std::string recipe_list();

}  // namespace hardtop
