// The gate over everything that is published and is not HTML: style sheets, scripts, SVG, XML (with its processing
// instructions), web manifests, redirect targets and headers. gate.h is for HTML. Problems have offsets into the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consent/csp_needs.h"
#include "consent/file_facts.h"
#include "consent/gate.h"

namespace hardtop {

struct JudgedFile {
  FileFacts facts;  // for the pages that load it
  std::vector<GateProblem> problems;
};

// Every URL that the style sheet makes a browser fetch: url(), image-set(), @import, src() and @font-face, with escapes
// (CSS Syntax Level 3). An undeclared host is a problem; an optional service's is a fact. `url`: the sheet's own,
// root-relative.
[[nodiscard]] JudgedFile judge_css(const Services& services, std::string_view css, std::string_view url);

// Names that reach storage, hosts of declared services. An undeclared host in a script's text is no problem: text is not
// a request, and the policy stops what is.
[[nodiscard]] JudgedFile judge_script(const Services& services, std::string_view script, std::string_view url);

// A file of XML: SVG with its links, styles, scripts and animations; xml-stylesheet instructions, DTDs and entities, XInclude;
// XHTML elements in it. Nothing in XML can be gated: an optional service's host is consent/cannot-gate.
[[nodiscard]] JudgedFile judge_xml(const Services& services, std::string_view xml, std::string_view url);

// A web app manifest: icons, screenshots, shortcuts, start_url, share_target …
[[nodiscard]] JudgedFile judge_manifest(const Services& services, std::string_view json, std::string_view url);

// By the file's name and content: css, js and mjs, svg, xml (rss, atom, xsl, xhtml), webmanifest and manifest.json. Other files
// are passive. HTML is the caller's.
enum class PublishedAs : std::uint8_t { passive, html, css, script, xml, manifest };
[[nodiscard]] PublishedAs published_as(std::string_view path);

// A response header that the site sets: Link, Speculation-Rules, Reporting-Endpoints, Report-To, NEL, Refresh, Location,
// Set-Cookie (a cookie that no service declares), Content-Security-Policy's report-uri and report-to, SourceMap. Offsets are into `value`.
[[nodiscard]] std::vector<GateProblem> judge_header(const Services& services, std::string_view name,
                                                    std::string_view value);

}  // namespace hardtop
