// What the scripts of scripts/ import of the site's own, and where in them that stands.
#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "base/url.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

// The file that a script was made from; what it imports is named after it.
const SourcePtr& source_of(const Asset& script, const Theme& theme) {
  static const SourcePtr kNothing;
  for (const auto& [path, file] : theme.files)
    if (file.source->path == script.sources.front()) return file.source;
  return kNothing;
}

// The text between the quotes.
Place place_of(const ModuleSpecifier& specifier, const SourcePtr& source) {
  return {source, specifier.begin + 1, specifier.end - specifier.begin - 2};
}

std::string path_of(const ModuleSpecifier& specifier) {
  return decode_percent(std::string_view(specifier.text).substr(0, specifier.text.find_first_of("?#")));
}

constexpr std::string_view kAssets = "assets/";

// "assets/lib.js", the name of a script without its hash: "lib.js". Else empty.
std::string_view name_of_script(std::string_view output) {
  return output.starts_with(kAssets) ? output.substr(kAssets.size()) : std::string_view();
}

bool has_script(const Theme& theme, std::string_view name) {
  return !name.empty() && theme.find("scripts/" + std::string(name)) != nullptr;
}

void report_broken(const ModuleSpecifier& specifier, Place place, const Theme& theme, Severity severity,
                   Diagnostics& found) {
  const std::string source = "scripts/" + specifier.output.substr(specifier.output.find('/') + 1);
  found.add({severity,
             "build/broken-link",
             std::move(place),
             "the import '" + specifier.text + "' leads to no file of the site: it would be /" + specifier.output,
             theme.find(source) ? "only what stands in scripts/ itself is published: move " + source + " there"
                                : "mend it, or add the file to scripts/; " + std::string(kLetsLinksPass),
             {}});
}

void report_bare(const ModuleSpecifier& specifier, Place place, const Theme& theme, Severity severity,
                 Diagnostics& found) {
  const std::string& text = specifier.text;
  std::string hint =
      "put the file into scripts/ and write its relative path, './NAME.js'; " + std::string(kLetsLinksPass);
  for (const std::string& name : {text, text + ".js"})
    if (has_script(theme, name)) hint = "write './" + name + "'";
  found.add({severity,
             "build/bare-import",
             std::move(place),
             "the import '" + text + "' is a bare name, which browsers do not look up without an import map",
             std::move(hint),
             {}});
}

}  // namespace

// Of what was found in the script as it is published.
Place Session::Work::place_in_script(const Asset& script, std::size_t offset, std::size_t length) const {
  const SourcePtr& source = source_of(script, theme->theme);
  if (!source) return whole_file(script.sources.front());
  const auto before = [&](std::size_t at) { return offset_before_linking(source->text, script.file.bytes, at); };
  const std::size_t begin = before(offset);
  return {source, begin, std::max(before(offset + length), begin) - begin};
}

// Whether a page can say what bare names are. Only asked where a script has one.
bool Session::Work::may_have_import_map() const {
  const auto names_it = [](std::string_view text) {
    return to_lower_ascii(text).find("importmap") != std::string::npos;
  };
  return has_import_map || (consent.source && names_it(consent.source->text)) ||
         std::ranges::any_of(written_html, [&](const WrittenHtml& html) { return names_it(html.source->text); });
}

// By root-relative URLs. They leave out the folder of scripts, whose names are others in production.
void Session::Work::check_rooted_import(const ModuleSpecifier& specifier, Place place) const {
  const std::string& base = site.config.base_path;
  const std::string path = path_of(specifier), decoded_base = decode_percent(base);
  const bool is_below = path.starts_with(decoded_base);
  const std::string output = path.substr(is_below ? decoded_base.size() : 1);
  const std::string_view script = name_of_script(output);
  const bool is_script = has_script(theme->theme, script);
  if (is_below ? !is_script && outputs.find(output) != kNone : outputs.find(output) == kNone) return;
  std::string message = "the import '" + specifier.text + "' leads to no file of the site";
  std::string hint = "mend it, or add the file to static/; " + std::string(kLetsLinksPass);
  if (is_script) {
    message += " in production, where the names of scripts hold a hash";
    hint = "write './" + std::string(script) + "'";
  } else if (!is_below) {
    message += ", which is below '" + base + "'";
    hint = "write '" + base + specifier.text.substr(1) + "'";
  } else {
    message += ": it would be /" + output;
  }
  diagnostics->add(
      {severity_of_links(site.config), "build/broken-link", std::move(place), std::move(message), std::move(hint), {}});
}

// Names that are put together, where they would be names of scripts. Elsewhere they are what they are.
void Session::Work::check_computed_import(const ModuleSpecifier& specifier, Place place) const {
  const std::string& base = site.config.base_path;
  const std::string path = path_of(specifier);
  std::string begin = path.substr(0, path.rfind('/') + 1);
  if (!begin.starts_with('/')) begin = base + std::string(kAssets) + begin;
  const auto folder = normalize_path(begin);
  const std::string scripts = base + std::string(kAssets);
  if (!folder || !folder->starts_with(scripts)) return;
  const std::string file = "scripts/" + folder->substr(scripts.size()) + path.substr(path.rfind('/') + 1);
  if (std::ranges::none_of(theme->theme.files, [&](const auto& each) { return each.first.starts_with(file); })) return;
  diagnostics->warning(std::move(place), "build/computed-import",
                       "this import puts a script's name together, which holds a hash in production: it works in the "
                       "preview only",
                       "write each import as a constant, './NAME.js'; or put the scripts into static/js/ and import '" +
                           base + "js/' + …");
}

void Session::Work::check_imports() const {
  if (site.config.links == LinkCheck::off) return;
  const Severity severity = severity_of_links(site.config);
  std::optional<bool> has_map;
  for (const Asset& asset : assets) {
    if (asset.elsewhere.empty()) continue;
    const SourcePtr& script = source_of(asset, theme->theme);
    for (const ModuleSpecifier& specifier : asset.elsewhere) {
      Place place = place_of(specifier, script);
      switch (specifier.kind) {
        case ModuleSpecifier::Kind::bare:
          if (!has_map) has_map = may_have_import_map();
          // What a library tries to import, and does without, breaks nothing.
          if (!*has_map)
            report_bare(specifier, std::move(place), theme->theme,
                        specifier.is_statement ? severity : Severity::warning, *diagnostics);
          break;
        case ModuleSpecifier::Kind::rooted:
          if (!has_map) has_map = may_have_import_map();  // it may lead elsewhere
          if (!*has_map) check_rooted_import(specifier, std::move(place));
          break;
        case ModuleSpecifier::Kind::computed:
          check_computed_import(specifier, {script, specifier.begin, specifier.end - specifier.begin});
          break;
        case ModuleSpecifier::Kind::relative:
          if (outputs.find(specifier.output) == kNone)
            report_broken(specifier, std::move(place), theme->theme, severity, *diagnostics);
          break;
      }
    }
  }
}

}  // namespace hardtop
