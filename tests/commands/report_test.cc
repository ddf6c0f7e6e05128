#include "commands/report.h"

#include <doctest/doctest.h>

#include "commands/fake_surroundings.h"

using namespace hardtop;

TEST_CASE("colour is a choice of the command line, then of variables, then of the terminal") {
  struct Case {
    ColorChoice choice;
    bool terminal;
    std::map<std::string, std::string> variables;
    bool color;
  };
  const std::vector<Case> cases = {
      {ColorChoice::automatic, false, {}, false},
      {ColorChoice::automatic, true, {}, true},
      {ColorChoice::automatic, true, {{"TERM", "dumb"}}, false},
      {ColorChoice::automatic, true, {{"NO_COLOR", "1"}}, false},
      {ColorChoice::automatic, true, {{"NO_COLOR", ""}}, true},
      {ColorChoice::automatic, false, {{"CLICOLOR_FORCE", "1"}}, true},
      {ColorChoice::automatic, false, {{"CLICOLOR_FORCE", "0"}}, false},
      {ColorChoice::automatic, false, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}, false},
      {ColorChoice::always, false, {{"NO_COLOR", "1"}}, true},
      {ColorChoice::never, true, {{"CLICOLOR_FORCE", "1"}}, false},
  };
  for (const Case& c : cases) {
    FakeProcess process;
    process.err_is_terminal = c.terminal;
    process.variables = c.variables;
    CHECK(use_color(c.choice, process.surroundings()) == c.color);
  }
}

TEST_CASE("the closing line counts errors and warnings, and leaves out what there is none of") {
  Diagnostics found;
  CHECK(count_text(found).empty());
  found.warning(whole_file("a.md"), "x/y", "odd");
  CHECK(count_text(found) == "1 warning");
  found.error(whole_file("b.md"), "x/y", "wrong");
  CHECK(count_text(found) == "1 error, 1 warning");
  found.error(whole_file("c.md"), "x/y", "wrong");
  CHECK(count_text(found) == "2 errors, 1 warning");
}

TEST_CASE("text goes to stderr; a machine's format goes to stdout, where nothing else goes") {
  Diagnostics found;
  found.error(whole_file("content/a.md"), "x/y", "wrong", "mend it");
  GlobalOptions global{.dir = "site"};

  FakeProcess text;
  Surroundings all = text.surroundings();
  print_diagnostics(found, global, all);
  print_closing_line(found, "; nothing was written", global, all);
  CHECK(text.out.str().empty());
  CHECK(text.err.str() ==
        "site/content/a.md: error: wrong [x/y]\n"
        "  hint: mend it\n"
        "1 error; nothing was written\n");

  global.format = DiagnosticFormat::github;
  FakeProcess github;
  Surroundings machine = github.surroundings();
  print_diagnostics(found, global, machine);
  print_closing_line(found, "", global, machine);
  print_summary("Made it\n", global, machine);
  CHECK(github.out.str() == "::error file=site/content/a.md,title=x/y::wrong%0Ahint: mend it\n");
  CHECK(github.err.str() == "1 error\nMade it\n");
}

TEST_CASE("--quiet leaves the diagnostics alone") {
  Diagnostics found;
  found.error(whole_file("a.md"), "x/y", "wrong");
  const GlobalOptions global{.quiet = true};
  FakeProcess process;
  Surroundings all = process.surroundings();
  print_diagnostics(found, global, all);
  print_closing_line(found, "", global, all);
  print_summary("Made it\n", global, all);
  CHECK(process.out.str().empty());
  CHECK(process.err.str() == "a.md: error: wrong [x/y]\n");
}

TEST_CASE("colour marks the words error and hint of wrong usage") {
  FakeProcess process;
  Surroundings all = process.surroundings();
  print_usage_error({"no", "do"}, ColorChoice::always, all);
  CHECK(process.err.str() == "\x1b[1;31merror:\x1b[0m no\n  \x1b[36mhint:\x1b[0m do\n");
}

TEST_CASE("a word for a shell is quoted where it needs it") {
  CHECK(shell_word("my-site/de_AT.1") == "my-site/de_AT.1");
  CHECK(shell_word("süd") == "süd");
  CHECK(shell_word("My Site") == "'My Site'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("$(x)") == "'$(x)'");
  CHECK(shell_word("-C") == "'-C'");
  CHECK(shell_word("") == "''");
}
