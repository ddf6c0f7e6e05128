// From rendered HTML to what visitors receive: third parties made inert, the tags of consent.toml put in, the page's
// policy in front of everything that it is to hold back.
#pragma once

#include <array>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "config/site_config.h"
#include "consent/csp.h"
#include "consent/gate.h"

namespace hardtop {

// What the policies of all pages allow together: the site's headers must not forbid it. Safe to use from several threads.
class PolicyUnion {
 public:
  void add(const CspNeeds& needs, const std::vector<ServiceIndex>& services);
  void add(const PolicyUnion& more);
  void clear();
  // The same for unions that allow the same, and for no others.
  [[nodiscard]] std::string key() const;
  [[nodiscard]] SitePolicyFacts facts(bool https) const;

 private:
  mutable std::mutex mutex_;
  std::set<std::pair<CspDirective, std::string>> sources_;
  std::array<std::set<std::string>, 4> code_;  // by kind: not more than matter
  std::set<ServiceIndex> services_;
  bool third_party_script_ = false;
};

class Publisher {
 public:
  // `site` and what it refers to are borrowed for the publisher's life.
  Publisher(const SiteConfig& config, const GateSite& site) : config_(config), site_(site) {}

  // Gates every [[service.tag]], once for all pages. Reports its problems where they stand in consent.toml.
  void prepare_tags(Diagnostics& diagnostics);

  // The services whose tags stand on the page at `url` (root-relative): sorted, unique.
  [[nodiscard]] std::vector<ServiceIndex> services_of_tags(std::string_view url) const;

  // The tags on the page at `url`, as consent.toml declares them.
  struct DeclaredTag {
    ServiceIndex service = kNoService;
    const ServiceTag* tag = nullptr;
  };
  [[nodiscard]] std::vector<DeclaredTag> declared_tags(std::string_view url) const;

  // What the tags on the page at `url` need, for the site's headers.
  void add_needs_of_tags(std::string_view url, PolicyUnion& to) const;
  // All tags as they are put in: another number when something about them is other.
  [[nodiscard]] std::uint64_t stamp_of_tags() const;

  // What makes a page's HTML what is published: the gate's edits, its tags, its policy. Safe to call from several threads.
  [[nodiscard]] std::vector<Edit> edits_of_page(GatedHtml gated, std::string_view url) const;
  // A file that somebody else has written, from static/: without tags, since it has no banner to ask in. `runtime` is put
  // in where something on it is gated: who has granted that service elsewhere on the site, sees it.
  struct RuntimeMarkup {
    std::string html;  // for <head>
    CspNeeds needs;
  };
  [[nodiscard]] std::string publish_file(std::string_view html, GatedHtml gated, const RuntimeMarkup& runtime) const;

 private:
  struct Tag {
    ServiceIndex service = kNoService;
    const ServiceTag* declared = nullptr;
    std::string html;  // gated
    CspNeeds needs;
    std::vector<ServiceIndex> services;
  };
  [[nodiscard]] std::vector<const Tag*> tags_on(std::string_view url) const;
  [[nodiscard]] std::string policy(const CspNeeds& needs, const std::vector<ServiceIndex>& services) const;

  const SiteConfig& config_;
  const GateSite& site_;
  std::vector<Tag> tags_;
};

// Both sorted and unique, `to` also after it.
void add_services(std::vector<ServiceIndex>& to, const std::vector<ServiceIndex>& more);

// `more`, and what the gate found on a page: sorted, unique.
[[nodiscard]] std::vector<ServiceIndex> all_services(std::vector<ServiceIndex> more, const GatedHtml& gated);

}  // namespace hardtop
