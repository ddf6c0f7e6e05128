#include "build/load_data.h"

#include <string_view>
#include <utility>

#include "base/paths.h"
#include "base/source.h"
#include "base/text.h"
#include "base/toml.h"
#include "build/site_folder.h"

namespace hardtop {

std::map<std::string, DataTable> load_data(const Files& files, const std::string& site_dir, Diagnostics& diagnostics) {
  constexpr std::string_view kEnding = ".toml";
  std::map<std::string, DataTable> data;
  const std::string folder = join_path(site_dir, "data");
  for (const FileEntry& entry : list_site_folder(files, site_dir, "data", diagnostics)) {
    const Place place = whole_file("data/" + entry.path);
    if (!entry.path.ends_with(kEnding) || entry.path.find('/') != std::string::npos) {
      diagnostics.warning(place, "build/ignored-data", "the file is not read: templates see data/NAME.toml only",
                          "move or rewrite it as a .toml file directly in data/, or remove it");
      continue;
    }
    std::string text;
    if (const auto error = files.read(join_path(folder, entry.path), text)) {
      diagnostics.error(place, "build/unreadable", "cannot be read: " + error.message(), "make it readable for you");
      continue;
    }
    const std::size_t size = text.size();
    const SourcePtr source = make_source("data/" + entry.path, std::move(text));
    const std::size_t mark = size - source->text.size();  // of a byte-order mark
    if (const auto invalid = first_invalid_utf8(source->text)) {
      diagnostics.error({source, *invalid, 1}, "config/invalid-utf8",
                        "the byte at offset " + std::to_string(*invalid + mark) + " is not UTF-8",
                        "save the file in the encoding UTF-8");
      continue;
    }
    if (auto table = parse_toml(source, diagnostics))
      data[entry.path.substr(0, entry.path.size() - kEnding.size())] = std::move(*table);
  }
  return data;
}

}  // namespace hardtop
