#include "base/text.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "commands/site_job.h"

namespace hardtop {

ExitStatus run_check(const CheckCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  std::optional<BuildOptions> options = build_options(command.site, global, surroundings);
  if (!options) return ExitStatus::wrong_usage;
  options->write = false;

  Diagnostics diagnostics;
  const SiteOutcome outcome = run_site_job(*options, global, surroundings, diagnostics);
  print_closing_line(diagnostics, "", global, surroundings);
  if (outcome.result.status == BuildStatus::built) {
    print_summary(count_of(outcome.result.summary.pages, "page", "pages") + " checked, no errors in " +
                      outcome.seconds + "\n" + left_out_line(outcome.result.summary.left_out),
                  global, surroundings);
    return ExitStatus::fine;
  }
  print_explain_pointer(diagnostics, global, surroundings);
  return outcome.result.status == BuildStatus::site_has_errors ? ExitStatus::site_has_errors
                                                               : ExitStatus::environment_failed;
}

}  // namespace hardtop
