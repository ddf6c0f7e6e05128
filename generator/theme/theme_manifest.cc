#include "theme/theme_manifest.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/toml.h"

namespace hardtop {

namespace {

constexpr std::array<std::string_view, 8> kTypes = {"text",   "html", "markdown", "flag",
                                                    "number", "list", "date",     "link"};

std::string_view in_words(std::string_view type) {
  if (type == "flag") return "true or false";
  if (type == "number") return "a number";
  if (type == "list") return "a list";
  if (type == "date") return "a date";
  return "text";
}

bool fits(const Data& value, std::string_view type) {
  if (type == "flag") return std::holds_alternative<bool>(value.value);
  if (type == "number")
    return std::holds_alternative<std::int64_t>(value.value) || std::holds_alternative<double>(value.value);
  if (type == "list") return value.array() != nullptr;
  if (type == "date") return std::holds_alternative<Date>(value.value) || (value.text() && parse_date(*value.text()));
  return value.text() != nullptr;
}

class ManifestReader {
 public:
  ManifestReader(const SourcePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  ThemeManifest read(const DataTable& top) {
    ThemeManifest manifest;
    TableReader reader(top, source_, "", "theme", diagnostics_);
    for (const char* about_the_theme : {"name", "about", "author", "license"}) (void)reader.text(about_the_theme);
    manifest.params = read_params(reader, "params", "[params", false);
    manifest.page_params = read_params(reader, "page_params", "[page_params", false);
    if (const DataTable* components = reader.table("components")) {
      for (const DataEntry& entry : *components) {
        const std::string where = "[components." + entry.key;
        const DataTable* table = check_entry(entry, where + "]");
        if (!table) continue;
        TableReader component(*table, source_, where + "]", "theme", diagnostics_);
        manifest.components.push_back({entry.key,
                                       component.text("about").value_or(""),
                                       read_params(component, "params", where + ".params", true),
                                       {source_, entry.key_offset, entry.key.size()}});
        component.finish();
      }
    }
    if (const DataTable* consent = reader.table("consent")) {
      TableReader parts(*consent, source_, "[consent]", "theme", diagnostics_);
      manifest.consent_light = read_colors(parts, "light");
      manifest.consent_dark = read_colors(parts, "dark");
      parts.finish();
    }
    reader.finish();
    return manifest;
  }

 private:
  // The table of a declaration; null when its name or its kind is wrong, which is then reported.
  const DataTable* check_entry(const DataEntry& entry, const std::string& where) {
    if (!is_template_name(entry.key)) {
      diagnostics_.error({source_, entry.key_offset, entry.key.size()}, "theme/bad-name",
                         "templates cannot use the name '" + entry.key + "'", "use letters, digits, '-' and '_' only");
      return nullptr;
    }
    if (const DataTable* table = entry.value.table()) return table;
    diagnostics_.error({source_, entry.value.offset, entry.value.length}, "theme/wrong-type",
                       where + " must be a table, not " + std::string(kind_name(entry.value)),
                       "write it as a section that begins with " + where);
    return nullptr;
  }

  std::vector<ThemeColor> read_colors(TableReader& parent, const char* key) {
    std::vector<ThemeColor> colors;
    const DataTable* table = parent.table(key);
    if (!table) return colors;
    TableReader reader(*table, source_, "[consent." + std::string(key) + "]", "theme", diagnostics_);
    for (const std::string_view name : consent_color_names()) {
      auto value = reader.text(name);
      if (!value) continue;
      if (is_hex_color(*value))
        colors.push_back({name, to_lower_ascii(*value), reader.place(name)});
      else
        diagnostics_.error(reader.place(name), "theme/bad-color", "'" + *value + "' is not a colour that can be judged",
                           "write it as #rgb or #rrggbb, without transparency: its contrast is computed");
    }
    reader.finish();
    return colors;
  }

  std::vector<ParamType> read_params(TableReader& parent, std::string_view key, const std::string& where,
                                     bool may_be_required) {
    std::vector<ParamType> params;
    const DataTable* table = parent.table(key);
    if (!table) return params;
    for (const DataEntry& entry : *table) {
      const std::string here = where + "." + entry.key + "]";
      if (const DataTable* declaration = check_entry(entry, here))
        params.push_back(read_param(entry.key, *declaration, here, may_be_required));
    }
    return params;
  }

  ParamType read_param(const std::string& name, const DataTable& table, const std::string& where,
                       bool may_be_required) {
    ParamType param;
    param.name = name;
    TableReader reader(table, source_, where, "theme", diagnostics_);
    if (auto type = reader.text("type")) {
      if (std::find(kTypes.begin(), kTypes.end(), *type) == kTypes.end())
        diagnostics_.error(reader.place("type"), "theme/wrong-type", "there is no type '" + *type + "'",
                           suggest(*type, {kTypes.begin(), kTypes.end()}));
      else
        param.type = std::move(*type);
    }
    param.about = reader.text("about").value_or("");
    if (may_be_required) param.required = reader.flag("required").value_or(false);
    if (const Data* fallback = reader.any("default")) {
      if (param.required)
        diagnostics_.error(reader.place("default"), "theme/wrong-type",
                           "'" + name + "' is required, so its default is never used",
                           "remove 'required' or 'default'");
      else if (!fits(*fallback, param.type))
        diagnostics_.error(reader.place("default"), "theme/wrong-type",
                           "'default' in " + where + " must be " + std::string(in_words(param.type)) + ", not " +
                               std::string(kind_name(*fallback)),
                           "the type of '" + name + "' is " + param.type);
      else
        param.fallback = *fallback, param.source = source_;
    }
    reader.finish();
    return param;
  }

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool is_template_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-'; });
}

std::optional<ThemeManifest> parse_theme_manifest(const SourcePtr& source, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  const std::optional<DataTable> table = parse_toml(source, diagnostics);
  if (!table) return std::nullopt;
  ThemeManifest manifest = ManifestReader(source, diagnostics).read(*table);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return manifest;
}

}  // namespace hardtop
