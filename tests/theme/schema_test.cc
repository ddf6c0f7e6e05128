#include "theme/schema.h"

#include <doctest/doctest.h>

#include "theme/value.h"

namespace hardtop {

TEST_CASE("a schema whose fields have types that exist is without faults") {
  const Schema schema{
      .types = {{"root", {"", {{"page", "page", ""}, {"pages", "[page]", ""}, {"data", "any", ""}}}},
                {"page", {"", {{"title", "text", ""}, {"table", "[[text]]", ""}, {"up", "page", ""}}}}}};
  CHECK(schema_faults(schema).empty());
}

TEST_CASE("a schema says which types are missing and which fields are there twice") {
  const Schema schema{.types = {{"page", {"", {{"date", "dtae", ""}, {"tags", "[trem]", ""}, {"date", "text", ""}}}}},
                      .root = "root"};
  CHECK(schema_faults(schema) ==
        std::vector<std::string>{"the outermost type 'root' does not exist",
                                 "the field 'date' of 'page' has the type 'dtae', which does not exist",
                                 "the field 'tags' of 'page' has the type 'trem', which does not exist",
                                 "'page' has two fields 'date'"});
}

TEST_CASE("two names with one hash are found") {
  const char* const one = "8yn0iYCKYHlIj4-BwPqk";
  const char* const other = "GReLUrM4wMqfg9yzV3KQ";
  REQUIRE(name_of(one) == name_of(other));
  const Schema schema{.types = {{"a", {"", {{one, "text", ""}}}}, {"root", {"", {{other, "text", ""}}}}}};
  CHECK(schema_faults(schema) ==
        std::vector<std::string>{"the names '8yn0iYCKYHlIj4-BwPqk' and 'GReLUrM4wMqfg9yzV3KQ' have one hash: "
                                 "rename one of them"});
}

TEST_CASE("the kinds of types are told by their names") {
  const std::pair<const char*, TypeKind> table[] = {
      {"text", TypeKind::text},   {"html", TypeKind::html},     {"flag", TypeKind::flag},  {"any", TypeKind::any},
      {"[card]", TypeKind::list}, {"[[text]]", TypeKind::list}, {"card", TypeKind::object}};
  for (const auto& [type, kind] : table) {
    CAPTURE(type);
    CHECK(kind_of_type(type) == kind);
  }
  CHECK(item_type("[[text]]") == "[text]");
}

}  // namespace hardtop
