// The benchmark's site: the same words whenever and wherever it is written.
#pragma once

#include <cstddef>
#include <filesystem>

namespace bench {

// Who will read it. Only the form of the links between pages differs: "page-00007.md", which hardtop resolves and
// checks, or "../page-00007/", which Hugo passes through.
enum class Reader { hardtop, hugo };

// Writes `pages` pages of about 3.3 KB into sections of 100 below `folder`: folder/section-001/page-00001.md and so on,
// with an _index.md a section and one for the home page. Throws std::filesystem::filesystem_error or
// std::runtime_error.
void write_corpus(const std::filesystem::path& folder, std::size_t pages, Reader reader);

// The path below `folder` of a page, counted from 0.
std::filesystem::path page_path(std::size_t page);

}  // namespace bench
