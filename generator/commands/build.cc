#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "commands/site_job.h"

namespace hardtop {
namespace {

// "Built public: 12 pages, 25 files (3 changed, 0 removed) in 0.04 s, 18 MB"
std::string summary_line(const BuildSummary& summary, const std::string& output, const std::string& seconds,
                         std::uint64_t peak_memory) {
  return "Built " + output + ": " + count_of(summary.pages, "page", "pages") + ", " +
         count_of(summary.files, "file", "files") + " (" + count_of(summary.changed, "changed", "changed") + ", " +
         count_of(summary.removed, "removed", "removed") + ") in " + seconds + ", " +
         std::to_string((peak_memory + 500'000) / 1'000'000) + " MB\n";
}

// "Compressed 20 files: 120.3 kB, gzip 34.2 kB, brotli 30.1 kB (2 anew)"
std::string compressed_line(const CompressedSummary& summary) {
  if (summary.files == 0) return "";
  const std::string gzip = summary.gzip_bytes == 0 ? "" : ", gzip " + bytes_text(summary.gzip_bytes);
  const std::string brotli = summary.brotli_bytes == 0 ? "" : ", brotli " + bytes_text(summary.brotli_bytes);
  return "Compressed " + count_of(summary.files, "file", "files") + ": " + bytes_text(summary.plain_bytes) + gzip +
         brotli + " (" + count_of(summary.made, "anew", "anew") + ")\n";
}

}  // namespace

ExitStatus run_build(const BuildCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  std::optional<BuildOptions> options = build_options(command.site, global, surroundings);
  if (!options) return ExitStatus::wrong_usage;
  options->output_dir = command.output;

  Diagnostics diagnostics;
  const SiteOutcome outcome = run_site_job(*options, global, surroundings, diagnostics);
  switch (outcome.result.status) {
    case BuildStatus::built: {
      print_closing_line(diagnostics, "", global, surroundings);
      const std::string output = command.output.empty() ? join_path(global.dir, "public") : command.output;
      const std::string& hosts = outcome.result.summary.host_files;
      print_summary(summary_line(outcome.result.summary, output, outcome.seconds, surroundings.peak_memory()) +
                        left_out_line(outcome.result.summary.left_out) +
                        compressed_line(outcome.result.summary.compressed) +
                        (hosts.empty() ? "" : "For the server: " + hosts + "\n"),
                    global, surroundings);
      return ExitStatus::fine;
    }
    case BuildStatus::site_has_errors:
      print_closing_line(diagnostics, "; nothing was written", global, surroundings);
      print_explain_pointer(diagnostics, global, surroundings);
      return ExitStatus::site_has_errors;
    case BuildStatus::environment_failed:
      break;
  }
  const std::vector<Diagnostic> found = diagnostics.sorted();
  const bool has_begun =
      std::any_of(found.begin(), found.end(), [](const auto& d) { return d.id == "build/write-failed"; });
  print_closing_line(diagnostics,
                     has_begun ? "; the output is incomplete until the next build" : "; nothing was written", global,
                     surroundings);
  print_explain_pointer(diagnostics, global, surroundings);
  return ExitStatus::environment_failed;
}

}  // namespace hardtop
