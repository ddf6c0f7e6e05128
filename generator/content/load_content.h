// Finds and reads every content file and its front matter; bodies are parsed later, when URLs are known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "content/front_matter.h"

namespace hardtop {

// A content file, read.
struct ContentFile {
  std::string path;  // below content/: "blog/a.md"
  SourcePtr source;  // null once the body has been parsed, to save memory
  FrontMatter front;
  bool is_section = false;  // _index.md
  bool is_bundle = false;   // index.md in a folder of its own, or at the top
};

struct Content {
  std::vector<ContentFile> pages;         // sorted by path
  std::vector<std::string> bundle_files;  // below content/: everything that is not .md, copied beside its page; sorted
};

// Whether the path can be a part of URLs and of messages: UTF-8 without control characters (a line break in a name
// would end a line of the manifest).
[[nodiscard]] bool is_portable_path(std::string_view path);

struct LoadContentOptions {
  std::vector<std::string> taxonomies;
  unsigned jobs = 0;
};

struct ContentPaths {
  std::vector<std::string> pages, bundle_files;  // sorted
};
// The files below `folder`, in the order of Content. Reports what is no file of ours, and leaves it out; nothing when the
// folder cannot be listed.
[[nodiscard]] std::optional<ContentPaths> list_content(const Files& files, const std::string& folder,
                                                       const std::string& shown_as, Diagnostics& diagnostics);

// Reads everything below `folder` (on the disk; `shown_as` is how paths begin in messages: "content"). Reports
//   content/unreadable, content/invalid-utf8 (with the byte offset), content/outside (a symbolic link that leaves the
//   folder), content/broken-link, content/bad-name (no portable path), content/not-a-page (a name that is nearly that of one), and what front_matter.h reports.
// Every file is tried before it gives up. Empty if and only if it reported an error.
[[nodiscard]] std::optional<Content> load_content(const Files& files, const std::string& folder,
                                                  const std::string& shown_as, const LoadContentOptions& options,
                                                  Diagnostics& diagnostics);

// One file, as load_content reads it: the preview server's step.
[[nodiscard]] std::optional<ContentFile> load_content_file(const Files& files, const std::string& folder,
                                                           const std::string& shown_as, const std::string& path,
                                                           const LoadContentOptions& options, Diagnostics& diagnostics);

}  // namespace hardtop
