#include "commands/shown_paths.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

TEST_CASE("paths are shown so that they can be opened from the current folder") {
  struct Case {
    std::string site_dir, path, shown;
  };
  const std::vector<Case> cases = {
      {".", "content/a.md", "content/a.md"},
      {"site", "content/a.md", "site/content/a.md"},
      {"site/", "content/a.md", "site/content/a.md"},
      {"./site", "site.toml", "site/site.toml"},
      {"../other/site", "site.toml", "../other/site/site.toml"},
      {"/srv/site", "site.toml", "/srv/site/site.toml"},
      {"site", "../themes/mini/theme.toml", "themes/mini/theme.toml"},
      {"site", "/srv/themes/x", "/srv/themes/x"},
      {"site", "(built-in)/layouts/base.mustache", "(built-in)/layouts/base.mustache"},
  };
  for (const Case& c : cases) CHECK(path_from_here(c.site_dir, c.path) == c.shown);
}

TEST_CASE("diagnostics and their notes keep their lines when their paths change") {
  const SourcePtr source = make_source("content/a.md", "one\ntwo\n");
  Diagnostics found;
  found.add({.id = "x/y",
             .place = {source, 4, 3},
             .message = "no",
             .hint = "",
             .notes = {{whole_file("content/b.md"), "the other is here"}}});
  found.error({}, "x/z", "no place");
  CHECK(format_diagnostics(seen_from_here(found.sorted(), "site"), {}) ==
        "error: no place [x/z]\n"
        "site/content/a.md:2:1: error: no [x/y]\n"
        "  2 | two\n"
        "    | ^~~\n"
        "site/content/b.md: note: the other is here\n");
}
