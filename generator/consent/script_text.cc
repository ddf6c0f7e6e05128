#include "consent/script_text.h"

#include <algorithm>
#include <cstdint>

namespace hardtop {

namespace {

void append_hex(std::string& out, std::string_view prefix, std::uint32_t value, int digits) {
  out += prefix;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 0xf];
}

// Appends one character, as \uXXXX (two of them outside the basic plane) unless it is plain ASCII. `text` is well-formed UTF-8.
// Returns its length in bytes.
std::size_t append_escaped(std::string& out, std::string_view text, std::string_view special) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte < 0x80) {
    if (byte < 0x20 || byte == 0x7f || byte == '<') {
      append_hex(out, "\\x", byte, 2);
    } else {
      if (special.find(text[0]) != std::string_view::npos) out += '\\';
      out += text[0];
    }
    return 1;
  }
  const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  std::uint32_t code = byte & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length && i < text.size(); ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  if (code < 0x10000) {
    append_hex(out, "\\u", code, 4);
  } else {
    code -= 0x10000;
    append_hex(out, "\\u", 0xd800 + (code >> 10), 4);
    append_hex(out, "\\u", 0xdc00 + (code & 0x3ff), 4);
  }
  return length;
}

void append_alternatives(std::string& out, const std::vector<std::string_view>& names) {
  out += "(?:";
  for (std::size_t n = 0; n < names.size(); ++n) {
    if (n > 0) out += '|';
    std::string_view rest = names[n];
    while (!rest.empty()) {
      if (rest[0] == '*') {
        out += ".*";
        rest.remove_prefix(1);
      } else {
        rest.remove_prefix(std::min(rest.size(), append_escaped(out, rest, R"(\^$.|?+()[]{}/)")));
      }
    }
  }
  out += ')';
}

}  // namespace

std::string script_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) text.remove_prefix(std::min(text.size(), append_escaped(out, text, "\"\\")));
  return out + '"';
}

std::string script_array(const std::vector<std::string_view>& texts) {
  std::string out = "[";
  for (const std::string_view text : texts) {
    if (out.size() > 1) out += ',';
    out += script_string(text);
  }
  return out + ']';
}

std::string script_object(const std::vector<std::pair<std::string_view, std::string>>& members) {
  std::string out = "{";
  for (const auto& [name, value] : members) {
    if (out.size() > 1) out += ',';
    out += script_string(name) + ':' + value;
  }
  return out + '}';
}

std::string script_pattern(const std::vector<std::string_view>& names, const std::vector<std::string_view>& never) {
  std::string out = "/^";
  if (!never.empty()) {
    out += "(?!";
    append_alternatives(out, never);
    out += "$)";
  }
  append_alternatives(out, names);
  return out + "$/";
}

std::string script_arguments(const std::vector<std::string>& arguments) {
  std::string out;
  for (const std::string& argument : arguments) {
    if (!out.empty()) out += ',';
    out += argument;
  }
  return out;
}

std::string sparse_array(const std::vector<std::string>& elements) {
  std::size_t size = elements.size();
  while (size > 0 && elements[size - 1].empty()) --size;
  std::string out = "[";
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    out += elements[i];
  }
  return out + ']';
}

}  // namespace hardtop
