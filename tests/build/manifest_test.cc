#include "build/manifest.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace hardtop;

TEST_CASE("a manifest reads back as it was written") {
  Manifest manifest;
  manifest.complete = true;
  manifest.files = {{"a b/index.html", "0123456789abcdef0123456789abcdef", 12}, {"x.css", "", 0}};
  const std::string text = format_manifest(manifest);
  CHECK(text ==
        "hardtop manifest 1 complete\n"
        "0123456789abcdef0123456789abcdef 12 a b/index.html\n"
        "- 0 x.css\n");
  const auto back = parse_manifest(text);
  REQUIRE(back);
  CHECK(back->complete);
  REQUIRE(back->files.size() == 2);
  CHECK(back->files[0].path == "a b/index.html");
  CHECK(back->files[0].size == 12);
  CHECK(back->files[1].hash.empty());
}

TEST_CASE("a copy of a manifest that was read outlives it") {
  Manifest copy;
  {
    const auto read = parse_manifest("hardtop manifest 1 complete\n0123456789abcdef0123456789abcdef 12 a/index.html\n");
    REQUIRE(read);
    copy = *read;
  }
  CHECK(copy.files[0].path == "a/index.html");
}

TEST_CASE("what is no manifest is not read as one") {
  const char* texts[] = {
      "",
      "hardtop manifest 2 complete\n",
      "hardtop manifest 1 complete\nabc 1 a",              // cut off
      "hardtop manifest 1 complete\nabc one a\n",          // no size
      "hardtop manifest 1 complete\nabc 1 \n",             // no path
      "hardtop manifest 1 complete\nabc 1 /etc/passwd\n",  // what it lists is removed: it stays below the output folder
      "hardtop manifest 1 complete\nabc 1 ../secret\n",
      "hardtop manifest 1 complete\nabc 1 a/../../secret\n",
  };
  for (const char* text : texts) {
    CAPTURE(text);
    CHECK_FALSE(parse_manifest(text));
  }
}

TEST_CASE("an output folder has one manifest, however it is written, and whether it exists yet or not") {
  const std::string whole = (std::filesystem::current_path() / "not-there/out").generic_string();
  for (const char* spelling : {"not-there/out", "./not-there/out", "not-there/x/../out"})
    CHECK(manifest_path("s", spelling) == manifest_path("s", whole));
}
