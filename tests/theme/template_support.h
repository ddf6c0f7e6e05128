// Templates in memory, for tests.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/diagnostic_format.h"
#include "theme/template.h"

namespace hardtop {

// Layouts are "NAME", partials "_NAME"; each is placed as "NAME.mustache" or "_NAME.mustache".
using TemplateFiles = std::map<std::string, std::string>;

inline TemplateOptions template_options(const TemplateFiles& files, const Schema* schema) {
  const auto load = [&files](std::string name) -> SourcePtr {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : make_source(name + ".mustache", found->second);
  };
  TemplateOptions options;
  options.schema = schema;
  options.partial = [load](std::string_view name) { return load(std::string("_").append(name)); };
  options.parent = [load](std::string_view name) { return load(std::string(name)); };
  for (const auto& [name, text] : files) {
    if (name.starts_with('_'))
      options.partial_names.push_back(std::string_view(name).substr(1));
    else
      options.parent_names.push_back(name);
  }
  return options;
}

inline std::optional<Template> compile(const TemplateFiles& files, const std::string& name, const Schema* schema,
                                       Diagnostics& diagnostics) {
  return compile_template(make_source(name + ".mustache", files.at(name)), template_options(files, schema),
                          diagnostics);
}

// What the template prints; the errors instead where it has some.
inline std::string render(const TemplateFiles& files, const std::string& name, const Schema* schema,
                          const Value& root) {
  Diagnostics diagnostics;
  const auto compiled = compile(files, name, schema, diagnostics);
  if (!compiled) return to_text(diagnostics);
  std::string out;
  run_template(*compiled, root, out);
  return out;
}

inline std::string errors_in(const TemplateFiles& files, const std::string& name, const Schema* schema) {
  Diagnostics diagnostics;
  static_cast<void>(compile(files, name, schema, diagnostics));
  return to_text(diagnostics);
}

}  // namespace hardtop
