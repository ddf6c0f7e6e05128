#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace hardtop {

void for_each_index(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                    std::size_t largest_chunk) {
  const std::size_t threads = std::min<std::size_t>(count, jobs == 0 ? default_jobs() : jobs);
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }

  // Chunks keep threads from fighting over the counter; few or uneven items are handed out in smaller ones, so that
  // nobody waits for a neighbour's last chunk.
  const std::size_t chunk = std::clamp<std::size_t>(count / (threads * 8), 1, largest_chunk);
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (;;) {
      const std::size_t begin = next.fetch_add(chunk, std::memory_order_relaxed);
      if (begin >= count) return;
      const std::size_t end = std::min(begin + chunk, count);
      for (std::size_t i = begin; i < end; ++i) work(i);
    }
  };

  std::vector<std::jthread> helpers;
  helpers.reserve(threads - 1);
  try {
    while (helpers.size() + 1 < threads) helpers.emplace_back(run);
  } catch (const std::system_error&) {
    // The system gives no more threads: those that run take the work.
  }
  run();
}

unsigned default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace hardtop
