#include "build/check_links.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/css.h"
#include "base/hash.h"
#include "base/html.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

// What an attribute means to links; most attributes mean nothing, and are told apart by their length alone.
enum class Meaning { nothing, id, anchor_name, url, srcset, style };

constexpr std::array<std::string_view, 9> kHasSrc = {"img",   "script", "iframe", "embed", "source",
                                                     "video", "audio",  "track",  "input"};
constexpr std::array<std::string_view, 5> kHasHref = {"a", "area", "link", "use", "image"};
constexpr std::array<std::string_view, 3> kHasXlinkHref = {"a", "use", "image"};

template <std::size_t kSize>
bool is_one_of(std::string_view name, const std::array<std::string_view, kSize>& names) {
  for (const std::string_view candidate : names)
    if (equals_ascii_ci(name, candidate)) return true;
  return false;
}

Meaning meaning_of(std::string_view element, std::string_view attribute) {
  const auto is = [&](std::string_view name) { return equals_ascii_ci(attribute, name); };
  const auto in = [&](std::string_view name) { return equals_ascii_ci(element, name); };
  switch (attribute.size()) {
    case 2:
      return is("id") ? Meaning::id : Meaning::nothing;
    case 3:
      return is("src") && is_one_of(element, kHasSrc) ? Meaning::url : Meaning::nothing;
    case 4:
      if (is("href")) return is_one_of(element, kHasHref) ? Meaning::url : Meaning::nothing;
      if (is("data")) return in("object") ? Meaning::url : Meaning::nothing;
      return is("name") && in("a") ? Meaning::anchor_name : Meaning::nothing;
    case 5:
      return is("style") ? Meaning::style : Meaning::nothing;
    case 6:
      if (is("srcset")) return in("img") || in("source") ? Meaning::srcset : Meaning::nothing;
      return is("poster") && in("video") ? Meaning::url : Meaning::nothing;
    case 10:
      return is("xlink:href") && is_one_of(element, kHasXlinkHref) ? Meaning::url : Meaning::nothing;
    default:
      return Meaning::nothing;
  }
}

// Whether a URL is one that the sheet loads: a fragment alone is an element of the page, and what a relative one in a custom
// property is relative to is not the same in all browsers.
bool is_of_sheet(const CssUrl& url) {
  return !url.text.empty() && url.text[0] != '#' && (!url.indirect || url.text[0] == '/');
}

// Unreserved characters and single slashes only, no dot segments: nothing that URL parsing would change.
bool is_plain_path(std::string_view path) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> plain{};
    for (int c = 0; c < 256; ++c)
      plain[static_cast<std::size_t>(c)] =
          is_ascii_alphanumeric(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~';
    return plain;
  }();
  char before = 0;
  for (const char c : path) {
    if (!kPlain[static_cast<unsigned char>(c)] || (before == '/' && (c == '/' || c == '.'))) return false;
    before = c;
  }
  return true;
}

class LinkScan {
 public:
  LinkScan(const SiteConfig& config, const OutputIndex& outputs, const std::string& url, std::uint32_t number,
           AskedNames* asked)
      : config_(config),
        origin_(std::string_view(config.base_url).substr(0, config.base_url.size() - config.base_path.size())),
        outputs_(outputs),
        url_(url),
        number_(number),
        asked_(asked) {}

  void add(std::string_view raw, std::size_t offset) {
    const LinkInHtml link{offset, raw.size()};
    if (raw.find('&') != std::string_view::npos) return add_any(decode_attribute(raw), link);
    if (raw.size() > 1 && raw[0] == '#') return add_fragment(link, number_, raw.substr(1));
    std::string_view local = raw;
    if (local.starts_with(origin_)) local.remove_prefix(origin_.size());  // every page's canonical address
    if (local.starts_with(config_.base_path)) {
      // The usual link: a path of plain characters, perhaps with a fragment.
      const auto hash = local.find('#');
      const std::string_view path = local.substr(0, hash);
      if (is_plain_path(path)) {
        const std::uint32_t target = find_output(path.substr(config_.base_path.size()));
        if (target == kNone)
          add_broken(link, path.substr(config_.base_path.size()));
        else if (hash != std::string_view::npos)
          add_fragment(link, target, local.substr(hash + 1));
        return;
      }
    }
    add_any(std::string(raw), link);
  }

  void add_srcset(std::string_view raw, std::size_t offset) {
    // HTML 4.8.4.3.10: candidates are separated by commas; a URL neither starts nor ends with one.
    std::size_t i = 0;
    while (i < raw.size()) {
      i = raw.find_first_not_of(" \t\n\f\r,", i);
      if (i == std::string_view::npos) return;
      std::size_t end = std::min(raw.find_first_of(" \t\n\f\r", i), raw.size());
      std::size_t url_end = end;
      while (url_end > i && raw[url_end - 1] == ',') --url_end;
      add(raw.substr(i, url_end - i), offset + i);
      i = url_end < end ? end : std::min(raw.find(',', end), raw.size());
    }
  }

  // What a style attribute (HTML 3.2.6.6) or the text of a <style> loads.
  void add_style(std::string_view css, std::size_t offset, CssForm form) {
    if (css.find('(') == std::string_view::npos && css.find('@') == std::string_view::npos) return;
    const bool is_plain = form == CssForm::sheet || css.find('&') == std::string_view::npos;
    const std::string decoded = is_plain ? std::string() : decode_attribute(css);
    for (const CssUrl& url : find_css_urls(is_plain ? css : decoded, form))
      if (is_of_sheet(url))
        add_any(url.text, is_plain ? LinkInHtml{offset + url.offset, url.length} : LinkInHtml{offset, css.size()});
  }

  [[nodiscard]] std::uint32_t number() const { return number_; }

  // Any other URL, read as a browser would.
  void add_any(const std::string& text, const LinkInHtml& link) {
    if (!base_) {
      base_ = parse_url(std::string(origin_) + url_);
      if (!base_) return;
    }
    const auto url = parse_url(text, &*base_);
    if (!url || !same_origin(*url, config_.base)) return;
    const std::string path = decode_percent(url->path);
    if (!path.starts_with(decoded_base_path())) return;  // another site on the same origin
    const std::string_view below = std::string_view(path).substr(decoded_base_path().size());
    const std::uint32_t target = find_output(below);
    if (target == kNone)
      add_broken(link, below);
    else if (url->has_fragment)
      add_fragment(link, target, url->fragment);
  }

  ScannedHtml result;
  std::uint32_t last_found = kNone;  // by any of them

 private:
  std::uint32_t find_output(std::string_view path) {
    if (path.empty() || path.ends_with('/')) {
      buffer_ = path;
      buffer_ += "index.html";
      path = buffer_;
    }
    note_asked(asked_, NameKind::output, path);
    return last_found = outputs_.find(path);
  }

  void add_broken(const LinkInHtml& link, std::string_view path) {
    std::string output(path);
    if (output.empty() || output.ends_with('/')) output += "index.html";
    result.broken.push_back({link, std::move(output)});
  }

  void add_fragment(const LinkInHtml& link, std::uint32_t target, std::string_view fragment) {
    // HTML 7.4.6.4: an empty fragment and "top" are the top of the document; ":~:" begins a text directive.
    fragment = fragment.substr(0, fragment.find(":~:"));
    if (fragment.empty() || equals_ascii_ci(fragment, "top")) return;
    const std::uint64_t id =
        fragment.find('%') == std::string_view::npos ? hash64(fragment) : hash64(decode_percent(fragment));
    result.fragments.push_back({link, target, id});
  }

  const std::string& decoded_base_path() {
    if (base_path_.empty()) base_path_ = decode_percent(config_.base_path);
    return base_path_;
  }

  const SiteConfig& config_;
  const std::string_view origin_;  // of base_url: "https://example.com"
  const OutputIndex& outputs_;
  const std::string& url_;
  const std::uint32_t number_;
  AskedNames* const asked_;
  std::optional<Url> base_;
  std::string base_path_, buffer_;
};

// rel values whose href is an origin and no file (HTML 4.6.7).
bool names_an_origin(const HtmlToken& token) {
  const HtmlAttribute* rel = token.find("rel");
  return rel && (equals_ascii_ci(rel->raw_value, "preconnect") || equals_ascii_ci(rel->raw_value, "dns-prefetch"));
}

}  // namespace

struct LinkScanner::Reading {
  Reading(const SiteConfig& config, const OutputIndex& outputs, std::string_view document, const std::string& url,
          std::uint32_t number, AskedNames* asked)
      : html(document), scan(config, outputs, url, number, asked) {}

  std::string_view html;
  LinkScan scan;
  std::vector<std::pair<std::uint64_t, LinkInHtml>> ids;
};

LinkScanner::LinkScanner(const SiteConfig& config, const OutputIndex& outputs, std::string_view html,
                         const std::string& url, std::uint32_t number, AskedNames* asked)
    : reading_(std::make_unique<Reading>(config, outputs, html, url, number, asked)) {}
LinkScanner::~LinkScanner() = default;

void LinkScanner::see_attributes(const HtmlToken& token) {
  if (token.kind != HtmlToken::Kind::start_tag) return;
  for (const HtmlAttribute& attribute : token.attributes) {
    const Meaning meaning = meaning_of(token.name, attribute.name);
    if (meaning == Meaning::nothing || !attribute.has_value) continue;
    const std::string_view value = attribute.raw_value;
    const auto offset = static_cast<std::size_t>(value.data() - reading_->html.data());
    switch (meaning) {
      case Meaning::id:
      case Meaning::anchor_name: {
        const bool plain = value.find('&') == std::string_view::npos;
        reading_->ids.push_back({plain ? hash64(value) : hash64(decode_attribute(value)),
                                 {offset, meaning == Meaning::id ? value.size() : 0}});
        break;
      }
      case Meaning::url:
        if (equals_ascii_ci(token.name, "link") && names_an_origin(token)) break;
        reading_->scan.last_found = kNone;
        reading_->scan.add(value, offset);
        target_ = reading_->scan.last_found;
        break;
      case Meaning::srcset:
        reading_->scan.last_found = kNone;
        reading_->scan.add_srcset(value, offset);
        // A <source> has nothing else.
        if (!equals_ascii_ci(token.name, "img")) target_ = reading_->scan.last_found;
        break;
      case Meaning::style:
        reading_->scan.add_style(value, offset, CssForm::declarations);
        break;
      case Meaning::nothing:
        break;
    }
  }
}

void LinkScanner::see_style(const HtmlToken& token) {
  reading_->scan.add_style(reading_->html.substr(token.begin, token.end - token.begin), token.begin, CssForm::sheet);
}

ScannedHtml LinkScanner::finish() {
  auto& ids = reading_->ids;
  ScannedHtml result = std::move(reading_->scan.result);
  std::stable_sort(ids.begin(), ids.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  result.ids.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0 && ids[i].first == ids[i - 1].first) {
      if (ids[i].second.length > 0 && ids[i - 1].second.length > 0)
        result.duplicate_ids.push_back({ids[i].second, ids[i].first});
      continue;
    }
    result.ids.push_back(ids[i].first);
  }
  // Most links to anchors stay on their page (a table of contents): they need not wait for the others' ids.
  std::erase_if(result.fragments, [&](const ScannedHtml::FragmentUse& use) {
    return use.target == reading_->scan.number() && std::binary_search(result.ids.begin(), result.ids.end(), use.id);
  });
  result.fragments.shrink_to_fit();
  return result;
}

ScannedHtml scan_html_links(const SiteConfig& config, const OutputIndex& outputs, std::string_view html,
                            const std::string& url, std::uint32_t number) {
  LinkScanner links(config, outputs, html, url, number);
  HtmlScanner scanner(html);
  HtmlToken token;
  while (scanner.next(token)) links.see(token);
  return links.finish();
}

std::vector<std::string> anchors_of(std::string_view html) {
  std::vector<std::string> anchors;
  HtmlScanner scanner(html);
  for (HtmlToken token; scanner.next(token);) {
    if (token.kind != HtmlToken::Kind::start_tag) continue;
    for (const HtmlAttribute& attribute : token.attributes) {
      const Meaning meaning = meaning_of(token.name, attribute.name);
      if (attribute.has_value && (meaning == Meaning::id || meaning == Meaning::anchor_name))
        anchors.push_back(decode_attribute(attribute.raw_value));
    }
  }
  return anchors;
}

bool leads_somewhere(const SiteConfig& config, const OutputIndex& outputs, const std::string& url) {
  LinkScan scan(config, outputs, config.base_path, kNone, nullptr);
  scan.add_any(url, {});
  return scan.result.broken.empty();
}

std::vector<BrokenStyleUrl> scan_style_urls(const SiteConfig& config, const OutputIndex& outputs, std::string_view css,
                                            const std::string& url) {
  std::vector<BrokenStyleUrl> broken;
  LinkScan scan(config, outputs, url, kNone, nullptr);
  for (CssUrl& found : find_css_urls(css, CssForm::sheet)) {
    if (!is_of_sheet(found)) continue;
    scan.add_any(found.text, {});
    if (scan.result.broken.empty()) continue;
    broken.push_back({found.offset, found.length, std::move(found.text), std::move(scan.result.broken.back().output)});
    scan.result.broken.clear();
  }
  return broken;
}

}  // namespace hardtop
