// The pass over everything that is published and that hardtop does not render: whom it makes browsers contact, and what pages that
// load it must wait for, or allow.
#include <algorithm>

#include "base/parallel.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/url.h"
#include "build/asset_places.h"
#include "build/session_work.h"
#include "consent/gate_files.h"
#include "content/front_matter.h"

namespace hardtop {

namespace {

// Other generators read the head of any file: here it, and a page that it says is a draft, would go online.
void report_front_matter(const SourcePtr& source, PublishedAs kind, Diagnostics& found) {
  const std::string_view name = file_name(source->path);
  std::string hint = "remove it, with both of its fences";
  if (kind == PublishedAs::html)
    hint += "; a page is called " + std::string(name.substr(0, name.rfind('.'))) +
            ".md, below content/ (HTML may stand in it)";
  found.error({source, source->text.find_first_not_of(" \t\r\n"), 3}, "content/not-a-page",
              "only pages, whose names end in .md, have front matter: here it would be published as it is",
              std::move(hint));
}

}  // namespace

// One file, without what it loads.
JudgedPlain Session::Work::judge_plain(const PlainFile& file, const std::vector<HeaderRule>& types,
                                       Diagnostics& found) const {
  JudgedPlain out;
  PublishedAs& kind = out.kind;
  kind = published_as(file.output);
  for (const auto& [name, type] : headers_for(types, "/" + file.output))
    if (const PublishedAs said = published_as_type(type); said != PublishedAs::passive) kind = said;
  std::string text(file.bytes);
  const bool is_passive = kind == PublishedAs::passive;
  if (!file.disk_path.empty())
    if (const auto error = is_passive ? files.read_head(file.disk_path, 1, text) : files.read(file.disk_path, text)) {
      found.error(whole_file(file.shown), "build/unreadable", "cannot read the file: " + error.message(),
                  "make it readable for you, or remove it: what is published is read first");
      return out;
    }
  if (is_passive) return out;
  if (kind == PublishedAs::unknown) kind = sniffed_as(text);
  if (kind == PublishedAs::passive) return out;
  out.source = make_source(file.shown, std::move(text));
  if (has_front_matter(out.source->text)) report_front_matter(out.source, kind, found);
  out.judged = judge_file(*services, kind, out.source->text, file.url);
  out.judged.facts.path = file.output;
  std::optional<AssetPlaces> in_sources;
  const AssetOptions asset_options = options_of_assets();
  if (file.asset && kind == PublishedAs::css) in_sources.emplace(*file.asset, theme->theme, asset_options);
  for (const GateProblem& problem : out.judged.problems) {
    Place place = {out.source, problem.offset, problem.length};
    if (in_sources)
      place = in_sources->find_url(problem.offset, problem.length,
                                   std::string_view(out.source->text).substr(problem.offset, problem.length));
    if (file.asset && kind == PublishedAs::script) place = place_in_script(*file.asset, problem.offset, problem.length);
    report_in(found, problem, std::move(place));
  }
  out.has_facts = kind != PublishedAs::html;
  if (kind == PublishedAs::css) out.image_styles = read_image_styles(out.source->text);
  if (kind != PublishedAs::html && kind != PublishedAs::xml && kind != PublishedAs::headers) out.source.reset();
  return out;
}

// Settled after: file_facts, written_html, what the site's headers must allow for XML and for themselves.
bool Session::Work::judge_files() {
  std::vector<PlainFile> plain;
  const auto add = [&](std::string shown, const std::string& output, std::string disk_path, std::string_view bytes,
                       const Asset* asset = nullptr) {
    plain.push_back({std::move(shown), site.config.base_path + encode_file_path(output), output, std::move(disk_path),
                     bytes, asset});
  };
  for (const Asset& asset : assets) add(asset.sources.front(), asset.file.path, "", asset.file.bytes, &asset);
  for (const StaticFile& file : static_files) add(file.input, file.file.path, file.file.copy_from, file.file.bytes);
  for (const std::string& path : site.bundle_files)
    add("content/" + path, ContentLinks::locate_bundle_file(site.config, path).output, join_path(content_dir(), path),
        "");
  // A type that the site sets is what browsers believe.
  std::vector<HeaderRule> types = join_headers({}, site.config.headers);
  std::erase_if(types, [](const HeaderRule& rule) { return to_lower_ascii(rule.name) != "content-type"; });
  std::vector<JudgedPlain> judged(plain.size());
  for_each_index(plain.size(), options.jobs, [&](std::size_t i) {
    // What the theme makes is in memory: it is judged in no time.
    if (kept && !plain[i].disk_path.empty())
      if (const auto before = kept->judged.find(plain[i].shown); before != kept->judged.end()) {
        judged[i] = before->second;
        return;
      }
    Diagnostics found;
    judged[i] = judge_plain(plain[i], types, kept ? found : *diagnostics);
    judged[i].is_good = kept && pass_on(found);
  });
  if (kept) {
    kept->judged.clear();
    for (std::size_t i = 0; i < plain.size(); ++i)
      if (judged[i].is_good && !plain[i].disk_path.empty()) kept->judged[plain[i].shown] = judged[i];
  }
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (judged[i].source && judged[i].kind == PublishedAs::html)
      written_html.push_back({judged[i].source, plain[i].url, plain[i].output, "", {}, {}});
    if (judged[i].has_facts) file_facts.emplace(decode_percent(plain[i].url), judged[i].judged.facts);
  }
  std::sort(written_html.begin(), written_html.end(),
            [](const WrittenHtml& a, const WrittenHtml& b) { return a.output < b.output; });
  for (const JudgedPlain& file : judged) {
    if (!file.source || (file.kind != PublishedAs::xml && file.kind != PublishedAs::headers)) continue;
    const std::string_view what = file.kind == PublishedAs::xml ? "an SVG or XML file" : "a header";
    report_all(judge_imports(*services, file.judged, what, facts_of()), file.source);
    const std::string& output = file.judged.facts.path;
    if (!output.ends_with(".svg") && !output.ends_with(".xml")) allow_imports(file.judged);
  }
  judge_headers();
  settle_image_sizes(plain, judged);
  return !diagnostics->has_errors();
}

// Whether images may be given width and height: the style sheets must be made for it. Where they are not, nothing is written, since
// an image that jumps is better than one out of shape. Settled after: published.image_styles, published.writes_image_sizes.
void Session::Work::settle_image_sizes(const std::vector<PlainFile>& plain, const std::vector<JudgedPlain>& judged) {
  published.image_styles = {};
  published.writes_image_sizes = site.config.image_sizes;
  const bool has_images = std::ranges::any_of(plain, [](const PlainFile& file) {
    return is_image_name(file.output) && !file.output.starts_with("favicon.");  // which no page shows
  });
  if (!published.writes_image_sizes || !has_images) return;
  for (const JudgedPlain& file : judged) add_image_styles(published.image_styles, file.image_styles);
  const auto refuse = [&](std::string ImageStyles::*selector, bool is_fine, const char* what, const char* mend) {
    const std::string& text = published.image_styles.*selector;
    if (text.empty() || is_fine) return;
    published.writes_image_sizes = false;
    std::size_t i = 0;
    while ((judged[i].image_styles.*selector).empty()) ++i;
    Place place = plain[i].asset ? find_in_sources(*plain[i].asset, theme->theme, text) : whole_file(plain[i].shown);
    diagnostics->warning(
        std::move(place), "build/image-styles",
        "'" + text + "' says " + what + ": images get no size in HTML, which would put them out of shape",
        std::string("write ") + mend + ", or image_sizes = false in [build] of site.toml");
  };
  refuse(&ImageStyles::narrowing, published.image_styles.height_auto,
         "how wide images are, and no rule for img says 'height: auto'", "img { height: auto } once");
  refuse(&ImageStyles::height_alone, published.image_styles.width_auto, "how high images are, and not how wide",
         "width: auto beside it");
}

// What the style sheets of styles/ load of the site's own. Those of static/ are published as they are.
void Session::Work::check_style_urls() const {
  if (site.config.links == LinkCheck::off) return;
  const AssetOptions asset_options = options_of_assets();
  for (const Asset& asset : assets) {
    if (!asset.file.path.ends_with(".css")) continue;
    AssetPlaces in_sources(asset, theme->theme, asset_options);
    const std::string& base = site.config.base_path;
    for (const BrokenStyleUrl& url : scan_style_urls(site.config, outputs, asset.file.bytes, base + asset.file.path)) {
      // The usual mistake: a path as it is below static/.
      std::string_view path = url.text;
      while (path.starts_with('.') || path.starts_with('/')) path.remove_prefix(1);
      const bool is_at_root = outputs.find(path) != kNone;
      diagnostics->add({severity_of_links(site.config),
                        "build/broken-link",
                        in_sources.find_url(url.offset, url.length, url.text),
                        "the URL '" + url.text + "' leads to no file of the site: it would be /" + url.output,
                        is_at_root ? "write '" + base + std::string(path) + "'"
                                   : "mend the URL, or add the file to static/; " + std::string(kLetsLinksPass),
                        {}});
    }
  }
}

// Every header of [headers], at its place in site.toml.
void Session::Work::judge_headers() {
  for (const SiteHeader& header : site.config.headers) {
    JudgedFile judged = judge_header(*services, header.name, header.value);
    for (GateProblem& problem : judge_imports(*services, judged, "a header", facts_of()))
      judged.problems.push_back(std::move(problem));
    for (GateProblem& problem : judged.problems) {
      Place place = header.place;
      // Where the value stands in the file as it is.
      if (place.length == header.value.size())
        place = {place.source, place.offset + problem.offset, std::max<std::size_t>(problem.length, 1)};
      report(std::move(problem), std::move(place));
    }
    allow_imports(judged);
  }
}

// What has no policy of its own is shown under the site's headers (those of .svg and .xml allow nothing as it is).
void Session::Work::allow_imports(const JudgedFile& judged) {
  CspNeeds needs;
  needs.inline_code = judged.inline_code;
  std::vector<ServiceIndex> used = judged.facts.necessary;
  needs.sources = judged.facts.sources;
  std::set<std::string_view> seen(judged.facts.imports.begin(), judged.facts.imports.end());
  const auto find = facts_of();
  for (std::vector<std::string_view> paths(seen.begin(), seen.end()); !paths.empty();) {
    const FileFacts* found = find(paths.back());
    paths.pop_back();
    if (!found) continue;
    const FileFacts& facts = *found;
    needs.sources.insert(needs.sources.end(), facts.sources.begin(), facts.sources.end());
    used.insert(used.end(), facts.necessary.begin(), facts.necessary.end());
    for (const std::string& import : facts.imports)
      if (seen.insert(import).second) paths.push_back(import);
  }
  policies_of_files.add(needs, used);
}

}  // namespace hardtop
