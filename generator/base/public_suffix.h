// Where one owner's domains end and everybody's begin: the Public Suffix List (https://publicsuffix.org), as libpsl
// carries it. Hosts are as base/host.h gives them, without a final dot; an address is never a suffix.
#pragma once

#include <string>
#include <string_view>

namespace hardtop {

// Whether strangers register names directly below it: "com", "co.uk", "github.io". A top-level domain that the list does
// not know counts ("test").
[[nodiscard]] bool is_public_suffix(std::string_view host);

// The same for what registries run only ("co.uk", not "github.io"): such a name is never a server of a party's own,
// while a hosting company's may be ("s3.amazonaws.com").
[[nodiscard]] bool is_registry_suffix(std::string_view host);

// "view.atlasdmt.com" -> "atlasdmt.com". Empty for suffixes and addresses.
[[nodiscard]] std::string registrable_domain(std::string_view host);

}  // namespace hardtop
