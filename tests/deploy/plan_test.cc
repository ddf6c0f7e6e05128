#include "deploy/plan.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hardtop;

namespace {

RemoteFile file(const std::string& path, const std::string& hash = "1", const std::string& headers = "") {
  return {path, hash, 10, headers};
}
RemoteState state_of(std::vector<RemoteFile> files, std::vector<RetiredFile> retired = {}) {
  RemoteState state;
  state.manifest = RemoteManifest{4, "now", "before", 1000, std::move(files), std::move(retired)};
  return state;
}

constexpr std::int64_t kDay = 20'780;

// A plan, one step a line.
std::string text_of(const DeployPlan& plan) {
  std::string out;
  for (const auto& path : plan.keep) out += "keep " + path + "\n";
  for (const auto& path : plan.in_the_way) out += "first remove " + path + "\n";
  for (const auto& each : plan.uploads) out += (each.is_new ? "new " : "changed ") + each.file.path + "\n";
  if (plan.changes_manifest) out += "manifest " + plan.next.id + " after " + plan.next.previous + "\n";
  for (const auto& path : plan.removed) out += "remove " + path + "\n";
  if (!plan.changes_manifest) return out;
  for (const auto& each : plan.next.retired)
    out += "retired " + each.file.path + " " + std::to_string(each.day - kDay) + "\n";
  return out;
}

}  // namespace

TEST_CASE("a plan moves what differs, in the order that keeps pages whole") {
  const std::string css = "assets/a.1111111a.css", new_css = "assets/a.22222222.css";
  Journal dead = {"j1", "now", "next", "", {file("index.html", "2")}, {"old.html"}};
  Journal settled = {"j0", "before", "now", "", {file("index.html", "1")}, {"older.html"}};
  struct Case {
    const char* name;
    std::vector<RemoteFile> local;
    RemoteState remote;
    std::set<std::string> arrived;
    std::string expected;
  };
  const auto with = [](RemoteState state, Journal journal) {
    state.journals.push_back(std::move(journal));
    return state;
  };
  const Case cases[] = {
      {"nothing there",
       {file(css), file("b.png"), file("index.html")},
       {},
       {},
       "new " + css + "\nnew b.png\nnew index.html\nmanifest id after \n"},
      {"nothing changed", {file(css), file("index.html")}, state_of({file(css), file("index.html")}), {}, ""},
      {"a page",
       {file(css), file("index.html", "2")},
       state_of({file(css), file("index.html")}),
       {},
       "keep index.html\nchanged index.html\nmanifest id after now\n"},
      {"headers alone",
       {file("index.html", "1", "A: b")},
       state_of({file("index.html")}),
       {},
       "keep index.html\nchanged index.html\nmanifest id after now\n"},
      {"a page before its asset in the alphabet",
       {file("a.html"), file("z.1111111a.js"), file("m.txt")},
       {},
       {},
       "new z.1111111a.js\nnew m.txt\nnew a.html\nmanifest id after \n"},
      {"gone page, gone asset",
       {file(new_css)},
       state_of({file(css), file("index.html")}),
       {},
       "keep index.html\nnew " + new_css + "\nmanifest id after now\nremove index.html\nretired " + css + " 0\n"},
      {"an old asset whose time is over",
       {file("index.html", "2")},
       state_of({file("index.html")}, {{file(css), kDay - 30}, {file(new_css), kDay - 29}}),
       {},
       "keep index.html\nchanged index.html\nmanifest id after now\nremove " + css + "\nretired " + new_css + " -29\n"},
      {"an old asset whose time is over, when nothing else changes",
       {file("index.html")},
       state_of({file("index.html")}, {{file(css), kDay - 30}}),
       {},
       ""},
      {"an old asset comes back", {file(css)}, state_of({}, {{file(css), kDay - 3}}), {}, "manifest id after now\n"},
      {"an old asset comes back otherwise",
       {file(css, "2")},
       state_of({}, {{file(css), kDay - 3}}),
       {},
       "new " + css + "\nmanifest id after now\n"},
      {"a file becomes a folder",
       {file("blog/index.html")},
       state_of({file("blog")}),
       {},
       "keep blog\nfirst remove blog\nnew blog/index.html\nmanifest id after now\n"},
      {"a folder becomes a file",
       {file("blog")},
       state_of({file("blog/a.1111111a.css"), file("blog/index.html")}),
       {},
       "keep blog/a.1111111a.css\nkeep blog/index.html\nfirst remove blog/a.1111111a.css\n"
       "first remove blog/index.html\nnew blog\nmanifest id after now\n"},
      {"a deploy died; its page is uncertain",
       {file("index.html", "2")},
       with(state_of({file("index.html"), file("old.html")}), dead),
       {},
       "changed index.html\nmanifest id after now\nremove old.html\n"},
      {"a deploy died; its page has arrived",
       {file("index.html", "2")},
       with(state_of({file("index.html"), file("old.html")}), dead),
       {"index.html"},
       "manifest id after now\nremove old.html\n"},
      {"a deploy died; its page has arrived, with whose headers?",
       {file("index.html", "2", "A: b")},
       with(state_of({file("index.html"), file("old.html")}), dead),
       {"index.html"},
       "changed index.html\nmanifest id after now\nremove old.html\n"},
      {"a deploy died; the site is as before again",
       {file("index.html"), file("old.html")},
       with(state_of({file("index.html"), file("old.html")}), dead),
       {"index.html"},
       "changed old.html\nmanifest id after before\n"},
      {"a deploy died after its manifest",
       {file("index.html")},
       with(state_of({file("index.html")}), settled),
       {},
       "remove older.html\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    PlanOptions options;
    options.keep_days = 30;
    options.id = "id";
    options.journal_id = "id";
    options.now = kDay * 86'400 + 5;
    options.arrived = each.arrived;
    std::vector<RemoteFile> local = each.local;
    std::ranges::sort(local, {}, &RemoteFile::path);
    const DeployPlan plan = plan_deploy(local, each.remote, options);
    CHECK(text_of(plan) == each.expected);
    CHECK(plan.is_empty() == (each.expected.empty() && each.remote.journals.empty()));
    CHECK(plan.added + plan.changed + plan.unchanged == local.size());
  }
}

TEST_CASE("a rollback leads to the last whole version") {
  const Journal deploy = {"j", "now", "next", "", {}, {}}, back = {"j", "now", "next", "before", {}, {}},
                undo = {"j", "now", "next", "now", {}, {}}, settled = {"j", "before", "now", "", {}, {}};
  const struct {
    const char* name;
    std::vector<Journal> journals;
    const char* expected;
  } cases[] = {{"all is whole", {}, "before"},
               {"a deploy died", {deploy}, "now"},
               {"a rollback died", {back}, "before"},
               {"a rollback of a deploy that died has died", {deploy, undo}, "now"},
               {"a deploy died, and a rollback to an earlier version", {deploy, back}, "now"},
               {"a deploy died when it was all but done", {settled}, "before"}};
  for (const auto& each : cases) {
    CAPTURE(each.name);
    RemoteState state = state_of({});
    state.journals = each.journals;
    CHECK(rollback_target(state) == each.expected);
  }
  CHECK(rollback_target({}) == "");
}

TEST_CASE("a compressed page is moved when pages are, and nobody asks for it by its name") {
  CHECK(kind_of("a/index.html.gz") == UploadKind::page);
  CHECK(kind_of("a/index.html.br") == UploadKind::page);
  CHECK(kind_of("data.json.gz") == UploadKind::file);
  CHECK(kind_of("assets/main.0a1b2c3d.css.br") == UploadKind::asset);
  CHECK(changed_urls({"alone.gz", "index.html", "index.html.br", "index.html.gz"}, "https://example.org/") ==
        std::vector<std::string>{"https://example.org/", "https://example.org/alone.gz"});
}

TEST_CASE("purge is given addresses as visitors type them") {
  CHECK(changed_urls({"index.html", "blog/index.html", "about.html", "files/a b#1%.txt", "myindex.html", "crème.html"},
                     "https://example.org/docs/") ==
        std::vector<std::string>{"https://example.org/docs/", "https://example.org/docs/about.html",
                                 "https://example.org/docs/blog/", "https://example.org/docs/cr%C3%A8me.html",
                                 "https://example.org/docs/files/a%20b%231%25.txt",
                                 "https://example.org/docs/myindex.html"});
}
