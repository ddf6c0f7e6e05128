#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "build/template_schema.h"

using namespace hardtop;

TEST_CASE("themes/REFERENCE.md says what the schema says") {
  std::ifstream file(HARDTOP_SOURCE_DIR "/themes/REFERENCE.md");
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // To rewrite it: build/hardtop explain templates > themes/REFERENCE.md
  CHECK(page == template_reference());
}

TEST_CASE("every type that a field names is in the reference") {
  const std::string page = template_reference();
  for (const auto& [name, type] : base_schema().types) {
    CAPTURE(name);
    if (name != "root") CHECK(page.find("## `" + name + "`") != std::string::npos);
    for (const Field& field : type.fields) {
      CAPTURE(field.name);
      std::string of = field.type;
      if (of.starts_with('[')) of = of.substr(1, of.size() - 2);
      const bool known = of == "text" || of == "html" || of == "flag" || of == "any" || base_schema().find(of);
      CHECK(known);
    }
  }
}
