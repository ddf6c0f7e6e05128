#include "build/kept.h"

#include <algorithm>

namespace hardtop {

void Kept::forget() {
  pages.clear();
  knows_content = false;
  theme.reset();
  assets.clear();
  has_assets = false;
  judged.clear();
  jobs.clear();
  made.clear();
  findings.clear();
  outputs = {};
  names.clear();
  policies.clear();
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_changed(const std::set<std::string>& changed, std::string_view path) {
  for (std::size_t end = path.size(); end != std::string_view::npos && end > 0; end = path.rfind('/', end - 1)) {
    if (changed.contains(std::string(path.substr(0, end)))) return true;
  }
  return false;
}

}  // namespace hardtop
