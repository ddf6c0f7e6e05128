#include "base/json_text.h"

#include "base/text.h"

namespace hardtop {

namespace {

void append_valid(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[c & 15];
    } else {
      out += c;
    }
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (const auto invalid = first_invalid_utf8(text)) {
    append_valid(out, text.substr(0, *invalid));
    out += "\xEF\xBF\xBD";
    text.remove_prefix(*invalid + 1);
  }
  append_valid(out, text);
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace hardtop
