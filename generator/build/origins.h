// From a byte of rendered HTML back to the line that a person wrote. Nothing is recorded while building: the page is
// read, parsed and rendered again, with marks, only when an error needs a place.
#pragma once

#include <cstdint>
#include <memory>
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

  // One page, made again. Borrows from what made it.
  class Page {
   public:
    ~Page();
    Page(Page&&) noexcept;

    // As it came from its layout, before anything was gated.
    [[nodiscard]] std::string_view html() const;
    // The content file, read once more; null where the page has none.
    [[nodiscard]] const SourcePtr& source() const;
    // Where the bytes [offset, offset + length) of html() come from: a place in Markdown, a component's call, or a
    // template; the job's content file as a whole where nothing better is known.
    [[nodiscard]] Place find(std::size_t offset, std::size_t length) const;

   private:
    friend class Origins;
    struct Made;
    explicit Page(std::unique_ptr<Made> made);
    std::unique_ptr<Made> made_;
  };
  // `size` is that of the HTML that was made first: where a file has changed meanwhile, html() is empty, and every
  // place is the content file.
  [[nodiscard]] Page open(const OutputJob& job, std::size_t size) const;

 private:
  const Files& files_;
  const std::string content_dir_;
  const SiteModel& site_;
  const Renderer& renderer_;
  const ContentLinks& links_;
};

}  // namespace hardtop
