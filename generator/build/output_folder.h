// Where an output folder may be, and how messages name what is in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/site_model.h"

namespace hardtop {

// Absolute, without symbolic links and dots, and the same for "a" and "a/"; the end of it need not exist.
[[nodiscard]] std::filesystem::path whole_path(const std::string& path);
// Both as whole_path gives them. A folder is inside of itself.
[[nodiscard]] bool is_inside(const std::filesystem::path& inner, const std::filesystem::path& outer);

[[nodiscard]] bool is_symbolic_link(const std::string& path);

// A file's place as all messages have it, relative to the site's folder; both paths come as seen from the current one.
[[nodiscard]] Place place_in_site(const std::string& path, const std::string& site_dir);

// The folder of the site that holds `path`, a folder of sources or .hardtop: "content". "" where none does.
[[nodiscard]] std::string source_folder_of(const std::string& path, const std::string& site_dir);

// An output folder must not hold sources, and sources must not hold it, but for the usual SITE/public. Reports
// build/output-inside-source. False if it reported an error.
bool check_output_folder(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics);

// Its path can be followed, and what is there already is a folder, or leads to one; write_output says it of a file. Reports build/output-unwritable. False if it
// reported an error.
bool check_output_kind(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics);

// For a folder without a manifest: it may hold pages of an earlier build, which nobody removes then. Warns of what is there
// beside `outputs` (sorted by path): build/unknown-files.
void tell_of_unknown_files(const Files& files, const std::vector<OutputFile>& outputs, const std::string& site_dir,
                           const std::string& output_dir, Diagnostics& diagnostics);

}  // namespace hardtop
