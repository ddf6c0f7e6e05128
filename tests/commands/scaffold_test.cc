#include "commands/scaffold.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a title is made from a name that was typed as one, and kept as it is otherwise") {
  struct Case {
    std::string name, title;
  };
  const std::vector<Case> cases = {
      {"about", "About"},       {"my-first-post", "My first post"}, {"road_trip", "Road trip"},
      {"Our GmbH", "Our GmbH"}, {"MINI-news", "MINI-news"},         {"our first drive", "our first drive"},
      {"2026", "2026"},
  };
  for (const Case& c : cases) CHECK(title_as_typed(c.name) == c.title);
}
