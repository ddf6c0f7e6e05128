// "13 months" in days. Seconds are exact here, so that rounding happens once: a month is 30.44 days and a year 365.25,
// as consent_config.h promises.
#include <array>

#include "base/text.h"
#include "config/consent_config.h"

namespace hardtop {

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;

struct Unit {
  std::string_view singular;
  std::int64_t seconds;
};
constexpr std::array<Unit, 7> kUnits = {{{"second", 1},
                                         {"minute", 60},
                                         {"hour", 60 * 60},
                                         {"day", kDay},
                                         {"week", 7 * kDay},
                                         {"month", 3044 * kDay / 100},
                                         {"year", 36525 * kDay / 100}}};

constexpr std::size_t kMaxDigits = 5;  // 99,999 years still fit an int of days

}  // namespace

std::optional<Lifetime> parse_lifetime(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text));
  if (lower == "session") return Lifetime{};
  if (lower == "until removed") return Lifetime{.days = 0, .permanent = true};

  const std::size_t digits = std::min(lower.find_first_not_of("0123456789"), lower.size());
  if (digits == 0 || digits > kMaxDigits) return std::nullopt;
  const std::int64_t count = std::stoll(lower.substr(0, digits));
  std::string_view unit = trim(std::string_view(lower).substr(digits));
  if (unit.ends_with('s')) unit.remove_suffix(1);
  for (const Unit& known : kUnits) {
    if (unit != known.singular) continue;
    if (count == 0) return std::nullopt;  // what ends at once is not kept; what ends with the session says so
    return Lifetime{.days = static_cast<int>((count * known.seconds + kDay - 1) / kDay), .permanent = false};
  }
  return std::nullopt;
}

}  // namespace hardtop
