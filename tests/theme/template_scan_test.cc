// What is wrong with a template's tags, each at its place.
#include <doctest/doctest.h>

#include "theme/template_support.h"

namespace hardtop {

namespace {

std::string errors_of(const std::string& text) { return errors_in({{"t", text}}, "t", nullptr); }

// The head lines of the errors, without the excerpts.
std::string heads_of(const std::string& text) {
  std::string heads;
  const std::string all = errors_of(text);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at);
    if (all.compare(at, 10, "t.mustache") == 0) heads += all.substr(at + 11, end - at - 10);
    at = end + 1;
  }
  return heads;
}

}  // namespace

TEST_CASE("a tag that is not closed is underlined to the end of its line") {
  CHECK(errors_of("<p>\n  {{title </p>\n") ==
        "t.mustache:2:3: error: this tag is not closed: '}}' is missing [template/syntax]\n"
        "  2 |   {{title </p>\n"
        "    |   ^~~~~~~~~~~~\n"
        "  hint: write '}}' after the name\n");
}

TEST_CASE("a tag that runs into the next one is underlined up to it, and reading goes on") {
  CHECK(errors_of("ü {{title\nmore {{url}}\n{{}}") ==
        "t.mustache:1:3: error: this tag is not closed before the next one begins [template/syntax]\n"
        "  1 | ü {{title\n"
        "    |   ^~~~~~~\n"
        "  hint: write '}}' after the name\n"
        "t.mustache:3:1: error: this tag has no name [template/syntax]\n"
        "  3 | {{}}\n"
        "    | ^~~~\n"
        "  hint: write a name before '}}', or remove the tag\n");
}

TEST_CASE("three braces want three braces") {
  CHECK(errors_of("a {{{title}} b {{{url}}}") ==
        "t.mustache:1:3: error: a tag that begins with '{{{' ends with '}}}' [template/syntax]\n"
        "  1 | a {{{title}} b {{{url}}}\n"
        "    |   ^~~~~~~~~~\n"
        "  hint: write {{{title}}}\n");
}

TEST_CASE("a change of delimiters that is none is refused") {
  for (const char* text :
       {"{{=<%=}}", "{{==}}", "{{=}}", "{{=a b c=}}", "{{=<% %>}}", "{{=a =b=}}", "{{=a\tb=}}", "{{{=<% %>=}}}"}) {
    CAPTURE(text);
    CHECK(heads_of(text) ==
          "1:1: error: a change of delimiters holds two new delimiters, separated by a space, without '=' "
          "[template/syntax]\n");
  }
}

TEST_CASE("one mistake with sections is one error") {
  const std::pair<const char*, const char*> table[] = {
      {"x\n {{#a}}", "2:2: error: the section 'a' is not closed [template/unclosed-section]\n"},
      {"{{/a}}", "1:1: error: the section 'a' is closed here, but not open [template/unopened-section]\n"},
      {"{{#a}}{{/b}}",
       "1:7: error: 'b' is closed here, but the open section is 'a' [template/unopened-section]\n"
       "1:1: note: 'a' is opened here\n"},
      {"{{#a}}{{/b}}{{/a}}", "1:7: error: the section 'b' is closed here, but not open [template/unopened-section]\n"},
      {"{{#a}}{{#b}}{{/a}}",
       "1:7: error: the section 'b' is not closed [template/unclosed-section]\n"
       "1:13: note: the section around it, 'a', ends here\n"},
      {"{{#a}}{{#b}}{{/a}}{{/b}}",
       "1:7: error: the section 'b' is not closed [template/unclosed-section]\n"
       "1:13: note: the section around it, 'a', ends here\n"},
      {"{{#a {{x}}{{/a}}", "1:1: error: this tag is not closed before the next one begins [template/syntax]\n"},
      {"{{#}}{{x}}{{/}}",
       "1:1: error: this tag has no name [template/syntax]\n1:11: error: this tag has no name [template/syntax]\n"},
      {"{{#a}}{{/a {{x}}", "1:7: error: this tag is not closed before the next one begins [template/syntax]\n"},
      {"{{#a}}{{x", "1:7: error: this tag is not closed: '}}' is missing [template/syntax]\n"},
  };
  for (const auto& [text, heads] : table) {
    CAPTURE(text);
    CHECK(heads_of(text) == heads);
  }
}

TEST_CASE("hints use the delimiters in force") {
  CHECK(errors_of("{{=<% %>=}}<%#a%><%={{ }}=%>{{x}}") ==
        "t.mustache:1:12: error: the section 'a' is not closed [template/unclosed-section]\n"
        "  1 | {{=<% %>=}}<%#a%><%={{ }}=%>{{x}}\n"
        "    |            ^~~~~~\n"
        "  hint: write <%/a%> where it ends\n");
}

TEST_CASE("every kind of tag needs a name") {
  for (const char* tag : {"{{}}", "{{ }}", "{{#}}", "{{^ }}", "{{>}}", "{{&}}", "{{{}}}", "{{/}}"}) {
    CAPTURE(tag);
    CHECK(heads_of(tag) == "1:1: error: this tag has no name [template/syntax]\n");
  }
  CHECK(errors_of("{{!}}{{!  }}") == "");
}

TEST_CASE("sections may be nested 200 deep; a hundred thousand are an error and no crash") {
  const auto nest = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "{{#a}}\n";
    for (std::size_t i = 0; i < depth; ++i) text += "{{/a}}";
    return text;
  };
  CHECK(heads_of(nest(199)) == "");
  CHECK(heads_of(nest(100'000)) == "201:1: error: sections are nested more than 200 deep [template/too-deep]\n");
}

}  // namespace hardtop
