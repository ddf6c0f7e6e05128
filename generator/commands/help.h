// What --help prints, made from command_table.h.
#pragma once

#include <string>
#include <string_view>

namespace hardtop {

// `topic` is a command's name ("build", "new site"), "new", or "" for the program.
[[nodiscard]] std::string help_text(std::string_view topic);

// "hardtop 0.1.0\n"
[[nodiscard]] std::string version_text();

}  // namespace hardtop
