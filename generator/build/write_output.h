// Brings an output folder to what a build made: writes what differs, removes what the last manifest lists and this
// build does not, and keeps the manifest true at every moment.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/build_site.h"
#include "build/site_model.h"

namespace hardtop {

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
[[nodiscard]] OutputTurn take_turn(Files& files, const WriteOptions& options, const ProgressListener& progress = {});

// What to do about a file that could not be written.
[[nodiscard]] std::string write_failed_hint(const std::error_code& error);

// With the turn taken, as all that follows. `outputs` are unique by path; the result says what is in the folder now, in their
// texts. Fills changed, removed, files and bytes of `summary`. Warns of build/unknown-files. Reports build/output-unwritable and
// build/write-failed (a full disk, a file that vanished while it was copied) with the system's words. The manifest on disk says
// that the folder is incomplete, until finish_output. Empty if it reported an error.
struct WrittenOutput {
  std::string manifest;  // as finish_output writes it
};
[[nodiscard]] std::optional<WrittenOutput> write_output(Files& files, std::vector<OutputFile>& outputs,
                                                        const WriteOptions& options, const OutputTurn& turn,
                                                        BuildSummary& summary, Diagnostics& diagnostics);

// What was written is all that the build had to write: may be deployed. Reports build/write-failed. False if it did.
[[nodiscard]] bool finish_output(Files& files, const WrittenOutput& written, const WriteOptions& options,
                                 Diagnostics& diagnostics);

}  // namespace hardtop
