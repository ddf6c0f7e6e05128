#include "build/kept_edits.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("edits that were kept make the same of a document as before") {
  const std::string document = "<head></head><body>long</body>";
  const std::vector<Edit> edits = {{6, 6, "<meta>", 0}, {19, 23, "x", 0}, {30, 30, "", 0}};
  EditTexts texts;
  CHECK(apply_edits(document, edits_of(texts.keep(edits))) == apply_edits(document, edits));
  CHECK(apply_edits(document, edits_of(texts.keep({}))) == document);
  CHECK(size_after(document, edits) == apply_edits(document, edits).size());
}

TEST_CASE("what several edits put in is kept once") {
  EditTexts texts;
  const auto first = texts.keep({{1, 1, "a policy", 0}, {2, 5, "", 0}}), second = texts.keep({{7, 9, "a policy", 0}});
  CHECK(first[0].text == second[0].text);
  CHECK(first[1].text != second[0].text);
}
