#include "deploy/upload_headers.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/media_types.h"
#include "base/percent.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kLeastDigits = 8;
constexpr std::array<std::string_view, 4> kKept = {"cache-control", "content-type", "content-disposition",
                                                   "content-language"};

bool is_hexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_passive(std::string_view type) {
  for (const std::string_view kind : {"image/", "font/", "audio/", "video/"})
    if (type.starts_with(kind)) return true;
  return type == "application/pdf" || type == "application/zip" || type == "application/epub+zip" ||
         type.starts_with("text/csv") || type.starts_with("text/vtt");
}

}  // namespace

bool is_fingerprinted(std::string_view path) {
  const std::vector<std::string_view> parts = split(name_of(path), '.');
  for (std::size_t i = 1; i + 1 < parts.size(); ++i)
    if (parts[i].size() >= kLeastDigits && is_hexadecimal(parts[i])) return true;
  return false;
}

std::string_view cache_control_of(std::string_view path) {
  if (is_fingerprinted(path)) return "public, max-age=31536000, immutable";
  if (is_passive(media_type_of(path))) return "public, max-age=600, must-revalidate";
  return "no-cache";
}

std::vector<HeaderRule> storable_rules(const std::vector<HeaderRule>& rules) {
  std::vector<HeaderRule> out;
  for (const HeaderRule& rule : rules)
    if (std::ranges::find(kKept, to_lower_ascii(rule.name)) != kKept.end()) out.push_back(rule);
  return out;
}

std::string upload_headers(std::string_view path, const std::vector<HeaderRule>& rules) {
  const std::string address = "/" + encode_file_path(path);
  std::map<std::string, std::string> headers;  // by the name in lower case
  headers["cache-control"] = "Cache-Control: " + std::string(cache_control_of(path));
  headers["content-type"] = "Content-Type: " + std::string(media_type_of(path));
  for (const auto& [name, value] : headers_for(rules, address)) {
    const std::string key = to_lower_ascii(name);
    if (std::ranges::find(kKept, key) == kKept.end()) continue;
    std::string text = value;
    std::ranges::replace(text, '\t', ' ');  // a tab ends a header here
    headers[key] = name + ": " + text;
  }
  std::string out;
  for (const auto& [key, header] : headers) out += (out.empty() ? "" : "\t") + header;
  return out;
}

}  // namespace hardtop
