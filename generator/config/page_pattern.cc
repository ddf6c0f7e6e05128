#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "config/consent_config.h"

namespace hardtop {

namespace {

using Parts = std::vector<std::string_view>;

Parts parts_of(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path.empty() ? Parts{} : split(path, '/');
}

// Whether `pattern` is the whole of `items`, where an element that `is_star` stands for any number of items. Goes back to
// the last star alone, which is enough: an earlier one could not do better.
template <typename Pattern, typename Items, typename IsStar, typename Fits>
bool matches(const Pattern& pattern, const Items& items, IsStar is_star, Fits fits) {
  std::size_t p = 0, i = 0, star = pattern.size(), resume = 0;
  while (i < items.size()) {
    if (p < pattern.size() && is_star(pattern[p])) {
      star = p++;
      resume = i;
    } else if (p < pattern.size() && fits(pattern[p], items[i])) {
      ++p;
      ++i;
    } else if (star < pattern.size()) {
      p = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && is_star(pattern[p])) ++p;
  return p == pattern.size();
}

}  // namespace

bool matches_stars(std::string_view pattern, std::string_view text) {
  return matches(
      pattern, text, [](char c) { return c == '*'; }, [](char a, char b) { return a == b; });
}

bool matches_page(std::string_view pattern, std::string_view url) {
  if (pattern == "/**") return true;
  const std::string wanted = decode_percent(pattern), path = decode_percent(url);
  return matches(
      parts_of(wanted), parts_of(path), [](std::string_view part) { return part == "**"; }, matches_stars);
}

}  // namespace hardtop
