// The passes over finished pages: rendering, the gate, links.
#include <algorithm>
#include <atomic>

#include "base/hash.h"
#include "base/parallel.h"
#include "build/report_findings.h"
#include "build/session_work.h"
#include "consent/honest_design.h"

namespace hardtop {

// Components and layouts, and the gate. Settled after: rendered, findings; bodies are let go, but for those of pages that
// are to be made again.
bool Session::Work::render() {
  policies.add(policies_of_files);
  template_data->make_section_cards();
  renderer.emplace(site, *theme, *template_data, *links);
  publisher.emplace(site.config, *gate_site);
  publisher->prepare_tags(*diagnostics);

  // A page's body is shown once, but for the list pages of a section, which all show the section's.
  std::vector<std::uint8_t> shown_again(site.pages.size());
  for (const OutputJob& job : jobs)
    if (job.page != kNone && job.list_page > 0) shown_again[job.page] = 1;

  // With room for the other files that collect() adds: there is no second list of all pages.
  constexpr std::size_t kGenerated = 64;
  rendered.reserve(jobs.size() + static_files.size() + site.bundle_files.size() + redirects.size() + kGenerated);
  rendered.resize(jobs.size());
  findings.resize(jobs.size());
  used_by_jobs.resize(jobs.size());
  published.files_of_jobs.resize(jobs.size());
  edits_of_jobs.resize(jobs.size());
  if (kept) return render_what_differs();
  // Where the bodies alone are more than may be kept, most pages are rendered once more anyway, and the rest costs little.
  std::uint64_t bodies = 0;
  for (const Page& page : site.pages)
    for (const BodyPart& part : page.body.parts) bodies += part.html.size();
  const std::uint64_t most_in_memory = bodies > options.keep_bytes ? 0 : options.keep_bytes;
  std::atomic<std::size_t> done{0};
  std::atomic<std::uint64_t> in_memory{0};
  for_each_index(jobs.size(), options.jobs, [&](std::size_t i) {
    const OutputJob& job = jobs[i];
    Page* page = job.page == kNone ? nullptr : &site.pages[job.page];
    const MadePage made_page = make_page(i, nullptr, *diagnostics);
    rendered[i].path = job.at.output;
    const std::size_t size = size_after(made_page.html, made_page.edits);
    if (in_memory.fetch_add(size, std::memory_order_relaxed) + size <= most_in_memory) {
      rendered[i].bytes = apply_edits(made_page.html, made_page.edits);
      if (page && !shown_again[job.page]) page->body = {};
    } else {
      edits_of_jobs[i] = edit_texts.keep(made_page.edits);
      rendered[i].make = [this, i] { return render_again(i); };
    }
    tell("Making pages", done.fetch_add(1, std::memory_order_relaxed) + 1, jobs.size());
  });
  return !diagnostics->has_errors();
}

const Body& Session::Work::body_of(const OutputJob& job) const {
  static const Body kNoBody;
  return job.page == kNone ? kNoBody : site.pages[job.page].body;
}

CompleteTagsOptions Session::Work::tag_options() const {
  return {!options.development && site.config.integrity, published.writes_image_sizes, &published.image_styles};
}

// Reads finished HTML for what is put into it. What is wrong with its links is not asked.
GatedHtml Session::Work::gate_again(std::string_view html, const std::string& url, CompletedTags& tags) {
  LinkScanner link_scanner(site.config, outputs, html, url, kNone);
  TagCompleter completer(tag_options(), *published.files, html);
  Gate gate(*gate_site, html, url);
  HtmlScanner scanner(html);
  for (HtmlToken token; scanner.next(token);) {
    link_scanner.see(token);
    completer.see(token, link_scanner.target());
    gate.see(token);
  }
  tags = completer.finish();
  return gate.finish();
}

// The page as it is published, once more.
std::string Session::Work::remake_page(std::size_t i) {
  Diagnostics ignored;
  const std::string html = renderer->render(jobs[i], body_of(jobs[i]), ignored).html;
  CompletedTags tags;
  GatedHtml gated = gate_again(html, jobs[i].at.url, tags);
  add_tag_edits(gated, tags);
  return apply_edits(html, publisher->edits_of_page(std::move(gated), jobs[i].at.url));
}

// The same of a page whose edits are kept: it is not read again.
std::string Session::Work::render_again(std::size_t i) {
  Diagnostics ignored;
  const std::string html = renderer->render(jobs[i], body_of(jobs[i]), ignored).html;
  std::string page = apply_edits(html, edits_of(edits_of_jobs[i]));
  if (!unfinished_runtime.empty())
    for (const std::string& name : {unfinished_runtime, runtime_file.path}) name_runtime(page, name);
  return page;
}

namespace {

// What is open where a page ends: what comes after it is no part of the page for browsers.
class UnclosedTail {
 public:
  explicit UnclosedTail(std::string_view html) : html_(html) {}

  void see(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::start_tag) {
      tag_begin_ = token.begin;
      tag_end_ = token.end;
    }
    if (token.end != html_.size()) return;
    is_comment_ = token.kind == HtmlToken::Kind::comment && !html_.ends_with("-->") && !html_.ends_with("--!>");
    is_raw_text_ = token.kind == HtmlToken::Kind::raw_text;
    comment_begin_ = token.begin;
  }
  [[nodiscard]] std::optional<GateProblem> finish() const {
    if (!is_comment_ && !is_raw_text_) return std::nullopt;
    const std::size_t begin = is_comment_ ? comment_begin_ : tag_begin_;
    const std::size_t length = is_comment_ ? std::min<std::size_t>(4, html_.size() - begin) : tag_end_ - tag_begin_;
    const std::string opening(
        html_.substr(begin, is_comment_ ? length : html_.find_first_of(" \t\n\f\r/>", begin) - begin));
    GateProblem problem;
    problem.id = "build/unclosed-html";
    problem.offset = begin;
    problem.length = length;
    problem.message = "'" + opening + "' is not closed: all that follows on the page is lost in it";
    problem.hint = "write " + (is_comment_ ? std::string("-->") : "</" + opening.substr(1) + ">") + " where it ends";
    return problem;
  }

 private:
  std::string_view html_;
  std::size_t tag_begin_ = 0, tag_end_ = 0, comment_begin_ = 0;
  bool is_comment_ = false, is_raw_text_ = false;
};

}  // namespace

// Everything about a page is kept and reported, and which services it carries is settled. `to` is for a session that is kept
// for updates, else null.
MadePage Session::Work::make_page(std::size_t i, KeptJob* to, Diagnostics& found) {
  OutputJob& job = jobs[i];
  const Body& body = body_of(job);
  Diagnostics ignored;
  AskedNames* asked = to ? &to->asked : nullptr;
  std::optional<GateSite> asking;
  if (to) asking.emplace(gate_site_noting(*asked));
  const GateSite& for_gate = asking ? *asking : *gate_site;
  const std::string script_url = declaration.asks ? site.config.base_path + runtime_file.path : "";
  const std::vector<ServiceIndex> of_tags = publisher->services_of_tags(job.at.url);
  std::vector<ServiceIndex> expected = service_sets.at(carried_by_layouts.expected(job.layout));
  add_services(expected, of_tags);
  job.carries = service_sets.number_of(expected);
  for (bool again = false;; again = true) {
    auto result = renderer->render(job, body, again ? ignored : found, asked != nullptr);
    if (asked) asked->insert(asked->end(), result.asked.begin(), result.asked.end());
    LinkScanner link_scanner(site.config, outputs, result.html, job.at.url, static_cast<std::uint32_t>(i), asked);
    TagCompleter completer(tag_options(), *published.files, result.html, asked);
    Gate gate(for_gate, result.html, job.at.url);
    // Every page, and not one of each layout: what a page's own text or a condition of a template puts in counts as well.
    std::optional<ConsentPartsJudge> design;
    if (declaration.asks) design.emplace(ConsentPartsWanted{script_url, declaration.sells_or_shares});
    UnclosedTail tail(result.html);
    HtmlScanner scanner(result.html);
    HtmlToken token;
    while (scanner.next(token)) {
      tail.see(token);
      link_scanner.see(token);
      completer.see(token, link_scanner.target());
      gate.see(token);
      if (design) design->see(token);
    }
    GatedHtml gated = gate.finish();
    // The opt-out links of what a page carries stand on it: where the gate finds others than expected, it is rendered once more.
    const std::uint32_t carries = service_sets.number_of(all_services(of_tags, gated));
    const bool is_as_expected = consent_values->is_same_on(std::exchange(job.carries, carries), carries);
    if (!is_as_expected && !again) continue;
    carried_by_layouts.note(job.layout, carries);
    PageFindings& page_findings = findings[i];
    page_findings.scan = link_scanner.finish();
    page_findings.html_size = static_cast<std::uint32_t>(result.html.size());
    CompletedTags tags = completer.finish();
    add_tag_edits(gated, tags);
    page_findings.sheets = tags.sheets;
    page_findings.broken_images.clear();
    for (const std::uint32_t number : tags.broken) page_findings.broken_images.push_back(input_of(number));
    published.files_of_jobs[i] = std::move(tags.files);
    page_findings.gate_problems = std::move(gated.problems);
    page_findings.design_problems = design ? design->finish() : std::vector<GateProblem>();
    if (auto unclosed = tail.finish()) {
      page_findings.design_problems.clear();  // of what is lost, too
      page_findings.gate_problems.push_back(*std::move(unclosed));
    }
    used_by_jobs[i] = std::move(result.used_pages);
    if (gated.has_placeholders) has_placeholders.store(true, std::memory_order_relaxed);
    if (gated.has_memory_form) has_memory_form.store(true, std::memory_order_relaxed);
    if (gated.has_import_map) has_import_map.store(true, std::memory_order_relaxed);
    if (job.page != kNone && site.pages[job.page].in_feed) {
      const Page& page = site.pages[job.page];
      const std::string& shown = site.config.feed->full_content ? result.content : page.summary;
      GatedHtml for_feed = gate_html(for_gate, shown, job.at.url, GateMode::feed);
      site.pages[job.page].content = apply_edits(shown, for_feed.edits);
      // What is wrong with the page has been found with better places.
      if (page_findings.gate_problems.empty())
        for (GateProblem& problem : for_feed.problems)
          report_in(found, std::move(problem), whole_file("content/" + page.file.path));
    }
    // Of tags that the gate says nothing about.
    page_findings.gate_problems.insert(page_findings.gate_problems.end(), tags.problems.begin(), tags.problems.end());
    if (to) {
      to->has_placeholders = gated.has_placeholders;
      to->has_memory_form = gated.has_memory_form;
      to->has_import_map = gated.has_import_map;
      to->carries = service_sets.at(carries);
      auto own = std::make_shared<PolicyUnion>();
      own->add(gated.needs, to->carries);
      publisher->add_needs_of_tags(job.at.url, *own);
      to->policies = std::move(own);
    } else {
      policies.add(gated.needs, service_sets.at(carries));
      publisher->add_needs_of_tags(job.at.url, policies);
    }
    return {std::move(result.html), publisher->edits_of_page(std::move(gated), job.at.url)};
  }
}

std::string Session::Work::input_of(std::uint32_t output) const {
  const auto file = published.files->find(output);
  return file ? file->shown : std::string();
}

// Of each once, however many pages show it.
void Session::Work::report_broken_images() {
  for (const std::string& input : std::exchange(published.broken_images, {}))
    diagnostics->warning(whole_file(input), "build/broken-image",
                         "this is no image that browsers show, or only a part of one",
                         "copy the image here again; where Git keeps it elsewhere, run 'git lfs pull'");
}

// The style sheets that all pages apply, where the site asks for hints: what a page will want is then known before the page is.
void Session::Work::find_common_sheets() {
  published.common_sheets.clear();
  if (!site.config.early_hints || findings.empty()) return;
  for (const std::uint64_t sheet : findings.front().sheets)
    if (sheet != 0 && std::ranges::all_of(findings, [&](const PageFindings& page) {
          return std::ranges::find(page.sheets, sheet) != page.sheets.end();
        }))
      for (const Asset& asset : assets)
        if (hash64(asset.file.path) == sheet) published.common_sheets.push_back(asset.file.path);
}

// What is only seen in whole pages: links, anchors, what the gate found. Settled after: they are right; findings are let go.
bool Session::Work::check_pages() {
  report_findings({site, jobs, findings, outputs, theme->layouts.size()},
                  Origins(files, content_dir(), site, *renderer, *links), options.jobs, *diagnostics);
  check_style_urls();
  check_imports();
  for (const PageFindings& page : findings)
    published.broken_images.insert(page.broken_images.begin(), page.broken_images.end());
  find_common_sheets();
  if (!kept) findings = {};
  // Last, since what mends the other errors may change what visitors are asked about.
  if (!options.development) check_lock(consent, lock, *diagnostics);
  return !diagnostics->has_errors();
}

}  // namespace hardtop
