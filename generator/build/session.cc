#include "build/session.h"

#include "build/record.h"
#include "build/session_work.h"

namespace hardtop {

Session::Session(const Files& files, BuildOptions options) : work_(std::make_unique<Work>(files, std::move(options))) {}
Session::~Session() = default;

const Dependencies& Session::dependencies() const {
  // Made when it is first asked for: a build that ends here needs none.
  if (work_->is_built && (!work_->is_recorded || work_->is_edited)) work_->record();
  return work_->dependencies;
}

void Session::Work::record() {
  if (kept) find_links_used();
  dependencies = {};
  std::vector<std::pair<std::string, std::string>> told_of;
  const auto add = [&](const std::vector<std::uint32_t>& numbers, const std::string& output) {
    for (const std::uint32_t number : numbers) told_of.emplace_back(input_of(number), output);
  };
  for (std::size_t i = 0; i < jobs.size(); ++i) add(published.files_of_jobs[i], jobs[i].at.output);
  for (const WrittenHtml& html : written_html) add(html.files, html.output);
  record_dependencies({site, *theme, data, jobs, assets, static_files, in_feed, template_data->pages_shown_everywhere(),
                       template_data->links_of_params(), links_of_pages, used_by_jobs, told_of, policy_page,
                       runtime_file.path, options.development},
                      dependencies);
  is_recorded = true;
  is_edited = false;
}

std::optional<SiteOutput> Session::build(Diagnostics& diagnostics, const ProgressListener& progress) {
  work_ = std::make_unique<Work>(work_->files, work_->options);
  if (work_->options.keep_for_updates) work_->kept = std::make_unique<Kept>();
  if (!work_->run(diagnostics, progress)) return std::nullopt;
  SiteOutput output = work_->collect();
  if (diagnostics.has_errors()) return std::nullopt;
  if (work_->kept) {
    work_->note_sent(output);
    work_->record();  // the first edit is to be as fast as the others
  }
  return output;
}

SiteFacts Session::facts() const {
  const Work& work = *work_;
  SiteFacts facts;
  if (!work.site.config.base_path.empty()) facts.base_path = work.site.config.base_path;
  facts.language = work.site.config.language;
  if (work.theme)
    for (const auto& [language, layers] : work.theme->theme.translations) facts.languages.push_back(language);
  if (work.services) facts.consent = &work.consent;
  return facts;
}

bool Session::Work::run(Diagnostics& to, const ProgressListener& listener) {
  diagnostics = &to;
  progress = &listener;
  if (!read_config()) return false;
  if (!read_consent()) return false;
  if (!read_content()) return false;
  if (!read_theme()) return false;
  if (!plan()) return false;
  if (!make_assets()) return false;
  if (!judge_files()) return false;
  if (!prepare_consent()) return false;
  if (!prepare_templates()) return false;
  if (kept) told_early = diagnostics->sorted();
  if (!parse_bodies()) return false;
  if (!render()) return false;
  if (!check_pages()) return false;
  finish_runtime();
  if (!publish_written()) return false;
  is_built = true;
  return true;
}

}  // namespace hardtop
