#include "build/urls.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

Location location(const SiteConfig& config, std::string_view url_path_without_slash, std::string output) {
  return {config.base_path + encode_file_path(url_path_without_slash), std::move(output)};
}

Place place_in(const ContentFile& file, std::size_t offset, std::size_t length) {
  return {file.source, offset, length};
}

// The location that front matter's `url` asks for.
std::optional<Location> locate_wish(const SiteConfig& config, const ContentFile& file, Diagnostics& diagnostics) {
  const std::string& wish = file.front.url;
  const Place place = place_in(file, file.front.url_offset, wish.size() + 2);
  if (!is_page_path(wish)) {
    diagnostics.error(place, "build/bad-url", "'" + wish + "' is not a path for a page",
                      "write a path that begins with '/', without '?' and '#': url = \"/about/\" or \"/about.html\"");
    return std::nullopt;
  }
  auto found = locate(config, decode_percent(wish));
  if (!found)
    diagnostics.error(place, "build/url-outside", "'" + wish + "' leaves the site",
                      "remove the '..' parts; a URL begins at base_url");
  return found;
}

}  // namespace

std::optional<Location> locate(const SiteConfig& config, std::string_view url_path) {
  auto path = normalize_path(url_path);
  if (!path || !is_portable_path(*path)) return std::nullopt;
  while (path->starts_with('/')) path->erase(0, 1);
  if (path->empty()) return location(config, "", "index.html");
  if (path->ends_with('/')) return location(config, *path, *path + "index.html");
  if (file_name(*path).find('.') == std::string_view::npos) return location(config, *path + "/", *path + "/index.html");
  return location(config, *path, *path);
}

bool is_page_path(std::string_view url_path) {
  return url_path.starts_with('/') && url_path.find_first_of("?#\\") == std::string_view::npos &&
         is_portable_path(decode_percent(url_path));
}

Location locate_page(const SiteConfig& config, std::string_view folder, std::string_view name) {
  std::string path = folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
  if (config.urls == UrlStyle::file) return location(config, path + ".html", path + ".html");
  return location(config, path + "/", path + "/index.html");
}

Location locate_folder(const SiteConfig& config, std::string_view folder) {
  if (folder.empty()) return location(config, "", "index.html");
  const std::string path(folder);
  return location(config, path + "/", path + "/index.html");
}

Location locate_list_page(const SiteConfig& config, std::string_view folder, std::size_t number) {
  const std::string base = folder.empty() ? "" : std::string(folder) + "/";
  const std::string n = std::to_string(number);
  if (config.urls == UrlStyle::file)
    return location(config, base + "page-" + n + ".html", base + "page-" + n + ".html");
  return location(config, base + "page/" + n + "/", base + "page/" + n + "/index.html");
}

std::string_view below_base(const SiteConfig& config, std::string_view url) {
  return url.starts_with(config.base_path) ? url.substr(config.base_path.size() - 1) : url;
}

std::string slug_path(std::string_view folder) {
  std::string out;
  for (const auto part : split(folder, '/')) {
    if (part.empty()) continue;
    if (!out.empty()) out += '/';
    const std::string slug = slugify(part);
    if (part.starts_with('.') && !slug.empty()) out += '.';  // .well-known
    out += slug.empty() ? std::string(part) : slug;
  }
  return out;
}

bool OutputClaims::claim(const std::string& output, Claim claim, Diagnostics& diagnostics) {
  const std::string folded = to_lower_ascii(output);
  if (folded.starts_with(".hardtop/")) {
    diagnostics.error(std::move(claim.place), "build/bad-url",
                      "'" + output + "' would lie where a deploy keeps its notes on the server",
                      "choose an address that does not begin with /.hardtop/");
    return false;
  }
  if (by_folded_name_.add(folded, static_cast<std::uint32_t>(claimed_.size()))) {
    claimed_.push_back({output, std::move(claim)});
    return true;
  }
  const auto& [first_output, first] = claimed_[by_folded_name_.find(folded)];
  Diagnostic d;
  d.place = claim.place;
  d.notes.push_back({first.place, std::string(first.what) + " is here"});
  if (first.what == claim.what) d.notes[0].message = "the other is here";
  // The place is where the producer can change something: of a file that hardtop makes by itself, the other one.
  if (claim.what == "the generated file" || claim.what == "the list of a term") {
    d.place = first.place;
    d.notes[0] = {claim.place, std::string(claim.what) + " is here"};
  }
  const std::string first_what(first.what), what(claim.what);
  const std::string both = first_what != what               ? first_what + " and " + what
                           : first_what.starts_with("the ") ? "this " + first_what.substr(4) + " and another"
                                                            : first_what + " and another";
  const bool same_name = first_output == output;
  const std::string file = same_name
                               ? "'" + output + "'"
                               : "'" + first_output + "' and '" + output + "', which many hosts hold to be one file";
  constexpr std::string_view kNotFound = "the page for missing addresses";
  if (claim.what == kNotFound || first.what == kNotFound) {
    if (claim.what == kNotFound) std::swap(d.place, d.notes[0].place);
    d.notes.clear();  // it stands nowhere
    d.id = claim.what == "a static file" ? "build/static-over-page" : "build/duplicate-url";
    d.message = both + " would both write " + file;
    d.hint = "write the page for missing addresses as content/404.md";
  } else if (claim.what == "a host's file") {
    d.place = first.place;
    d.notes[0] = {claim.place, "'hosts' is here"};
    d.id = "build/static-over-page";
    d.message = "hardtop writes " + file + " itself, for the hosts in [build]";
    d.hint = "write the headers into [headers] of site.toml, where the policy for all files stays in force";
  } else if (claim.what == "an alias" || first.what == "an alias") {
    d.id = "build/alias-over-page";
    d.message = both + " would both write " + file;
    d.hint = "remove the alias, or give it an address that no page has";
  } else if (claim.what == "a static file" || first.what == "a static file") {
    d.id = "build/static-over-page";
    d.message = both + " would both write " + file;
    d.hint = first.what == "the generated file" || claim.what == "the generated file"
                 ? "remove or rename the file in static/: hardtop writes one of this name"
                 : "rename the file in static/, or give the page another slug";
  } else if (first.what == "the list of a term" || claim.what == "the list of a term") {
    d.id = "build/duplicate-url";
    d.message = both + " would both write " + file;
    d.hint = "rename the page or its folder, or the taxonomy in site.toml";
  } else {
    d.id = "build/duplicate-url";
    d.message = both + " would both write " + file;
    d.hint = "give one of them another slug or url in its front matter";
    // A page with a folder of its own, above sections: who comes from elsewhere calls a section's page so.
    if (what == "the list of a section" && first.place.source && file_name(first.place.source->path) == "index.md") {
      std::swap(d.place, d.notes[0].place);
      d.notes[0].message = "the section is here";
      d.hint = "rename it to _index.md: that is the page of a folder with sections";
    } else if (what == "the list of a section" && claim.place.source && first.place.source &&
               first.place.source->path == claim.place.source->path + ".md") {
      std::swap(d.place, d.notes[0].place);
      d.notes[0].message = "the section is here";
      d.hint = "move it to " + claim.place.source->path + "/_index.md: that is the page of a folder with pages";
    }
  }
  diagnostics.add(std::move(d));
  return false;
}

bool OutputClaims::has(const std::string& output) const {
  const std::uint32_t at = by_folded_name_.find(to_lower_ascii(output));
  return at != NameTable::kAbsent && claimed_[at].output == output;
}

void OutputClaims::check_names(Diagnostics& diagnostics) const {
  constexpr std::size_t kLongestName = 255;  // bytes: ext4, xfs, btrfs, and most archives and hosts
  // Neighbours mostly share their folders, which are looked at once.
  std::string_view good;  // folders of the file before
  for (const auto& [output, claim] : claimed_) {
    std::size_t begin = 0;
    if (std::string_view(output).starts_with(good)) begin = good.size();
    const std::string folded = to_lower_ascii(output);
    for (std::size_t slash = folded.find('/', begin);; slash = folded.find('/', begin)) {
      const std::size_t end = std::min(slash, folded.size());
      if (end - begin > kLongestName) {
        diagnostics.error(claim.place, "build/long-name",
                          std::string(claim.what) + " would have a name of " + std::to_string(end - begin) +
                              " bytes: '" + output.substr(begin, 40) + "…'",
                          "file systems take " + std::to_string(kLongestName) + ": give it a shorter name or slug");
        break;
      }
      if (slash == std::string::npos) break;
      const std::uint32_t file = by_folded_name_.find(std::string_view(folded).substr(0, slash));
      if (file != NameTable::kAbsent) {
        const auto& [other_output, other] = claimed_[file];
        Diagnostic d;
        d.id = "build/file-over-folder";
        d.place = claim.place;
        d.message = std::string(claim.what) + " would write '" + output + "', but '" + other_output +
                    "' is a file: " + std::string(other.what);
        d.hint = "rename one of the two: a file and a folder cannot have one name";
        d.notes.push_back({other.place, std::string(other.what) + " is here"});
        diagnostics.add(std::move(d));
        break;
      }
      begin = slash + 1;
    }
    good = std::string_view(output).substr(0, begin);
  }
}

namespace {

// Gives pages their locations. Pages come sorted, so neighbours share a folder: its slug is worked out once.
class PagePlanner {
 public:
  PagePlanner(const SiteConfig& config, Diagnostics& diagnostics) : config_(config), diagnostics_(diagnostics) {}

  void locate(Page& page) {
    const ContentFile& file = page.file;
    if (const auto folder = folder_of(file.path); is_first_ || folder != folder_) {
      folder_ = folder;
      folder_slug_ = slug_path(folder);
      is_first_ = false;
    }
    if (!file.front.url.empty()) {
      if (auto wish = locate_wish(config_, file, diagnostics_)) page.at = std::move(*wish);
      if (page.is_home && page.at.output != "index.html" && !page.at.output.empty())
        diagnostics_.error(place_in(file, file.front.url_offset, file.front.url.size() + 2), "build/bad-url",
                           "the home page is at '/', and cannot be moved to '" + file.front.url + "'",
                           "remove the url; for a page that is elsewhere, make another file");
    } else if (page.is_404) {
      page.at = location(config_, "404.html", "404.html");
    } else if (!file.is_section && !file.is_bundle) {
      locate_file(page);
    } else if (!file.front.slug.empty() && !folder_.empty()) {
      const std::string parent = slug_path(folder_of(folder_));
      const std::string slug = slugify(file.front.slug);
      page.at = locate_folder(config_, parent.empty() ? slug : parent + "/" + slug);
    } else {
      page.at = locate_folder(config_, folder_slug_);
    }
  }

 private:
  void locate_file(Page& page) {
    const ContentFile& file = page.file;
    std::string_view name = file_name(file.path);
    name.remove_suffix(3);  // ".md"
    const std::string slug = slugify(file.front.slug.empty() ? name : std::string_view(file.front.slug));
    if (!slug.empty()) {
      page.at = locate_page(config_, folder_slug_, slug);
      return;
    }
    if (file.front.slug.empty())
      diagnostics_.error({file.source}, "build/empty-slug",
                         "no URL can be made from the name '" + std::string(name) + "'",
                         "rename the file, or set slug in its front matter to a word with letters or digits");
    else
      diagnostics_.error(place_in(file, file.front.slug_offset, file.front.slug.size() + 2), "build/empty-slug",
                         "no URL can be made from the slug '" + file.front.slug + "'",
                         "set it to a word with letters or digits");
  }

  const SiteConfig& config_;
  Diagnostics& diagnostics_;
  std::string folder_, folder_slug_;
  bool is_first_ = true;
};

}  // namespace

void plan_urls(SiteModel& site, Diagnostics& diagnostics, unsigned jobs) {
  constexpr std::size_t kBlock = 128;
  const std::size_t count = site.pages.size();
  for_each_index((count + kBlock - 1) / kBlock, jobs,
                 [&](std::size_t block) {
                   PagePlanner planner(site.config, diagnostics);
                   const std::size_t end = std::min(count, (block + 1) * kBlock);
                   for (std::size_t i = block * kBlock; i < end; ++i) planner.locate(site.pages[i]);
                 },
                 1);
}

}  // namespace hardtop
