#include "build/compile_theme.h"

#include <algorithm>

#include "base/suggest.h"
#include "build/params.h"
#include "build/template_schema.h"

namespace hardtop {

namespace {

constexpr std::string_view kEnding = ".mustache";
constexpr std::string_view kRequiredLayouts[] = {"404", "home", "page", "section", "term"};

void add_field(ObjectType& type, std::string name, std::string field_type, std::string about) {
  if (!type.find(name)) type.fields.push_back({std::move(name), std::move(field_type), std::move(about)});
}

Schema make_schema(const Theme& theme, const SiteConfig& config, const std::map<std::string, std::string>& translations,
                   const SiteNames& names) {
  Schema schema = base_schema();
  for (const ParamType& param : theme.params)
    add_field(schema.types["site_params"], param.name, std::string(schema_type(param)), param.about);
  for (const ParamType& param : theme.page_params)
    add_field(schema.types["page_params"], param.name, std::string(schema_type(param)), param.about);
  for (const auto& name : names.free_site_params)
    add_field(schema.types["site_params"], name, "any", "From site.toml.");
  for (const auto& name : names.free_page_params)
    add_field(schema.types["page_params"], name, "any", "From front matter.");
  for (const auto& name : names.asset_names) add_field(schema.types["assets"], name, "text", "URL.");
  for (const auto& name : names.data_names) add_field(schema.types["data"], name, "any", "data/" + name + ".toml.");
  for (const auto& [key, text] : translations) add_field(schema.types["translations"], key, "text", text);
  for (const auto& [name, entries] : config.menus)
    add_field(schema.types["menus"], name, "[link]", "[menu." + name + "].");
  for (const char* name : {"main", "footer"})
    add_field(schema.types["menus"], name, "[link]", "Every theme may show it.");
  return schema;
}

// A component sees its parameters first, and below them what every template sees.
Schema component_schema(const Schema& schema, const ComponentType& component) {
  Schema own = schema;
  const std::string name = "component " + component.name;
  ObjectType root{component.about, {}};
  for (const ParamType& param : component.params)
    root.fields.push_back({param.name, std::string(schema_type(param)), param.about});
  for (const Field& field : schema.find("root")->fields)
    if (!root.find(field.name)) root.fields.push_back(field);
  own.types[name] = std::move(root);
  own.root = name;
  return own;
}

}  // namespace

std::uint32_t CompiledTheme::find_layout(std::string_view name) const {
  const auto at = std::lower_bound(layout_names.begin(), layout_names.end(), name);
  if (at == layout_names.end() || *at != name) return kNone;
  return static_cast<std::uint32_t>(at - layout_names.begin());
}

bool is_read(const CompiledTheme& theme, std::string_view object, std::string_view field) {
  const auto reads = [&](const Template& compiled) { return compiled.reads(object, field); };
  return std::ranges::any_of(theme.layouts, reads) || reads(theme.placeholder) || reads(theme.consent_head) ||
         std::ranges::any_of(theme.components, [&](const auto& entry) { return reads(entry.second.compiled); });
}

std::optional<CompiledTheme> compile_theme(Theme theme, const SiteConfig& config,
                                           std::map<std::string, std::string> translations, const SiteNames& names,
                                           Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  CompiledTheme out;
  out.theme = std::move(theme);
  out.translations = std::move(translations);
  out.schema = make_schema(out.theme, config, out.translations, names);

  const auto in_folder = [&](const std::string& folder) {
    return [&theme = out.theme, folder](std::string_view name) {
      return theme.find(folder + "/" + std::string(name) + std::string(kEnding));
    };
  };
  TemplateOptions options;
  options.schema = &out.schema;
  options.partial = in_folder("partials");
  options.parent = in_folder("layouts");
  options.partial_names = out.theme.names_in("partials", kEnding);
  options.parent_names = out.theme.names_in("layouts", kEnding);

  for (const std::string_view name : options.parent_names) {
    auto compiled = compile_template(options.parent(name), options, diagnostics);
    out.layout_names.emplace_back(name);
    out.layouts.push_back(compiled ? std::move(*compiled) : Template());
  }
  for (const auto& [name, compiled] :
       {std::pair{"consent-placeholder", &out.placeholder}, std::pair{"consent-head", &out.consent_head}})
    if (auto partial = compile_template(options.partial(name), options, diagnostics)) *compiled = std::move(*partial);
  for (const ComponentType& component : out.theme.components) {
    const SourcePtr source = out.theme.find("components/" + component.name + std::string(kEnding));
    if (!source) {
      diagnostics.error(
          component.place, "theme/no-component",
          "theme.toml declares the component '" + component.name + "', which has no template",
          "add components/" + component.name + ".mustache, or remove [components." + component.name + "]");
      continue;
    }
    const Schema schema = component_schema(out.schema, component);
    options.schema = &schema;
    if (auto compiled = compile_template(source, options, diagnostics))
      out.components[component.name] = {&component, std::move(*compiled)};
    options.schema = &out.schema;
  }
  for (const std::string_view name : kRequiredLayouts)
    if (out.find_layout(name) == kNone)
      diagnostics.error({out.theme.manifest}, "theme/no-layout",
                        "the theme '" + out.theme.name + "' has no layout '" + std::string(name) + "'",
                        "add layouts/" + std::string(name) + ".mustache");
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return out;
}

void assign_layouts(const SiteModel& site, const CompiledTheme& theme, std::vector<OutputJob>& jobs,
                    Diagnostics& diagnostics) {
  using Kind = OutputJob::Kind;
  const auto named = [&](Kind kind) {
    switch (kind) {
      case Kind::page:
        return theme.find_layout("page");
      case Kind::home:
        return theme.find_layout("home");
      case Kind::section:
        return theme.find_layout("section");
      case Kind::taxonomy:
      case Kind::term:
        return theme.find_layout("term");
      case Kind::not_found:
        return theme.find_layout("404");
    }
    return kNone;
  };
  for (OutputJob& job : jobs) {
    job.layout = named(job.kind);
    if (job.page == kNone) continue;
    const ContentFile& file = site.pages[job.page].file;
    if (file.front.layout.empty()) continue;
    const std::uint32_t wish = theme.find_layout(file.front.layout);
    const Place place{file.source, file.front.layout_offset, file.front.layout.size() + 2};
    if (wish != kNone) {
      job.layout = wish;
      if (theme.layouts[wish].prints("main"))
        diagnostics.error(
            place, "build/parent-layout",
            "the layout '" + file.front.layout + "' is a frame for other layouts: the page's text would not show",
            "name a layout that has it as its parent, or leave `layout` out");
    } else if (job.list_page == 0) {
      diagnostics.error(place, "build/unknown-layout", "there is no layout '" + file.front.layout + "'",
                        suggest(file.front.layout, {theme.layout_names.begin(), theme.layout_names.end()}));
    }
  }
}

}  // namespace hardtop
