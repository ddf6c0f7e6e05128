// "Did you mean": the nearest word of a closed vocabulary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// The word at the smallest edit distance (Damerau-Levenshtein, case ignored), when it is at most a third of the length
// (and at least 1); of equals the first. Empty when nothing is near.
[[nodiscard]] std::string_view nearest(std::string_view word, const std::vector<std::string_view>& vocabulary);

// "did you mean 'x'?" or, where nothing is near, "one of: a, b, c" (at most twelve, then "…"); empty without
// vocabulary.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string_view>& vocabulary);

}  // namespace hardtop
