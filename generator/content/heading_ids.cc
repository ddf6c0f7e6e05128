#include "content/heading_ids.h"

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

bool is_id_byte(char c) {
  return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string_view explicit_heading_id(std::string_view raw) {
  raw = trim(raw);
  if (!raw.ends_with('}')) return {};
  std::size_t begin = raw.size() - 1;
  while (begin > 0 && is_id_byte(raw[begin - 1])) --begin;
  const std::string_view id = raw.substr(begin, raw.size() - 1 - begin);
  const std::string_view before = raw.substr(0, begin);
  return before.ends_with("{#") && !before.ends_with("\\{#") ? id : std::string_view{};
}

bool HeadingIds::reserve(std::string_view id) { return taken_.try_emplace(std::string(id), 0).second; }

std::string HeadingIds::make(std::string_view text) {
  std::string slug = slugify(text);
  if (slug.empty()) slug = "section";
  const auto [at, is_new] = taken_.try_emplace(slug, 0);
  if (is_new) return slug;
  int& last = at->second;  // references into an unordered_map survive insertion
  for (;;) {
    std::string id = slug + "-" + std::to_string(++last);
    if (taken_.try_emplace(id, 0).second) return id;
  }
}

}  // namespace hardtop
