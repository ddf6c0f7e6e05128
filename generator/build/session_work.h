// What a session's passes hand on to each other. Internal to build/session*.cc: session_read.cc reads the site,
// session_make.cc plans and makes its output files, session_render.cc renders, gates and checks pages,
// session_judge.cc judges published files, session_consent.cc knows consent, session.cc says in which order.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "build/assets.h"
#include "build/check_links.h"
#include "build/compile_theme.h"
#include "build/consent_values.h"
#include "build/links.h"
#include "build/publish.h"
#include "build/render.h"
#include "build/session.h"
#include "build/template_data.h"
#include "build/urls.h"
#include "consent/gate_files.h"

namespace hardtop {

// An HTML file of static/ or beside a page.
struct WrittenHtml {
  SourcePtr source;
  std::string url, output;
  std::string published;  // publish_written
};

// In the order in which it is settled. A pass returns false when it reported an error.
struct Session::Work {
  const Files& files;
  const BuildOptions options;
  const ProgressListener* progress = nullptr;
  Diagnostics* diagnostics = nullptr;

  SiteModel site;                                 // read_config, read_content, plan
  ConsentConfig consent;                          // read_config
  ConsentLock lock;                               // read_config
  std::optional<Services> services;               // read_config
  std::optional<CompiledTheme> theme;             // read_theme
  std::map<std::string, DataTable> data;          // read_theme
  std::vector<Asset> assets;                      // make_assets
  std::map<std::string, std::string> asset_urls;  // make_assets
  std::vector<StaticFile> static_files;           // plan
  std::vector<OutputJob> jobs;                    // plan
  std::vector<PageIndex> in_feed;                 // plan
  std::vector<OutputFile> redirects;              // plan
  OutputClaims claims;                            // plan, make_assets
  OutputIndex outputs;                            // plan; a job's number is its index, other files come after
  std::optional<ContentLinks> links;              // plan
  Declaration declaration;                        // read_theme
  std::map<std::string, FileFacts, std::less<>> file_facts;  // judge_files, by root-relative URL, decoded
  std::vector<WrittenHtml> written_html;                     // judge_files: HTML that somebody else has written
  PageIndex policy_page = kNone;                             // prepare_consent
  std::string head_script;                                   // prepare_consent
  OutputFile runtime_file;                                   // prepare_consent: its name; finish_runtime: its content
  std::optional<GateSite> gate_site;                         // prepare_consent
  std::optional<Publisher> publisher;                        // prepare_consent
  ServiceSets service_sets;                                  // render
  std::optional<ConsentValues> consent_values;               // prepare_consent
  PolicyUnion policies;                                      // render, publish_written
  std::atomic<bool> has_placeholders = false, has_memory_form = false;  // render
  std::optional<TemplateData> template_data;                            // prepare_templates, render
  std::optional<Renderer> renderer;                                     // render
  std::vector<ScannedHtml> scans;                                       // render, by job
  std::vector<std::vector<GateProblem>> gate_problems;                  // render, by job
  std::vector<std::vector<GateProblem>> design_problems;                // render, by job
  std::vector<std::uint32_t> html_sizes;                                // render, by job: before it was gated
  std::vector<OutputFile> rendered;                                     // render, by job
  std::vector<std::vector<PageIndex>> links_of_pages;                   // parse_bodies, by page
  std::vector<std::vector<PageIndex>> used_by_jobs;  // render, by job: pages whose URLs components used
  bool is_built = false, is_recorded = false;
  Dependencies dependencies;  // Session::dependencies()

  Work(const Files& f, BuildOptions o) : files(f), options(std::move(o)) {}

  bool read_config();
  bool read_consent();
  bool read_theme();
  bool read_content();
  void leave_out_pages();
  bool plan();
  bool make_assets();
  bool judge_files();
  void judge_headers();
  void allow_imports(const JudgedFile& xml);
  [[nodiscard]] std::function<const FileFacts*(std::string_view)> facts_of() const;
  bool prepare_consent();
  bool prepare_templates();
  bool parse_bodies();
  bool render();
  std::string make_page(std::size_t i, const Body& body, bool first);
  [[nodiscard]] const Body& body_of(const OutputJob& job) const;
  bool check_pages();
  void finish_runtime();
  bool publish_written();
  void report(GateProblem problem, Place place) const;
  void report_all(std::vector<GateProblem> problems, const SourcePtr& source) const;  // offsets are of `source`
  SiteOutput collect();

  [[nodiscard]] std::string content_dir() const { return join_path(options.site_dir, "content"); }
  void tell(const char* step, std::size_t done, std::size_t total) const {
    if (progress && *progress) (*progress)({step, done, total});
  }
};

}  // namespace hardtop
