#include "base/json.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

// Values as they were read, keys as "key=", every value with its bytes' place.
std::string show(const Data& data) {
  const std::string place = "@" + std::to_string(data.offset) + "+" + std::to_string(data.length);
  if (const std::string* text = data.text()) return "'" + *text + "'" + place;
  if (const DataArray* list = data.array()) {
    std::string out = "[";
    for (const Data& item : *list) out += show(item) + " ";
    return out + "]" + place;
  }
  if (const DataTable* table = data.table()) {
    std::string out = "{";
    for (const DataEntry& entry : *table)
      out += entry.key + "@" + std::to_string(entry.key_offset) + "=" + show(entry.value) + " ";
    return out + "}" + place;
  }
  if (const auto* number = std::get_if<std::int64_t>(&data.value)) return std::to_string(*number) + place;
  if (const auto* number = std::get_if<double>(&data.value)) return "~" + std::to_string(*number) + place;
  if (const auto* flag = std::get_if<bool>(&data.value)) return (*flag ? "true" : "false") + place;
  return "null" + place;
}

std::string read(std::string_view text) {
  JsonError error;
  const std::optional<Data> data = parse_json(text, error);
  return data ? show(*data) : std::to_string(error.offset) + ": " + error.message;
}

}  // namespace

TEST_CASE("JSON is read with the place of every value") {
  const std::pair<std::string, std::string> rows[] = {
      {R"({"a":[1,"b",true]})", "{a@1=[1@6+1 'b'@8+3 true@12+4 ]@5+12 }@0+18"},
      {" null ", "null@1+4"},
      {"\xEF\xBB\xBF{}", "{}@3+2"},
      {"-0", "0@0+2"},
      {"[1.5,1e3,99999999999999999999]", "[~1.500000@1+3 ~1000.000000@5+3 ~100000000000000000000.000000@9+20 ]@0+30"},
      {R"("\"\\\/\b\f\n\r\t")", "'\"\\/\b\f\n\r\t'@0+18"},
      {R"("\u0041\u00e9\u20ac\ud83d\ude00\ud800x")", "'A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBDx'@0+39"},
      {R"("\ud800\u0041")",
       "'\xEF\xBF\xBD"
       "A'@0+14"},
      {R"({"a":1,"a":2})", "{a@7=2@11+1 }@0+13"},
      {"", "0: the text ends where a value should stand"},
      {"[1,]", "3: this is not a value of JSON"},
      {"{a:1}", "1: a key in quotes should stand here"},
      {R"({"a" 1})", "5: a ':' should stand here"},
      {R"({"a":1 "b"})", "7: a ',' or '}' should stand here"},
      {"[1 2]", "3: a ',' or ']' should stand here"},
      {"\"a\nb\"", "0: a string is not closed on its line"},
      {R"("\x")", "3: there is no such escape in JSON"},
      {R"("\u12")", "3: there is no such escape in JSON"},
      {"01", "1: something follows the end of the value"},
      {"1 2", "2: something follows the end of the value"},
      {"+1", "0: this is not a value of JSON"},
      {"[" + std::string(600, '['), "501: values are nested too deeply"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}
