// Where in the Sass a part of the compiled CSS was written: by libsass's source map, and by the text around where that leads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "theme/source_map.h"
#include "theme/stylesheet.h"

namespace hardtop {

class StylePlaces {
 public:
  // A sheet that was compiled with a source map.
  explicit StylePlaces(Stylesheet sheet);

  // The URL whose token (url(…) or a string) is `length` bytes at `offset` of the CSS: at `text` if the source has this in the
  // declaration, with other quotes or none; else, where Sass puts the URL together, the value or the declaration that does.
  // Empty when the map has nothing.
  [[nodiscard]] std::optional<Place> find_url(std::size_t offset, std::size_t length, std::string_view text) const;

 private:
  struct Mapped {
    SourcePtr source;
    std::size_t offset = 0;
    std::string_view css;  // from the beginning of what is mapped there
  };
  [[nodiscard]] std::optional<Mapped> find_mapped(std::size_t offset) const;
  [[nodiscard]] std::size_t statement_of(std::size_t offset) const;

  Stylesheet sheet_;
  std::vector<MapSegment> segments_;
  std::vector<std::size_t> statements_;  // where declarations and rules of the CSS begin: sorted
};

}  // namespace hardtop
