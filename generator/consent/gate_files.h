// The gate over everything that is published and is not HTML: style sheets, scripts, SVG, XML (with its processing
// instructions), web manifests, redirect targets and headers. gate.h is for HTML. Problems have offsets into the file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "consent/csp_needs.h"
#include "consent/file_facts.h"
#include "consent/gate.h"

namespace hardtop {

// Ids of problems: consent/undeclared-host, consent/unreadable-url, consent/cannot-gate, consent/ungated-script (of scripts in
// SVG and XML), consent/undeclared-cookie (of headers), and consent/unreadable-file: an encoding, an entity, JSON or the like that
// may hide what the file loads.
struct JudgedFile {
  FileFacts facts;                    // for the pages that load it
  std::vector<GateProblem> problems;  // by offset
  struct Place {
    std::size_t offset = 0, length = 0;
  };
  std::vector<Place> imports_at;        // of facts.imports, one each: where it is named first
  std::vector<InlineCode> inline_code;  // of XML: what the policy that it is served with must allow
};

// In all of these `url` is the file's own, root-relative; URLs in data: URLs count as the file's.

// Every URL that the style sheet makes a browser fetch (base/css.h). An undeclared host is a problem; an optional service's is a
// fact. Imports are the site's own sheets.
[[nodiscard]] JudgedFile judge_css(const Services& services, std::string_view css, std::string_view url);

// Names that reach what browsers keep (judge_script.cc says which), hosts of declared services outside of comments, and what the
// script imports: modules, workers, importScripts. An undeclared host in a script's text is no problem: text is not a
// request, and the policy stops what is. As an import it is one.
[[nodiscard]] JudgedFile judge_script(const Services& services, std::string_view script, std::string_view url);

// A file of XML: SVG with its links, styles, scripts and animations; xml-stylesheet instructions, DTDs and entities, XInclude, XSLT;
// XHTML elements in it. Nothing in XML can be gated: an optional service's host is consent/cannot-gate, a script that keeps
// something or names such a host is consent/ungated-script. The facts' imports are its scripts and sheets: see judge_imports.
[[nodiscard]] JudgedFile judge_xml(const Services& services, std::string_view xml, std::string_view url);

// A web app manifest (icons, screenshots, shortcuts, start_url, share_target, and whatever comes: every string that names a host),
// or a file of speculation rules.
[[nodiscard]] JudgedFile judge_manifest(const Services& services, std::string_view json, std::string_view url);

// What the site's own scripts and style sheets do that a file of XML or a header loads, with all that they import: nothing makes it
// wait. At the first place that loads them. `what`: "an SVG or XML file". `facts_of`: as GateSite::file_facts.
[[nodiscard]] std::vector<GateProblem> judge_imports(const Services& services, const JudgedFile& judged,
                                                     std::string_view what,
                                                     const std::function<const FileFacts*(std::string_view)>& facts_of);

// Files that hosts read: headers for each path, and redirects (judge_server.cc). Offsets are into `text`.
[[nodiscard]] JudgedFile judge_headers_file(const Services& services, std::string_view text);
[[nodiscard]] JudgedFile judge_redirects_file(const Services& services, std::string_view text);

// A feed in JSON (jsonfeed.org): the images of what readers show.
[[nodiscard]] JudgedFile judge_json_feed(const Services& services, std::string_view json, std::string_view url);

// A playlist of HLS: what a <video> that names it plays.
[[nodiscard]] JudgedFile judge_playlist(const Services& services, std::string_view text, std::string_view url);

// By the file's name, root-relative without the first '/': css, js and mjs, svg, xml (rss, atom, xsl, xhtml …), webmanifest,
// *manifest.json, *speculation-rules.json, m3u8, _headers, _redirects. Passive are images, fonts, films, archives, texts, source maps (they are
// for tools), PDF (its links are followed by hand). Of other names, JSON among them, the content must say. HTML is the caller's.
enum class PublishedAs : std::uint8_t {
  passive,
  html,
  css,
  script,
  xml,
  manifest,
  playlist,
  json_feed,
  headers,
  redirects,
  unknown
};
[[nodiscard]] PublishedAs published_as(std::string_view path);
// What a browser takes a file of unknown kind for (MIME Sniffing, 7.1): html, xml or passive; or a reader of feeds: json_feed. A script
// or style sheet by another name is nothing, since the site's headers say nosniff.
[[nodiscard]] PublishedAs sniffed_as(std::string_view text);
// What a header Content-Type makes of a file; passive where that is nothing that loads.
[[nodiscard]] PublishedAs published_as_type(std::string_view content_type);

// HTML that somebody else has written: only whether the gate can read it. In other encodings than these, bytes of ASCII are what they
// look like.
[[nodiscard]] JudgedFile judge_html_bytes(std::string_view text);

// A file of a kind that published_as knows, by its judge; nothing is found in passive files.
[[nodiscard]] JudgedFile judge_file(const Services& services, PublishedAs kind, std::string_view text,
                                    std::string_view url);

// A response header that the site sets: Link, Speculation-Rules, Reporting-Endpoints, Report-To, Refresh, Location, Set-Cookie (a
// cookie that no necessary service declares), Content-Security-Policy's report-uri, Content-Type's charset, SourceMap, Alt-Svc.
// Offsets are into `value`. The facts' imports are style sheets that it applies (judge_imports), its sources what it loads.
[[nodiscard]] JudgedFile judge_header(const Services& services, std::string_view name, std::string_view value);

// Where a redirect leads. Offsets are into `url`.
[[nodiscard]] std::vector<GateProblem> judge_redirect(const Services& services, std::string_view url);

}  // namespace hardtop
