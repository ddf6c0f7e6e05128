// The header rules that depend on which files a site has: how long each may be kept by browsers and CDNs, and names that the policy
// floor's patterns do not reach.
#pragma once

#include <string>
#include <vector>

#include "build/site_output.h"

namespace hardtop {

// Cache-Control (RFC 9111, 5.2.2; RFC 8246 for immutable), as defaults that any word of the site's own replaces (header_rules.h):
//   /*                              no-cache: kept, and asked for again before each use. Pages change under one address, and so do
//                                   scripts, style sheets, feeds and manifests without a hash in their names; a missing page is
//                                   looked for again.
//   /*.png … of files that are there: images, fonts, films, documents    ten minutes without a question, then asked for again
//   each of `fingerprinted`         one year, never asked for again: other content has another name
// A fingerprinted file has a rule of its own and not a pattern's, because a missing file of the same pattern would be missing for a
// year in every cache that asked too early.
//
// And for files whose endings are .svg, .xml, .pdf in other letters (LOGO.SVG) the policy that `floor` has for the usual ones: paths
// are compared byte by byte, types by servers are not.
//
// `fingerprinted` are output paths. In no particular order; join_headers sorts.
[[nodiscard]] std::vector<HeaderRule> file_rules(const std::vector<HeaderRule>& floor,
                                                 const std::vector<OutputFile>& files,
                                                 const std::vector<std::string>& fingerprinted);

}  // namespace hardtop
