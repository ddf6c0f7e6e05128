// URLs as browsers read them (WHATWG URL Standard), as far as a site generator needs: parsing, resolving, and the
// decisions "is this ours" and "what host is that".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hardtop {

struct Url {
  std::string scheme;  // lower case, without ':'
  std::string username, password;
  std::string host;      // as browsers see it: lower case, IDNA to ASCII (UTS 46), no trailing-dot change; IPv6 in
                         // brackets; "" for none
  int port = -1;         // -1: the scheme's own
  std::string path;      // percent-encoded, dot segments removed; begins with '/' for special schemes; opaque otherwise
  std::string query;     // without '?'
  std::string fragment;  // without '#'
  bool has_query = false, has_fragment = false;
  bool has_authority = false;  // "//" was there, even with an empty host: file:///x, foo:///x
  bool opaque = false;         // mailto:, data:, javascript: …
};

// Parses `text` against `base` (null: it must be absolute). Leading and trailing C0 controls and spaces are dropped,
// tabs and newlines inside too; in special schemes '\' is '/'. Nothing when browsers would fail, too. Text that is not
// UTF-8 has its bytes encoded one by one (a browser never sees it: it decodes the document first).
[[nodiscard]] std::optional<Url> parse_url(std::string_view text, const Url* base = nullptr);
[[nodiscard]] std::string to_string(const Url& url);
// False where an origin is opaque, and so equal to nothing: file:, data:, mailto:.
[[nodiscard]] bool same_origin(const Url& a, const Url& b);
[[nodiscard]] int default_port(std::string_view scheme);  // -1 where there is none

// Whether text that may be a URL names another place by itself: it begins with a scheme that goes to a host (http, https, ws, wss,
// ftp; blob and filesystem hold one), or with two slashes, as browsers see it. For texts that are seldom URLs.
[[nodiscard]] bool names_a_host(std::string_view text);

// Percent-encodes what a path segment cannot hold (the URL Standard's path percent-encode set); non-ASCII is encoded.
[[nodiscard]] std::string encode_path(std::string_view path);
// Decodes %XX; a malformed escape stays as it is.
[[nodiscard]] std::string decode_percent(std::string_view text);

}  // namespace hardtop
