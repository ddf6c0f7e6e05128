#include "build/params.h"

#include "base/suggest.h"

namespace hardtop {

namespace {

bool fits(const Data& value, std::string_view type) {
  if (type == "flag") return std::holds_alternative<bool>(value.value);
  if (type == "number")
    return std::holds_alternative<std::int64_t>(value.value) || std::holds_alternative<double>(value.value);
  if (type == "list") return value.array() != nullptr;
  if (type == "date") return std::holds_alternative<Date>(value.value) || (value.text() && parse_date(*value.text()));
  return value.text() != nullptr;  // text, html, markdown, link
}

std::string_view type_in_words(std::string_view type) {
  if (type == "flag") return "true or false";
  if (type == "number") return "a number";
  if (type == "list") return "a list";
  if (type == "date") return "a date";
  return "text";
}

Value typed_value(const Data& value, const ParamType& param, const ParamContext& context, const SourcePtr& source,
                  ValueArena& arena) {
  if (param.type == "html") return Value::html(*value.text());
  if (param.type == "markdown" && context.markdown) {
    const LinkResolver resolve = context.resolve ? *context.resolve : LinkResolver();
    const Place place{source, value.offset, value.length};
    return Value::html(arena.keep(render_markdown_fragment(*value.text(), *context.markdown, resolve, place)));
  }
  if (param.type == "link" && context.resolve) {
    const LinkUse use{*value.text(), {source, value.offset, value.length}};
    if (auto resolved = (*context.resolve)(use)) return Value::text(arena.keep(std::move(*resolved)));
  }
  return to_value(value, arena);
}

}  // namespace

std::string_view schema_type(const ParamType& param) {
  if (param.type == "html" || param.type == "markdown") return "html";
  if (param.type == "flag") return "flag";
  if (param.type == "list") return "any";
  return "text";
}

bool read_params(const DataTable& given, const std::vector<ParamType>& declared, const ParamProblem& problem,
                 const ParamContext& context, const SourcePtr& source, const Place& call, ValueArena& arena,
                 Object& out, Diagnostics& diagnostics) {
  bool fine = true;
  for (const DataEntry& entry : given) {
    const ParamType* param = nullptr;
    for (const ParamType& candidate : declared)
      if (candidate.name == entry.key) param = &candidate;
    if (!param) {
      std::vector<std::string_view> names;
      names.reserve(declared.size());
      for (const ParamType& candidate : declared) names.push_back(candidate.name);
      const Place place{source, entry.key_offset, entry.key.size()};
      const std::string message = std::string(problem.owner) + " has no parameter '" + entry.key + "'";
      if (problem.unknown_is_error) {
        diagnostics.error(place, "build/unknown-param", message,
                          names.empty() ? "it takes none" : suggest(entry.key, names));
        fine = false;
      } else {
        if (const auto near = nearest(entry.key, names); !near.empty() && near != entry.key)
          diagnostics.warning(place, "build/unknown-param", message + " in the theme",
                              "did you mean '" + std::string(near) + "'?");
        out.set(entry.key, to_value(entry.value, arena));
      }
      continue;
    }
    if (!fits(entry.value, param->type)) {
      diagnostics.error({source, entry.value.offset, entry.value.length}, "build/wrong-param-type",
                        "'" + entry.key + "' of " + std::string(problem.owner) + " takes " +
                            std::string(type_in_words(param->type)) + ", this is " +
                            std::string(kind_name(entry.value)),
                        param->about);
      fine = false;
      continue;
    }
    out.set(entry.key, typed_value(entry.value, *param, context, source, arena));
  }
  for (const ParamType& param : declared) {
    if (out.find(name_of(param.name))) continue;
    bool was_given = false;
    for (const DataEntry& entry : given) was_given |= entry.key == param.name;
    if (was_given) continue;
    if (const Value* const known = context.defaults ? context.defaults->find(name_of(param.name)) : nullptr) {
      out.set(param.name, *known);
    } else if (param.fallback) {
      const ParamContext of_theme{context.markdown, context.resolve_defaults};
      out.set(param.name, typed_value(*param.fallback, param, of_theme, param.source, arena));
    } else if (param.required) {
      diagnostics.error(call, "build/missing-param",
                        std::string(problem.owner) + " needs the parameter '" + param.name + "'", param.about);
      fine = false;
    }
  }
  return fine;
}

}  // namespace hardtop
