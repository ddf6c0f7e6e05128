// Appends to consent.toml instead of making a file: what is there stays as it is, comments and all.
#include <algorithm>

#include "base/ascii.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/toml.h"
#include "base/url.h"
#include "commands/commands.h"
#include "commands/recipes.h"
#include "commands/report.h"
#include "commands/scaffold.h"
#include "commands/site_job.h"
#include "config/config_file.h"
#include "config/consent_config.h"
#include "consent/services.h"

namespace hardtop {
namespace {

// The page that looks like the policy, below content/; "privacy.md" where none does.
std::string find_policy(const Files& files, const std::string& dir) {
  std::vector<FileEntry> entries;
  if (!files.list(join_path(dir, "content"), entries)) {
    for (const FileEntry& entry : entries) {
      const std::string name = to_lower_ascii(file_name(entry.path));
      if (name.ends_with(".md") && name.find("privacy") != std::string::npos) return entry.path;
    }
  }
  return "privacy.md";
}

std::string new_file_head(const std::string& policy) {
  return "# Every third party of the site, and everything that the site itself keeps in a browser.\n"
         "# After a change:  hardtop check  and then  hardtop lock --note \"what has changed\"\n"
         "[consent]\n"
         "policy = " +
         toml_string(policy) +
         "  # the page, below content/, that tells visitors about the services\n"
         "\n";
}

std::string form(const std::string& id, const std::string& name, const std::string& host) {
  return "[[service]]\n"
         "id = " +
         toml_string(id) +
         "\n"
         "name = " +
         toml_string(name) +
         "  # as visitors know it\n"
         "provider = \"\"  # the company that receives the data\n"
         "category = \"functional\"  # or analytics, advertising, necessary (with a justification = \"…\")\n"
         "purpose = \"\"  # what it does, in words that visitors understand; or { en = \"…\", de = \"…\" }\n"
         "hosts = [" +
         (host.empty() ? "" : toml_string(host)) +
         "]  # every host that it contacts: [\"www.example.com\", \"*.cdn.example.com\"]\n"
         "# privacy_url = \"https://…\"\n"
         "# opt_out_url = \"https://…\"\n"
         "# sells_or_shares = true  # where data is sold, or shared for advertising: needs the opt_out_url\n"
         "\n"
         "# Each cookie and each key in storage that it keeps.\n"
         "# [[service.cookie]]\n"
         "# name = \"…\"  # '*' stands for any characters: \"_ga_*\"\n"
         "# host = \"example.com\"  # where it is not the site's own\n"
         "# lifetime = \"13 months\"  # or \"session\"\n"
         "# purpose = \"…\"\n"
         "# [[service.storage]]\n"
         "# name = \"…\"\n"
         "# kind = \"local\"  # or session, indexeddb, cache\n"
         "# lifetime = \"until removed\"\n"
         "# purpose = \"…\"\n"
         "\n"
         "# The vendor's snippet, as it is: it comes into these pages once a visitor has allowed the service.\n"
         "# DOMContentLoaded and load have passed by then, and document.write is refused.\n"
         "# [[service.tag]]\n"
         "# pages = [\"/**\"]\n"
         "# at = \"body-end\"  # or head, body-start\n"
         "# html = '''\n"
         "# '''\n";
}

bool has_service(const DataTable& root, std::string_view id) {
  for (const DataEntry& entry : root) {
    const DataArray* services = entry.key == "service" ? entry.value.array() : nullptr;
    if (!services) continue;
    for (const Data& service : *services) {
      const Data* found = service.find("id");
      if (found && found->text() && *found->text() == id) return true;
    }
  }
  return false;
}

// consent.toml as it is; empty where there is none. Nothing where it is wrong, which has been reported.
std::optional<std::string> read_file(const Files& files, const std::string& dir, const std::string& id,
                                     Diagnostics& diagnostics) {
  SourcePtr source;
  const ConfigFileState state = read_config_file(files, dir, "consent.toml", "consent", source, diagnostics);
  if (state == ConfigFileState::absent) return "";
  if (state == ConfigFileState::wrong) return std::nullopt;
  const std::optional<DataTable> root = parse_toml(source, diagnostics);
  if (!root) return std::nullopt;
  if (has_service(*root, id)) {
    diagnostics.error({}, "new/exists", "consent.toml has a service '" + id + "' already",
                      "choose another name, or change that one");
    return std::nullopt;
  }
  return source->text;
}

// NAME as a host, "www.example.com", or the host of a URL. Empty where it is none.
std::string host_in(const std::string& name) {
  if (name.starts_with("https://") || name.starts_with("http://")) {
    const auto url = parse_url(name);
    return url && url->host.find('.') != std::string::npos ? url->host : "";
  }
  if (name.find('.') == std::string::npos || name.find_first_of("/:@?#* ") != std::string::npos) return "";
  const auto url = parse_url("https://" + name + "/");
  return url ? url->host : "";
}

// Whether `id` is the other, but for a slip in one or more of its words. "google-ads" is not "google-maps", though few letters differ.
bool is_misspelt(const std::string& id, const std::string& other) {
  const auto letters = [](std::string text) {
    std::erase(text, '-');
    return text;
  };
  if (letters(id) == letters(other)) return true;
  const std::vector<std::string_view> words = split(id, '-'), others = split(other, '-');
  return std::ranges::equal(words, others, [](std::string_view word, std::string_view meant) {
    return word == meant || !nearest(word, {meant}).empty();
  });
}

// The service that `host` is of; null where hardtop knows none.
const Recipe* find_recipe_for(const std::string& host) {
  if (host.empty()) return nullptr;
  const Recipe* recipe = find_recipe_of_host(host);
  return recipe ? recipe : find_recipe_of_domain(host);
}

std::string check_name(const std::string& name, Diagnostics& diagnostics) {
  std::string id = first_invalid_utf8(name) ? "" : slugify(name);
  if (!is_service_id(id)) {  // a name in other scripts gives none
    diagnostics.error({}, "new/bad-name", "a service cannot be named '" + name + "'",
                      "use letters from a to z and digits, as in weather-map");
    return "";
  }
  if (find_recipe(id)) return id;
  for (const Recipe& recipe : all_recipes()) {
    const std::string known(recipe.id);
    if (!is_misspelt(id, known)) continue;
    diagnostics.error({}, "new/bad-name", "hardtop knows no service '" + id + "', but '" + known + "'",
                      "hardtop new service " + known + "; for one of your own choose another name");
    return "";
  }
  return id;
}

}  // namespace

ExitStatus run_new_service(const NewServiceCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  const std::string program = global.dir == "." ? "hardtop" : "hardtop -C " + shell_word(global.dir);
  if (command.name.empty()) {
    surroundings.out << "Services that hardtop knows:\n"
                     << recipe_list() << "\nTo declare one: " << program
                     << " new service NAME\nAny other NAME gives a form to fill in.\n";
    return ExitStatus::fine;
  }
  if (!check_folder(global, surroundings)) return ExitStatus::wrong_usage;

  Diagnostics diagnostics;
  const auto stop = [&](ExitStatus status) {
    print_diagnostics(diagnostics, global, surroundings);
    return status;
  };
  Files& files = surroundings.files;
  if (!files.is_file(join_path(global.dir, "site.toml")))
    diagnostics.error({}, "new/no-site", "there is no site.toml in " + (global.dir == "." ? "this folder" : global.dir),
                      "run this in a site's folder, or name it: hardtop -C DIR new service NAME");
  // An error about a host names it: the service is found by it, or gets a name from it.
  const std::string host = host_in(command.name);
  const Recipe* recipe = find_recipe_for(host);
  const std::string id = recipe         ? std::string(recipe->id)
                         : host.empty() ? check_name(command.name, diagnostics)
                                        : Services::id_for_host(host);
  if (diagnostics.has_errors()) return stop(ExitStatus::wrong_usage);
  const std::optional<std::string> before = read_file(files, global.dir, id, diagnostics);
  if (!before) return stop(ExitStatus::site_has_errors);

  if (host.empty()) recipe = find_recipe(id);
  const std::string policy = before->empty() ? find_policy(files, global.dir) : "";
  std::string text = before->empty() ? new_file_head(policy) : *before;
  if (!text.ends_with('\n')) text += '\n';
  if (!text.ends_with("\n\n")) text += '\n';
  text += recipe ? std::string(recipe->text) : form(id, host.empty() ? title_as_typed(command.name) : id, host);

  const std::string path = join_path(global.dir, "consent.toml");
  WriteResult result{};
  if (const std::error_code failure = files.write(path, text, result)) {
    diagnostics.error({}, "new/unwritable", "cannot write " + path + ": " + failure.message(),
                      "look at the folder's permissions and the disk's free space");
    return stop(ExitStatus::environment_failed);
  }
  std::string summary = (before->empty() ? "Made " : "Added to ") + path + ": the service " + id + "\n\n";
  summary += recipe ? "It is complete but for what its comments ask for: read them.\n"
                    : "It is a form: fill in what is empty, and remove what it does not need.\n"
                      "Services that need no form: " +
                          program + " new service\n";
  if (recipe && !host.empty() && find_recipe_of_host(host) != recipe)
    summary += "It does not name " + host + ": add it to its hosts if a page loads something from there.\n";
  summary += "Next:\n  ";
  const bool makes_policy = !policy.empty() && !files.is_file(join_path(join_path(global.dir, "content"), policy));
  // A new page is a draft, and a policy that is one stops the build.
  if (makes_policy)
    summary += program + " new page " + policy.substr(0, policy.size() - 3) +
               "  # the policy: write it, and remove its line draft = true\n  ";
  summary += program + " check\n  " + program + " lock\n";
  print_summary(summary, global, surroundings);
  return ExitStatus::fine;
}

}  // namespace hardtop
