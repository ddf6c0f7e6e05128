#include "build/published_files.h"

#include <algorithm>

#include "base/hash.h"
#include "base/paths.h"
#include "base/sha.h"
#include "base/text.h"
#include "build/links.h"

namespace hardtop {

namespace {

// Most formats tell their size in the first hundred bytes, and photographs behind what a camera adds; a picture with a colour profile
// or a preview of itself in front may need more. What needs more than this is read as broken.
constexpr std::size_t kHead = 16 * 1024, kMostBytes = 64 * 1024 * 1024;

ImageSize size_of(std::string_view head, bool svg) { return svg ? read_svg_size(head) : read_image_size(head); }

}  // namespace

std::string ending_of(std::string_view path) {
  return to_lower_ascii(path.substr(std::min(path.rfind('.'), path.size())));
}

std::string integrity_of(std::string_view bytes) { return "sha384-" + base64(as_bytes(sha384(bytes))); }

void PublishedFiles::add_made(std::uint32_t number, PublishedFile file, std::string integrity) {
  file.is_made = true;
  const std::uint64_t path = hash64(file.path);
  made_[number] = {std::move(file), std::move(integrity), path};
}

std::optional<PublishedFile> PublishedFiles::find(std::uint32_t number) const {
  if (number == kNone || number < in_.first) return std::nullopt;
  std::size_t i = number - in_.first;
  if (i < in_.bundle_files.size()) {
    const std::string& path = in_.bundle_files[i];
    return PublishedFile{ContentLinks::locate_bundle_file(in_.config, path).output, "content/" + path};
  }
  i -= in_.bundle_files.size();
  if (i < in_.static_files.size()) return PublishedFile{in_.static_files[i].file.path, in_.static_files[i].input};
  const auto made = made_.find(number);
  return made == made_.end() ? std::nullopt : std::optional(made->second.file);
}

std::uint64_t PublishedFiles::made_path(std::uint32_t number) const {
  const auto made = made_.find(number);
  return made == made_.end() ? 0 : made->second.path;
}

const std::string& PublishedFiles::integrity(std::uint32_t number) const {
  static const std::string kNothing;
  const auto made = made_.find(number);
  return made == made_.end() ? kNothing : made->second.integrity;
}

PublishedFiles::Content PublishedFiles::content(std::uint32_t number) const {
  std::size_t i = number - in_.first;
  if (i < in_.bundle_files.size()) return {join_path(in_.content_dir, in_.bundle_files[i]), {}};
  const OutputFile& file = in_.static_files[i - in_.bundle_files.size()].file;
  return {file.copy_from, file.bytes};
}

std::string PublishedFiles::digest(std::uint32_t number, std::string_view algorithm) {
  const std::pair key(number, std::string(algorithm));
  const std::lock_guard lock(mutex_);  // few ask
  if (const auto known = digests_.find(key); known != digests_.end()) return known->second;
  const Content from = content(number);
  std::string bytes(from.bytes);
  std::string out;
  if (from.disk_path.empty() || !in_.files.read(from.disk_path, bytes))
    out = algorithm == "sha256"   ? base64(as_bytes(sha256(bytes)))
          : algorithm == "sha384" ? base64(as_bytes(sha384(bytes)))
                                  : base64(as_bytes(sha512(bytes)));
  return digests_[key] = out;
}

ImageSize PublishedFiles::image_size(std::uint32_t number) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = sizes_.find(number); known != sizes_.end()) return known->second;
  }
  const ImageSize size = read_size(number);
  const std::lock_guard lock(mutex_);
  return sizes_[number] = size;
}

ImageSize PublishedFiles::read_size(std::uint32_t number) const {
  const Content from = content(number);
  const bool svg = ending_of(from.disk_path.empty() ? find(number)->path : from.disk_path) == ".svg";
  ImageSize size;
  if (from.disk_path.empty()) {
    size = size_of(from.bytes, svg);
  } else {
    std::string head;
    for (std::size_t wanted = kHead; wanted <= kMostBytes;) {
      // What cannot be read is told when it is written.
      if (in_.files.read_head(from.disk_path, wanted, head)) return {ImageSize::Is::unsized};
      size = size_of(head, svg);
      if (size.is != ImageSize::Is::cut || head.size() < wanted) break;
      wanted = std::max(size.wants, 2 * wanted);
    }
  }
  if (size.is == ImageSize::Is::cut) return {ImageSize::Is::no_image};
  return size;
}

}  // namespace hardtop
