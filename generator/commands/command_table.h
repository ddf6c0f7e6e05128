// What hardtop can be asked to do, written once: the parser (command_line.cc) and the help texts (help.cc) are made
// from this table, so that they cannot disagree.
#pragma once

#include <string_view>
#include <vector>

namespace hardtop {

struct OptionSpec {
  std::string_view name;   // "--output", "-C"
  std::string_view value;  // what stands for its value in the help: "DIR"; empty: a flag
  std::string_view about;  // may have several lines
};

struct Example {
  std::string_view command;
  std::string_view about;
};

struct CommandSpec {
  std::string_view name;      // "build", "new site"
  std::string_view argument;  // "NAME"; "[ID]" where it may be left out; empty: takes none
  std::string_view summary;   // one line, for the list of commands
  std::string_view about;     // paragraphs, wrapped at 78 columns
  std::vector<OptionSpec> options;
  std::vector<Example> examples;
  std::string_view next;  // where to go from here
};

[[nodiscard]] const std::vector<CommandSpec>& command_table();  // in the order of the help
[[nodiscard]] const CommandSpec* find_command(std::string_view name);

// Options of every command.
[[nodiscard]] const std::vector<OptionSpec>& global_options();

// Commands and options that the design has and this version has not: naming one is an error that says so.
[[nodiscard]] const std::vector<std::string_view>& commands_not_built_yet();  // "serve", "new service"
struct MissingOption {
  std::string_view command;
  std::string_view option;
};
[[nodiscard]] const std::vector<MissingOption>& options_not_built_yet();

}  // namespace hardtop
