// [build] precompress through whole builds: which files get compressed ones beside them, when they are made and when not.
#include "build/precompress.h"

#include <doctest/doctest.h>

#include <atomic>

#include "base/hash.h"
#include "build/compressed_cache.h"
#include "build/manifest.h"
#include "support/memory_site.h"

using namespace hardtop;
using test::FileMap;

namespace {

const std::string kLong(3000, 'x');

FileMap site_with(const FileMap& more = {}, const std::string& precompress = "true") {
  FileMap files = test::plain_site({{"s/content/a.md", kLong}, {"s/content/b.md", "Short, and so is its page"}});
  files["s/site.toml"] += "[build]\nprecompress = " + precompress + "\nhosts = [\"json\"]\n";
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

struct Run {
  BuildStatus status;
  BuildSummary summary;
  std::string errors;
};

Run run(MemoryFiles& files, BuildOptions options = test::options_for_tests()) {
  Diagnostics found;
  const BuildResult result = build_site(files, options, found);
  return {result.status, result.summary, to_text(found)};
}

// Names of the compressed files of the output.
std::vector<std::string> compressed(const MemoryFiles& files) {
  std::vector<std::string> out;
  for (const auto& [path, text] : files.snapshot())
    if (path.starts_with("s/public/") && (path.ends_with(".gz") || path.ends_with(".br")))
      out.push_back(path.substr(9));
  return out;
}

std::string read(const MemoryFiles& files, const std::string& path) {
  std::string text;
  return files.read(path, text) ? "(no such file)" : text;
}

std::string cache_of(const MemoryFiles& files) {
  std::string out;
  for (const auto& [path, text] : files.snapshot())
    if (path.starts_with(compressed_folder("s", "s/public") + "/")) out += path + "\n" + text;
  return out;
}

}  // namespace

TEST_CASE(
    "text of some size gets compressed files beside it, in the encodings that were asked for; other files do not") {
  std::string noise;  // nothing can be gained: every byte comes from a hash
  for (int i = 0; i < 40; ++i) noise += hash128_hex(std::to_string(i));
  std::string bytes;
  for (std::size_t i = 0; i + 1 < noise.size(); i += 2)
    bytes += static_cast<char>(std::stoi(noise.substr(i, 2), nullptr, 16));
  const FileMap more = {{"s/static/pic.png", kLong},
                        {"s/static/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- " + kLong + "--></svg>"},
                        {"s/static/doc.pdf", kLong},
                        {"s/static/font.woff2", kLong},
                        {"s/static/CNAME", kLong},
                        {"s/static/short.txt", std::string(255, 'y')},
                        {"s/static/noise.txt", bytes}};
  const auto with = [](std::vector<std::string> names, const std::vector<std::string>& endings) {
    std::vector<std::string> out;
    for (const std::string& name : names)
      for (const std::string& ending : endings) out.push_back(name + ending);
    std::sort(out.begin(), out.end());
    return out;
  };
  const std::vector<std::string> names = {"a.html", "b.html", "404.html", "index.html", "pic.svg"};
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"false", {}}, {"\"gzip\"", {".gz"}}, {"[\"brotli\"]", {".br"}}, {"true", {".br", ".gz"}}};
  for (const auto& [asked, endings] : cases) {
    CAPTURE(asked);
    MemoryFiles files(site_with(more, asked));
    const Run built = run(files);
    CHECK(built.errors == "");
    std::vector<std::string> there = compressed(files);
    // What the theme and hardtop itself write is as long as it is.
    std::erase_if(there,
                  [](const std::string& name) { return name.starts_with("assets/") || name.starts_with("sitemap"); });
    std::vector<std::string> wanted;
    for (const std::string& name : names)
      if (read(files, "s/public/" + name).size() >= 256) wanted.push_back(name);
    CHECK(wanted.size() >= 2);
    CHECK(there == with(wanted, endings));
  }
}

TEST_CASE("a compressed file is the file that it lies beside") {
  MemoryFiles files(site_with());
  CHECK(run(files).errors == "");
  const std::string page = read(files, "s/public/a.html");
  CHECK(is_compressed_from(read(files, "s/public/a.html.gz"), Encoding::gzip, page));
  CHECK(is_compressed_from(read(files, "s/public/a.html.br"), Encoding::brotli, page));
}

TEST_CASE("what an earlier build has compressed is not compressed again, also after the output has been removed") {
  MemoryFiles files(site_with());
  const Run first = run(files);
  CHECK(first.summary.compressed.made > 0);
  CHECK(first.summary.compressed.made == 2 * first.summary.compressed.files);
  const auto all = files.snapshot();

  const Run second = run(files);
  CHECK(second.summary.compressed.made == 0);
  CHECK(second.summary.compressed.files == first.summary.compressed.files);
  CHECK(second.summary.compressed.gzip_bytes == first.summary.compressed.gzip_bytes);
  CHECK(second.summary.changed == 0);
  CHECK(files.snapshot() == all);

  for (const auto& [path, text] : all)
    if (path.starts_with("s/public/")) REQUIRE_FALSE(files.remove(path));
  CHECK(run(files).summary.compressed.made == 0);
  CHECK(files.snapshot() == all);

  // And without what was kept, the same comes out.
  for (const auto& [path, text] : all)
    if (path.starts_with("s/.hardtop/")) REQUIRE_FALSE(files.remove(path));
  CHECK(run(files).summary.compressed.made == first.summary.compressed.made);
  CHECK(files.snapshot() == all);
}

TEST_CASE("an edit compresses what differs, and what nobody uses any more is forgotten") {
  MemoryFiles files(site_with());
  CHECK(run(files).errors == "");
  const std::string page = read(files, "s/public/a.html"), cache = cache_of(files);
  CHECK(cache.find(hash128_hex(page)) != std::string::npos);
  WriteResult ignored = WriteResult::unchanged;
  REQUIRE_FALSE(files.write("s/content/a.md", kLong + "y", ignored));
  const Run edited = run(files);
  CHECK(edited.summary.compressed.made == 2);
  CHECK(edited.summary.changed == 3);
  CHECK(cache_of(files).find(hash128_hex(page)) == std::string::npos);
  CHECK(is_compressed_from(read(files, "s/public/a.html.br"), Encoding::brotli, read(files, "s/public/a.html")));

  REQUIRE_FALSE(files.remove("s/content/a.md"));
  CHECK(run(files).errors == "");
  CHECK(read(files, "s/public/a.html.gz") == "(no such file)");
  CHECK(read(files, "s/public/a.html.br") == "(no such file)");
}

TEST_CASE("a compressed file that somebody has changed is written anew, as every output file") {
  MemoryFiles files(site_with());
  CHECK(run(files).errors == "");
  const auto all = files.snapshot();
  WriteResult ignored = WriteResult::unchanged;
  REQUIRE_FALSE(files.write("s/public/a.html.br", "nonsense", ignored));
  const Run again = run(files);
  CHECK(again.summary.changed == 1);
  CHECK(again.summary.compressed.made == 0);
  CHECK(files.snapshot() == all);
}

TEST_CASE("a damaged cache costs time and nothing else") {
  MemoryFiles files(site_with());
  const Run first = run(files);
  const auto all = files.snapshot();
  for (const auto& [path, text] : all)
    if (path.starts_with(compressed_folder("s", "s/public") + "/")) {
      WriteResult ignored = WriteResult::unchanged;
      REQUIRE_FALSE(files.write(path, text.substr(0, text.size() / 2), ignored));
    }
  const Run second = run(files);
  CHECK(second.errors == "");
  CHECK(second.summary.compressed.made > 0);
  CHECK(second.summary.changed == 0);
  CHECK(files.snapshot() == all);
}

TEST_CASE("files that are alike are compressed once") {
  MemoryFiles files(site_with({{"s/static/one.txt", kLong}, {"s/static/two.txt", kLong}}));
  MemoryFiles fewer(site_with({{"s/static/one.txt", kLong}}));
  const Run two = run(files), one = run(fewer);
  CHECK(two.summary.compressed.made == one.summary.compressed.made);
  CHECK(two.summary.compressed.files == one.summary.compressed.files + 1);
  CHECK(read(files, "s/public/one.txt.br") == read(files, "s/public/two.txt.br"));
  CHECK(is_compressed_from(read(files, "s/public/two.txt.br"), Encoding::brotli, kLong));
}

TEST_CASE("the number of threads changes no byte") {
  BuildOptions one = test::options_for_tests(), four = one;
  one.jobs = 1;
  four.jobs = 4;
  MemoryFiles first(site_with()), second(site_with());
  CHECK(run(first, one).errors == "");
  CHECK(run(second, four).errors == "");
  CHECK(first.snapshot() == second.snapshot());
}

TEST_CASE("a compressed file of the site's own stays, if it is what servers take it for") {
  const std::string own = compress(kLong, Encoding::gzip) + compress("", Encoding::gzip);
  MemoryFiles files(site_with({{"s/static/data.txt", kLong}, {"s/static/data.txt.gz", own}}));
  CHECK(run(files).errors == "");
  CHECK(read(files, "s/public/data.txt.gz") == own);
  CHECK(is_compressed_from(read(files, "s/public/data.txt.br"), Encoding::brotli, kLong));
}

TEST_CASE("a file that servers would send in place of another, and that is something else, is an error") {
  const FileMap site = site_with({{"s/static/a.html.gz", compress("other", Encoding::gzip)},
                                  {"s/static/pic.png", "png"},
                                  {"s/static/pic.png.br", "no brotli"},
                                  {"s/static/alone.gz", "a download"}});
  const std::string errors =
      "static/a.html.gz: error: servers send this file in place of 'a.html', and it is not that file, compressed "
      "[build/wrong-compressed]\n"
      "  hint: remove it, or give it another name: hardtop compresses 'a.html' itself\n"
      "static/pic.png.br: error: servers send this file in place of 'pic.png', and it is not that file, compressed "
      "[build/wrong-compressed]\n"
      "  hint: remove it, or give it another name: nothing is gained by compressing 'pic.png'\n";
  MemoryFiles files(site);
  const Run built = run(files);
  CHECK(built.status == BuildStatus::site_has_errors);
  CHECK(built.errors == errors);
  CHECK(files.snapshot() == site);

  BuildOptions check = test::options_for_tests();
  check.write = false;
  CHECK(run(files, check).errors == errors);
  // Where nobody sends compressed files, they are downloads like others.
  MemoryFiles plain(site_with({{"s/static/a.html.gz", "no gzip"}}, "false"));
  CHECK(run(plain).errors == "");
}

TEST_CASE("a folder of a compressed file's name is left alone") {
  MemoryFiles files(site_with({{"s/static/data.txt", kLong}, {"s/static/data.txt.gz/part.txt", kLong}}));
  CHECK(run(files).errors == "");
  CHECK(read(files, "s/public/data.txt.gz/part.txt") == kLong);
  CHECK(is_compressed_from(read(files, "s/public/data.txt.br"), Encoding::brotli, kLong));
}

TEST_CASE("a check compresses nothing, and a build in development neither writes nor forgets") {
  MemoryFiles files(site_with());
  BuildOptions options = test::options_for_tests();
  options.write = false;
  CHECK(run(files, options).summary.compressed.files == 0);
  CHECK(files.snapshot() == site_with());

  CHECK(run(files).errors == "");
  const std::string cache = cache_of(files);
  CHECK_FALSE(cache.empty());
  options.write = true;
  options.development = true;
  CHECK(run(files, options).errors == "");
  CHECK(compressed(files).empty());
  CHECK(cache_of(files) == cache);
  CHECK(run(files).summary.compressed.made == 0);
}

TEST_CASE("a site that asks no more for compressed files has none, and nothing is kept of them") {
  MemoryFiles files(site_with());
  CHECK(run(files).errors == "");
  CHECK_FALSE(compressed(files).empty());
  WriteResult ignored = WriteResult::unchanged;
  REQUIRE_FALSE(files.write("s/site.toml", site_with({}, "false")["s/site.toml"], ignored));
  CHECK(run(files).errors == "");
  CHECK(compressed(files).empty());
  CHECK(cache_of(files).empty());
}

TEST_CASE("a cache that cannot be written is a warning, and the site is complete") {
  MemoryFiles files(site_with());
  for (const char digit : std::string("0123456789abcdef"))
    files.fail_on_write(compressed_folder("s", "s/public") + "/" + digit, std::errc::no_space_on_device);
  const Run built = run(files);
  CHECK(built.status == BuildStatus::built);
  const std::string folder = compressed_folder("s", "s/public").substr(2) + "/";
  REQUIRE(built.errors.starts_with(folder));
  CHECK(built.errors.substr(folder.size() + 1) ==
        ": warning: compressed files cannot be kept for the next build: No space left on device "
        "[build/cache-unwritable]\n"
        "  hint: mend that: until then each build compresses everything anew\n");
  CHECK_FALSE(compressed(files).empty());
}

TEST_CASE("a full disk is told of a compressed file as of every other") {
  MemoryFiles files(site_with());
  files.fail_on_write("s/public/a.html.br", std::errc::no_space_on_device);
  const Run built = run(files);
  CHECK(built.status == BuildStatus::environment_failed);
  CHECK(built.errors ==
        "public/a.html.br: error: cannot be written: No space left on device [build/write-failed]\n"
        "  hint: free some space and build again: what is written is completed\n");
}

TEST_CASE("headers.json says which files have compressed ones, and does not list these") {
  MemoryFiles files(
      site_with({{"s/static/data.txt", kLong}, {"s/static/data.txt.gz", compress(kLong, Encoding::gzip)}}));
  CHECK(run(files).errors == "");
  const std::string json = read(files, "s/.hardtop/hosts/public/headers.json");
  const auto has = [&](const std::string& text) { return json.find(text) != std::string::npos; };
  CHECK(has("{\"file\": \"a.html\", \"path\": \"/a.html\", \"class\": 0, \"encodings\": [\"gzip\", \"br\"]}"));
  CHECK(has("{\"file\": \"data.txt\", \"path\": \"/data.txt\", \"class\": 0, \"encodings\": [\"gzip\", \"br\"]}"));
  CHECK(has("{\"file\": \"robots.txt\", \"path\": \"/robots.txt\", \"class\": 0}"));
  CHECK_FALSE(has("\"a.html.gz\""));
  CHECK(has("{\"file\": \"data.txt.gz\", \"path\": \"/data.txt.gz\", \"class\": 0}"));
}

TEST_CASE("progress counts what is compressed") {
  MemoryFiles files(site_with());
  Diagnostics found;
  std::atomic<std::size_t> calls = 0, total = 0;
  const BuildResult result = build_site(files, test::options_for_tests(), found, [&](const Progress& progress) {
    if (std::string_view(progress.step) != "Compressing files") return;
    ++calls;
    total = progress.total;
  });
  CHECK(calls == result.summary.compressed.made);
  CHECK(total == result.summary.compressed.made);
}
