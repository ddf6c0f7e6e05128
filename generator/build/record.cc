#include "build/record.h"

#include "base/url.h"
#include "build/feeds.h"
#include "build/links.h"
#include "build/lists.h"
#include "build/urls.h"
#include "consent/declaration.h"
#include "consent/gate_files.h"

namespace hardtop {

namespace {

// Nodes between input files and output files.
constexpr std::string_view kSite = "~site";    // what every page shows: site.toml, words, data, menus, asset URLs
constexpr std::string_view kPages = "~pages";  // which pages there are, with their URLs and dates
// Of each page: "~body", its text; "~card", what lists show beside its title; "~place", what says where it stands: its
// address, its title, what sorts and groups it. An update that knows which of them differ asks for these alone.

class Recorder {
 public:
  Recorder(const BuildFacts& facts, Dependencies& out) : in_(facts), out_(out) {}

  void record() {
    site_ = out_.node(kSite);
    pages_ = out_.node(kPages);
    for (const char* input : {"site.toml", "theme.toml", "consent.toml", "consent.lock"})
      out_.add(out_.node(input), site_);
    out_.add(out_.node(in_.theme.theme.manifest->path), site_);
    record_theme();
    record_pages();
    record_jobs();
    record_generated();
    record_runtime();
    for (const auto& [input, told] : in_.told_of) out_.add(out_.node(input), output(told));
    out_.finish();
  }

 private:
  Dependencies::Node output(std::string_view path) { return out_.node(Dependencies::output_name(path)); }
  Dependencies::Node layout(std::uint32_t i) { return out_.node("~layout " + in_.theme.layout_names[i]); }

  void record_theme() {
    for (std::uint32_t i = 0; i < in_.theme.layouts.size(); ++i)
      for (const std::string& source : in_.theme.layouts[i].sources()) out_.add(out_.node(source), layout(i));
    // Any page may call any component: what it calls is known only when its body is parsed, and is let go with it.
    const auto components = out_.node("~components");
    for (const auto& [name, component] : in_.theme.components)
      for (const std::string& source : component.compiled.sources()) out_.add(out_.node(source), components);
    out_.add(components, site_);
    for (const auto& [name, table] : in_.data) out_.add(out_.node("data/" + name + ".toml"), site_);
    for (const auto& [language, layers] : in_.theme.theme.translations)
      for (const SourcePtr& source : layers) out_.add(out_.node(source->path), site_);
    for (const Asset& asset : in_.assets)
      for (const std::string& source : asset.sources) {
        out_.add(out_.node(source), output(asset.file.path));
        for (const OutputFile& file : asset.beside) out_.add(out_.node(source), output(file.path));
        out_.add(out_.node(source), site_);  // the hash in its name
      }
    for (const Template* markup : {&in_.theme.placeholder, &in_.theme.consent_head})
      for (const std::string& source : markup->sources()) out_.add(out_.node(source), site_);
    for (const StaticFile& file : in_.static_files) record_plain(out_.node(file.input), file.file.path);
  }

  // A file that is published as it was written.
  void record_plain(Dependencies::Node input, const std::string& path) {
    out_.add(input, output(path));
    const PublishedAs kind = published_as(path);
    if (kind == PublishedAs::passive) return;
    // HTML is gated and has a policy; a file of unknown kind may be HTML. What other files load, the policies of the pages
    // with them allow.
    if (kind == PublishedAs::html || kind == PublishedAs::unknown)
      out_.add(site_, output(path));
    else
      out_.add(input, site_);
  }

  // The parts that the runtime has: a page with the first placeholder, or the last, changes them, and with them the name
  // that every page loads it by. In development it has every part and one name.
  void record_runtime() {
    if (in_.runtime_output.empty()) return;
    out_.add(site_, output(in_.runtime_output));
    if (in_.development) return;
    for (const auto file : file_) out_.add(file, site_);
    for (std::uint32_t i = 0; i < in_.theme.layouts.size(); ++i) out_.add(layout(i), site_);
  }

  void record_pages() {
    file_.reserve(in_.site.pages.size());
    card_.reserve(in_.site.pages.size());
    for (const Page& page : in_.site.pages) {
      const auto file = out_.node("content/" + page.file.path);
      const auto body = out_.node("~body " + page.file.path), card = out_.node("~card " + page.file.path),
                 place = out_.node("~place " + page.file.path);
      for (const auto part : {body, card, place}) out_.add(file, part);
      out_.add(place, pages_);
      file_.push_back(file);
      body_.push_back(body);
      card_.push_back(card);
      place_.push_back(place);
    }
    for (const PageIndex i : in_.pages_shown_everywhere) out_.add(place_[i], site_);
    for (std::size_t i = 0; i < in_.links_of_params.size(); ++i)
      for (const PageIndex used : in_.links_of_params[i]) out_.add(place_[used], card_[i]);
    for (const std::string& path : in_.site.bundle_files)
      record_plain(out_.node("content/" + path), ContentLinks::locate_bundle_file(in_.site.config, path).output);
    if (in_.policy_page != kNone) out_.add(place_[in_.policy_page], site_);
  }

  void record_jobs() {
    for (std::size_t i = 0; i < in_.jobs.size(); ++i) {
      const OutputJob& job = in_.jobs[i];
      const auto to = output(job.at.output);
      out_.add(site_, to);
      out_.add(layout(job.layout), to);
      if (job.page != kNone) {
        const Page& page = in_.site.pages[job.page];
        for (const auto part : {file_[job.page], body_[job.page], card_[job.page]}) out_.add(part, to);
        for (const PageIndex used : in_.links_of_pages[job.page]) out_.add(place_[used], to);
        // Counts of its terms.
        for (const TaxonomyModel& taxonomy : in_.site.taxonomies)
          if (page.file.front.taxonomies.contains(taxonomy.config->name)) out_.add(term_counts(taxonomy), to);
      }
      // The sections above it, in breadcrumbs; a term stands below the home page. Those below it, if it is one itself.
      const SectionIndex above = job.section != kNone ? job.section
                                 : job.page != kNone  ? in_.site.pages[job.page].section
                                                      : 0;
      for (SectionIndex s = above; s != kNone; s = in_.site.sections[s].parent)
        if (in_.site.sections[s].page != kNone) add_card_and_place(in_.site.sections[s].page, to);
      if (job.section != kNone)
        for (const SectionIndex child : in_.site.sections[job.section].children)
          if (in_.site.sections[child].page != kNone) out_.add(card_[in_.site.sections[child].page], to);
      for (const PageIndex used : in_.used_by_jobs[i]) out_.add(place_[used], to);
      const ListSlice slice = list_slice(in_.site, job);
      for (std::size_t n = 0; n < slice.count; ++n) out_.add(card_[slice.first[n]], to);
      // A list shows what sorts into it: any page's front matter may.
      if (job.kind != OutputJob::Kind::page) out_.add(pages_, to);
    }
  }

  void record_generated() {
    out_.add(site_, output(kGpcFile));
    for (const std::string& name : sitemap_names(in_.jobs)) {
      out_.add(pages_, output(name));
      out_.add(out_.node("site.toml"), output(name));
    }
    out_.add(out_.node("site.toml"), output("robots.txt"));
    if (in_.site.config.feed) {
      out_.add(pages_, output("feed.xml"));
      out_.add(site_, output("feed.xml"));
      for (const PageIndex i : in_.in_feed)
        for (const auto part : {body_[i], card_[i]}) out_.add(part, output("feed.xml"));
    }
    for (const Page& page : in_.site.pages)
      for (const Alias& alias : page.file.front.aliases)
        if (const auto at = locate(in_.site.config, decode_percent(alias.url))) {
          out_.add(out_.node("content/" + page.file.path), output(at->output));
          for (const char* input : {"site.toml", "consent.toml"}) out_.add(out_.node(input), output(at->output));
        }
  }

  void add_card_and_place(PageIndex page, Dependencies::Node to) {
    out_.add(card_[page], to);
    out_.add(place_[page], to);
  }

  Dependencies::Node term_counts(const TaxonomyModel& taxonomy) {
    const auto node = out_.node("~terms " + taxonomy.config->name);
    out_.add(pages_, node);
    return node;
  }

  const BuildFacts& in_;
  Dependencies& out_;
  Dependencies::Node site_ = 0, pages_ = 0;
  std::vector<Dependencies::Node> file_, body_, card_, place_;
};

}  // namespace

void record_dependencies(const BuildFacts& facts, Dependencies& out) { Recorder(facts, out).record(); }

}  // namespace hardtop
