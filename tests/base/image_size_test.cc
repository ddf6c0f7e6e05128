#include "base/image_size.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace hardtop;

namespace {

std::string big16(std::uint32_t n) { return {static_cast<char>(n >> 8), static_cast<char>(n)}; }
std::string big32(std::uint32_t n) { return big16(n >> 16) + big16(n & 0xffff); }
std::string little16(std::uint32_t n) { return {static_cast<char>(n), static_cast<char>(n >> 8)}; }
std::string little24(std::uint32_t n) { return little16(n & 0xffff) + static_cast<char>(n >> 16); }
std::string little32(std::uint32_t n) { return little16(n & 0xffff) + little16(n >> 16); }

// ---- PNG ----

std::string chunk(const std::string& type, const std::string& data) {
  return big32(static_cast<std::uint32_t>(data.size())) + type + data + "CRC.";
}
std::string png(std::uint32_t width, std::uint32_t height, const std::string& more = "") {
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", big32(width) + big32(height) + std::string("\x08\x06\0\0\0", 5)) + more +
         chunk("IDAT", "data");
}

// ---- Exif ----

std::string tiff(std::uint32_t orientation, bool little) {
  const auto number16 = [&](std::uint32_t n) { return little ? little16(n) : big16(n); };
  const auto number32 = [&](std::uint32_t n) { return little ? little32(n) : big32(n); };
  const auto entry = [&](std::uint32_t tag, std::uint32_t value) {
    return number16(tag) + number16(3) + number32(1) + number16(value) + number16(0);
  };
  return (little ? "II" : "MM") + number16(42) + number32(10) + "xx" + number16(2) + entry(0x0100, 9) +
         entry(0x0112, orientation) + number32(0);
}

// ---- JPEG ----

std::string segment(int marker, const std::string& data) {
  return std::string("\xff") + static_cast<char>(marker) + big16(static_cast<std::uint32_t>(data.size() + 2)) + data;
}
std::string exif(std::uint32_t orientation, bool little = true) {
  return segment(0xe1, std::string("Exif\0\0", 6) + tiff(orientation, little));
}
std::string jpeg(std::uint32_t width, std::uint32_t height, const std::string& more = "", int frame = 0xc0) {
  return "\xff\xd8" + segment(0xe0, "JFIF.....") + more +
         segment(frame, "\x08" + big16(height) + big16(width) + "\x03" + std::string(9, 'c')) + segment(0xda, "scan");
}

// ---- WebP ----

std::string riff(const std::string& chunks) {
  return "RIFF" + little32(static_cast<std::uint32_t>(chunks.size() + 4)) + "WEBP" + chunks;
}
std::string webp_chunk(const std::string& type, const std::string& data) {
  return type + little32(static_cast<std::uint32_t>(data.size())) + data + std::string(data.size() % 2, '\0');
}
std::string lossy(std::uint32_t width, std::uint32_t height) {
  return webp_chunk("VP8 ", "tag\x9d\x01\x2a" + little16(width) + little16(height) + "picture");
}
std::string lossless(std::uint32_t width, std::uint32_t height) {
  return webp_chunk("VP8L", "\x2f" + little32((width - 1) | (height - 1) << 14) + "picture");
}
std::string extended(std::uint32_t width, std::uint32_t height, const std::string& exif_data = "") {
  std::string out = webp_chunk("VP8X", std::string(1, exif_data.empty() ? '\x10' : '\x18') + std::string(3, '\0') +
                                           little24(width - 1) + little24(height - 1)) +
                    lossy(7, 7);
  if (!exif_data.empty()) out += webp_chunk("EXIF", exif_data);
  return riff(out);
}

// ---- AVIF ----

std::string box(const std::string& type, const std::string& content) {
  return big32(static_cast<std::uint32_t>(content.size() + 8)) + type + content;
}
std::string full_box(const std::string& type, const std::string& content, char version = 0, char flags = 0) {
  return box(type, std::string(1, version) + std::string(2, '\0') + std::string(1, flags) + content);
}
std::string ispe(std::uint32_t width, std::uint32_t height) { return full_box("ispe", big32(width) + big32(height)); }
// Item 1 is a picture of another size than item 2, the primary one.
std::string avif(std::uint32_t width, std::uint32_t height, const std::string& more = "",
                 const std::string& numbers = "\x01\x02") {
  const std::string properties = box("ipco", ispe(1, 1) + ispe(width, height) + more);
  const std::string lists = full_box("ipma", big32(2) + big16(1) + std::string("\x01\x01", 2) + big16(2) +
                                                 static_cast<char>(numbers.size() - 1) + numbers.substr(1));
  return box("ftyp", std::string("avif\0\0\0\0mif1avif", 16)) +
         full_box("meta", full_box("hdlr", std::string(20, 'h')) + full_box("pitm", big16(2)) +
                              box("iprp", properties + lists)) +
         box("mdat", "picture");
}

// The answer for a copy that ends where its bytes do: a read behind them is seen by a sanitizer.
template <typename Read>
ImageSize read_exactly(Read read, std::string_view bytes) {
  const std::unique_ptr<char[]> copy(new char[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), copy.get());
  return read({copy.get(), bytes.size()});
}

std::string to_text(const ImageSize& size) {
  switch (size.is) {
    case ImageSize::Is::sized:
      return std::to_string(size.width) + "x" + std::to_string(size.height);
    case ImageSize::Is::unsized:
      return "unsized";
    case ImageSize::Is::cut:
      return "cut";
    case ImageSize::Is::no_image:
      return "no image";
  }
  return "";
}

struct Row {
  const char* what;
  std::string bytes;
  const char* expected;
};

const std::vector<Row>& images() {
  static const std::vector<Row> rows = {
      {"PNG", png(640, 480), "640x480"},
      {"PNG with a profile", png(640, 480, chunk("iCCP", std::string(3000, 'p'))), "640x480"},
      {"PNG that is turned by half", png(640, 480, chunk("eXIf", tiff(3, false))), "640x480"},
      {"PNG that lies on its side", png(640, 480, chunk("eXIf", tiff(6, false))), "unsized"},
      {"JPEG", jpeg(800, 600), "800x600"},
      {"progressive JPEG", jpeg(800, 600, "", 0xc2), "800x600"},
      {"JPEG with tables in front", jpeg(800, 600, segment(0xc4, "huffman") + segment(0xdb, "quant")), "800x600"},
      {"JPEG with filled-up markers", jpeg(800, 600, "\xff\xff" + segment(0xfe, "comment")), "800x600"},
      {"JPEG with a large preview", jpeg(800, 600, segment(0xe2, std::string(60000, 'i'))), "800x600"},
      {"JPEG that is upright", jpeg(800, 600, exif(1)), "800x600"},
      {"JPEG that is upside down", jpeg(800, 600, exif(3)), "800x600"},
      {"JPEG that is mirrored", jpeg(800, 600, exif(4, false)), "800x600"},
      {"JPEG on its side", jpeg(800, 600, exif(6)), "600x800"},
      {"JPEG on its other side, big-endian", jpeg(800, 600, exif(8, false)), "600x800"},
      {"JPEG that is transposed", jpeg(800, 600, exif(5)), "600x800"},
      {"JPEG with an orientation that there is not", jpeg(800, 600, exif(9)), "800x600"},
      {"JPEG with XMP in front of Exif", jpeg(800, 600, segment(0xe1, "http://ns.adobe.com/xap") + exif(6)), "600x800"},
      {"JPEG whose height comes later", jpeg(800, 0), "unsized"},
      {"GIF", "GIF89a" + little16(88) + little16(31) + "rest", "88x31"},
      {"old GIF", "GIF87a" + little16(1) + little16(1) + "rest", "1x1"},
      {"GIF without a screen", "GIF89a" + little16(0) + little16(0) + "rest", "unsized"},
      {"WebP", riff(lossy(550, 368)), "550x368"},
      {"WebP that is scaled up", riff(lossy(0x4000 | 550, 0x8000 | 368)), "550x368"},
      {"lossless WebP", riff(lossless(386, 395)), "386x395"},
      {"lossless WebP of the greatest size", riff(lossless(16384, 16384)), "16384x16384"},
      {"extended WebP", extended(4000, 70000), "4000x70000"},
      {"extended WebP with Exif", extended(400, 300, tiff(1, true)), "400x300"},
      {"extended WebP on its side", extended(400, 300, std::string("Exif\0\0", 6) + tiff(6, true)), "unsized"},
      {"AVIF", avif(1204, 800), "1204x800"},
      {"AVIF that is turned by a quarter", avif(1204, 800, box("irot", "\x01"), "\x01\x02\x83"), "800x1204"},
      {"AVIF that is turned by half", avif(1204, 800, box("irot", "\x02"), "\x01\x02\x83"), "1204x800"},
      {"AVIF with a turn of another item", avif(1204, 800, box("irot", "\x01")), "1204x800"},
      {"AVIF that is cut out", avif(1204, 800, box("clap", std::string(32, 'c')), "\x01\x02\x03"), "unsized"},
      {"HEIC", box("ftyp", std::string("heic\0\0\0\0mif1heic", 16)), "unsized"},
      {"BMP", "BM" + std::string(30, 'b'), "unsized"},
      {"icon", std::string("\0\0\1\0\1\0\x10\x10\0\0\1\0\x18\0", 14) + "icon", "unsized"},
  };
  return rows;
}

}  // namespace

TEST_CASE("an image has the size that browsers show it in") {
  for (const Row& row : images()) {
    CAPTURE(row.what);
    CHECK(to_text(read_exactly(read_image_size, row.bytes)) == row.expected);
  }
}

TEST_CASE("what only begins like an image is none") {
  const std::vector<Row> rows = {
      {"text", "version https://git-lfs.github.com/spec/v1", "no image"},
      {"HTML", "<!doctype html><title>404</title>", "no image"},
      {"PNG of no width", png(0, 480), "no image"},
      {"PNG of no height", png(640, 0), "no image"},
      {"PNG wider than 31 bits", png(0x80000000, 480), "no image"},
      {"PNG without its header", "\x89PNG\r\n\x1a\n" + chunk("CgBI", "what Apple") + "made of it", "no image"},
      {"PNG with a chunk longer than 31 bits", png(1, 1, big32(0xffffffff) + "tEXt"), "no image"},
      {"JPEG of no width", jpeg(0, 600), "no image"},
      {"JPEG without a frame", "\xff\xd8" + segment(0xda, "scan"), "no image"},
      {"JPEG that ends at once", "\xff\xd8\xff\xd9" + std::string(20, 'x'), "no image"},
      {"JPEG with a segment shorter than its length", "\xff\xd8\xff\xe0" + big16(1) + std::string(20, 'x'), "no image"},
      {"JPEG with something between its segments", "\xff\xd8" + segment(0xe0, "J") + "junk junk", "no image"},
      {"WebP of no width", riff(lossy(0, 368)), "no image"},
      {"WebP with another first chunk", riff(webp_chunk("ALPH", std::string(20, 'a'))), "no image"},
      {"WebP without its start code", riff(webp_chunk("VP8 ", std::string(20, 'v'))), "no image"},
      {"lossless WebP without its signature", riff(webp_chunk("VP8L", std::string(20, 'v'))), "no image"},
      {"AVIF of no size", avif(0, 800), "no image"},
      {"AVIF without properties", avif(1204, 800, "", std::string("\x01\x07", 2)), "no image"},
      {"AVIF with a box that is shorter than its head",
       box("ftyp", std::string("avif\0\0\0\0", 8)) + big32(4) + "meta" + std::string(20, 'x'), "no image"},
      {"AVIF whose meta holds a box longer than it",
       box("ftyp", std::string("avif\0\0\0\0", 8)) +
           full_box("meta", big32(0x7fffffff) + "pitm" + std::string(20, 'x')),
       "no image"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(to_text(read_exactly(read_image_size, row.bytes)) == row.expected);
  }
}

TEST_CASE("wherever an image is cut off, it says how many bytes it wants, and these lead to its size") {
  for (const Row& row : images()) {
    CAPTURE(row.what);
    const ImageSize whole = read_image_size(row.bytes);
    for (std::size_t length = 0; length < row.bytes.size(); ++length) {
      CAPTURE(length);
      ImageSize found = read_exactly(read_image_size, std::string_view(row.bytes).substr(0, length));
      if (found.is != ImageSize::Is::cut) {
        // WebP's Exif may be cut off with what tells that it is there; all else is as it is in the whole.
        REQUIRE(found == whole);
        continue;
      }
      REQUIRE(found.wants > length);
      REQUIRE(found.wants <= std::max<std::size_t>(row.bytes.size(), 16));  // what tells its kind
      std::size_t steps = 0;
      while (found.is == ImageSize::Is::cut && ++steps < 100) {
        const std::size_t wants = found.wants;
        found = read_exactly(read_image_size, std::string_view(row.bytes).substr(0, wants));
        REQUIRE((found.is != ImageSize::Is::cut || found.wants > wants));
      }
      REQUIRE(found == whole);
    }
  }
}

TEST_CASE("no byte of an image, whatever it becomes, leads behind its end or round and round") {
  for (const Row& row : images()) {
    CAPTURE(row.what);
    std::string bytes = row.bytes.substr(0, 600);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const char other : {'\0', '\x01', '\x7f', '\x80', '\xff'}) {
        const char before = std::exchange(bytes[i], other);
        const ImageSize size = read_exactly(read_image_size, bytes);
        if (size.is == ImageSize::Is::cut) CHECK(size.wants > bytes.size());
        if (size.is == ImageSize::Is::sized) CHECK((size.width > 0 && size.height > 0));
        bytes[i] = before;
      }
    }
  }
}

TEST_CASE("an SVG has a size where its root gives one that does not depend on where it stands") {
  const auto svg = [](const std::string& attributes) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + attributes + "></svg>";
  };
  const std::vector<Row> rows = {
      {"numbers", svg("width=\"480\" height=\"360\""), "480x360"},
      {"pixels", svg("width='480px' height=' 360PX '"), "480x360"},
      {"other units", svg("width=\"2in\" height=\"25.4mm\""), "192x96"},
      {"points and picas", svg("width=\"72pt\" height=\"10pc\""), "96x160"},
      {"broken numbers are rounded", svg("width=\"24.6\" height=\"2.4e1\""), "25x24"},
      {"a width and a viewBox", svg("width=\"100\" viewBox=\"0 0 20 10\""), "100x50"},
      {"a height and a viewBox", svg("height=\"100\" viewBox=\"0,0,20,10\""), "200x100"},
      {"both and a viewBox of another ratio", svg("width=\"10\" height=\"20\" viewBox=\"0 0 1 1\""), "10x20"},
      {"a viewBox alone", svg("viewBox=\"0 0 20 10\""), "unsized"},
      {"a width alone", svg("width=\"20\""), "unsized"},
      {"percentages", svg("width=\"100%\" height=\"100%\" viewBox=\"0 0 20 10\""), "unsized"},
      {"a percentage and a number", svg("width=\"100%\" height=\"20\" viewBox=\"0 0 20 10\""), "unsized"},
      {"units of the font", svg("width=\"1em\" height=\"1em\""), "unsized"},
      {"nothing", svg(""), "unsized"},
      {"no width", svg("width=\"0\" height=\"10\""), "unsized"},
      {"less than nothing", svg("width=\"-5\" height=\"10\""), "unsized"},
      {"more than can be", svg("width=\"1e30\" height=\"10\""), "unsized"},
      {"infinity", svg("width=\"inf\" height=\"nan\""), "unsized"},
      {"too small to round", svg("width=\"0.2\" height=\"10\""), "unsized"},
      {"a style of its own", svg("width=\"10\" height=\"10\" style=\"width:100%\""), "unsized"},
      {"an entity", svg("width=\"&w;\" height=\"10\""), "unsized"},
      {"a flat viewBox", svg("width=\"10\" viewBox=\"0 0 10 0\""), "unsized"},
      {"things in front",
       "\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- <svg width=\"1\" height=\"1\"> -->\n<!DOCTYPE svg PUBLIC "
       "\"-//W3C//DTD SVG "
       "1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" +
           svg("width=\"3\" height=\"4\""),
       "3x4"},
      {"a prefix", "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\"/>", "3x4"},
      {"another root", "<html><svg width=\"3\" height=\"4\"></svg></html>", "no image"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(to_text(read_exactly(read_svg_size, row.bytes)) == row.expected);
  }
}

TEST_CASE("an SVG that is cut off in or before its root wants more") {
  const std::string whole = "<?xml version=\"1.0\"?><svg width=\"3\" height=\"4\" viewBox=\"0 0 3 4\"><path/></svg>";
  const std::size_t root_end = whole.find("><path") + 1;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const ImageSize found = read_exactly(read_svg_size, std::string_view(whole).substr(0, length));
    if (length >= root_end) {
      CHECK(to_text(found) == "3x4");
    } else {
      CHECK(to_text(found) == "cut");
      CHECK(found.wants > length);
    }
  }
}
