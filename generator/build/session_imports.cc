// What the scripts of scripts/ import of the site's own, and where in them that stands.
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

}  // namespace

// Of what was found in the script as it is published.
Place Session::Work::place_in_script(const Asset& script, std::size_t offset, std::size_t length) const {
  const SourcePtr& source = source_of(script, theme->theme);
  if (!source) return whole_file(script.sources.front());
  const auto before = [&](std::size_t at) { return offset_before_linking(source->text, script.file.bytes, at); };
  const std::size_t begin = before(offset);
  return {source, begin, std::max(before(offset + length), begin) - begin};
}

// Imports by relative URLs.
void Session::Work::check_imports() const {
  if (site.config.links == LinkCheck::off) return;
  for (const Asset& asset : assets) {
    if (asset.elsewhere.empty()) continue;
    const SourcePtr& script = source_of(asset, theme->theme);
    for (const ModuleSpecifier& specifier : asset.elsewhere) {
      if (outputs.find(specifier.output) != kNone) continue;
      const std::string source = "scripts/" + specifier.output.substr(specifier.output.find('/') + 1);
      diagnostics->add(
          {severity_of_links(site.config),
           "build/broken-link",
           place_of(specifier, script),
           "the import '" + specifier.text + "' leads to no file of the site: it would be /" + specifier.output,
           theme->theme.find(source) ? "only what stands in scripts/ itself is published: move " + source + " there"
                                     : "mend it, or add the file to scripts/; " + std::string(kLetsLinksPass),
           {}});
    }
  }
}

}  // namespace hardtop
