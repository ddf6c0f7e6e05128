#include "build/write_beside.h"

#include <algorithm>

#include "base/paths.h"
#include "build/hosts.h"
#include "build/manifest.h"
#include "build/output_folder.h"
#include "consent/evidence.h"

namespace hardtop {

namespace {

bool is_host_file(const OutputFile& file) {
  return std::ranges::find(kHostFileNames, file.path) != kHostFileNames.end();
}

}  // namespace

bool write_host_files(Files& files, const std::vector<OutputFile>& wanted, const WriteOptions& options,
                      BuildSummary& summary, Diagnostics& diagnostics) {
  const std::string folder = host_files_folder(options.site_dir, options.output_dir);
  for (const std::string_view name : kHostFileNames) {
    const std::string path = join_path(folder, name);
    const auto file = std::ranges::find(wanted, name, &OutputFile::path);
    const bool is_wanted = file != wanted.end();
    WriteResult ignored = WriteResult::unchanged;
    std::string made;
    std::string_view bytes;
    std::error_code error;
    if (is_wanted) {
      error = read_output(files, *file, made, bytes);
      if (!error) error = files.write(path, bytes, ignored);
    } else if (files.is_file(path)) {
      error = files.remove(path);
    }
    if (!error) continue;
    diagnostics.error(place_in_site(path, options.site_dir), "build/write-failed",
                      (is_wanted ? "cannot be written: " : "cannot be removed: ") + error.message(),
                      write_failed_hint(error));
    return false;
  }
  if (std::ranges::none_of(wanted, is_host_file))
    files.remove_empty_folders(folder, options.site_dir);
  else
    summary.host_files = folder;
  return true;
}

std::string evidence_path(const std::string& site_dir, const std::string& output_dir) {
  constexpr std::string_view kHosts = ".hardtop/hosts/";
  std::string path = host_files_folder(site_dir, output_dir) + ".json";
  return path.replace(path.rfind(kHosts), kHosts.size(), ".hardtop/evidence/");
}

bool write_evidence(Files& files, const std::vector<OutputFile>& beside, std::string_view manifest,
                    const WriteOptions& options, Diagnostics& diagnostics) {
  const auto evidence = std::ranges::find(beside, kEvidenceFile, &OutputFile::path);
  if (evidence == beside.end()) return true;
  WriteResult ignored = WriteResult::unchanged;
  const std::string at = evidence_path(options.site_dir, options.output_dir);
  const std::error_code error = files.write(at, complete_evidence(evidence->bytes, manifest), ignored);
  if (!error) return true;
  diagnostics.error(place_in_site(at, options.site_dir), "build/write-failed", "cannot be written: " + error.message(),
                    write_failed_hint(error));
  return false;
}

}  // namespace hardtop
