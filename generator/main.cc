#include "commands/run.h"

#ifdef HARDTOP_MIMALLOC
#include <mimalloc.h>
#endif

int main(int argc, char** argv) {
#ifdef HARDTOP_MIMALLOC
  // A build touches its memory once, and a fault for each 4 KiB is a tenth of the system's part in it: pages of 2 MiB, where the
  // system gives them to who asks (transparent_hugepage = madvise), for the memory of short-lived threads as well.
  mi_option_enable(mi_option_large_os_pages);
  mi_option_set(mi_option_eager_commit_delay, 0);
#endif
  hardtop::DiskFiles files;
  hardtop::Surroundings surroundings = hardtop::process_surroundings(files);
  const std::vector<std::string> arguments(argc > 0 ? argv + 1 : argv, argv + argc);
  return static_cast<int>(hardtop::run_hardtop(arguments, surroundings));
}
