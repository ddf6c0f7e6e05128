// What a version of the site has shown and promised to its visitors, as one file to keep: who has to show later what was asked,
// and what browsers were told to hold back, finds it here. It tells of the site, not of a visitor: that somebody agreed is in
// their cookie, which names services by the fingerprints, and the texts by the hash, that stand here.
//
// UTF-8, the same for the same site:
//
//   {
//     "format": "hardtop evidence 1",      another number when something that is here changes its meaning; keys may be added
//     "generator": "hardtop 0.1.0",
//     "site": "https://www.example.com/",
//     "consent": {"default": "opt-in", "regions": [{"places": ["US-CA"], "default": "opt-out"}], "cookie": "cookie_consent",
//                 "lifetime_days": 180, "honor_gpc": true},
//     "services": [
//       {"id": "atlas", "fingerprint": "AbCdEfG", "name": "…", "provider": "…", "category": "advertising", "necessary": false,
//        "sells_or_shares": true, "hosts": ["…"]},
//     ],                                   by id; the fingerprint as in fingerprint.h
//     "texts": {
//       "en": {"hash": "AbCdEf",           the TEXT of the visitor's cookie: the first six characters of base64url(SHA-256) of all
//              "words": {"consent_accept": "…"},                                     that follows, each text with a NUL byte behind it:
//              "categories": [{"id": "…", "name": "…", "about": "…"}],               of words the keys, too
//              "services": [{"id": "…", "name": "…", "provider": "…", "purpose": "…", "justification": "…", "note": "…"}]}
//     },
//     "policy": {"path": "/privacy/", "sha256": "…"},      null: the site has none; of visible_text() of the page
//     "headers": [{"pattern": "/*", "name": "…", "value": "…"}],     as sent by every host (header_rules.h)
//     "manifest_sha256": "…",              of the list of all output files, with size and XXH3-128 (build/manifest.h)
//     "deployed": "2026-11-23T10:00:00Z"   by a deploy; a build has no time, so that the same sources give the same bytes
//   }
//
// A rollback shows once more what has been shown before:
//
//   {"format": "hardtop evidence 1", "restores": ID, "deployed": "…"}      as told by ID.json beside it
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/consent_config.h"
#include "consent/declaration.h"
#include "consent/header_rules.h"

namespace hardtop {

inline constexpr std::string_view kEvidenceFile = "evidence.json";

struct EvidenceFacts {
  const ConsentConfig& config;
  const Declaration& declaration;
  const Translations& words;  // those of `declaration`
  std::string language;
  std::string base_url;
  std::string policy_path;  // root-relative; "" where there is no policy
  std::string policy_text;
  const std::vector<HeaderRule>& headers;
};

// Without what is known later: the manifest, the time.
[[nodiscard]] std::string evidence_json(const EvidenceFacts& facts);

// `evidence` with the manifest's text, and where it is deployed with the time, in seconds since 1970.
[[nodiscard]] std::string complete_evidence(std::string_view evidence, std::string_view manifest,
                                            std::optional<std::int64_t> deployed = std::nullopt);

// Of a rollback to the state `restores`.
[[nodiscard]] std::string evidence_of_rollback(std::string_view restores, std::int64_t deployed);

// What a page says, without markup: the text of its <main>, or of all of it where it has none; what stands in <script>, <style> and
// <template> left out, character references decoded, a line for each block, spaces single. UTF-8.
[[nodiscard]] std::string visible_text(std::string_view html);

}  // namespace hardtop
