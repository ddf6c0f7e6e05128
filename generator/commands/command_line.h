// The command line as data: what was asked for, checked, with nothing done yet.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic_format.h"

namespace hardtop {

// What the program ends with (DESIGN.md, Commands).
enum class ExitStatus {
  fine = 0,
  site_has_errors = 1,
  wrong_usage = 2,
  environment_failed = 3,  // disk, network, browser
};

enum class ColorChoice { automatic, always, never };

// Options of every command; they may stand before or after its name.
struct GlobalOptions {
  std::string dir = ".";  // -C: the folder with site.toml, as written
  DiagnosticFormat format = DiagnosticFormat::text;
  bool quiet = false;
  ColorChoice color = ColorChoice::automatic;
};

// Which pages a build holds and how it is made: what `build` and `check` have in common.
struct SiteOptions {
  std::string base_url;  // "": what site.toml says
  bool development = false;
  bool drafts = false;
  bool future = false;
  bool expired = false;
  unsigned jobs = 0;  // 1-1024; 0: not given, one a core
};

struct BuildCommand {
  SiteOptions site;
  std::string output;  // relative to the current folder; "": DIR/public
};
struct CheckCommand {
  SiteOptions site;
};
struct ServeCommand {
  SiteOptions site;
  std::string bind = "127.0.0.1";  // an address or a host name
  unsigned port = 4000;            // 0-65535; 0: any that is free
  bool open = false;               // a browser
  bool navigate = false;           // browsers go to the page that was edited
};
struct DeployCommand {
  std::string target;  // NAME of [deploy.NAME]
  SiteOptions site;    // what the output was built with
  std::string output;  // relative to the current folder; "": DIR/public
  bool dry_run = false;
  bool rollback = false;
  bool break_lock = false;
};
struct LockCommand {
  std::string note;  // one line; "" for none
};
struct NewSiteCommand {
  std::string name;
};
struct NewPageCommand {
  std::string name;
};
struct NewServiceCommand {
  std::string name;  // "": list the recipes
};
struct ExplainCommand {
  std::string id;  // "": list all
};
struct HelpCommand {
  std::string topic;  // a command ("build", "new site"), "new", or "" for the program
};
struct VersionCommand {};

struct Invocation {
  GlobalOptions global;
  std::variant<BuildCommand, ServeCommand, CheckCommand, DeployCommand, LockCommand, NewSiteCommand, NewPageCommand,
               NewServiceCommand, ExplainCommand, HelpCommand, VersionCommand>
      command;
};

// Why a command line makes no sense, and what to type instead.
struct UsageError {
  std::string message;
  std::string hint;
};

// Reads the arguments, without the program's name. Pure: looks at no file and no variable. Of an option that is given
// twice, the last counts. --help anywhere wins over everything but an unknown command.
[[nodiscard]] std::variant<Invocation, UsageError> parse_command_line(const std::vector<std::string>& arguments);

}  // namespace hardtop
