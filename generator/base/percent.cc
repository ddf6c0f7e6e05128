#include "base/percent.h"

#include "base/ascii.h"
#include "base/url.h"

namespace hardtop {

void append_percent_encoded(std::string& out, std::string_view text, const PercentSet& set) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!set.holds(text[i])) continue;
    const auto byte = static_cast<unsigned char>(text[i]);
    out.append(text.substr(copied, i - copied));
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xf];
    copied = i + 1;
  }
  out.append(text.substr(copied));
}

std::string encode_path(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  append_percent_encoded(out, path, kPathSet);
  return out;
}

std::string encode_file_path(std::string_view path) {
  constexpr PercentSet kFilePathSet = kPathSet.with("%");
  std::string out;
  out.reserve(path.size());
  append_percent_encoded(out, path, kFilePathSet);
  return out;
}

std::string url_of_output(std::string_view base, std::string_view output) {
  constexpr std::string_view kIndex = "index.html";
  const std::size_t name = output.rfind('/') + 1;
  return std::string(base) + encode_file_path(output.substr(name) == kIndex ? output.substr(0, name) : output);
}

std::string decode_percent(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace hardtop
