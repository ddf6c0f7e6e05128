// Paths with slashes, of files and of what the site publishes: text alone, nothing is looked up.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hardtop {

// "a/b" + "c" -> "a/b/c"; an empty folder or "." gives the name alone.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);

// "a/b/c" -> "a/b"; empty for a name alone. join_path() of it and file_name() is the path again.
[[nodiscard]] std::string_view folder_of(std::string_view path);
// "a/b/c" -> "c"; empty where the path ends with a slash.
[[nodiscard]] std::string_view file_name(std::string_view path);

// A slash-separated path without ".", ".." and empty parts; nothing when it would climb above its top. Keeps a first
// '/' and a final '/' where something stands before it. Works on plain names: "%2e" is no dot here.
[[nodiscard]] std::optional<std::string> normalize_path(std::string_view path);

}  // namespace hardtop
