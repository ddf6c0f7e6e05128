// The passes that read a site: configuration, content, theme, data.
#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/toml.h"
#include "build/check_words.h"
#include "build/lists.h"
#include "build/load_data.h"
#include "build/session_work.h"
#include "content/title_heading.h"

namespace hardtop {

namespace {

// The file's name without its ending, or its folder's for index files.
std::string_view page_name(const ContentFile& file) {
  const std::string_view path = file.path;
  return file_name(file.is_section || file.is_bundle ? folder_of(path) : path.substr(0, path.size() - 3));  // ".md"
}

// Keys of [params] that the theme does not declare.
std::vector<std::string> free_params(const std::vector<const DataTable*>& tables,
                                     const std::vector<ParamType>& declared) {
  std::set<std::string> names;
  for (const DataTable* table : tables)
    for (const DataEntry& entry : *table)
      if (std::none_of(declared.begin(), declared.end(), [&](const ParamType& p) { return p.name == entry.key; }))
        names.insert(entry.key);
  return {names.begin(), names.end()};
}

// Another number for other names.
std::uint64_t key_of(const SiteNames& names) {
  std::string all;
  for (const auto* list : {&names.asset_names, &names.data_names, &names.free_site_params, &names.free_page_params}) {
    for (const std::string& name : *list) all += name + '\n';
    all += '\n';
  }
  return hash64(all);
}

}  // namespace

// site.toml. Settled after: site.config.
bool Session::Work::read_config() {
  auto config = load_site_config(files, options.site_dir, options.base_url, *diagnostics,
                                 options.development ? Environment::development : Environment::production);
  if (!config) return false;
  site.config = std::move(*config);
  if (!options.language.empty()) site.config.language = options.language;
  return true;
}

// Front matter of every page. Settled after: site.pages with titles, bundle files.
bool Session::Work::read_content() {
  LoadContentOptions load;
  for (const Taxonomy& taxonomy : site.config.taxonomies) load.taxonomies.push_back(taxonomy.name);
  load.jobs = options.jobs;
  if (kept) {
    if (!reload_content(load)) return false;
  } else {
    auto content = load_content(files, content_dir(), "content", load, *diagnostics);
    if (!content) return false;
    site.bundle_files = std::move(content->bundle_files);
    site.pages.resize(content->pages.size());
    for_each_index(site.pages.size(), options.jobs,
                   [&](std::size_t i) { site.pages[i] = make_page_of(std::move(content->pages[i])); });
  }
  leave_out_pages();
  if (site.pages.empty())
    diagnostics->warning(whole_file("content"), "build/empty-site", "there is no page in content/",
                         "add one: hardtop new page my-first-page");
  return true;
}

Page Session::Work::make_page_of(ContentFile file) const {
  Page page;
  page.file = std::move(file);
  page.is_home = page.file.path == "_index.md" || page.file.path == "index.md";
  page.is_404 = page.file.path == "404.md";
  page.title = page.file.front.title;
  if (page.title.empty())
    if (auto heading =
            find_title_heading(page.file.source, page.file.front.body_offset, markdown_options(site.config))) {
      page.title = std::move(heading->title);
      page.file.front.body_offset = heading->end;  // layouts show the title
    }
  if (page.title.empty()) page.title = page.is_home ? site.config.title : title_from_name(page_name(page.file));
  return page;
}

// Drafts, pages of the future and expired ones are no part of the site, unless they are asked for.
std::optional<LeftOut> Session::Work::reason_to_leave_out(const FrontMatter& front) const {
  if (front.draft && !options.drafts) return LeftOut::draft;
  if (front.date && unix_seconds(*front.date) > options.now && !options.future) return LeftOut::future;
  if (front.expires && unix_seconds(*front.expires) <= options.now && !options.expired) return LeftOut::expired;
  return std::nullopt;
}

// When the clock alone makes another site of it.
void Session::Work::note_moments_of(const FrontMatter& front) {
  for (const std::optional<Date>& date : {front.date, front.expires})
    if (date && unix_seconds(*date) > options.now) site.changes_at = std::min(site.changes_at, unix_seconds(*date));
}

void Session::Work::leave_out_pages() {
  for (const Page& page : site.pages) note_moments_of(page.file.front);
  const auto rest = std::stable_partition(site.pages.begin(), site.pages.end(), [&](const Page& page) {
    const std::optional<LeftOut> why = reason_to_leave_out(page.file.front);
    if (why) site.left_out[page.file.path] = *why;
    return !why.has_value();
  });
  left_out.assign(std::make_move_iterator(rest), std::make_move_iterator(site.pages.end()));
  site.pages.erase(rest, site.pages.end());
  leave_out_files();
  site.page_by_path.reserve(site.pages.size());
  for (PageIndex i = 0; i < site.pages.size(); ++i) site.page_by_path.add(site.pages[i].file.path, i);
}

// The files beside index.md and _index.md are that page's, and so are those below, up to the next folder with a page of its own.
void Session::Work::leave_out_files() {
  if (site.left_out.empty() || site.bundle_files.empty()) return;
  std::set<std::string_view> folders;  // with a page of their own
  for (const Page& page : site.pages)
    if (page.file.is_bundle || page.file.is_section) folders.insert(folder_of(page.file.path));
  const auto is_left_out = [&](std::string_view file) {
    for (std::size_t slash = file.rfind('/'); slash != file.npos;
         slash = slash == 0 ? file.npos : file.rfind('/', slash - 1)) {
      const std::string folder(file.substr(0, slash));
      if (folders.contains(folder)) return false;
      if (site.left_out.contains(folder + "/index.md") || site.left_out.contains(folder + "/_index.md")) return true;
    }
    return false;
  };
  const auto rest = std::stable_partition(site.bundle_files.begin(), site.bundle_files.end(),
                                          [&](const std::string& file) { return !is_left_out(file); });
  site.left_out_files.assign(std::make_move_iterator(rest), std::make_move_iterator(site.bundle_files.end()));
  site.bundle_files.erase(rest, site.bundle_files.end());
}

// The theme, its words, the site's data. Settled after: theme, data; templates and their names are right. A theme that is
// kept for updates was read and compiled in silence, and nothing of it has changed.
bool Session::Work::read_theme() {
  const std::size_t told_before = told();
  std::shared_ptr<const CompiledTheme> before = kept ? kept->theme : nullptr;
  std::optional<Theme> loaded;
  std::optional<std::map<std::string, std::string>> translations;
  if (!before) {
    loaded = load_theme(files, options.site_dir, site.config.theme, site.config.theme_place, *diagnostics);
    if (!loaded) return false;
    translations = load_translations(*loaded, site.config.language, *diagnostics);
  }
  bool is_silent = told() == told_before;

  data = load_data(files, options.site_dir, *diagnostics);
  if ((!before && !translations) || diagnostics->has_errors()) return false;

  declaration = make_declaration(consent, lock, site.config.language, before ? before->translations : *translations,
                                 site.config.base.host);

  const Theme& found = before ? before->theme : *loaded;
  SiteNames names;
  for (const auto& [name, table] : data) names.data_names.push_back(name);
  names.asset_names = asset_names(found);
  names.free_site_params = free_params({&site.config.params}, found.params);
  std::vector<const DataTable*> page_params;
  for (const Page& page : site.pages)
    if (!page.file.front.params.empty()) page_params.push_back(&page.file.front.params);
  names.free_page_params = free_params(page_params, found.page_params);
  const std::uint64_t key = kept ? key_of(names) : 0;
  if (before && kept->theme_key == key) {
    theme = std::move(before);
    return true;
  }
  if (before) {
    loaded = before->theme;
    translations = before->translations;
  }
  const std::size_t told_of_files = told();
  auto compiled = compile_theme(std::move(*loaded), site.config, std::move(*translations), names, *diagnostics);
  if (kept) kept->theme.reset();
  if (!compiled) return false;
  theme = std::make_shared<const CompiledTheme>(std::move(*compiled));
  // The preview speaks other languages only to look at them.
  if (options.language.empty()) check_words(*theme, site.config.language, declaration.asks, *diagnostics);
  is_silent = is_silent && told() == told_of_files;
  if (kept && is_silent) {
    kept->theme = theme;
    kept->theme_key = key;
  }
  return true;
}

}  // namespace hardtop
