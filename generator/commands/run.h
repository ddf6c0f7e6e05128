// The program, but for the process that it runs in.
#pragma once

#include <string>
#include <vector>

#include "commands/command_line.h"
#include "commands/surroundings.h"

namespace hardtop {

// Does what the arguments (without the program's name) ask for. Output that cannot be written is environment_failed.
[[nodiscard]] ExitStatus run_hardtop(const std::vector<std::string>& arguments, Surroundings& surroundings);

}  // namespace hardtop
