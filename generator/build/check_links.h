// Links and anchors, checked on the finished HTML: whatever wrote a link (Markdown, a template, raw HTML), it must lead
// to an output file, and its fragment to an element of that file. What a style sheet loads must be there, too. Addresses of
// other origins are not looked at here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/html.h"
#include "base/name_table.h"
#include "build/asked_names.h"
#include "build/site_model.h"

namespace hardtop {

// Of an error about a link: how to ship the site all the same.
inline constexpr std::string_view kLetsLinksPass = "[check] links = \"warn\" in site.toml lets it pass";

[[nodiscard]] inline Severity severity_of_links(const SiteConfig& config) {
  return config.links == LinkCheck::warn ? Severity::warning : Severity::error;
}

// Every output file of the build, by name; its number is up to the caller.
using OutputIndex = NameTable;

// A link into the site, in the HTML of one output file.
struct LinkInHtml {
  std::size_t offset = 0;  // of the attribute's value in the HTML
  std::size_t length = 0;
};

// What is to be known of one file's HTML: its anchors, and the links that only the whole site can judge.
struct ScannedHtml {
  std::vector<std::uint64_t> ids;  // hash64 of every id and a[name]: sorted
  struct FragmentUse {
    LinkInHtml link;
    std::uint32_t target = kNone;  // output number
    std::uint64_t id = 0;          // hash64 of the decoded fragment
  };
  std::vector<FragmentUse> fragments;  // but for those that lead to an id of this file
  struct Broken {
    LinkInHtml link;
    std::string output;  // what it would be: "a/index.html"
  };
  std::vector<Broken> broken;
  struct DuplicateId {
    LinkInHtml link;       // of the second and later elements with it
    std::uint64_t id = 0;  // hash64
  };
  std::vector<DuplicateId> duplicate_ids;
};

// Reads finished HTML that will be served at `url` (root-relative), from the tokens of a scan that others may share.
class LinkScanner {
 public:
  // `number` is the file's own. Everything is borrowed. `asked`: where to note the output files that links were looked up
  // as; may be null.
  LinkScanner(const SiteConfig& config, const OutputIndex& outputs, std::string_view html, const std::string& url,
              std::uint32_t number, AskedNames* asked = nullptr);
  ~LinkScanner();

  void see(const HtmlToken& token) {
    target_ = kNone;
    if (in_style_ && token.kind == HtmlToken::Kind::raw_text) see_style(token);
    in_style_ =
        token.kind == HtmlToken::Kind::start_tag && token.name.size() == 5 && equals_ascii_ci(token.name, "style");
    if (!token.attributes.empty()) see_attributes(token);  // links and anchors are nowhere else
  }
  // Where the tag that was seen last leads to, or what it shows first: the number of an output file, or kNone.
  [[nodiscard]] std::uint32_t target() const { return target_; }
  [[nodiscard]] ScannedHtml finish();

 private:
  void see_attributes(const HtmlToken& token);
  void see_style(const HtmlToken& token);

  struct Reading;
  std::unique_ptr<Reading> reading_;
  std::uint32_t target_ = kNone;
  bool in_style_ = false;
};

// The same in one call.
[[nodiscard]] ScannedHtml scan_html_links(const SiteConfig& config, const OutputIndex& outputs, std::string_view html,
                                          const std::string& url, std::uint32_t number);

// Every id and a[name] of a document, in its order.
[[nodiscard]] std::vector<std::string> anchors_of(std::string_view html);

// Whether a root-relative URL leads to an output file, or out of the site.
[[nodiscard]] bool leads_somewhere(const SiteConfig& config, const OutputIndex& outputs, const std::string& url);

// An image, font or import of a style sheet that the site does not have.
struct BrokenStyleUrl {
  std::size_t offset = 0, length = 0;  // CssUrl::offset, length
  std::string text;                    // as it is between the brackets of url(…)
  std::string output;                  // what it would be: "assets/a.png"
};
// Of a sheet that will be served at `url` (root-relative). A relative URL in a custom property is left alone: what it is relative
// to is not the same in all browsers.
[[nodiscard]] std::vector<BrokenStyleUrl> scan_style_urls(const SiteConfig& config, const OutputIndex& outputs,
                                                          std::string_view css, const std::string& url);

}  // namespace hardtop
