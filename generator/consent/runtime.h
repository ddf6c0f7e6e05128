// The runtime as one site ships it: the parts of assets/consent that this site uses, with its facts put in. Parts that are
// not used are not shipped.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "config/consent_config.h"
#include "consent/declaration.h"

namespace hardtop {

// The minified parts that the binary carries, by name: assets/consent/NAME.min.js of embedded_files(). Of each site "head"
// and "core"; "asked", "regions", "consent_mode", "cleanup", "memory_seat", "placeholders" and "sales" where they are used.
using RuntimeParts = std::map<std::string, std::string_view, std::less<>>;

struct RuntimeFacts {
  const ConsentConfig& config;
  const Declaration& declaration;
  std::string base_path;          // of the cookie
  bool https = true;              // Secure
  bool has_placeholders = false;  // some page has one
  bool has_memory_seat = false;   // some form has data-remember
};

struct Runtime {
  std::string
      head_script;     // inline, at the top of <head>: decides before anything shows; the has_ facts do not change it
  std::string script;  // a file of its own, deferred
};

// Only for sites that ask (ConsentConfig::asks). The same facts give the same bytes; neither script contains "</script" or
// "<!--", so the first may stand in a page as it is.
[[nodiscard]] Runtime make_runtime(const RuntimeFacts& facts, const RuntimeParts& parts);

}  // namespace hardtop
