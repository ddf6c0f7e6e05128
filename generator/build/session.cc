#include "build/session.h"

#include "build/record.h"
#include "build/session_work.h"

namespace hardtop {

Session::Session(const Files& files, BuildOptions options) : work_(std::make_unique<Work>(files, std::move(options))) {}
Session::~Session() = default;

const Dependencies& Session::dependencies() const {
  Work& work = *work_;
  // Made when it is first asked for: a build that ends here needs none.
  if (work.is_built && !work.is_recorded) {
    record_dependencies(
        {work.site, *work.theme, work.data, work.jobs, work.assets, work.static_files, work.in_feed,
         work.template_data->pages_shown_everywhere(), work.template_data->links_of_params(), work.links_of_pages,
         work.used_by_jobs, work.policy_page, work.runtime_file.path, work.options.development},
        work.dependencies);
    work.is_recorded = true;
  }
  return work.dependencies;
}

std::optional<SiteOutput> Session::build(Diagnostics& diagnostics, const ProgressListener& progress) {
  work_ = std::make_unique<Work>(work_->files, work_->options);
  Work& work = *work_;
  work.diagnostics = &diagnostics;
  work.progress = &progress;

  if (!work.read_config()) return std::nullopt;
  if (!work.read_consent()) return std::nullopt;
  if (!work.read_content()) return std::nullopt;
  if (!work.read_theme()) return std::nullopt;
  if (!work.plan()) return std::nullopt;
  if (!work.make_assets()) return std::nullopt;
  if (!work.judge_files()) return std::nullopt;
  if (!work.prepare_consent()) return std::nullopt;
  if (!work.prepare_templates()) return std::nullopt;
  if (!work.parse_bodies()) return std::nullopt;
  if (!work.render()) return std::nullopt;
  if (!work.check_pages()) return std::nullopt;
  work.finish_runtime();
  if (!work.publish_written()) return std::nullopt;
  work.is_built = true;
  return work.collect();
}

}  // namespace hardtop
