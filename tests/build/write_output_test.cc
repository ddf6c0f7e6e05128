#include "build/write_output.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/diagnostic_format.h"
#include "build/manifest.h"

using namespace hardtop;

namespace {

const WriteOptions kOptions{"s", "s/public", 2};

// Writes `outputs` and returns what happened.
struct Outcome {
  bool fine;
  BuildSummary summary;
  std::string errors;
};
Outcome write(Files& files, std::vector<OutputFile> outputs) {
  Diagnostics found;
  Outcome out{};
  const auto written = write_output(files, outputs, kOptions, take_turn(files, kOptions), out.summary, found);
  out.fine = written && finish_output(files, *written, kOptions, found);
  out.errors = to_text(found);
  return out;
}

std::map<std::string, std::string> in_public(const MemoryFiles& files) {
  std::map<std::string, std::string> out;
  for (const auto& [path, text] : files.snapshot())
    if (path.starts_with("s/public/")) out[path.substr(9)] = text;
  return out;
}

bool is_complete(const MemoryFiles& files) {
  std::string text;
  if (files.read(manifest_path("s", "s/public"), text)) return false;
  const auto manifest = parse_manifest(text);
  return manifest && manifest->complete;
}

}  // namespace

TEST_CASE("only what differs is written, only what the last build made is removed") {
  MemoryFiles files({{"s/public/CNAME", "kept: nobody's"}});
  auto first =
      write(files, {{"index.html", "home", ""}, {"old/a.html", "a", ""}, {"copy.txt", "", "s/static/copy.txt"}});
  CHECK_FALSE(first.fine);  // s/static/copy.txt is not there
  CHECK_FALSE(is_complete(files));

  first = write(files, {{"index.html", "home", ""}, {"old/a.html", "a", ""}});
  REQUIRE(first.fine);
  CHECK(first.summary.changed == 0);  // written before the copy failed
  CHECK(is_complete(files));

  const auto second = write(files, {{"index.html", "home, again", ""}, {"new.html", "n", ""}});
  REQUIRE(second.fine);
  CHECK(second.summary.changed == 2);
  CHECK(second.summary.removed == 1);
  CHECK(second.summary.files == 2);
  CHECK(second.summary.bytes == 12);
  CHECK(in_public(files) == std::map<std::string, std::string>{
                                {"CNAME", "kept: nobody's"}, {"index.html", "home, again"}, {"new.html", "n"}});
  CHECK(is_complete(files));
}

TEST_CASE("what an output folder holds of no build on record is told once, and left alone") {
  const std::map<std::string, std::string> left = {
      {"s/public/index.html", ""}, {"s/public/b.html", ""}, {"s/public/a.html", ""}};
  MemoryFiles files(left);
  const std::vector<OutputFile> outputs = {{"new.html", "n", ""}, {"index.html", "home", ""}};
  CHECK(write(files, outputs).errors ==
        "public: warning: 2 files here are of no build that is on record: a.html, b.html [build/unknown-files]\n"
        "  hint: hardtop removes only what it has written: remove yourself what no longer belongs to the site\n");
  CHECK(in_public(files).size() == 4);
  CHECK(write(files, outputs).errors == "");

  SUBCASE("nor is it forgotten when the record is damaged") {
    WriteResult ignored;
    REQUIRE(!files.write(manifest_path("s", "s/public"), "hardtop manifest 1 comp", ignored));
    for (const char* more : {"c.html", "d.html"}) REQUIRE(!files.write(std::string("s/public/") + more, "", ignored));
    CHECK(write(files, outputs).errors ==
          "public: warning: 4 files here are of no build that is on record: a.html, b.html, c.html, … "
          "[build/unknown-files]\n"
          "  hint: hardtop removes only what it has written: remove yourself what no longer belongs to the site\n");
  }
  SUBCASE("one is one") {
    MemoryFiles other({{"s/public/CNAME", ""}});
    CHECK(write(other, outputs).errors ==
          "public: warning: 1 file here is of no build that is on record: CNAME [build/unknown-files]\n"
          "  hint: hardtop removes only what it has written: remove yourself what no longer belongs to the site\n");
  }
}

TEST_CASE("a full disk leaves the manifest incomplete, and the next build mends the folder") {
  MemoryFiles files;
  files.fail_on_write("s/public/b.html", std::errc::no_space_on_device);
  const auto outcome = write(files, {{"a.html", "a", ""}, {"b.html", "b", ""}});
  CHECK_FALSE(outcome.fine);
  CHECK(outcome.errors ==
        "public/b.html: error: cannot be written: No space left on device [build/write-failed]\n"
        "  hint: free some space and build again: what is written is completed\n");
  CHECK_FALSE(is_complete(files));

  MemoryFiles more_space(files.snapshot());
  const auto again = write(more_space, {{"a.html", "a", ""}, {"b.html", "b", ""}});
  CHECK(again.fine);
  CHECK(again.summary.changed == 1);
  CHECK(is_complete(more_space));
}

TEST_CASE("what a build no longer makes stays until all that it makes is written") {
  MemoryFiles files;
  REQUIRE(write(files, {{"a.html", "a", ""}, {"main.1.css", "1", ""}, {"Name.txt", "", ""}}).fine);
  MemoryFiles full(files.snapshot());
  full.fail_on_write("s/public/a.html", std::errc::no_space_on_device);
  const std::vector<OutputFile> next = {{"a.html", "b", ""}, {"main.2.css", "2", ""}, {"name.txt", "", ""}};
  CHECK_FALSE(write(full, next).fine);
  CHECK(in_public(full).contains("main.1.css"));
  CHECK_FALSE(in_public(full).contains("Name.txt"));  // the same file as name.txt, for some disks

  MemoryFiles more_space(full.snapshot());
  const auto again = write(more_space, next);
  CHECK(again.fine);
  CHECK(again.summary.removed == 2);
  CHECK(in_public(more_space) ==
        std::map<std::string, std::string>{{"a.html", "b"}, {"main.2.css", "2"}, {"name.txt", ""}});
}

TEST_CASE("a cause that all files share is reported once") {
  MemoryFiles files;
  files.fail_on_write("s/public/a.html", std::errc::no_space_on_device);
  files.fail_on_write("s/public/b.html", std::errc::no_space_on_device);
  files.fail_on_write("s/public/c.html", std::errc::is_a_directory);
  files.fail_on_write("s/public/d.html", std::errc::is_a_directory);
  const auto outcome = write(
      files, {{"a.html", "", ""}, {"b.html", "", ""}, {"c.html", "", ""}, {"d.html", "", ""}, {"e.html", "", ""}});
  CHECK_FALSE(outcome.fine);
  const std::string in_the_way =
      "  hint: a file and a folder of one name are in the way: remove the old one from the output folder\n";
  CHECK(outcome.errors ==
        "public/a.html: error: cannot be written: No space left on device [build/write-failed]\n"
        "  hint: free some space and build again: what is written is completed\n"
        "public/c.html: error: cannot be written: Is a directory [build/write-failed]\n" +
            in_the_way + "public/d.html: error: cannot be written: Is a directory [build/write-failed]\n" + in_the_way);
}

TEST_CASE("a file in place of the output folder is reported before anything is written") {
  MemoryFiles files({{"s/public", "a file"}});
  const auto outcome = write(files, {{"a.html", "a", ""}});
  CHECK_FALSE(outcome.fine);
  CHECK(outcome.errors ==
        "public: error: this is a file, and the site is written into a folder [build/output-unwritable]\n"
        "  hint: remove or rename the file, or choose another folder with --output\n");
  CHECK(files.snapshot() == std::map<std::string, std::string>{{"s/public", "a file"}});
}

TEST_CASE("a file outside of the site is named so that it can be found from the site's folder") {
  struct Row {
    const char* site;
    const char* output;
    std::string shown;
  };
  const std::filesystem::path here = std::filesystem::current_path();
  const Row rows[] = {
      {".", "public", "public/a.html"},     {"s", "out", "../out/a.html"},
      {"s/", "s/public", "public/a.html"},  {"/srv/s", "/srv/out", "../out/a.html"},
      {"s", "/srv/out", "/srv/out/a.html"}, {"../s", "out", "../" + here.filename().string() + "/out/a.html"},
  };
  for (const Row& row : rows) {
    MemoryFiles files;
    files.fail_on_write(row.output + std::string("/a.html"), std::errc::no_space_on_device);
    std::vector<OutputFile> outputs = {{"a.html", "a", ""}};
    BuildSummary summary;
    Diagnostics found;
    const WriteOptions options{row.site, row.output, 1};
    CHECK_FALSE(write_output(files, outputs, options, take_turn(files, options), summary, found));
    CHECK(to_text(found) == row.shown +
                                ": error: cannot be written: No space left on device [build/write-failed]\n"
                                "  hint: free some space and build again: what is written is completed\n");
  }
}

TEST_CASE("an unwritable folder is reported before anything is written") {
  MemoryFiles files;
  files.fail_on_write(manifest_path("s", "s/public"), std::errc::permission_denied);
  const auto outcome = write(files, {{"a.html", "a", ""}});
  CHECK_FALSE(outcome.fine);
  CHECK(outcome.errors ==
        manifest_path("s", "s/public").substr(2) +
            ": error: cannot be written: Permission denied [build/output-unwritable]\n"
            "  hint: make the site's folder writable for you: .hardtop/ in it remembers what was built\n");
  CHECK(in_public(files).empty());
}
