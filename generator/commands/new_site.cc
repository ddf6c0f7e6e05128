// The smallest site that shows how the parts meet: two pages that link to each other, a menu, a static file.
#include <filesystem>
#include <optional>

#include "base/paths.h"
#include "base/text.h"
#include "base/toml.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "commands/scaffold.h"
#include "commands/site_job.h"

namespace hardtop {
namespace {

std::vector<NewFile> site_files(const std::string& folder, const std::string& title) {
  const auto path = [&](std::string_view name) { return join_path(folder, name); };
  return {
      {path("site.toml"),
       "# What the site is as a whole. All keys:  hardtop explain site.toml\n"
       "title = " +
           toml_string(title) +
           "\n"
           "description = \"A new site\"\n"
           "base_url = \"https://example.org/\"  # where it will be online\n"
           "language = \"en\"\n"
           "\n"
           "# Where it will be online: writes headers and redirects for netlify, cloudflare, nginx, caddy or, for all "
           "others, json.\n"
           "# [build]\n"
           "# hosts = [\"netlify\"]\n"
           "\n"
           "# The links at the top of every page.\n"
           "[[menu.main]]\n"
           "name = \"Home\"\n"
           "to = \"_index.md\"\n"
           "\n"
           "[[menu.main]]\n"
           "to = \"first-page.md\"\n"
           "\n"
           "# Pages may have tags = [\"one\", \"two\"] once these lines count; each tag gets a page of its own.\n"
           "# [taxonomies]\n"
           "# tags = {}\n"},
      {path("content/_index.md"),
       "+++\n"
       "title = " +
           toml_string(title) +
           "\n"
           "+++\n"
           "\n"
           "This is the home page. Its text is in `content/_index.md`.\n"
           "\n"
           "Every other file that ends in `.md` becomes a page, too: see the [first page](first-page.md).\n"},
      {path("content/first-page.md"),
       "+++\n"
       "title = \"First page\"\n"
       "description = \"How a page is written\"\n"
       "+++\n"
       "\n"
       "The part between the `+++` lines says what the page is called. Below it comes Markdown: **bold**, *italic*,\n"
       "[links](_index.md) to other files of `content/`, and pictures.\n"
       "\n"
       "![A road that leads to the horizon](/road.svg)\n"
       "\n"
       "The picture lies in `static/`: what is there is copied as it is.\n"},
      {path("static/road.svg"),
       "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 240\" width=\"480\" height=\"240\">\n"
       "  <path fill=\"#bfe3f5\" d=\"M0 0h480v120H0z\"/>\n"
       "  <circle cx=\"360\" cy=\"60\" r=\"28\" fill=\"#ffd24a\"/>\n"
       "  <path fill=\"#6fa35a\" d=\"M0 120h480v120H0z\"/>\n"
       "  <path fill=\"#44484d\" d=\"M232 120h16l112 120H120z\"/>\n"
       "  <path fill=\"#fff\" d=\"M239 130h2l2 18h-6zM236 160h8l3 26h-14zM231 200h18l6 40h-30z\"/>\n"
       "</svg>\n"},
      {path(".gitignore"),
       "/public/\n"
       "/.hardtop/\n"},
  };
}

// Whether NAME may become a site: not there yet, or an empty folder.
ScaffoldResult check_target(const Files& files, const std::string& folder, Diagnostics& diagnostics) {
  if (files.is_file(folder)) {
    diagnostics.error({}, "new/exists", folder + " is there already, and is a file", "choose another name");
    return ScaffoldResult::exists;
  }
  std::vector<FileEntry> entries;
  if (const std::error_code failure = files.list(folder, entries)) {
    diagnostics.error({}, "new/unwritable", "cannot look into " + folder + ": " + failure.message(),
                      "look at the folder's permissions");
    return ScaffoldResult::unwritable;
  }
  if (entries.empty()) return ScaffoldResult::written;
  const bool here = folder == ".";
  diagnostics.error({}, "new/exists",
                    here ? "this folder is not empty" : "the folder " + folder + " is there already, and is not empty",
                    std::string(here ? "name a new folder" : "choose another name") +
                        "; to add a page to a site: hardtop " + (here ? "" : "-C " + folder + " ") + "new page NAME");
  return ScaffoldResult::exists;
}

}  // namespace

ExitStatus run_new_site(const NewSiteCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  if (!check_folder(global, surroundings)) return ExitStatus::wrong_usage;

  const std::filesystem::path absolute =
      (surroundings.current_folder() / std::filesystem::path(global.dir) / command.name / "").lexically_normal();
  const std::string name = absolute.parent_path().filename().string();
  const std::string folder =
      command.name.starts_with('/')
          ? absolute.parent_path().string()
          : (std::filesystem::path(global.dir) / command.name / "").lexically_normal().parent_path().string();
  Diagnostics diagnostics;
  ScaffoldResult result = ScaffoldResult::exists;
  if (name.empty() || slugify(name).empty()) {
    diagnostics.error({}, "new/bad-name", "the site name '" + command.name + "' has no letter or digit",
                      "a name is like my-site");
  } else {
    result = check_target(surroundings.files, folder.empty() ? "." : folder, diagnostics);
    if (result == ScaffoldResult::written)
      result = write_new_files(surroundings.files, site_files(folder, title_as_typed(name)), diagnostics);
  }
  print_diagnostics(diagnostics, global, surroundings);
  if (result == ScaffoldResult::exists) return ExitStatus::wrong_usage;
  if (result == ScaffoldResult::unwritable) return ExitStatus::environment_failed;

  const bool here = folder.empty() || folder == ".";
  print_summary((here ? std::string("Made a site here") : "Made the site " + folder) +
                    ": site.toml, two pages in content/, a picture in static/.\n"
                    "\n"
                    "Next:\n" +
                    (here ? "" : "  cd " + shell_word(folder) + "\n") +
                    "  hardtop serve           shows it while you edit\n"
                    "  hardtop new page about  adds content/about.md\n"
                    "  hardtop build           writes the site to public/\n"
                    "\n"
                    "Say in site.toml what the site is called and where it will be online (base_url).\n",
                global, surroundings);
  return ExitStatus::fine;
}

}  // namespace hardtop
