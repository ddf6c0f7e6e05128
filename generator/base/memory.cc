#include "base/memory.h"

// Of mimalloc.h, which the library does without: tests and sanitizers bring allocators of their own.
extern "C" [[gnu::weak]] void mi_collect(bool force) noexcept;

namespace hardtop {

void collect_memory() {
  if (mi_collect) mi_collect(false);
}

void give_memory_back() {
  if (mi_collect) mi_collect(true);
}

}  // namespace hardtop
