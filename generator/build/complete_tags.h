// What hardtop writes into the tags that load the site's own files, where the author left it out.
//
// integrity (W3C Subresource Integrity), so that a browser runs no other bytes than those of the build: on <script src> and on
// <link> with rel=stylesheet, modulepreload, or preload as script or style. Only for files whose names hold the hash of their
// content: theme styles and scripts, and the runtime. There a page and a file of two different builds never meet, because the other
// build's file has another name. A file of static/ is overwritten under its old name: a page from before, out of a cache or
// between the two halves of an upload, would find a file that its digest does not fit, and the browser would refuse a file that is
// right. So hardtop writes none there. Who writes one by hand means it: it is kept, and held against the file, since a wrong one is a
// script that never runs. integrity="" is a way to say "none".
// Not where the URL is written with its origin: shown at another address (a host's previews), the file would be fetched across origins,
// and without CORS no digest can be compared.
//
// width and height (HTML 4.8.17): on <img>, so that the browser keeps the room free. They are attributes, so any rule of a style
// sheet goes before them. Where one is given in pixels, the other is written in proportion; where both are, or where style="…" says
// something about either, nothing is. A <source> of a <picture> gets its own where it has other proportions than the <img>
// (art direction); for the others the browser takes those of the <img>.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/html.h"
#include "build/asked_names.h"
#include "build/published_files.h"
#include "consent/gate.h"
#include "theme/image_styles.h"

namespace hardtop {

struct CompleteTagsOptions {
  bool integrity = false;
  bool image_sizes = false;
  const ImageStyles* styles = nullptr;  // of the site: images of some classes are theirs to size
};

// Whether a file is named like an image.
[[nodiscard]] bool is_image_name(std::string_view path);

struct CompletedTags {
  std::vector<Edit> integrity, sizes;  // insertions into tags: each sorted
  std::vector<GateProblem> problems;   // build/wrong-integrity
  std::vector<std::uint32_t> files;    // output numbers of files whose bytes it asked for: sorted, unique
  std::vector<std::uint32_t> broken;   // of those: images by name that are none
  SheetHashes sheets{};                // the first of those that the document always applies
};

// Reads the tokens of a scan that others share.
class TagCompleter {
 public:
  // Everything is borrowed. `asked`: where to note files whose bytes it asked for; may be null.
  TagCompleter(CompleteTagsOptions options, PublishedFiles& files, std::string_view html, AskedNames* asked = nullptr)
      : options_(options), files_(files), html_(html), asked_(asked) {}

  // `target`: LinkScanner::target() for this token.
  void see(const HtmlToken& token, std::uint32_t target) {
    const std::size_t length = token.name.size();
    if (token.kind == HtmlToken::Kind::start_tag ? length == 3 || length == 4 || length == 6 || length == 7
                                                 : length == 7 && token.kind == HtmlToken::Kind::end_tag)
      see_tag(token, target);
  }
  [[nodiscard]] CompletedTags finish();

 private:
  struct Source {
    std::size_t at = 0;
    std::uint32_t target = kNone;
  };
  void see_tag(const HtmlToken& token, std::uint32_t target);
  void link(const HtmlToken& token, std::uint32_t target);
  void loads(const HtmlToken& token, const HtmlAttribute& url, std::uint32_t target);
  void check(const HtmlAttribute& attribute, const PublishedFile& file, std::uint32_t target);
  void image(const HtmlToken& token, std::uint32_t target);
  [[nodiscard]] ImageSize size_of(std::uint32_t target);
  void ask(const PublishedFile& file, std::uint32_t target);

  const CompleteTagsOptions options_;
  PublishedFiles& files_;
  const std::string_view html_;
  AskedNames* const asked_;
  bool in_picture_ = false;
  std::vector<Source> sources_;  // of the picture in hand, without sizes
  CompletedTags out_;
};

// Adds what was found to the gate's edits. Images that are gated stay as they are.
void add_tag_edits(GatedHtml& gated, CompletedTags& tags);

}  // namespace hardtop
