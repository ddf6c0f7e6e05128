#include "build/output_folder.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

TEST_CASE("an output folder that holds sources, or is inside them, is refused") {
  struct Row {
    const char* site;
    const char* output;
    const char* message;
  };
  const Row rows[] = {
      {"s", "s", "error: the output folder 's' holds the site's sources [build/output-inside-source]\n"},
      {"s/t", "s", "error: the output folder 's' holds the site's sources [build/output-inside-source]\n"},
      {"s", "s/content/out",
       "error: the output folder 's/content/out' is inside the site's content/ [build/output-inside-source]\n"},
      {"s", "s/x/../static",
       "error: the output folder 's/x/../static' is inside the site's static/ [build/output-inside-source]\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.output);
    Diagnostics found;
    CHECK_FALSE(check_output_folder(row.site, row.output, found));
    CHECK(to_text(found) ==
          std::string(row.message) + "  hint: choose a folder of its own, such as " + row.site + "/public\n");
  }
  Diagnostics none;
  CHECK(check_output_folder("s", "s/public", none));
  CHECK(check_output_folder("s", "elsewhere", none));
}
