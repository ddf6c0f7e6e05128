// What a host has to know about a site, and each host's own way to write it down: one model, one writer a host.
//
// The model is a list of header rules (consent/header_rules.h), the site's files and its redirects. `headers_for` says which headers an
// address is sent with, and every writer's text makes its host say the same, for every file of the site. Where a host's language
// cannot, the writer reports it: a policy that is lost in translation is an error.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "build/site_model.h"
#include "build/site_output.h"

namespace hardtop {

// A file as the web knows it.
struct HostPath {
  std::string url;     // below base_url's path, percent-encoded: "/", "/docs/", "/a%20b.html"; not ".../index.html"
  std::string output;  // below the output folder: "docs/index.html"
};

// An alias. Its redirect page is in the output, too, for hosts that know no redirects.
struct HostRedirect {
  std::string from;  // as HostPath::url
  std::string to;    // root-relative, with base_url's path, percent-encoded
};

struct HostSite {
  std::string base_url, base_path;      // as SiteConfig's
  std::vector<HeaderRule> rules;        // patterns percent-encoded as paths are; sorted by rank_of: later ones win
  std::vector<HostPath> paths;          // sorted by url
  std::vector<HostRedirect> redirects;  // sorted by from
  std::vector<std::string>
      fingerprinted;                // patterns (without '*') of files that never change: "/assets/main.0a1b2c3d.css"
  bool has_not_found = false;       // 404.html is there
  std::vector<Encoding> encodings;  // of compressed files that may lie beside the site's
  std::string own_redirects;        // static/_redirects: stands below hardtop's lines
  std::vector<SiteHeader> own;      // where the site's rules are written
  Place place;                      // of the list of hosts: for what no line of the site is to blame for
};

// `files` are the whole output. `fingerprinted` are output paths.
[[nodiscard]] HostSite make_host_site(const SiteModel& site, const std::vector<HeaderRule>& rules,
                                      const std::vector<OutputFile>& files,
                                      const std::vector<std::string>& fingerprinted);

// The place of the rule, for errors: in [headers] of site.toml, else that of the list of hosts.
[[nodiscard]] Place place_of(const HostSite& site, const HeaderRule& rule);

// A rule and all others of its pattern that name the same header: their values are sent together.
struct HostValues {
  std::string pattern;
  std::string name;  // as first written
  std::vector<std::string> values;
  bool beside = false;  // stands_beside
  const HeaderRule* rule = nullptr;
};
// By rank: where two match a path, the later one wins; all that stand beside come last.
[[nodiscard]] std::vector<HostValues> grouped(const std::vector<HeaderRule>& rules);

// --- The writers. All are pure. Each reports host/… errors; its text is then of no use.

// _headers and _redirects, for Netlify, Cloudflare Pages or both.
struct PagesHosts {
  bool netlify = false, cloudflare = false;
};
[[nodiscard]] std::string write_headers_file(const HostSite& site, const PagesHosts& hosts, Diagnostics& diagnostics);
[[nodiscard]] std::string write_redirects_file(const HostSite& site, const PagesHosts& hosts, Diagnostics& diagnostics);

// nginx: variables for the http block, and what belongs into the server block; `brotli`, for it too, is for servers that have a
// module which nginx itself has not, and "" where nothing is to be said.
struct NginxFiles {
  std::string http, server, brotli;
};
[[nodiscard]] NginxFiles write_nginx_files(const HostSite& site, Diagnostics& diagnostics);

// Caddy: a snippet to import.
[[nodiscard]] std::string write_caddyfile(const HostSite& site, Diagnostics& diagnostics);

// JSON for all others; the format is described in host_json.cc.
[[nodiscard]] std::string write_headers_json(const HostSite& site, const std::vector<EncodedFile>& encoded);

// All that [build] hosts asks for: `served` belong into the output folder, `beside` must not be served.
struct HostFiles {
  std::vector<OutputFile> served, beside;
};
// Of `encoded`, what is there when a file is written or made counts.
[[nodiscard]] HostFiles make_host_files(const HostSite& site, const std::vector<Host>& hosts,
                                        const std::shared_ptr<const std::vector<EncodedFile>>& encoded,
                                        Diagnostics& diagnostics);

// Every name that a file of HostFiles::beside may have.
inline constexpr std::array<std::string_view, 5> kHostFileNames = {"nginx-http.conf", "nginx-server.conf",
                                                                   "nginx-brotli.conf", "Caddyfile", "headers.json"};

inline constexpr std::string_view kRedirectsFile = "_redirects";

// The folder of what deploy writes down beside a site (deploy/remote_state.h), unless it is told another: servers do not show it.
inline constexpr std::string_view kNotes = ".hardtop";

// Whether these hosts read _headers and _redirects from the output.
[[nodiscard]] bool read_from_output(const std::vector<Host>& hosts);

// A folder for what is beside: SITE/.hardtop/hosts/public, or a hash in place of the name of an output folder outside the site.
[[nodiscard]] std::string host_files_folder(const std::string& site_dir, const std::string& output_dir);

// --- What several writers need.

// A pattern or path as a regular expression for decoded paths that PCRE and RE2 read alike, without the characters that configuration
// languages give a meaning of their own: "{}\"'`$;# ". Matches from begin to end, line ends included.
[[nodiscard]] std::string path_regex(std::string_view base_path, std::string_view pattern);

// How the files begin: who wrote them and for which address. Lines begin with "# ".
[[nodiscard]] std::string host_file_head(const HostSite& site);

}  // namespace hardtop
