#include "base/toml.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "support/data_text.h"

using namespace hardtop;

namespace {

std::string errors_of(const std::string& text) {
  Diagnostics found;
  const auto table = parse_toml(make_source("x.toml", text), found);
  CHECK(table.has_value() == !found.has_errors());
  return to_text(found);
}

// The parsed data in one line, or the errors.
std::string data_of(const std::string& text) {
  Diagnostics found;
  const auto table = parse_toml(make_source("x.toml", text), found);
  return table ? data_text(*table) : to_text(found);
}

// Every value with the text that its place covers: "a=1 b.c='x' ".
void list_places(const SourcePtr& source, const Data& data, const std::string& name, std::string& out) {
  if (const DataTable* table = data.table()) {
    for (const DataEntry& entry : *table) {
      CHECK(source->text.substr(entry.key_offset).starts_with(entry.key));
      list_places(source, entry.value, name + "." + entry.key, out);
    }
  } else {
    out += name.substr(1) + "=" + source->text.substr(data.offset, data.length) + "\n";
  }
}

std::string places_of(const std::string& text) {
  Diagnostics found;
  const SourcePtr source = make_source("x.toml", text);
  auto table = parse_toml(source, found);
  REQUIRE(table);
  std::string out;
  list_places(source, Data{std::move(*table)}, "", out);
  return out;
}

}  // namespace

TEST_CASE("TOML becomes data, in the order of the source") {
  struct Row {
    const char *text, *data;
  };
  const std::vector<Row> rows = {
      {"", "{}"},
      {"# nothing\n", "{}"},
      {"z = 1\na = 'x'\n", "{z: 1, a: 'x'}"},
      {"a = true\nb = 1.5\nc = -7\nd = 0x1F\n", "{a: true, b: 1.5, c: -7, d: 31}"},
      {"a = \"\\u00e9\\n\"\nb = 'C:\\x'\n", "{a: 'é\n', b: 'C:\\x'}"},
      {"a = \"\"\"\none\ntwo\"\"\"\n", "{a: 'one\ntwo'}"},
      {"a.b.c = 1\na.d = 2\n", "{a: {b: {c: 1}, d: 2}}"},
      {"'a.b' = 1\n\"ü\" = 2\n", "{a.b: 1, ü: 2}"},
      {"a = { z = 1, b = [1, 'x', [true]] }\n", "{a: {z: 1, b: [1, 'x', [true]]}}"},
      {"[b]\nx = 1\n[a.c]\ny = 2\n[b.d]\nz = 3\n", "{b: {x: 1, d: {z: 3}}, a: {c: {y: 2}}}"},
      {"[[m]]\na = 1\n[[m]]\na = 2\n[[m.n]]\nb = 3\n", "{m: [{a: 1}, {a: 2, n: [{b: 3}]}]}"},
      {"[[m]]\n[[m]]\n", "{m: [{}, {}]}"},
      {"a = 1\r\n[b]\r\nc = \"\"\"\r\nx\r\ny\"\"\"\r\n", "{a: 1, b: {c: 'x\ny'}}"},
      {"a = 2026-11-23\n", "{a: 2026-11-23}"},
      {"a = 2026-11-23T10:00:00Z\nb = 2026-11-23 10:00:00+01:30\n",
       "{a: 2026-11-23T10:00:00Z, b: 2026-11-23T10:00:00+01:30}"},
      {"a = 2026-11-23T10:00:00\nb = 2026-11-23T10:00:00.123456-00:30\n",
       "{a: 2026-11-23T10:00:00Z, b: 2026-11-23T10:00:00-00:30}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(data_of(row.text) == row.data);
  }
}

TEST_CASE("every value and key knows its place, behind wide characters too") {
  const std::string expected =
      "a='日本'\n"
      "b.c=1\n"
      "b.d=[1, 'ö', 3]\n"
      "b.e=true\n"
      "f.g=2026-11-23T10:00:00Z\n";
  CHECK(places_of("a = '日本' # Grüße\nb = { c = 1, d = [1, 'ö', 3], e = true }\n[f]\ng = 2026-11-23T10:00:00Z\n") ==
        expected);
  CHECK(places_of("a = '日本' # Grüße\r\nb = { c = 1, d = [1, 'ö', 3], e = true }\r\n[f]\r\ng = "
                  "2026-11-23T10:00:00Z\r\n") == expected);
}

TEST_CASE("a part of a source is read with places in the whole of it") {
  const SourcePtr source = make_source("a.md", "+++\ntitle = 'é'\ndraft = tru\n+++\n");
  Diagnostics found;
  CHECK_FALSE(parse_toml(source, 4, 34 - 4, "front-matter/toml-syntax", found));
  CHECK(to_text(found) ==
        "a.md:3:9: error: 'tru' is no value [front-matter/toml-syntax]\n"
        "  3 | draft = tru\n"
        "    |         ^~~\n"
        "  hint: put text in quotes: \"tru\"\n");
  Diagnostics none;
  const auto table = parse_toml(source, 4, 17, "front-matter/toml-syntax", none);
  REQUIRE(table);
  CHECK((*table)[0].key_offset == 4);
  CHECK((*table)[0].value.offset == 12);
  CHECK((*table)[0].value.length == 4);
}

TEST_CASE("a time of day alone is no date") {
  CHECK(errors_of("a = 1\nb = 10:00:00\n") ==
        "x.toml:2:5: error: a time of day without a date [config/toml-syntax]\n"
        "  2 | b = 10:00:00\n"
        "    |     ^~~~~~~~\n"
        "  hint: write the date before it, or put it in quotes if it is meant as text\n");
}

TEST_CASE("a key that is defined twice is shown where it is the second time") {
  CHECK(errors_of("a = 1\n  a = 2\n") ==
        "x.toml:2:3: error: 'a' is defined twice [config/toml-syntax]\n"
        "  2 |   a = 2\n"
        "    |   ^\n"
        "  hint: remove one of the two, or rename it\n");
  CHECK(errors_of("[a]\nb = 1\n[c]\n[a] # again\n") ==
        "x.toml:4:1: error: 'a' is defined twice [config/toml-syntax]\n"
        "  4 | [a] # again\n"
        "    | ^~~~~~~~~~~\n"
        "  hint: remove one of the two, or rename it\n");
  CHECK(errors_of("a = 1\n[ a.b ]\n[c]\n") ==
        "x.toml:2:1: error: 'a.b' clashes with a key above it [config/toml-syntax]\n"
        "  2 | [ a.b ]\n"
        "    | ^~~~~~~\n"
        "  hint: a name is a value, one [table] or a list of [[tables]], and only one of them\n");
}

TEST_CASE("syntax errors say what to do, each on its line and under what is wrong") {
  struct Row {
    const char *text, *place, *message, *hint;
  };
  const char* const quote_it = "put text in quotes: \"Ann Lee\"";
  const std::vector<Row> rows = {
      // Text without quotes, and other values that are none.
      {"a = Ann Lee # c\n", "1:5+7", "'Ann Lee' is no value", quote_it},
      {"a = [1, Ann Lee, 2]\n", "1:9+7", "'Ann Lee' is no value", quote_it},
      {"a = { b = Ann Lee }\n", "1:11+7", "'Ann Lee' is no value", quote_it},
      {"a = /x/\n", "1:5+3", "'/x/' is no value", "put text in quotes: \"/x/\""},
      {"a = nobody\n", "1:5+6", "'nobody' is no value", "put text in quotes: \"nobody\""},
      {"a = True\n", "1:5+4", "'True' is no value", "write true, in small letters"},
      {"a = yes\n", "1:5+3", "'yes' is no value", "write true, or put it in quotes if it is text"},
      {"a = off\n", "1:5+3", "'off' is no value", "write false, or put it in quotes if it is text"},
      {"a = “x”\n", "1:5+7", "the quotes of “x” are no quotes of TOML", "use straight ones: \"…\""},
      {"a = 12px\n", "1:5+4", "'12px' is no number", "put text in quotes: \"12px\""},
      {"a = 01\n", "1:5+2", "'01' is no number", "a number does not begin with 0; put it in quotes if it is text"},
      {"a = 99999999999999999999\n", "1:5+20", "'99999999999999999999' is too large for a number",
       "put it in quotes if it is text"},
      {"a = 2026-13-01\n", "1:5+10", "'2026-13-01' is no date", "write it as 2026-11-23 or 2026-11-23T10:00:00Z"},
      {"a = 2026-1-1\n", "1:5+8", "'2026-1-1' is no date", "write it as 2026-11-23 or 2026-11-23T10:00:00Z"},
      {"a = 25:00:00\n", "1:5+8", "'25:00:00' is no time of day", "put it in quotes"},
      {"a = \nb = 1\n", "1:5+0", "there is no value after '='", "write one, or remove the key"},
      {"a =", "1:4+0", "there is no value after '='", "write one, or remove the key"},
      {"a = 'x' y\n", "1:9+0", "something stands behind the value",
       "write one key and its value on a line; a quote inside of text is written \\\""},
      // Quotes and escapes.
      {"a = \"x\nb = 1\n", "1:5+2", "the text in quotes is not closed",
       "close it on the same line, or use three quotes (\"\"\") for text of several lines"},
      {"a = 'x\n", "1:5+2", "the text in quotes is not closed",
       "close it on the same line, or use three quotes (\"\"\") for text of several lines"},
      {"b = ['y', \"x", "1:11+2", "the text in quotes is not closed",
       "close it on the same line, or use three quotes (\"\"\") for text of several lines"},
      {"a = \"\"\"x\ny\n", "1:5+3", "the text in three quotes is not closed", "write three quotes where it ends"},
      {"a = \"\\q\"\n", "1:6+2", "'\\q' is no escape",
       "write \\\\ for a backslash, or use single quotes, which take everything as it is"},
      {"a = \"C:\\User\"\n", "1:8+3", "'\\Us' is no escape",
       "write \\\\ for a backslash, or use single quotes, which take everything as it is"},
      {"a = \"\\uD800\"\n", "1:6+6", "'\\uD800' is no escape",
       "write \\\\ for a backslash, or use single quotes, which take everything as it is"},
      {"a = \"x\x01\"\n", "1:7+0", "a control character cannot stand in text as it is",
       "remove it, or write it as \\u00XX"},
      {"# \x01\n", "1:3+0", "a control character cannot stand here", "remove it"},
      {"a = 1\rb = 2\n", "1:7+0", "a carriage return (CR) stands alone", "end lines with LF, or with CR and LF"},
      // Keys and sections.
      {"a : 1\n", "1:3+0", "there is no '=' after the key", "write '=' instead of ':'"},
      {"a\n", "1:2+0", "there is no '=' after the key", ""},
      {"= 1\n", "1:1+1", "there is no key before '='", "write one"},
      {"é = 1\n", "1:1+2", "a key cannot begin with 'é'",
       "put keys in quotes that have more than a-z, A-Z, 0-9, '-' and '_'"},
      {"[a\nb = 1\n", "1:3+0", "the brackets of the section are not closed",
       "write it as [name] or [[name]], on a line of its own"},
      {"[a", "1:3+0", "the brackets of the section are not closed",
       "write it as [name] or [[name]], on a line of its own"},
      {"[]\n", "1:2+0", "a section needs a name", "write it between the brackets"},
      {"[a] b = 1\n", "1:5+0", "something stands behind the name of the section",
       "write what follows on a line of its own"},
      // Lists and braces.
      {"a = [1\nb = 2\n", "2:1+0", "a ',' or ']' is missing here", ""},
      {"a = [1,", "1:8+0", "the list is not closed", "add ']' where it ends"},
      {"a = [1,,2]\n", "1:8+0", "there is no value before the ','", "remove one ','"},
      {"a = { b = 1,\nc = 2 }\n", "1:13+0", "a table in braces must stand on one line",
       "close it there, or write it as a section [name]"},
      {"a = { b = 1, }\n", "1:14+0", "a table in braces must not end with a ','", "remove the ','"},
      {"a = { b = 1 c = 2 }\n", "1:13+0", "a ',' or '}' is missing here", ""},
      {"a={b=1,b=2}\n", "1:8+1", "'b' is defined twice", "remove one of the two, or rename it"},
      {"a={b=1}\n[a.c]\n", "2:1+5", "'a.c' clashes with a key above it",
       "a name is a value, one [table] or a list of [[tables]], and only one of them"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Diagnostics found;
    CHECK_FALSE(parse_toml(make_source("x.toml", row.text), found));
    const std::vector<Diagnostic> all = found.sorted();
    REQUIRE(all.size() == 1);
    const LineColumn at = line_column(row.text, all[0].place.offset);
    CHECK(std::to_string(at.line) + ":" + std::to_string(at.column) + "+" + std::to_string(all[0].place.length) ==
          row.place);
    CHECK(all[0].message == row.message);
    CHECK(all[0].hint == row.hint);
  }
}

TEST_CASE("nesting has a limit, and what is below it is read") {
  CHECK(errors_of("a = " + std::string(1000, '[')).starts_with("x.toml:1:37: error: lists and tables are nested too "));
  std::string key = "a";
  for (int i = 0; i < 100'000; ++i) key += ".a";
  const std::string expected =
      "x.toml: error: a key has more than 16 parts [config/toml-syntax]\n"
      "  hint: shorten it\n";
  CHECK(errors_of(key + " = 1") == expected);
  CHECK(errors_of("[" + key + "]") == expected);
  CHECK(errors_of("a = { " + key + " = 1 }") == expected);

  // Dots in text, numbers and comments are no parts of keys.
  std::string dots;
  for (int i = 0; i < 100; ++i) dots += "a.";
  CHECK(errors_of("a = '" + dots + "' # " + dots + "\nb = \"\"\"\n" + dots + "\n\"\"\"\nc = \"\\\"" + dots + "\"\n")
            .empty());
  std::string numbers = "a = [";
  for (int i = 0; i < 100; ++i) numbers += "1.5, ";
  CHECK(errors_of(numbers + "]").empty());

  // The deepest that is allowed: braces in braces, with keys of 16 parts.
  std::string deep, parts = "a";
  for (int i = 1; i < 16; ++i) parts += ".a";
  for (int i = 0; i < 30; ++i) deep += parts + " = {";
  CHECK(errors_of(deep + "b = 1" + std::string(30, '}')).empty());
}

TEST_CASE("any text survives as a TOML string") {
  CHECK(toml_string("Café \"Zum C\\D\"\n\x7f") == "\"Café \\\"Zum C\\\\D\\\"\\u000a\\u007f\"");
}
