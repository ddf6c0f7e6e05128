#include "commands/command_line.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace hardtop;

namespace {

// Arguments as a shell would split them, without its quotes.
std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> out;
  for (const std::string_view word : split(line, ' '))
    if (!word.empty()) out.emplace_back(word);
  return out;
}

Invocation parsed(std::string_view line) {
  auto result = parse_command_line(words(line));
  if (const auto* error = std::get_if<UsageError>(&result)) FAIL(line << ": " << error->message);
  return std::get<Invocation>(std::move(result));
}

template <typename Command>
Command command(std::string_view line) {
  Invocation invocation = parsed(line);
  REQUIRE(std::holds_alternative<Command>(invocation.command));
  return std::get<Command>(std::move(invocation.command));
}

std::string refused(const std::vector<std::string>& arguments) {
  const auto result = parse_command_line(arguments);
  const auto* error = std::get_if<UsageError>(&result);
  return error ? error->message + " | " + error->hint : "accepted";
}

}  // namespace

TEST_CASE("build takes its options in any order and form") {
  const auto build = command<BuildCommand>(
      "build --output out --base-url=https://test.example.org/docs/ --environment development --drafts --future "
      "--expired --jobs 8");
  CHECK(build.output == "out");
  CHECK(build.site.base_url == "https://test.example.org/docs/");
  CHECK(build.site.development);
  CHECK(build.site.drafts);
  CHECK(build.site.future);
  CHECK(build.site.expired);
  CHECK(build.site.jobs == 8);

  const auto plain = command<BuildCommand>("build");
  CHECK(plain.output.empty());
  CHECK(plain.site.base_url.empty());
  CHECK_FALSE(plain.site.development);
  CHECK_FALSE(plain.site.drafts);
  CHECK(plain.site.jobs == 0);
}

TEST_CASE("serve previews what is being developed, on this machine only, unless it is told otherwise") {
  const auto plain = command<ServeCommand>("serve");
  CHECK(plain.site.development);
  CHECK(plain.bind == "127.0.0.1");
  CHECK(plain.port == 4000);
  CHECK_FALSE(plain.open);
  CHECK_FALSE(plain.navigate);

  const auto told = command<ServeCommand>(
      "serve --port 0 --bind ::1 --open --navigate --environment production --drafts --jobs 2 --base-url "
      "https://test.example.org/");
  CHECK_FALSE(told.site.development);
  CHECK(told.bind == "::1");
  CHECK(told.port == 0);
  CHECK(told.open);
  CHECK(told.navigate);
  CHECK(told.site.drafts);
  CHECK(told.site.jobs == 2);
  CHECK(told.site.base_url == "https://test.example.org/");
}

TEST_CASE("options of every command stand before or after its name") {
  for (const char* line :
       {"-C site --format json --quiet --color never build", "build -C site --format json --quiet --color never",
        "-C site build --quiet --color=never --format=json", "-Csite build --quiet --color=never --format=json"}) {
    CAPTURE(line);
    const Invocation invocation = parsed(line);
    CHECK(invocation.global.dir == "site");
    CHECK(invocation.global.format == DiagnosticFormat::json);
    CHECK(invocation.global.quiet);
    CHECK(invocation.global.color == ColorChoice::never);
  }
  CHECK(parsed("new -C site page about").global.dir == "site");
  CHECK(parsed("new page about -C site").global.dir == "site");
  CHECK(parsed("build").global.dir == ".");
}

TEST_CASE("of an option that is given twice, the last counts") {
  CHECK(parsed("-C a build -C b").global.dir == "b");
  CHECK(command<BuildCommand>("build --jobs 2 --jobs 3").site.jobs == 3);
  CHECK(command<BuildCommand>("build --drafts --drafts").site.drafts);
}

TEST_CASE("every format and color is known by its name") {
  CHECK(parsed("check --format text").global.format == DiagnosticFormat::text);
  CHECK(parsed("check --format json").global.format == DiagnosticFormat::json);
  CHECK(parsed("check --format github").global.format == DiagnosticFormat::github);
  CHECK(parsed("check --format sarif").global.format == DiagnosticFormat::sarif);
  CHECK(parsed("check --color auto").global.color == ColorChoice::automatic);
  CHECK(parsed("check --color always").global.color == ColorChoice::always);
}

TEST_CASE("a name is taken as it is, also when it is a command's") {
  CHECK(command<NewSiteCommand>("new site my-site").name == "my-site");
  CHECK(command<NewPageCommand>("new page build").name == "build");
  CHECK(command<NewPageCommand>("new page site").name == "site");
  CHECK(command<ExplainCommand>("explain check").id == "check");
  CHECK(command<ExplainCommand>("explain").id.empty());
  CHECK(command<NewSiteCommand>("new site -- --odd").name == "--odd");
  const auto spaces = parse_command_line({"new", "page", "Our first drive"});
  CHECK(std::get<NewPageCommand>(std::get<Invocation>(spaces).command).name == "Our first drive");
}

TEST_CASE("--help and help ask for the help of a command") {
  CHECK(command<HelpCommand>("--help").topic.empty());
  CHECK(command<HelpCommand>("-h").topic.empty());
  CHECK(command<HelpCommand>("help").topic.empty());
  CHECK(command<HelpCommand>("build --help").topic == "build");
  CHECK(command<HelpCommand>("--help build").topic == "build");
  CHECK(command<HelpCommand>("help build").topic == "build");
  CHECK(command<HelpCommand>("new --help").topic == "new");
  CHECK(command<HelpCommand>("new site --help").topic == "new site");
  CHECK(command<HelpCommand>("help new site").topic == "new site");
  CHECK(command<HelpCommand>("help new").topic == "new");
}

TEST_CASE("--help wins over what else is wrong, but not over an unknown command") {
  CHECK(command<HelpCommand>("build --jobs zero --bogus --help").topic == "build");
  CHECK(refused({"bulid", "--help"}) == "there is no command 'bulid' | did you mean 'build'? See hardtop --help");
}

TEST_CASE("--version needs no command") {
  command<VersionCommand>("--version");
  command<VersionCommand>("build --version");
}

TEST_CASE("wrong usage says what is wrong, what was meant, and where to read on") {
  struct Case {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Case> cases = {
      {{}, "no command is given | for a start: hardtop new site my-site; see hardtop --help"},
      {{"buidl"}, "there is no command 'buidl' | did you mean 'build'? See hardtop --help"},
      {{"watch"},
       "there is no command 'watch' | one of: build, serve, check, deploy, lock, new, explain, help; see hardtop "
       "--help"},
      {{"new"}, "new does not know what to make | site, page or service; see hardtop new --help"},
      {{"new", "siet", "x"}, "new cannot make a 'siet' | did you mean 'site'? See hardtop new --help"},
      {{"new", "site"}, "new site needs a name | hardtop new site NAME; see hardtop new site --help"},
      {{"new", "page"}, "new page needs a name | hardtop new page NAME; see hardtop new page --help"},
      {{"new", "page", ""}, "new page cannot use an empty name | see hardtop new page --help"},
      {{"new", "site", "my", "site"},
       "new site cannot use 'site' | put quotes around a name with spaces; see hardtop new site --help"},
      {{"build", "site"}, "build cannot use 'site' | see hardtop build --help"},
      {{"explain", ""}, "explain cannot use an empty id | see hardtop explain --help"},
      {{"explain", "--format", "json"}, "explain prints text only | see hardtop explain --help"},
      {{"help", "bulid"}, "there is no command 'bulid' | did you mean 'build'? See hardtop --help"},

      {{"build", "--jbos", "3"}, "there is no option '--jbos' | did you mean '--jobs'? See hardtop build --help"},
      {{"build", "--draft"}, "there is no option '--draft' | did you mean '--drafts'? See hardtop build --help"},
      {{"--colour", "never", "build"},
       "there is no option '--colour' | did you mean '--color'? See hardtop build --help"},
      {{"build", "-x"}, "there is no option '-x' | see hardtop build --help"},
      {{"--bogus"}, "there is no option '--bogus' | see hardtop --help"},
      {{"check", "--output", "x"}, "--output is no option of check, but of build | see hardtop check --help"},
      {{"--drafts", "build"},
       "--drafts stands before the command that it belongs to | hardtop build --drafts; see hardtop build --help"},
      {{"build", "--quiet=no"}, "--quiet takes no value | see hardtop --help"},

      {{"build", "--output"}, "--output needs a folder | --output DIR; see hardtop build --help"},
      {{"build", "--output", "--drafts"}, "--output needs a folder | --output DIR; see hardtop build --help"},
      {{"build", "--output="}, "--output needs a folder | --output DIR; see hardtop build --help"},
      {{"build", "-C"}, "-C needs a folder | -C DIR; see hardtop build --help"},
      {{"build", "-C", ""}, "-C needs a folder | -C DIR; see hardtop build --help"},
      {{"build", "--jobs"}, "--jobs needs a number | --jobs N; see hardtop build --help"},
      {{"build", "--base-url"}, "--base-url needs a URL | --base-url URL; see hardtop build --help"},
      {{"build", "--format"}, "--format needs a value | --format FORMAT; see hardtop build --help"},

      {{"build", "--jobs", "0"}, "--jobs cannot be '0' | a whole number from 1 to 1024; see hardtop build --help"},
      {{"build", "--jobs", "1025"},
       "--jobs cannot be '1025' | a whole number from 1 to 1024; see hardtop build --help"},
      {{"build", "--jobs", "99999999999999999999"},
       "--jobs cannot be '99999999999999999999' | a whole number from 1 to 1024; see hardtop build --help"},
      {{"build", "--jobs", "two"}, "--jobs cannot be 'two' | a whole number from 1 to 1024; see hardtop build --help"},
      {{"build", "--jobs", "2.5"}, "--jobs cannot be '2.5' | a whole number from 1 to 1024; see hardtop build --help"},
      {{"build", "--format", "xml"},
       "--format cannot be 'xml' | one of: text, json, github, sarif; see hardtop build --help"},
      {{"build", "--format", "jsno"}, "--format cannot be 'jsno' | did you mean 'json'? See hardtop build --help"},
      {{"build", "--color", "yes"}, "--color cannot be 'yes' | one of: auto, always, never; see hardtop build --help"},
      {{"build", "--environment", "developmnet"},
       "--environment cannot be 'developmnet' | did you mean 'development'? See hardtop build --help"},
      {{"serve", "--port", "65536"},
       "--port cannot be '65536' | a whole number from 0 to 65535; see hardtop serve --help"},
      {{"serve", "--port", "http"},
       "--port cannot be 'http' | a whole number from 0 to 65535; see hardtop serve --help"},
      {{"serve", "--port"}, "--port needs a number | --port N; see hardtop serve --help"},
      {{"serve", "--bind"}, "--bind needs an address | --bind ADDRESS; see hardtop serve --help"},
      {{"serve", "--output", "x"}, "--output is no option of serve, but of build | see hardtop serve --help"},
      {{"serve", "--format", "sarif"},
       "serve cannot print sarif, which is one document: a preview goes on | see hardtop serve --help"},
      {{"serve", "site"}, "serve cannot use 'site' | see hardtop serve --help"},
      {{"build", "--base-url", "example.org"},
       "--base-url cannot be 'example.org' | a URL like https://example.org/ or https://example.org/docs/; see hardtop "
       "build --help"},
      {{"build", "--base-url", "https://example.org/?a=b"},
       "--base-url cannot be 'https://example.org/?a=b' | a URL like https://example.org/ or "
       "https://example.org/docs/; see hardtop build --help"},
      {{"build", "--base-url", "ftp://example.org/"},
       "--base-url cannot be 'ftp://example.org/' | a URL like https://example.org/ or https://example.org/docs/; see "
       "hardtop build --help"},
  };
  for (const Case& c : cases) CHECK(refused(c.arguments) == c.message);
}

TEST_CASE("what the design has and this version has not is an error that says so") {
  struct Case {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Case> cases = {
      {{"audit"}, "this version of hardtop has no command 'audit' yet | see hardtop --help"},
      {{"help", "audit"}, "this version of hardtop has no command 'audit' yet | see hardtop --help"},
      {{"check", "--external"}, "this version of hardtop has no check --external yet | see hardtop check --help"},
  };
  for (const Case& c : cases) CHECK(refused(c.arguments) == c.message);
}

TEST_CASE("deploy has a target, what the site was built with, and what to do with it") {
  const auto parsed = parse_command_line({"deploy", "production", "--dry-run", "--drafts", "--output", "out"});
  REQUIRE(std::holds_alternative<Invocation>(parsed));
  const auto& deploy = std::get<DeployCommand>(std::get<Invocation>(parsed).command);
  CHECK(deploy.target == "production");
  CHECK(deploy.dry_run);
  CHECK(deploy.site.drafts);
  CHECK(deploy.output == "out");
  CHECK_FALSE(deploy.rollback);
  CHECK_FALSE(deploy.break_lock);
  CHECK(refused({"deploy"}) == "deploy needs a name | hardtop deploy NAME; see hardtop deploy --help");
  CHECK(refused({"deploy", "a", "b"}) == "deploy cannot use 'b' | see hardtop deploy --help");
  CHECK(refused({"deploy", "a", "--rolback"}) ==
        "there is no option '--rolback' | did you mean '--rollback'? See hardtop deploy --help");
  CHECK(refused({"build", "--dry-run"}) == "--dry-run is no option of build, but of deploy | see hardtop build --help");
}
