#include "base/suggest.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("the nearest word is found when it is near enough") {
  const std::vector<std::string_view> keys = {"title", "description", "date", "draft", "url", "tags"};
  struct Row {
    const char *word, *near;
  };
  const std::vector<Row> rows = {
      {"titel", "title"},  // two letters swapped count as one change
      {"Title", "title"},  // case is no difference
      {"titles", "title"},
      {"desciption", "description"},
      {"descripton", "description"},
      {"dat", "date"},
      {"drat", "draft"},
      {"ur", "url"},  // short words may differ in one letter
      {"uri", "url"},
      {"tag", "tags"},
      {"weight", ""},
      {"x", ""},
      {"", ""},
      {"something-else", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.word);
    CHECK(nearest(row.word, keys) == row.near);
  }
  CHECK(nearest("ab", {"aa", "bb"}) == "aa");  // of equals the first
}

TEST_CASE("a suggestion names the nearest word, or the words there are") {
  CHECK(suggest("titel", {"title", "date"}) == "did you mean 'title'?");
  CHECK(suggest("weight", {"title", "date"}) == "one of: title, date");
  CHECK(suggest("weight", {}).empty());
  const std::vector<std::string_view> many(13, "word");
  CHECK(suggest("x", many) == "one of: word, word, word, word, word, word, word, word, word, word, word, word, …");
  CHECK(suggest("x", std::vector<std::string_view>(12, "word")) ==
        "one of: word, word, word, word, word, word, word, word, word, word, word, word");
}
