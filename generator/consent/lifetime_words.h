// How long something is kept, in words of a language: "2 years", "13 Monate", "5 lat".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/consent_config.h"
#include "consent/declaration.h"

namespace hardtop {

// The plural category of a whole number (Unicode CLDR 46, plural rules, cardinal): "zero" "one" "two" "few" "many" "other". Known
// are ar, fr, ja, ko, pl, pt, th, vi, zh and what works like these; every other language has "one" for 1, "other" for the rest.
// `language` is a tag: its first part counts.
[[nodiscard]] std::string_view plural_category(std::string_view language, std::uint64_t n);

// `words` are the keys consent_UNIT_CATEGORY ("consent_years_few", with "{n}" where the number goes), consent_until_closed and
// consent_until_removed. The unit is the one that the declaration is written in: who writes "24 months" does not read "2 years". A
// form that a language lacks is its "other"; a text that is no lifetime stays as it is.
[[nodiscard]] std::string lifetime_in_words(std::string_view lifetime, const std::string& language,
                                            const Translations& words);

// Of a translation; the key itself where there is none, so that the lack is seen.
[[nodiscard]] const std::string& word(const Translations& words, const std::string& key);

}  // namespace hardtop
