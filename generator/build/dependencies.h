// What depends on what: the record that a build makes and the preview server asks. Nodes are named; an edge says "if
// this changes, that has to be made again". Input files carry the names that diagnostics show ("content/a.md",
// "../themes/mini/layouts/page.mustache", "site.toml"); output files carry "> " and their path ("> blog/index.html");
// what stands between them (a template, a page's card, the whole site) has names of its own that begin with "~".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hardtop {

class Dependencies {
 public:
  using Node = std::uint32_t;

  [[nodiscard]] Node node(std::string_view name);
  void add(Node input, Node dependent) { edges_.push_back({input, dependent}); }
  // Sorts the edges; to be called when all are added.
  void finish();

  // Output files, without the mark, that a change of `path` may change: sorted. Empty for a path nothing depends on.
  [[nodiscard]] std::vector<std::string> outputs_of(std::string_view path) const;
  [[nodiscard]] std::size_t edge_count() const { return edges_.size(); }

  [[nodiscard]] static std::string output_name(std::string_view path) { return "> " + std::string(path); }

 private:
  struct Edge {
    Node input, dependent;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };
  std::vector<std::string> names_;
  std::unordered_map<std::string, Node> by_name_;
  std::vector<Edge> edges_;
};

}  // namespace hardtop
