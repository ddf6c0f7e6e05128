// What a visitor sees in the place of a gated frame, video or image until the service is allowed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "consent/gate.h"

namespace hardtop {

struct PlaceholderReading {
  std::optional<Placeholder> placeholder;  // nothing: the element shows nothing
  bool missing_size = false;               // width and height are not both there
  std::string_view element;                // that needs width and height
  std::size_t offset = 0, length = 0;      // of its tag in `markup`
};

// `markup` begins with the unit's start tag. Of a <picture> its <img> counts.
[[nodiscard]] PlaceholderReading read_placeholder(std::string_view markup, const Url& document);

}  // namespace hardtop
