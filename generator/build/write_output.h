// Brings an output folder to what a build made: writes what differs, removes what the last manifest lists and this
// build does not, and keeps the manifest true at every moment.
#pragma once

#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/build_site.h"
#include "build/site_model.h"

namespace hardtop {

// A file's place as all messages have it, relative to the site's folder; both paths come as seen from the current one.
[[nodiscard]] Place place_in_site(const std::string& path, const std::string& site_dir);

struct WriteOptions {
  std::string site_dir;
  std::string output_dir;
  unsigned jobs = 0;
};

// One build at a time works at an output folder and what lies beside it: the manifest must describe what is in it. Where the turn cannot be
// taken, write_output reports `error`.
struct OutputTurn {
  std::unique_ptr<FileLock> lock;  // until it goes
  std::error_code error;
};
[[nodiscard]] OutputTurn take_turn(Files& files, const WriteOptions& options);

// With the turn taken, as all that follows. `outputs` are unique by path. Fills changed, removed, files and bytes of `summary`. Reports build/output-unwritable
// and build/write-failed (a full disk, a file that vanished while it was copied) with the system's words; then the
// manifest says that the folder is incomplete. False if it reported an error.
bool write_output(Files& files, std::vector<OutputFile>& outputs, const WriteOptions& options, const OutputTurn& turn,
                  BuildSummary& summary, Diagnostics& diagnostics);

// Writes the configuration for servers into its folder (host_files_folder of hosts.h), which lies where nothing is deployed from, and
// removes what is there and no longer wanted. Fills host_files of `summary`. Reports build/write-failed. False if it did.
bool write_host_files(Files& files, const std::vector<OutputFile>& wanted, const WriteOptions& options,
                      BuildSummary& summary, Diagnostics& diagnostics);

// Writes what is kept of this version of the site (consent/evidence.h), found among `beside`, once the output is whole: it tells the
// manifest's hash. Reports build/write-failed. False if it did.
bool write_evidence(Files& files, const std::vector<OutputFile>& beside, const WriteOptions& options,
                    Diagnostics& diagnostics);

// Its path for an output folder: SITE/.hardtop/evidence/public.json, or a hash in place of the name of a folder outside the site.
[[nodiscard]] std::string evidence_path(const std::string& site_dir, const std::string& output_dir);

// The folder of the site that holds `path`, a folder of sources or .hardtop: "content". "" where none does.
[[nodiscard]] std::string source_folder_of(const std::string& path, const std::string& site_dir);

// An output folder must not hold sources, and sources must not hold it, but for the usual SITE/public. Reports
// build/output-inside-source. False if it reported an error.
bool check_output_folder(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics);

// What is there already is a folder, or leads to one; write_output says it of a file. Reports build/output-unwritable. False if it
// reported an error.
bool check_output_kind(const std::string& site_dir, const std::string& output_dir, Diagnostics& diagnostics);

}  // namespace hardtop
