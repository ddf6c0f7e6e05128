#include "commands/run.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "commands/command_table.h"
#include "commands/fake_surroundings.h"
#include "commands/help.h"

using namespace hardtop;

TEST_CASE("wrong usage ends with status 2 and prints nothing on stdout") {
  FakeProcess process;
  CHECK(process.run({"buidl"}) == 2);
  CHECK(process.out.str().empty());
  CHECK(process.err.str() ==
        "error: there is no command 'buidl'\n"
        "  hint: did you mean 'build'? See hardtop --help\n");
}

TEST_CASE("a folder that -C names must exist") {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"build"}, {"check"}, {"new", "site", "x"}, {"new", "page", "x"}}) {
    FakeProcess process(Contents{{"other", ""}});
    std::vector<std::string> arguments = {"-C", "nowhere"};
    arguments.insert(arguments.end(), command.begin(), command.end());
    CHECK(process.run(arguments) == 2);
    CHECK(process.err.str() ==
          "error: there is no folder 'nowhere'\n"
          "  hint: -C names the folder that holds site.toml; see hardtop --help\n");
  }
}

TEST_CASE("a SOURCE_DATE_EPOCH that is no time is wrong usage") {
  for (const char* value : {"yesterday", "12x", "-5", "1.5", "99999999999999999999"}) {
    FakeProcess process(Contents{{"site.toml", ""}});
    process.variables["SOURCE_DATE_EPOCH"] = value;
    CHECK(process.run({"build"}) == 2);
    CHECK(process.err.str() ==
          "error: the variable SOURCE_DATE_EPOCH is '" + std::string(value) +
              "'\n"
              "  hint: it is a whole number of seconds since 1970-01-01; set it to one, or unset it\n");
  }
}

TEST_CASE("output that cannot be written is a failure of the environment") {
  FakeProcess process;
  process.out.setstate(std::ios::badbit);
  CHECK(process.run({"--version"}) == 3);
  CHECK(process.err.str() == "error: cannot write to standard output\n");
}

TEST_CASE("the version is the project's") {
  FakeProcess process;
  CHECK(process.run({"--version"}) == 0);
  CHECK(process.out.str() == "hardtop " HARDTOP_VERSION "\n");
}

TEST_CASE("every help names each of its options and fits 80 columns") {
  std::vector<std::string> topics = {"", "new"};
  for (const CommandSpec& command : command_table()) topics.emplace_back(command.name);
  for (const std::string& topic : topics) {
    CAPTURE(topic);
    const std::string help = help_text(topic);
    CHECK(help.ends_with("\n"));
    for (const std::string_view line : split(help, '\n')) {
      CAPTURE(line);
      CHECK(display_width(line) <= 80);
    }
    const CommandSpec* command = find_command(topic);
    if (!command) continue;
    for (const OptionSpec& option : command->options)
      CHECK(help.find("  " + std::string(option.name)) != std::string::npos);
    for (const OptionSpec& option : global_options())
      CHECK(help.find("  " + std::string(option.name)) != std::string::npos);
    CHECK_FALSE(command->examples.empty());
  }
}

TEST_CASE("every example of a help is a command line that is accepted") {
  for (const CommandSpec& command : command_table())
    for (const Example& example : command.examples) {
      CAPTURE(example.command);
      // Arguments as a shell splits them: quotes hold words together, a redirection is the shell's.
      std::vector<std::string> arguments(1);
      bool in_quotes = false;
      for (const char c : example.command.substr(0, example.command.find(" > "))) {
        if (c == '"')
          in_quotes = !in_quotes;
        else if (c == ' ' && !in_quotes)
          arguments.emplace_back();
        else
          arguments.back() += c;
      }
      REQUIRE(arguments.front() == "hardtop");
      arguments.erase(arguments.begin());
      const auto parsed = parse_command_line(arguments);
      CHECK(std::holds_alternative<Invocation>(parsed));
    }
}
