// How large browsers show an image that nobody gave a size: its natural dimensions in CSS pixels, read from the first bytes of
// its file. No pixel is decoded.
//   PNG (and APNG), JPEG, GIF, WebP, AVIF     by their first bytes, whatever the file is called, as browsers do (MIME Sniffing, 6.1)
//   SVG                                       only where the caller knows that it is one
// Turned images have the size that they are shown in: browsers follow JPEG's Exif orientation (CSS Images 3, image-orientation:
// from-image) and AVIF's irot. Of PNG and WebP they do not all, so one of these that would lie on its side has no size here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hardtop {

struct ImageSize {
  enum class Is : std::uint8_t {
    sized,  // width and height are more than 0
    unsized,  // an image, but it has no size of its own (SVG), or browsers differ, or it is of a kind that is not read here
    cut,      // the head ends too early: `wants` bytes will tell more
    no_image,  // nothing that a browser shows: other bytes, or what only begins like an image
  };
  Is is = Is::no_image;
  std::uint32_t width = 0, height = 0;
  std::size_t wants = 0;  // of cut: more than the head has

  friend bool operator==(const ImageSize&, const ImageSize&) = default;
};

// `head` is the begin of the file, or all of it. Pure; reads no byte outside of it, whatever it holds. Where the whole file is
// still `cut`, it is a broken one.
[[nodiscard]] ImageSize read_image_size(std::string_view head);

// SVG 2, 8.2: the root's width and height in absolute units (CSS Values 4, 6.2); where one of them is missing, the other and the
// viewBox. A root with percentages, with a viewBox alone or with a style of its own is unsized: it takes the room that it is given.
[[nodiscard]] ImageSize read_svg_size(std::string_view head);

}  // namespace hardtop
