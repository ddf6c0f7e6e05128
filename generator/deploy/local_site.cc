#include "deploy/local_site.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/paths.h"
#include "base/text.h"
#include "deploy/upload_headers.h"

namespace hardtop {

namespace {

constexpr std::size_t kFilesAtOnce = 128;

// "index.html", "index.html and 2 other files"
std::string name_them(const std::vector<std::string>& paths) {
  if (paths.size() == 1) return paths.front();
  return paths.front() + " and " + count_of(paths.size() - 1, "other file", "other files");
}

// From all files of the output, those to send.
void apply_compressed(const SiteOutput& site, DeployCompressed compressed, std::vector<RemoteFile>& files) {
  if (compressed == DeployCompressed::beside) return;
  const std::vector<HeaderRule> rules = storable_rules(site.headers);
  const auto find = [&](const std::string& path) {
    return std::ranges::lower_bound(files, path, {}, &RemoteFile::path);
  };
  std::unordered_set<std::string> left_out;
  for (const EncodedFile& each : *site.encoded) {
    const std::string path = each.path();
    if (!each.is_own) left_out.insert(path);
    if (compressed != (each.encoding == Encoding::gzip ? DeployCompressed::gzip : DeployCompressed::brotli)) continue;
    const auto plain = find(each.of), encoded = find(path);
    *plain = {each.of, encoded->hash, encoded->size, upload_headers(each.of, rules, each.encoding)};
  }
  std::erase_if(files, [&](const RemoteFile& file) { return left_out.contains(file.path); });
}

}  // namespace

std::optional<Manifest> read_local_manifest(const Files& files, const LocalSiteOptions& options,
                                            Diagnostics& diagnostics) {
  std::string text;
  std::optional<Manifest> manifest;
  if (!files.read(manifest_path(options.site_dir, options.output_dir), text))
    manifest = parse_manifest(std::move(text));
  if (manifest && manifest->complete) return manifest;
  diagnostics.error({}, "deploy/no-output",
                    manifest ? "the last build into '" + options.output_dir + "' did not end"
                             : "there is no finished site in '" + options.output_dir + "'",
                    "build it, and look at it: " + options.build_command);
  return std::nullopt;
}

std::optional<std::vector<RemoteFile>> read_local_site(const Files& files, const SiteOutput& site,
                                                       const Manifest& manifest, const LocalSiteOptions& options,
                                                       Diagnostics& diagnostics) {
  std::vector<const OutputFile*> made;
  made.reserve(site.files.size());
  for (const OutputFile& file : site.files) made.push_back(&file);
  std::ranges::sort(made, {}, [](const OutputFile* file) -> const std::string& { return file->path; });

  std::vector<std::string> stale;
  auto at = made.begin();
  for (const ManifestEntry& entry : manifest.files) {
    for (; at != made.end() && (*at)->path < entry.path; ++at) stale.push_back((*at)->path);
    if (at != made.end() && (*at)->path == entry.path)
      ++at;
    else
      stale.emplace_back(entry.path);
  }
  for (; at != made.end(); ++at) stale.push_back((*at)->path);

  std::vector<RemoteFile> out(manifest.files.size());
  if (stale.empty()) {
    const std::vector<HeaderRule> rules = storable_rules(site.headers);
    enum Judgement : char { good, differs_from_site, differs_on_disk };
    std::vector<char> judgements(manifest.files.size(), good);
    for_each_index(
        manifest.files.size(), options.jobs,
        [&](std::size_t i) {
          const ManifestEntry& entry = manifest.files[i];
          std::string text;
          std::string_view bytes;
          if (read_output(files, *made[i], text, bytes) || bytes.size() != entry.size ||
              hash128_hex(bytes) != entry.hash) {
            judgements[i] = differs_from_site;
            return;
          }
          if (files.read(join_path(options.output_dir, entry.path), text) || text.size() != entry.size ||
              hash128_hex(text) != entry.hash)
            judgements[i] = differs_on_disk;
          out[i] = {std::string(entry.path), std::string(entry.hash), entry.size, upload_headers(entry.path, rules)};
        },
        kFilesAtOnce);
    std::vector<std::string> changed;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
      if (judgements[i] == differs_from_site) stale.emplace_back(manifest.files[i].path);
      if (judgements[i] == differs_on_disk) changed.emplace_back(manifest.files[i].path);
    }
    if (!changed.empty() && stale.empty()) {
      diagnostics.error({}, "deploy/output-changed",
                        "'" + options.output_dir + "' is not as it was built: " + name_them(changed),
                        "change the site's sources instead of its output, then: " + options.build_command);
      return std::nullopt;
    }
  }
  if (stale.empty()) {
    apply_compressed(site, options.compressed, out);
    return out;
  }
  std::ranges::sort(stale);
  diagnostics.error({}, "deploy/stale-output",
                    "'" + options.output_dir + "' is not what the site is now: " + name_them(stale),
                    "build it again, and look at it: " + options.build_command);
  return std::nullopt;
}

}  // namespace hardtop
