#include "build/manifest.h"

#include <algorithm>
#include <utility>

#include "base/bytes16.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/paths.h"
#include "base/read_number.h"
#include "base/text.h"
#include "base/url.h"
#include "build/output_folder.h"

namespace hardtop {

namespace {
constexpr std::string_view kComplete = "hardtop manifest 1 complete\n";
constexpr std::string_view kIncomplete = "hardtop manifest 1 incomplete\n";
constexpr std::string_view kNoHash = "-";
constexpr std::size_t kUsualLine = 80;  // bytes

void append_entry(std::string& out, const ManifestEntry& entry) {
  out += entry.hash.empty() ? kNoHash : entry.hash;
  out += ' ';
  out += std::to_string(entry.size);
  out += ' ';
  out += entry.path;
  out += '\n';
}

}  // namespace

std::string format_manifest(const Manifest& manifest) {
  std::string out(manifest.complete ? kComplete : kIncomplete);
  out.reserve(out.size() + manifest.files.size() * kUsualLine);
  for (const ManifestEntry& entry : manifest.files) append_entry(out, entry);
  return out;
}

std::string format_incomplete_manifest(const Manifest& last, const Manifest& next) {
  std::string out(kIncomplete);
  out.reserve(out.size() + std::max(last.files.size(), next.files.size()) * kUsualLine);
  auto old = last.files.begin();
  for (const ManifestEntry& entry : next.files) {
    for (; old != last.files.end() && old->path < entry.path; ++old) append_entry(out, *old);
    if (old != last.files.end() && old->path == entry.path)
      append_entry(out, *old++);
    else
      append_entry(out, entry);
  }
  for (; old != last.files.end(); ++old) append_entry(out, *old);
  return out;
}

std::optional<Manifest> parse_manifest(std::string whole) {
  Manifest out;
  out.text = std::make_shared<const std::string>(std::move(whole));
  std::string_view text = *out.text;
  if (text.starts_with(kComplete))
    out.complete = true;
  else if (!text.starts_with(kIncomplete))
    return std::nullopt;
  text.remove_prefix(text.find('\n') + 1);
  out.files.reserve(count_of_byte(text, '\n'));
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    ManifestEntry entry;
    if (line.substr(0, first) != kNoHash) entry.hash = line.substr(0, first);
    const std::string_view size = line.substr(first + 1, second - first - 1);
    if (!read_number(size, entry.size)) return std::nullopt;
    entry.path = line.substr(second + 1);
    // What is pruned is named here: a path must stay below the output folder.
    if (entry.path.empty() || entry.path[0] == '/' || normalize_path(entry.path) != entry.path) return std::nullopt;
    out.files.push_back(entry);
  }
  return out;
}

std::string manifest_path(const std::string& site_dir, const std::string& output_dir) {
  const std::string key = hash128_hex(whole_path(output_dir).string()).substr(0, 16);
  return join_path(join_path(site_dir, ".hardtop"), key + ".manifest");
}

}  // namespace hardtop
