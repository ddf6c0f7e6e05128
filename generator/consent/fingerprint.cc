// What is hashed: a list of fields, each as its length in bytes, ':', its bytes, ',' (a netstring), so that no value can
// be taken for two. The fields of a service's facts, format 1:
//
//   "1"                                  the format
//   provider                             as slugify() writes it: "Atlas DMT, Inc." is "atlas-dmt-inc"; as written where that is nothing
//   purpose_revision                     in decimal
//   "sells" or "keeps"                   sells_or_shares
//   number of hosts, then each host      sorted, each once; as browsers have them
//   number of items, then of each item   sorted, each once; each is a netstring of these:
//     kind                               "cookie" "local" "session" "indexeddb" "cache"
//     name, host                         as written, and as browsers have it; "" for the site's own
//     lifetime                           days in decimal, 0 for a session, "removed" for until removed
//
// The four characters are the first of base64url(SHA-256(fields)). A change of this format asks every visitor of every
// site again.
#include "consent/fingerprint.h"

#include <algorithm>

#include "base/sha.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kFactsCharacters = 4;

void append_field(std::string& out, std::string_view value) {
  out.append(std::to_string(value.size())).append(1, ':').append(value).append(1, ',');
}

void append_sorted(std::string& out, std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  append_field(out, std::to_string(values.size()));
  for (const std::string& value : values) append_field(out, value);
}

std::string item_fields(const StoredItem& item) {
  std::string out;
  append_field(out, word_of(item.kind));
  append_field(out, item.name);
  append_field(out, item.host);
  append_field(out, item.permanent ? "removed" : std::to_string(item.days));
  return out;
}

std::string facts(const Service& service) {
  std::string out;
  append_field(out, "1");
  const std::string provider = slugify(service.provider);
  append_field(out, provider.empty() ? service.provider : provider);
  append_field(out, std::to_string(service.purpose_revision));
  append_field(out, service.sells_or_shares ? "sells" : "keeps");
  append_sorted(out, service.hosts);
  std::vector<std::string> items;
  items.reserve(service.stored.size());
  for (const StoredItem& item : service.stored) items.push_back(item_fields(item));
  append_sorted(out, std::move(items));
  return out;
}

}  // namespace

std::string fingerprint(const Service& service) {
  return service_key(service.id) + short_hash(facts(service), kFactsCharacters);
}

std::string short_hash(std::string_view text, std::size_t characters) {
  return base64url(as_bytes(sha256(text))).substr(0, characters);
}

}  // namespace hardtop
