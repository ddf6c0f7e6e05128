#include "consent/script_text.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a string is safe in a script element, whatever stands in it") {
  struct {
    std::string_view text, script;
  } const cases[] = {
      {"", R"("")"},
      {"a b", R"("a b")"},
      {R"("\)", R"("\"\\")"},
      {"</script>", R"("\x3c/script>")"},
      {"<!--", R"("\x3c!--")"},
      {"a\nb\x7f", R"("a\x0ab\x7f")"},
      {"é", R"("\u00e9")"},
      {"日本", R"("\u65e5\u672c")"},
      {"😀", R"("\ud83d\ude00")"},
      {"\xe2\x80\xa8", R"("\u2028")"},
  };
  for (const auto& [text, script] : cases) CHECK(script_string(text) == script);
  CHECK(script_array({}) == "[]");
  CHECK(script_array({"a", "b\""}) == R"(["a","b\""])");
}

TEST_CASE("a pattern matches whole names, and '*' any characters") {
  CHECK(script_pattern({"_ga"}, {}) == "/^(?:_ga)$/");
  CHECK(script_pattern({"_ga", "_ga_*"}, {}) == "/^(?:_ga|_ga_.*)$/");
  CHECK(script_pattern({"a.b[c]/d$^+(e)|{f}\\?"}, {}) == R"(/^(?:a\.b\[c\]\/d\$\^\+\(e\)\|\{f\}\\\?)$/)");
  CHECK(script_pattern({"*"}, {"session", "own"}) == "/^(?!(?:session|own)$)(?:.*)$/");
  CHECK(script_pattern({"é</"}, {}) == R"(/^(?:\u00e9\x3c\/)$/)");
}

TEST_CASE("members and arguments stand side by side") {
  CHECK(script_object({}) == "{}");
  CHECK(script_object({{"a-b", "1"}, {"<", "[2]"}}) == R"({"a-b":1,"\x3c":[2]})");
  CHECK(script_arguments({}).empty());
  CHECK(script_arguments({"1", "[]", "\"a\""}) == R"(1,[],"a")");
}

TEST_CASE("holes stand for what is empty, and none stand at the end") {
  CHECK(sparse_array({}) == "[]");
  CHECK(sparse_array({"", ""}) == "[]");
  CHECK(sparse_array({"a", "", "b", ""}) == "[a,,b]");
  CHECK(sparse_array({"", "a"}) == "[,a]");
}
