#include "build/compressed_cache.h"

#include <cstddef>
#include <optional>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/read_number.h"
#include "base/text.h"
#include "build/manifest.h"

namespace hardtop {

namespace {

constexpr std::string_view kMagic = "hardtop compressed 1 ";
constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::string_view kManifestEnding = ".manifest";
constexpr std::size_t kWords = 4;

std::string head(std::string_view versions) { return std::string(kMagic) + std::string(versions) + "\n"; }

std::optional<Encoding> encoding_of(std::string_view token) {
  for (const Encoding encoding : {Encoding::gzip, Encoding::brotli})
    if (token == encoding_token(encoding)) return encoding;
  return std::nullopt;
}

std::string path_of(const std::string& folder, std::size_t part) { return join_path(folder, kDigits.substr(part, 1)); }

}  // namespace

std::size_t CompressedCache::part_of(const Key& key) {
  const std::size_t digit = key.first.empty() ? 0 : kDigits.find(key.first.front());
  return digit < kParts ? digit : 0;
}

std::string* CompressedCache::find(const Key& key) {
  auto& part = parts[part_of(key)];
  const auto found = part.find(key);
  return found == part.end() ? nullptr : &found->second;
}

void CompressedCache::put(Key key, std::string bytes) {
  const std::size_t part = part_of(key);
  parts[part].insert_or_assign(std::move(key), std::move(bytes));
  differs[part] = true;
}

std::string format_compressed(const std::map<CompressedCache::Key, std::string>& entries, std::string_view versions) {
  std::string out = head(versions);
  for (const auto& [key, bytes] : entries) {
    out.append(key.first).append(" ").append(encoding_token(key.second)).append(" ");
    out.append(std::to_string(bytes.size())).append(" ").append(hash128_hex(bytes)).append("\n");
    out.append(bytes).append("\n");
  }
  return out;
}

std::map<CompressedCache::Key, std::string> parse_compressed(std::string_view text, std::string_view versions) {
  std::map<CompressedCache::Key, std::string> out;
  if (const std::string begin = head(versions); text.starts_with(begin))
    text.remove_prefix(begin.size());
  else
    return out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    const std::vector<std::string_view> words = split(text.substr(0, end), ' ');
    text.remove_prefix(end + 1);
    const std::optional<Encoding> encoding = words.size() == kWords ? encoding_of(words[1]) : std::nullopt;
    if (!encoding) break;
    std::size_t size = 0;
    if (!read_number(words[2], size) || size >= text.size() || text[size] != '\n' ||
        hash128_hex(text.substr(0, size)) != words[3])
      break;
    out.emplace(CompressedCache::Key(words[0], *encoding), text.substr(0, size));
    text.remove_prefix(size + 1);
  }
  return out;
}

std::string compressed_folder(const std::string& site_dir, const std::string& output_dir) {
  std::string path = manifest_path(site_dir, output_dir);
  return path.replace(path.size() - kManifestEnding.size(), kManifestEnding.size(), ".compressed");
}

CompressedCache read_compressed_cache(const Files& files, const std::string& folder, unsigned jobs) {
  CompressedCache cache;
  const std::string versions = compression_versions();
  for_each_index(
      CompressedCache::kParts, jobs,
      [&](std::size_t i) {
        std::string text;
        if (files.read(path_of(folder, i), text)) return;
        cache.parts[i] = parse_compressed(text, versions);
        cache.differs[i] = cache.parts[i].empty();
      },
      1);
  return cache;
}

std::error_code write_compressed_cache(Files& files, const std::string& folder, CompressedCache& cache,
                                       std::string& path) {
  const std::string versions = compression_versions();
  for (std::size_t i = 0; i < CompressedCache::kParts; ++i) {
    if (!cache.differs[i]) continue;
    path = path_of(folder, i);
    WriteResult ignored = WriteResult::unchanged;
    const std::error_code error = cache.parts[i].empty()
                                      ? files.remove(path)
                                      : files.write(path, format_compressed(cache.parts[i], versions), ignored);
    if (error) return error;
    cache.differs[i] = false;
  }
  return {};
}

void remove_compressed_cache(Files& files, const std::string& folder, const std::string& site_dir) {
  if (!files.is_folder(folder)) return;
  for (std::size_t i = 0; i < CompressedCache::kParts; ++i)
    if (files.remove(path_of(folder, i))) return;
  files.remove_empty_folders(folder, site_dir);
}

}  // namespace hardtop
