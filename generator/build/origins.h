// From a byte of finished HTML back to the line that a person wrote. Nothing is recorded while building: the page is
// read, parsed and rendered again, with marks, only when an error needs a place.
#pragma once

#include <string>
#include <string_view>

#include "base/files.h"
#include "build/render.h"

namespace hardtop {

class Origins {
 public:
  Origins(const Files& files, std::string content_dir, const SiteModel& site, const Renderer& renderer,
          const ContentLinks& links)
      : files_(files), content_dir_(std::move(content_dir)), site_(site), renderer_(renderer), links_(links) {}

  // Where the bytes [offset, offset + length) of `job`'s HTML, `html`, come from: a place in Markdown, a component's
  // call, or a template; the job's content file as a whole where nothing better is known.
  [[nodiscard]] Place find(const OutputJob& job, std::string_view html, std::size_t offset, std::size_t length) const;

 private:
  [[nodiscard]] Place find_in_content(const SourcePtr& source, const Renderer::Marked& marked,
                                      const std::vector<std::pair<std::string, Place>>& links,
                                      std::size_t content_offset, std::string_view text) const;

  const Files& files_;
  const std::string content_dir_;
  const SiteModel& site_;
  const Renderer& renderer_;
  const ContentLinks& links_;
};

}  // namespace hardtop
