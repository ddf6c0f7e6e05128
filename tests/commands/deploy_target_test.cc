#include "commands/deploy_target.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "support/temp_folder.h"

using namespace hardtop;

TEST_CASE("a remote without a colon before its first slash is a folder, from the site's folder on") {
  const struct {
    const char *remote, *site, *expected;
  } cases[] = {
      {"r2:bucket/path", "site", "r2:bucket/path"},
      {":sftp,host=x:www", "site", ":sftp,host=x:www"},
      {"www", "site", "site/www"},
      {"../www", ".", "../www"},
      {"/srv/www", "site", "/srv/www"},
      {"./a:b", "site", "site/./a:b"},
  };
  for (const auto& each : cases) CHECK(deploy_place(each.remote, each.site) == each.expected);
}

TEST_CASE("a folder to deploy to, and one for notes, lie apart from the output and the sources") {
  const TempFolder folder;
  const std::string site = folder.path() + "/site", output = site + "/public";
  const SourcePtr source = make_source("site.toml", "[deploy.a]\nremote = \"…\"\nstate = \"…\"\n");
  const auto told = [&](const std::string& remote, const std::string& state) {
    DeployTarget target;
    target.remote = remote;
    target.state = state;
    target.place = {source, source->text.find("\"…"), 5};
    target.state_place = {source, source->text.rfind("\"…"), 5};
    Diagnostics found;
    const std::string place = deploy_place(remote, site);
    const bool is_fine = check_places(
        {place, state.empty() ? place + "/.hardtop" : deploy_place(state, site), site, output}, target, found);
    CHECK(is_fine != found.has_errors());
    return to_text(found);
  };
  const auto wrong_remote = [](const std::string& message) {
    return "site.toml:2:10: error: the folder to deploy to " + message +
           " [deploy/into-itself]\n  2 | remote = \"…\"\n    |          ^~~\n"
           "  hint: choose a folder of its own, outside the site's: \"/srv/www/example.org\"\n";
  };
  const auto wrong_state = [](const std::string& message) {
    return "site.toml:3:9: error: the folder of the notes " + message +
           " [deploy/into-itself]\n  3 | state = \"…\"\n    |         ^~~\n"
           "  hint: choose a folder of its own, or leave 'state' out\n";
  };
  const std::string apart = folder.path() + "/www";
  const struct {
    std::string remote, state, expected;
  } cases[] = {
      {apart, "", ""},
      {"www", "notes", ""},
      {apart, apart + "/notes", ""},
      {"r2:public", "r2:content", ""},
      {"public", "", wrong_remote("and the output folder lie in one another")},
      {"public/www", "", wrong_remote("and the output folder lie in one another")},
      {"content/../public", "", wrong_remote("and the output folder lie in one another")},
      {".", "", wrong_remote("and the output folder lie in one another")},
      {":local:" + output, "", wrong_remote("and the output folder lie in one another")},
      {":local,copy_links:" + output + "/x", "", wrong_remote("and the output folder lie in one another")},
      {"content", "", wrong_remote("is inside the site's content/")},
      {"static/www", "", wrong_remote("is inside the site's static/")},
      {".hardtop/www", "", wrong_remote("is inside the site's .hardtop/")},
      {apart, "public/notes", wrong_state("and the output folder lie in one another")},
      {"r2:site", "data", wrong_state("is inside the site's data/")},
      {apart, "../site/../www/", wrong_state("holds the folder to deploy to")},
      {apart + "/a", apart, wrong_state("holds the folder to deploy to")},
  };
  for (const auto& each : cases) CHECK_MESSAGE(told(each.remote, each.state) == each.expected, each.remote);

  // Built elsewhere.
  Diagnostics found;
  DeployTarget target;
  target.place = {source, source->text.find("\"…"), 5};
  CHECK_FALSE(check_places({site, site + "/.hardtop", site, folder.path() + "/out"}, target, found));
  CHECK(to_text(found) == wrong_remote("holds the site's sources"));
}

TEST_CASE("each deploy has an id of its own that begins with its time, and its process is alive") {
  const DeployLock first = make_deploy_lock(1795392000), second = make_deploy_lock(1795392000);
  CHECK(first.id.starts_with("20261123T000000Z-"));
  CHECK(first.id != second.id);
  CHECK(first.machine == second.machine);
  CHECK_FALSE(is_dead_here(first, second.machine));
  DeployLock dead = first;
  dead.process = 0x7ffffff0;  // above the greatest that Linux gives (proc(5), pid_max)
  CHECK(is_dead_here(dead, first.machine) == !first.machine.empty());
  CHECK_FALSE(is_dead_here(dead, "another"));
}
