// The scenario: one site of a given size, built by turns with hardtop and with Hugo.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/process.h"

namespace bench {

// What one thing took, run by run.
using Costs = std::vector<Cost>;

// The output of a program: that both do the same job shows here.
struct Output {
  std::size_t html_files = 0;
  std::size_t files = 0;
  double mb = 0;
};

struct Result {
  std::size_t pages = 0;
  Costs hardtop, unchanged, one_changed, copy, hugo;
  Output hardtop_output, hugo_output;
};

struct Programs {
  std::string hardtop;
  std::string hugo;  // "" is: hardtop alone
};

// site.toml and content/ of such a site, below `folder`.
void write_hardtop_site(const std::filesystem::path& folder, std::size_t pages);

// Writes a site of `pages` pages into `scratch`, builds it `runs` times, and removes it. Throws std::runtime_error when
// a program fails or leaves pages out.
Result measure(const Programs& programs, std::size_t pages, std::size_t runs, const std::filesystem::path& scratch);

}  // namespace bench
