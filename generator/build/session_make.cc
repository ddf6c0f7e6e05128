// The passes that plan and make a site's output files from what was read.
#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/suggest.h"
#include "base/url.h"
#include "build/feeds.h"
#include "build/file_rules.h"
#include "build/hosts.h"
#include "build/lists.h"
#include "build/session_work.h"
#include "build/unmatched_patterns.h"
#include "build/urls.h"
#include "config/key_place.h"
#include "consent/evidence.h"

namespace hardtop {

namespace {

std::string text_of_page(const Files& files, const std::vector<OutputFile>& all, const std::string& output) {
  std::string made;
  std::string_view html;
  const auto page = std::ranges::find(all, output, &OutputFile::path);
  return page != all.end() && !read_output(files, *page, made, html) ? visible_text(html) : "";
}

}  // namespace

// Jobs are added first: theirs are the numbers below jobs.size().
void Session::Work::add_output(const std::string& path) {
  if ((kept || !site.config.headers.empty()) && next_output >= jobs.size()) other_outputs.push_back(path);
  outputs.add(path, next_output++);
}

// Planning is work for one thread, and so is libsass: they go side by side. What is wrong with style sheets is told when their turn
// comes.
std::future<std::vector<Asset>> Session::Work::begin_assets() {
  const auto compile = [this] {
    if (kept && kept->has_assets) return kept->assets;
    return compile_assets(theme->theme, options_of_assets(), asset_diagnostics);
  };
  try {
    if (options.jobs != 1) return std::async(std::launch::async, compile);
  } catch (const std::system_error&) {
    // The system gives no more threads.
  }
  return std::async(std::launch::deferred, compile);
}

// URLs, lists, and who writes which file. Settled after: assets; every output file's name; nothing is claimed twice.
bool Session::Work::plan() {
  plan_urls(site, *diagnostics, options.jobs);
  if (diagnostics->has_errors()) return false;
  auto compiled = begin_assets();
  group_pages(site, *diagnostics);
  jobs = plan_jobs(site);
  assign_layouts(site, *theme, jobs, *diagnostics);
  in_feed = feed_pages(site);
  for (const PageIndex i : in_feed) site.pages[i].in_feed = true;

  outputs.reserve(jobs.size() + site.bundle_files.size());
  claims.reserve(jobs.size() + site.bundle_files.size());
  const auto claim = [&](const std::string& output, const char* what, Place place) {
    add_output(output);
    return claims.claim(output, {what, std::move(place)}, *diagnostics);
  };
  for (const OutputJob& job : jobs) {
    if (job.page != kNone)
      claim(job.at.output, job.list_page == 0 ? "the page" : "a list page", {site.pages[job.page].file.source});
    else if (job.kind == OutputJob::Kind::taxonomy || job.kind == OutputJob::Kind::term)
      claim(job.at.output, "the list of a term", whole_file("site.toml"));
    else if (job.kind == OutputJob::Kind::not_found)
      claim(job.at.output, "the page for missing addresses", whole_file("site.toml"));
    else
      claim(job.at.output, "the list of a section", whole_file(join_path("content", site.sections[job.section].path)));
  }
  for (const std::string& path : site.bundle_files)
    claim(ContentLinks::locate_bundle_file(site.config, path).output, "a file", whole_file("content/" + path));
  static_files = find_static_files(files, options.site_dir, theme->theme, *diagnostics);
  for (const StaticFile& file : static_files) claim(file.file.path, "a static file", whole_file(file.input));
  // Names that hardtop writes itself. A robots.txt of the site takes the generated one's place, whatever it is made from.
  makes_robots = !claims.has("robots.txt");
  if (makes_robots) claim("robots.txt", "the generated file", whole_file("robots.txt"));
  for (const std::string& name : sitemap_names(jobs)) claim(name, "the generated file", whole_file(name));
  if (site.config.feed) claim("feed.xml", "the generated file", whole_file("feed.xml"));
  if (!options.development && read_from_output(site.config.hosts))
    claim("_headers", "a host's file", site.config.hosts_place);
  makes_gpc = !gpc_json(consent).empty() && !claims.has(std::string(kGpcFile));
  if (makes_gpc) claim(std::string(kGpcFile), "the generated file", {consent.source});
  for (const Page& page : site.pages)
    for (const Alias& alias : page.file.front.aliases) {
      const Place place{page.file.source, alias.offset, alias.url.size() + 2};
      const bool is_path = is_page_path(alias.url);
      const auto at = is_path ? locate(site.config, decode_percent(alias.url)) : std::nullopt;
      if (!at) {
        diagnostics->error(place, is_path ? "build/url-outside" : "build/bad-url",
                           "the alias '" + alias.url + "' is not a path inside the site",
                           "write a path that begins with '/', without '?' and '#': aliases = [\"/old/\"]");
        continue;
      }
      if (claim(at->output, "an alias", place))
        redirects.push_back({at->output, redirect_page(site.config, page.at.url, page.title), ""});
    }
  links.emplace(site);
  published.files.emplace(PublishedFiles::Inputs{
      files, site.config, content_dir(), static_cast<std::uint32_t>(jobs.size()), site.bundle_files, static_files});
  assets = compiled.get();
  return !diagnostics->has_errors();
}

// A sheet of plain CSS is part of others, as one that begins with '_' is; by itself it is nothing, which beginners do not expect.
void Session::Work::tell_of_unused_css() const {
  const auto is_used = [&](const std::string& path) {
    return std::ranges::any_of(
        assets, [&](const Asset& asset) { return std::ranges::find(asset.sources, path) != asset.sources.end(); });
  };
  for (const auto& [path, file] : theme->theme.files) {
    if (!path.starts_with("styles/") || !path.ends_with(".css") || is_used(file.source->path)) continue;
    diagnostics->warning(whole_file(file.source->path), "theme/unused-file", "no style sheet imports this one",
                         "rename it to end in .scss, which takes plain CSS, or import it in one that does");
  }
}

// Names of style sheets and scripts, and what is wrong with them. Settled after: asset_urls.
bool Session::Work::make_assets() {
  const std::vector<Diagnostic> found = asset_diagnostics.sorted();
  for (const Diagnostic& diagnostic : found) diagnostics->add(diagnostic);
  if (!diagnostics->has_errors()) tell_of_unused_css();
  // What reported something is made again each time, and so is its report.
  if (kept) {
    kept->has_assets = found.empty();
    kept->assets = kept->has_assets ? assets : std::vector<Asset>();
  }
  for (const Asset& asset : assets) {
    asset_urls[asset.name] = site.config.base_path + asset.file.path;
    published.files->add_made(next_output, {asset.file.path, asset.sources.front()},
                              options.development ? "" : integrity_of(asset.file.bytes));
    add_output(asset.file.path);
    claims.claim(asset.file.path, {"the generated file", whole_file(asset.sources.front())}, *diagnostics);
    for (const OutputFile& file : asset.beside)
      claims.claim(file.path, {"the generated file", whole_file(asset.sources.front())}, *diagnostics);
  }
  claim_runtime();
  claims.check_names(*diagnostics);
  claims = {};  // a name twice for every output file, and the sources of all pages
  return !diagnostics->has_errors();
}

namespace {

// What menu_target reads as a page of content/, and reports.
bool names_content(std::string_view to) { return to.substr(0, to.find_first_of("?#")).ends_with(".md"); }

}  // namespace

// Paths that menus lead to: each page shows them, and what is wrong is in site.toml.
void Session::Work::check_menus() const {
  if (site.config.links == LinkCheck::off) return;
  for (const auto& [name, entries] : site.config.menus)
    for (const MenuEntry& entry : entries) {
      const std::string& to = entry.target;
      if (!to.starts_with('/') || to.starts_with("//") || names_content(to)) continue;
      const std::string& base = site.config.base_path;
      if (leads_somewhere(site.config, outputs, base + to.substr(1))) continue;
      const bool has_base = base != "/" && to.starts_with(base) && leads_somewhere(site.config, outputs, to);
      diagnostics->add({severity_of_links(site.config),
                        "build/unknown-menu-target",
                        entry.place,
                        "the menu leads to '" + to + "', and the site has no such file",
                        has_base
                            ? "write '" + to.substr(base.size() - 1) + "': the path of base_url goes in front"
                            : "write \"about.md\" (below content/), or mend the path; " + std::string(kLetsLinksPass),
                        {}});
    }
}

// A theme shows the menus that its templates name. "main" and "footer" are names that every theme knows, whether it shows them or not.
void Session::Work::check_menu_names() const {
  const auto is_shown = [&](const std::string& name) { return is_read(*theme, "menu", name); };
  for (const auto& [name, entries] : site.config.menus) {
    if (name == "main" || name == "footer" || is_shown(name)) continue;
    std::vector<std::string_view> shown;
    for (const Field& menu : theme->schema.find("menus")->fields)
      if (is_shown(menu.name)) shown.push_back(menu.name);
    const std::string_view near = nearest(name, shown);
    diagnostics->warning(key_place(site.config.source, "menu", name), "build/unused-menu",
                         "no template shows the menu '" + name + "'",
                         near.empty() ? "show it with {{#menu." + name + "}}…{{/menu." + name + "}}, or remove it"
                                      : "did you mean '" + std::string(near) + "'?");
  }
}

// Patterns of consent.toml and site.toml that match nothing.
void Session::Work::check_patterns() {
  const std::vector<std::string> urls = urls_of_left_out(site.config, std::exchange(left_out, {}));
  const PatternsLookedAt at{site, jobs, other_outputs, static_files, files, options.development};
  check_tag_pages(at, consent, urls, *diagnostics);
  check_header_paths(at, urls, *diagnostics);
}

// Menus, parameters, dates, terms as templates see them. Settled after: template_data but for the cards of pages.
bool Session::Work::prepare_templates() {
  check_menus();
  check_menu_names();
  check_patterns();
  template_data.emplace(TemplateInputs{site, *theme, *links, asset_urls, data, *consent_values, options.development},
                        *diagnostics);
  return !diagnostics->has_errors();
}

// Markdown. Settled after: Page::body, summary, words; sources are let go. Of bodies that are kept, only those are parsed
// that are not good any more.
bool Session::Work::parse_bodies() {
  prepare_markdown();
  links_of_pages.resize(site.pages.size());
  std::atomic<std::size_t> done{0};
  const auto parse = [&](std::size_t i, AskedNames* asked, Diagnostics& found) {
    Page& page = site.pages[i];
    const LinkResolver resolve = [&](const LinkUse& use) {
      return links->resolve(page.file.path, use, {links_of_pages[i], asked}, found);
    };
    auto body =
        parse_markdown(page.file.source, page.file.front.body_offset, markdown_options(site.config), resolve, found);
    if (!body) return;
    page.words = body->words;
    page.summary = std::move(body->summary_html);
    page.body = std::move(*body);
    // They wait for all other pages.
    page.summary.shrink_to_fit();
    for (BodyPart& part : page.body.parts) part.html.shrink_to_fit();
    for (Heading& heading : page.body.headings) heading.text = std::string();  // templates show its HTML
  };
  for_each_index(site.pages.size(), options.jobs, [&](std::size_t i) {
    Page& page = site.pages[i];
    if (!page.kept) {
      parse(i, nullptr, *diagnostics);
      page.file.source.reset();
    } else if (page.kept->is_good) {
      return;
    } else {
      Diagnostics found;
      page.kept->asked.clear();
      parse(i, &page.kept->asked, found);
      sort_names(page.kept->asked);
      page.kept->serial = kept->next_serial.fetch_add(1, std::memory_order_relaxed);
      page.kept->is_good = pass_on(found);
    }
    tell("Reading pages", done.fetch_add(1, std::memory_order_relaxed) + 1, site.pages.size());
  });
  if (!kept) collect_memory();  // the sources of all pages
  return !diagnostics->has_errors();
}

// Paths of output files that Cache-Control is told apart by: those that hardtop names by their content.
std::vector<std::string> Session::Work::fingerprinted() const {
  std::vector<std::string> paths;
  if (options.development) return paths;
  for (const Asset& asset : assets) paths.push_back(asset.file.path);
  if (!runtime_file.path.empty()) paths.push_back(runtime_file.path);
  return paths;
}

// The header rules of a site with these files.
std::vector<HeaderRule> Session::Work::headers_for_files(const std::vector<OutputFile>& all) const {
  std::vector<HeaderRule> rules = site_headers(policies.facts(site.config.base.scheme == "https"), *services);
  const std::vector<HeaderRule> more = file_rules(rules, all, fingerprinted());
  rules.insert(rules.end(), more.begin(), more.end());
  if (!published.common_sheets.empty() && !options.development && site.config.early_hints) {
    std::string links_ahead;
    for (const std::string& sheet : published.common_sheets) {
      links_ahead += (links_ahead.empty() ? "<" : ", <") + site.config.base_path + encode_file_path(sheet) +
                     ">; rel=preload; as=style";
      // Without the same integrity as the <link> has, browsers do not take what they loaded ahead. The rule is for every path, since
      // hosts have no pattern for what is HTML (a page's address may end in anything); with other files nothing is loaded by it.
      if (site.config.integrity)
        links_ahead += "; integrity=\"" + published.files->integrity(outputs.find(sheet)) + "\"";
    }
    rules.push_back({"/*", "Link", std::move(links_ahead)});
  }
  return join_headers(std::move(rules), site.config.headers);
}

// Everything that is to be written.
SiteOutput Session::Work::collect() {
  SiteOutput out;
  out.pages = jobs.size();
  for (const auto& [path, why] : site.left_out)
    ++(why == LeftOut::draft    ? out.left_out.drafts
       : why == LeftOut::future ? out.left_out.future
                                : out.left_out.expired);
  out.changes_at = site.changes_at;
  out.files = std::exchange(rendered, {});
  if (kept) std::erase_if(out.files, [](const OutputFile& file) { return file.bytes.empty(); });  // the caller has it
  for (OutputFile& file : sitemap(site, jobs)) out.files.push_back(std::move(file));
  if (site.config.feed) out.files.push_back({"feed.xml", atom_feed(site, in_feed), ""});
  for (OutputFile& file : redirects) out.files.push_back(std::move(file));
  redirects.clear();
  if (!runtime_file.path.empty()) out.files.push_back({runtime_file.path, runtime_file.bytes, ""});
  std::map<std::string_view, std::string*> written;
  for (WrittenHtml& html : written_html) written[html.output] = &html.published;
  const auto as_published = [&](OutputFile file) {
    if (const auto html = written.find(file.path); html != written.end())
      file = {file.path, std::move(*html->second), ""};
    return file;
  };
  // Paths are copied: the dependency record asks for them later. So is all of it where an edit will ask again.
  const auto hand_over = [&](OutputFile& file) {
    out.files.push_back(
        as_published(kept ? file : OutputFile{file.path, std::move(file.bytes), std::move(file.copy_from)}));
  };
  for (Asset& asset : assets) {
    hand_over(asset.file);
    for (OutputFile& file : asset.beside) hand_over(file);
  }
  for (const StaticFile& file : static_files)  // copies: a page that is edited later may ask for the size of an image
    out.files.push_back(as_published(file.file));
  for (const std::string& path : site.bundle_files)
    out.files.push_back(
        as_published({ContentLinks::locate_bundle_file(site.config, path).output, "", join_path(content_dir(), path)}));
  if (makes_gpc) out.files.push_back({std::string(kGpcFile), gpc_json(consent), ""});
  if (makes_robots) out.files.push_back({"robots.txt", robots_txt(site.config), ""});
  make_headers(out);
  // Nobody is shown what is previewed.
  if (!options.development && !kept) {
    const std::string path = policy_page == kNone ? "" : site.pages[policy_page].at.url;
    const std::string text =
        policy_page == kNone ? "" : text_of_page(files, out.files, site.pages[policy_page].at.output);
    out.host_files.push_back({std::string(kEvidenceFile),
                              evidence_json({consent, declaration, theme->translations, site.config.language,
                                             site.config.base_url, path, text, out.headers}),
                              ""});
  }
  return out;
}

// The header rules, and what hosts read them from.
void Session::Work::make_headers(SiteOutput& out) {
  if (kept) {
    // An update hands out what differs, and the rules are about all there is: of files with one ending, one tells all.
    one_of_each_ending.clear();
    std::set<std::string_view> endings;
    const auto add = [&](const std::string& path) {
      const auto dot = path.find_last_of("./");
      if (endings.insert(dot == std::string::npos ? std::string_view() : std::string_view(path).substr(dot)).second)
        one_of_each_ending.push_back({path, "", ""});
    };
    for (const OutputJob& job : jobs) add(job.at.output);
    for (const OutputFile& file : out.files) add(file.path);
  }
  out.headers = headers_for_files(kept ? one_of_each_ending : out.files);
  // Nobody deploys what is previewed.
  if (options.development || kept) return;
  out.encodings = site.config.precompress;
  if (site.config.hosts.empty()) return;
  HostSite host = make_host_site(site, out.headers, out.files, fingerprinted());
  const auto own = std::ranges::find(out.files, kRedirectsFile, &OutputFile::path);
  if (own != out.files.end() && read_from_output(site.config.hosts)) {
    if (files.read(own->copy_from, host.own_redirects))
      return;  // judge_files has read it: writing will say what is wrong
    out.files.erase(own);
  }
  HostFiles hosts = make_host_files(host, site.config.hosts, out.encoded, *diagnostics);
  for (OutputFile& file : hosts.served) out.files.push_back(std::move(file));
  out.host_files = std::move(hosts.beside);
}

}  // namespace hardtop
