// Names whose meaning lies outside of a page: the content files and output files that its links were looked up as, the
// site's files whose facts the gate asked for, and those whose bytes a tag tells of (an image's size). A page that is kept for updates keeps the names it asked for, found or not;
// when one comes to mean something else (session_reuse_pages.cc), the page is made again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace hardtop {

enum class NameKind : std::uint64_t {
  content = 0x9e3779b97f4a7c15,  // "blog/a.md", a page or a file beside one: its URL
  output = 0xc2b2ae3d27d4eb4f,   // "blog/a.html": whether there is one, and whether hardtop renders it
  facts = 0x165667b19e3779f9,    // "/count.js", a root-relative URL, decoded: what the file does
  bytes = 0x27d4eb2f165667c5,    // "img/a.png", an output file that is published as it is written: what is in it
};

// 64 bits for a name: two of a site's are the same by chance once in ten billion sites of 50,000 names.
using AskedName = std::uint64_t;
using AskedNames = std::vector<AskedName>;

[[nodiscard]] inline AskedName asked_name(NameKind kind, std::string_view name) {
  return hash64(name) ^ static_cast<std::uint64_t>(kind);
}
// Nobody keeps names in a build that ends with itself: then `to` is null.
inline void note_asked(AskedNames* to, NameKind kind, std::string_view name) {
  if (to) to->push_back(asked_name(kind, name));
}

inline void sort_names(AskedNames& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  names.shrink_to_fit();
}

}  // namespace hardtop
