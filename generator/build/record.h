// Fills the dependency record (dependencies.h) from what a build planned and used.
#pragma once

#include <string_view>
#include <vector>

#include "build/assets.h"
#include "build/compile_theme.h"
#include "build/dependencies.h"
#include "build/site_model.h"

namespace hardtop {

struct BuildFacts {
  const SiteModel& site;
  const CompiledTheme& theme;
  const std::map<std::string, DataTable>& data;
  const std::vector<OutputJob>& jobs;
  const std::vector<Asset>& assets;
  const std::vector<StaticFile>& static_files;
  const std::vector<PageIndex>& in_feed;
  const std::vector<PageIndex>& pages_shown_everywhere;             // by menus and parameters of the site
  const std::vector<std::vector<PageIndex>>& links_of_params;       // by page: whose URLs its parameters show
  const std::vector<std::vector<PageIndex>>& links_of_pages;        // by page: whose URLs its Markdown shows
  const std::vector<std::vector<PageIndex>>& used_by_jobs;          // by job: whose URLs its components show
  const std::vector<std::pair<std::string, std::string>>& told_of;  // input files whose bytes an output's tags tell of
  PageIndex policy_page = kNone;    // of consent.toml: banner and placeholders link to it
  std::string_view runtime_output;  // empty: no page asks for consent
  bool development = false;
};

void record_dependencies(const BuildFacts& facts, Dependencies& out);

}  // namespace hardtop
