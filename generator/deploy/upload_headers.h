// What an object store is told to send a file with. Stores keep a handful of headers with each object; all others (policies, HSTS)
// are set where the CDN is configured.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "build/site_output.h"

namespace hardtop {

// Whether the name carries a hash of the content, so that other content has another name: "assets/main.0a1b2c3d.css". Eight or more
// hexadecimal digits between two dots, as hardtop's assets are named and those of usual bundlers.
[[nodiscard]] bool is_fingerprinted(std::string_view path);

// Cache-Control (RFC 9111, 5.2; RFC 8246) where no rule of the site says one: a year for what is fingerprinted; asked for again each
// time for HTML, and for what works together with it under one address (scripts, styles, feeds); ten minutes for pictures, fonts,
// films, documents.
[[nodiscard]] std::string_view cache_control_of(std::string_view path);

// Those of the rules that upload_headers looks at: whoever asks for many files sorts them out once.
[[nodiscard]] std::vector<HeaderRule> storable_rules(const std::vector<HeaderRule>& rules);

// "Cache-Control: no-cache<TAB>Content-Type: text/html; charset=utf-8": as remote_state.h keeps it. The site's rules win. Of them only
// Cache-Control, Content-Type, Content-Disposition and Content-Language are taken: those that S3 keeps with an object and whose
// meaning does not depend on the request (AWS S3 API, PutObject). There is no Content-Encoding: a .gz or .br file beside another is a
// file of its own, and a server that knows how to negotiate picks it.
[[nodiscard]] std::string upload_headers(std::string_view path, const std::vector<HeaderRule>& rules);

}  // namespace hardtop
