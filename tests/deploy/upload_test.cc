#include "deploy/upload.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/diagnostic_format.h"
#include "base/text.h"
#include "deploy/memory_remote.h"

using namespace hardtop;

namespace {

// Sites whose pages say which files they use.
const Bytes kFirst = {{"about.html", "us\nuses assets/main.11111111.css\n"},
                      {"assets/main.11111111.css", "red"},
                      {"index.html", "hello\nuses assets/main.11111111.css\nuses sea.png\n"},
                      {"sea.png", "blue"}};
const Bytes kSecond = {{"about.html", "us\nuses assets/main.22222222.css\n"},
                       {"assets/main.22222222.css", "green"},
                       {"blog/index.html", "blog\nuses assets/main.22222222.css\nuses feed.xml\n"},
                       {"feed.xml", "news"},
                       {"index.html", "hello again\nuses assets/main.22222222.css\nuses sea.png\n"},
                       {"old.html", "old\nuses assets/old.99999999.css\n"},
                       {"assets/old.99999999.css", "grey"},
                       {"sea.png", "grey"}};
const Bytes kThird = {{"assets/main.33333333.css", "yellow"},
                      {"blog/index.html", "blog\nuses assets/main.33333333.css\nuses feed.xml\n"},
                      {"feed.xml", "more news"},
                      {"index.html", "hello once more\nuses assets/main.33333333.css\nuses sea.jpg\n"},
                      {"sea.jpg", "deep blue"},
                      {"sea.png", "grey"}};

// No page asks for a file that is not there.
std::string find_missing(const Stored& site) {
  for (const auto& [path, file] : site) {
    if (!path.ends_with(".html")) continue;
    for (const std::string_view line : split(file.bytes, '\n'))
      if (line.starts_with("uses ") && line.find('.') != line.npos && !site.contains(std::string(line.substr(5))) &&
          file.bytes.ends_with('\n'))
        return path + " " + std::string(line);
  }
  return "";
}

struct Stage {
  MemoryRemote remote;
  Diagnostics diagnostics;
  std::int64_t now = 1795392000;
  std::int64_t keep_days = 30;
  int runs = 0;
  std::vector<std::chrono::milliseconds> waits;
  std::string purged;
  bool purge_fails = false, break_lock = false, others_live = false, dry_run = false, keeps_evidence = false;
  std::function<void()> on_wait = nullptr;

  Stage() {
    remote.after_step = [this] {
      const std::string missing = find_missing(remote.site);
      if (!missing.empty()) FAIL_CHECK(missing);
    };
  }

  std::optional<DeployReport> run(const Bytes& site, bool rollback) {
    remote.local = site;
    DeployWork work;
    work.target = "production";
    work.place = "memory:site";
    work.rollback = rollback;
    work.break_lock = break_lock;
    work.dry_run = dry_run;
    work.local = rollback ? std::vector<RemoteFile>() : files_of(site);
    work.keep_days = keep_days;
    work.base_url = "https://example.org/";
    work.self = {"run" + std::to_string(100 + ++runs), "ada@desk", now, "here", runs};
    if (keeps_evidence)
      work.evidence = [](const std::string& restores) { return "{\"restores\": \"" + restores + "\"}"; };
    work.local_md5 = [&](const std::string& path) { return md5_hex(site.at(path)); };
    work.is_dead = [this](const DeployLock&) { return !others_live; };
    work.wait = [this](std::chrono::milliseconds time) {
      waits.push_back(time);
      if (on_wait) on_wait();
    };
    work.interrupted = [] { return false; };
    work.purge = [this](const std::string& urls) {
      purged = urls;
      return !purge_fails;
    };
    std::optional<RemoteState> state = read_remote_state(remote, work, diagnostics);
    if (!state) return std::nullopt;
    return run_deploy(remote, work, *std::move(state), diagnostics);
  }
  std::optional<DeployReport> deploy(const Bytes& site) { return run(site, false); }
  std::optional<DeployReport> roll_back() { return run({}, true); }

  // Whole: the site, what is retired, and hardtop's notes with nothing left over.
  void check_holds(const Bytes& expected) {
    std::string texts;
    CHECK_FALSE(remote.read_state(texts));
    const RemoteState state = parse_remote_state(texts);
    REQUIRE(state.manifest);
    CHECK(state.manifest->files == files_of(expected));
    CHECK(state.journals.empty());
    CHECK(state.locks.empty());
    Stored wanted;
    for (const auto& [path, text] : expected) wanted[path] = {text, upload_headers(path, {})};
    Stored found = remote.site;
    for (const RetiredFile& retired : state.manifest->retired) {
      CHECK_FALSE(expected.contains(retired.file.path));
      found.erase(retired.file.path);  // it may be there
    }
    CHECK(found == wanted);
    CHECK(find_missing(remote.site).empty());
    std::set<std::string> names, wanted_names = {"manifest." + state.manifest->id};
    for (const auto& [name, text] : remote.state)
      if (!name.starts_with("lock.")) names.insert(name);  // a lock that was cut off is none
    if (!state.manifest->previous.empty()) wanted_names.insert("versions/" + state.manifest->previous + "/manifest");
    names.erase("versions/" + state.manifest->id + "/manifest");  // kept for a deploy that died before it began
    CHECK(names == wanted_names);
  }
};

std::string text_of(const Diagnostics& diagnostics) { return to_text(diagnostics); }

}  // namespace

TEST_CASE("a first deploy uploads assets, then files, then pages, and writes the manifest last") {
  Stage stage;
  const auto report = stage.deploy(kFirst);
  REQUIRE(report);
  CHECK(stage.remote.log == std::vector<std::string>{"write lock", "write journal", "upload assets/main.11111111.css",
                                                     "upload sea.png", "upload about.html", "upload index.html",
                                                     "write manifest", "tidy versions", "tidy", "tidy"});
  stage.check_holds(kFirst);
  CHECK(report->plan.added == 4);
  CHECK(report->sent == 4);
  CHECK(stage.purged ==
        "https://example.org/\nhttps://example.org/about.html\nhttps://example.org/assets/main.11111111.css\n"
        "https://example.org/sea.png\n");
}

TEST_CASE("an unchanged site is left alone") {
  Stage stage;
  REQUIRE(stage.deploy(kFirst));
  stage.remote.revive();
  stage.purged.clear();
  const auto report = stage.deploy(kFirst);
  REQUIRE(report);
  CHECK(report->plan.is_empty());
  CHECK(stage.remote.log.empty());
  CHECK(stage.purged.empty());
}

TEST_CASE("one changed page moves one page, and purges its address in the form that visitors use") {
  Stage stage;
  REQUIRE(stage.deploy(kSecond));
  stage.remote.revive();
  Bytes site = kSecond;
  site["blog/index.html"] += "!\n";
  const auto report = stage.deploy(site);
  REQUIRE(report);
  CHECK(report->sent == 1);
  CHECK(report->plan.changed == 1);
  CHECK(report->plan.unchanged == 7);
  CHECK(stage.purged == "https://example.org/blog/\n");
  CHECK(stage.remote.log == std::vector<std::string>{"write lock", "keep blog/index.html", "write versions",
                                                     "write journal", "upload blog/index.html", "write manifest",
                                                     "tidy versions", "tidy", "tidy", "tidy"});
  stage.check_holds(site);
}

TEST_CASE("a dry run changes nothing and minds no lock") {
  Stage stage;
  stage.dry_run = true;
  stage.others_live = true;
  stage.remote.state["lock.x"] = format_lock({"x", "bob@lab", 1, "there", 1});
  const auto report = stage.deploy(kFirst);
  REQUIRE(report);
  CHECK(report->plan.uploads.size() == 4);
  CHECK(stage.remote.log.empty());
  CHECK(report->urls.size() == 4);
}

TEST_CASE("a rollback brings all of the version before back, and a second one undoes it") {
  for (const std::int64_t keep_days : {0, 30}) {
    Stage stage;
    stage.keep_days = keep_days;
    REQUIRE(stage.deploy(kFirst));
    REQUIRE(stage.deploy(kSecond));
    REQUIRE(stage.deploy(kThird));
    stage.check_holds(kThird);
    stage.remote.revive();
    REQUIRE(stage.roll_back());
    stage.check_holds(kSecond);
    REQUIRE(stage.roll_back());
    stage.check_holds(kThird);
    CHECK(text_of(stage.diagnostics) == "");
  }
}

TEST_CASE("what is kept of each state is written before its manifest, and stays") {
  Stage stage;
  stage.keeps_evidence = true;
  REQUIRE(stage.deploy(kFirst));
  CHECK(std::ranges::count(stage.remote.log, "write evidence") == 1);
  CHECK(std::ranges::find(stage.remote.log, "write evidence") + 1 ==
        std::ranges::find(stage.remote.log, "write manifest"));
  REQUIRE(stage.deploy(kFirst));  // nothing is new
  REQUIRE(stage.deploy(kSecond));
  stage.dry_run = true;
  REQUIRE(stage.deploy(kThird));
  stage.dry_run = false;
  REQUIRE(stage.roll_back());
  Bytes evidence;
  for (const auto& [name, text] : stage.remote.state)
    if (name.starts_with("evidence/")) evidence[name] = text;
  CHECK(evidence == Bytes{{"evidence/run101.json", "{\"restores\": \"\"}"},
                          {"evidence/run103.json", "{\"restores\": \"\"}"},
                          {"evidence/run105.json", "{\"restores\": \"run101\"}"}});
}

TEST_CASE("a rollback without a version before says so") {
  const char* const expected =
      "error: there is no version before this one at 'memory:site' [deploy/nothing-to-roll-back]\n"
      "  hint: check out the sources as they were, then: hardtop build && hardtop deploy production\n";
  Stage empty;
  CHECK_FALSE(empty.roll_back());
  CHECK(text_of(empty.diagnostics) == expected);
  Stage first;
  REQUIRE(first.deploy(kFirst));
  CHECK_FALSE(first.roll_back());
  CHECK(text_of(first.diagnostics) == expected);
}

TEST_CASE("an asset that no page asks for stays for keep_days, and until the site changes again") {
  Stage stage;
  stage.keep_days = 2;
  REQUIRE(stage.deploy(kFirst));
  REQUIRE(stage.deploy(kSecond));
  stage.now += 86'400;
  Bytes next = kSecond;
  next["index.html"] += "one\n";
  REQUIRE(stage.deploy(next));
  CHECK(stage.remote.site.contains("assets/main.11111111.css"));
  stage.now += 86'400;
  const auto report = stage.deploy(next);  // a rollback might want it
  REQUIRE(report);
  CHECK(report->plan.is_empty());
  next["index.html"] += "two\n";
  REQUIRE(stage.deploy(next));
  CHECK_FALSE(stage.remote.site.contains("assets/main.11111111.css"));
  stage.check_holds(next);
}

// Every step of a deploy is its last one once; then another comes, and is its last one at every step, too; then one goes through.
TEST_CASE("wherever a deploy dies, no page misses its assets, and the next one ends as planned") {
  for (const bool halves : {false, true}) {
    for (const std::int64_t keep_days : {halves ? 30 : 0}) {
      for (const Bytes* next : {&kSecond, &kThird, &kFirst}) {
        for (std::size_t first = 0, dead = 1; dead; ++first) {
          for (std::size_t second = 0, dead_again = 1; dead_again; ++second) {
            const std::string at = std::to_string(halves) + " " + std::to_string(keep_days) + " " +
                                   std::to_string(first) + " " + std::to_string(second);
            CAPTURE(at);
            Stage stage;
            stage.keep_days = keep_days;
            REQUIRE(stage.deploy(kFirst));
            stage.remote.leaves_halves = halves;
            stage.remote.revive(first);
            (void)stage.deploy(kSecond);
            dead = stage.remote.is_dead();
            stage.remote.revive(second);
            (void)stage.deploy(*next);
            dead_again = stage.remote.is_dead();
            stage.remote.revive();
            REQUIRE(stage.deploy(*next));
            stage.check_holds(*next);
          }
        }
      }
    }
  }
}

TEST_CASE("wherever a deploy dies, a rollback brings the last whole version back") {
  for (const bool halves : {false, true}) {
    for (const std::int64_t keep_days : {halves ? 30 : 0}) {
      for (std::size_t first = 0, dead = 1; dead; ++first) {
        for (std::size_t second = 0, dead_again = 1; dead_again; ++second) {
          const std::string at = std::to_string(halves) + " " + std::to_string(keep_days) + " " +
                                 std::to_string(first) + " " + std::to_string(second);
          CAPTURE(at);
          Stage stage;
          stage.keep_days = keep_days;
          REQUIRE(stage.deploy(kThird));
          REQUIRE(stage.deploy(kFirst));
          stage.remote.leaves_halves = halves;
          stage.remote.revive(first);
          (void)stage.deploy(kSecond);
          dead = stage.remote.is_dead();
          std::string texts;
          stage.remote.revive();
          CHECK_FALSE(stage.remote.read_state(texts));
          const RemoteState state = parse_remote_state(texts);
          const bool untouched = state.manifest->files == files_of(kFirst) && state.journals.empty();
          stage.remote.revive(second);
          (void)stage.roll_back();
          dead_again = stage.remote.is_dead();
          stage.remote.revive();
          if (dead_again) {
            texts.clear();
            CHECK_FALSE(stage.remote.read_state(texts));
            // It had ended but for tidying up: one more would go further back.
            if (parse_remote_state(texts).manifest->id != state.manifest->id) {
              REQUIRE(stage.deploy(kThird));
              stage.check_holds(kThird);
              continue;
            }
            REQUIRE(stage.roll_back());
          }
          stage.check_holds(untouched ? kThird : kFirst);
        }
      }
    }
  }
}

TEST_CASE("what has arrived before a deploy died is not sent again") {
  for (std::size_t steps = 0, dead = 1; dead; ++steps) {
    CAPTURE(steps);
    Stage stage;
    stage.remote.revive(steps);
    (void)stage.deploy(kSecond);
    dead = stage.remote.is_dead();
    const std::size_t arrived = stage.remote.site.size();
    stage.remote.revive();
    const auto report = stage.deploy(kSecond);
    REQUIRE(report);
    CHECK(report->sent == kSecond.size() - arrived);
    stage.check_holds(kSecond);
  }
}

TEST_CASE("where a remote tells no hashes, what may be half is sent again") {
  Stage stage;
  stage.remote.tells_hashes = false;
  stage.remote.revive(5);
  (void)stage.deploy(kSecond);
  stage.remote.revive();
  const auto report = stage.deploy(kSecond);
  REQUIRE(report);
  CHECK(report->sent == kSecond.size());
  stage.check_holds(kSecond);
}

TEST_CASE("a passing failure is tried again, later each time, with what is missing only") {
  Stage stage;
  stage.remote.stumbles["upload index.html"] = 3;
  REQUIRE(stage.deploy(kFirst));
  CHECK(stage.waits == std::vector<std::chrono::milliseconds>{std::chrono::milliseconds(1000),
                                                              std::chrono::milliseconds(2000),
                                                              std::chrono::milliseconds(4000)});
  CHECK(std::ranges::count(stage.remote.log, "upload about.html") == 1);
  stage.check_holds(kFirst);
}

TEST_CASE("a failure that stays is reported, and lets go of the lock") {
  Stage stage;
  stage.remote.stumbles["upload index.html"] = 4;
  CHECK_FALSE(stage.deploy(kFirst));
  CHECK(text_of(stage.diagnostics) ==
        "error: cannot upload at 'memory:site': upload index.html: timeout [deploy/remote-failed]\n"
        "  hint: mend that and deploy again: what has arrived is not sent again\n");
  CHECK(stage.remote.log.back() == "remove lock");
  stage.remote.revive();
  const auto report = stage.deploy(kFirst);
  REQUIRE(report);
  CHECK(report->sent == 1);
  stage.check_holds(kFirst);
}

TEST_CASE("a second deploy is refused with the name of the first, and may break its lock") {
  Stage stage;
  stage.others_live = true;
  stage.remote.state["lock.x"] = format_lock({"x", "bob@lab", 1795300000, "there", 1});
  CHECK_FALSE(stage.deploy(kFirst));
  CHECK(text_of(stage.diagnostics) ==
        "error: bob@lab has been deploying to 'production' since 2026-11-21T22:26:40Z [deploy/locked]\n"
        "  hint: wait for that to end; if it runs no more: hardtop deploy production --break-lock\n");
  CHECK(stage.remote.log.empty());
  stage.break_lock = true;
  REQUIRE(stage.deploy(kFirst));
  stage.check_holds(kFirst);
}

TEST_CASE("the lock of a process that has died on this machine is no obstacle") {
  Stage stage;
  stage.remote.state["lock.x"] = format_lock({"x", "bob@lab", 1795300000, "here", 1});
  REQUIRE(stage.deploy(kFirst));
  stage.check_holds(kFirst);
}

TEST_CASE("of two deploys that start in the same moment the younger gives way, and the older waits for it") {
  struct Case {
    std::int64_t time;
    bool goes_on;
  };
  for (const Case& each : {Case{1795391999, false}, Case{1795392001, true}}) {
    Stage stage;
    stage.others_live = true;
    bool placed = false;
    const auto check = stage.remote.after_step;
    stage.remote.after_step = [&] {
      check();
      if (!placed && stage.remote.log.back() == "write lock") {
        placed = true;
        stage.remote.state["lock.other"] = format_lock({"other", "bob@lab", each.time, "there", 1});
      }
    };
    stage.on_wait = [&] { stage.remote.state.erase("lock.other"); };
    CHECK(stage.deploy(kFirst).has_value() == each.goes_on);
    CHECK(stage.waits.size() == (each.goes_on ? 1 : 0));
    if (!each.goes_on) CHECK(stage.remote.log == std::vector<std::string>{"write lock", "remove lock"});
  }
}

TEST_CASE("a deploy whose lock was broken stops before its files count") {
  Stage stage;
  const auto check = stage.remote.after_step;
  stage.remote.after_step = [&] {
    check();
    if (stage.remote.log.back() == "upload index.html") stage.remote.state.erase("lock.run101");
  };
  CHECK_FALSE(stage.deploy(kFirst));
  CHECK(text_of(stage.diagnostics) ==
        "error: somebody has broken the lock of this deploy to 'production' [deploy/lock-lost]\n"
        "  hint: agree on who deploys, then deploy again\n");
}

TEST_CASE("a purge that fails is told the same addresses by the next deploy") {
  Stage stage;
  stage.purge_fails = true;
  CHECK_FALSE(stage.deploy(kFirst));
  CHECK(text_of(stage.diagnostics) ==
        "error: the site is deployed, but the command 'purge' of [deploy.production] failed [deploy/purge-failed]\n"
        "  hint: mend it, then deploy again: it is given the same URLs\n");
  const std::string first = stage.purged;
  stage.purged.clear();
  stage.purge_fails = false;
  const auto report = stage.deploy(kFirst);
  REQUIRE(report);
  CHECK(report->sent == 0);
  CHECK(stage.purged == first);
  stage.check_holds(kFirst);
}

TEST_CASE("the notes of a newer version are left alone") {
  Stage stage;
  stage.remote.state["manifest.x"] = "hardtop deploy manifest 2\nid x\nend\n";
  CHECK_FALSE(stage.deploy(kFirst));
  CHECK(text_of(stage.diagnostics) ==
        "error: a newer version of hardtop has deployed to 'memory:site' [deploy/newer-remote]\n"
        "  hint: deploy with that version: this one cannot read what it has noted there\n");
}
