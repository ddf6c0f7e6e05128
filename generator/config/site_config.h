// site.toml: what a site says about itself as a whole.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/compress.h"
#include "base/data.h"
#include "base/files.h"
#include "base/url.h"

namespace hardtop {

enum class UrlStyle { file, directory };  // "/about.html" or "/about/"
enum class LinkCheck { error, warn, off };

// Who a site's headers and redirects are written for (build/hosts.h).
enum class Host { netlify, cloudflare, nginx, caddy, json };

enum class Environment { production, development };

struct MenuEntry {
  std::string name;    // what the link says; empty: the page's title
  std::string target;  // a content path ("about.md"), a path ("/x/") or a URL
  Place place;
  std::int64_t weight = 0;  // 0 means unset
};

struct Taxonomy {
  std::string name;            // "tags": the front-matter key and the first part of the URL
  std::int64_t per_page = 20;  // [build] per_page unless set; 0 for no pagination
};

struct FeedConfig {
  std::int64_t limit = 20;            // newest pages in it
  std::vector<std::string> sections;  // empty: the whole site
  bool full_content = true;
};

// [headers] "/path/*" = { "X-Frame-Options" = "DENY" }: one header for every path that the pattern matches. Whom it makes
// browsers contact is judged by consent/gate_files.h. A Content-Security-Policy is sent beside hardtop's own: what either forbids is
// forbidden.
struct SiteHeader {
  std::string pattern;  // begins with '/'; '*' stands for any characters, '/' too
  std::string name;     // as written: a token (RFC 9110, 5.6.2)
  std::string value;    // not empty; visible characters, spaces and tabs (RFC 9110, 5.5)
  Place name_place,
      place;  // of the key and of the value; `place` is inside the quotes where the value stands there byte for byte
};

// What a deploy does with compressed files ([build] precompress).
enum class DeployCompressed {
  beside,  // a.html.gz and a.html.br go where a.html goes: for servers that pick what a browser takes
  gzip,    // the bytes of a.html.gz go under the name a.html, with Content-Encoding: for stores that do not pick
  brotli,  // likewise
  none,    // none of them: for what compresses by itself
};

// [deploy.NAME]: a place that the site is uploaded to. Whoever may log in there is rclone's to know, not this file's.
struct DeployTarget {
  std::string name;    // a-z, 0-9, '-' and '_'
  std::string remote;  // as rclone writes it: "r2:bucket/path"; without a ':' a folder, from the site's own folder on
  std::string state;   // where hardtop keeps its notes about the place, likewise; "": .hardtop below `remote`
  std::string purge;   // a shell command that is given the changed URLs; "" for none
  std::int64_t keep_days = 30;  // how long fingerprinted assets stay that no page asks for any more
  DeployCompressed compressed = DeployCompressed::beside;
  Place place;        // of `remote`
  Place state_place;  // of `state`
};

struct SiteConfig {
  SourcePtr source;
  std::string title;
  std::string description;
  std::string author;
  std::string base_url;   // absolute http or https, normalised, ends with base_path
  Url base;               // parsed
  std::string base_path;  // the path of base_url with a final '/': "/" or "/docs/"
  std::string language = "en";
  std::string theme = "default";
  Place theme_place;
  UrlStyle urls = UrlStyle::directory;
  // By weight, then as written; what has no weight comes last.
  std::map<std::string, std::vector<MenuEntry>> menus;
  std::vector<Taxonomy> taxonomies;
  std::optional<FeedConfig> feed;     // [feeds]
  std::int64_t per_page = 20;         // [build] per_page: length of lists; 0 for no pagination
  std::vector<Host> hosts;            // [build] hosts: unique, in the order of the enumeration
  Place hosts_place;                  // of its value
  std::vector<Encoding> precompress;  // [build] precompress: unique, in the order of the enumeration
  bool integrity = true;              // [build] integrity: on what hardtop names by its content
  bool image_sizes = true;            // [build] image_sizes: where a tag says none
  bool early_hints = false;           // [build] early_hints: a Link header for the style sheet that all pages have
  bool smart_punctuation = false;     // [markdown]
  bool footnotes = true;
  bool heading_anchors = false;
  LinkCheck links = LinkCheck::error;  // [check]
  std::vector<SiteHeader> headers;     // [headers], as written; a list of values is several
  std::vector<DeployTarget> deploys;   // [deploy.NAME], by name
  DataTable params;                    // [params], checked against the theme by build
};

// Reads DIR/site.toml. `base_url_override` is --base-url ("" for none). Without either address the site is built for
// http://localhost/, with the warning config/no-base-url in production. Errors reported:
//   config/missing, config/unreadable, config/invalid-utf8, config/toml-syntax   the file
//   config/unknown-key, config/wrong-type, config/missing-key                    its keys
//   config/bad-url, config/bad-value                                             their values
//   config/not-built-yet   a key of a feature that this version does not have
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<SiteConfig> load_site_config(const Files& files, const std::string& site_dir,
                                                         const std::string& base_url_override, Diagnostics& diagnostics,
                                                         Environment environment = Environment::production);

}  // namespace hardtop
