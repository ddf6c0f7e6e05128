#include "serve/served_site.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/media_types.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/url.h"
#include "serve/http_range.h"
#include "serve/preview_script.h"

namespace hardtop {

class ServedFile {
 public:
  explicit ServedFile(OutputFile from) : source(std::move(from)) {}

  // Of files whose bytes are in memory; made once.
  [[nodiscard]] const std::string& hash() const {
    std::call_once(hash_once_, [&] { hash_ = hash128_hex(source.bytes); });
    return hash_;
  }
  [[nodiscard]] std::size_t script_place() const {
    std::call_once(place_once_, [&] { place_ = find_script_place(source.bytes); });
    return place_;
  }

  const OutputFile source;

 private:
  mutable std::once_flag hash_once_, place_once_;
  mutable std::string hash_;
  mutable std::size_t place_ = 0;
};

struct ServedSite::Content {
  HttpBody body;
  std::string etag;  // with its quotes
};

namespace {

constexpr std::string_view kIndex = "index.html", kNotFound = "404.html";
// HTML that is copied from the disk, as only headers of the site can make of a file, gets our script up to this size.
constexpr std::uint64_t kMostHtmlOnDisk = 32 * 1024 * 1024;

std::string entity_tag(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string with_script(std::string_view html, std::size_t place, const std::string& script) {
  std::string out;
  out.reserve(html.size() + script.size());
  out.append(html.substr(0, place)).append(script).append(html.substr(place));
  return out;
}

std::optional<std::string> read_whole(const BodyFile& file) {
  std::string bytes(static_cast<std::size_t>(file.size()), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const std::ptrdiff_t n = file.read(at, bytes.data() + at, bytes.size() - at);
    if (n <= 0) return std::nullopt;
    at += static_cast<std::size_t>(n);
  }
  return bytes;
}

// For a site without a 404.html. No style of its own: the site's policy holds for it, too.
std::string plain_not_found(const HttpRequest& request, const std::string& home) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light "
         "dark\">\n"
         "<title>404 Not Found</title>\n</head>\n<body>\n<h1>Not found</h1>\n<p>There is nothing at <code>" +
         escape_html(request.raw_path) + "</code>.</p>\n<p><a href=\"" + escape_html(home) +
         "\">Home page</a></p>\n<p>The site has no page for this: it would be "
         "<code>content/404.md</code>.</p>\n</body>\n</html>\n";
}

}  // namespace

std::size_t ServedSite::shard_of(std::string_view path) { return hash64(path) % kShards; }

ServedSite::Ptr ServedSite::make(SiteOutput output, std::string base_path) {
  SiteChange all;
  all.files = std::move(output.files);
  all.headers = std::move(output.headers);
  all.pages = output.pages;
  ServedSite empty;
  empty.base_path_ = std::move(base_path);
  empty.decoded_base_path_ = decode_percent(empty.base_path_);
  empty.rules_ = std::make_shared<const std::vector<HeaderRule>>();
  return empty.changed(std::move(all));
}

ServedSite::Ptr ServedSite::moved(std::string base_path) const {
  const std::shared_ptr<ServedSite> next(new ServedSite(*this));
  next->base_path_ = std::move(base_path);
  next->decoded_base_path_ = decode_percent(next->base_path_);
  return next;
}

ServedSite::Ptr ServedSite::changed(SiteChange change) const {
  const std::shared_ptr<ServedSite> next(new ServedSite(*this));
  next->pages_ = change.pages;
  if (*rules_ != change.headers)
    next->rules_ = std::make_shared<const std::vector<HeaderRule>>(std::move(change.headers));
  std::map<std::size_t, Shard> touched;
  const auto shard_for = [&](std::string_view path) -> Shard& {
    const std::size_t index = shard_of(path);
    const auto [at, is_new] = touched.try_emplace(index);
    if (is_new && shards_[index]) at->second = *shards_[index];
    return at->second;
  };
  const auto place_of = [](Shard& shard, std::string_view path) {
    return std::ranges::lower_bound(shard, path, {},
                                    [](const FilePtr& file) { return std::string_view(file->source.path); });
  };
  for (const std::string& path : change.removed) {
    Shard& shard = shard_for(path);
    const auto at = place_of(shard, path);
    if (at == shard.end() || (*at)->source.path != path) continue;
    shard.erase(at);
    --next->size_;
  }
  for (OutputFile& file : change.files) {
    Shard& shard = shard_for(file.path);
    const auto at = place_of(shard, file.path);
    const bool is_there = at != shard.end() && (*at)->source.path == file.path;
    auto served = std::make_shared<const ServedFile>(std::move(file));
    if (is_there) {
      *at = std::move(served);
    } else {
      shard.insert(at, std::move(served));
      ++next->size_;
    }
  }
  for (auto& [index, shard] : touched) next->shards_[index] = std::make_shared<const Shard>(std::move(shard));
  return next;
}

ServedSite::FilePtr ServedSite::find(std::string_view output) const {
  const std::shared_ptr<const Shard>& shard = shards_[shard_of(output)];
  if (!shard) return nullptr;
  const auto at = std::ranges::lower_bound(*shard, output, {},
                                           [](const FilePtr& file) { return std::string_view(file->source.path); });
  return at != shard->end() && (*at)->source.path == output ? *at : nullptr;
}

ServedSite::Headers ServedSite::headers_of(std::string_view path_in_site, std::string_view output) const {
  Headers out;
  bool has_type = false;
  for (auto& [name, value] : headers_for(*rules_, path_in_site)) {
    const std::string lower = to_lower_ascii(name);
    if (lower == "cache-control" || lower == "strict-transport-security" || lower == "etag" || lower == "accept-ranges")
      continue;
    has_type |= lower == "content-type";
    out.emplace_back(std::move(name), std::move(value));
  }
  if (!has_type) out.emplace_back("Content-Type", media_type_of(output));
  out.emplace_back("Cache-Control", "no-store");
  return out;
}

HttpResponse ServedSite::redirect(const std::string& to, const HttpRequest& request) const {
  // Found, and not moved for good: browsers would remember that for every site that is ever previewed at this address.
  HttpResponse response = plain_response(302, to);
  // "//x/" would be another host.
  std::string location = to.starts_with("//") ? "/." + to : to;
  if (!request.query.empty()) location += "?" + request.query;
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

// False where the file cannot be read: `failure` says why; its status is 404 where it has gone.
bool ServedSite::load(const FilePtr& file, bool is_html, std::string_view version, Content& out,
                      HttpResponse& failure) const {
  const OutputFile& source = file->source;
  const std::string script = is_html ? preview_script(version, source.path) : "";
  const auto set_html = [&](std::string_view html, std::size_t place, std::string_view hash) {
    out.body = body_of(with_script(html, place, script));
    out.etag = entity_tag(std::string(hash) + "-" + std::string(version));
  };
  if (source.make) {
    std::string bytes = source.make();
    const std::string hash = hash128_hex(bytes);
    if (is_html) {
      set_html(bytes, find_script_place(bytes), hash);
    } else {
      out.body = body_of(std::move(bytes));
      out.etag = entity_tag(hash);
    }
    return true;
  }
  if (source.copy_from.empty()) {
    if (is_html) {
      set_html(source.bytes, file->script_place(), file->hash());
    } else {
      out.body.size = source.bytes.size();
      out.body.bytes = std::shared_ptr<const std::string>(file, &source.bytes);  // keeps the file, copies nothing
      out.etag = entity_tag(file->hash());
    }
    return true;
  }
  std::error_code error;
  const std::shared_ptr<const BodyFile> opened = BodyFile::open(source.copy_from, error);
  if (!opened) {
    failure = plain_response(error == std::errc::no_such_file_or_directory ? 404 : 500,
                             "cannot read '" + source.copy_from + "': " + error.message());
    return false;
  }
  // Not by content: to hash a video of 2 GB would hold up every other client.
  out.etag = entity_tag(opened->revision());
  out.body = {nullptr, opened, 0, opened->size()};
  if (!is_html || opened->size() > kMostHtmlOnDisk) return true;
  if (const auto html = read_whole(*opened)) set_html(*html, find_script_place(*html), opened->revision());
  return true;
}

HttpResponse ServedSite::not_found(const HttpRequest& request, std::string_view version) const {
  const std::size_t base = request.path.starts_with(decoded_base_path_) ? decoded_base_path_.size() : 1;
  HttpResponse response;
  response.status = 404;
  response.headers = headers_of(
      "/" + encode_file_path(std::string_view(request.path).substr(std::min(base, request.path.size()))), kNotFound);
  // Whatever the address looks like, this is a page.
  std::erase_if(response.headers, [](const auto& header) { return to_lower_ascii(header.first) == "content-type"; });
  response.headers.emplace_back("Content-Type", media_type_of(kNotFound));
  const FilePtr file = find(kNotFound);
  Content content;
  HttpResponse failure;
  if (file && load(file, true, version, content, failure)) {
    response.body = std::move(content.body);
  } else {
    const std::string html = plain_not_found(request, base_path_);
    response.body = body_of(with_script(html, find_script_place(html), preview_script(version, kNotFound)));
  }
  return response;
}

HttpResponse ServedSite::respond(const HttpRequest& request, std::string_view version) const {
  const std::string& path = request.path;
  if (path == "/.hardtop" || path.starts_with("/.hardtop/"))
    return plain_response(404, "the preview has no such address");
  if (path.empty()) return not_found(request, version);  // it names no file
  if (!path.starts_with(decoded_base_path_)) {
    if (path == "/" || path + "/" == decoded_base_path_) return redirect(base_path_, request);
    return not_found(request, version);
  }
  const std::string local = path.substr(decoded_base_path_.size());
  const bool is_folder = local.empty() || local.ends_with('/');
  const std::string output = is_folder ? local + std::string(kIndex) : local;
  const FilePtr file = find(output);
  if (!file) {
    if (!is_folder && find(local + "/" + std::string(kIndex)))
      return redirect(base_path_ + encode_file_path(local) + "/", request);
    return not_found(request, version);
  }

  HttpResponse response;
  response.headers = headers_of("/" + encode_file_path(local), output);
  const std::string* type = response.header("content-type");
  Content content;
  HttpResponse failure;
  if (!load(file, type && is_html_type(*type), version, content, failure))
    return failure.status == 404 ? not_found(request, version) : failure;
  response.headers.emplace_back("ETag", content.etag);
  response.headers.emplace_back("Accept-Ranges", "bytes");

  if (const std::string known = request.header_list("if-none-match");
      !known.empty() && matches_etag(known, content.etag)) {
    response.status = 304;
    return response;
  }
  response.body = std::move(content.body);
  const std::string* range_header = request.header("range");
  const std::string* if_range = request.header("if-range");
  if (!range_header || request.method != "GET" || (if_range && !allows_range(*if_range, content.etag))) return response;
  const std::uint64_t size = response.body.size;
  const ByteRange range = read_range(*range_header, size);
  if (range.kind == ByteRange::Kind::part) {
    response.status = 206;
    response.body.begin = range.begin;
    response.body.size = range.size;
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range.begin) + "-" +
                                                       std::to_string(range.begin + range.size - 1) + "/" +
                                                       std::to_string(size));
  } else if (range.kind == ByteRange::Kind::unsatisfiable) {
    response = plain_response(416, "the file has " + count_of(static_cast<std::size_t>(size), "byte", "bytes"));
    response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
  }
  return response;
}

}  // namespace hardtop
