#include "build/report_findings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "base/parallel.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {
namespace {

// What a layout has wrong is on every page that it makes, and to find where it comes from a page is made once more: a few will do.
constexpr std::size_t kFew = 10;

constexpr std::string_view kHtml = ".html";

using FaultKey = std::tuple<std::uint32_t, std::string, std::string>;  // layout, id, what it is about

// After a few pages that have a fault at one place of a template, the others of the layout have it there, too.
class FaultsOfLayouts {
 public:
  [[nodiscard]] bool is_known(const FaultKey& key) const {
    const auto found = faults_.find(key);
    return found != faults_.end() && found->second.is_one_place && found->second.pages >= kFew;
  }
  void note(const FaultKey& key, const Place& place) {
    const std::string path = place.source ? place.source->path : "";
    const auto [at, is_new] = faults_.try_emplace(key, Fault{path, place.offset});
    Fault& fault = at->second;
    ++fault.pages;
    if (path.empty() || path.starts_with("content/") || fault.path != path || fault.offset != place.offset)
      fault.is_one_place = false;
  }

 private:
  struct Fault {
    std::string path;
    std::size_t offset = 0, pages = 0;
    bool is_one_place = true;
  };
  std::map<FaultKey, Fault> faults_;
};

// The text among the parameters of a page; nullptr where none is it.
const Data* find_text(const DataTable& table, std::string_view text);
const Data* find_text(const Data& data, std::string_view text) {
  if (data.text() && *data.text() == text) return &data;
  if (data.table()) return find_text(*data.table(), text);
  if (data.array())
    for (const Data& item : *data.array())
      if (const Data* const found = find_text(item, text)) return found;
  return nullptr;
}
const Data* find_text(const DataTable& table, std::string_view text) {
  for (const DataEntry& entry : table)
    if (const Data* const found = find_text(entry.value, text)) return found;
  return nullptr;
}

// Where a page gives its layout what it prints: the parameter that is it, or the page as a whole.
Place place_in_head(const Page& page, const SourcePtr& source, std::string_view text) {
  const Data* const data = find_text(page.file.front.params, text);
  if (!data || !source) return whole_file("content/" + page.file.path);
  return {source, data->offset, data->length};
}

bool is_in_content(const Place& place) { return place.source && place.source->path.starts_with("content/"); }

class Report {
 public:
  Report(const FinishedPages& pages, const Origins& origins, Diagnostics& diagnostics)
      : pages_(pages),
        origins_(origins),
        diagnostics_(diagnostics),
        checks_links_(pages.site.config.links != LinkCheck::off),
        severity_(severity_of_links(pages.site.config)),
        pages_of_layout_(pages.layouts) {}

  void run(unsigned threads) {
    // Of most pages there is nothing to tell.
    std::vector<std::uint8_t> has_something(pages_.jobs.size());
    for_each_index(pages_.jobs.size(), threads, [&](std::size_t i) { has_something[i] = is_faulty(i); });
    note_told_links();
    for (const OutputJob& job : pages_.jobs) ++pages_of_layout_[job.layout];
    for (std::size_t i = 0; i < pages_.jobs.size(); ++i)
      if (has_something[i]) count_faults(i);
    for (std::size_t i = 0; i < pages_.jobs.size(); ++i)
      if (has_something[i]) report_page(i);
  }

 private:
  // A page of which there is something to tell; it is made again where a place in it is asked for.
  struct FaultyPage {
    const Report& report;
    const OutputJob& job;
    const PageFindings& found;
    std::optional<Origins::Page> opened{};

    const Origins::Page& origin() {
      if (!opened) opened.emplace(report.origins_.open(job, found.html_size));
      return *opened;
    }
    std::string text(const LinkInHtml& link) {  // nothing of a page that has changed meanwhile
      const std::string_view html = origin().html();
      return std::string(html.substr(std::min(link.offset, html.size()), link.length));
    }
    [[nodiscard]] FaultKey key(std::string id, std::string what) const {
      return {job.layout, std::move(id), std::move(what)};
    }
    [[nodiscard]] const Page* content() const {
      return job.page == kNone ? nullptr : &report.pages_.site.pages[job.page];
    }
  };

  [[nodiscard]] bool is_missing(const ScannedHtml::FragmentUse& use) const {
    if (use.target >= pages_.findings.size()) return false;  // not HTML of ours: what is in it is not known
    const auto& ids = pages_.findings[use.target].scan.ids;
    return !std::binary_search(ids.begin(), ids.end(), use.id);
  }
  static std::string name_of(const ScannedHtml::FragmentUse& use) {
    return std::to_string(use.target) + "#" + std::to_string(use.id);
  }

  [[nodiscard]] bool has_output(std::string_view path) const { return pages_.outputs.find(path) != kNone; }

  [[nodiscard]] std::string base_folder() const {
    const std::string& base = pages_.site.config.base_path;
    return base.substr(0, base.size() - 1);
  }
  [[nodiscard]] bool has_base_twice(std::string_view output) const {
    const std::string base = pages_.site.config.base_path.substr(1);
    return !base.empty() && output.starts_with(base) && has_output(output.substr(base.size()));
  }

  [[nodiscard]] bool is_faulty(std::size_t i) const {
    const PageFindings& page = pages_.findings[i];
    if (!page.gate_problems.empty() || !page.design_problems.empty() || !page.scan.duplicate_ids.empty()) return true;
    return checks_links_ &&
           (!page.scan.broken.empty() ||
            std::ranges::any_of(page.scan.fragments, [&](const auto& use) { return is_missing(use); }));
  }

  // Where links are only warned of, those to missing .md files come here unresolved; they have been reported.
  void note_told_links() {
    for (const Diagnostic& warning : diagnostics_.sorted())
      if (warning.id == "build/broken-link" && warning.place.source)
        told_links_.emplace(warning.place.source->path, warning.place.offset);
  }

  void count_faults(std::size_t i) {
    const PageFindings& found = pages_.findings[i];
    const std::uint32_t layout = pages_.jobs[i].layout;
    for (const GateProblem& problem : found.design_problems)
      ++design_faults_[{layout, problem.id, problem.message}].pages;
    if (!checks_links_) return;
    std::set<FaultKey> of_page;
    for (const auto& broken : found.scan.broken) of_page.emplace(layout, "build/broken-link", broken.output);
    for (const auto& use : found.scan.fragments)
      if (is_missing(use)) of_page.emplace(layout, "build/broken-anchor", name_of(use));
    for (const FaultKey& key : of_page) ++pages_with_[key];
  }

  void report_page(std::size_t i) {
    FaultyPage page{*this, pages_.jobs[i], pages_.findings[i]};
    report_gate(page);
    report_design(page);
    report_duplicate_ids(page);
    if (!checks_links_) return;
    report_broken_links(page);
    report_broken_anchors(page);
  }

  void report_gate(FaultyPage& page) {
    for (const GateProblem& problem : page.found.gate_problems) {
      const FaultKey key = page.key(problem.id, problem.message);
      if (of_layouts_.is_known(key)) continue;
      Place place = page.origin().find(problem.offset, problem.length);
      of_layouts_.note(key, place);
      diagnostics_.error(std::move(place), problem.id, problem.message, problem.hint);
    }
  }

  // A fault of the design that other pages of the layout do not have is the page's.
  void report_design(FaultyPage& page) {
    for (const GateProblem& problem : page.found.design_problems) {
      DesignFault& fault = design_faults_[page.key(problem.id, problem.message)];
      if (++fault.told > kFew) continue;
      Place place = page.origin().find(problem.offset, problem.length);
      std::string hint = problem.hint;
      if (fault.pages < pages_of_layout_[page.job.layout] && page.content() && !is_in_content(place)) {
        place = whole_file("content/" + page.content()->file.path);
        hint = "other pages of its layout have it: close what this page opens, or look for a condition in the layout";
      }
      diagnostics_.error(std::move(place), problem.id, problem.message, std::move(hint));
    }
  }

  void report_duplicate_ids(FaultyPage& page) {
    for (const auto& [link, id] : page.found.scan.duplicate_ids) {
      FaultKey key = page.key("build/duplicate-id", std::to_string(id));
      if (of_layouts_.is_known(key)) continue;
      const std::string text = page.text(link);
      report_link(page, Severity::warning, link, std::move(key),
                  "the id '" + text + "' is on /" + page.job.at.output + " twice",
                  "links to it lead to the first: rename one");
    }
  }

  void report_broken_links(FaultyPage& page) {
    for (const auto& [link, output] : page.found.scan.broken) {
      FaultKey key = page.key("build/broken-link", output);
      if (of_layouts_.is_known(key)) continue;
      const std::string text = page.text(link);
      const std::string path = text.substr(0, text.find_first_of("?#"));
      const std::string rest = text.substr(path.size());
      std::string hint = "mend the link, or add what it leads to; " + std::string(kLetsLinksPass);
      if (has_output(output + "/index.html"))
        hint = "write '" + path + "/" + rest + "', with a slash at the path's end";
      else if (has_output(output + ".html"))
        hint = "write '" + path + ".html" + rest + "'";
      else if (path.ends_with(kHtml) && output.ends_with(kHtml) &&
               has_output(output.substr(0, output.size() - kHtml.size()) + "/index.html"))
        hint = "write '" + path.substr(0, path.size() - kHtml.size()) + "/" + rest + "'";
      else if (has_base_twice(output))
        hint = "leave out '" + base_folder() + "': the path of base_url goes in front of links in Markdown by itself";
      report_link(page, severity_, link, std::move(key), "the link '" + text + "' leads to no file of the site",
                  std::move(hint));
    }
  }

  void report_broken_anchors(FaultyPage& page) {
    for (const auto& use : page.found.scan.fragments) {
      FaultKey key = page.key("build/broken-anchor", name_of(use));
      if (!is_missing(use) || of_layouts_.is_known(key)) continue;
      const std::string text = page.text(use.link);
      std::string hint =
          "a heading's anchor is made from its text; write one of your own as {#anchor} at the heading's end";
      if (const std::string near = nearest_anchor(use.target, text); !near.empty())
        hint = "did you mean '#" + near + "'?";
      report_link(
          page, severity_, use.link, std::move(key),
          "the link '" + text + "' leads to an anchor that /" + pages_.jobs[use.target].at.output + " does not have",
          std::move(hint));
    }
  }

  // A link that few pages of a layout have comes from these pages, though the layout prints it.
  void report_link(FaultyPage& page, Severity severity, const LinkInHtml& link, FaultKey key, std::string message,
                   std::string hint) {
    Place place = page.origin().find(link.offset, link.length);
    of_layouts_.note(key, place);
    const std::string& id = std::get<1>(key);
    if (id == "build/broken-link" && place.source && told_links_.contains({place.source->path, place.offset})) return;
    Diagnostic diagnostic{severity, id, std::move(place), std::move(message), std::move(hint), {}};
    const auto with = pages_with_.find(key);
    if (page.content() && with != pages_with_.end() && with->second < pages_of_layout_[page.job.layout] &&
        !is_in_content(diagnostic.place)) {
      diagnostic.notes.push_back({std::move(diagnostic.place), "the layout prints it here"});
      diagnostic.place = place_in_head(*page.content(), page.origin().source(), page.text(link));
    }
    diagnostics_.add(std::move(diagnostic));
  }

  // What the link most likely means on the page that it leads to, as it stands in a URL; empty where nothing is near.
  std::string nearest_anchor(std::uint32_t target, std::string_view link) {
    const auto [anchors, is_new] = anchors_.try_emplace(target);
    if (is_new)
      anchors->second = anchors_of(origins_.open(pages_.jobs[target], pages_.findings[target].html_size).html());
    const std::string url = decode_attribute(link);
    const std::string wanted =
        decode_percent(std::string_view(url).substr(std::min(url.find('#'), url.size() - 1) + 1));
    const std::vector<std::string_view> words(anchors->second.begin(), anchors->second.end());
    const auto as_made = std::ranges::find(words, slugify(wanted));  // the heading's text, or its capitals
    return std::string(as_made != words.end() ? *as_made : nearest(wanted, words));
  }

  struct DesignFault {
    std::size_t pages = 0, told = 0;
  };

  const FinishedPages& pages_;
  const Origins& origins_;
  Diagnostics& diagnostics_;
  const bool checks_links_;
  const Severity severity_;
  std::vector<std::size_t> pages_of_layout_;
  std::set<std::pair<std::string, std::size_t>> told_links_;  // path, offset
  std::map<FaultKey, DesignFault> design_faults_;
  std::map<FaultKey, std::size_t> pages_with_;
  FaultsOfLayouts of_layouts_;
  std::map<std::uint32_t, std::vector<std::string>> anchors_;  // by output number
};

}  // namespace

void report_findings(const FinishedPages& pages, const Origins& origins, unsigned threads, Diagnostics& diagnostics) {
  Report(pages, origins, diagnostics).run(threads);
}

}  // namespace hardtop
