// Whether a style sheet is made for images that have width and height attributes. Browsers take these for the lowest of all style
// rules (HTML 15.4.3), so a sheet that only narrows images, or only says how high they are, shows them in the wrong proportions:
//   img { max-width: 100% }            the width shrinks, the height stays as the attribute has it
//   .logo img { height: 2rem }         the height is this, the width stays as the attribute has it; max-height likewise
// An author writes "height: auto" beside the first and "width: auto" beside the second, or both in one rule for img.
//
// Reads selectors, and not which element they match: rules whose last part names img, and rules that name a class only, which may be
// an image's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct ImageStyles {
  std::string narrowing;     // the selector of the first rule for img that says a width; empty: none does
  std::string height_alone;  // likewise, a height without a width
  bool height_auto = false, width_auto = false;  // some rule for img says so
  // Of rules that say the one without the other, and no element: sorted, unique.
  std::vector<std::string> narrowed_classes, height_classes;

  friend bool operator==(const ImageStyles&, const ImageStyles&) = default;
};

// Logical and physical names alike: inline-size is width, block-size is height.
[[nodiscard]] ImageStyles read_image_styles(std::string_view css);

// `more` applies to the same pages.
void add_image_styles(ImageStyles& to, const ImageStyles& more);

}  // namespace hardtop
