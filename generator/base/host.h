// Hosts of URLs as browsers read them (WHATWG URL Standard, section 3): domains by UTS 46, IPv4 in every notation,
// IPv6.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hardtop {

// `text` is what stands between the credentials and the port, IPv6 brackets included. In special schemes it is a domain
// or an address, otherwise it stays as written and is only percent-encoded. The result is what browsers show as `host`
// without the port: "xn--bcher-kva.example", "127.0.0.1", "[::1]". Nothing where browsers fail.
[[nodiscard]] std::optional<std::string> parse_host(std::string_view text, bool special);

}  // namespace hardtop
