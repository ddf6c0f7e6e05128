#include "build/output_folder.h"

#include <algorithm>
#include <filesystem>

#include "base/paths.h"
#include "base/text.h"

namespace hardtop {

std::filesystem::path whole_path(const std::string& path) {
  // Made absolute first: of a relative path that does not exist yet, weakly_canonical gives a relative one.
  std::error_code ignored;
  const auto whole =
      std::filesystem::weakly_canonical(std::filesystem::absolute(path.empty() ? "." : path, ignored), ignored);
  return whole.has_filename() ? whole : whole.parent_path();  // of "a/", where there is no such folder yet
}

bool is_inside(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

bool is_symbolic_link(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_symlink(std::filesystem::symlink_status(path, ignored));
}

Place place_in_site(const std::string& path, const std::string& site_dir) {
  const std::filesystem::path site(site_dir.empty() ? "." : site_dir), file(path);
  if (file.is_absolute() && !site.is_absolute()) return whole_file(path);
  std::error_code ignored;
  const auto whole = [&](const auto& p) { return std::filesystem::absolute(p, ignored).lexically_normal(); };
  return whole_file(whole(file).lexically_relative(whole(site / "")).generic_string());
}

std::string source_folder_of(const std::string& path, const std::string& site_dir) {
  const auto site = whole_path(site_dir), inner = whole_path(path);
  for (const char* name : {"content", "static", "layouts", "partials", "components", "styles", "scripts", "i18n",
                           "data", "themes", ".hardtop", ".git"})
    if (is_inside(inner, site / name)) return name;
  return is_inside(inner, site.parent_path() / "themes") ? "../themes" : "";
}

bool check_output_kind(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics) {
  const auto report = [&](const char* message, const char* hint) {
    diagnostics.error(place_in_site(output_dir, site_dir), "build/output-unwritable", message, hint);
    return false;
  };
  std::error_code ignored;
  const auto there = std::filesystem::status(output_dir, ignored);
  if (is_symbolic_link(output_dir) && !std::filesystem::exists(there))
    return report("this symbolic link leads nowhere", "let it lead to a folder, or remove it");
  if (std::filesystem::is_other(there))
    return report("this is a socket, pipe or device, and the site is written into a folder",
                  "remove it, or choose another folder with --output");
  std::error_code unreachable;
  if (std::filesystem::weakly_canonical(std::filesystem::absolute(output_dir), unreachable).empty()) {
    const std::string message = "cannot be reached: " + unreachable.message();
    return report(message.c_str(), "choose another folder with --output, or mend the one that it is in");
  }
  return true;
}

bool check_output_folder(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics) {
  const auto site = whole_path(site_dir), output = whole_path(output_dir);
  const auto report = [&](const std::string& message) {
    diagnostics.error({}, "build/output-inside-source", message,
                      "choose a folder of its own, such as " + join_path(site_dir, "public"));
    return false;
  };
  if (is_inside(site, output)) return report("the output folder '" + output_dir + "' holds the site's sources");
  if (const std::string name = source_folder_of(output_dir, site_dir); !name.empty())
    return report("the output folder '" + output_dir + "' is inside the site's " + name + "/");
  return true;
}

void tell_of_unknown_files(const Files& files, const std::vector<OutputFile>& outputs, const std::string& site_dir,
                           const std::string& output_dir, Diagnostics& diagnostics) {
  constexpr std::size_t kMostNames = 3;
  std::vector<FileEntry> there;
  if (files.list(output_dir, there)) return;  // there is no such folder yet
  std::erase_if(there, [&](const FileEntry& entry) {
    return entry.kind != FileKind::file || std::ranges::binary_search(outputs, entry.path, {}, &OutputFile::path);
  });
  if (there.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(there.size(), kMostNames); ++i) names += (i == 0 ? ": " : ", ") + there[i].path;
  if (there.size() > kMostNames) names += ", …";
  diagnostics.warning(
      place_in_site(output_dir, site_dir), "build/unknown-files",
      count_of(there.size(), "file here is", "files here are") + " of no build that is on record" + names,
      "hardtop removes only what it has written: remove yourself what no longer belongs to the site");
}

}  // namespace hardtop
