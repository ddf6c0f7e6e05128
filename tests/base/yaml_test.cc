#include "base/yaml.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "support/data_text.h"

using namespace hardtop;

namespace {

std::optional<DataTable> parse(const std::string& text, Diagnostics& found) {
  auto table = parse_yaml(make_source("a.md", text), 0, text.size(), "front-matter/yaml-syntax", found);
  CHECK(table.has_value() == !found.has_errors());
  return table;
}

// The parsed data in one line, or the errors.
std::string data_of(const std::string& text) {
  Diagnostics found;
  const auto table = parse(text, found);
  return table ? data_text(*table) : to_text(found);
}

}  // namespace

TEST_CASE("YAML becomes data, in the order of the source") {
  struct Row {
    const char *text, *data;
  };
  const std::vector<Row> rows = {
      {"", "{}"},
      {"# nothing\n", "{}"},
      {"title: Hello world\ndraft: true\n", "{title: 'Hello world', draft: true}"},
      {"z: 1\na: [x, 'y', {b: c}]\n", "{z: 1, a: ['x', 'y', {b: 'c'}]}"},
      {"tags:\n  - a\n  - b\nparams:\n  x: 1\n", "{tags: ['a', 'b'], params: {x: 1}}"},
      {"tags:\n- a\n- b\n", "{tags: ['a', 'b']}"},
      {"a: |\n  one\n  two\nb: >-\n  x\n  y\n", "{a: 'one\ntwo\n', b: 'x y'}"},
      {"a: 'o''x'\nb: \"\\u00e9\\n\"\n", "{a: 'o'x', b: 'é\n'}"},
      {"a: \"one\n  two\"\n", "{a: 'one two'}"},
      {"a: 1\r\nb: x\r\n", "{a: 1, b: 'x'}"},
      {"a: &x {b: 1}\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"},
      {"a: &x y\nc: [*x, *x]\n", "{a: 'y', c: ['y', 'y']}"},
      {"2026: x\ntrue: y\n\"q r\": z\n", "{2026: 'x', true: 'y', q r: 'z'}"},
      {"%YAML 1.2\n---\na: 1\n", "{a: 1}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(data_of(row.text) == row.data);
  }
}

TEST_CASE("plain scalars are typed by the core schema, quoted ones are text") {
  struct Row {
    const char *text, *data;
  };
  const std::vector<Row> rows = {
      {"~", "null"},
      {"null", "null"},
      {"", "null"},
      {"TRUE", "true"},
      {"False", "false"},
      {"yes", "'yes'"},
      {"off", "'off'"},
      {"12", "12"},
      {"-12", "-12"},
      {"+12", "12"},
      {"010", "10"},
      {"0o17", "15"},
      {"0x1F", "31"},
      {"0x-1", "'0x-1'"},
      {"+-5", "'+-5'"},
      {"1.5", "1.5"},
      {".5", "0.5"},
      {"-1e3", "-1000"},
      {".inf", "inf"},
      {"-.INF", "-inf"},
      {".nan", "nan"},
      {"1.2.3", "'1.2.3'"},
      {"-", "'-'"},
      {"12:30", "'12:30'"},
      {"2026-11-23", "2026-11-23"},
      {"2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
      {"2026-11-23 10:00:00 +0100", "2026-11-23T10:00:00+01:00"},
      {"2026-13-01", "'2026-13-01'"},
      {"\"12\"", "'12'"},
      {"'true'", "'true'"},
      {"'2026-11-23'", "'2026-11-23'"},
      {"null x", "'null x'"},
      {"nano", "'nano'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    // A lone '-' is a list outside of brackets.
    CHECK(data_of(std::string(row.text) == "-" ? "a: '-'" : "a: " + std::string(row.text)) ==
          "{a: " + std::string(row.data) + "}");
  }
}

TEST_CASE("keys and values know their places in the whole source") {
  const std::string text = "---\nü: 'ö' # x\ntags: [\"a\\\"\", b c]\n---\n";
  const SourcePtr source = make_source("a.md", text);
  Diagnostics found;
  const auto table = parse_yaml(source, 4, text.size() - 4, "id", found);
  REQUIRE(table);
  const auto at = [&](std::size_t offset, std::size_t length) { return text.substr(offset, length); };
  CHECK(at((*table)[0].key_offset, 2) == "ü");
  CHECK(at((*table)[0].value.offset, (*table)[0].value.length) == "'ö'");
  CHECK(at((*table)[1].key_offset, 4) == "tags");
  const DataArray& tags = *(*table)[1].value.array();
  CHECK(at(tags[0].offset, tags[0].length) == "\"a\\\"\"");
  CHECK(at(tags[1].offset, tags[1].length) == "b c");
}

TEST_CASE("what is no YAML, or more than front matter needs, is refused at its place") {
  struct Row {
    std::string text;
    const char* errors;
  };
  const std::vector<Row> rows = {
      {"- a\n- b\n",
       "a.md:1:1: error: this must be keys with values, not list [front-matter/yaml-syntax]\n"
       "  1 | - a\n"
       "    | ^\n"
       "  hint: write it as title: My page\n"},
      {"just text\n",
       "a.md:1:1: error: this must be keys with values, not text [front-matter/yaml-syntax]\n"
       "  1 | just text\n"
       "    | ^~~~~~~~~\n"
       "  hint: write it as title: My page\n"},
      {"a: 1\nb: 2\na: 3\n",
       "a.md:3:1: error: 'a' is defined twice [front-matter/yaml-syntax]\n"
       "  3 | a: 3\n"
       "    | ^\n"
       "  hint: remove one of the two, or rename it\n"},
      {"a: !!str 1\n",
       "a.md:1:4: error: tags are not read here [front-matter/yaml-syntax]\n"
       "  1 | a: !!str 1\n"
       "    |    ^~~~~\n"
       "  hint: remove it; text in quotes stays text\n"},
      {"title: Cars: a history\n",
       "a.md:1:12: error: a ':' cannot stand here [front-matter/yaml-syntax]\n"
       "  1 | title: Cars: a history\n"
       "    |            ^\n"
       "  hint: put text that holds ': ' in quotes, or mend the indentation\n"},
      {"a:\n\tb: 1\n",
       "a.md:2:1: error: a line begins with a tab [front-matter/yaml-syntax]\n"
       "  2 |     b: 1\n"
       "    | ^~~~\n"
       "  hint: indent with spaces\n"},
      {"a: - x\n",
       "a.md:1:4: error: a '-' cannot stand here [front-matter/yaml-syntax]\n"
       "  1 | a: - x\n"
       "    |    ^\n"
       "  hint: begin a list on a line of its own\n"},
      {"a: \"x\nb: 1\n",
       "a.md:1:4: error: the text in quotes is not closed [front-matter/yaml-syntax]\n"
       "  1 | a: \"x\n"
       "    |    ^~\n"
       "  hint: write the same quote where it ends\n"},
      {"a: 'it''s\n",
       "a.md:1:4: error: the text in quotes is not closed [front-matter/yaml-syntax]\n"
       "  1 | a: 'it''s\n"
       "    |    ^~~~~~\n"
       "  hint: write the same quote where it ends\n"},
      {"a: [1, 2\nb: 2\n",
       "a.md:2:2: error: the list is not closed [front-matter/yaml-syntax]\n"
       "  2 | b: 2\n"
       "    |  ^\n"
       "  hint: add ']' where it ends\n"},
      {"a: {b: 1\n",
       "a.md:2:1: error: the braces are not closed [front-matter/yaml-syntax]\n"
       "  2 |\n"
       "    | ^\n"
       "  hint: add '}' where they end\n"},
      {"a: @x\n",
       "a.md:1:4: error: a value cannot begin with '@' [front-matter/yaml-syntax]\n"
       "  1 | a: @x\n"
       "    |    ^\n"
       "  hint: put it in quotes\n"},
      {"a: 1\nsome words\nb: 2\n",
       "a.md:3:2: error: a ':' cannot stand here [front-matter/yaml-syntax]\n"
       "  3 | b: 2\n"
       "    |  ^\n"
       "  hint: put text that holds ': ' in quotes, or mend the indentation\n"},
      {"a: 1\n b: 2\n",
       "a.md:2:3: error: a ':' cannot stand here [front-matter/yaml-syntax]\n"
       "  2 |  b: 2\n"
       "    |   ^\n"
       "  hint: put text that holds ': ' in quotes, or mend the indentation\n"},
      {"a: *x\n",
       "a.md:1:4: error: the referenced anchor is not defined [front-matter/yaml-syntax]\n"
       "  1 | a: *x\n"
       "    |    ^\n"},
      {"a: &x [*x]\n",
       "a.md:1:8: error: the alias stands inside of what it names [front-matter/yaml-syntax]\n"
       "  1 | a: &x [*x]\n"
       "    |        ^\n"},
      {"? [a]\n: 1\n",
       "a.md:1:3: error: a key must be text [front-matter/yaml-syntax]\n"
       "  1 | ? [a]\n"
       "    |   ^\n"},
      {"a: 1\n...\nb: 2\n",
       "a.md:3:1: error: a second document begins here [front-matter/yaml-syntax]\n"
       "  3 | b: 2\n"
       "    | ^\n"
       "  hint: remove the line '...' or '---' above\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(data_of(row.text) == row.errors);
  }
}

TEST_CASE("nesting and aliases cannot exhaust the machine") {
  CHECK(data_of("a: " + std::string(20'000, '['))
            .starts_with("a.md:1:20004: error: lists and tables are nested too deeply [front-matter/yaml-syntax]\n"));
  std::string stairs;
  for (int i = 0; i < 2'000; ++i) stairs += std::string(i, ' ') + "a:\n";
  CHECK(data_of(stairs).find(": error: lists and tables are nested too deeply [front-matter/yaml-syntax]\n") !=
        std::string::npos);

  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    laughs += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 9; ++i) laughs += std::string(i ? ", *" : "*") + static_cast<char>(name - 1);
    laughs += "]\n";
  }
  const std::string errors = data_of(laughs);
  CHECK(errors.find("error: there are more than 10,000 values [front-matter/yaml-syntax]\n") != std::string::npos);
  CHECK(errors.ends_with("  hint: move data to a file in data/\n"));
}
