// Where in the sources of a style sheet or script something was written that its output has.
#pragma once

#include <optional>
#include <string_view>

#include "build/assets.h"
#include "theme/style_places.h"
#include "theme/theme.h"

namespace hardtop {

// By its text: the first place in any of the sources; a whole file, if none has it.
[[nodiscard]] Place find_in_sources(const Asset& asset, const Theme& theme, std::string_view text);

// For the errors of one style sheet. The first makes it compile once more, with a source map.
class AssetPlaces {
 public:
  // Everything is borrowed. `options` are those that it was compiled with.
  AssetPlaces(const Asset& asset, const Theme& theme, const AssetOptions& options)
      : asset_(asset), theme_(theme), options_(options) {}

  // The place of a URL, as StylePlaces::find_url; by its text, if the map has nothing.
  [[nodiscard]] Place find_url(std::size_t offset, std::size_t length, std::string_view text);

 private:
  const Asset& asset_;
  const Theme& theme_;
  const AssetOptions& options_;
  bool is_compiled_ = false;
  std::optional<StylePlaces> places_;
};

}  // namespace hardtop
