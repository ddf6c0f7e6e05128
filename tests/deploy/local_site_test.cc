#include "deploy/local_site.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "base/hash.h"
#include "deploy/upload_headers.h"

using namespace hardtop;

namespace {

struct Case {
  std::map<std::string, std::string> made, listed, on_disk;
  std::string expected;
};

const LocalSiteOptions kOptions{.site_dir = "site", .output_dir = "out", .build_command = "hardtop build"};

// As the build that made these files would have written it.
Manifest manifest_of(const std::map<std::string, std::string>& files) {
  std::string text = "hardtop manifest 1 complete\n";
  for (const auto& [path, bytes] : files)
    text += hash128_hex(bytes) + " " + std::to_string(bytes.size()) + " " + path + "\n";
  return parse_manifest(text).value();
}

}  // namespace

TEST_CASE("what is deployed is what the site is now, what was built, and what is there") {
  const std::map<std::string, std::string> site = {{"a.html", "a"}, {"b.png", "b"}};
  const Case cases[] = {
      {site, site, site, ""},
      {{{"a.html", "new"}, {"b.png", "b"}},
       site,
       site,
       "error: 'out' is not what the site is now: a.html [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {{{"a.html", "a"}},
       site,
       site,
       "error: 'out' is not what the site is now: b.png [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {{{"a.html", "a"}, {"aa.html", ""}, {"b.png", "b"}, {"c.html", ""}},
       site,
       site,
       "error: 'out' is not what the site is now: aa.html and 1 other file [deploy/stale-output]\n"
       "  hint: build it again, and look at it: hardtop build\n"},
      {site,
       site,
       {{"a.html", "x"}},
       "error: 'out' is not as it was built: a.html and 1 other file [deploy/output-changed]\n"
       "  hint: change the site's sources instead of its output, then: hardtop build\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.expected);
    SiteOutput output;
    for (const auto& [path, bytes] : each.made) {
      output.files.emplace(output.files.begin());
      output.files.front().path = path;
      output.files.front().bytes = bytes;
    }
    const Manifest manifest = manifest_of(each.listed);
    std::map<std::string, std::string> disk;
    for (const auto& [path, bytes] : each.on_disk) disk["out/" + path] = bytes;
    const MemoryFiles files(disk);
    Diagnostics diagnostics;
    const auto local = read_local_site(files, output, manifest, kOptions, diagnostics);
    CHECK(to_text(diagnostics) == each.expected);
    CHECK(local.has_value() == each.expected.empty());
    if (local)
      CHECK((*local)[0] == RemoteFile{"a.html", hash128_hex("a"), 1, "Content-Type: text/html; charset=utf-8"});
  }
}

TEST_CASE("a site that was not built, or not to the end, is not deployed") {
  Diagnostics missing, dead;
  CHECK_FALSE(read_local_manifest(MemoryFiles(), kOptions, missing));
  CHECK(to_text(missing) ==
        "error: there is no finished site in 'out' [deploy/no-output]\n"
        "  hint: build it, and look at it: hardtop build\n");
  const MemoryFiles files{{manifest_path("site", "out"), "hardtop manifest 1 incomplete\n"}};
  CHECK_FALSE(read_local_manifest(files, kOptions, dead));
  CHECK(to_text(dead) ==
        "error: the last build into 'out' did not end [deploy/no-output]\n"
        "  hint: build it, and look at it: hardtop build\n");
}

TEST_CASE("compressed files are deployed beside the others, in their place, or not at all") {
  SiteOutput site;
  const std::map<std::string, std::string> bytes = {{"a.html", "page"},   {"a.html.br", "pb"},    {"a.html.gz", "pgz"},
                                                    {"data.txt", "data"}, {"data.txt.gz", "dgz"}, {"short.txt", "s"}};
  const Manifest manifest = manifest_of(bytes);
  std::map<std::string, std::string> disk;
  for (const auto& [path, text] : bytes) {
    site.files.push_back({path, text, ""});
    disk["out/" + path] = text;
  }
  *site.encoded = {{"a.html", Encoding::gzip}, {"a.html", Encoding::brotli}, {"data.txt", Encoding::gzip, true}};
  const MemoryFiles files(disk);
  struct Row {
    DeployCompressed compressed;
    std::string expected;  // path, size, encoding
  };
  const Row rows[] = {
      {DeployCompressed::beside, "a.html 4 \na.html.br 2 \na.html.gz 3 \ndata.txt 4 \ndata.txt.gz 3 \nshort.txt 1 \n"},
      {DeployCompressed::gzip, "a.html 3 gzip\ndata.txt 3 gzip\ndata.txt.gz 3 \nshort.txt 1 \n"},
      {DeployCompressed::brotli, "a.html 2 br\ndata.txt 4 \ndata.txt.gz 3 \nshort.txt 1 \n"},
      {DeployCompressed::none, "a.html 4 \ndata.txt 4 \ndata.txt.gz 3 \nshort.txt 1 \n"},
  };
  for (const Row& row : rows) {
    LocalSiteOptions options = kOptions;
    options.compressed = row.compressed;
    Diagnostics diagnostics;
    const auto local = read_local_site(files, site, manifest, options, diagnostics);
    CHECK(to_text(diagnostics) == "");
    REQUIRE(local);
    std::string got;
    for (const RemoteFile& file : *local) {
      const std::optional<Encoding> encoding = encoding_in(file.headers);
      got += file.path + " " + std::to_string(file.size) + " " +
             std::string(encoding ? encoding_token(*encoding) : "") + "\n";
      if (encoding) CHECK(file.hash == hash128_hex(bytes.at(file.path + std::string(encoding_ending(*encoding)))));
    }
    CHECK(got == row.expected);
  }
}
