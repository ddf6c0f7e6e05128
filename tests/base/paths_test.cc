#include "base/paths.h"

#include <doctest/doctest.h>

#include <optional>

using namespace hardtop;

TEST_SUITE_BEGIN("paths");

TEST_CASE("paths are joined with one slash") {
  CHECK(join_path("a/b", "c") == "a/b/c");
  CHECK(join_path("a/", "c") == "a/c");
  CHECK(join_path("/", "c") == "/c");
  CHECK(join_path("", "c") == "c");
  CHECK(join_path(".", "c") == "c");
}

TEST_CASE("a path is its folder and its file's name") {
  struct {
    std::string_view path, folder, name;
  } rows[] = {
      {"a/b/c.md", "a/b", "c.md"}, {"c.md", "", "c.md"}, {"a/", "a", ""}, {"/c", "", "c"}, {"", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(folder_of(row.path) == row.folder);
    CHECK(file_name(row.path) == row.name);
  }
}

TEST_CASE("paths are normalised and never climb above their top") {
  struct {
    std::string_view path;
    std::optional<std::string> expected;
  } rows[] = {
      {"", ""},
      {"/", "/"},
      {"a/b", "a/b"},
      {"/a/b/", "/a/b/"},
      {"./a/./b/.", "a/b"},
      {"a//b///", "a/b/"},
      {"a/../b", "b"},
      {"a/b/../../c/", "c/"},
      {"/a/..", "/"},
      {"a/../", ""},
      {"a/b/..", "a"},
      {"..a/...", "..a/..."},
      {"%2e%2e/a", "%2e%2e/a"},
      {"..", std::nullopt},
      {"/..", std::nullopt},
      {"a/../..", std::nullopt},
      {"a/../../a/b", std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(normalize_path(row.path) == row.expected);
  }
}

TEST_SUITE_END();
