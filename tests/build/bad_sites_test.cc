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

TEST_CASE("what is wrong in raw HTML is placed there, whatever Markdown says of the same address") {
  const std::string hint =
      "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n";
  CHECK(
      errors_of({{"s/content/about.md", "x\n"},
                 {"s/content/b.md",
                  "[about.md](about.md) ![](about.md \"about.md\") `about.md`\n\n[r]\n\n<a href=\"about.md\">a</a>\n\n"
                  "[r]: about.md\n"}}) ==
      "content/b.md:5:10: error: the link 'about.md' leads to no file of the site [build/broken-link]\n"
      "  5 | <a href=\"about.md\">a</a>\n"
      "    |          ^~~~~~~~\n" +
          hint);
  CHECK(errors_of({{"s/content/b.md",
                    "<https://x.example/a.png> [a](https://x.example/a.png)\n\n"
                    "<img src=\"https://x.example/a.png\" alt=\"\">\n\n![](/gone.png)\n"}})
            .starts_with("content/b.md:3:11: error: no service declares the host 'x.example'"));
  CHECK(errors_of({{"s/content/b.md", "<b>/x.txt</b> <a href=\"/x.txt\">x</a> and [x](/x.txt)\n"}}) ==
        "content/b.md:1:24: error: the link '/x.txt' leads to no file of the site [build/broken-link]\n"
        "  1 | <b>/x.txt</b> <a href=\"/x.txt\">x</a> and [x](/x.txt)\n"
        "    |                        ^~~~~~\n" +
            hint +
            "content/b.md:1:46: error: the link '/x.txt' leads to no file of the site [build/broken-link]\n"
            "  1 | <b>/x.txt</b> <a href=\"/x.txt\">x</a> and [x](/x.txt)\n"
            "    |                                              ^~~~~~\n" +
            hint);
}

TEST_CASE("a link that a layout prints of a page is the page's") {
  const FileMap files = {{"s/theme.toml", "[page_params.hero]\ntype = \"text\"\n"},
                         {"s/layouts/page.mustache", "{{! parent: base }}\n<a href=\"{{page.params.hero}}\">x</a>\n"},
                         {"s/content/a.md", "+++\n[params]\nhero = \"/one.txt\"\n+++\n"},
                         {"s/content/b.md", "+++\n[params]\nhero = \"/two.txt\"\n+++\n"},
                         {"s/content/c.md", "+++\n[params]\nhero = \"/c.html\"\n+++\n"}};
  const auto told = [](const std::string& page, const std::string& link) {
    return "content/" + page + ":3:8: error: the link '" + link +
           "' leads to no file of the site [build/broken-link]\n" + "  3 | hero = \"" + link +
           "\"\n    |        ^~~~~~~~~~\n" +
           "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n" +
           "layouts/page.mustache:2:10: note: the layout prints it here\n"
           "  2 | <a href=\"{{page.params.hero}}\">x</a>\n"
           "    |          ^~~~~~~~~~~~~~~~~~~~\n";
  };
  CHECK(errors_of(files) == told("a.md", "/one.txt") + told("b.md", "/two.txt"));
}

TEST_CASE("a page that names a parent layout as its own is told that its text would not show") {
  CHECK(errors_of({{"s/content/a.md", "+++\ntitle = \"A\"\nlayout = \"base\"\n+++\nText\n"}}) ==
        "content/a.md:3:10: error: the layout 'base' is a frame for other layouts: the page's text would not show "
        "[build/parent-layout]\n"
        "  3 | layout = \"base\"\n"
        "    |          ^~~~~~\n"
        "  hint: name a layout that has it as its parent, or leave `layout` out\n");
}

TEST_CASE("a link to a draft says so") {
  CHECK(errors_of({{"s/content/d.md", "+++\ntitle = \"D\"\ndraft = true\n+++\n"}, {"s/content/b.md", "[d](d.md)\n"}}) ==
        "content/b.md:1:5: error: the link leads to content/d.md, which is a draft [build/broken-link]\n"
        "  1 | [d](d.md)\n"
        "    |     ^~~~\n"
        "  hint: remove draft = true from it, or build with --drafts\n");
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

TEST_CASE("a URL in a style sheet that leads nowhere is placed in the source, and a path below static/ is recognised") {
  const FileMap files = {{"s/content/_index.md", "x\n"},
                         {"s/static/img/a.png", "x"},
                         {"s/themes/plain/styles/main.scss",
                          "$folder: \"../img/\";\np {\n  background: url(\"#{$folder}a.png\"), url(../img/b.png);\n}\n"
                          "q { background: url('img/a.png'); mask: url(#shape); cursor: url(data:,x); }\n"}};
  CHECK(errors_of(files) ==
        "themes/plain/styles/main.scss:3:43: error: the URL '../img/b.png' leads to no file of the site: it would be "
        "/img/b.png [build/broken-link]\n"
        "  3 |   background: url(\"#{$folder}a.png\"), url(../img/b.png);\n"
        "    |                                           ^~~~~~~~~~~~\n"
        "  hint: mend the URL, or add the file to static/; [check] links = \"warn\" in site.toml lets it pass\n"
        "themes/plain/styles/main.scss:5:22: error: the URL 'img/a.png' leads to no file of the site: it would be "
        "/assets/img/a.png [build/broken-link]\n"
        "  5 | q { background: url('img/a.png'); mask: url(#shape); cursor: url(data:,x); }\n"
        "    |                      ^~~~~~~~~\n"
        "  hint: write '/img/a.png'\n");
  FileMap warned = plain_site(files);
  warned["s/site.toml"] += "[check]\nlinks = \"off\"\n";
  CHECK(build_in_memory(warned).errors.empty());
}

TEST_CASE("a URL of a style sheet is placed where it was written or put together, and nowhere else that has its text") {
  const FileMap files = {
      {"s/content/_index.md", "x\n"},
      {"s/static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"},
      {"s/themes/plain/styles/_a.scss", "// url(con.svg) url(https://x.example/a.png)\n"},
      {"s/themes/plain/styles/_fonts.scss",
       "$path: \"../fonts\";\n@font-face { font-family: x; src: url(\"#{$path}/x.woff2\") format(\"woff2\"); }\n"},
      {"s/themes/plain/styles/_images.scss",
       ".a { background: url(/favicon.svg); }\n.b { background: url(con.svg); }\n"},
      {"s/themes/plain/styles/main.scss", "@import \"a\", \"fonts\", \"images\";\n"}};
  const std::string expected =
      "themes/plain/styles/_fonts.scss:2:35: error: the URL '../fonts/x.woff2' leads to no file of the site: it would "
      "be "
      "/fonts/x.woff2 [build/broken-link]\n"
      "  2 | @font-face { font-family: x; src: url(\"#{$path}/x.woff2\") format(\"woff2\"); }\n"
      "    |                                   ^~~~~~~~~~~~~~~~~~~~~~~\n"
      "  hint: mend the URL, or add the file to static/; [check] links = \"warn\" in site.toml lets it pass\n"
      "themes/plain/styles/_images.scss:2:22: error: the URL 'con.svg' leads to no file of the site: it would be "
      "/assets/con.svg [build/broken-link]\n"
      "  2 | .b { background: url(con.svg); }\n"
      "    |                      ^~~~~~~\n"
      "  hint: mend the URL, or add the file to static/; [check] links = \"warn\" in site.toml lets it pass\n";
  CHECK(errors_of(files) == expected);
  FileMap hosts = files;
  hosts["s/themes/plain/styles/_fonts.scss"] = "$path: \"https://x.example\";\np { a: url(\"#{$path}/a.png\"); }\n";
  hosts["s/themes/plain/styles/_images.scss"] = "";
  CHECK(errors_of(hosts).starts_with(
      "themes/plain/styles/_fonts.scss:2:8: error: no service declares the host 'x.example' [consent/undeclared-host]\n"
      "  2 | p { a: url(\"#{$path}/a.png\"); }\n"
      "    |        ^~~~~~~~~~~~~~~~~~~~~\n"));
}

TEST_CASE("a link to an anchor that does not exist, from Markdown, is placed in Markdown") {
  CHECK(errors_of({{"s/content/a.md", "## One\n"}, {"s/content/b.md", "[fine](a.md#one)\n\n[not](a.md#two)\n"}}) ==
        "content/b.md:3:7: error: the link '/a.html#two' leads to an anchor that /a.html does not have "
        "[build/broken-anchor]\n"
        "  3 | [not](a.md#two)\n"
        "    |       ^~~~~~~~\n"
        "  hint: a heading's anchor is made from its text; write one of your own as {#anchor} at the heading's end\n");
}

TEST_CASE("a link to an anchor that is nearly one of its page's says which") {
  const auto hint = [](const std::string& link) {
    const std::string errors = errors_of(
        {{"s/content/a.md", "## Gr\u00f6\u00dfe und Gewicht\n\n## Getting started\n\n<i id=\"a&amp;b\"></i>\n"},
         {"s/content/b.md", link + "\n"}});
    const std::size_t at = errors.find("  hint: ");
    return at == std::string::npos ? errors : errors.substr(at);
  };
  CHECK(hint("[x](a.md#getting-startd)") == "  hint: did you mean '#getting-started'?\n");
  CHECK(hint("[x](a.md#Getting%20Started)") == "  hint: did you mean '#getting-started'?\n");
  CHECK(hint("[x](a.md#gr\u00f6\u00dfe-und-gewicht)") == "  hint: did you mean '#gr\u00f6sse-und-gewicht'?\n");
  CHECK(hint("<a href=\"/a.html#a&amp;\">x</a>") == "  hint: did you mean '#a&b'?\n");
  CHECK(hint("[x](a.md#prices)") ==
        "  hint: a heading's anchor is made from its text; write one of your own as {#anchor} at the heading's end\n");
}

TEST_CASE("a link to a page's address with another end says which end is right, and keeps what follows") {
  const auto hint = [](const std::string& link, const std::string& site) {
    const std::string errors =
        errors_of({{"s/content/a.md", "## One\n"},
                   {"s/content/b.md", "<a href=\"" + link + "\">x</a>\n"},
                   {"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\n" + site}});
    const std::size_t at = errors.find("  hint: ");
    return at == std::string::npos ? errors : errors.substr(at);
  };
  CHECK(hint("/a#one", "urls = \"file\"\n") == "  hint: write '/a.html#one'\n");
  CHECK(hint("/a?x#one", "urls = \"directory\"\n") == "  hint: write '/a/?x#one', with a slash at the path's end\n");
  CHECK(hint("/a.html#one", "urls = \"directory\"\n") == "  hint: write '/a/#one'\n");
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

TEST_CASE("a broken link is placed in Markdown below a table of contents, and beside links of all kinds") {
  CHECK(errors_of(
            {{"s/themes/plain/layouts/page.mustache",
              "{{! parent: base }}\n{{#page.has_toc}}{{#page.toc}}<a href=\"#{{anchor}}\">{{{title}}}</a>{{/page.toc}}"
              "{{/page.has_toc}}<main>{{{content}}}</main><footer>foot</footer>"},
             {"s/content/a.md",
              "# A\n\n## One\n\n## Two\n\n[one](#one) <b id=\"x\">raw</b> [n](/n/?x=1&y=2)\n\n[u](<ü b.png>)\n"}}) ==
        "content/a.md:7:35: error: the link '/n/?x=1&amp;y=2' leads to no file of the site [build/broken-link]\n"
        "  7 | [one](#one) <b id=\"x\">raw</b> [n](/n/?x=1&y=2)\n"
        "    |                                   ^~~~~~~~~~~\n"
        "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n"
        "content/a.md:9:6: error: the link '%C3%BC%20b.png' leads to no file of the site [build/broken-link]\n"
        "  9 | [u](<ü b.png>)\n"
        "    |      ^~~~~~~\n"
        "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n");
}

TEST_CASE("two pages that want one URL are an error that names both") {
  CHECK(errors_of({{"s/content/a.md", "+++\ntitle = \"A\"\n+++\n"}, {"s/content/b.md", "+++\nslug = \"a\"\n+++\n"}}) ==
        "content/b.md: error: this page and another would both write 'a.html' [build/duplicate-url]\n"
        "  hint: give one of them another slug or url in its front matter\n"
        "content/a.md: note: the other is here\n");
}

TEST_CASE("an address that would lie among the notes of a deploy is an error") {
  CHECK(errors_of({{"s/content/a.md", "+++\naliases = [\"/.hardtop/manifest.json\"]\n+++\n"},
                   {"s/content/b.md", "+++\nurl = \"/.Hardtop/x.html\"\n+++\n"}}) ==
        "content/a.md:2:12: error: '.hardtop/manifest.json' would lie where a deploy keeps its notes on the server "
        "[build/bad-url]\n"
        "  2 | aliases = [\"/.hardtop/manifest.json\"]\n"
        "    |            ^~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: choose an address that does not begin with /.hardtop/\n"
        "content/b.md: error: '.Hardtop/x.html' would lie where a deploy keeps its notes on the server "
        "[build/bad-url]\n"
        "  hint: choose an address that does not begin with /.hardtop/\n");
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
        "  hint: write a path that begins with '/', without '?' and '#': aliases = [\"/old/\"]\n");
}

TEST_CASE("an alias that no request for a file can reach is an error") {
  for (const char* alias : {"/old?id=3", "/a#b", "/a\\\\b", "old/"}) {
    CAPTURE(alias);
    const std::string errors =
        errors_of({{"s/content/a.md", std::string("+++\naliases = [\"") + alias + "\"]\n+++\n"}});
    CHECK(errors.find("is not a path inside the site [build/bad-url]\n") != std::string::npos);
  }
}

TEST_CASE("a home page that would be elsewhere is an error at its url") {
  CHECK(errors_of({{"s/content/_index.md", "+++\nurl = \"/home/\"\n+++\n"}}) ==
        "content/_index.md:2:7: error: the home page is at '/', and cannot be moved to '/home/' [build/bad-url]\n"
        "  2 | url = \"/home/\"\n"
        "    |       ^~~~~~~~\n"
        "  hint: remove the url; for a page that is elsewhere, make another file\n");
}

TEST_CASE("a slug without a letter or digit is named at its place") {
  CHECK(errors_of({{"s/content/a.md", "+++\nslug = \"!\"\n+++\n"}}) ==
        "content/a.md:2:8: error: no URL can be made from the slug '!' [build/empty-slug]\n"
        "  2 | slug = \"!\"\n"
        "    |        ^~~\n"
        "  hint: set it to a word with letters or digits\n");
}

TEST_CASE("a page called index.md above a section is told to be a section's, too") {
  CHECK(errors_of({{"s/content/b/index.md", "# B\n"}, {"s/content/b/c/_index.md", "# C\n"}}) ==
        "content/b/index.md: error: the page and the list of a section would both write 'b/index.html' "
        "[build/duplicate-url]\n"
        "  hint: rename it to _index.md: that is the page of a folder with sections\n"
        "content/b: note: the section is here\n");
}

TEST_CASE("terms that only signs tell apart are an error, and other ways to write a term are none") {
  const auto with_tags = [](const std::string& first, const std::string& second) {
    return build_in_memory(plain_site({{"s/site.toml",
                                        "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = "
                                        "\"plain\"\n[taxonomies]\ntags = {}\n"},
                                       {"s/content/a.md", "+++\ntags = [\"" + first + "\"]\n+++\n"},
                                       {"s/content/b.md", "+++\ntags = [\"" + second + "\"]\n+++\n"}}))
        .errors;
  };
  CHECK(with_tags("C++", "C#") ==
        "content/b.md:2:9: error: the terms 'C#' and 'C++' of tags have one URL, /tags/c/: letters and digits make "
        "it [build/ambiguous-term]\n"
        "  2 | tags = [\"C#\"]\n"
        "    |         ^~~~\n"
        "  hint: write both the same way, or tell them apart by letters or digits\n"
        "content/a.md:2:9: note: the other is here\n"
        "  2 | tags = [\"C++\"]\n"
        "    |         ^~~~~\n");
  for (const auto& [first, second] : {std::pair("Sea side", "sea-side"), {"SEA", "sea"}, {"a_b", "A  b"}}) {
    CAPTURE(first);
    CHECK(with_tags(first, second) == "");
  }
}

TEST_CASE("files of a page that is left out are left out, too") {
  const FileMap files = plain_site({{"s/content/_index.md", "x\n"},
                                    {"s/content/secret/index.md", "+++\ndraft = true\n+++\n"},
                                    {"s/content/secret/plan.pdf", "p"},
                                    {"s/content/secret/more/map.png", "m"},
                                    {"s/content/secret/open/index.md", "x\n"},
                                    {"s/content/secret/open/a.txt", "a"},
                                    {"s/content/later/_index.md", "+++\ndate = 2099-01-01\n+++\n"},
                                    {"s/content/later/b.txt", "b"},
                                    {"s/content/secrets/c.txt", "c"}});
  const Built built = build_in_memory(files);
  CHECK(built.errors == "");
  CHECK_FALSE(built.files.contains("secret/plan.pdf"));
  CHECK_FALSE(built.files.contains("secret/more/map.png"));
  CHECK_FALSE(built.files.contains("later/b.txt"));
  CHECK(built["secret/open/a.txt"] == "a");
  CHECK(built["secrets/c.txt"] == "c");
  BuildOptions drafts = options_for_tests();
  drafts.drafts = true;
  CHECK(build_in_memory(MemoryFiles(files), drafts)["secret/plan.pdf"] == "p");
}

TEST_CASE("a file that cannot be read is told of before anything is written") {
  MemoryFiles files(plain_site({{"s/content/_index.md", "x\n"}, {"s/static/a.jpg", "x"}}));
  files.fail_on_read("s/static/a.jpg", std::errc::permission_denied);
  CHECK(build_in_memory(files).errors ==
        "static/a.jpg: error: cannot read the file: Permission denied [build/unreadable]\n"
        "  hint: make it readable for you, or remove it: what is published is read first\n");
}

TEST_CASE("a component whose line is not its name in braces is an error, and other code is not") {
  const auto told = [](const std::string& name, const std::string& line) {
    return "content/a.md:3:1: error: the line of the component '" + name + "' is not ```{" + name +
           "} alone [content/component-line]\n  3 | " + line +
           "\n    | ^~~\n  hint: write each parameter as a line of TOML below it\n";
  };
  for (const auto& [name, line] :
       std::initializer_list<std::pair<std::string, std::string>>{{"figure", "```{figure src=\"/a.png\"}"},
                                                                  {"note", "```{note} Title"},
                                                                  {"note", "```{ note }"},
                                                                  {"my-note", "```{my-note"}})
    CHECK(errors_of({{"s/content/a.md", "Text\n\n" + line + "\n```\n"}}) == told(name, line));
  CHECK(build_in_memory(plain_site({{"s/content/a.md",
                                     "```{.python .numbered}\n```\n\n```{=html}\n```\n\n```{a:1}\n```\n\n```{\n```\n\n"
                                     "```{ }\n```\n\n```{ .x }\n```\n"}}))
            .errors == "");
}

TEST_CASE("a link in Markdown that has the path of base_url, too, says so") {
  CHECK(errors_of({{"s/content/a.md", "## One\n"},
                   {"s/content/b.md", "[x](/docs/a.html#one)\n"},
                   {"s/site.toml",
                    "title = \"T\"\nbase_url = \"https://t.example/docs/\"\ntheme = \"plain\"\nurls = \"file\"\n"}}) ==
        "content/b.md:1:5: error: the link '/docs/docs/a.html#one' leads to no file of the site [build/broken-link]\n"
        "  1 | [x](/docs/a.html#one)\n"
        "    |     ^~~~~~~~~~~~~~~~\n"
        "  hint: leave out '/docs': the path of base_url goes in front of links in Markdown by itself\n");
}

TEST_CASE("a menu that leads to no file of the site is placed in site.toml") {
  FileMap files = plain_site({{"s/content/_index.md", "x\n"}, {"s/content/a.md", "x\n"}});
  files["s/site.toml"] =
      "[[menu.main]]\nname = \"A\"\nto = \"/docs/a.html\"\n[[menu.main]]\nname = \"B\"\nto = \"/b\"\n"
      "[[menu.main]]\nname = \"C\"\nto = \"/a.html?x#y\"\n";
  files["s/site.toml"] = "title = \"T\"\nbase_url = \"https://t.example/docs/\"\ntheme = \"plain\"\nurls = \"file\"\n" +
                         files["s/site.toml"];
  const std::string errors = build_in_memory(files).errors;
  CHECK(errors ==
        "site.toml:7:6: error: the menu leads to '/docs/a.html', and the site has no such file "
        "[build/unknown-menu-target]\n"
        "  7 | to = \"/docs/a.html\"\n"
        "    |      ^~~~~~~~~~~~~~\n"
        "  hint: write '/a.html': the path of base_url goes in front\n"
        "site.toml:10:6: error: the menu leads to '/b', and the site has no such file [build/unknown-menu-target]\n"
        "  10 | to = \"/b\"\n"
        "     |      ^~~~\n"
        "  hint: write \"about.md\" (below content/), or mend the path; [check] links = \"warn\" in site.toml lets it "
        "pass\n");
}

TEST_CASE("a page beside a folder of its name is told to move into it") {
  FileMap files = {{"s/content/about.md", "x\n"}, {"s/content/about/team.md", "x\n"}};
  files["s/site.toml"] = "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\n";
  CHECK(errors_of(files) ==
        "content/about.md: error: the page and the list of a section would both write 'about/index.html' "
        "[build/duplicate-url]\n"
        "  hint: move it to content/about/_index.md: that is the page of a folder with pages\n"
        "content/about: note: the section is here\n");
}

TEST_CASE("what swallows the rest of a page is told where it opens") {
  CHECK(errors_of({{"s/content/a.md", "<!-- fine -->\n\nText\n\n<!-- to do\n\nMore\n"}}) ==
        "content/a.md:5:1: error: '<!--' is not closed: all that follows on the page is lost in it "
        "[build/unclosed-html]\n"
        "  5 | <!-- to do\n"
        "    | ^~~~\n"
        "  hint: write --> where it ends\n");
  CHECK(errors_of({{"s/content/a.md", "Text\n\n<textarea rows=\"2\">\n"}}) ==
        "content/a.md:3:1: error: '<textarea' is not closed: all that follows on the page is lost in it "
        "[build/unclosed-html]\n"
        "  3 | <textarea rows=\"2\">\n"
        "    | ^~~~~~~~~~~~~~~~~~~\n"
        "  hint: write </textarea> where it ends\n");
  CHECK(errors_of({{"s/content/a.md", "Text\n"},
                   {"s/themes/plain/layouts/page.mustache", "{{{content}}}\n<style>p { color: red }\n"}}) ==
        "themes/plain/layouts/page.mustache:2:1: error: '<style' is not closed: all that follows on the page is lost "
        "in it "
        "[build/unclosed-html]\n"
        "  2 | <style>p { color: red }\n"
        "    | ^~~~~~~\n"
        "  hint: write </style> where it ends\n");
  CHECK(build_in_memory(plain_site({{"s/content/a.md", "Text\n\n<!-- fine -->\n"},
                                    {"s/themes/plain/layouts/page.mustache", "{{{content}}}"}}))
            .errors == "");
}

TEST_CASE("plain CSS that no style sheet imports is told of") {
  const FileMap files = plain_site({{"s/content/_index.md", "x\n"},
                                    {"s/styles/main.scss", "@import \"used\";\n"},
                                    {"s/styles/used.css", "p { color: red; }\n"},
                                    {"s/styles/more.css", "p { color: red; }\n"}});
  const Built built = build_in_memory(files);
  CHECK(built.fine);
  CHECK(built.errors ==
        "styles/more.css: warning: no style sheet imports this one [theme/unused-file]\n"
        "  hint: rename it to end in .scss, which takes plain CSS, or import it in one that does\n");
}

TEST_CASE("another page for missing addresses is told how such a page is written") {
  CHECK(errors_of({{"s/content/a.md", "+++\nurl = \"/404.html\"\n+++\n"}}) ==
        "content/a.md: error: the page and the page for missing addresses would both write '404.html' "
        "[build/duplicate-url]\n"
        "  hint: write the page for missing addresses as content/404.md\n");
  CHECK(errors_of({{"s/content/a.md", "x\n"}, {"s/static/404.html", "<!doctype html>"}}) ==
        "static/404.html: error: the page for missing addresses and a static file would both write '404.html' "
        "[build/static-over-page]\n"
        "  hint: write the page for missing addresses as content/404.md\n");
}

TEST_CASE("a component that a theme.toml declares without a template is placed there") {
  CHECK(errors_of({{"s/content/_index.md", "x\n"}, {"s/theme.toml", "[components.nope]\n"}}) ==
        "theme.toml:1:13: error: theme.toml declares the component 'nope', which has no template [theme/no-component]\n"
        "  1 | [components.nope]\n"
        "    |             ^~~~\n"
        "  hint: add components/nope.mustache, or remove [components.nope]\n");
  CHECK(errors_of({{"s/content/_index.md", "x\n"}, {"s/components/note.mustache", "<aside>{{{text}}}</aside>\n"}}) ==
        "components/note.mustache:1:11: error: there is no name 'text' here [template/unknown-name]\n"
        "  1 | <aside>{{{text}}}</aside>\n"
        "    |           ^~~~\n"
        "  hint: if it is a parameter, declare it in theme.toml: [components.note.params.text]\n");
}

TEST_CASE("a term is placed where the front matter lists it, whatever else has its name") {
  const auto empty_term = [](const std::string& head) { return errors_of({{"s/content/a.md", head}}); };
  CHECK(empty_term("+++\ntitle = \"tags\"\n# tags: ++\ntags = [\"c++\", '++']\n+++\n") ==
        "content/a.md:4:16: error: the term '++' of tags has no letter or digit to make a URL from [build/empty-term]\n"
        "  4 | tags = [\"c++\", '++']\n"
        "    |                ^~~~\n"
        "  hint: rename the term\n");
  CHECK(empty_term("---\ntitle: tags ++\ntags:\n  - c\n  - \"+\\u002B\"\n---\n") ==
        "content/a.md:5:5: error: the term '++' of tags has no letter or digit to make a URL from [build/empty-term]\n"
        "  5 |   - \"+\\u002B\"\n"
        "    |     ^~~~~~~~~\n"
        "  hint: rename the term\n");
}

TEST_CASE("style sheets and scripts that templates cannot tell apart, or not name, are an error") {
  CHECK(errors_of({{"s/content/a.md", "x\n"},
                   {"s/styles/a-b.scss", "a{b:c}"},
                   {"s/styles/a_b.scss", "a{b:d}"},
                   {"s/scripts/c d.js", "1"}}) ==
        "scripts/c d.js: error: templates cannot use the name 'js_c d' [build/bad-asset-name]\n"
        "  hint: rename the file: use letters, digits, '-' and '_' only\n"
        "styles/a_b.scss: error: templates know this file as 'css_a_b', and so they do styles/a-b.scss "
        "[build/bad-asset-name]\n"
        "  hint: rename one of the two\n");
}

TEST_CASE("a Markdown file whose name does not end in .md is not published as it is") {
  CHECK(errors_of({{"s/content/a.md", "x\n"}, {"s/content/b/Post.MD", "+++\ndraft = true\n+++\n"}}) ==
        "content/b/Post.MD: error: the name of a page ends in .md: this file would be published as it is "
        "[content/not-a-page]\n"
        "  hint: rename it to Post.md; what is to be downloaded as it is belongs into static/\n");
}

TEST_CASE("front matter in what is no page is not published") {
  CHECK(errors_of({{"s/content/a.md", "x\n"},
                   {"s/content/b/old.html", "---\ndraft: true\n---\n<p>x</p>\n"},
                   {"s/static/c.css", "\n+++\n+++\na{b:c}\n"},
                   {"s/static/d.html", "---\n<p>no head</p>\n"}}) ==
        "content/b/old.html:1:1: error: only pages, whose names end in .md, have front matter: here it would be "
        "published as it is [content/not-a-page]\n"
        "  1 | ---\n"
        "    | ^~~\n"
        "  hint: remove it, with both of its fences; a page is called old.md, below content/ (HTML may stand in it)\n"
        "static/c.css:2:1: error: only pages, whose names end in .md, have front matter: here it would be published as "
        "it is [content/not-a-page]\n"
        "  2 | +++\n"
        "    | ^~~\n"
        "  hint: remove it, with both of its fences\n");
}

TEST_CASE("the page of a folder whose name is not in small letters is not taken for one more page") {
  CHECK(errors_of({{"s/content/_Index.md", "x\n"}, {"s/content/b/INDEX.md", "x\n"}}) ==
        "content/_Index.md: error: this would be a page called '_Index', not the one of its folder "
        "[content/not-a-page]\n"
        "  hint: rename it to _index.md, in small letters\n"
        "content/b/INDEX.md: error: this would be a page called 'INDEX', not the one of its folder "
        "[content/not-a-page]\n"
        "  hint: rename it to index.md, in small letters\n");
}

TEST_CASE("a theme's file that cannot be published by its name is an error like a site's") {
  CHECK(errors_of({{"s/content/a.md", "x\n"}, {"s/themes/plain/static/a\nb.txt", ""}}).find("[content/bad-name]") !=
        std::string::npos);
}

TEST_CASE("a script of the site's does not take the place of the one that asks visitors") {
  const FileMap files = {{"s/content/p.md", "x\n"},
                         {"s/consent.toml",
                          "[consent]\npolicy = \"p.md\"\n[[service]]\nid = \"films\"\nname = \"F\"\nprovider = \"P\"\n"
                          "category = \"functional\"\npurpose = \"Shows films.\"\nhosts = [\"films.example\"]\n"},
                         {"s/static/assets/consent-runtime.js", "1"}};
  CHECK(errors_of(files) ==
        "consent.toml: error: a static file and the script that asks visitors would both write "
        "'assets/consent-runtime.js' [build/static-over-page]\n"
        "  hint: rename the file in static/, or give the page another slug\n"
        "static/assets/consent-runtime.js: note: a static file is here\n");
}

TEST_CASE("a menu's path to a page is read as a link's is") {
  const auto told = [](const std::string& to) {
    FileMap files = plain_site({{"s/content/d d.md", "+++\ndraft = true\n+++\n"}});
    files["s/site.toml"] += "[[menu.main]]\nname = \"D\"\nto = \"" + to + "\"\n";
    return build_in_memory(files).errors;
  };
  const std::string draft = ": error: the menu leads to content/d d.md, which is a draft [build/unknown-menu-target]\n";
  for (const std::string to : {"d d.md", "/d d.md", "d%20d.md"}) {
    CAPTURE(to);
    CHECK(told(to).find(draft) != std::string::npos);
    CHECK(told(to).find("error", told(to).find(draft) + draft.size()) == std::string::npos);
  }
}

TEST_CASE("of a folder that was renamed in a large site, each page is found by its name") {
  FileMap more;
  for (int i = 0; i < 1100; ++i) more["s/content/new/p" + std::to_string(i) + ".md"] = "x\n";
  more["s/content/b.md"] = "[a](old/p1042.md) [b](new/p9999.md) [c](elsewhere/zzz.md)\n";
  const std::string errors = errors_of(more);
  CHECK(errors.find("hint: did you mean content/new/p1042.md?") != std::string::npos);
  CHECK(errors.find("hint: did you mean content/new/p999.md?") != std::string::npos);
  CHECK(errors.find("hint: write the path from this file to the other, or remove the link") != std::string::npos);
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

TEST_CASE("links of consent need something to lead to") {
  CHECK(errors_of({{"s/content/a.md", "[p](consent:preferences)\n"}}) ==
        "content/a.md:1:5: error: 'consent:preferences' leads nowhere: the site has no policy page "
        "[consent/no-policy]\n"
        "  1 | [p](consent:preferences)\n"
        "    |     ^~~~~~~~~~~~~~~~~~~\n"
        "  hint: name the page in consent.toml: policy = \"privacy.md\" in [consent]\n");
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
        "static/secret.txt: error: this symbolic link leads out of static/ [build/outside]\n"
        "  hint: copy what it points to into static/, or remove the link\n");
}

TEST_CASE("an empty site builds, with a warning") {
  const Built built = build_in_memory(plain_site());
  CHECK(built.fine);
  CHECK(built.errors ==
        "content: warning: there is no page in content/ [build/empty-site]\n"
        "  hint: add one: hardtop new page my-first-page\n");
  CHECK(built["index.html"] == "<title>T</title>");
}

// The list of issue 2, and what was found beside it. Each site has one mistake; the whole text is what its producer
// reads.
TEST_CASE("every bad input is an error at its place") {
  struct Row {
    const char* what;
    FileMap files;
    const char* expected;
  };
  const std::string long_name(300, 'a');
  const Row rows[] = {
      {"front matter without an end",
       {{"s/content/a.md", "+++\ntitle = \"A\"\n"}},
       "content/a.md:1:1: error: front matter begins here and has no end [front-matter/unterminated]\n"
       "  1 | +++\n"
       "    | ^~~\n"
       "  hint: close it with a line +++\n"},
      {"an unknown key in front matter",
       {{"s/content/a.md", "+++\ntitel = \"A\"\n+++\n"}},
       "content/a.md:2:1: error: unknown key 'titel' [front-matter/unknown-key]\n"
       "  2 | titel = \"A\"\n"
       "    | ^~~~~\n"
       "  hint: did you mean 'title'? free data goes in [params]\n"},
      {"a value of the wrong type in front matter",
       {{"s/content/a.md", "+++\nweight = \"heavy\"\n+++\n"}},
       "content/a.md:2:10: error: 'weight' must be a whole number, not text [front-matter/wrong-type]\n"
       "  2 | weight = \"heavy\"\n"
       "    |          ^~~~~~~\n"
       "  hint: write digits only, without quotes\n"},
      {"a page that is not UTF-8, after a byte-order mark and CRLF",
       {{"s/content/a.md", "\xEF\xBB\xBFone\r\ntwo \xFF\r\n"}},
       "content/a.md:2:5: error: the file is not UTF-8: byte 12 is 0xFF [content/invalid-utf8]\n"
       "  2 | two <FF>\n"
       "    |     ^~~~\n"
       "  hint: save the file as UTF-8\n"},
      {"a data file that is not UTF-8",
       {{"s/data/team.toml", "a = \"\xFF\"\n"}},
       "data/team.toml:1:6: error: the byte at offset 5 is not UTF-8 [config/invalid-utf8]\n"
       "  1 | a = \"<FF>\"\n"
       "    |      ^~~~\n"
       "  hint: save the file in the encoding UTF-8\n"},
      {"broken TOML in site.toml",
       {{"s/site.toml", "title = \"T\n"}},
       "site.toml:1:9: error: the text in quotes is not closed [config/toml-syntax]\n"
       "  1 | title = \"T\n"
       "    |         ^~\n"
       "  hint: close it on the same line, or use three quotes (\"\"\") for text of several lines\n"},
      {"broken TOML in a component",
       {{"s/content/a.md", "> ```{figure}\n> src = \n> ```\n"}},
       "content/a.md:2:9: error: there is no value after '=' [content/bad-component-toml]\n"
       "  2 | > src = \n"
       "    |         ^\n"
       "  hint: write one, or remove the key\n"},
      {"a missing partial",
       {{"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n{{> nvigation}}"},
        {"s/themes/plain/partials/navigation.mustache", ""}},
       "themes/plain/layouts/page.mustache:2:5: error: there is no partial 'nvigation' [template/missing-partial]\n"
       "  2 | {{> nvigation}}\n"
       "    |     ^~~~~~~~~\n"
       "  hint: did you mean 'navigation'?\n"},
      {"a missing parent",
       {{"s/themes/plain/layouts/page.mustache", "{{! parent: bass }}\n{{{content}}}"}},
       "themes/plain/layouts/page.mustache:1:13: error: there is no layout 'bass' [template/missing-parent]\n"
       "  1 | {{! parent: bass }}\n"
       "    |             ^~~~\n"
       "  hint: did you mean 'base'?\n"},
      {"partials that include each other",
       {{"s/themes/plain/layouts/page.mustache", "{{> a}}"},
        {"s/themes/plain/partials/a.mustache", "{{> b}}"},
        {"s/themes/plain/partials/b.mustache", "{{> a}}"}},
       "themes/plain/partials/b.mustache:1:1: error: the partial 'a' includes itself: a -> b -> a "
       "[template/partial-cycle]\n"
       "  1 | {{> a}}\n"
       "    | ^~~~~~~\n"
       "  hint: remove one of these includes; nested data is shown by one partial a level\n"
       "themes/plain/partials/a.mustache:1:1: note: included from here\n"
       "  1 | {{> b}}\n"
       "    | ^~~~~~~\n"
       "themes/plain/layouts/page.mustache:1:1: note: included from here\n"
       "  1 | {{> a}}\n"
       "    | ^~~~~~~\n"},
      {"a missing style import",
       {{"s/themes/plain/styles/main.scss", "@import \"colours\";\n"}, {"s/themes/plain/styles/_colors.scss", ""}},
       "themes/plain/styles/main.scss:1:9: error: there is no style sheet called 'colours' [style/missing-import]\n"
       "  1 | @import \"colours\";\n"
       "    |         ^~~~~~~~~\n"
       "  hint: did you mean 'colors'?\n"},
      {"a Sass error",
       {{"s/themes/plain/styles/main.scss", "p {\n  color: $nope;\n}\n"}},
       "themes/plain/styles/main.scss:2:10: error: undefined variable: \"$nope\" [style/sass-error]\n"
       "  2 |   color: $nope;\n"
       "    |          ^\n"},
      {"a url that is no path",
       {{"s/content/a.md", "+++\nurl = \"../../x\"\n+++\n"}},
       "content/a.md:2:7: error: '../../x' is not a path for a page [build/bad-url]\n"
       "  2 | url = \"../../x\"\n"
       "    |       ^~~~~~~~~\n"
       "  hint: write a path that begins with '/', without '?' and '#': url = \"/about/\" or \"/about.html\"\n"},
      {"a url that leaves the site, percent-encoded",
       {{"s/content/a.md", "+++\nurl = \"/%2e%2e/x\"\n+++\n"}},
       "content/a.md:2:7: error: '/%2e%2e/x' leaves the site [build/url-outside]\n"
       "  2 | url = \"/%2e%2e/x\"\n"
       "    |       ^~~~~~~~~~~\n"
       "  hint: remove the '..' parts; a URL begins at base_url\n"},
      {"a url with a line break",
       {{"s/content/a.md", "+++\nurl = \"/x%0Ay/\"\n+++\n"}},
       "content/a.md:2:7: error: '/x%0Ay/' is not a path for a page [build/bad-url]\n"
       "  2 | url = \"/x%0Ay/\"\n"
       "    |       ^~~~~~~~~\n"
       "  hint: write a path that begins with '/', without '?' and '#': url = \"/about/\" or \"/about.html\"\n"},
      {"two home pages",
       {{"s/content/_index.md", "a\n"}, {"s/content/index.md", "b\n"}},
       "content/index.md: error: this page and content/_index.md would both be the home page [build/duplicate-url]\n"
       "  hint: remove one of the two\n"
       "content/_index.md: note: the other page is here\n"},
      {"a static file over a page",
       {{"s/content/a.md", "x\n"}, {"s/static/a.html", "y"}},
       "static/a.html: error: the page and a static file would both write 'a.html' [build/static-over-page]\n"
       "  hint: rename the file in static/, or give the page another slug\n"
       "content/a.md: note: the page is here\n"},
      {"a static file over what hardtop makes",
       {{"s/content/a.md", "x\n"}, {"s/static/sitemap.xml", "y"}},
       "static/sitemap.xml: error: a static file and the generated file would both write 'sitemap.xml' "
       "[build/static-over-page]\n"
       "  hint: remove or rename the file in static/: hardtop writes one of this name\n"
       "sitemap.xml: note: the generated file is here\n"},
      {"a page over the list of a taxonomy",
       {{"s/content/tags/_index.md", "x\n"}},
       "content/tags/_index.md: error: the page and the list of a term would both write 'tags/index.html' "
       "[build/duplicate-url]\n"
       "  hint: rename the page or its folder, or the taxonomy in site.toml\n"
       "site.toml: note: the list of a term is here\n"},
      {"a file where pages need a folder",
       {{"s/content/blog/a.md", "x\n"}, {"s/static/blog", "y"}},
       "content/blog: error: the list of a section would write 'blog/index.html', but 'blog' is a file: a static file "
       "[build/file-over-folder]\n"
       "  hint: rename one of the two: a file and a folder cannot have one name\n"
       "static/blog: note: a static file is here\n"
       "content/blog/a.md: error: the page would write 'blog/a.html', but 'blog' is a file: a static file "
       "[build/file-over-folder]\n"
       "  hint: rename one of the two: a file and a folder cannot have one name\n"
       "static/blog: note: a static file is here\n"},
      {"a name that no file system takes",
       {{"s/content/a.md", "+++\nslug = \"" + long_name + "\"\n+++\n"}},
       "content/a.md: error: the page would have a name of 305 bytes: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' "
       "[build/long-name]\n"
       "  hint: file systems take 255: give it a shorter name or slug\n"},
      {"a file name with a line break",
       {{"s/static/a\nb.txt", "x"}},
       "static/a<0A>b.txt: error: the file's name is not UTF-8, or holds a control character [content/bad-name]\n"
       "  hint: rename the file: its name becomes a part of URLs\n"},
      {"a page's file name that is not UTF-8",
       {{"s/content/a\xFF.md", "x"}},
       "content/a<FF>.md: error: the file's name is not UTF-8, or holds a control character [content/bad-name]\n"
       "  hint: rename the file: its name becomes a part of URLs\n"},
      {"10,000 nested quotes",
       {{"s/content/a.md",
         [] {
           std::string text;
           for (int i = 0; i < 10'000; ++i) text += '>';
           return text + "x\n";
         }()}},
       nullptr},
      {"a base_url with an empty folder",
       {{"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example//x/\"\ntheme = \"plain\"\n"}},
       "site.toml:2:12: error: 'base_url' holds an empty folder ('//'): \"https://t.example//x/\" [config/bad-url]\n"
       "  2 | base_url = \"https://t.example//x/\"\n"
       "    |            ^~~~~~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"a theme outside of the themes folder",
       {{"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"../x\"\n"}},
       "site.toml:3:9: error: 'theme' is no folder's name: \"../x\" [config/bad-value]\n"
       "  3 | theme = \"../x\"\n"
       "    |         ^~~~~~\n"
       "  hint: write the name of a folder in themes/, without a path\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    FileMap files = row.files;
    files["s/content/fine.md"] = "Nothing is wrong here.\n";
    const std::string errors = errors_of(files);
    if (row.expected) {
      CHECK(errors == row.expected);
    } else {  // its line is too long to be repeated here
      CHECK(errors.starts_with("content/a.md:1:"));
      CHECK(errors.find("[content/nesting-too-deep]") != std::string::npos);
    }
  }
}

TEST_CASE("a byte-order mark and CRLF are no mistakes") {
  FileMap files = plain_site({{"s/content/a.md", "\xEF\xBB\xBF+++\r\ntitle = \"A\"\r\n+++\r\n\r\n*Hi*\r\n"}});
  files["s/site.toml"] = "\xEF\xBB\xBFtitle = \"T\"\r\nbase_url = \"https://t.example/\"\r\ntheme = \"plain\"\r\n";
  files["s/data/team.toml"] =
      "\xEF\xBB\xBF"
      "lead = \"Ada\"\r\n";
  const Built built = build_in_memory(files);
  CHECK(built.errors == "");
  CHECK(built["a/index.html"] == "<title>A</title><main><p><em>Hi</em></p>\n</main>");
}

TEST_CASE("entries that are no files are named, and never opened") {
  struct Row {
    const char* path;
    FileKind kind;
    const char* expected;
  };
  const Row rows[] = {
      {"s/content/x.md", FileKind::escape,
       "content/x.md: error: this symbolic link leads out of content/ [content/outside]\n"
       "  hint: copy what it points to into content/, or remove the link\n"},
      {"s/content/x.md", FileKind::broken,
       "content/x.md: error: this symbolic link leads nowhere, or back to a folder above it [content/broken-link]\n"
       "  hint: let it point to a file or folder in content/, or remove it\n"},
      {"s/content/x.md", FileKind::special,
       "content/x.md: error: this is a socket, pipe or device, not a file [content/unreadable]\n"
       "  hint: remove it\n"},
      {"s/content/x", FileKind::locked,
       "content/x: error: the folder cannot be listed: Permission denied [content/unreadable]\n"
       "  hint: make it, and everything in it, readable for you\n"},
      {"s/data/x.toml", FileKind::escape,
       "data/x.toml: error: this symbolic link leads out of data/ [build/outside]\n"
       "  hint: copy what it points to into data/, or remove the link\n"},
      {"s/data/x.toml", FileKind::broken,
       "data/x.toml: error: this symbolic link leads nowhere, or back to a folder above it [build/broken-file-link]\n"
       "  hint: let it point to a file or folder in data/, or remove it\n"},
      {"s/data/x.toml", FileKind::special,
       "data/x.toml: error: this is a socket, pipe or device, not a file [build/unreadable]\n"
       "  hint: remove it\n"},
      {"s/static/x", FileKind::broken,
       "static/x: error: this symbolic link leads nowhere, or back to a folder above it [build/broken-file-link]\n"
       "  hint: let it point to a file or folder in static/, or remove it\n"},
      {"s/static/x", FileKind::special,
       "static/x: error: this is a socket, pipe or device, not a file [build/unreadable]\n"
       "  hint: remove it\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    MemoryFiles files(plain_site({{"s/content/a.md", "x\n"}}));
    files.add_entry(row.path, row.kind);
    const Built built = build_in_memory(files);
    CHECK_FALSE(built.fine);
    CHECK(built.errors == row.expected);
  }
}

TEST_CASE("a file that vanishes while the site is read is named") {
  struct Row {
    const char* path;
    const char* expected;
  };
  const Row rows[] = {
      {"s/content/a.md",
       "content/a.md: error: the file vanished before it could be read [content/unreadable]\n"
       "  hint: build again\n"},
      {"s/data/team.toml",
       "data/team.toml: error: cannot be read: No such file or directory [build/unreadable]\n"
       "  hint: make it readable for you\n"},
  };
  for (const Row& row : rows) {
    MemoryFiles files(plain_site({{"s/content/a.md", "x\n"}, {"s/data/team.toml", "a = 1\n"}}));
    files.fail_on_read(row.path, std::errc::no_such_file_or_directory);
    const Built built = build_in_memory(files);
    CHECK_FALSE(built.fine);
    CHECK(built.errors == row.expected);
  }
}

TEST_CASE("data of a kind that is not read is warned of") {
  const Built built = build_in_memory(plain_site({{"s/content/a.md", "x\n"}, {"s/data/team.yaml", "a: 1\n"}}));
  CHECK(built.fine);
  CHECK(built.errors ==
        "data/team.yaml: warning: the file is not read: templates see data/NAME.toml only [build/ignored-data]\n"
        "  hint: move or rewrite it as a .toml file directly in data/, or remove it\n");
}

TEST_CASE("a static file never replaces a style sheet") {
  const FileMap site = plain_site({{"s/content/a.md", "x\n"}});
  const Built plain = build_in_memory(site);
  std::string path;
  for (const auto& [name, bytes] : plain.files)
    if (name.ends_with(".css")) path = name;
  REQUIRE(path.starts_with("assets/main."));
  FileMap more = site;
  more["s/static/" + path] = "p { color: blue }";
  const Built built = build_in_memory(more);
  CHECK_FALSE(built.fine);
  CHECK(built.errors == "static/" + path + ": error: a static file and the generated file would both write '" + path +
                            "' [build/static-over-page]\n"
                            "  hint: remove or rename the file in static/: hardtop writes one of this name\n"
                            "themes/plain/styles/main.scss: note: the generated file is here\n");
}

TEST_CASE("a feed of a section that does not exist is warned of") {
  FileMap files = plain_site({{"s/content/blog/a.md", "x\n"}});
  files["s/site.toml"] += "[feeds]\nsections = [\"blgo\"]\n";
  const Built built = build_in_memory(files);
  CHECK(built.fine);
  CHECK(built.errors ==
        "site.toml: warning: the feed is to hold the section 'blgo', which has no pages [build/unknown-feed-section]\n"
        "  hint: did you mean 'blog'?\n");
}
