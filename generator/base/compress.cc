// The highest level of each library: a page of 9 KB takes brotli 10 ms, which is why what is compressed is kept (build/precompress.h).
#include "base/compress.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <libdeflate.h>

#include <memory>
#include <new>
#include <utility>

namespace hardtop {

namespace {

constexpr int kGzipLevel = 12;
constexpr int kBrotliQuality = 11;
constexpr int kBrotliWindow =
    22;  // bits: 4 MiB; RFC 7932 (9.1) knows up to 24, which a browser would have to keep in memory

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

struct FreeBrotli {
  void operator()(BrotliDecoderState* decoder) const { BrotliDecoderDestroyInstance(decoder); }
};

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }
std::uint8_t* bytes_of(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

std::string gzip(std::string_view text) {
  // Some megabytes of tables: one a thread, not one a file.
  thread_local const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kGzipLevel));
  if (!compressor) throw std::bad_alloc();
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
  // It writes no name, and 0 for the time (RFC 1952, 2.3.1: none is available).
  out.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), out.data(), out.size()));
  return out;
}

std::string brotli(std::string_view text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  // The size of the text is its size hint.
  if (!BrotliEncoderCompress(kBrotliQuality, kBrotliWindow, BROTLI_MODE_TEXT, text.size(), bytes_of(text), &size,
                             bytes_of(out)))
    throw std::bad_alloc();
  out.resize(size);
  return out;
}

// `out` has room for more than the text.
bool is_brotli_of(std::string_view bytes, std::string_view text, std::string out) {
  const std::unique_ptr<BrotliDecoderState, FreeBrotli> decoder(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!decoder) throw std::bad_alloc();
  std::size_t left = bytes.size(), room = out.size();
  const std::uint8_t* in = bytes_of(bytes);
  std::uint8_t* to = bytes_of(out);
  // Not in one call for all: that passes over what stands behind the end.
  const BrotliDecoderResult result = BrotliDecoderDecompressStream(decoder.get(), &left, &in, &room, &to, nullptr);
  return result == BROTLI_DECODER_RESULT_SUCCESS && left == 0 &&
         std::string_view(out).substr(0, out.size() - room) == text;
}

}  // namespace

std::string_view encoding_token(Encoding encoding) { return encoding == Encoding::gzip ? "gzip" : "br"; }
std::string_view encoding_ending(Encoding encoding) { return encoding == Encoding::gzip ? ".gz" : ".br"; }

std::string compress(std::string_view text, Encoding encoding) {
  return encoding == Encoding::gzip ? gzip(text) : brotli(text);
}

bool is_compressed_from(std::string_view bytes, Encoding encoding, std::string_view text) {
  std::string out(text.size() + 1, '\0');  // one byte more shows a longer text
  if (encoding == Encoding::brotli) return is_brotli_of(bytes, text, std::move(out));
  // A gzip file may be several, one behind the other (RFC 1952, 2.2).
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  std::size_t done = 0;
  do {
    std::size_t taken = 0, given = 0;
    if (libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(), out.data() + done,
                                      out.size() - done, &taken, &given) != LIBDEFLATE_SUCCESS)
      return false;
    bytes.remove_prefix(taken);
    done += given;
  } while (!bytes.empty());
  return std::string_view(out).substr(0, done) == text;
}

std::string compression_versions() {
  const std::uint32_t brotli = BrotliEncoderVersion();
  return "libdeflate " LIBDEFLATE_VERSION_STRING ", brotli " + std::to_string(brotli >> 24U) + "." +
         std::to_string((brotli >> 12U) & 0xFFFU) + "." + std::to_string(brotli & 0xFFFU);
}

}  // namespace hardtop
