// What a session's passes hand on to each other. Internal to build/session*.cc: session_read.cc reads the site,
// session_make.cc plans and makes its output files, session_render.cc renders, gates and checks pages,
// session_judge.cc judges published files, session_imports.cc what scripts import, session_consent.cc knows consent, session.cc says in which order.
// session_update.cc says how an update goes through them, session_reuse.cc what the passes take from the time before,
// session_edit.cc which edits need few of them.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/paths.h"
#include "build/assets.h"
#include "build/check_links.h"
#include "build/compile_theme.h"
#include "build/complete_tags.h"
#include "build/consent_values.h"
#include "build/kept.h"
#include "build/kept_edits.h"
#include "build/links.h"
#include "build/publish.h"
#include "build/published_files.h"
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
  std::string published;                     // publish_written
  std::vector<std::uint32_t> files;          // publish_written: CompletedTags::files
  std::vector<std::uint32_t> broken_images;  // publish_written: CompletedTags::broken
};

// What tags say about the files that they load, and which of these files they are.
struct PublishedTags {
  std::optional<PublishedFiles> files;                    // plan; make_assets and finish_runtime say what hardtop makes
  std::uint32_t runtime_number = kNone;                   // prepare_consent: its output's
  ImageStyles image_styles;                               // judge_files
  bool writes_image_sizes = false;                        // judge_files
  std::vector<std::vector<std::uint32_t>> files_of_jobs;  // render, by job: CompletedTags::files
  std::set<std::string> broken_images;     // check_pages, publish_written: inputs, as diagnostics show them
  std::vector<std::string> common_sheets;  // check_pages: output paths of style sheets that every page has
};

// A file that is published as it is: where its text is from, and where it will be.
struct PlainFile {
  std::string shown, url, output;
  std::string disk_path;  // empty: `bytes` are its content
  std::string_view bytes;
  const Asset* asset = nullptr;  // of those that the theme makes
};

// A page whose file was edited, as the file has it now.
struct EditedPage {
  PageIndex page = kNone;
  Page fresh;
  bool is_moved = false;  // it may stand elsewhere in lists, or look different there
};

// A page's HTML, and what makes it what is published.
struct MadePage {
  std::string html;
  std::vector<Edit> edits;
};

// In the order in which it is settled. A pass returns false when it reported an error.
struct Session::Work {
  const Files& files;
  BuildOptions options;  // only `now` changes: Session::set_now
  const ProgressListener* progress = nullptr;
  Diagnostics* diagnostics = nullptr;
  std::unique_ptr<Kept> kept;  // null: a build that ends with itself

  SiteModel site;                                 // read_config, read_content, plan
  std::vector<Page> left_out;                     // read_content; let go in prepare_templates
  ConsentConfig consent;                          // read_consent
  ConsentLock lock;                               // read_consent
  std::optional<Services> services;               // read_consent
  std::shared_ptr<const CompiledTheme> theme;     // read_theme
  std::map<std::string, DataTable> data;          // read_theme
  std::vector<Asset> assets;                      // plan
  Diagnostics asset_diagnostics;                  // plan; make_assets reports them
  std::map<std::string, std::string> asset_urls;  // make_assets
  std::vector<StaticFile> static_files;           // plan
  PublishedTags published;                        // plan to publish_written
  std::vector<OutputJob> jobs;                    // plan
  std::vector<PageIndex> in_feed;                 // plan
  std::vector<OutputFile> redirects;              // plan
  bool makes_robots = false, makes_gpc = false;   // plan: whether robots.txt and kGpcFile are hardtop's
  OutputClaims claims;                            // plan, make_assets
  OutputIndex outputs;                            // plan; a job's number is its index, other files come after
  std::uint32_t next_output = 0;                  // add_output
  std::vector<std::string> other_outputs;  // plan and later: those that are no jobs; only with `kept` or [headers]
  std::optional<ContentLinks> links;       // plan
  Declaration declaration;                 // read_theme
  std::map<std::string, FileFacts, std::less<>> file_facts;  // judge_files, by root-relative URL, decoded
  std::vector<WrittenHtml> written_html;                     // judge_files: HTML that somebody else has written
  PageIndex policy_page = kNone;                             // prepare_consent
  std::string head_script;                                   // prepare_consent
  OutputFile runtime_file;                                   // prepare_consent: its name; finish_runtime: its content
  std::string unfinished_runtime;               // finish_runtime: the name that pages had until then; empty: the same
  std::optional<GateSite> gate_site;            // prepare_consent
  std::optional<Publisher> publisher;           // render
  ServiceSets service_sets;                     // render
  CarriedByLayouts carried_by_layouts;          // render
  std::optional<ConsentValues> consent_values;  // prepare_consent
  PolicyUnion policies_of_files;                // judge_files: for XML, headers and what they load
  PolicyUnion policies;                         // render, publish_written
  std::atomic<bool> has_placeholders = false, has_memory_form = false, has_import_map = false;  // render
  std::optional<TemplateData> template_data;           // prepare_templates, render
  std::optional<Renderer> renderer;                    // render
  std::vector<PageFindings> findings;                  // render, by job
  std::vector<Diagnostic> told_early;                  // what passes before parse_bodies reported; only with `kept`
  StampsOfSite stamps;                                 // render; only with `kept`
  std::vector<KeptJob> made;                           // render, by job; only with `kept`
  std::vector<OutputFile> rendered;                    // render, by job
  std::vector<std::vector<KeptEdit>> edits_of_jobs;    // render, by job: of pages that are rendered once more
  EditTexts edit_texts;                                // render: what those put in
  std::vector<std::vector<PageIndex>> links_of_pages;  // parse_bodies, by page
  std::vector<std::vector<PageIndex>> used_by_jobs;    // render, by job: pages whose URLs components used
  bool has_content = false, is_rendered = false, is_built = false, is_recorded = false;
  std::vector<OutputFile> one_of_each_ending;  // collect; only with `kept`
  bool is_edited = false;                      // since it was recorded: its links are not
  bool lists_moved = false;                    // edit_pages: lists were made again
  Dependencies dependencies;                   // Session::dependencies()
  void record();

  Work(const Files& f, BuildOptions o) : files(f), options(std::move(o)) {}

  // All passes.
  bool run(Diagnostics& to, const ProgressListener& listener);
  void add_output(const std::string& path);
  bool read_config();
  bool read_consent();
  bool read_theme();
  bool read_content();
  bool reload_content(const LoadContentOptions& load);  // session_reuse.cc
  [[nodiscard]] Page make_page_of(ContentFile file) const;
  [[nodiscard]] std::optional<LeftOut> reason_to_leave_out(const FrontMatter& front) const;
  void note_moments_of(const FrontMatter& front);
  void leave_out_pages();
  void leave_out_files();
  [[nodiscard]] AssetOptions options_of_assets() const { return {options.development, declaration.asks, options.jobs}; }
  std::future<std::vector<Asset>> begin_assets();
  bool plan();
  bool make_assets();
  void tell_of_unused_css() const;
  JudgedPlain judge_plain(const PlainFile& file, const std::vector<HeaderRule>& types, Diagnostics& found) const;
  bool judge_files();
  void judge_headers();
  void settle_image_sizes(const std::vector<PlainFile>& plain, const std::vector<JudgedPlain>& judged);
  void allow_imports(const JudgedFile& xml);
  [[nodiscard]] std::function<const FileFacts*(std::string_view)> facts_of() const;
  [[nodiscard]] GateSite make_gate_site(const std::string& policy_url, AskedNames* asked) const;
  [[nodiscard]] GateSite gate_site_noting(AskedNames& asked) const {
    return make_gate_site(gate_site->policy_url, &asked);
  }
  bool prepare_consent();
  void check_menus() const;
  void check_menu_names() const;
  void check_patterns();
  void claim_runtime();  // session_consent.cc
  bool prepare_templates();
  bool parse_bodies();
  bool render();
  bool render_what_differs();  // session_reuse_pages.cc
  MadePage make_page(std::size_t i, KeptJob* to, Diagnostics& found);
  std::string remake_page(std::size_t i);
  std::string render_again(std::size_t i);
  [[nodiscard]] CompleteTagsOptions tag_options() const;
  GatedHtml gate_again(std::string_view html, const std::string& url, CompletedTags& tags);
  [[nodiscard]] std::string input_of(std::uint32_t output) const;
  void report_broken_images();
  void find_common_sheets();
  [[nodiscard]] const Body& body_of(const OutputJob& job) const;
  bool check_pages();
  void check_style_urls() const;  // session_judge.cc
  // session_imports.cc
  [[nodiscard]] Place place_in_script(const Asset& script, std::size_t offset, std::size_t length) const;
  [[nodiscard]] bool may_have_import_map() const;
  void check_imports() const;
  void check_rooted_import(const ModuleSpecifier& specifier, Place place) const;
  void check_computed_import(const ModuleSpecifier& specifier, Place place) const;
  void finish_runtime();
  void name_runtime(std::string& html, std::string_view name) const;
  bool publish_written();
  static void report_in(Diagnostics& found, GateProblem problem, Place place);
  void report(GateProblem problem, Place place) const;
  void report_all(std::vector<GateProblem> problems, const SourcePtr& source) const;  // offsets are of `source`
  SiteOutput collect();
  [[nodiscard]] std::vector<std::string> fingerprinted() const;
  [[nodiscard]] std::vector<HeaderRule> headers_for_files(const std::vector<OutputFile>& all) const;
  void make_headers(SiteOutput& out);

  // session_change.cc; only with `kept`
  void note_sent(const SiteOutput& output);
  // `is_whole`: what is not in `output` and is no page is gone.
  SiteChange hand_out(SiteOutput output, bool is_whole);

  // session_reuse.cc, session_reuse_pages.cc; only with `kept`
  bool pass_on(const Diagnostics& found) const;  // to `diagnostics`; whether there was nothing
  void stash();
  [[nodiscard]] std::uint64_t serial_of(const std::string& input);
  void hold_against_names();
  void take_made_pages();
  void stamp_site();
  [[nodiscard]] std::uint64_t stamp_of(std::size_t job) const;
  [[nodiscard]] bool is_seen_as_before() const;
  void make_if_it_differs(std::size_t job, bool is_seen_alike);
  void add_up_pages();
  void find_links_used();

  // session_edit.cc, session_regroup.cc; only with `kept`
  [[nodiscard]] std::optional<std::vector<EditedPage>> read_edited() const;
  [[nodiscard]] bool is_named_everywhere(PageIndex page) const;
  bool edit_pages(std::vector<EditedPage> edited);
  std::optional<std::vector<std::size_t>> regroup();
  [[nodiscard]] SiteOutput collect_edited();

  [[nodiscard]] std::size_t told() const { return diagnostics->error_count() + diagnostics->warning_count(); }
  [[nodiscard]] std::string content_dir() const { return join_path(options.site_dir, "content"); }
  void tell(const char* step, std::size_t done, std::size_t total) const {
    if (progress && *progress) (*progress)({step, done, total});
  }
};

}  // namespace hardtop
