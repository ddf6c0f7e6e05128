#include "build/asset_places.h"

namespace hardtop {

Place find_in_sources(const Asset& asset, const Theme& theme, std::string_view text) {
  for (const std::string& path : asset.sources)
    for (const auto& [name, file] : theme.files) {
      if (file.source->path != path) continue;
      if (const auto at = file.source->text.find(text); at != std::string::npos && !text.empty())
        return {file.source, at, text.size()};
    }
  return whole_file(asset.sources.front());
}

Place AssetPlaces::find_url(std::size_t offset, std::size_t length, std::string_view text) {
  if (!is_compiled_) {
    is_compiled_ = true;
    if (std::optional<Stylesheet> sheet = compile_with_map(theme_, asset_, options_))
      places_.emplace(std::move(*sheet));
  }
  if (places_)
    if (std::optional<Place> place = places_->find_url(offset, length, text)) return *place;
  return find_in_sources(asset_, theme_, text);
}

}  // namespace hardtop
