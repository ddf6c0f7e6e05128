// MemoryFiles, which behaves like a disk: reading a folder fails as it does there, and so does writing over one.
#include "base/files.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace hardtop {

namespace {

std::error_code make_error(std::errc code) { return std::make_error_code(code); }

// "a//b/./c/" -> "a/b/c", so that every spelling of a path finds its file.
std::string tidy(std::string_view path) {
  std::string result = path.starts_with('/') ? "/" : "";
  std::size_t at = 0;
  while (at < path.size()) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    if (!part.empty() && part != ".") {
      if (!result.empty() && !result.ends_with('/')) result += '/';
      result += part;
    }
    at = slash + 1;
  }
  return result;
}

// What is below `folder` begins with this.
std::string prefix_of(const std::string& folder) {
  std::string prefix = tidy(folder);
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  return prefix;
}

template <typename Map>
bool has_below(const Map& map, const std::string& prefix) {
  const auto next = map.lower_bound(prefix);
  return next != map.end() && next->first.starts_with(prefix);
}

}  // namespace

bool is_listed_name(std::string_view name) {
  if (name.starts_with('.')) return name == ".well-known" || name == ".htaccess" || name == ".nojekyll";
  if (name.size() > 1 && name.starts_with('#') && name.ends_with('#')) return false;  // Emacs
  return std::ranges::none_of(std::array<std::string_view, 5>{"~", ".swp", ".bak", ".orig", ".rej"},
                              [&](std::string_view ending) { return name.ends_with(ending); });
}

std::error_code Files::read_head(const std::string& path, std::size_t size, std::string& out) const {
  if (const std::error_code error = read(path, out)) return error;
  out.resize(std::min(out.size(), size));
  return {};
}

FileStamp Files::stamp(const std::string& path) const {
  std::string bytes;
  const std::error_code error = read(path, bytes);
  if (error) return {.value = error == std::errc::is_a_directory ? 1U : 0U};
  return {.value = std::max<std::uint64_t>(hash64(bytes), 1)};
}

std::error_code MemoryFiles::read(const std::string& path, std::string& out) const {
  const std::lock_guard lock(mutex_);
  const std::string key = tidy(path);
  if (const auto failure = read_failures_.find(key); failure != read_failures_.end()) {
    return make_error(failure->second);
  }
  if (const auto file = files_.find(key); file != files_.end()) {
    out = file->second;
    return {};
  }
  return make_error(has_below(files_, prefix_of(key)) ? std::errc::is_a_directory
                                                      : std::errc::no_such_file_or_directory);
}

std::error_code MemoryFiles::list(const std::string& folder, std::vector<FileEntry>& out) const {
  const std::lock_guard lock(mutex_);
  out.clear();
  const std::string prefix = prefix_of(folder);
  if (const auto failure = read_failures_.find(tidy(folder)); failure != read_failures_.end()) {
    return make_error(failure->second);
  }
  if (files_.contains(tidy(folder))) return make_error(std::errc::not_a_directory);
  const auto is_listed = [](std::string_view path) {
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t slash = std::min(path.find('/', at), path.size());
      if (!is_listed_name(path.substr(at, slash - at))) return false;
      at = slash + 1;
    }
    return true;
  };
  const auto collect = [&](const auto& map, const auto& make_entry) {
    for (auto it = map.lower_bound(prefix); it != map.end() && it->first.starts_with(prefix); ++it) {
      const std::string path = it->first.substr(prefix.size());
      if (!path.starts_with('/') && is_listed(path)) out.push_back(make_entry(path, it->second));
    }
  };
  collect(files_, [](const std::string& path, const std::string&) { return FileEntry{path, FileKind::file}; });
  collect(entries_, [](const std::string& path, FileKind kind) { return FileEntry{path, kind}; });
  std::sort(out.begin(), out.end(), [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  return {};
}

std::error_code MemoryFiles::write(const std::string& path, std::string_view bytes, WriteResult& result, Expected) {
  const std::lock_guard lock(mutex_);
  const std::string key = tidy(path);
  if (const auto failure = write_failures_.find(key); failure != write_failures_.end()) {
    return make_error(failure->second);
  }
  if (has_below(files_, prefix_of(key))) return make_error(std::errc::is_a_directory);
  for (std::size_t slash = key.find('/', 1); slash != std::string::npos; slash = key.find('/', slash + 1)) {
    if (files_.contains(key.substr(0, slash))) return make_error(std::errc::not_a_directory);
  }
  const auto [file, created] = files_.try_emplace(key, bytes);
  result = created ? WriteResult::created : file->second == bytes ? WriteResult::unchanged : WriteResult::changed;
  if (result == WriteResult::changed) file->second = bytes;
  return {};
}

std::error_code MemoryFiles::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string key = tidy(path);
  if (const auto failure = write_failures_.find(key); failure != write_failures_.end()) {
    return make_error(failure->second);
  }
  if (has_below(files_, prefix_of(key))) return make_error(std::errc::is_a_directory);
  files_.erase(key);
  return {};
}

bool MemoryFiles::is_file(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return files_.contains(tidy(path));
}

bool MemoryFiles::is_folder(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return has_below(files_, prefix_of(path));
}

std::map<std::string, std::string> MemoryFiles::snapshot() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

}  // namespace hardtop
