#include "commands/deploy_target.h"

#include <doctest/doctest.h>

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
