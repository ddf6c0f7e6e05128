// What the preview's consent toolbar (assets/preview/toolbar.js, consent_state.js) is told, as JSON on one line.
#pragma once

#include <string>

#include "build/site_output.h"
#include "config/consent_config.h"

namespace hardtop {

// The member "consent" of the event "state": "null" where the site has no consent.toml, else
//   {"cookie", "lifetime_days", "honors_gpc",
//    "rule": "opt-in" | "opt-out" | "exempt",       [consent] default
//    "region_source": "" | "cloudflare" | "cookie:NAME",
//    "regions": [{"places": ["DE", "US-CA"], "rule"}],
//    "services": [{"id", "name", "provider", "category", "necessary", "sells_or_shares",
//                  "fingerprint",                    consent/fingerprint.h
//                  "stored": [{"kind": "cookie" | "local" | "session" | "indexeddb" | "cache", "name", "host"}]}]}
// as they are written in the file. Pure.
[[nodiscard]] std::string format_consent_facts(const ConsentConfig& config);

// The answer to GET /.hardtop/page:
//   {"content", "services": [{"id", "name", "category", "necessary"}],
//    "gated": [{"service", "element", "url", "more_urls": ["…"], "path", "line", "column"}]}      line and column are null where there is none
[[nodiscard]] std::string format_page_report(const PageReport& report);

}  // namespace hardtop
