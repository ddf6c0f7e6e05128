// CLI11 takes the arguments apart; what they mean and what is wrong with them is said here, so that every message is
// ours. Options are registered from command_table.h as plain text, with zero or one value: a missing value reaches us
// as an option without results instead of as an exception.
#include "commands/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>

#include "base/suggest.h"
#include "base/text.h"
#include "base/url.h"
#include "commands/command_table.h"

namespace hardtop {
namespace {

constexpr unsigned kMostJobs = 1024;
constexpr unsigned kMostPort = 65535;

// The parser of one command, and of the program itself.
struct CommandParser {
  const CommandSpec* spec = nullptr;  // null: the program, or "new" without saying what
  CLI::App* app = nullptr;
  std::map<std::string_view, CLI::Option*> options;
  CLI::Option* argument = nullptr;
};

void add_options(CommandParser& parser, const std::vector<OptionSpec>& specs) {
  for (const OptionSpec& spec : specs) {
    std::string names(spec.name);
    if (spec.name == "--help") names = "-h,--help";
    CLI::Option* option = nullptr;
    if (spec.value.empty()) {
      option = parser.app->add_flag(names)->disable_flag_override();  // no --quiet=false
    } else {
      option = parser.app->add_option(names)->expected(0, 1);
    }
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    parser.options[spec.name] = option;
  }
}

void prepare(CLI::App& app) {
  app.set_help_flag("");
  app.fallthrough();   // global options after the command's name
  app.allow_extras();  // what is unknown is reported here, with a suggestion
  app.require_subcommand(0, 1);
}

const OptionSpec* find_option(const std::vector<OptionSpec>& specs, std::string_view name) {
  for (const OptionSpec& spec : specs)
    if (spec.name == name) return &spec;
  return nullptr;
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

// "see hardtop build --help", after what else there is to say.
std::string see_help(std::string_view command, std::string_view before = "") {
  std::string hint(before);
  hint += before.empty() ? "see hardtop " : before.ends_with('?') ? " See hardtop " : "; see hardtop ";
  if (!command.empty()) hint.append(command) += ' ';
  return hint + "--help";
}

// What an option's value is, in words.
std::string_view wanted_value(std::string_view value_name) {
  if (value_name == "DIR") return "a folder";
  if (value_name == "URL") return "a URL";
  if (value_name == "N") return "a number";
  if (value_name == "TEXT") return "a text";
  if (value_name == "ADDRESS") return "an address";
  return "a value";
}

// One parse: holds CLI11's parsers while the answer is put together.
class Reader {
 public:
  Reader() : app_("hardtop", "hardtop") {
    program_.app = &app_;
    prepare(app_);
    add_options(program_, global_options());
    new_ = app_.add_subcommand("new");
    prepare(*new_);
    for (const CommandSpec& spec : command_table()) {
      CommandParser& parser = commands_.emplace_back();
      parser.spec = &spec;
      constexpr std::string_view kNew = "new ";
      const bool nested = spec.name.starts_with(kNew);
      parser.app = nested ? new_->add_subcommand(std::string(spec.name.substr(kNew.size())))
                          : app_.add_subcommand(std::string(spec.name));
      prepare(*parser.app);
      add_options(parser, spec.options);
      // Positionals are taken from the extras: an argument too many is then reported in our words.
    }
  }

  std::variant<Invocation, UsageError> read(const std::vector<std::string>& arguments) {
    // What follows "--" is never an option. CLI11 wants the arguments reversed.
    const auto rest = std::find(arguments.begin(), arguments.end(), "--");
    try {
      app_.parse(std::vector<std::string>(std::make_reverse_iterator(rest), arguments.rend()));
    } catch (const CLI::ParseError& error) {
      return flag_with_value(arguments, error.what());
    }
    for (const CommandParser& parser : commands_)
      if (parser.app->parsed()) command_ = &parser;

    // What CLI11 knew no place for: positionals, and options that are unknown.
    std::vector<std::string> positionals;
    std::optional<std::string> unknown_option;
    for (const std::string& extra : app_.remaining(true)) {
      if (extra.size() < 2 || extra.front() != '-') {
        positionals.push_back(extra);
      } else if (!unknown_option) {
        unknown_option = extra;
      }
    }
    if (rest != arguments.end()) positionals.insert(positionals.end(), rest + 1, arguments.end());

    if (!command_) {
      if (auto error = unknown_command(positionals)) return *error;
    }
    Invocation invocation;
    if (given("--help")) {
      invocation.command = HelpCommand{command_name()};
      return invocation;
    }
    if (given("--version")) {
      invocation.command = VersionCommand{};
      return invocation;
    }
    if (unknown_option) return unknown(*unknown_option);
    if (!command_) {
      if (new_->parsed()) return UsageError{"new does not know what to make", see_help("new", "site, page or service")};
      return UsageError{"no command is given", see_help("", "for a start: hardtop new site my-site")};
    }
    if (auto error = check_values(global_options())) return *error;
    if (auto error = check_values(command_->spec->options)) return *error;

    if (auto error = read_global(invocation.global)) return *error;
    if (auto error = read_command(positionals, invocation)) return *error;
    return invocation;
  }

 private:
  [[nodiscard]] std::string command_name() const {
    if (command_) return std::string(command_->spec->name);
    return new_->parsed() ? "new" : "";
  }

  [[nodiscard]] static const CLI::Option* option_of(const CommandParser& parser, std::string_view name) {
    const auto found = parser.options.find(name);
    return found == parser.options.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool given(std::string_view name) const {
    const CLI::Option* option = option_of(program_, name);
    if (!option && command_) option = option_of(*command_, name);
    return option && option->count() > 0;
  }
  // The last value, "" when the option is not given.
  [[nodiscard]] std::string value(std::string_view name) const {
    const CLI::Option* option = option_of(program_, name);
    if (!option && command_) option = option_of(*command_, name);
    return option && option->count() > 0 ? option->results().back() : std::string();
  }

  // The one thing that CLI11 itself refuses: "--quiet=yes".
  UsageError flag_with_value(const std::vector<std::string>& arguments, std::string message) const {
    for (const std::string& argument : arguments) {
      const std::size_t equals = argument.find('=');
      if (argument.starts_with("--") && equals != std::string::npos) {
        message = argument.substr(0, equals) + " takes no value";
        break;
      }
    }
    return {std::move(message), see_help("")};
  }

  // A first word that is no command.
  std::optional<UsageError> unknown_command(const std::vector<std::string>& positionals) const {
    if (positionals.empty()) return std::nullopt;
    const std::string_view prefix = new_->parsed() ? "new " : "";
    const std::string name = std::string(prefix) + positionals.front();
    for (const std::string_view missing : commands_not_built_yet())
      if (name == missing)
        return UsageError{"this version of hardtop has no command " + in_quotes(name) + " yet", see_help("")};
    if (new_->parsed())
      return UsageError{"new cannot make a " + in_quotes(positionals.front()),
                        see_help("new", suggest(positionals.front(), {"site", "page", "service"}))};
    return UsageError{
        "there is no command " + in_quotes(name),
        see_help("", suggest(name, {"build", "serve", "check", "deploy", "lock", "new", "explain", "help"}))};
  }

  UsageError unknown(const std::string& written) const {
    const std::string option = written.substr(0, written.find('='));
    const std::string command = command_name();
    for (const MissingOption& missing : options_not_built_yet())
      if (missing.command == command && missing.option == option)
        return UsageError{"this version of hardtop has no " + command + " " + option + " yet", see_help(command)};
    if (command_ && find_option(command_->spec->options, option))
      return UsageError{option + " stands before the command that it belongs to",
                        see_help(command, "hardtop " + command + " " + option)};
    for (const CommandSpec& spec : command_table())
      if (!command.empty() && find_option(spec.options, option))
        return UsageError{option + " is no option of " + command + ", but of " + std::string(spec.name),
                          see_help(command)};
    std::vector<std::string_view> vocabulary;
    if (command_)
      for (const OptionSpec& spec : command_->spec->options) vocabulary.push_back(spec.name);
    for (const OptionSpec& spec : global_options()) vocabulary.push_back(spec.name);
    // One letter is near to every other.
    const std::string_view near = option.size() > 2 ? nearest(option, vocabulary) : "";
    return UsageError{"there is no option " + in_quotes(option),
                      see_help(command, near.empty() ? "" : suggest(option, vocabulary))};
  }

  // Every option that takes a value has one.
  std::optional<UsageError> check_values(const std::vector<OptionSpec>& specs) const {
    for (const OptionSpec& spec : specs)
      if (!spec.value.empty() && given(spec.name) && value(spec.name).empty())
        return UsageError{std::string(spec.name) + " needs " + std::string(wanted_value(spec.value)),
                          see_help(command_name(), std::string(spec.name) + " " + std::string(spec.value))};
    return std::nullopt;
  }

  // The place in `words` of the option's value; `fallback` when it is not given, nothing when it is none of them.
  std::optional<std::size_t> choice(std::string_view option, const std::vector<std::string_view>& words,
                                    std::size_t fallback, std::optional<UsageError>& error) const {
    if (!given(option)) return fallback;
    const std::string word = value(option);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (word == words[i]) return i;
    error = UsageError{std::string(option) + " cannot be " + in_quotes(word),
                       see_help(command_name(), suggest(word, words))};
    return std::nullopt;
  }

  std::optional<UsageError> read_global(GlobalOptions& global) const {
    std::optional<UsageError> error;
    if (given("-C")) global.dir = value("-C");
    global.quiet = given("--quiet");
    const auto format = choice("--format", {"text", "json", "github", "sarif"}, 0, error);
    if (!format) return error;
    global.format = static_cast<DiagnosticFormat>(*format);
    const auto color = choice("--color", {"auto", "always", "never"}, 0, error);
    if (!color) return error;
    global.color = static_cast<ColorChoice>(*color);
    return std::nullopt;
  }

  // Leaves `number` as it is where the option is not given.
  std::optional<UsageError> read_number(std::string_view option, unsigned least, unsigned most,
                                        unsigned& number) const {
    if (!given(option)) return std::nullopt;
    const std::string text = value(option);
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc() && end == text.data() + text.size() && number >= least && number <= most)
      return std::nullopt;
    return UsageError{
        std::string(option) + " cannot be " + in_quotes(text),
        see_help(command_name(), "a whole number from " + std::to_string(least) + " to " + std::to_string(most))};
  }

  std::optional<UsageError> read_serve(ServeCommand& serve) const {
    serve.site.development = true;
    if (auto error = read_site(serve.site)) return error;
    if (auto error = read_number("--port", 0, kMostPort, serve.port)) return error;
    if (given("--bind")) serve.bind = value("--bind");
    serve.open = given("--open");
    serve.navigate = given("--navigate");
    return std::nullopt;
  }

  // `site.development` is what holds where --environment is not given.
  std::optional<UsageError> read_site(SiteOptions& site) const {
    std::optional<UsageError> error;
    const auto environment = choice("--environment", {"production", "development"}, site.development ? 1 : 0, error);
    if (!environment) return error;
    site.development = *environment == 1;
    site.drafts = given("--drafts");
    site.future = given("--future");
    site.expired = given("--expired");
    if (auto failure = read_number("--jobs", 1, kMostJobs, site.jobs)) return failure;
    if (given("--base-url")) {
      site.base_url = value("--base-url");
      const auto url = parse_url(site.base_url);
      // The rules of base_url in site.toml.
      if (!url || (url->scheme != "https" && url->scheme != "http") || url->host.empty() || !url->username.empty() ||
          !url->password.empty() || url->has_query || url->has_fragment)
        return UsageError{"--base-url cannot be " + in_quotes(site.base_url),
                          see_help(command_name(), "a URL like https://example.org/ or https://example.org/docs/")};
    }
    return std::nullopt;
  }

  // Visitors read the note in the banner: one line of text.
  std::optional<UsageError> read_note(std::string& note) const {
    note = std::string(trim(value("--note")));
    const bool control =
        std::any_of(note.begin(), note.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (control || first_invalid_utf8(note))
      return UsageError{"--note cannot be more than one line of text", see_help(command_name())};
    return std::nullopt;
  }

  std::optional<UsageError> read_command(const std::vector<std::string>& positionals, Invocation& invocation) const {
    const CommandSpec& spec = *command_->spec;
    const std::string name(spec.name);
    const bool optional = spec.argument.starts_with('[');
    // `help new site` has one topic of two words.
    const std::size_t most = spec.argument.empty() ? 0 : name == "help" ? 2 : 1;
    if (positionals.size() > most) {
      const bool spaces = name.starts_with("new ");
      return UsageError{name + " cannot use " + in_quotes(positionals[most]),
                        see_help(name, spaces ? "put quotes around a name with spaces" : "")};
    }
    if (positionals.empty() && !spec.argument.empty() && !optional)
      return UsageError{name + " needs a name", see_help(name, "hardtop " + name + " " + std::string(spec.argument))};
    const std::string argument = positionals.empty() ? "" : positionals.front();
    if (!positionals.empty() && argument.empty())
      return UsageError{name + " cannot use an empty " + (name == "explain" ? "id" : "name"), see_help(name)};

    if (name == "build") {
      BuildCommand build;
      if (auto error = read_site(build.site)) return error;
      build.output = value("--output");
      invocation.command = std::move(build);
    } else if (name == "serve") {
      if (invocation.global.format == DiagnosticFormat::sarif)
        return UsageError{"serve cannot print sarif, which is one document: a preview goes on", see_help(name)};
      ServeCommand serve;
      if (auto error = read_serve(serve)) return error;
      invocation.command = std::move(serve);
    } else if (name == "check") {
      CheckCommand check;
      if (auto error = read_site(check.site)) return error;
      invocation.command = std::move(check);
    } else if (name == "deploy") {
      DeployCommand deploy;
      deploy.target = argument;
      if (auto error = read_site(deploy.site)) return error;
      deploy.output = value("--output");
      deploy.dry_run = given("--dry-run");
      deploy.rollback = given("--rollback");
      deploy.break_lock = given("--break-lock");
      invocation.command = std::move(deploy);
    } else if (name == "lock") {
      LockCommand lock;
      if (auto error = read_note(lock.note)) return error;
      invocation.command = std::move(lock);
    } else if (name == "new site") {
      invocation.command = NewSiteCommand{argument};
    } else if (name == "new page") {
      invocation.command = NewPageCommand{argument};
    } else if (name == "new service") {
      invocation.command = NewServiceCommand{argument};
    } else if (name == "explain") {
      if (given("--format") && invocation.global.format != DiagnosticFormat::text)
        return UsageError{"explain prints text only", see_help(name)};
      invocation.command = ExplainCommand{argument};
    } else {
      return read_help_topic(positionals, invocation);
    }
    return std::nullopt;
  }

  std::optional<UsageError> read_help_topic(const std::vector<std::string>& words, Invocation& invocation) const {
    std::string topic;
    for (const std::string& word : words) topic += (topic.empty() ? "" : " ") + word;
    if (!topic.empty() && topic != "new" && !find_command(topic)) {
      for (const std::string_view missing : commands_not_built_yet())
        if (topic == missing)
          return UsageError{"this version of hardtop has no command " + in_quotes(topic) + " yet", see_help("")};
      std::vector<std::string_view> vocabulary;
      for (const CommandSpec& spec : command_table()) vocabulary.push_back(spec.name);
      return UsageError{"there is no command " + in_quotes(topic), see_help("", suggest(topic, vocabulary))};
    }
    invocation.command = HelpCommand{topic};
    return std::nullopt;
  }

  CLI::App app_;
  CommandParser program_;
  CLI::App* new_ = nullptr;
  std::vector<CommandParser> commands_;
  const CommandParser* command_ = nullptr;  // the one that was named
};

}  // namespace

std::variant<Invocation, UsageError> parse_command_line(const std::vector<std::string>& arguments) {
  return Reader().read(arguments);
}

}  // namespace hardtop
