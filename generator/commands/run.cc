#include "commands/run.h"

#include "commands/commands.h"
#include "commands/help.h"
#include "commands/report.h"

namespace hardtop {
namespace {

struct Runner {
  const GlobalOptions& global;
  Surroundings& surroundings;

  ExitStatus operator()(const BuildCommand& command) const { return run_build(command, global, surroundings); }
  ExitStatus operator()(const ServeCommand& command) const { return run_serve(command, global, surroundings); }
  ExitStatus operator()(const CheckCommand& command) const { return run_check(command, global, surroundings); }
  ExitStatus operator()(const DeployCommand& command) const { return run_deploy(command, global, surroundings); }
  ExitStatus operator()(const LockCommand& command) const { return run_lock(command, global, surroundings); }
  ExitStatus operator()(const NewSiteCommand& command) const { return run_new_site(command, global, surroundings); }
  ExitStatus operator()(const NewPageCommand& command) const { return run_new_page(command, global, surroundings); }
  ExitStatus operator()(const NewServiceCommand& command) const {
    return run_new_service(command, global, surroundings);
  }
  ExitStatus operator()(const ExplainCommand& command) const { return run_explain(command, global, surroundings); }
  ExitStatus operator()(const HelpCommand& command) const {
    surroundings.out << help_text(command.topic);
    return ExitStatus::fine;
  }
  ExitStatus operator()(const VersionCommand&) const {
    surroundings.out << version_text();
    return ExitStatus::fine;
  }
};

}  // namespace

ExitStatus run_hardtop(const std::vector<std::string>& arguments, Surroundings& surroundings) {
  const std::variant<Invocation, UsageError> parsed = parse_command_line(arguments);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    print_usage_error(*error, ColorChoice::automatic, surroundings);
    return ExitStatus::wrong_usage;
  }
  const Invocation& invocation = std::get<Invocation>(parsed);
  const ExitStatus status = std::visit(Runner{invocation.global, surroundings}, invocation.command);
  surroundings.out.flush();
  if (surroundings.out.fail()) {
    surroundings.err << "error: cannot write to standard output\n";
    return ExitStatus::environment_failed;
  }
  return status;
}

}  // namespace hardtop
