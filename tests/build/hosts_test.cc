// [build] hosts through whole builds: what is written where, and when nothing is.
#include "build/hosts.h"

#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using test::FileMap;

namespace {

FileMap site_with(const std::string& hosts, const FileMap& more = {}) {
  FileMap files = test::plain_site({{"s/content/a.md", "+++\ntitle = \"A\"\naliases = [\"/old.html\"]\n+++\nHi"}});
  files["s/site.toml"] += "[build]\nhosts = " + hosts + "\n";
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

// The names of what a build leaves on the disk outside of the site's sources, pages and assets left out.
std::vector<std::string> written(MemoryFiles& files, bool development = false) {
  BuildOptions options = test::options_for_tests();
  options.development = development;
  Diagnostics found;
  const BuildResult result = build_site(files, options, found);
  CHECK(to_text(found) == "");
  CHECK(result.status == BuildStatus::built);
  std::vector<std::string> out;
  for (const auto& [path, text] : files.snapshot())
    if (path.starts_with("s/public/_") || path.starts_with("s/.hardtop/hosts/")) out.push_back(path);
  return out;
}

}  // namespace

TEST_CASE("each host has its files: in the output what it reads there, beside it what must not be served") {
  const std::string beside = "s/.hardtop/hosts/public/";
  const std::vector<std::pair<std::string, std::vector<std::string>>> table = {
      {"[]", {}},
      {"\"netlify\"", {"s/public/_headers", "s/public/_redirects"}},
      {"[\"cloudflare\"]", {"s/public/_headers", "s/public/_redirects"}},
      {"[\"nginx\"]", {beside + "nginx-http.conf", beside + "nginx-server.conf"}},
      {"[\"json\", \"caddy\"]", {beside + "Caddyfile", beside + "headers.json"}},
  };
  for (const auto& [hosts, names] : table) {
    CAPTURE(hosts);
    MemoryFiles files(site_with(hosts));
    CHECK(written(files) == names);
  }
}

TEST_CASE("a site with .br files has what nginx needs for them in a file of its own") {
  FileMap site = site_with("[\"nginx\"]\nprecompress = true");
  MemoryFiles files(site);
  const std::string beside = "s/.hardtop/hosts/public/";
  CHECK(written(files) == std::vector<std::string>{beside + "nginx-brotli.conf", beside + "nginx-http.conf",
                                                   beside + "nginx-server.conf"});
  WriteResult ignored = WriteResult::unchanged;
  REQUIRE_FALSE(files.write("s/site.toml", site_with("[\"nginx\"]")["s/site.toml"], ignored));
  CHECK(written(files) == std::vector<std::string>{beside + "nginx-http.conf", beside + "nginx-server.conf"});
}

TEST_CASE("a build in development writes nothing for hosts") {
  MemoryFiles files(site_with("[\"netlify\", \"nginx\"]"));
  CHECK(written(files, true).empty());
}

TEST_CASE("what a host no longer needs is removed by the next build") {
  MemoryFiles files(site_with("[\"netlify\", \"json\"]"));
  CHECK(written(files).size() == 3);
  WriteResult ignored = WriteResult::unchanged;
  REQUIRE_FALSE(files.write("s/site.toml", site_with("[\"caddy\"]")["s/site.toml"], ignored));
  CHECK(written(files) == std::vector<std::string>{"s/.hardtop/hosts/public/Caddyfile"});
}

TEST_CASE("the header file has the site's policy, its cache rules and its own headers") {
  FileMap files = site_with("[\"netlify\"]");
  files["s/site.toml"] += "[headers]\n\"/*\" = { \"X-Own\" = \"yes\" }\n";
  const test::Built built = test::build_in_memory(files);
  REQUIRE(built.errors == "");
  const std::string text = built["_headers"];
  for (const char* line : {"\n/*\n", "  Cache-Control: no-cache\n", "  Content-Security-Policy: default-src 'self'; ",
                           "  Strict-Transport-Security: max-age=31536000\n", "  X-Own: yes\n", "\n/*.svg\n",
                           "  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox\n",
                           ".css\n  Cache-Control: public, max-age=31536000, immutable\n"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
  CHECK(built["_redirects"].ends_with("\n/old.html /a.html 301!\n"));
  CHECK(built["old.html"].find("http-equiv=\"refresh\"") != std::string::npos);
}

TEST_CASE("a static/_headers beside the generated one is an error, since it could take the policy back") {
  const FileMap files = site_with("[\"netlify\"]", {{"s/static/_headers", "/*\n  ! Content-Security-Policy\n"}});
  CHECK(test::build_in_memory(files).errors ==
        "static/_headers: error: hardtop writes '_headers' itself, for the hosts in [build] [build/static-over-page]\n"
        "  hint: write the headers into [headers] of site.toml, where the policy for all files stays in force\n"
        "site.toml:8:9: note: 'hosts' is here\n"
        "  8 | hosts = [\"netlify\"]\n"
        "    |         ^~~~~~~~~~~\n");
}

TEST_CASE("without a host that reads it, a static/_headers is copied as any file") {
  const FileMap files = site_with("[\"nginx\"]", {{"s/static/_headers", "/*\n  X-A: b\n"}});
  CHECK(test::build_in_memory(files)["_headers"] == "/*\n  X-A: b\n");
}

TEST_CASE("a static/_redirects stands below the aliases") {
  const FileMap files = site_with("[\"cloudflare\"]", {{"s/static/_redirects", "/x/* /a.html 302\n"}});
  CHECK(test::build_in_memory(files)["_redirects"].ends_with(
      "\n/old.html /a.html 301\n\n# From static/_redirects.\n/x/* /a.html 302\n"));
}

TEST_CASE("a header that a host cannot be told keeps a site from being built") {
  FileMap files = site_with("[\"caddy\"]");
  files["s/site.toml"] += "[headers]\n\"/*\" = { \"X-A\" = \"{host}\" }\n";
  const test::Built built = test::build_in_memory(files);
  CHECK_FALSE(built.fine);
  CHECK(built.errors.find("[host/cannot-say]") != std::string::npos);
}

TEST_CASE("the folder for server files is named after the output folder inside the site, and by a hash outside") {
  CHECK(host_files_folder("s", "s/public") == "s/.hardtop/hosts/public");
  CHECK(host_files_folder(".", "public") == ".hardtop/hosts/public");
  CHECK(host_files_folder("s", "s/out/stage") == "s/.hardtop/hosts/out/stage");
  const std::string outside = host_files_folder("s", "/tmp/elsewhere");
  CHECK(outside.size() == std::string("s/.hardtop/hosts/").size() + 16);
  CHECK(outside != host_files_folder("s", "/tmp/elsewhere2"));
}
