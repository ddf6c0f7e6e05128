#include <doctest/doctest.h>

#include "commands/fake_surroundings.h"

using namespace hardtop;

namespace {

std::vector<std::string> paths(const FakeProcess& process) {
  std::vector<std::string> out;
  for (const auto& [path, text] : process.files.snapshot()) out.push_back(path);
  return out;
}

}  // namespace

TEST_CASE("a new site has its configuration, two pages, a picture and a .gitignore") {
  FakeProcess process(Contents{{"other", ""}});
  CHECK(process.run({"new", "site", "my-site"}) == 0);
  CHECK(paths(process) == std::vector<std::string>{"my-site/.gitignore", "my-site/content/_index.md",
                                                   "my-site/content/first-page.md", "my-site/site.toml",
                                                   "my-site/static/road.svg", "other"});
  const auto files = process.files.snapshot();
  CHECK(files.at("my-site/site.toml").find("title = \"My site\"\n") != std::string::npos);
  CHECK(files.at("my-site/.gitignore") == "/public/\n/.hardtop/\n");
  CHECK(process.err.str().empty());
  CHECK(process.out.str() ==
        "Made the site my-site: site.toml, two pages in content/, a picture in static/.\n"
        "\n"
        "Next:\n"
        "  cd my-site\n"
        "  hardtop serve           shows it while you edit\n"
        "  hardtop new page about  adds content/about.md\n"
        "  hardtop build           writes the site to public/\n"
        "\n"
        "Say in site.toml what the site is called and where it will be online (base_url).\n");
}

TEST_CASE("a new site's folder and title come from its name") {
  struct Case {
    std::string dir, name, path, title;
  };
  const std::vector<Case> cases = {
      {".", "Our GmbH", "Our GmbH/site.toml", "Our GmbH"},
      {".", "my-site/", "my-site/site.toml", "My site"},
      {".", "sites/my-site", "sites/my-site/site.toml", "My site"},
      {"work", "my-site", "work/my-site/site.toml", "My site"},
      {".", "/srv/my-site", "/srv/my-site/site.toml", "My site"},
      {"empty", ".", "empty/site.toml", "Empty"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    FakeProcess process(Contents{{"other", ""}, {"work/x", ""}, {"empty/.git/config", ""}});
    REQUIRE(process.run({"-C", c.dir, "new", "site", c.name}) == 0);
    const auto files = process.files.snapshot();
    REQUIRE(files.contains(c.path));
    CHECK(files.at(c.path).find("title = \"" + c.title + "\"\n") != std::string::npos);
  }
}

TEST_CASE("a new site in the current folder is called as the folder is") {
  FakeProcess process(Contents{{".git/config", ""}});
  CHECK(process.run({"new", "site", "."}) == 0);
  CHECK(process.files.snapshot().at("site.toml").find("title = \"Sites\"\n") != std::string::npos);
  CHECK(process.out.str().starts_with("Made a site here: site.toml,"));
  CHECK(process.out.str().find("  cd ") == std::string::npos);
}

TEST_CASE("a folder that is not empty becomes no site") {
  FakeProcess process(Contents{{"my-site/notes.txt", "mine"}});
  CHECK(process.run({"new", "site", "my-site"}) == 2);
  CHECK(process.err.str() ==
        "error: the folder my-site is there already, and is not empty [new/exists]\n"
        "  hint: choose another name; to add a page to a site: hardtop -C my-site new page NAME\n");
  CHECK(process.files.snapshot().size() == 1);
}

TEST_CASE("a file that is in the way of a site is not overwritten") {
  FakeProcess process(Contents{{"my-site", "mine"}});
  CHECK(process.run({"new", "site", "my-site"}) == 2);
  CHECK(process.err.str() ==
        "error: my-site is there already, and is a file [new/exists]\n"
        "  hint: choose another name\n");

  FakeProcess hidden(Contents{{"my-site/.gitignore", "mine"}});
  CHECK(hidden.run({"new", "site", "my-site"}) == 2);
  CHECK(hidden.err.str() ==
        "error: my-site/.gitignore is there already [new/exists]\n"
        "  hint: choose another name, or remove it first; nothing was written\n");
  CHECK(hidden.files.snapshot().size() == 1);
}

TEST_CASE("a site's name needs a letter or digit") {
  FakeProcess process(Contents{{"other", ""}});
  CHECK(process.run({"new", "site", "!!!"}) == 2);
  CHECK(process.err.str() ==
        "error: the site name '!!!' has no letter or digit [new/bad-name]\n"
        "  hint: a name is like my-site\n");
}

TEST_CASE("a disk that refuses a new site is a failure of the environment") {
  FakeProcess process(Contents{{"other", ""}});
  process.files.fail_on_write("my-site/site.toml", std::errc::permission_denied);
  CHECK(process.run({"new", "site", "my-site"}) == 3);
  CHECK(process.err.str() ==
        "error: cannot write my-site/site.toml: Permission denied [new/unwritable]\n"
        "  hint: look at the folder's permissions and the disk's free space\n");
}
