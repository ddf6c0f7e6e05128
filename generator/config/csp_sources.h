// csp = { connect = ["…"] } of a service: what its snippet needs of the Content-Security-Policy beyond its hosts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/consent_reader.h"

namespace hardtop {

// Sources by directive without "-src": CSP Level 3, 2.3.1. Reports as consent/bad-value what no directive is, what no
// source is, and what would let the service run or reach more than it declares; as consent/undeclared-source a host that
// is not among `hosts`: what a service contacts is told to visitors.
[[nodiscard]] std::map<std::string, std::vector<std::string>> read_csp(const ConsentFile& file, const Data& csp,
                                                                       const std::vector<std::string>& hosts);

}  // namespace hardtop
