// One output file's HTML: the page's body with its components, in its layout.
#pragma once

#include <string>
#include <vector>

#include "build/template_data.h"

namespace hardtop {

[[nodiscard]] MarkdownOptions markdown_options(const SiteConfig& config);

class Renderer {
 public:
  Renderer(const SiteModel& site, const CompiledTheme& theme, const TemplateData& data, const ContentLinks& links)
      : site_(site), theme_(theme), data_(data), links_(links) {}

  struct Result {
    std::string html;
    std::string content;                // the body alone
    std::vector<PageIndex> used_pages;  // whose URLs components asked for
    AskedNames asked;                   // by components, if it is wanted
  };
  // Reports build/unknown-component and what params.h reports. `body` may differ from the page's
  // own (origins parse it again). Safe to call from several threads.
  [[nodiscard]] Result render(const OutputJob& job, const Body& body, Diagnostics& diagnostics,
                              bool with_asked = false) const;

  // What stands where a gated frame, video or image will be.
  [[nodiscard]] std::string render_placeholder(const Placeholder& placeholder) const;
  // The partial consent-head, for files that have no layout.
  [[nodiscard]] std::string render_consent_head() const;

  // The same HTML, with what is needed to tell where each byte comes from. Slow: for errors.
  struct Marked {
    std::string html;
    std::vector<OutputMark> marks;  // of the layout's run; the printed value named "content" is the body
    struct Part {
      std::size_t content_offset;
      const BodyPart* part;  // into `body`
    };
    std::vector<Part> parts;
  };
  [[nodiscard]] Marked render_marked(const OutputJob& job, const Body& body) const;

 private:
  std::string assemble(const OutputJob& job, const Body& body, TemplateData::Scratch& scratch, LinksUsed used,
                       std::vector<Marked::Part>* parts, Diagnostics& diagnostics) const;
  void run_component(const BodyPart& call, std::string_view from, TemplateData::Scratch& scratch, LinksUsed used,
                     std::string& out, Diagnostics& diagnostics) const;

  const SiteModel& site_;
  const CompiledTheme& theme_;
  const TemplateData& data_;
  const ContentLinks& links_;
};

}  // namespace hardtop
