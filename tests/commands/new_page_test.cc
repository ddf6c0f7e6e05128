#include <doctest/doctest.h>

#include "commands/fake_surroundings.h"

using namespace hardtop;

TEST_CASE("a new page has a title, today's date, and is a draft that says so") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "page", "about"}) == 0);
  CHECK(process.files.snapshot().at("content/about.md") ==
        "+++\n"
        "title = \"About\"\n"
        "date = 2026-11-23\n"
        "draft = true  # remove this line when the page may go online\n"
        "+++\n"
        "\n");
  CHECK(process.out.str() ==
        "Made content/about.md\n"
        "\n"
        "It is a draft: build leaves it out until you remove the line draft = true.\n"
        "To see it before:\n"
        "  hardtop build --drafts\n");
  CHECK(process.err.str().empty());
}

TEST_CASE("a page's name becomes a path that suits a URL, and its title") {
  struct Case {
    std::string name, path, title;
  };
  const std::vector<Case> cases = {
      {"about.md", "content/about.md", "About"},
      {"blog/Our first drive", "content/blog/our-first-drive.md", "Our first drive"},
      {"content/blog/x", "content/blog/x.md", "X"},
      {"content", "content/content.md", "Content"},
      {"News 2026/Café & Co.", "content/news-2026/café-co.md", "Café & Co."},
      {"blog/_index", "content/blog/_index.md", "Blog"},
      {"road-trip/index.md", "content/road-trip/index.md", "Road trip"},
      {"_index", "content/_index.md", "Home"},
      {"say \"hi\"", "content/say-hi.md", "say \\\"hi\\\""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    FakeProcess process(Contents{{"site.toml", ""}});
    REQUIRE(process.run({"new", "page", c.name}) == 0);
    const auto files = process.files.snapshot();
    REQUIRE(files.contains(c.path));
    CHECK(files.at(c.path).starts_with("+++\ntitle = \"" + c.title + "\"\n"));
  }
}

TEST_CASE("a page's name that is no path inside content/ is refused, and nothing is written") {
  struct Case {
    const char* name;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"../about",
       "error: the page name '../about' leaves content/ [new/bad-name]\n"
       "  hint: a page's name is a path inside content/, without ..\n"},
      {"blog/../../x",
       "error: the page name 'blog/../../x' leaves content/ [new/bad-name]\n"
       "  hint: a page's name is a path inside content/, without ..\n"},
      {"/etc/about",
       "error: the page name '/etc/about' is not a path below content/ [new/bad-name]\n"
       "  hint: leave out the first slash\n"},
      {"blog/",
       "error: the page name 'blog/' has an empty part [new/bad-name]\n"
       "  hint: a name is like about, or blog/my-first-post\n"},
      {"blog//x",
       "error: the page name 'blog//x' has an empty part [new/bad-name]\n"
       "  hint: a name is like about, or blog/my-first-post\n"},
      {"!!!",
       "error: the page name '!!!' has a part without a letter or digit [new/bad-name]\n"
       "  hint: a name is like about, or blog/my-first-post\n"},
      {".md",
       "error: the page name '.md' has an empty part [new/bad-name]\n"
       "  hint: a name is like about, or blog/my-first-post\n"},
      {"caf\xe9",
       "error: the page name is not valid UTF-8 [new/bad-name]\n"
       "  hint: type it again in a UTF-8 terminal\n"},
  };
  for (const Case& c : cases) {
    FakeProcess process(Contents{{"site.toml", ""}});
    CHECK(process.run({"new", "page", c.name}) == 2);
    CHECK(process.err.str() == c.message);
    CHECK(process.files.snapshot().size() == 1);
  }
}

TEST_CASE("a page that exists is not overwritten") {
  FakeProcess process(Contents{{"site.toml", ""}, {"content/about.md", "mine"}});
  CHECK(process.run({"new", "page", "About"}) == 2);
  CHECK(process.err.str() ==
        "error: content/about.md is there already [new/exists]\n"
        "  hint: choose another name, or remove it first; nothing was written\n");
  CHECK(process.out.str().empty());
  CHECK(process.files.snapshot().at("content/about.md") == "mine");
}

TEST_CASE("a page needs a site") {
  FakeProcess process(Contents{{"other/readme", ""}});
  CHECK(process.run({"-C", "other", "new", "page", "about"}) == 2);
  CHECK(process.err.str() ==
        "error: there is no site.toml in other [new/no-site]\n"
        "  hint: run this in a site's folder, or name it: hardtop -C DIR new page NAME\n");
}

TEST_CASE("with -C, a new page and what comes next are named from the current folder") {
  FakeProcess process(Contents{{"site/site.toml", ""}});
  CHECK(process.run({"-C", "site", "new", "page", "about"}) == 0);
  CHECK(process.files.snapshot().contains("site/content/about.md"));
  CHECK(process.out.str() ==
        "Made site/content/about.md\n"
        "\n"
        "It is a draft: build leaves it out until you remove the line draft = true.\n"
        "To see it before:\n"
        "  hardtop -C site build --drafts\n");
}

TEST_CASE("SOURCE_DATE_EPOCH is the day of a new page") {
  FakeProcess process(Contents{{"site.toml", ""}});
  process.variables["SOURCE_DATE_EPOCH"] = "951782399";  // 2000-02-28T23:59:59Z
  CHECK(process.run({"new", "page", "about"}) == 0);
  CHECK(process.files.snapshot().at("content/about.md").find("date = 2000-02-28\n") != std::string::npos);
}

TEST_CASE("a disk that refuses a new page is a failure of the environment") {
  FakeProcess process(Contents{{"site.toml", ""}});
  process.files.fail_on_write("content/about.md", std::errc::no_space_on_device);
  CHECK(process.run({"new", "page", "about"}) == 3);
  CHECK(process.err.str() ==
        "error: cannot write content/about.md: No space left on device [new/unwritable]\n"
        "  hint: look at the folder's permissions and the disk's free space\n");
}

TEST_CASE("in a machine's format, what was made is told on stderr, and with --quiet nowhere") {
  FakeProcess json(Contents{{"site.toml", ""}});
  CHECK(json.run({"new", "page", "about", "--format", "json"}) == 0);
  CHECK(json.out.str().empty());
  CHECK(json.err.str().starts_with("Made content/about.md\n"));

  FakeProcess quiet(Contents{{"site.toml", ""}});
  CHECK(quiet.run({"new", "page", "about", "--quiet"}) == 0);
  CHECK(quiet.out.str().empty());
  CHECK(quiet.err.str().empty());
}
