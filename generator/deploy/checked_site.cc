#include "deploy/checked_site.h"

#include <utility>

#include "base/hash.h"
#include "base/paths.h"
#include "base/read_number.h"

namespace hardtop {

namespace {

constexpr std::string_view kMagic = "hardtop checked 1 ";
constexpr std::string_view kManifestId = "checked";

// Takes "NAME VALUE\n" off.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() || text[name.size()] != ' ')
    return std::nullopt;
  const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

template <typename Number>
bool take_number(std::string_view& text, std::string_view name, Number& number) {
  const std::optional<std::string_view> value = take_line(text, name);
  return value && read_number(*value, number);
}

}  // namespace

std::string checked_site_path(const std::string& site_dir, const std::string& target) {
  return join_path(join_path(site_dir, ".hardtop"), "deploy-" + target + ".checked");
}

std::string format_checked_site(const CheckedSite& site) {
  RemoteManifest manifest;
  manifest.id = kManifestId;
  manifest.files = site.found.files;
  const std::string trace = site.trace.text(), files = format_manifest(manifest);
  std::string body;
  body.append("of ").append(site.of).append("\n");
  body.append("from ").append(std::to_string(site.from)).append("\n");
  body.append("until ").append(std::to_string(site.until)).append("\n");
  body.append("trace ").append(std::to_string(trace.size())).append("\n");
  body.append("evidence ").append(std::to_string(site.found.evidence.size())).append("\n");
  body.append("manifest ").append(std::to_string(site.found.manifest.size())).append("\n");
  body.append("files ").append(std::to_string(files.size())).append("\n");
  body.append(trace).append(site.found.evidence).append(site.found.manifest).append(files);
  return std::string(kMagic) + hash128_hex(body) + "\n" + body;
}

std::optional<CheckedSite> parse_checked_site(std::string_view text) {
  const std::optional<std::string_view> hash = take_line(text, kMagic.substr(0, kMagic.size() - 1));
  if (!hash || *hash != hash128_hex(text)) return std::nullopt;
  CheckedSite site;
  const std::optional<std::string_view> of = take_line(text, "of");
  std::size_t trace_size = 0, evidence_size = 0, manifest_size = 0, files_size = 0;
  if (!of || !take_number(text, "from", site.from) || !take_number(text, "until", site.until) ||
      !take_number(text, "trace", trace_size) || !take_number(text, "evidence", evidence_size) ||
      !take_number(text, "manifest", manifest_size) || !take_number(text, "files", files_size))
    return std::nullopt;
  const auto take = [&](std::size_t size) {
    const std::string_view part = text.substr(0, size);
    text.remove_prefix(part.size());
    return part;
  };
  std::optional<FileTrace> trace = FileTrace::parse(take(trace_size));
  site.of = *of;
  site.found.evidence = take(evidence_size);
  site.found.manifest = take(manifest_size);
  if (!trace || text.size() != files_size) return std::nullopt;
  RemoteState files = parse_remote_state(text);
  if (!files.manifest) return std::nullopt;
  site.trace = *std::move(trace);
  site.found.files = std::move(files.manifest->files);
  return site;
}

bool still_holds(const CheckedSite& site, std::string_view of, std::int64_t now, const Files& files, unsigned jobs) {
  return site.of == of && site.from <= now && now < site.until && site.trace.holds(files, jobs);
}

}  // namespace hardtop
