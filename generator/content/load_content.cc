#include "content/load_content.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/list_files.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void report_unreadable(const std::string& shown, std::error_code error, Diagnostics& diagnostics) {
  if (error == std::errc::no_such_file_or_directory) {
    diagnostics.error(whole_file(shown), "content/unreadable", "the file vanished before it could be read",
                      "build again");
    return;
  }
  diagnostics.error(whole_file(shown), "content/unreadable", "the file cannot be read: " + error.message(),
                    "check that it is a file that you may read");
}

// `text` as it is in the file.
void report_invalid_utf8(const std::string& shown, std::string text, std::size_t offset, Diagnostics& diagnostics) {
  char byte[8];
  std::snprintf(byte, sizeof byte, "0x%02X", static_cast<unsigned char>(text[offset]));
  std::string message = "the file is not UTF-8: byte " + std::to_string(offset) + " is " + byte;
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;  // a Source is without it
  diagnostics.error({make_source(shown, std::move(text)), offset - mark, 1}, "content/invalid-utf8", std::move(message),
                    "save the file as UTF-8");
}

// What would be published as it is, head and all, for the writing of its name.
bool is_nearly_markdown(std::string_view path) {
  const std::string name = to_lower_ascii(file_name(path));
  return name.ends_with(".md") || name.ends_with(".markdown") || name.ends_with(".mdown") || name.ends_with(".mkd");
}

// What cannot be published by its name: says why, and false.
bool check_name(const FileEntry& entry, const std::string& shown_as, Diagnostics& diagnostics) {
  const auto error = [&](std::string id, std::string message, std::string hint) {
    diagnostics.error(whole_file(join_path(shown_as, entry.path)), std::move(id), std::move(message), std::move(hint));
    return false;
  };
  if (!is_portable_path(entry.path))
    return error("content/bad-name", "the file's name is not UTF-8, or holds a control character",
                 "rename the file: its name becomes a part of URLs");
  const std::string_view name = file_name(entry.path);
  if (const std::string lower = to_lower_ascii(name); name != lower && (lower == "index.md" || lower == "_index.md"))
    return error(
        "content/not-a-page",
        "this would be a page called '" + std::string(name.substr(0, name.find('.'))) + "', not the one of its folder",
        "rename it to " + lower + ", in small letters");
  if (entry.path.ends_with(".md") || !is_nearly_markdown(entry.path)) return true;
  return error("content/not-a-page", "the name of a page ends in .md: this file would be published as it is",
               "rename it to " + std::string(name.substr(0, name.rfind('.'))) +
                   ".md; what is to be downloaded as it is belongs into static/");
}

}  // namespace

bool is_portable_path(std::string_view path) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return std::none_of(path.begin(), path.end(), is_control) && !first_invalid_utf8(path);
}

std::optional<ContentFile> load_content_file(const Files& files, const std::string& folder, const std::string& shown_as,
                                             const std::string& path, const LoadContentOptions& options,
                                             Diagnostics& diagnostics) {
  const std::string shown = join_path(shown_as, path);
  std::string text;
  if (const std::error_code error = files.read(join_path(folder, path), text)) {
    report_unreadable(shown, error, diagnostics);
    return std::nullopt;
  }
  if (const std::optional<std::size_t> invalid = first_invalid_utf8(text)) {
    report_invalid_utf8(shown, std::move(text), *invalid, diagnostics);
    return std::nullopt;
  }
  ContentFile file;
  file.path = path;
  file.source = make_source(shown, std::move(text));
  std::optional<FrontMatter> front = parse_front_matter(file.source, options.taxonomies, diagnostics);
  if (!front) return std::nullopt;
  file.front = std::move(*front);
  file.is_section = file_name(path) == "_index.md";
  file.is_bundle = file_name(path) == "index.md";
  return file;
}

std::optional<ContentPaths> list_content(const Files& files, const std::string& folder, const std::string& shown_as,
                                         Diagnostics& diagnostics) {
  constexpr ListingIds kIds = {"content/unreadable", "content/outside", "content/broken-link"};
  auto entries = list_files(files, folder, shown_as, kIds, diagnostics);
  if (!entries) return std::nullopt;
  // Both lists are sorted, because list() sorts.
  ContentPaths paths;
  for (FileEntry& entry : *entries) {
    if (!check_name(entry, shown_as, diagnostics)) continue;
    (entry.path.ends_with(".md") ? paths.pages : paths.bundle_files).push_back(std::move(entry.path));
  }
  return paths;
}

std::optional<Content> load_content(const Files& files, const std::string& folder, const std::string& shown_as,
                                    const LoadContentOptions& options, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  auto listed = list_content(files, folder, shown_as, diagnostics);
  if (!listed) return std::nullopt;
  const std::vector<std::string>& paths = listed->pages;
  Content content;
  content.bundle_files = std::move(listed->bundle_files);
  content.pages.resize(paths.size());
  for_each_index(paths.size(), options.jobs, [&](std::size_t i) {
    if (auto file = load_content_file(files, folder, shown_as, paths[i], options, diagnostics))
      content.pages[i] = std::move(*file);
  });
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return content;
}

}  // namespace hardtop
