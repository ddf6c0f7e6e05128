#include "content/title_heading.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

// title|rest; empty: no title
std::string title_and_rest(const std::string& text, const MarkdownOptions& options = {}) {
  const SourcePtr source = make_source("a.md", text);
  const auto found = find_title_heading(source, 0, options);
  return found ? found->title + "|" + source->text.substr(found->end) : "";
}

}  // namespace

TEST_CASE("a first heading of level 1 is the title, and the body goes on after it") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"# Hello\n\nText\n", "Hello|\nText\n"},
      {"\n\n  # Hello *there* `x` #\nText", "Hello there x|Text"},
      {"# Hello & <b>\r\nText", "Hello &|Text"},
      {"# Hello\r\n\r\nText", "Hello|\r\nText"},
      {"# Hello\rText\r\rmore\r", "Hello|Text\r\rmore\r"},
      {"\r \r# Hello\r", "Hello|"},
      {"# Hello {#id}\n", "Hello|"},
      {"# Only", "Only|"},
      {"#\tTab\t#\n", "Tab|"},
      {" \t\n# After a blank line\n", "After a blank line|"},
      {"## Two\n", ""},
      {"Text\n\n# Later\n", ""},
      {"#hash\n", ""},
      {"# \n", ""},
      {"    # code\n", ""},
      {"\t# code\n", ""},
      {"\f\n# after a paragraph\n", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(title_and_rest(row.text) == row.expected);
  }
}

TEST_CASE("a title reads as the same heading would in the body") {
  MarkdownOptions options;
  options.smart_punctuation = true;
  CHECK(title_and_rest("# It's \"x\" -- y {#a--b}\n", options) == "It’s “x” – y|");
  CHECK(title_and_rest("# It's \"x\" -- y\n") == "It's \"x\" -- y|");
  CHECK(title_and_rest("# See [the *text*][ref], [ref], [x]\nText\n\n[ref]: /url\n") ==
        "See the text, ref, [x]|Text\n\n[ref]: /url\n");
  CHECK(title_and_rest("# [ ] a [b](c)\n") == "[ ] a b|");
}

TEST_CASE("a title that refers to a footnote stays in the body, and the footnote with it") {
  const std::string text = "\n# Title[^1]\n\nText\n\n[^1]: note\n";
  CHECK(title_and_rest(text) == "Title|" + text.substr(1));
  CHECK(title_and_rest("# Title[^1]\nText\n") == "Title[^1]|Text\n");
  MarkdownOptions options;
  options.footnotes = false;
  CHECK(title_and_rest("# Title[^1]\nText\n", options) == "Title[^1]|Text\n");
}
