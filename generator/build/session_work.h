// What a session's passes hand on to each other. Internal to build/session*.cc: session_read.cc reads the site,
// session_make.cc makes its output files, session.cc says in which order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "build/assets.h"
#include "build/check_links.h"
#include "build/compile_theme.h"
#include "build/consent_values.h"
#include "build/links.h"
#include "build/render.h"
#include "build/session.h"
#include "build/template_data.h"
#include "build/urls.h"

namespace hardtop {

// In the order in which it is settled. A pass returns false when it reported an error.
struct Session::Work {
  const Files& files;
  const BuildOptions options;
  const ProgressListener* progress = nullptr;
  Diagnostics* diagnostics = nullptr;

  SiteModel site;                                      // read_config, read_content, plan
  std::optional<CompiledTheme> theme;                  // read_theme
  std::map<std::string, DataTable> data;               // read_theme
  std::vector<Asset> assets;                           // make_assets
  std::map<std::string, std::string> asset_urls;       // make_assets
  std::vector<StaticFile> static_files;                // plan
  std::vector<OutputJob> jobs;                         // plan
  std::vector<PageIndex> in_feed;                      // plan
  std::vector<OutputFile> redirects;                   // plan
  OutputClaims claims;                                 // plan, make_assets
  OutputIndex outputs;                                 // plan; a job's number is its index, other files come after
  std::optional<ContentLinks> links;                   // plan
  Declaration declaration;                             // read_theme
  ServiceSets service_sets;                            // prepare_templates, render
  std::optional<ConsentValues> consent_values;         // prepare_templates
  std::optional<TemplateData> template_data;           // prepare_templates, render
  std::optional<Renderer> renderer;                    // render
  std::vector<ScannedHtml> scans;                      // render, by job
  std::vector<OutputFile> rendered;                    // render, by job
  std::vector<std::vector<PageIndex>> links_of_pages;  // parse_bodies, by page
  std::vector<std::vector<PageIndex>> used_by_jobs;    // render, by job: pages whose URLs components used
  bool is_built = false, is_recorded = false;
  Dependencies dependencies;  // Session::dependencies()

  Work(const Files& f, BuildOptions o) : files(f), options(std::move(o)) {}

  bool read_config();
  bool read_theme();
  bool read_content();
  void leave_out_pages();
  bool plan();
  bool make_assets();
  bool prepare_templates();
  bool parse_bodies();
  bool render();
  [[nodiscard]] const Body& body_of(const OutputJob& job) const;
  [[nodiscard]] std::string render_again(std::size_t i) const;  // the HTML of jobs[i]
  bool check_links();
  SiteOutput collect();

  [[nodiscard]] std::string content_dir() const { return join_path(options.site_dir, "content"); }
  void tell(const char* step, std::size_t done, std::size_t total) const {
    if (progress && *progress) (*progress)({step, done, total});
  }
};

}  // namespace hardtop
