// Depth first, each file once, with the way from the entry on a stack: an import of a file that is on it closes a
// circle.
#include "theme/style_imports.h"

#include <algorithm>

#include "base/paths.h"
#include "base/suggest.h"
#include "base/url.h"

namespace hardtop {

namespace {

// libsass recurses for each import, and compiles a file again each time that it is imported.
constexpr std::size_t kMaxChain = 100;
constexpr std::size_t kMaxExpandedFiles = 10'000;

std::string_view folder_with_slash(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

// The files that `url` may stand for below `folder` ("" or "x/"), in order.
std::vector<std::string> candidates(std::string_view folder, std::string_view url) {
  if (url.empty() || url.starts_with('/')) return {};
  const std::optional<std::string> path = normalize_path(std::string(folder) + std::string(url));
  if (!path || path->empty() || path->ends_with('/')) return {};
  const std::string in(folder_with_slash(*path));
  const std::string name = path->substr(in.size());
  if (name.ends_with(".scss")) return {*path, in + "_" + name};
  return {*path + ".scss",          in + "_" + name + ".scss", *path + ".css",
          in + "_" + name + ".css", *path + "/_index.scss",    *path + "/index.scss"};
}

// "parts/_card.scss" -> "parts/card", as one would import it.
std::string import_name(std::string_view path) {
  const std::string_view folder = folder_with_slash(path);
  std::string_view name = path.substr(folder.size());
  if (name.starts_with('_')) name.remove_prefix(1);
  if (name == "index.scss" && !folder.empty()) return std::string(folder.substr(0, folder.size() - 1));
  return std::string(folder) + std::string(name.substr(0, name.rfind('.')));
}

class GraphLoader {
 public:
  GraphLoader(const StyleLoader& load, const std::vector<std::string_view>& known_paths, Diagnostics& diagnostics)
      : load_(load), known_paths_(known_paths), diagnostics_(diagnostics) {}

  std::optional<StyleGraph> run(std::string_view entry) {
    graph_.entry = entry;
    SourcePtr source = load_(entry);
    if (!source) {
      diagnostics_.error(whole_file(std::string(entry)), "style/missing-import", "there is no such style sheet",
                         suggest(entry, known_paths_));
      return std::nullopt;
    }
    if (!visit(graph_.entry, std::move(source), Place{})) return std::nullopt;
    return std::move(graph_);
  }

 private:
  struct Progress {
    std::size_t height = 1;    // files on the longest chain of imports from here, itself included
    std::size_t expanded = 1;  // files that one import of this one brings in, repetitions counted
  };

  // All imports are tried before it gives up.
  bool visit(const std::string& path, SourcePtr source, const Place& imported_at) {
    StyleFile& file = graph_.files[path];
    file.source = std::move(source);
    file.imported_at = imported_at;
    stack_.push_back(path);
    std::optional<ScannedStyle> scanned = scan_style(file.source, diagnostics_);
    bool fine = scanned.has_value();
    if (scanned) {
      file.imports = std::move(scanned->imports);
      file.loops = std::move(scanned->loops);
    }
    Progress progress;
    for (StyleImport& import : file.imports) {
      if (import.plain) continue;
      if (!follow(path, file, import, progress)) fine = false;
    }
    stack_.pop_back();
    progress_[path] = progress;
    return fine;
  }

  bool follow(const std::string& path, StyleFile& file, StyleImport& import, Progress& progress) {
    const Place place{file.source, import.offset, import.length};
    SourcePtr source = find(path, import);
    if (import.target.empty()) {
      report_missing(place, path, import);
      return false;
    }
    if (std::find(stack_.begin(), stack_.end(), import.target) != stack_.end()) {
      report_cycle(place, import.target);
      return false;
    }
    if (source) {
      if (stack_.size() >= kMaxChain) {
        diagnostics_.error(place, "style/sass-error", too_long(), "import what you need directly");
        return false;
      }
      if (!visit(import.target, std::move(source), place)) return false;
    }
    const Progress& target = progress_[import.target];
    progress.height = std::max(progress.height, target.height + 1);
    progress.expanded = std::min(progress.expanded + target.expanded, kMaxExpandedFiles + 1);
    if (progress.height > kMaxChain) {
      diagnostics_.error(place, "style/sass-error", too_long(), "import what you need directly");
      return false;
    }
    if (progress.expanded > kMaxExpandedFiles) {
      diagnostics_.error(place, "style/sass-error",
                         "the imports bring in more than " + std::to_string(kMaxExpandedFiles) + " files",
                         "a file that is imported twice is compiled twice: import it once, in the main file");
      return false;
    }
    return true;
  }

  static std::string too_long() {
    return "this chain of imports is more than " + std::to_string(kMaxChain) + " files long";
  }

  // Sets import.target; gives the source when the file was not read before.
  SourcePtr find(const std::string& path, StyleImport& import) {
    std::vector<std::string> paths = candidates(folder_with_slash(path), import.url);
    if (!folder_with_slash(path).empty())
      for (std::string& candidate : candidates("", import.url)) paths.push_back(std::move(candidate));
    for (std::string& candidate : paths) {
      if (graph_.files.contains(candidate)) {
        import.target = std::move(candidate);
        return nullptr;
      }
      if (SourcePtr source = load_(candidate)) {
        import.target = std::move(candidate);
        return source;
      }
    }
    return nullptr;
  }

  void report_missing(const Place& place, std::string_view from, const StyleImport& import) {
    std::string hint;
    if (import.url.find("#{") != std::string::npos) {
      hint = "what is imported cannot be computed: name the file";
    } else if (import.url.ends_with(".sass")) {
      hint = "the indented syntax is not supported: write SCSS";
    } else {
      std::vector<std::string> names;
      const std::string_view folder = folder_with_slash(from);
      for (const std::string_view known : known_paths_) {
        if (known == from) continue;
        names.push_back(import_name(known));
        if (!folder.empty() && known.starts_with(folder)) names.push_back(import_name(known.substr(folder.size())));
      }
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      hint = suggest(import.url, std::vector<std::string_view>(names.begin(), names.end()));
    }
    diagnostics_.error(place, "style/missing-import", "there is no style sheet called '" + import.url + "'",
                       std::move(hint));
  }

  void report_cycle(const Place& place, const std::string& target) {
    Diagnostic found;
    found.id = "style/import-cycle";
    found.place = place;
    found.message = stack_.back() == target ? "this style sheet imports itself"
                                            : "this import leads back to '" + target + "', which led here";
    found.hint =
        stack_.back() == target ? "remove this import" : "move what both need into a third file, and import that";
    auto step = std::find(stack_.begin(), stack_.end(), target);
    for (++step; step < stack_.end(); ++step)
      found.notes.push_back({graph_.files[*step].imported_at, "'" + *step + "' is imported here"});
    diagnostics_.add(std::move(found));
  }

  const StyleLoader& load_;
  const std::vector<std::string_view>& known_paths_;
  Diagnostics& diagnostics_;
  StyleGraph graph_;
  std::vector<std::string> stack_;  // paths from the entry to the file at hand
  std::map<std::string, Progress> progress_;
};

}  // namespace

std::optional<StyleGraph> load_style_graph(std::string_view entry, const StyleLoader& load,
                                           const std::vector<std::string_view>& known_paths, Diagnostics& diagnostics) {
  return GraphLoader(load, known_paths, diagnostics).run(entry);
}

}  // namespace hardtop
