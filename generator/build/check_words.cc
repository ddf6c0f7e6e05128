#include "build/check_words.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/suggest.h"
#include "base/toml.h"

namespace hardtop {

namespace {

constexpr std::string_view kOwnFolder = "i18n/";  // the site's: a theme's files are shown with the theme's folder
constexpr std::string_view kOfConsent = "consent_";
constexpr std::string_view kSaidByHardtop[] = {"date_long", "months", "not_found_title"};
constexpr std::size_t kMostNamed = 8;

bool is_own(const SourcePtr& source) { return source->path.starts_with(kOwnFolder); }

// The words of one file, which has been read without an error.
DataTable words_in(const SourcePtr& source) {
  Diagnostics ignored;
  return parse_toml(source, ignored).value_or(DataTable());
}

bool is_said(const CompiledTheme& theme, std::string_view key) {
  return std::ranges::find(kSaidByHardtop, key) != std::end(kSaidByHardtop) || is_read(theme, "t", key);
}

void check_missing(const CompiledTheme& theme, const std::string& language, bool asks, Diagnostics& diagnostics) {
  if (is_english(language)) return;
  std::set<std::string, std::less<>> known;
  bool has_file = false;
  for (const std::string& tag : languages_for(language)) {
    const auto files = theme.theme.translations.find(tag);
    if (files == theme.theme.translations.end() || tag == kFallbackLanguage) continue;
    has_file = true;
    for (const SourcePtr& source : files->second)
      for (DataEntry& word : words_in(source)) known.insert(std::move(word.key));
  }
  if (!has_file) return;
  std::vector<std::string_view> missing;
  for (const auto& [key, text] : theme.translations) {
    if (known.contains(key)) continue;
    if (key.starts_with(kOfConsent) ? asks : is_said(theme, key)) missing.push_back(key);
  }
  if (missing.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(missing.size(), kMostNamed); ++i)
    names += (i > 0 ? ", " : "") + std::string(missing[i]);
  if (missing.size() > kMostNamed) names += " and " + std::to_string(missing.size() - kMostNamed) + " more";
  const bool is_one = missing.size() == 1;
  diagnostics.warning(
      whole_file(std::string(kOwnFolder) + language + ".toml"), "theme/missing-translation",
      (is_one ? "a word is in English, since there is none in the language '"
              : std::to_string(missing.size()) + " words are in English, since there are none in the language '") +
          language + "': " + names,
      (is_one ? "add it to this file" : "add them to this file") +
          std::string(
              "; the English is in the theme's i18n/en.toml, and of hardtop's own words in 'hardtop explain i18n'"));
}

void check_unknown(const CompiledTheme& theme, Diagnostics& diagnostics) {
  std::set<std::string, std::less<>> known;
  for (const auto& [language, files] : theme.theme.translations) {
    if (std::ranges::none_of(files, is_own)) continue;
    for (const std::string& tag : languages_for(language))
      if (const auto found = theme.theme.translations.find(tag); found != theme.theme.translations.end())
        for (const SourcePtr& source : found->second)
          if (!is_own(source))
            for (DataEntry& word : words_in(source)) known.insert(std::move(word.key));
  }
  for (const auto& [language, files] : theme.theme.translations)
    for (const SourcePtr& source : files) {
      if (!is_own(source)) continue;
      for (const DataEntry& word : words_in(source)) {
        if (known.contains(word.key) || is_said(theme, word.key)) continue;
        const std::string_view near = nearest(word.key, {known.begin(), known.end()});
        diagnostics.warning({source, word.key_offset, word.key.size()}, "theme/unknown-translation",
                            "no template says the word '" + word.key + "'",
                            near.empty() ? "print it with {{t." + word.key + "}}, or remove it"
                                         : "did you mean '" + std::string(near) + "'?");
      }
    }
}

}  // namespace

void check_words(const CompiledTheme& theme, const std::string& language, bool asks, Diagnostics& diagnostics) {
  check_missing(theme, language, asks, diagnostics);
  check_unknown(theme, diagnostics);
}

}  // namespace hardtop
