#include "build/dependencies.h"

#include <algorithm>

namespace hardtop {

Dependencies::Node Dependencies::node(std::string_view name) {
  const auto [at, is_new] = by_name_.try_emplace(std::string(name), static_cast<Node>(names_.size()));
  if (is_new) names_.emplace_back(name);
  return at->second;
}

void Dependencies::finish() {
  std::sort(edges_.begin(), edges_.end());
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
}

std::vector<std::string> Dependencies::outputs_of(std::string_view path) const {
  std::vector<std::string> out;
  const auto start = by_name_.find(std::string(path));
  if (start == by_name_.end()) return out;
  std::vector<bool> seen(names_.size());
  std::vector<Node> open{start->second};
  seen[start->second] = true;
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (names_[node].starts_with("> ")) out.push_back(names_[node].substr(2));
    for (auto edge = std::lower_bound(edges_.begin(), edges_.end(), Edge{node, 0});
         edge != edges_.end() && edge->input == node; ++edge)
      if (!seen[edge->dependent]) {
        seen[edge->dependent] = true;
        open.push_back(edge->dependent);
      }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace hardtop
