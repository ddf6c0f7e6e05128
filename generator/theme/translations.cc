// Words are merged key by key, so that a site can change one word, and a theme needs no more words than it says itself.
#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "theme/theme.h"
#include "theme/theme_manifest.h"

namespace hardtop {

bool is_english(std::string_view language) {
  const std::string tag = to_lower_ascii(language);
  return tag == kFallbackLanguage || tag.starts_with("en-");
}

std::vector<std::string> languages_for(std::string_view language) {
  std::vector<std::string> chain;
  for (std::string tag = to_lower_ascii(language); !tag.empty();) {
    chain.push_back(tag);
    const std::size_t dash = tag.rfind('-');
    tag.resize(dash == std::string::npos ? 0 : dash);
  }
  if (std::find(chain.begin(), chain.end(), kFallbackLanguage) == chain.end()) chain.emplace_back(kFallbackLanguage);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

namespace {

void read_words(const SourcePtr& source, std::map<std::string, std::string>& words, Diagnostics& diagnostics) {
  std::optional<DataTable> table = parse_toml(source, diagnostics);
  if (!table) return;
  for (DataEntry& entry : *table) {
    if (!is_template_name(entry.key)) {
      diagnostics.error({source, entry.key_offset, entry.key.size()}, "theme/bad-translation",
                        "templates cannot use the key '" + entry.key + "'", "use letters, digits, '-' and '_' only");
    } else if (const std::string* text = entry.value.text()) {
      words[entry.key] = *text;
    } else {
      diagnostics.error(
          {source, entry.value.offset, entry.value.length}, "theme/bad-translation",
          "the translation of '" + entry.key + "' must be text, not " + std::string(kind_name(entry.value)),
          "write one text for each key, in quotes, without sections");
    }
  }
}

}  // namespace

std::optional<std::map<std::string, std::string>> load_translations(const Theme& theme, const std::string& language,
                                                                    Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  std::map<std::string, std::string> words;
  bool found = false;
  for (const std::string& tag : languages_for(language)) {
    const auto files = theme.translations.find(tag);
    if (files == theme.translations.end()) continue;
    found |= tag != kFallbackLanguage || is_english(language);
    for (auto source = files->second.rbegin(); source != files->second.rend(); ++source)
      read_words(*source, words, diagnostics);
  }
  if (!found && !theme.translations.empty())
    diagnostics.warning(whole_file("i18n/" + language + ".toml"), "theme/missing-translation",
                        "the theme has no words in the language '" + language + "', so it speaks English",
                        "create this file, with the words of 'hardtop explain i18n' and the theme's i18n/en.toml");
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return words;
}

}  // namespace hardtop
