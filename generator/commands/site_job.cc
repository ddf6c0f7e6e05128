#include "commands/site_job.h"

#include <algorithm>

#include <charconv>
#include <chrono>
#include <memory>

#include "base/text.h"
#include "commands/progress_line.h"
#include "commands/report.h"

namespace hardtop {

std::string seconds_text(std::chrono::steady_clock::duration duration) {
  char digits[32];
  const double seconds = std::chrono::duration<double>(duration).count();
  const auto end = std::to_chars(std::begin(digits), std::end(digits), seconds, std::chars_format::fixed, 2).ptr;
  return std::string(digits, end) + " s";
}

std::optional<std::int64_t> read_now(const GlobalOptions& global, Surroundings& surroundings) {
  const std::optional<std::string> epoch = surroundings.variable("SOURCE_DATE_EPOCH");
  if (!epoch || epoch->empty()) return surroundings.unix_time();
  std::int64_t seconds = 0;
  const char* const end = epoch->data() + epoch->size();
  const auto [stop, failure] = std::from_chars(epoch->data(), end, seconds);
  if (failure == std::errc() && stop == end && seconds >= 0) return seconds;
  print_usage_error({"the variable SOURCE_DATE_EPOCH is '" + *epoch + "'",
                     "it is a whole number of seconds since 1970-01-01; set it to one, or unset it"},
                    global.color, surroundings);
  return std::nullopt;
}

bool check_folder(const GlobalOptions& global, Surroundings& surroundings) {
  if (surroundings.files.is_folder(global.dir)) return true;
  print_usage_error(
      {"there is no folder '" + global.dir + "'", "-C names the folder that holds site.toml; see hardtop --help"},
      global.color, surroundings);
  return false;
}

std::optional<BuildOptions> build_options(const SiteOptions& site, const GlobalOptions& global,
                                          Surroundings& surroundings) {
  if (!check_folder(global, surroundings)) return std::nullopt;
  const std::optional<std::int64_t> now = read_now(global, surroundings);
  if (!now) return std::nullopt;
  BuildOptions options;
  options.site_dir = global.dir;
  options.base_url = site.base_url;
  options.development = site.development;
  options.drafts = site.drafts;
  options.future = site.future;
  options.expired = site.expired;
  options.jobs = site.jobs;
  options.now = *now;
  options.leave_memory = surroundings.ends_after_command;
  return options;
}

SiteOutcome run_site_job(const BuildOptions& options, const GlobalOptions& global, Surroundings& surroundings,
                         Diagnostics& diagnostics) {
  const auto start = surroundings.clock();
  auto line = progress_line_for(global, surroundings);
  SiteOutcome outcome;
  outcome.result =
      build_site(surroundings.files, options, diagnostics, show_progress(line.get(), global, surroundings));
  outcome.seconds = seconds_text(surroundings.clock() - start);
  line.reset();
  print_diagnostics(diagnostics, global, surroundings);
  return outcome;
}

std::string left_out_line(const LeftOutPages& pages) {
  std::string line;
  const auto add = [&](std::size_t n, std::string_view one, std::string_view many, std::string_view option) {
    if (n == 0) return;
    line += (line.empty() ? "Left out: " : ", ") + count_of(n, one, many) + " (" + std::string(option) + ")";
  };
  add(pages.drafts, "draft", "drafts", "--drafts");
  add(pages.future, "page of the future", "pages of the future", "--future");
  add(pages.expired, "expired page", "expired pages", "--expired");
  return line.empty() ? line : line + "\n";
}

void print_explain_pointer(const Diagnostics& diagnostics, const GlobalOptions& global, Surroundings& surroundings) {
  if (global.quiet || global.format != DiagnosticFormat::text) return;
  const std::vector<Diagnostic> shown = diagnostics.sorted();
  const auto errors =
      std::count_if(shown.begin(), shown.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
  for (const Diagnostic& diagnostic : shown) {
    if (diagnostic.severity != Severity::error) continue;
    surroundings.err << (errors == 1 ? "More about it" : "More about the first") << ": hardtop explain "
                     << diagnostic.id << '\n';
    return;
  }
}

}  // namespace hardtop
