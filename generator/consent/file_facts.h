// What a script or style sheet that the site publishes does once a page has loaded it: a page that loads it live must be
// allowed to. gate_files.h finds it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "consent/csp_needs.h"
#include "consent/services.h"

namespace hardtop {

struct FileUse {
  enum class Kind : std::uint8_t {
    storage,  // names document.cookie, localStorage …
    host,     // contacts, or names, the host of an optional service
  };
  Kind kind = Kind::storage;
  std::string what;                    // "document.cookie", "player.films.example"
  ServiceIndex service = kNoService;   // of hosts
  std::size_t offset = 0, length = 0;  // in the file
};

struct FileFacts {
  std::string path;  // as output file
  std::vector<FileUse> uses;
  std::vector<std::string> imports;  // scripts and style sheets of the site itself that it loads: root-relative
  // What the policy of a page that loads it must allow: "data:" fonts, hosts of services. A page that loads it live loads no host of an
  // optional service (`uses`); one that gates it, does so after a grant.
  std::vector<std::pair<CspDirective, std::string>> sources;
  std::vector<ServiceIndex> necessary;
};

}  // namespace hardtop
