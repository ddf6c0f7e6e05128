// What is wrong with a site, and what its producer reads then: whole texts.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

std::string errors_of(const FileMap& more) {
  const Built built = build_in_memory(plain_site(more));
  CHECK_FALSE(built.fine);
  return built.errors;
}

}  // namespace

TEST_CASE("a link to a page that does not exist names the nearest") {
  CHECK(errors_of({{"s/content/about.md", "+++\ntitle = \"A\"\n+++\n"},
                   {"s/content/b.md", "+++\ntitle = \"B\"\n+++\n\nSee [this](abuot.md).\n"}}) ==
        "content/b.md:5:12: error: the link leads to content/abuot.md, which does not exist [build/broken-link]\n"
        "  5 | See [this](abuot.md).\n"
        "    |            ^~~~~~~~\n"
        "  hint: did you mean content/about.md?\n");
}

TEST_CASE("a link to a draft says so") {
  CHECK(errors_of({{"s/content/d.md", "+++\ntitle = \"D\"\ndraft = true\n+++\n"}, {"s/content/b.md", "[d](d.md)\n"}}) ==
        "content/b.md:1:5: error: the link leads to content/d.md, which is a draft [build/broken-link]\n"
        "  1 | [d](d.md)\n"
        "    |     ^~~~\n"
        "  hint: remove the link, or build the page: hardtop build --help tells how\n");
}

TEST_CASE("a broken link that is only warned of is told once") {
  FileMap more = {{"s/content/b.md", "[d](d.md)\n"}};
  FileMap files = plain_site(more);
  files["s/site.toml"] += "[check]\nlinks = \"warn\"\n";
  const Built built = build_in_memory(files);
  CHECK(built.fine);
  CHECK(built.errors ==
        "content/b.md:1:5: warning: the link leads to content/d.md, which does not exist [build/broken-link]\n"
        "  1 | [d](d.md)\n"
        "    |     ^~~~\n"
        "  hint: did you mean content/b.md?\n");
}

TEST_CASE("a link to an anchor that does not exist, from Markdown, is placed in Markdown") {
  CHECK(errors_of({{"s/content/a.md", "## One\n"}, {"s/content/b.md", "[fine](a.md#one)\n\n[not](a.md#two)\n"}}) ==
        "content/b.md:3:7: error: the link '/a.html#two' leads to an anchor that /a.html does not have "
        "[build/broken-anchor]\n"
        "  3 | [not](a.md#two)\n"
        "    |       ^~~~~~~~\n"
        "  hint: a heading's anchor is made from its text; write one of your own as {#anchor} at the heading's end\n");
}

TEST_CASE("a broken link in raw HTML, a layout and a partial is placed where it was written") {
  CHECK(errors_of({{"s/content/a.md", "Text\n\n<p><a href=\"/nowhere.html\">x</a></p>\n"}}) ==
        "content/a.md:3:13: error: the link '/nowhere.html' leads to no file of the site [build/broken-link]\n"
        "  3 | <p><a href=\"/nowhere.html\">x</a></p>\n"
        "    |             ^~~~~~~~~~~~~\n"
        "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n");
  CHECK(errors_of({{"s/content/a.md", "Text\n"},
                   {"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n{{> nav}}{{{content}}}"},
                   {"s/themes/plain/partials/nav.mustache", "<nav>\n  <a href=\"/about\">x</a></nav>"},
                   {"s/content/about.md", "x\n"}}) ==
        "themes/plain/partials/nav.mustache:2:12: error: the link '/about' leads to no file of the site "
        "[build/broken-link]\n"
        "  2 |   <a href=\"/about\">x</a></nav>\n"
        "    |            ^~~~~~\n"
        "  hint: write '/about.html'\n");
}

TEST_CASE("two pages that want one URL are an error that names both") {
  CHECK(errors_of({{"s/content/a.md", "+++\ntitle = \"A\"\n+++\n"}, {"s/content/b.md", "+++\nslug = \"a\"\n+++\n"}}) ==
        "content/b.md: error: the page and the page would both write 'a.html' [build/duplicate-url]\n"
        "  hint: give one of them another slug or url in its front matter\n"
        "content/a.md: note: the page is here\n");
}

TEST_CASE("an alias over a page is an error") {
  CHECK(errors_of({{"s/content/a.md", "+++\naliases = [\"/b.html\"]\n+++\n"}, {"s/content/b.md", "b\n"}}) ==
        "content/a.md:2:12: error: the page and an alias would both write 'b.html' [build/alias-over-page]\n"
        "  2 | aliases = [\"/b.html\"]\n"
        "    |            ^~~~~~~~~\n"
        "  hint: remove the alias, or give it an address that no page has\n"
        "content/b.md: note: the page is here\n");
}

TEST_CASE("an alias that leaves the site is an error") {
  CHECK(errors_of({{"s/content/a.md", "+++\naliases = [\"/../x\"]\n+++\n"}}) ==
        "content/a.md:2:12: error: the alias '/../x' is not a path inside the site [build/url-outside]\n"
        "  2 | aliases = [\"/../x\"]\n"
        "    |            ^~~~~~~\n"
        "  hint: write a path that begins with '/': aliases = [\"/old/\"]\n");
}

TEST_CASE("an unknown layout and an unknown component have suggestions") {
  CHECK(errors_of({{"s/content/a.md", "+++\nlayout = \"pagge\"\n+++\n"}}) ==
        "content/a.md:2:10: error: there is no layout 'pagge' [build/unknown-layout]\n"
        "  2 | layout = \"pagge\"\n"
        "    |          ^~~~~~~\n"
        "  hint: did you mean 'page'?\n");
  CHECK(errors_of({{"s/content/a.md", "```{figur}\nsrc = \"x\"\n```\n"}}) ==
        "content/a.md:1:1: error: there is no component 'figur' [build/unknown-component]\n"
        "  1 | ```{figur}\n"
        "    | ^~~~~~~~~~\n"
        "  hint: did you mean 'figure'?\n");
}

TEST_CASE("what a later version will have says so") {
  CHECK(errors_of({{"s/content/a.md", "[p](consent:preferences)\n"}}) ==
        "content/a.md:1:5: error: links that begin with 'consent:' are not built yet in this version "
        "[build/not-built-yet]\n"
        "  1 | [p](consent:preferences)\n"
        "    |     ^~~~~~~~~~~~~~~~~~~\n"
        "  hint: link to a page or to the provider's address for now\n");
  CHECK(errors_of({{"s/consent.toml", ""}}) ==
        "consent.toml: error: consent.toml is not built yet in this version: nothing would be gated "
        "[build/not-built-yet]\n"
        "  hint: remove the file, and every third party from the site, for now\n");
  CHECK(errors_of({{"s/content/a.md", "```{cookie-table}\n```\n"}}) ==
        "content/a.md:1:1: error: the component 'cookie-table' is not built yet in this version [build/not-built-yet]\n"
        "  1 | ```{cookie-table}\n"
        "    | ^~~~~~~~~~~~~~~~~\n"
        "  hint: write the table or link by hand for now\n");
}

TEST_CASE("a menu that leads nowhere is an error at its entry") {
  CHECK(
      errors_of(
          {{"s/site.toml",
            "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\n\n[[menu.main]]\nto = \"abot.md\"\n"},
           {"s/content/about.md", "x\n"}}) ==
      "site.toml:6:6: error: the menu leads to content/abot.md, which does not exist [build/unknown-menu-target]\n"
      "  6 | to = \"abot.md\"\n"
      "    |      ^~~~~~~~~\n"
      "  hint: did you mean 'about.md'?\n");
}

TEST_CASE("all mistakes of a pass are reported at once") {
  const std::string errors =
      errors_of({{"s/content/a.md", "[x](no1.md) [y](no2.md)\n"}, {"s/content/b.md", "[z](no3.md)\n"}});
  CHECK(errors.find("no1.md") != std::string::npos);
  CHECK(errors.find("no2.md") != std::string::npos);
  CHECK(errors.find("no3.md") != std::string::npos);
}

TEST_CASE("a symbolic link out of static/ is an error") {
  MemoryFiles files(plain_site({{"s/content/a.md", "x\n"}}));
  files.add_entry("s/static/secret.txt", FileKind::escape);
  const Built built = build_in_memory(files);
  CHECK_FALSE(built.fine);
  CHECK(built.errors ==
        "static/secret.txt: error: the symbolic link leads out of static/ [build/outside]\n"
        "  hint: copy the file into static/ instead\n");
}

TEST_CASE("an empty site builds, with a warning") {
  const Built built = build_in_memory(plain_site());
  CHECK(built.fine);
  CHECK(built.errors ==
        "content: warning: there is no page in content/ [build/empty-site]\n"
        "  hint: add one: hardtop new page my-first-page\n");
  CHECK(built["index.html"] == "<title>T</title>");
}
