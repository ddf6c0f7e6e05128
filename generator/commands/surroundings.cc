#include "commands/surroundings.h"

#include <link.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace hardtop {

namespace {

// The user, and the stamps of the program's file and of every library that it runs with.
std::string loaded_program() {
  std::string all = std::to_string(::geteuid());
  const auto add = [](dl_phdr_info* info, std::size_t, void* to) {
    const std::string_view name = info->dlpi_name ? info->dlpi_name : "";
    if (!name.empty() && name.find('/') == std::string_view::npos) return 0;  // the kernel's own: no file
    const std::string path = name.empty() ? "/proc/self/exe" : std::string(name);
    static_cast<std::string*>(to)->append(" ").append(std::to_string(DiskFiles().stamp(path).value));
    return 0;
  };
  ::dl_iterate_phdr(add, &all);
  return hash128_hex(all);
}

}  // namespace

Surroundings process_surroundings(Files& files) {
  Surroundings surroundings{.files = files,
                            .out = std::cout,
                            .err = std::cerr,
                            .err_is_terminal = isatty(STDERR_FILENO) == 1,
                            .columns = 80,
                            .variable = {},
                            .clock = [] { return std::chrono::steady_clock::now(); },
                            .unix_time = [] { return static_cast<std::int64_t>(std::time(nullptr)); },
                            .peak_memory = {},
                            .current_folder = {},
                            .end_now = {},
                            .time_of_day = {},
                            .program = {}};
  surroundings.variable = [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    if (!value) return std::nullopt;
    return value;
  };
  surroundings.peak_memory = []() -> std::uint64_t {
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // getrusage(2): kilobytes
  };
  surroundings.current_folder = [] {
    std::error_code failure;
    return std::filesystem::current_path(failure).string();
  };
  surroundings.time_of_day = [] {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    char text[16] = "";
    if (localtime_r(&now, &local)) std::strftime(text, sizeof text, "%H:%M:%S", &local);
    return std::string(text);
  };
  surroundings.program = [] { return loaded_program(); };
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they look for leaks
  surroundings.ends_after_command = true;
  surroundings.end_now = [](int status) {
    std::cout.flush();
    std::cerr.flush();
    std::_Exit(status);
  };
#endif
  winsize size{};
  if (surroundings.err_is_terminal && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    surroundings.columns = size.ws_col;
  return surroundings;
}

}  // namespace hardtop
