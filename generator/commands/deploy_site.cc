#include "commands/deploy_site.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/file_trace.h"
#include "base/hash.h"
#include "build/precompress.h"
#include "build/session.h"
#include "consent/evidence.h"

namespace hardtop {

namespace {

// All that the site depends on beside files and the clock, as one word.
std::string word_for(const BuildOptions& options, const LocalSiteOptions& local, const Surroundings& surroundings) {
  std::string out = surroundings.program();
  const auto add = [&](std::string_view name, const std::string& value) {
    out.append(" ").append(name).append("=").append(std::to_string(value.size())).append(":").append(value);
  };
  add("in", surroundings.current_folder());
  add("site", options.site_dir);
  add("output", local.output_dir);
  add("manifest", manifest_path(local.site_dir, local.output_dir));  // of the folder that a link leads to
  add("base_url", options.base_url);
  add("language", options.language);
  for (const auto& [name, is_set] : {std::pair("development", options.development), std::pair("drafts", options.drafts),
                                     std::pair("future", options.future), std::pair("expired", options.expired)})
    if (is_set) out.append(" ").append(name);
  return hash128_hex(out.append(" compressed=").append(std::to_string(static_cast<int>(local.compressed))));
}

std::optional<SiteToDeploy> take_up(const std::string& path, const std::string& word, const BuildOptions& options,
                                    const Files& files) {
  std::string text;
  if (!files.is_file(path) || files.read(path, text)) return std::nullopt;
  std::optional<CheckedSite> checked = parse_checked_site(text);
  if (!checked || !still_holds(*checked, word, options.now, files, options.jobs)) return std::nullopt;
  return std::move(checked->found);
}

}  // namespace

std::optional<SiteToDeploy> find_site_to_deploy(const std::string& target, const BuildOptions& options,
                                                const LocalSiteOptions& local, Surroundings& surroundings,
                                                Diagnostics& diagnostics, const ProgressListener& progress) {
  const std::string path = checked_site_path(local.site_dir, target);
  const std::string word = word_for(options, local, surroundings);
  if (auto known = take_up(path, word, options, surroundings.files)) return known;

  TracedFiles files(surroundings.files);
  const std::optional<Manifest> manifest = read_local_manifest(files, local, diagnostics);
  if (!manifest) return std::nullopt;
  BuildOptions check = options;
  check.write = false;
  auto session = std::make_unique<Session>(files, check);
  std::optional<SiteOutput> output = session->build(diagnostics, progress);
  std::optional<SiteToDeploy> site;
  if (output && check_own_compressed(files, *output, local.site_dir, diagnostics)) {
    BuildSummary ignored;
    const WriteOptions at{local.site_dir, local.output_dir, options.jobs};
    {
      const OutputTurn turn = take_turn(surroundings.files, at, progress);  // a build may be at work
      add_compressed(surroundings.files, *output, at, ignored, diagnostics, progress);
    }
    if (auto found = read_local_site(files, *output, *manifest, local, diagnostics)) {
      site = {*std::move(found), "", format_manifest(*manifest)};
      const auto evidence = std::ranges::find(output->host_files, kEvidenceFile, &OutputFile::path);
      if (evidence != output->host_files.end()) site->evidence = evidence->bytes;
    }
  }
  // A warning is to be shown by every deploy.
  if (site && diagnostics.warning_count() == 0)
    if (std::optional<FileTrace> trace = files.trace()) {
      const CheckedSite checked{word, options.now, output->changes_at, *std::move(trace), *site};
      WriteResult ignored = WriteResult::unchanged;
      // Where it cannot be written, the next deploy takes as long as this one.
      static_cast<void>(surroundings.files.write(path, format_checked_site(checked), ignored));
    }
  if (options.leave_memory) (void)session.release();  // the system takes it back faster
  return site;
}

}  // namespace hardtop
