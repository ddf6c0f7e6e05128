#include "deploy/upload_headers.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "base/media_types.h"
#include "base/paths.h"
#include "base/percent.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kLeastDigits = 8;
constexpr std::string_view kEncoding = "Content-Encoding: ";
constexpr std::array<std::string_view, 4> kKept = {"cache-control", "content-type", "content-disposition",
                                                   "content-language"};

bool is_hexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'f'; });
}

}  // namespace

bool is_fingerprinted(std::string_view path) {
  if (is_html_type(media_type_of(path))) return false;
  const bool is_ours = path.starts_with("assets/") && (path.ends_with(".css") || path.ends_with(".js"));
  const std::vector<std::string_view> parts = split(file_name(path), '.');
  for (std::size_t i = 1; i + 1 < parts.size(); ++i)
    if (parts[i].size() >= kLeastDigits && is_hexadecimal(parts[i]) && (is_ours || has_letter(parts[i]))) return true;
  return false;
}

std::vector<HeaderRule> storable_rules(const std::vector<HeaderRule>& rules) {
  std::vector<HeaderRule> out;
  for (const HeaderRule& rule : rules)
    if (std::ranges::find(kKept, to_lower_ascii(rule.name)) != kKept.end()) out.push_back(rule);
  return out;
}

std::string upload_headers(std::string_view path, const std::vector<HeaderRule>& rules,
                           std::optional<Encoding> encoding) {
  const std::string address = "/" + encode_file_path(path);
  std::map<std::string, std::string> headers;  // by the name in lower case
  if (encoding) headers["content-encoding"] = std::string(kEncoding) + std::string(encoding_token(*encoding));
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

std::optional<Encoding> encoding_in(std::string_view headers) {
  for (const std::string_view header : split(headers, '\t'))
    for (const Encoding encoding : {Encoding::gzip, Encoding::brotli})
      if (header.starts_with(kEncoding) && header.substr(kEncoding.size()) == encoding_token(encoding)) return encoding;
  return std::nullopt;
}

}  // namespace hardtop
