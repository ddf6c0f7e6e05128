#include "base/paths.h"

#include <algorithm>

namespace hardtop {

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || folder == ".") return std::string(name);
  std::string path(folder);
  if (!path.ends_with('/')) path += '/';
  path += name;
  return path;
}

std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }  // npos + 1 is 0

std::optional<std::string> normalize_path(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  if (path.starts_with('/')) out += '/';
  const std::size_t top = out.size();  // never shorter than this
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (out.size() == top) return std::nullopt;
      const std::size_t previous = out.rfind('/', out.size() - 1);
      out.resize(previous == std::string::npos ? top : std::max(previous, top));
      continue;
    }
    if (out.size() > top) out += '/';
    out.append(part);
  }
  if (path.ends_with('/') && out.size() > top) out += '/';
  return out;
}

}  // namespace hardtop
