// Fingerprints: how a visitor's cookie names a service and the facts that the visitor decided on.
#pragma once

#include <string>

#include "config/consent_config.h"

namespace hardtop {

// Seven characters of base64url (RFC 4648, 5): three for the id, four for the material facts: provider, hosts, purpose
// revision, whether it sells or shares, and of each cookie and storage item kind, name, host and lifetime in days. Order, spelling and
// translation of texts do not change it. The format, field by field, is in fingerprint.cc.
[[nodiscard]] std::string fingerprint(const Service& service);

// SHA-256 of `text` as base64url, cut to `characters` (at most 43).
[[nodiscard]] std::string short_hash(std::string_view text, std::size_t characters);

}  // namespace hardtop
