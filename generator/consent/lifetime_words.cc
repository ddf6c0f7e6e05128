#include "consent/lifetime_words.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::array<std::string_view, 7> kUnits = {"second", "minute", "hour", "day", "week", "month", "year"};

}  // namespace

std::string_view plural_category(std::string_view language, std::uint64_t n) {
  const std::string tag = to_lower_ascii(language.substr(0, language.find('-')));
  const auto is = [&](std::initializer_list<std::string_view> tags) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  };
  if (is({"ja", "ko", "zh", "vi", "th", "id", "ms"})) return "other";
  if (is({"fr", "pt"})) return n <= 1 ? "one" : "other";
  const std::uint64_t tens = n % 100, ones = n % 10;
  if (tag == "pl") {
    if (n == 1) return "one";
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? "few" : "many";
  }
  if (tag == "ar") {
    if (n == 0) return "zero";
    if (n == 1) return "one";
    if (n == 2) return "two";
    if (tens >= 3 && tens <= 10) return "few";
    return tens >= 11 ? "many" : "other";
  }
  return n == 1 ? "one" : "other";
}

const std::string& word(const Translations& words, const std::string& key) {
  const auto at = words.find(key);
  return at == words.end() ? key : at->second;
}

std::string lifetime_in_words(std::string_view lifetime, const std::string& language, const Translations& words) {
  const std::string text = to_lower_ascii(trim(lifetime));
  if (text == "session") return word(words, "consent_until_closed");
  if (text == "until removed") return word(words, "consent_until_removed");
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_ascii_digit) - text.begin());
  const std::string number = text.substr(0, digits);
  std::string_view unit = trim(std::string_view(text).substr(digits));
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (number.empty() || number.size() > 9 || std::find(kUnits.begin(), kUnits.end(), unit) == kUnits.end())
    return std::string(lifetime);

  const std::string stem = "consent_" + std::string(unit) + "s_";
  std::string key = stem + std::string(plural_category(language, std::stoull(number)));
  if (!words.contains(key)) key = stem + "other";
  std::string out = word(words, key);
  const std::size_t hole = out.find("{n}");
  if (hole != std::string::npos) out.replace(hole, 3, number);
  return out;
}

}  // namespace hardtop
