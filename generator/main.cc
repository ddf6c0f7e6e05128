#include "commands/run.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#ifdef HARDTOP_MIMALLOC
#include <mimalloc.h>
#endif

#ifdef HARDTOP_MIMALLOC
namespace {

// Where memory ends nothing can be made any more, a diagnostic least of all; mimalloc would end the program without a word.
void end_without_memory(int error, void* /*ignored*/) {
  if (error != ENOMEM) return;
  constexpr std::string_view kText =
      "error: out of memory\n"
      "  hint: close other programs, or look for a loop in a style sheet that does not end\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(static_cast<int>(hardtop::ExitStatus::environment_failed));
}

// A build touches its memory once, and a fault for each 4 KiB is a tenth of the system's part in it: pages of 2 MiB, where the
// system gives them to who asks (transparent_hugepage = madvise), for the memory of short-lived threads as well. What is freed
// is soon asked for again: it goes back to the system after ten seconds, for a preview that lies idle, and not after 25 ms, in
// pieces that cut the large pages into small ones.
void set_up_allocator() {
  mi_option_enable(mi_option_large_os_pages);
  mi_option_set(mi_option_eager_commit_delay, 0);
  mi_option_set(mi_option_decommit_delay, 10'000);
  mi_register_error(end_without_memory, nullptr);
}

// mimalloc takes its first 32 MiB for the libraries that are initialised before main, and earlier than they do only these run.
[[gnu::section(".preinit_array"), gnu::used]] void (*const run_before_libraries)() = set_up_allocator;

}  // namespace
#endif

int main(int argc, char** argv) {
  ::signal(SIGXFSZ, SIG_IGN);  // a file that grows over the limit (ulimit -f) is an error of its write, not the end
  hardtop::DiskFiles files;
  hardtop::Surroundings surroundings = hardtop::process_surroundings(files);
  const std::vector<std::string> arguments(argc > 0 ? argv + 1 : argv, argv + argc);
  try {
    return static_cast<int>(hardtop::run_hardtop(arguments, surroundings));
  } catch (const std::system_error& error) {  // a thread that cannot do without
    surroundings.err << "error: the system gives no more threads: " << error.code().message()
                     << "\n  hint: close other programs, or raise the limit (ulimit -u)\n";
    return static_cast<int>(hardtop::ExitStatus::environment_failed);
  }
}
