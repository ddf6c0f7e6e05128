#include "build/build_site.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include "base/paths.h"
#include "build/compressed_cache.h"
#include "build/output_folder.h"
#include "build/precompress.h"
#include "build/session.h"
#include "build/write_beside.h"
#include "build/write_output.h"

namespace hardtop {

BuildResult build_site(Files& files, const BuildOptions& options, Diagnostics& diagnostics,
                       const ProgressListener& progress) {
  BuildResult result;
  // Paths, and libsass, start from the current folder; it may have been removed meanwhile.
  std::error_code no_folder;
  if (std::filesystem::current_path(no_folder).empty()) {
    diagnostics.error({}, "build/no-current-folder", "the folder that hardtop was started in does not exist any more",
                      "go to one that does, and build again: cd /path/to/site");
    result.status = BuildStatus::environment_failed;
    return result;
  }
  const std::string output_dir =
      options.output_dir.empty() ? join_path(options.site_dir, "public") : options.output_dir;
  if (options.write && !check_output_kind(options.site_dir, output_dir, diagnostics)) {
    result.status = BuildStatus::environment_failed;
    return result;
  }
  if (options.write && !check_output_folder(options.site_dir, output_dir, diagnostics)) {
    result.status = BuildStatus::site_has_errors;
    return result;
  }

  // Everything is read, checked and made in memory: an error here leaves the output as it is.
  const auto end_session = [&](Session* session) {
    if (!options.leave_memory) delete session;
  };
  const std::unique_ptr<Session, decltype(end_session)> session(new Session(files, options), end_session);
  auto output = session->build(diagnostics, progress);
  if (!output) {
    result.status = BuildStatus::site_has_errors;
    return result;
  }
  result.summary.pages = output->pages;
  result.summary.left_out = output->left_out;
  result.summary.files = output->files.size();
  if (!check_own_compressed(files, *output, options.site_dir, diagnostics)) {
    result.status = BuildStatus::site_has_errors;
    return result;
  }

  // Only then something is written.
  if (!options.write) return result;
  const WriteOptions write_options{options.site_dir, output_dir, options.jobs};
  const OutputTurn turn = take_turn(files, write_options, progress);
  add_compressed(files, *output, write_options, result.summary, diagnostics, progress);
  const auto written = write_output(files, output->files, write_options, turn, result.summary, diagnostics);
  const auto write_beside = [&] {
    return write_host_files(files, output->host_files, write_options, result.summary, diagnostics) &&
           write_evidence(files, output->host_files, written->manifest, write_options, diagnostics);
  };
  const bool is_written =
      written && (options.development || write_beside()) && finish_output(files, *written, write_options, diagnostics);
  if (!is_written) result.status = BuildStatus::environment_failed;
  // A build in development leaves what the next one in production takes up again.
  if (is_written && !options.development && output->encodings.empty())
    remove_compressed_cache(files, compressed_folder(options.site_dir, output_dir), options.site_dir);
  return result;
}

}  // namespace hardtop
