// Names that nothing asks for: folders, menus, terms of pages that no list shows. Whole texts.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

std::string told(const FileMap& more, const std::string& config = "") {
  FileMap files = plain_site(more);
  files.try_emplace("s/content/a.md", "A\n");
  files["s/site.toml"] += config;
  return build_in_memory(files).errors;
}

}  // namespace

TEST_CASE("a folder or file whose name is almost one that hardtop reads is told of") {
  CHECK(told({{"s/layout/page.mustache", "x"}, {"s/consnet.toml", ""}, {"s/themes/plain/style/b.scss", "p {}"}}) ==
        "consnet.toml: warning: hardtop does not read 'consnet.toml' [theme/unused-file]\n"
        "  hint: did you mean 'consent.toml'?\n"
        "layout: warning: hardtop does not read 'layout/' [theme/unused-file]\n"
        "  hint: did you mean 'layouts/'?\n"
        "themes/plain/style: warning: hardtop does not read 'style/' [theme/unused-file]\n"
        "  hint: did you mean 'styles/'?\n");
  for (const auto& [path, name] : std::map<std::string, std::string>{{"partial/a.mustache", "partials/"},
                                                                     {"component/a.mustache", "components/"},
                                                                     {"script/a.js", "scripts/"},
                                                                     {"Layouts/a.mustache", "layouts/"},
                                                                     {"contents/a.md", "content/"},
                                                                     {"sttic/a.png", "static/"},
                                                                     {"theme/x/styles/main.scss", "themes/"},
                                                                     {"themes.toml", "theme.toml"}}) {
    CAPTURE(path);
    CHECK(told({{"s/" + path, ""}}).find("\n  hint: did you mean '" + name + "'?\n") != std::string::npos);
  }
}

TEST_CASE("names that only look alike are a site's own business") {
  CHECK(told({{"s/src/a.js", ""},
              {"s/scripts-old/a.js", ""},
              {"s/node_modules/style/a.scss", ""},
              {"s/package.json", ""},
              {"s/README.md", ""},
              {"s/statistics/a.csv", ""},
              {"s/script/bootstrap", ""},
              {"s/style/guide.pdf", ""},
              {"s/date/a.txt", ""},
              {"s/themes/plain/src/a.ts", ""}}) == "");
}

TEST_CASE("a theme's folder without anything that is read is told of") {
  FileMap files = {{"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"own\"\n"},
                   {"s/content/a.md", "A\n"},
                   {"s/themes/own/README.md", ""}};
  CHECK(build_in_memory(files).errors ==
        "site.toml:3:9: warning: the theme 'own' is empty: the default theme shows in its place [theme/empty]\n"
        "  3 | theme = \"own\"\n"
        "    |         ^~~~~\n"
        "  hint: put its layouts/ and styles/ into themes/own/, or write theme = \"default\"\n");
  // The site has the same file; the theme is not empty for that.
  files["s/themes/own/styles/_custom.scss"] = files["s/styles/_custom.scss"] = "p { color: red; }";
  CHECK(build_in_memory(files).errors == "");
}

TEST_CASE("terms of pages that no list shows are told of, and templates do not see them") {
  FileMap files = plain_site({{"s/content/blog/_index.md", "+++\ntitle = \"B\"\ntags = [\"y\", \"x\"]\n+++\n"},
                              {"s/content/blog/a.md", "+++\ntags = [\"y\"]\n+++\n"}});
  files["s/themes/plain/layouts/section.mustache"] = files["s/themes/plain/layouts/page.mustache"] =
      "{{#page.tags}}<{{name}}>{{/page.tags}}";
  const Built built = build_in_memory(files);
  CHECK(
      built.errors ==
      "content/blog/_index.md:3:9: warning: terms of a section's own page are not listed: the list of 'y' in tags does "
      "not show it [build/unlisted-term]\n"
      "  3 | tags = [\"y\", \"x\"]\n"
      "    |         ^~~\n"
      "  hint: remove them, or give them to the pages of the section\n");
  CHECK(built["blog/index.html"] == "");
  CHECK(built["blog/a.html"] == "<y>");
  CHECK(
      told({{"s/content/_index.md", "+++\ntags = [\"y\"]\n+++\n"}}) ==
      "content/_index.md:2:9: warning: terms of the home page are not listed: the list of 'y' in tags does not show it "
      "[build/unlisted-term]\n"
      "  2 | tags = [\"y\"]\n"
      "    |         ^~~\n"
      "  hint: remove them\n");
  CHECK(told({{"s/content/404.md", "+++\ntags = [\"y\"]\n+++\n"}})
            .find("warning: terms of the page for missing addresses are not listed: ") != std::string::npos);
}

TEST_CASE("what leads to the missing page of a folder is told where the folder's list is") {
  const std::string hint =
      "  hint: write '/blog/' for the list of its pages, or give it a page: hardtop new page blog/_index\n";
  CHECK(told({{"s/content/a.md", "[b](blog/_index.md)\n"}, {"s/content/blog/b.md", "B\n"}}) ==
        "content/a.md:1:5: error: the link leads to content/blog/_index.md, which does not exist [build/broken-link]\n"
        "  1 | [b](blog/_index.md)\n"
        "    |     ^~~~~~~~~~~~~~\n" +
            hint);
  CHECK(told({{"s/content/blog/b.md", "B\n"}}, "[[menu.main]]\nto = \"blog/_index.md\"\n") ==
        "site.toml:8:6: error: the menu leads to content/blog/_index.md, which does not exist "
        "[build/unknown-menu-target]\n"
        "  8 | to = \"blog/_index.md\"\n"
        "    |      ^~~~~~~~~~~~~~~~\n" +
            hint);
}

TEST_CASE("a menu that no template shows is told of, with the one that may be meant") {
  const FileMap theme = {{"s/themes/plain/partials/menu.mustache", "{{#menu.main}}{{name}}{{/menu.main}}"},
                         {"s/themes/plain/layouts/page.mustache", "{{> menu}}{{{content}}}"},
                         {"s/components/social.mustache", "{{#menu.social}}{{name}}{{/menu.social}}"}};
  CHECK(told(theme, "[[menu.mian]]\nto = \"a.md\"\n[[menu.social]]\nto = \"a.md\"\n[[menu.footer]]\nto = \"a.md\"\n") ==
        "site.toml:7:8: warning: no template shows the menu 'mian' [build/unused-menu]\n"
        "  7 | [[menu.mian]]\n"
        "    |        ^~~~\n"
        "  hint: did you mean 'main'?\n");
  CHECK(told({}, "[[menu.docs]]\nto = \"a.md\"\n") ==
        "site.toml:7:8: warning: no template shows the menu 'docs' [build/unused-menu]\n"
        "  7 | [[menu.docs]]\n"
        "    |        ^~~~\n"
        "  hint: show it with {{#menu.docs}}…{{/menu.docs}}, or remove it\n");
}
