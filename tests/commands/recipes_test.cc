// The snippets of the recipes as the gate makes them inert: moved whole, and with nothing that it would refuse.
#include "commands/recipes.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "config/consent_config.h"
#include "consent/gate.h"

using namespace hardtop;

TEST_CASE("the gate takes the snippet of every recipe into a template, whole") {
  std::size_t tags = 0;
  for (const Recipe& recipe : all_recipes()) {
    CAPTURE(recipe.id);
    const MemoryFiles files{{"consent.toml", "[consent]\npolicy = \"privacy.md\"\n" + std::string(recipe.text)}};
    Diagnostics found;
    const std::optional<ConsentConfig> config = load_consent_config(files, "", "www.site.example", found);
    REQUIRE(config);
    const Url base = *parse_url("https://www.site.example/");
    const Services services(*config, base);
    const GateSite site{services, "", nullptr, nullptr, ""};
    for (const ServiceTag& tag : config->services[0].tags) {
      ++tags;
      const GatedHtml gated = gate_html(site, tag.html, "/", GateMode::tag, 0);
      for (const GateProblem& problem : gated.problems) MESSAGE(problem.id, ": ", problem.message);
      CHECK(gated.problems.empty());
      CHECK(gated.optional == std::vector<ServiceIndex>{0});
      CHECK(gated.necessary.empty());
      CHECK(gated.needs.third_party_script);
      CHECK(apply_edits(tag.html, gated.edits) ==
            "<template data-service=\"" + std::string(recipe.id) + "\">" + tag.html + "</template>");
    }
  }
  CHECK(tags == 5);
}

TEST_CASE("the frames that the recipes are for belong to them") {
  struct Row {
    const char* recipe;
    const char* url;
  };
  const std::vector<Row> rows = {
      {"youtube", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"},
      {"youtube", "https://www.youtube.com/embed/aqz-KE-bpKQ"},
      {"vimeo", "https://player.vimeo.com/video/76979871?dnt=1"},
      {"google-maps", "https://www.google.com/maps/embed?pb=!1m18"},
      {"google-maps", "https://maps.google.com/maps?q=Berlin&output=embed"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    const MemoryFiles files{
        {"consent.toml", "[consent]\npolicy = \"privacy.md\"\n" + std::string(find_recipe(row.recipe)->text)}};
    Diagnostics found;
    const std::optional<ConsentConfig> config = load_consent_config(files, "", "www.site.example", found);
    REQUIRE(config);
    const Url base = *parse_url("https://www.site.example/");
    const Services services(*config, base);
    CHECK(services.owner_of(row.url, base).party == Party::optional);
  }
}
