// A site as the preview serves it: an immutable snapshot of a build's output files, in memory. A change makes the next
// snapshot, which shares with this one all that stayed as it is: its cost is that of what changed, not of the site.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "build/site_output.h"
#include "serve/http_request.h"
#include "serve/http_response.h"

namespace hardtop {

// An output file, and what was found out about it when it was first asked for.
class ServedFile;

class ServedSite {
 public:
  using Ptr = std::shared_ptr<const ServedSite>;

  // `base_path` is SiteConfig's: percent-encoded, "/" or "/docs/". Files with `make` have it called at each request for them, on the
  // thread of respond(): whoever lets a session build on another thread meanwhile, has wrapped it in a lock.
  [[nodiscard]] static Ptr make(SiteOutput output, std::string base_path);
  [[nodiscard]] Ptr changed(SiteChange change) const;
  // The same files below another path.
  [[nodiscard]] Ptr moved(std::string base_path) const;

  // The answer to a GET or HEAD. Safe from several threads. `version` is what the preview's script on a page is to ask for news since:
  // LiveReload::version().
  //
  // "/a/" is a/index.html; "/a" leads there (302) where there is no file "a"; "/" leads to base_path. What is not there is the
  // site's 404.html with status 404. HTML has the preview's script put in (preview_script.h). Headers are those of headers_for()
  // for the URL's path below base_path, but for
  //   Cache-Control              no-store: who edits wants to see it
  //   Strict-Transport-Security  left out: the preview is http, and a browser would remember it for everything on localhost
  //   ETag, Accept-Ranges        ours, since they must fit what is sent
  // Content-Type is that of media_types.h where the site's headers set none. Files with `copy_from` are read from the disk while
  // they are sent.
  [[nodiscard]] HttpResponse respond(const HttpRequest& request, std::string_view version) const;

  [[nodiscard]] bool has(std::string_view output) const { return find(output) != nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }    // files
  [[nodiscard]] std::size_t pages() const { return pages_; }  // as the build counts them
  [[nodiscard]] const std::string& base_path() const { return base_path_; }

 private:
  using FilePtr = std::shared_ptr<const ServedFile>;
  using Shard = std::vector<FilePtr>;  // sorted by path
  using Headers = std::vector<std::pair<std::string, std::string>>;
  static constexpr std::size_t kShards = 512;  // a change copies those that it touches: 20 files of 10,000

  ServedSite() = default;
  [[nodiscard]] static std::size_t shard_of(std::string_view path);
  [[nodiscard]] FilePtr find(std::string_view output) const;
  [[nodiscard]] Headers headers_of(std::string_view path_in_site, std::string_view output) const;
  [[nodiscard]] HttpResponse redirect(const std::string& to, const HttpRequest& request) const;
  [[nodiscard]] HttpResponse not_found(const HttpRequest& request, std::string_view version) const;
  struct Content;
  [[nodiscard]] bool load(const FilePtr& file, bool is_html, std::string_view version, Content& out,
                          HttpResponse& failure) const;

  std::array<std::shared_ptr<const Shard>, kShards> shards_;
  std::shared_ptr<const std::vector<HeaderRule>> rules_;
  std::string base_path_, decoded_base_path_;
  std::size_t size_ = 0, pages_ = 0;
};

}  // namespace hardtop
