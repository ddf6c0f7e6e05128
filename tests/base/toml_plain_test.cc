#include "base/toml_plain.h"

#include <doctest/doctest.h>

#include <random>

#include "base/toml.h"

using namespace hardtop;

namespace {

// All that the data holds, places included.
std::string all_of(const DataTable& table);
std::string all_of(const Data& data) {
  std::string out = std::to_string(data.offset) + "+" + std::to_string(data.length) + " ";
  if (const DataTable* const table = data.table()) return out + all_of(*table);
  if (const std::string* const text = data.text()) return out + "'" + *text + "'";
  if (const bool* const flag = std::get_if<bool>(&data.value)) return out + (*flag ? "true" : "false");
  if (const auto* const whole = std::get_if<std::int64_t>(&data.value)) return out + std::to_string(*whole);
  if (const Date* const date = std::get_if<Date>(&data.value)) return out + iso_date(*date);
  if (const DataArray* const list = data.array()) {
    out += "[";
    for (const Data& item : *list) out += all_of(item) + ", ";
    return out + "]";
  }
  return out + "?";
}
std::string all_of(const DataTable& table) {
  std::string out = "{";
  for (const DataEntry& entry : table)
    out += entry.key + "@" + std::to_string(entry.key_offset) + ": " + all_of(entry.value) + "; ";
  return out + "}";
}

// As toml++ reads it: a comment, which moves nothing, is not plain. Empty where it is an error.
std::string by_toml_library(const std::string& text) {
  Diagnostics found;
  const std::string with_comment = text + (text.empty() || text.ends_with('\n') ? "#" : "\n#");
  CHECK_FALSE(parse_plain_toml(with_comment, 0));
  const SourcePtr source = make_source("x.toml", "123" + with_comment);
  const auto table = parse_toml(source, 3, source->text.size(), "x", found);
  return table ? all_of(*table) : "";
}

std::string by_us(const std::string& text) {
  const auto table = parse_plain_toml(text, 3);
  return table ? all_of(*table) : "";
}

}  // namespace

TEST_CASE("plain TOML is read as toml++ reads it") {
  for (const std::string text : {
           "",
           "\n \t\n\r\n",
           "title = \"A page\"",
           "title=\"\"\r\n\tdate\t=\t2015-08-04 \r\n",
           "a-b_C9 = 0\n9 = -1\nw = 999999999999999999\nx = -0\n",
           "draft = true\nother = false  \n",
           "tags = [\"a\", \"b c\" ,\"\"]\nnone = [ ]\nmore = [\"a\",]\n",
           "name = \"Crème\tbrûlée – 漢字 🙂\"\nnext = [\"é\", \"x\"]\nlast = 1\n",
           "leap = 2024-02-29\nfirst = 0000-01-01\n",
       }) {
    CAPTURE(text);
    CHECK(!by_us(text).empty());
    CHECK(by_us(text) == by_toml_library(text));
  }
}

TEST_CASE("what is not plain TOML is left to toml++") {
  for (const std::string text : {
           "a = 1\na = 2\n",          // an error
           "a = \"x\\n\"\n",          // an escape
           "a = \"x\n",               // an error
           "a = \"\"\"x\"\"\"\n",     // several lines
           "a = 'x'\n",               // a literal string
           "a = \"\x7F\"\n",          // an error
           "a = \"\xC3\"\n",          // an error
           "a = \"\xED\xA0\x80\"\n",  // an error: a surrogate
           "a = 01\n",                // an error
           "a = +1\n",
           "a = 1_000\n",
           "a = 1000000000000000000\n",
           "a = 0x1F\n",
           "a = 1.5\n",
           "a = -\n",
           "a = nan\n",
           "a = 2023-02-29\n",            // an error
           "a = 2015-08-04T10:00:00Z\n",  // with a time
           "a = 2015-08-04 10:00:00\n",
           "a = 10:00:00\n",
           "a = [1, 2]\n",
           "a = [\"x\" \"y\"]\n",  // an error
           "a = [,]\n",            // an error
           "a = [\"x\",\n\"y\"]\n",
           "a = [\"x\"\n",
           "a = {b = 1}\n",
           "a.b = 1\n",
           "\"a\" = 1\n",
           "[params]\n",
           "# a comment\n",
           "a = 1 # one\n",
           "a = 1\rb = 2\n",  // an error
           "a = 1 b = 2\n",   // an error
           "a\n",
           "a =\n",
           "a =",
           "= 1\n",
       }) {
    CAPTURE(text);
    CHECK(by_us(text) == "");
  }
  std::string many;
  for (int i = 0; i <= 32; ++i) many += "key-" + std::to_string(i) + " = 1\n";
  CHECK(by_us(many) == "");
}

// Heads that are put together from parts, right and wrong: whatever is read here, toml++ reads alike.
TEST_CASE("of thousands of heads, plain TOML gives what toml++ gives") {
  const std::vector<std::string> keys = {"title", "a", "date", "t-1", "_", "b", "weight", "9", "é", "a.b", "\"q\"", ""};
  const std::vector<std::string> atoms = {"\"\"",       "\"x\"",      "\"two words\"",
                                          "\"é 漢\"",   "\"'#=[]\"",  "\"\t\"",
                                          "\"\\t\"",    "'x'",        "0",
                                          "7",          "-12",        "00",
                                          "+1",         "1_0",        "true",
                                          "false",      "True",       "2015-08-04",
                                          "-",          "2015-13-04", "2015-02-30",
                                          "1900-02-29", "9999-12-31", "1.0",
                                          "\"",         "]",          ""};
  const std::vector<std::string> spaces = {"", " ", " ", "\t", "  "};
  const std::vector<std::string> ends = {"\n", "\n", "\n", "\r\n", "\n\n", " \n", "\n \r\n", " #\n", ""};
  std::mt19937 random(1);
  const auto any = [&](const std::vector<std::string>& of, std::size_t most = 100) -> const std::string& {
    return of[random() % std::min(of.size(), most)];
  };
  int plain = 0;
  for (int i = 0; i < 30000; ++i) {
    const bool usual = i % 2 == 0;  // else parts come from the wrong ones as well
    std::string text;
    for (std::size_t lines = random() % 5; lines > 0; --lines) {
      text += any(spaces) + any(keys, usual ? 8 : 100) + any(spaces) + "=" + any(spaces);
      if (random() % 3 == 0) {
        text += "[" + any(spaces);
        for (std::size_t items = random() % 4; items > 0; --items)
          text += any(atoms, usual ? 6 : 100) + any(spaces) + (items > 1 || random() % 4 == 0 ? "," : "") + any(spaces);
        text += "]";
      } else {
        text += any(atoms, usual ? 11 : 100);
      }
      text += any(spaces) + any(ends, usual ? 7 : 100);
    }
    const std::string ours = by_us(text);
    if (ours.empty()) continue;
    ++plain;
    CAPTURE(text);
    REQUIRE(ours == by_toml_library(text));
  }
  CHECK(plain > 5000);
}
