#include "base/suggest.h"

#include <algorithm>

#include "base/text.h"

namespace hardtop {

namespace {

// Optimal string alignment: insert, delete, replace, swap two neighbours. Three rows of the table are enough. Distances from `far` on
// are all the same.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t far) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  std::size_t nearest_before = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    // A row is made of the two above it, and nothing in it is nearer than they are.
    const std::size_t nearest_here = *std::ranges::min_element(row);
    if (std::min(nearest_before, nearest_here) >= far) return far;
    nearest_before = nearest_here;
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& vocabulary) {
  const std::string wanted = to_lower_ascii(word);
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : vocabulary) {
    const std::size_t gap =
        candidate.size() > wanted.size() ? candidate.size() - wanted.size() : wanted.size() - candidate.size();
    if (gap >= best_distance) continue;  // cannot be nearer
    const std::size_t distance = edit_distance(wanted, to_lower_ascii(candidate), best_distance);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& vocabulary) {
  if (vocabulary.empty()) return "";
  if (const std::string_view near = nearest(word, vocabulary); !near.empty()) {
    return "did you mean '" + std::string(near) + "'?";
  }
  constexpr std::size_t kAtMost = 12;
  std::string list = "one of: ";
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    if (i != 0) list += ", ";
    if (i == kAtMost) {
      list += "…";
      break;
    }
    list += vocabulary[i];
  }
  return list;
}

}  // namespace hardtop
