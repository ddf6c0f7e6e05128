#include "build/params.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "base/toml.h"

using namespace hardtop;

namespace {

const std::vector<ParamType> kDeclared = {
    {"src", "text", std::nullopt, "The picture's path.", true},
    {"caption", "markdown", std::nullopt, "", false},
    {"wide", "flag", std::nullopt, "", false},
    {"width", "number", std::nullopt, "Pixels.", false},
};

// Reads a component's TOML and prints what it got, or the errors.
std::string read(const std::string& toml, bool unknown_is_error = true) {
  const SourcePtr source = make_source("content/a.md", toml);
  Diagnostics found;
  const auto table = parse_toml(source, found);
  REQUIRE(table);
  const MarkdownOptions markdown;
  ValueArena arena;
  Object out;
  const bool fine = read_params(*table, kDeclared, {"the component 'figure'", unknown_is_error}, {&markdown, nullptr},
                                source, {source, 0, 1}, arena, out, found);
  CHECK(fine == !found.has_errors());
  if (!found.sorted().empty()) return to_text(found);
  std::string text;
  for (const char* name : {"src", "caption", "wide", "width", "free"})
    if (const Value* value = out.find(name_of(name)))
      text += std::string(name) + "=" + (value->is_on() ? "on" : std::string(value->string())) + ";";
  return text;
}

}  // namespace

TEST_CASE("parameters are read by their declared types") {
  CHECK(read("src = \"a.jpg\"\nwide = true\nwidth = 640\n") == "src=a.jpg;wide=on;width=640;");
  CHECK(read("src = \"a.jpg\"\nfree = \"x\"\n", false) == "src=a.jpg;free=x;");
}

TEST_CASE("parameters that do not fit are errors at their place") {
  CHECK(read("src = \"a\"\nwidht = 3\n") ==
        "content/a.md:2:1: error: the component 'figure' has no parameter 'widht' [build/unknown-param]\n"
        "  2 | widht = 3\n"
        "    | ^~~~~\n"
        "  hint: did you mean 'width'?\n");
  CHECK(read("src = \"a\"\nwidth = \"wide\"\n") ==
        "content/a.md:2:9: error: 'width' of the component 'figure' takes a number, this is text "
        "[build/wrong-param-type]\n"
        "  2 | width = \"wide\"\n"
        "    |         ^~~~~~\n"
        "  hint: Pixels.\n");
  CHECK(read("wide = true\n") ==
        "content/a.md:1:1: error: the component 'figure' needs the parameter 'src' [build/missing-param]\n"
        "  1 | wide = true\n"
        "    | ^\n"
        "  hint: The picture's path.\n");
}

TEST_CASE("a free parameter that is nearly a declared one is a warning") {
  CHECK(
      read("src = \"a\"\nwidht = 3\n", false) ==
      "content/a.md:2:1: warning: the component 'figure' has no parameter 'widht' in the theme [build/unknown-param]\n"
      "  2 | widht = 3\n"
      "    | ^~~~~\n"
      "  hint: did you mean 'width'?\n");
}
