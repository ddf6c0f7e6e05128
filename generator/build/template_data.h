// The site as templates see it: what build/template_schema.cc promises, filled in. Built once, then only read, by all
// threads at once; everything borrows from the site model and the arena here.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "build/compile_theme.h"
#include "build/consent_values.h"
#include "build/data_values.h"
#include "build/links.h"
#include "build/site_model.h"

namespace hardtop {

struct TemplateInputs {
  const SiteModel& site;
  const CompiledTheme& theme;
  const ContentLinks& links;
  const std::map<std::string, std::string>& assets;  // name -> URL: "css_main"
  const std::map<std::string, DataTable>& data;      // data/NAME.toml
  const ConsentValues& consent;
  bool development = false;
};

class TemplateData {
 public:
  // Reports build/unknown-menu-target, and build/…-param for the parameters of site and pages.
  TemplateData(const TemplateInputs& inputs, Diagnostics& diagnostics);
  TemplateData(const TemplateData&) = delete;
  TemplateData& operator=(const TemplateData&) = delete;

  // The context for one output file. `content` and the scratch values are borrowed: they must live while it is used.
  struct Scratch {
    Object root, page, pager, consent;
    ValueArena arena;
    List pages, sections, toc, taxonomies, breadcrumbs;
    std::string words, minutes, current, total;
  };
  // `body` is the page's, which may have been let go of in the model.
  void fill(const OutputJob& job, const Body& body, Scratch& scratch) const;
  // What is the same on every page that carries these services (consent_values.h).
  void fill_site(std::uint32_t carries, Scratch& scratch) const;
  void fill_placeholder(const Placeholder& placeholder, Scratch& scratch) const;
  static void set_content(Scratch& scratch, std::string_view content);

  // Cards need summaries: to be called when bodies are parsed. Those of pages are made for each list that shows them:
  // kept, they would be a third of a kilobyte a page, made on one thread.
  void make_section_cards();

  // For updates: a number that is another when the templates of the job's page would see something else (template_stamp.cc).
  // Of the body only what is seen beside its text; the job carries no services. After make_section_cards() and
  // prepare_stamps(). Safe to call from several threads.
  void prepare_stamps();
  [[nodiscard]] std::uint64_t stamp(const OutputJob& job, const Body& body) const;

  // For the dependency record: pages that a menu or a parameter of the site leads to, whose titles and URLs every page
  // shows; and, by page, those that its parameters lead to.
  [[nodiscard]] const std::vector<PageIndex>& pages_shown_everywhere() const { return pages_shown_everywhere_; }
  [[nodiscard]] const std::vector<std::vector<PageIndex>>& links_of_params() const { return links_of_params_; }

 private:
  void fill_card(PageIndex page, Object& card) const;
  const Object* date_value(const std::optional<Date>& date);
  [[nodiscard]] Value page_date(const std::optional<Date>& date) const;
  void make_site_object();
  void make_menus(Diagnostics& diagnostics);
  void make_terms();
  void make_params(Diagnostics& diagnostics);
  void fill_pager(const OutputJob& job, std::size_t list_pages, Scratch& scratch) const;
  void fill_toc(const Body& body, Scratch& scratch) const;
  void fill_breadcrumbs(SectionIndex section, bool own_page, Scratch& scratch) const;

  const TemplateInputs in_;
  ValueArena arena_;
  Object site_, assets_, translations_, data_;
  std::unordered_map<std::int64_t, const Object*> dates_;  // by year*10000 + month*100 + day
  std::vector<Object> section_cards_;
  std::vector<Value> page_params_;                       // by page
  std::vector<std::vector<const List*>> page_terms_;     // by taxonomy, page; null without terms of it
  const std::vector<const List*>* page_tags_ = nullptr;  // those of the taxonomy "tags", if the site has it
  std::vector<std::vector<const Object*>> terms_;        // by taxonomy, term
  std::vector<List> term_lists_;                         // by taxonomy
  // The menus as a page sees them that no menu leads to, and by URL as the others do.
  const Object* plain_menus_ = nullptr;
  std::unordered_map<std::string, const Object*> menus_by_url_;
  std::vector<PageIndex> pages_shown_everywhere_;
  std::vector<std::vector<PageIndex>> links_of_params_;
  std::unordered_map<const Object*, std::uint64_t> shared_stamps_;
};

// "November 23, 2026": after the translation keys date_long ("{month} {day}, {year}") and months (twelve names,
// separated by spaces or commas), in English where a theme has none.
[[nodiscard]] std::string long_date(const Date& date, const std::map<std::string, std::string>& translations);

}  // namespace hardtop
