#include "commands/run.h"

#ifdef HARDTOP_MIMALLOC
#include <mimalloc.h>
#endif

#ifdef HARDTOP_MIMALLOC
namespace {

// A build touches its memory once, and a fault for each 4 KiB is a tenth of the system's part in it: pages of 2 MiB, where the
// system gives them to who asks (transparent_hugepage = madvise), for the memory of short-lived threads as well. What is freed
// is soon asked for again: it goes back to the system after ten seconds, for a preview that lies idle, and not after 25 ms, in
// pieces that cut the large pages into small ones.
void set_up_allocator() {
  mi_option_enable(mi_option_large_os_pages);
  mi_option_set(mi_option_eager_commit_delay, 0);
  mi_option_set(mi_option_decommit_delay, 10'000);
}

// mimalloc takes its first 32 MiB for the libraries that are initialised before main, and earlier than they do only these run.
[[gnu::section(".preinit_array"), gnu::used]] void (*const run_before_libraries)() = set_up_allocator;

}  // namespace
#endif

int main(int argc, char** argv) {
  hardtop::DiskFiles files;
  hardtop::Surroundings surroundings = hardtop::process_surroundings(files);
  const std::vector<std::string> arguments(argc > 0 ? argv + 1 : argv, argv + argc);
  return static_cast<int>(hardtop::run_hardtop(arguments, surroundings));
}
