#include "commands/help.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "commands/command_table.h"

namespace hardtop {
namespace {

using Rows = std::vector<std::pair<std::string, std::string_view>>;

// A heading and two columns; a row's further lines stand below its second column.
void append_section(std::string& out, std::string_view heading, const Rows& rows) {
  if (rows.empty()) return;
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.first.size());
  out.append("\n").append(heading).append(":\n");
  for (const auto& [left, about] : rows) {
    std::string label = left;
    for (const std::string_view line : split(about, '\n')) {
      label.resize(width, ' ');
      out.append("  ").append(label).append("  ").append(line).append("\n");
      label.clear();
    }
  }
}

Rows option_rows(const std::vector<OptionSpec>& options) {
  Rows rows;
  for (const OptionSpec& option : options) {
    std::string label(option.name);
    if (!option.value.empty()) label.append(" ").append(option.value);
    rows.emplace_back(std::move(label), option.about);
  }
  return rows;
}

std::string label_of(const CommandSpec& command) {
  std::string label(command.name);
  if (!command.argument.empty()) label.append(" ").append(command.argument);
  return label;
}

Rows command_rows(std::string_view prefix) {
  Rows rows;
  for (const CommandSpec& command : command_table())
    if (command.name.starts_with(prefix)) rows.emplace_back(label_of(command), command.summary);
  return rows;
}

void append_exit_statuses(std::string& out) {
  append_section(out, "Exit status",
                 {{"0", "fine"},
                  {"1", "the site has errors"},
                  {"2", "wrong usage"},
                  {"3", "the environment failed: disk, network or browser"}});
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

std::string program_help() {
  std::string out =
      "hardtop makes a static website from Markdown, Mustache templates and Sass.\n"
      "\n"
      "Usage: hardtop [-C DIR] COMMAND [OPTIONS]\n";
  append_section(out, "Commands", command_rows(""));
  append_section(out, "Options of every command, before or after its name", option_rows(global_options()));
  append_section(out, "A first site",
                 {{"hardtop new site my-site", "makes my-site/ with two pages"},
                  {"hardtop -C my-site serve", "shows it while you edit"},
                  {"hardtop -C my-site build", "writes my-site/public/"},
                  {"hardtop -C my-site new page about", "adds content/about.md"}});
  append_section(out, "Variables",
                 {{"NO_COLOR", "no colours where --color is auto"},
                  {"CLICOLOR_FORCE", "colours where --color is auto, in a pipe, too"},
                  {"SOURCE_DATE_EPOCH", "the time that counts as now, in seconds since 1970"}});
  append_exit_statuses(out);
  out += "\nNot in this version yet: " + joined(commands_not_built_yet()) + ".\n";
  out += "More about a command: hardtop COMMAND --help\n";
  return out;
}

std::string new_help() {
  std::string out =
      "hardtop new: make a site, a page or a service to start from\n"
      "\n"
      "Usage: hardtop [-C DIR] new site NAME\n"
      "       hardtop [-C DIR] new page NAME\n"
      "       hardtop [-C DIR] new service [NAME]\n";
  append_section(out, "Commands", command_rows("new "));
  Rows examples;
  for (const CommandSpec& command : command_table())
    if (command.name.starts_with("new "))
      for (const Example& example : command.examples) examples.emplace_back(example.command, example.about);
  append_section(out, "Examples", examples);
  append_exit_statuses(out);
  out += "\nMore about one: hardtop new site --help, and so on\n";
  return out;
}

std::string command_help(const CommandSpec& command) {
  std::string out = "hardtop ";
  out.append(command.name).append(": ").append(command.summary).append("\n\nUsage: hardtop [-C DIR] ");
  out.append(label_of(command)).append(" [OPTIONS]\n\n").append(command.about).append("\n");
  append_section(out, "Options", option_rows(command.options));
  append_section(out, "Options of every command, before or after its name", option_rows(global_options()));
  Rows examples;
  for (const Example& example : command.examples) examples.emplace_back(example.command, example.about);
  append_section(out, "Examples", examples);
  append_exit_statuses(out);
  if (!command.next.empty()) out.append("\n").append(command.next).append("\n");
  return out;
}

}  // namespace

std::string help_text(std::string_view topic) {
  if (topic == "new") return new_help();
  const CommandSpec* command = find_command(topic);
  return command ? command_help(*command) : program_help();
}

std::string version_text() { return "hardtop " HARDTOP_VERSION "\n"; }

}  // namespace hardtop
