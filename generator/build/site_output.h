// What a session hands out: plain data, for those that write, serve or deploy a site. serve, deploy and audit know a
// build by this and by nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/compress.h"
#include "base/files.h"
#include "base/source.h"
#include "consent/header_rules.h"

namespace hardtop {

struct ConsentConfig;

// A file to write. Its content is `bytes`, or comes from `copy_from` (a path) or `make` when it is written.
struct OutputFile {
  std::string path;  // below the output folder
  std::string bytes;
  std::string copy_from;
  std::function<std::string()> make = nullptr;  // as long as the session lives; safe to call from several threads
};

// The content of an output file: `bytes` points into it, or into `made`, which it is made or read into.
[[nodiscard]] std::error_code read_output(const Files& files, const OutputFile& file, std::string& made,
                                          std::string_view& bytes);

// An output file that is another one, compressed: of "a.html" and gzip, "a.html.gz".
struct EncodedFile {
  std::string of;  // output path of the other
  Encoding encoding = Encoding::gzip;
  bool is_own = false;  // the site has brought it along

  [[nodiscard]] std::string path() const { return of + std::string(encoding_ending(encoding)); }
};

// Pages of content/ that are no part of the site, unless they are asked for.
struct LeftOutPages {
  std::size_t drafts = 0, future = 0, expired = 0;
};

// A whole site.
struct SiteOutput {
  std::vector<OutputFile> files;  // unique by path, not sorted; usable while the session lives and builds no more
  std::size_t pages = 0;          // HTML pages, lists included
  LeftOutPages left_out;
  // Seconds since 1970: until before here the clock alone makes no other site of it. By then a page's date has come, or it has expired.
  std::int64_t changes_at = std::numeric_limits<std::int64_t>::max();
  std::vector<HeaderRule>
      headers;  // what each host is to send: the policy floor, cache rules, and [headers] of site.toml
  std::vector<OutputFile> host_files;  // configuration for servers ([build] hosts): never in the output folder
  std::vector<Encoding> encodings;     // which compressed files the site is to have beside `files`
  // Those that are among `files`, sorted by `of`, then encoding. Empty until add_compressed (build/precompress.h), which whoever writes the files or
  // compares them calls; `host_files` know them by this pointer.
  std::shared_ptr<std::vector<EncodedFile>> encoded = std::make_shared<std::vector<EncodedFile>>();
};

// What an update made of changed files: the difference to the site as it was.
struct SiteChange {
  std::vector<OutputFile> files;     // new, or with other bytes than before: sorted by path
  std::vector<std::string> removed;  // output paths that are gone: sorted
  std::vector<HeaderRule> headers;   // all of them, as they are now
  std::size_t pages = 0;             // of the site as it is now
  std::vector<std::string> edited;   // output paths of pages whose own content file changed: where an editor is at work
};

// A service on a page.
struct ServiceOnPage {
  std::string id, name, category;
  bool necessary = false;
};

// Something that the gate made inert, and who wrote it.
struct GatedPlace {
  std::string service;                 // id
  std::string element;                 // the name of the unit's outermost element: "iframe", "picture"
  std::string url;                     // what it would have loaded, absolute; empty where it is code in the page
  std::vector<std::string> more_urls;  // the others, as of a srcset
  Place place;                         // in Markdown, a template or consent.toml
};

// What consent means for one page, for the preview's toolbar.
struct PageReport {
  // "content/blog/a.md", or of HTML that is published as it is: "static/old.html"; empty where no such file is behind the
  // page (a list of tags).
  std::string content;
  std::vector<ServiceOnPage> services;
  std::vector<GatedPlace> gated;  // in the order of the page
};

// What the preview needs to know of a site beside its output.
struct SiteFacts {
  std::string base_path = "/";             // SiteConfig's
  std::string language;                    // that its words are in
  std::vector<std::string> languages;      // that there are words in: sorted, in lower case
  const ConsentConfig* consent = nullptr;  // while the session lives and builds no more; null before the first build
};

}  // namespace hardtop
