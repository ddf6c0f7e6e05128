#include "theme/schema.h"

#include <unordered_map>

#include "theme/value.h"

namespace hardtop {

const Field* ObjectType::find(std::string_view name) const {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

const ObjectType* Schema::find(std::string_view type) const {
  const auto found = types.find(type);
  return found == types.end() ? nullptr : &found->second;
}

const std::vector<Field>& loop_fields() {
  static const std::vector<Field> fields{
      {"first", "flag", "The first item of its list."},
      {"last", "flag", "The last item of its list."},
      {"index", "text", "Its position in its list, from 1."},
  };
  return fields;
}

TypeKind kind_of_type(std::string_view type) {
  if (type == "text") return TypeKind::text;
  if (type == "html") return TypeKind::html;
  if (type == "flag") return TypeKind::flag;
  if (type == "any") return TypeKind::any;
  if (type.size() > 2 && type.front() == '[' && type.back() == ']') return TypeKind::list;
  return TypeKind::object;
}

std::string_view item_type(std::string_view list_type) { return list_type.substr(1, list_type.size() - 2); }

std::vector<std::string> schema_faults(const Schema& schema) {
  std::vector<std::string> faults;
  if (!schema.find(schema.root)) faults.push_back("the outermost type '" + schema.root + "' does not exist");

  std::unordered_map<std::uint64_t, std::string_view> names;
  for (const auto& [type_name, type] : schema.types) {
    for (const Field& field : type.fields) {
      if (type.find(field.name) != &field) faults.push_back("'" + type_name + "' has two fields '" + field.name + "'");

      std::string_view of = field.type;
      while (kind_of_type(of) == TypeKind::list) of = item_type(of);
      if (kind_of_type(of) == TypeKind::object && !schema.find(of))
        faults.push_back("the field '" + field.name + "' of '" + type_name + "' has the type '" + std::string(of) +
                         "', which does not exist");

      const auto [other, is_new] = names.emplace(name_of(field.name).hash, field.name);
      if (!is_new && other->second != field.name)
        faults.push_back("the names '" + std::string(other->second) + "' and '" + field.name +
                         "' have one hash: rename one of them");
    }
  }
  return faults;
}

}  // namespace hardtop
