#include "base/diagnostic_format.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace hardtop;

namespace {

Place place_of(const std::string& text, std::size_t offset, std::size_t length) {
  return {make_source("a.md", text), offset, length};
}

// An error at `offset` of a file that holds `text`, printed.
std::string error_at(const std::string& text, std::size_t offset, std::size_t length) {
  Diagnostics found;
  found.error(place_of(text, offset, length), "area/what", "message");
  return to_text(found);
}

// Only the two lines of the excerpt.
std::string excerpt(const std::string& text, std::size_t offset, std::size_t length) {
  std::string out = error_at(text, offset, length);
  return out.substr(out.find('\n') + 1);
}

std::string format_all(DiagnosticFormat format) {
  Diagnostics found;
  const auto page = make_source("content/a b.md", "# One\n\nSee [x](y.md), please.\n");
  const auto other = make_source("content/y.md", "Grüße\n");
  Diagnostic missing;
  missing.id = "link/missing";
  missing.place = {page, 11, 9};
  missing.message = "no page 'y.md'";
  missing.hint = "did you mean 'z.md'?";
  missing.notes.push_back({{other, 2, 4}, "the nearest is here"});
  const Place config = whole_file("site.toml");
  missing.notes.push_back({config, "and so it is set"});
  found.add(missing);
  found.warning(whole_file("static/x,y.css"), "static/odd", "100% odd: a,b", "first\nsecond");
  found.error({}, "usage/environment", "no such thing");
  return format_diagnostics(found.sorted(), {format, false});
}

}  // namespace

TEST_CASE("an error in a line shows the line, a caret under the place, and the hint") {
  Diagnostics found;
  found.error(place_of("Hi\n<img src=\"https://px.example/1.gif\">", 13, 24), "consent/undeclared-host",
              "no service declares the host 'px.example'",
              "add it to a service's hosts in consent.toml, or remove the tag");
  CHECK(to_text(found) ==
        "a.md:2:11: error: no service declares the host 'px.example' [consent/undeclared-host]\n"
        "  2 | <img src=\"https://px.example/1.gif\">\n"
        "    |           ^~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: add it to a service's hosts in consent.toml, or remove the tag\n");
}

TEST_CASE("errors without a file, of whole files, hints of several lines and notes are printed in order") {
  CHECK(format_all(DiagnosticFormat::text) ==
        "error: no such thing [usage/environment]\n"
        "content/a b.md:3:5: error: no page 'y.md' [link/missing]\n"
        "  3 | See [x](y.md), please.\n"
        "    |     ^~~~~~~~~\n"
        "  hint: did you mean 'z.md'?\n"
        "content/y.md:1:3: note: the nearest is here\n"
        "  1 | Grüße\n"
        "    |   ^~\n"
        "site.toml: note: and so it is set\n"
        "static/x,y.css: warning: 100% odd: a,b [static/odd]\n"
        "  hint: first\n"
        "        second\n");
}

TEST_CASE("a note may point above its error, and the next error below it") {
  const auto page = make_source("a.md", "one\ntwo\nthree\nfour\n");
  Diagnostics found;
  Diagnostic error;
  error.id = "area/what";
  error.place = {page, 8, 5};
  error.message = "message";
  error.notes.push_back({{page, 4, 3}, "here"});
  found.add(error);
  found.error({page, 14, 4}, "area/what", "message");
  CHECK(to_text(found) ==
        "a.md:3:1: error: message [area/what]\n"
        "  3 | three\n"
        "    | ^~~~~\n"
        "a.md:2:1: note: here\n"
        "  2 | two\n"
        "    | ^~~\n"
        "a.md:4:1: error: message [area/what]\n"
        "  4 | four\n"
        "    | ^~~~\n");
}

TEST_CASE("colour is added around the same text") {
  Diagnostics found;
  found.warning(place_of("x\n", 0, 1), "area/what", "message", "hint");
  CHECK(format_diagnostics(found.sorted(), {DiagnosticFormat::text, true}) ==
        "\x1b[1ma.md:1:1:\x1b[0m \x1b[1;33mwarning:\x1b[0m message [area/what]\n"
        "  1 | x\n"
        "    | \x1b[1;32m^\x1b[0m\n"
        "  \x1b[36mhint:\x1b[0m hint\n");
}

TEST_CASE("the caret stands under the mistake whatever precedes it") {
  struct Row {
    const char* name;
    std::string text;
    std::size_t offset, length;
    const char* expected;
  };
  const std::vector<Row> rows = {
      {"a length of zero", "abc", 1, 0, "  1 | abc\n    |  ^\n"},
      {"the end of a line", "abc\ndef", 3, 1, "  1 | abc\n    |    ^\n"},
      {"the end of the file", "abc\n", 4, 1, "  2 |\n    | ^\n"},
      {"past the end", "abc", 99, 5, "  1 | abc\n    |    ^\n"},
      {"an empty file", "", 0, 0, "  1 |\n    | ^\n"},
      {"longer than the line", "ab\ncd\n", 1, 4, "  1 | ab\n    |  ^\n"},
      {"CRLF", "ab\r\ncd\r\n", 5, 3, "  2 | cd\n    |  ^\n"},
      {"tabs reach the next stop", "\ta\tb = 1", 3, 1, "  1 |     a   b = 1\n    |         ^\n"},
      {"a tab is the mistake", "a\tb", 1, 1, "  1 | a   b\n    |  ^~~\n"},
      {"wide characters", "日本 = x", 9, 1, "  1 | 日本 = x\n    |        ^\n"},
      {"wide characters are the mistake", "a日本", 1, 6, "  1 | a日本\n    |  ^~~~\n"},
      {"combining characters", "e\xCC\x81x", 3, 1, "  1 | e\xCC\x81x\n    |  ^\n"},
      {"control characters", "a\x1b[31m\x7f\x01x", 8, 1, "  1 | a<1B>[31m<7F><01>x\n    |                  ^\n"},
      {"a zero byte", std::string("a\0b", 3), 2, 1, "  1 | a<00>b\n    |      ^\n"},
      {"invalid bytes", "a\xFF\xC3(x", 3, 1, "  1 | a<FF><C3>(x\n    |          ^\n"},
      {"text that turns around", "a\xE2\x80\xAEx", 4, 1, "  1 | a<U+202E>x\n    |          ^\n"},
      {"C1 controls",
       "\xC2\x9B"
       "1mx",
       4, 1, "  1 | <U+009B>1mx\n    |           ^\n"},
      {"line numbers of two digits", "\n\n\n\n\n\n\n\n\nx", 9, 1, "  10 | x\n     | ^\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(excerpt(row.text, row.offset, row.length) == row.expected);
  }
}

TEST_CASE("a long line is cut around the caret") {
  const std::string a(150, 'a'), b(150, 'b');
  CHECK(excerpt(a + "X" + b, 150, 1) == "  1 | …" + std::string(33, 'a') + "X" + std::string(66, 'b') + "…\n" +
                                            "    |  " + std::string(33, ' ') + "^\n");
  CHECK(excerpt("X" + a, 0, 1) == "  1 | X" + std::string(99, 'a') + "…\n    | ^\n");
  CHECK(excerpt(a + "X", 150, 1) == "  1 | …" + std::string(99, 'a') + "X\n    |  " + std::string(99, ' ') + "^\n");
  // What is underlined ends where the window ends.
  CHECK(excerpt(a, 0, 150) == "  1 | " + std::string(100, 'a') + "…\n    | ^" + std::string(99, '~') + "\n");
  // A line as long as a file, and wide characters at the cut.
  std::string wide;
  for (int i = 0; i < 100'000; ++i) wide += "日";
  const std::string shown = excerpt(wide, 150'000, 3);
  CHECK(shown.size() < 600);
  CHECK(shown.starts_with("  1 | …日日日"));
}

TEST_CASE("paths, messages and hints cannot steer a terminal") {
  Diagnostics found;
  found.error(whole_file("a\x1b[2J\n.md"), "area/what", "bad \x1b]0;x\x07 name", "rename \xFF");
  CHECK(to_text(found) ==
        "a<1B>[2J<0A>.md: error: bad <1B>]0;x<07> name [area/what]\n"
        "  hint: rename <FF>\n");
}

TEST_CASE("JSON has one object a line, null where there is no line") {
  CHECK(
      format_all(DiagnosticFormat::json) ==
      R"({"path":null,"line":null,"column":null,"severity":"error","message":"no such thing","id":"usage/environment","hint":""})"
      "\n"
      R"({"path":"content/a b.md","line":3,"column":5,"severity":"error","message":"no page 'y.md'","id":"link/missing","hint":"did you mean 'z.md'?","notes":[{"path":"content/y.md","line":1,"column":3,"message":"the nearest is here"},{"path":"site.toml","line":null,"column":null,"message":"and so it is set"}]})"
      "\n"
      R"({"path":"static/x,y.css","line":null,"column":null,"severity":"warning","message":"100% odd: a,b","id":"static/odd","hint":"first\nsecond"})"
      "\n");
}

TEST_CASE("GitHub's commands escape what would end a property or a message") {
  CHECK(format_all(DiagnosticFormat::github) ==
        "::error title=usage/environment::no such thing\n"
        "::error file=content/a b.md,line=3,col=5,title=link/missing::no page 'y.md'%0Ahint: did you mean 'z.md'?\n"
        "::warning file=static/x%2Cy.css,title=static/odd::100%25 odd: a,b%0Ahint: first%0Asecond\n");
}

TEST_CASE("SARIF lists rules once and gives regions in code points") {
  const auto json = nlohmann::json::parse(format_all(DiagnosticFormat::sarif));
  CHECK(json["version"] == "2.1.0");
  REQUIRE(json["runs"].size() == 1);
  const auto& run = json["runs"][0];
  CHECK(run["columnKind"] == "unicodeCodePoints");
  CHECK(run["tool"]["driver"]["name"] == "hardtop");
  std::vector<std::string> rules;
  for (const auto& rule : run["tool"]["driver"]["rules"]) rules.push_back(rule["id"]);
  CHECK(rules == std::vector<std::string>{"link/missing", "static/odd", "usage/environment"});
  REQUIRE(run["results"].size() == 3);
  CHECK(run["results"][0]["locations"].empty());
  CHECK(run["results"][1] == nlohmann::json::parse(R"({
    "ruleId": "link/missing", "ruleIndex": 0, "level": "error",
    "message": {"text": "no page 'y.md'\nhint: did you mean 'z.md'?"},
    "locations": [{"physicalLocation": {
      "artifactLocation": {"uri": "content/a%20b.md"},
      "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 14}}}],
    "relatedLocations": [
      {"id": 0, "message": {"text": "the nearest is here"}, "physicalLocation": {
        "artifactLocation": {"uri": "content/y.md"},
        "region": {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 5}}},
      {"id": 1, "message": {"text": "and so it is set"}, "physicalLocation": {
        "artifactLocation": {"uri": "site.toml"}}}]})"));
  CHECK(run["results"][2]["level"] == "warning");
}

TEST_CASE("SARIF gives paths as relative references") {
  struct Row {
    const char *path, *uri;
  };
  for (const Row& row : std::vector<Row>{{"content/ü.md", "content/%C3%BC.md"},
                                         {"100%.md", "100%25.md"},
                                         {"a#b?c.md", "a%23b%3Fc.md"},
                                         {"a:b/c.md", "./a:b/c.md"},
                                         {"a/b:c.md", "a/b:c.md"},
                                         {"[a].md", "%5Ba%5D.md"}}) {
    Diagnostics found;
    found.error(whole_file(row.path), "area/what", "message");
    const auto json = nlohmann::json::parse(format_diagnostics(found.sorted(), {DiagnosticFormat::sarif, false}));
    CHECK(json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == row.uri);
  }
}

TEST_CASE("SARIF is a whole document when there is nothing to report") {
  const auto json = nlohmann::json::parse(format_diagnostics({}, {DiagnosticFormat::sarif, false}));
  CHECK(json["runs"][0]["results"].empty());
  CHECK(json["runs"][0]["results"].is_array());
}

TEST_CASE("the other formats are empty when there is nothing to report") {
  for (const auto format : {DiagnosticFormat::text, DiagnosticFormat::json, DiagnosticFormat::github}) {
    CHECK(format_diagnostics({}, {format, false}).empty());
  }
}

TEST_CASE("bytes that are not UTF-8 do not break JSON") {
  Diagnostics found;
  found.error(whole_file("a\xFF.md"), "area/what", "message");
  for (const auto format : {DiagnosticFormat::json, DiagnosticFormat::sarif}) {
    CHECK(nlohmann::json::accept(format_diagnostics(found.sorted(), {format, false})));
  }
}
