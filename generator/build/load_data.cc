#include "build/load_data.h"

#include <string_view>
#include <utility>

#include "base/source.h"
#include "base/text.h"
#include "base/toml.h"

namespace hardtop {

std::map<std::string, DataTable> load_data(const Files& files, const std::string& site_dir, Diagnostics& diagnostics) {
  constexpr std::string_view kEnding = ".toml";
  std::map<std::string, DataTable> data;
  const std::string folder = join_path(site_dir, "data");
  std::vector<FileEntry> entries;
  if (const auto error = files.list(folder, entries)) {
    const bool is_file = error == std::errc::not_a_directory;
    diagnostics.error(whole_file("data"), "build/unreadable", "cannot list the folder: " + error.message(),
                      is_file ? "remove or rename this file: data/ is a folder" : "make it readable for you");
    return data;
  }
  for (const FileEntry& entry : entries) {
    const Place place = whole_file("data/" + entry.path);
    // Judged before it is opened: what a link outside holds is no business of the site, and a pipe would never end.
    switch (entry.kind) {
      case FileKind::file:
        break;
      case FileKind::escape:
        diagnostics.error(place, "build/outside", "the symbolic link leads out of data/",
                          "copy the file into data/ instead");
        continue;
      case FileKind::broken:
        diagnostics.error(place, "build/broken-file-link", "the symbolic link leads nowhere",
                          "remove it, or mend its target");
        continue;
      case FileKind::special:
        diagnostics.error(place, "build/unreadable", "this is not a file", "remove it from data/");
        continue;
    }
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
