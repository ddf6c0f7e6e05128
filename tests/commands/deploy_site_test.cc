#include "commands/deploy_site.h"

#include <doctest/doctest.h>

#include <atomic>
#include <functional>

#include "base/diagnostic_format.h"
#include "base/hash.h"
#include "build/manifest.h"
#include "commands/fake_surroundings.h"

using namespace hardtop;

namespace {

constexpr std::int64_t kNow = 1795392000;  // 2026-11-23T00:00:00Z

// A site that is built, and looked at once for a deploy.
struct BuiltSite : FakeProcess {
  explicit BuiltSite(const Contents& more = {})
      : FakeProcess({{"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\n"},
                     {"s/content/_index.md", "# Home\n"},
                     {"s/content/later.md", "+++\ntitle = \"Later\"\ndate = 2027-01-01\n+++\n"},
                     {"s/static/a.txt", "text"}}) {
    for (const auto& [path, text] : more) write(path, text);
    options.site_dir = local.site_dir = "s";
    options.now = kNow;
    local.output_dir = "s/public";
    local.build_command = "hardtop build";
    REQUIRE(run({"-C", "s", "build"}) == 0);
    find();
    REQUIRE(is_built);
    first = found;
  }

  // What is to be deployed, into `found`: files, evidence, manifest; or the errors.
  void find() {
    is_built = false;
    Surroundings all = surroundings();
    Diagnostics diagnostics;
    const auto site =
        find_site_to_deploy(target, options, local, all, diagnostics, [this](const Progress&) { is_built = true; });
    found = format_diagnostics(diagnostics.sorted(), {});
    if (!site) return;
    for (const RemoteFile& file : site->files)
      found += file.path + " " + file.hash + " " + std::to_string(file.size) + " " + file.headers + "\n";
    found += site->evidence + site->manifest;
  }

  void write(const std::string& path, const std::string& text) {
    WriteResult ignored = WriteResult::unchanged;
    REQUIRE_FALSE(files.write(path, text, ignored));
  }

  std::string target = "production";
  BuildOptions options;
  LocalSiteOptions local;
  std::string found, first;
  std::atomic<bool> is_built{false};
};

}  // namespace

TEST_CASE("a site that has not changed is not built again to be deployed") {
  BuiltSite site;
  CHECK(site.first.find("a.txt " + hash128_hex("text") + " 4 ") != std::string::npos);
  CHECK(site.first.find("\"services\"") != std::string::npos);
  CHECK(site.first.find("hardtop manifest 1 complete") != std::string::npos);
  for (int i = 0; i < 2; ++i) {
    site.find();
    CHECK_FALSE(site.is_built);
    CHECK(site.found == site.first);
  }
  REQUIRE(site.run({"-C", "s", "build"}) == 0);  // writes the same
  site.find();
  CHECK_FALSE(site.is_built);
}

TEST_CASE("a site is built again to be deployed when it may be another one") {
  using Change = std::function<void(BuiltSite&)>;
  struct Case {
    std::string what;
    Change change;
    std::string found;  // "": what was found before
  };
  const Case cases[] = {
      {"content", [](BuiltSite& s) { s.write("s/content/_index.md", "# House\n"); },
       "error: 's/public' is not what the site is now: index.html [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {"an error", [](BuiltSite& s) { s.write("s/site.toml", "title = 1\n"); }, "site.toml:1:9: error: 'title' "},
      {"a file that comes", [](BuiltSite& s) { s.write("s/static/b.txt", "b"); },
       "error: 's/public' is not what the site is now: b.txt [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {"a file of the theme that comes", [](BuiltSite& s) { s.write("s/layouts/base.mustache", "{{{main}}}"); },
       "stale"},
      {"a file that goes", [](BuiltSite& s) { REQUIRE_FALSE(s.files.remove("s/static/a.txt")); },
       "error: 's/public' is not what the site is now: a.txt [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {"output", [](BuiltSite& s) { s.write("s/public/a.txt", "TEXT"); },
       "error: 's/public' is not as it was built: a.txt [deploy/output-changed]\n"
       "  hint: change the site's sources instead of its output, then: hardtop build\n"},
      {"the manifest", [](BuiltSite& s) { REQUIRE_FALSE(s.files.remove(manifest_path("s", "s/public"))); },
       "error: there is no finished site in 's/public' [deploy/no-output]\n"
       "  hint: build it, and look at it: hardtop build\n"},
      {"the manifest says that a build did not end",
       [](BuiltSite& s) {
         std::string text;
         REQUIRE_FALSE(s.files.read(manifest_path("s", "s/public"), text));
         s.write(manifest_path("s", "s/public"), text.replace(text.find("complete"), 8, "incomplete"));
       },
       "error: the last build into 's/public' did not end [deploy/no-output]\n"},
      {"another output",
       [](BuiltSite& s) {
         for (const auto& [path, text] : s.files.snapshot())
           if (path.starts_with("s/public/")) s.write("s/other/" + path.substr(9), text);
         s.local.output_dir = "s/other";
       },
       "error: there is no finished site in 's/other' [deploy/no-output]\n"},
      {"a page's date has come", [](BuiltSite& s) { s.options.now = 1798761600; }, "stale"},
      {"the clock goes back", [](BuiltSite& s) { --s.options.now; }, ""},
      {"the program", [](BuiltSite& s) { s.program = "p2"; }, ""},
      {"the folder", [](BuiltSite& s) { s.current_folder = "/home/bob"; }, ""},
      {"drafts", [](BuiltSite& s) { s.options.drafts = true; }, ""},
      {"future", [](BuiltSite& s) { s.options.future = true; }, "stale"},
      {"expired", [](BuiltSite& s) { s.options.expired = true; }, ""},
      {"development", [](BuiltSite& s) { s.options.development = true; }, "stale"},
      {"the language", [](BuiltSite& s) { s.options.language = "de"; }, "stale"},
      {"the site by another path", [](BuiltSite& s) { s.options.site_dir = s.local.site_dir = "./s"; }, ""},
      {"the address", [](BuiltSite& s) { s.options.base_url = "https://other.example/"; }, "stale"},
      {"the target", [](BuiltSite& s) { s.target = "staging"; }, ""},
      {"what is compressed", [](BuiltSite& s) { s.local.compressed = DeployCompressed::none; }, ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    BuiltSite site;
    each.change(site);
    site.find();
    CHECK((site.is_built || site.found.starts_with("error: ") || site.found.starts_with("site.toml:")));
    CHECK(site.found.find(each.found.empty() ? site.first : each.found) != std::string::npos);
  }
}

TEST_CASE("until a page's date has come a site is not built again") {
  BuiltSite site;
  site.options.now = 1798761599;  // a second before 2027-01-01
  site.find();
  CHECK_FALSE(site.is_built);
}

TEST_CASE("a warning is told by every deploy") {
  BuiltSite site({{"s/static/broken.png", "no image"}, {"s/content/a.md", "![A](/broken.png)\n"}});
  REQUIRE(site.first.find("[build/broken-image]") != std::string::npos);
  site.find();
  CHECK(site.is_built);
  CHECK(site.found == site.first);
}

TEST_CASE("a note that is damaged, or cannot be written, costs time only") {
  BuiltSite site;
  site.write("s/.hardtop/deploy-production.checked", "hardtop checked 1 nonsense\n");
  site.files.fail_on_write("s/.hardtop/deploy-production.checked", std::errc::no_space_on_device);
  for (int i = 0; i < 2; ++i) {
    site.find();
    CHECK(site.is_built);
    CHECK(site.found == site.first);
  }
}
