// Content codings of HTTP (RFC 9110, 8.4.1): gzip (RFC 1952) and br (Brotli, RFC 7932), as tight as their libraries make
// them: a file is compressed once and sent many times.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hardtop {

enum class Encoding : std::uint8_t { gzip, brotli };

// As in Content-Encoding and Accept-Encoding: "gzip", "br".
[[nodiscard]] std::string_view encoding_token(Encoding encoding);
// What stands behind the name of the file that is encoded: ".gz", ".br". Servers look for these.
[[nodiscard]] std::string_view encoding_ending(Encoding encoding);

// The same text gives the same bytes, on every machine with the same versions of the libraries: there is neither name nor
// time in them. Not smaller than `text` where nothing can be gained. Safe to call from several threads. Throws
// std::bad_alloc, as strings do.
[[nodiscard]] std::string compress(std::string_view text, Encoding encoding);

// Whether `bytes` are `text`, compressed by whatever program.
[[nodiscard]] bool is_compressed_from(std::string_view bytes, Encoding encoding, std::string_view text);

// "libdeflate 1.14, brotli 1.0.9": other versions may give other bytes.
[[nodiscard]] std::string compression_versions();

}  // namespace hardtop
