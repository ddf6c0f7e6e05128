// Work on all cores: an atomic counter handed out in chunks (DEPENDENCIES.md: no library does better here).
#pragma once

#include <cstddef>
#include <functional>

namespace hardtop {

// Calls work(i) for every i in [0, count), on `jobs` threads (the calling one included), and returns when all are done.
// Each i is worked on once; the order is not defined. work must not throw. jobs 0 means one a core.
// Threads take `largest_chunk` neighbours at a time (fewer where there are few): more where neighbours share something that
// threads would fight over, such as a folder.
void for_each_index(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                    std::size_t largest_chunk = 32);

[[nodiscard]] unsigned default_jobs();

}  // namespace hardtop
