// What an update takes from the time before: bodies and rendered pages. session_update.cc is the essay.
#include <algorithm>
#include <set>

#include "base/parallel.h"
#include "build/session_work.h"

namespace hardtop {

namespace {

using Meanings = std::vector<std::pair<AskedName, std::uint64_t>>;

std::uint64_t hash_facts(const FileFacts& facts) {
  std::string all = facts.path + '\n';
  const auto number = [&](std::size_t n) { all += std::to_string(n) + ' '; };
  for (const FileUse& use : facts.uses) {
    number(static_cast<std::size_t>(use.kind));
    number(use.service);
    number(use.offset);
    number(use.length);
    all += use.what + '\n';
  }
  for (const std::string& import : facts.imports) all += "i " + import + '\n';
  for (const auto& [directive, source] : facts.sources) {
    number(static_cast<std::size_t>(directive));
    all += source + '\n';
  }
  for (const ServiceIndex service : facts.necessary) number(service);
  return hash64(all);
}

// Names that have one meaning only in one of the two, or another in each.
AskedNames differences(const Meanings& a, const Meanings& b) {
  Meanings differing;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(differing));
  AskedNames names;
  for (const auto& [name, meaning] : differing) names.push_back(name);
  sort_names(names);
  return names;
}

// A set of names that says fast of most others that they are not in it.
class NameSet {
 public:
  explicit NameSet(const AskedNames& names) : names_(names), bits_(1 << 16) {
    for (const AskedName name : names) bits_[name & 0xffff] = true;
  }
  [[nodiscard]] bool has_any_of(const AskedNames& asked) const {
    return std::any_of(asked.begin(), asked.end(), [&](AskedName name) {
      return bits_[name & 0xffff] && std::binary_search(names_.begin(), names_.end(), name);
    });
  }

 private:
  const AskedNames& names_;  // sorted
  std::vector<bool> bits_;
};

// By template: the texts that it was compiled from, by the names of their files.
class TemplateStamps {
 public:
  TemplateStamps(const CompiledTheme& theme, std::uint64_t key) : key_(key) {
    for (const auto& [path, file] : theme.theme.files)
      if (path.ends_with(".mustache")) texts_[file.source->path] = hash64(file.source->text);
  }
  [[nodiscard]] std::uint64_t of(const Template& compiled) const {
    std::string all = std::to_string(key_);
    for (const std::string& source : compiled.sources()) {
      const auto text = texts_.find(source);
      all += '\n' + source + ' ' + std::to_string(text == texts_.end() ? 0 : text->second);
    }
    return hash64(all);
  }

 private:
  std::uint64_t key_;
  std::map<std::string, std::uint64_t> texts_;
};

}  // namespace

// Of a file that is published as it is written: another number when its bytes may be others.
std::uint64_t Session::Work::serial_of(const std::string& input) {
  // Static files of a theme are shown as the disk names them.
  const bool of_site = is_below(input, "static") || is_below(input, "content");
  const bool may_differ =
      of_site ? is_changed(kept->unsaved, input) : std::ranges::any_of(kept->unsaved, [](const std::string& path) {
        return !is_below(path, "content") && !is_below(path, "static");
      });
  std::uint64_t& serial = kept->serials[input];
  if (serial == 0 || may_differ) serial = ++kept->last_serial;
  return serial;
}

// What asked for a name that does not mean what it did is not good any more. Settled after: kept->names.
void Session::Work::hold_against_names() {
  Meanings now;
  now.reserve(site.pages.size() + site.bundle_files.size() + jobs.size() + other_outputs.size() + file_facts.size());
  for (const Page& page : site.pages)
    now.push_back({asked_name(NameKind::content, page.file.path), hash64(page.at.url)});
  for (const std::string& path : site.bundle_files) now.push_back({asked_name(NameKind::content, path), 0});
  for (const OutputJob& job : jobs) now.push_back({asked_name(NameKind::output, job.at.output), 1});
  for (const std::string& path : other_outputs) now.push_back({asked_name(NameKind::output, path), 2});
  for (const auto& [url, facts] : file_facts) now.push_back({asked_name(NameKind::facts, url), hash_facts(facts)});
  const auto add_bytes = [&](const std::string& output, const std::string& input) {
    now.push_back({asked_name(NameKind::bytes, output), serial_of(input)});
  };
  for (const std::string& path : site.bundle_files)
    add_bytes(ContentLinks::locate_bundle_file(site.config, path).output, "content/" + path);
  for (const StaticFile& file : static_files) add_bytes(file.file.path, file.input);
  std::sort(now.begin(), now.end());
  const AskedNames names = differences(kept->names, now);
  kept->names = std::move(now);
  if (names.empty()) return;
  const NameSet differing(names);
  for (Page& page : site.pages)
    if (page.kept->is_good && differing.has_any_of(page.kept->asked)) page.kept->is_good = false;
  for (KeptJob& job : kept->made)
    if (differing.has_any_of(job.asked)) job.stamp = 0;
}

// Pages that were rendered before, by their output files. Settled after: made, findings.
void Session::Work::take_made_pages() {
  made.resize(jobs.size());
  const auto count = kept->jobs.size();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::uint32_t before = kept->outputs.find(jobs[i].at.output);
    if (before >= count) continue;
    made[i] = std::move(kept->made[before]);
    findings[i] = std::move(kept->findings[before]);
    for (ScannedHtml::FragmentUse& use : findings[i].scan.fragments)
      use.target = use.target < count ? outputs.find(kept->jobs[use.target].at.output) : kNone;
  }
  kept->jobs.clear();
  kept->made.clear();
  kept->findings.clear();
  kept->outputs = {};
}

// What pages are made of beside what their templates see. Settled after: stamps.
void Session::Work::stamp_site() {
  template_data->prepare_stamps();
  const TemplateStamps templates(*theme, kept->theme_key);
  stamps = {};
  for (const Template& layout : theme->layouts) stamps.by_layout.push_back(templates.of(layout));
  for (const auto& [name, component] : theme->components) stamps.by_component[name] = templates.of(component.compiled);
  const Theme& files_of_theme = theme->theme;
  stamps.all = hash64(
      gate_site->policy_url + '\n' + head_script + '\n' + runtime_file.path + '\n' + files_of_theme.manifest->path +
      '\n' + files_of_theme.manifest->text + '\n' + std::to_string(templates.of(theme->placeholder)) + '\n' +
      std::to_string(publisher->stamp_of_tags()) + '\n' + (published.writes_image_sizes ? "sizes" : "no sizes"));
  for (const auto* classes : {&published.image_styles.narrowed_classes, &published.image_styles.height_classes}) {
    std::string names = std::to_string(stamps.all);
    for (const std::string& name : *classes) names.append(1, '\n').append(name);
    stamps.all = hash64(names);
  }
  stamps.all += (published.image_styles.height_auto ? 1U : 0U) + (published.image_styles.width_auto ? 2U : 0U);
}

// Of a job that carries no services yet: which it does follows from the rest.
std::uint64_t Session::Work::stamp_of(std::size_t i) const {
  const OutputJob& job = jobs[i];
  const Body& body = body_of(job);
  std::vector<std::uint64_t> parts = {stamps.all, stamps.by_layout[job.layout], template_data->stamp(job, body)};
  if (job.page != kNone) {
    parts.push_back(site.pages[job.page].kept->serial);
    parts.push_back(site.pages[job.page].in_feed ? 1 : 0);
  }
  for (const BodyPart& part : body.parts)
    if (part.kind == BodyPart::Kind::component) {
      const auto component = stamps.by_component.find(part.name);
      parts.push_back(component == stamps.by_component.end() ? 0 : component->second);
    }
  return hash64({reinterpret_cast<const char*>(parts.data()), parts.size() * sizeof parts.front()}) | 1;
}

// Whether templates see what they saw, but for names whose meaning differs, which hold_against_names() has found: style
// sheets, scripts and static files change nothing else. Then a page that was made has the stamp that it had.
bool Session::Work::is_seen_as_before() const {
  const auto is_seen = [](const std::string& path) { return is_below(path, "content") || is_below(path, "data"); };
  return stamps == kept->stamps && asset_urls == kept->asset_urls &&
         std::none_of(kept->unsaved.begin(), kept->unsaved.end(), is_seen);
}

void Session::Work::make_if_it_differs(std::size_t i, bool is_seen_alike) {
  OutputJob& job = jobs[i];
  job.carries = 0;
  const bool is_good = is_seen_alike && made[i].stamp != 0;
  const std::uint64_t stamp = is_good ? made[i].stamp : stamp_of(i);
  if (made[i].stamp == stamp) {
    job.carries = service_sets.number_of(made[i].carries);
    return;
  }
  made[i] = {};
  Diagnostics found;
  const MadePage page = make_page(i, &made[i], found);
  rendered[i].bytes = apply_edits(page.html, page.edits);
  sort_names(made[i].asked);
  made[i].stamp = pass_on(found) ? stamp : 0;
}

// render where pages are kept.
bool Session::Work::render_what_differs() {
  take_made_pages();
  is_rendered = true;
  stamp_site();
  const bool is_seen_alike = is_seen_as_before();
  std::atomic<std::size_t> done{0};
  for_each_index(jobs.size(), options.jobs, [&](std::size_t i) {
    rendered[i].path = jobs[i].at.output;
    make_if_it_differs(i, is_seen_alike);
    tell("Making pages", done.fetch_add(1, std::memory_order_relaxed) + 1, jobs.size());
  });
  add_up_pages();
  return !diagnostics->has_errors();
}

// What all pages together need. Most need the same, which is kept once.
void Session::Work::add_up_pages() {
  has_placeholders = false;
  has_memory_form = false;
  has_import_map = false;
  std::set<const PolicyUnion*> different;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    std::shared_ptr<const PolicyUnion>& own = made[i].policies;
    if (!rendered[i].bytes.empty()) own = kept->policies.try_emplace(own->key(), own).first->second;
    if (different.insert(own.get()).second) policies.add(*own);
    if (made[i].has_placeholders) has_placeholders = true;
    if (made[i].has_memory_form) has_memory_form = true;
    if (made[i].has_import_map) has_import_map = true;
  }
  std::erase_if(kept->policies, [](const auto& entry) { return entry.second.use_count() == 1; });
}

// For the dependency record: the pages that were asked for, by the numbers that they have now.
void Session::Work::find_links_used() {
  std::unordered_map<AskedName, PageIndex> by_name;
  for (PageIndex i = 0; i < site.pages.size(); ++i)
    by_name.emplace(asked_name(NameKind::content, site.pages[i].file.path), i);
  const auto pages_of = [&](const AskedNames& asked) {
    std::vector<PageIndex> pages;
    for (const AskedName name : asked)
      if (const auto page = by_name.find(name); page != by_name.end()) pages.push_back(page->second);
    return pages;
  };
  for (PageIndex i = 0; i < site.pages.size(); ++i) links_of_pages[i] = pages_of(site.pages[i].kept->asked);
  std::unordered_map<AskedName, std::uint32_t> files_by_name;
  for (std::size_t i = 0; i < site.bundle_files.size() + static_files.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(jobs.size() + i);
    files_by_name.emplace(asked_name(NameKind::bytes, published.files->find(number)->path), number);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    used_by_jobs[i] = pages_of(made[i].asked);
    published.files_of_jobs[i].clear();
    for (const AskedName name : made[i].asked)
      if (const auto file = files_by_name.find(name); file != files_by_name.end())
        published.files_of_jobs[i].push_back(file->second);
  }
}

}  // namespace hardtop
