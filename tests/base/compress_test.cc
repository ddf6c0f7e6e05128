#include "base/compress.h"

#include <doctest/doctest.h>

#include "base/media_types.h"

using namespace hardtop;

namespace {

std::string page() {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "<p>Paragraph " + std::to_string(i * i) + " of a page.</p>\n";
  return text;
}

}  // namespace

TEST_CASE("what was compressed is smaller, is the text again, and is the same each time") {
  const std::string text = page();
  for (const Encoding encoding : {Encoding::gzip, Encoding::brotli}) {
    CAPTURE(encoding_token(encoding));
    const std::string bytes = compress(text, encoding);
    CHECK(bytes.size() < text.size() / 5);
    CHECK(is_compressed_from(bytes, encoding, text));
    CHECK(compress(text, encoding) == bytes);
  }
}

TEST_CASE("a gzip header says neither when nor where it was written") {
  // RFC 1952, 2.3: magic, deflate, no flags, no time, slowest compression, unknown system.
  CHECK(compress(page(), Encoding::gzip).substr(0, 10) == std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10));
}

TEST_CASE("bytes that are not the text, compressed, are told from those that are") {
  const std::string text = page();
  for (const Encoding encoding : {Encoding::gzip, Encoding::brotli}) {
    CAPTURE(encoding_token(encoding));
    const std::string bytes = compress(text, encoding);
    CHECK_FALSE(is_compressed_from(bytes, encoding, text + "x"));
    CHECK_FALSE(is_compressed_from(bytes, encoding, text.substr(1)));
    CHECK_FALSE(is_compressed_from(compress(text + "x", encoding), encoding, text));
    CHECK_FALSE(is_compressed_from(bytes.substr(0, bytes.size() - 1), encoding, text));
    CHECK_FALSE(is_compressed_from(bytes + "x", encoding, text));
    CHECK_FALSE(is_compressed_from("", encoding, text));
    CHECK_FALSE(is_compressed_from(text, encoding, text));
    CHECK(is_compressed_from(compress("", encoding), encoding, ""));
  }
  // One gzip file behind the other is one (RFC 1952, 2.2).
  CHECK(is_compressed_from(compress("ab", Encoding::gzip) + compress("c", Encoding::gzip), Encoding::gzip, "abc"));
}

TEST_CASE("what is text is told by a file's name") {
  for (const char* name : {"index.html", "a/b.CSS", "x.js", "x.mjs", "x.svg", "x.xml", "x.json", "x.map", "x.txt",
                           "site.webmanifest", "x.geojson", "x.md", "x.csv", "x.ics", "x.m3u8", "x.jsonld"})
    CHECK_MESSAGE(is_text_file(name), name);
  for (const char* name : {"x.png", "x.webp", "x.ico", "x.woff2", "x.ttf", "x.pdf", "x.zip", "x.html.gz", "x.html.br",
                           "x.mp4", "x.wasm", "x.docx", "CNAME", "_headers", "x.unknown"})
    CHECK_FALSE_MESSAGE(is_text_file(name), name);
}
