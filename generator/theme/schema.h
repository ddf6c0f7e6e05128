// What a template may name: types, their fields, and a sentence about each. A template is compiled against a schema;
// a name that the schema does not know is an error at load. The schema that hardtop offers is written once, in
// build/template_schema.cc; a theme's params and components add to it from theme.toml.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// The type of a field, by name: "text", "html", "flag", an object type of the schema ("page"), a list "[page]", or
// "any" (free data below which every name is allowed).
struct Field {
  std::string name;
  std::string type;
  std::string about;  // for the reference: one sentence
};

struct ObjectType {
  std::string about;
  std::vector<Field> fields;

  [[nodiscard]] const Field* find(std::string_view name) const;
};

struct Schema {
  std::map<std::string, ObjectType, std::less<>> types;
  std::string root = "root";  // the type of the outermost context; in a component's template "component NAME"

  [[nodiscard]] const ObjectType* find(std::string_view type) const;
};

// Inside every list, each item also has these flags and numbers: first, last, index (text, from 1).
// They belong to the executor, so that one item can stand in many lists.
[[nodiscard]] const std::vector<Field>& loop_fields();

// What the name of a type stands for. A name that is none of the others is an object type's.
enum class TypeKind { text, html, flag, any, list, object };
[[nodiscard]] TypeKind kind_of_type(std::string_view type);
// "[page]" -> "page"; only for lists.
[[nodiscard]] std::string_view item_type(std::string_view list_type);

// What is wrong with the schema itself, a sentence each: a field of a type that does not exist, two fields of one name,
// two names that share a hash (value.h, Name). Empty for a schema that can be compiled against.
[[nodiscard]] std::vector<std::string> schema_faults(const Schema& schema);

}  // namespace hardtop
