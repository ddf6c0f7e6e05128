// A page's file name becomes its URL, so the name is made fit for one; what was typed stays in the title.
#include <optional>

#include "base/data.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/toml.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "commands/scaffold.h"
#include "commands/site_job.h"

namespace hardtop {
namespace {

struct PageName {
  std::string path;   // below content/: "blog/our-first-drive.md"
  std::string title;  // "Our first drive"
};

// What hardtop gives a meaning of its own: a section's page, and a page with files beside it.
bool is_index(std::string_view name) { return name == "_index" || name == "index"; }

std::optional<PageName> read_page_name(std::string_view name, Diagnostics& diagnostics) {
  const auto refuse = [&](std::string message, std::string hint) {
    diagnostics.error({}, "new/bad-name", std::move(message), std::move(hint));
    return std::nullopt;
  };
  const std::string quoted = "'" + std::string(name) + "'";
  if (name.starts_with('/'))
    return refuse("the page name " + quoted + " is not a path below content/", "leave out the first slash");
  if (first_invalid_utf8(name)) return refuse("the page name is not valid UTF-8", "type it again in a UTF-8 terminal");

  if (name.ends_with(".md")) name.remove_suffix(3);
  std::vector<std::string_view> parts = split(name, '/');
  if (parts.size() > 1 && parts.front() == "content") parts.erase(parts.begin());  // completed by the shell
  PageName page;
  std::string_view folder;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    if (part == "..")
      return refuse("the page name " + quoted + " leaves content/",
                    "a page's name is a path inside content/, without ..");
    const bool last = i + 1 == parts.size();
    const std::string slug = last && is_index(part) ? std::string(part) : slugify(part);
    if (slug.empty())
      return refuse("the page name " + quoted +
                        (part.empty() || part == "." ? " has an empty part" : " has a part without a letter or digit"),
                    "a name is like about, or blog/my-first-post");
    if (!page.path.empty()) page.path += '/';
    page.path += slug;
    if (!last) folder = part;
  }
  const std::string_view titled = is_index(parts.back()) ? (folder.empty() ? "Home" : folder) : parts.back();
  page.title = title_as_typed(titled);
  page.path += ".md";
  return page;
}

}  // namespace

ExitStatus run_new_page(const NewPageCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  if (!check_folder(global, surroundings)) return ExitStatus::wrong_usage;
  const std::optional<std::int64_t> now = read_now(global, surroundings);
  if (!now) return ExitStatus::wrong_usage;

  Diagnostics diagnostics;
  if (!surroundings.files.is_file(join_path(global.dir, "site.toml")))
    diagnostics.error({}, "new/no-site", "there is no site.toml in " + (global.dir == "." ? "this folder" : global.dir),
                      "run this in a site's folder, or name it: hardtop -C DIR new page NAME");
  const std::optional<PageName> page = read_page_name(command.name, diagnostics);
  if (diagnostics.has_errors()) {
    print_diagnostics(diagnostics, global, surroundings);
    return ExitStatus::wrong_usage;
  }

  const std::string path = join_path(join_path(global.dir, "content"), page->path);
  const std::string text =
      "+++\n"
      "title = " +
      toml_string(page->title) +
      "\n"
      "date = " +
      iso_date(day_of(*now)) +
      "\n"
      "draft = true  # remove this line when the page may go online\n"
      "+++\n"
      "\n";
  const ScaffoldResult result = write_new_files(surroundings.files, {{path, text}}, diagnostics);
  print_diagnostics(diagnostics, global, surroundings);
  if (result == ScaffoldResult::exists) return ExitStatus::wrong_usage;
  if (result == ScaffoldResult::unwritable) return ExitStatus::environment_failed;

  const std::string program = global.dir == "." ? "hardtop" : "hardtop -C " + global.dir;
  print_summary("Made " + path +
                    "\n\n"
                    "It is a draft: build leaves it out until you remove the line draft = true.\n"
                    "To see it before:\n"
                    "  " +
                    program + " build --drafts\n",
                global, surroundings);
  return ExitStatus::fine;
}

}  // namespace hardtop
