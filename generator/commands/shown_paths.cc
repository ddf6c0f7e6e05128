#include "commands/shown_paths.h"

#include <filesystem>
#include <map>

namespace hardtop {

std::string path_from_here(std::string_view site_dir, const std::string& path) {
  if (path.empty() || path.front() == '/' || path.front() == '(') return path;
  return (std::filesystem::path(site_dir) / path).lexically_normal().generic_string();
}

std::vector<Diagnostic> seen_from_here(std::vector<Diagnostic> diagnostics, std::string_view site_dir) {
  std::map<const Source*, SourcePtr> seen;
  const auto move_place = [&](Place& place) {
    if (!place.source) return;
    SourcePtr& moved = seen[place.source.get()];
    if (!moved) {
      std::string path = path_from_here(site_dir, place.source->path);
      moved = path == place.source->path ? place.source
                                         : std::make_shared<const Source>(Source{std::move(path), place.source->text});
    }
    place.source = moved;
  };
  // The originals stay alive until all are moved: `seen` knows them by their addresses.
  const std::vector<Diagnostic> originals = diagnostics;
  for (Diagnostic& diagnostic : diagnostics) {
    move_place(diagnostic.place);
    for (Note& note : diagnostic.notes) move_place(note.place);
  }
  return diagnostics;
}

}  // namespace hardtop
