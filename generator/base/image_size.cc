// Each format's reader walks its boxes, chunks or segments by the lengths that they name and looks at nothing else. All bytes are
// taken through Head, which answers with zeros where the head ends, and remembers that it was asked for more.
#include "base/image_size.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "base/html.h"
#include "base/text.h"
#include "base/xml.h"

namespace hardtop {

namespace {

using Is = ImageSize::Is;

constexpr std::size_t kMostParts = 4096;  // segments, chunks, boxes: what has more is no picture for a page

class Head {
 public:
  explicit Head(std::string_view bytes) : bytes_(bytes) {}

  // Whether there are bytes up to `end`; else the answer is "cut".
  bool has(std::size_t end) {
    if (end <= bytes_.size()) return true;
    wants_ = std::max(wants_, end);
    return false;
  }
  [[nodiscard]] std::uint32_t at(std::size_t i) const {
    return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0;
  }
  [[nodiscard]] std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
  [[nodiscard]] std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
  [[nodiscard]] std::uint32_t little16(std::size_t i) const { return at(i) | at(i + 1) << 8; }
  [[nodiscard]] std::uint32_t little24(std::size_t i) const { return little16(i) | at(i + 2) << 16; }
  [[nodiscard]] std::uint32_t little32(std::size_t i) const { return little16(i) | little16(i + 2) << 16; }
  [[nodiscard]] bool is(std::size_t i, std::string_view text) const {
    return i <= bytes_.size() && bytes_.substr(i).starts_with(text);
  }
  [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const {
    begin = std::min(begin, bytes_.size());
    return bytes_.substr(begin, std::min(end, bytes_.size()) - begin);
  }
  [[nodiscard]] ImageSize cut() const { return {Is::cut, 0, 0, wants_}; }

 private:
  std::string_view bytes_;
  std::size_t wants_ = 0;
};

ImageSize sized(std::uint32_t width, std::uint32_t height) {
  // What browsers refuse: nothing at all, and more than a signed 32-bit number.
  if (width == 0 || height == 0 || width > 0x7fffffff || height > 0x7fffffff) return {Is::no_image};
  return {Is::sized, width, height};
}

// Exif 2.32, 4.6: a TIFF header, and the tag Orientation (0x0112) in its first directory. 1 where nothing is said.
std::uint32_t orientation_of(std::string_view tiff) {
  Head head(tiff);
  const bool little = head.is(0, "II");
  if (!little && !head.is(0, "MM")) return 1;
  const auto number16 = [&](std::size_t i) { return little ? head.little16(i) : head.big16(i); };
  const std::size_t directory = little ? head.little32(4) : head.big32(4);
  if (number16(2) != 42 || directory >= tiff.size()) return 1;
  const std::size_t count = number16(directory);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (!head.has(entry + 12)) return 1;
    if (number16(entry) != 0x0112) continue;
    const std::uint32_t value = number16(entry + 8);
    return number16(entry + 2) == 3 && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

bool lies_on_its_side(std::uint32_t orientation) { return orientation >= 5; }

// PNG 3, 5.3: chunks of a length, a type, data and a checksum; IHDR is the first, eXIf stands before IDAT if browsers are to see it.
ImageSize read_png(Head& head) {
  if (!head.has(24)) return head.cut();
  if (!head.is(12, "IHDR")) return {Is::no_image};
  const ImageSize size = sized(head.big32(16), head.big32(20));
  if (size.is != Is::sized) return size;
  std::size_t at = 8;
  for (std::size_t n = 0; n < kMostParts; ++n) {
    if (!head.has(at + 8)) return head.cut();
    const std::size_t length = head.big32(at);
    if (length > 0x7fffffff) return {Is::no_image};
    if (head.is(at + 4, "IDAT")) return size;
    if (head.is(at + 4, "eXIf")) {
      if (!head.has(at + 8 + length)) return head.cut();
      if (lies_on_its_side(orientation_of(head.part(at + 8, at + 8 + length)))) return {Is::unsized};
    }
    at += 12 + length;
  }
  return {Is::no_image};
}

// JPEG (ITU T.81, B.1): segments FF xx with a length; the frame header SOFn has the size, an APP1 segment before it may hold Exif.
ImageSize read_jpeg(Head& head) {
  std::uint32_t orientation = 0;
  std::size_t at = 2;
  for (std::size_t n = 0; n < kMostParts; ++n) {
    if (!head.has(at + 2)) return head.cut();
    if (head.at(at) != 0xff) return {Is::no_image};
    const std::uint32_t marker = head.at(at + 1);
    if (marker == 0xff) {  // filling
      ++at;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {  // markers without a segment
      at += 2;
      continue;
    }
    if (marker == 0xd9 || marker == 0xda || marker == 0)
      return {Is::no_image};  // its picture begins, or ends, without a frame
    if (!head.has(at + 4)) return head.cut();
    const std::size_t length = head.big16(at + 2);
    if (length < 2) return {Is::no_image};
    const bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (is_frame) {
      if (!head.has(at + 9)) return head.cut();
      std::uint32_t height = head.big16(at + 5), width = head.big16(at + 7);
      if (height == 0 && width != 0) return {Is::unsized};  // told behind the first scan (B.2.5)
      if (lies_on_its_side(orientation)) std::swap(width, height);
      return sized(width, height);
    }
    if (marker == 0xe1 && orientation == 0) {
      if (!head.has(at + 2 + length)) return head.cut();
      if (head.is(at + 4, std::string_view("Exif\0\0", 6)))
        orientation = orientation_of(head.part(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
  return {Is::no_image};
}

// GIF89a, 18: the logical screen.
ImageSize read_gif(Head& head) {
  if (!head.has(10)) return head.cut();
  const std::uint32_t width = head.little16(6), height = head.little16(8);
  return width == 0 || height == 0 ? ImageSize{Is::unsized} : sized(width, height);  // then the first frame's counts
}

// The WebP container: RIFF chunks of a type, a length and data, which is filled up to an even length.
ImageSize read_webp(Head& head) {
  if (!head.has(30)) return head.cut();
  if (head.is(12, "VP8 ")) {
    if (head.at(23) != 0x9d || head.at(24) != 0x01 || head.at(25) != 0x2a) return {Is::no_image};
    return sized(head.little16(26) & 0x3fff, head.little16(28) & 0x3fff);
  }
  if (head.is(12, "VP8L")) {
    if (head.at(20) != 0x2f) return {Is::no_image};
    const std::uint32_t bits = head.little32(21);
    return sized((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
  }
  if (!head.is(12, "VP8X")) return {Is::no_image};
  const ImageSize size = sized(head.little24(24) + 1, head.little24(27) + 1);
  constexpr std::uint32_t kHasExif = 0x08;
  if ((head.at(20) & kHasExif) == 0) return size;
  // Exif comes behind the picture.
  const std::size_t end = 8 + static_cast<std::size_t>(head.little32(4));
  std::size_t at = 12;
  for (std::size_t n = 0; n < kMostParts && at + 8 <= end; ++n) {
    if (!head.has(at + 8)) return head.cut();
    const std::size_t length = head.little32(at + 4);
    if (head.is(at, "EXIF")) {
      if (!head.has(at + 8 + length)) return head.cut();
      std::string_view tiff = head.part(at + 8, at + 8 + length);
      if (tiff.starts_with(std::string_view("Exif\0\0", 6))) tiff.remove_prefix(6);
      return lies_on_its_side(orientation_of(tiff)) ? ImageSize{Is::unsized} : size;
    }
    at += 8 + length + length % 2;
  }
  return size;
}

// A box of ISO/IEC 14496-12, 4.2: its content's range. Nothing where it does not fit into what is around it.
struct Box {
  std::size_t type = 0, begin = 0, end = 0;
};
std::optional<Box> box_at(const Head& head, std::size_t at, std::size_t around_end) {
  if (at + 8 > around_end) return std::nullopt;
  std::uint64_t length = head.big32(at);
  std::size_t begin = at + 8;
  if (length == 1) {
    length = static_cast<std::uint64_t>(head.big32(at + 8)) << 32 | head.big32(at + 12);
    begin = at + 16;
  } else if (length == 0) {
    length = around_end - at;
  }
  if (length < begin - at || length > around_end - at) return std::nullopt;
  return Box{at + 4, begin, at + static_cast<std::size_t>(length)};
}

template <typename See>
void each_box(const Head& head, std::size_t at, std::size_t end, See see) {
  while (const std::optional<Box> box = box_at(head, at, end)) {
    see(*box);
    at = box->end;
  }
}

// The properties of the primary item (ISO/IEC 23008-12, 6.5 and 9.3): pitm names the item, ipma lists the numbers of its properties,
// from 1, and ipco holds them: ispe is the size, irot turns it by quarters, clap cuts it.
ImageSize read_avif_meta(const Head& head, const Box& meta) {
  std::optional<std::uint32_t> item;
  std::optional<Box> container, associations;
  each_box(head, meta.begin + 4, meta.end, [&](const Box& box) {
    if (head.is(box.type, "pitm"))
      item = head.at(box.begin) == 0 ? head.big16(box.begin + 4) : head.big32(box.begin + 4);
    if (!head.is(box.type, "iprp")) return;
    each_box(head, box.begin, box.end, [&](const Box& inner) {
      if (head.is(inner.type, "ipco")) container = inner;
      if (head.is(inner.type, "ipma") && !associations) associations = inner;
    });
  });
  if (!item || !container || !associations) return {Is::no_image};
  const bool wide_items = head.at(associations->begin) != 0, wide_numbers = (head.at(associations->begin + 3) & 1) != 0;
  std::size_t at = associations->begin + 8;
  std::array<std::uint32_t, 64> numbers{};
  std::size_t count = 0;
  while (at < associations->end) {
    const std::uint32_t of = wide_items ? head.big32(at) : head.big16(at);
    at += wide_items ? 4 : 2;
    const std::size_t listed = head.at(at++);
    for (std::size_t i = 0; i < listed; ++i, at += wide_numbers ? 2 : 1)
      if (of == *item && count < numbers.size())
        numbers[count++] = wide_numbers ? head.big16(at) & 0x7fff : head.at(at) & 0x7f;
    if (of == *item) break;
  }
  ImageSize size{Is::no_image};
  bool turned = false, cropped = false;
  std::uint32_t number = 0;
  each_box(head, container->begin, container->end, [&](const Box& box) {
    ++number;
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::find(numbers.begin(), end, number) == end) return;
    if (head.is(box.type, "ispe")) size = sized(head.big32(box.begin + 4), head.big32(box.begin + 8));
    if (head.is(box.type, "irot")) turned = (head.at(box.begin) & 1) != 0;
    if (head.is(box.type, "clap")) cropped = true;
  });
  if (size.is == Is::sized && cropped) return {Is::unsized};
  if (turned) std::swap(size.width, size.height);
  return size;
}

ImageSize read_avif(Head& head) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < kMostParts; ++n) {
    if (!head.has(at + 16)) return head.cut();
    const auto box = box_at(head, at, static_cast<std::size_t>(-1));
    if (!box) return {Is::no_image};
    constexpr std::size_t kFar = std::size_t{1} << 40;
    if (box->end > kFar) return {Is::unsized};  // up to the end of the file, wherever that is
    if (head.is(box->type, "meta")) return head.has(box->end) ? read_avif_meta(head, *box) : head.cut();
    at = box->end;
  }
  return {Is::no_image};
}

constexpr std::size_t kMostBrands = 256;  // bytes of the first box

// The major brand, its version, and the compatible ones.
bool is_avif(const Head& head) {
  const std::size_t end = std::min<std::size_t>(head.big32(0), kMostBrands);
  for (std::size_t at = 8; at + 4 <= end; at += 4)
    if (head.is(at, "avif") || head.is(at, "avis")) return true;
  return false;
}

// A length in px; 0 for percentages, units of the font and nonsense.
double absolute_length(std::string_view text) {
  struct Unit {
    std::string_view name;
    double px;
  };
  constexpr std::array<Unit, 8> kUnits = {{{"", 1},
                                           {"px", 1},
                                           {"in", 96},
                                           {"cm", 96 / 2.54},
                                           {"mm", 96 / 25.4},
                                           {"q", 96 / 101.6},
                                           {"pt", 96 / 72.0},
                                           {"pc", 16}}};
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0) || !std::isfinite(number)) return 0;
  const std::string unit = to_lower_ascii(text.substr(static_cast<std::size_t>(end - text.data())));
  for (const Unit& known : kUnits)
    if (unit == known.name) return number * known.px;
  return 0;
}

// Height over width of a viewBox; 0 where it has none.
double ratio_of_view_box(std::string_view text) {
  std::array<double, 4> numbers{};
  for (double& number : numbers) {
    text = text.substr(std::min(text.find_first_not_of(" \t\r\n\f,"), text.size()));
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  const double ratio = numbers[3] / numbers[2];
  return numbers[2] > 0 && numbers[3] > 0 && std::isfinite(ratio) ? ratio : 0;
}

}  // namespace

ImageSize read_image_size(std::string_view bytes) {
  Head head(bytes);
  if (head.is(0, "\x89PNG\r\n\x1a\n")) return read_png(head);
  if (head.is(0, "\xff\xd8\xff")) return read_jpeg(head);
  if (head.is(0, "GIF87a") || head.is(0, "GIF89a")) return read_gif(head);
  if (head.is(0, "RIFF") && head.is(8, "WEBP")) return read_webp(head);
  if (head.is(4, "ftyp")) {
    if (!head.has(std::clamp<std::size_t>(head.big32(0), 16, kMostBrands))) return head.cut();
    return is_avif(head) ? read_avif(head) : ImageSize{Is::unsized};  // HEIC and its relatives: some browsers show them
  }
  if (!head.has(16)) return head.cut();
  // And BMP, icons, JPEG XL.
  if (head.is(0, "BM") || head.is(0, std::string_view("\0\0\1\0", 4)) || head.is(0, "\xff\x0a") || head.is(4, "JXL "))
    return {Is::unsized};
  return {Is::no_image};
}

ImageSize read_svg_size(std::string_view head) {
  XmlScanner scanner(head);
  for (XmlToken token; scanner.next(token);) {
    if (token.kind != XmlToken::Kind::start_tag) continue;
    if (token.end >= head.size() && !head.ends_with('>')) break;
    if (local_name(token.name) != "svg") return {Is::no_image};
    if (token.find("style")) return {Is::unsized};
    const XmlAttribute *width_text = token.find("width"), *height_text = token.find("height"),
                       *box = token.find("viewBox");
    double width = width_text ? absolute_length(decode_xml(width_text->raw_value)) : 0;
    double height = height_text ? absolute_length(decode_xml(height_text->raw_value)) : 0;
    if ((width_text && width == 0) || (height_text && height == 0)) return {Is::unsized};
    const double ratio = box ? ratio_of_view_box(decode_xml(box->raw_value)) : 0;
    if (height == 0) height = width * ratio;
    if (width == 0 && ratio > 0) width = height / ratio;
    constexpr double kMost = 1e6;
    if (!(width > 0 && width < kMost && height > 0 && height < kMost)) return {Is::unsized};
    const auto whole = [](double number) { return static_cast<std::uint32_t>(std::lround(number)); };
    return whole(width) == 0 || whole(height) == 0 ? ImageSize{Is::unsized}
                                                   : ImageSize{Is::sized, whole(width), whole(height)};
  }
  return {Is::cut, 0, 0, head.size() + 1};
}

}  // namespace hardtop
