// What an object store is told to send a file with. Stores keep a handful of headers with each object; all others (policies, HSTS)
// are set where the CDN is configured.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/compress.h"
#include "build/site_output.h"

namespace hardtop {

// Whether the name carries a hash of the content, so that other content has another name: "assets/main.0a1b2c3d.css". Eight or more
// hexadecimal digits between two dots, as hardtop's assets are named and those of usual bundlers. A page is none, and digits alone are a
// date ("minutes.20261123.pdf") but for a style sheet or script in assets/, whose hash may happen to have no letter.
[[nodiscard]] bool is_fingerprinted(std::string_view path);

// Those of the rules that upload_headers looks at: whoever asks for many files sorts them out once.
[[nodiscard]] std::vector<HeaderRule> storable_rules(const std::vector<HeaderRule>& rules);

// "Cache-Control: no-cache<TAB>Content-Type: text/html; charset=utf-8": as remote_state.h keeps it. Of the rules, which have a
// Cache-Control for every path (build/file_rules.h), Cache-Control, Content-Type, Content-Disposition and Content-Language are taken:
// those that S3 keeps with an object and whose meaning does not depend on the request (AWS S3 API, PutObject). With `encoding`
// the file is sent compressed under its own name, and Content-Encoding says so.
[[nodiscard]] std::string upload_headers(std::string_view path, const std::vector<HeaderRule>& rules,
                                         std::optional<Encoding> encoding = std::nullopt);

// The encoding that such headers speak of.
[[nodiscard]] std::optional<Encoding> encoding_in(std::string_view headers);

}  // namespace hardtop
