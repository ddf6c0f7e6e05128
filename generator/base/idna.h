// Domain names as browsers turn them into ASCII (WHATWG URL Standard 3.3 "domain to ASCII", beStrict false).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hardtop {

// UTS 46, non-transitional ("faß.de" is "xn--fa-hia.de"): lower case, the four kinds of dots, Punycode; labels that are
// ASCII pass whatever their hyphens and length. Nothing where browsers fail. Whether the result holds bytes that no
// host may have is the caller's to check. Stricter than browsers in two rare cases: labels with other than ASCII
// letters of more than 63 bytes in ASCII, and letters that came to Unicode after libidn2's tables.
[[nodiscard]] std::optional<std::string> domain_to_ascii(std::string_view domain);

}  // namespace hardtop
