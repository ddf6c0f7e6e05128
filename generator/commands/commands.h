// The subcommands, a file each. They print what they found and made, and give the exit status.
#pragma once

#include "commands/command_line.h"
#include "commands/surroundings.h"

namespace hardtop {

[[nodiscard]] ExitStatus run_build(const BuildCommand& command, const GlobalOptions& global,
                                   Surroundings& surroundings);
[[nodiscard]] ExitStatus run_serve(const ServeCommand& command, const GlobalOptions& global,
                                   Surroundings& surroundings);
[[nodiscard]] ExitStatus run_check(const CheckCommand& command, const GlobalOptions& global,
                                   Surroundings& surroundings);
[[nodiscard]] ExitStatus run_deploy(const DeployCommand& command, const GlobalOptions& global,
                                    Surroundings& surroundings);
[[nodiscard]] ExitStatus run_lock(const LockCommand& command, const GlobalOptions& global, Surroundings& surroundings);
[[nodiscard]] ExitStatus run_new_site(const NewSiteCommand& command, const GlobalOptions& global,
                                      Surroundings& surroundings);
[[nodiscard]] ExitStatus run_new_page(const NewPageCommand& command, const GlobalOptions& global,
                                      Surroundings& surroundings);
[[nodiscard]] ExitStatus run_new_service(const NewServiceCommand& command, const GlobalOptions& global,
                                         Surroundings& surroundings);
[[nodiscard]] ExitStatus run_explain(const ExplainCommand& command, const GlobalOptions& global,
                                     Surroundings& surroundings);

}  // namespace hardtop
