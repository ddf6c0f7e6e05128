#include "build/publish.h"

#include <algorithm>

#include "base/hash.h"
#include "build/urls.h"

namespace hardtop {

namespace {

void add_needs(CspNeeds& to, const CspNeeds& more) {
  to.inline_code.insert(to.inline_code.end(), more.inline_code.begin(), more.inline_code.end());
  to.sources.insert(to.sources.end(), more.sources.begin(), more.sources.end());
  to.third_party_script |= more.third_party_script;
}

}  // namespace

void Publisher::prepare_tags(Diagnostics& diagnostics) {
  const ConsentConfig& consent = site_.services.config();
  for (ServiceIndex i = 0; i < consent.services.size(); ++i)
    for (const ServiceTag& declared : consent.services[i].tags) {
      GatedHtml gated = gate_html(site_, declared.html, config_.base_path, GateMode::tag, i);
      for (GateProblem& problem : gated.problems) {
        Place place = declared.place;
        if (declared.html_offset != Place::kWholeFile)
          place = {declared.place.source, declared.html_offset + problem.offset, problem.length};
        diagnostics.error(std::move(place), std::move(problem.id), std::move(problem.message), std::move(problem.hint));
      }
      Tag& tag = tags_.emplace_back();
      tag.service = i;
      tag.declared = &declared;
      tag.html = apply_edits(declared.html, gated.edits);
      tag.needs = std::move(gated.needs);
      tag.services = std::move(gated.optional);
      add_services(tag.services, gated.necessary);
      add_services(tag.services, {i});
    }
}

std::vector<const Publisher::Tag*> Publisher::tags_on(std::string_view url) const {
  std::vector<const Tag*> out;
  const std::string_view path = below_base(config_, url);
  for (const Tag& tag : tags_)
    if (std::any_of(tag.declared->pages.begin(), tag.declared->pages.end(),
                    [&](const std::string& pattern) { return matches_page(pattern, path); }))
      out.push_back(&tag);
  return out;
}

std::vector<ServiceIndex> Publisher::services_of_tags(std::string_view url) const {
  std::vector<ServiceIndex> out;
  for (const Tag* tag : tags_on(url)) add_services(out, tag->services);
  return out;
}

std::vector<Publisher::DeclaredTag> Publisher::declared_tags(std::string_view url) const {
  std::vector<DeclaredTag> out;
  for (const Tag* tag : tags_on(url)) out.push_back({tag->service, tag->declared});
  return out;
}

void Publisher::add_needs_of_tags(std::string_view url, PolicyUnion& to) const {
  for (const Tag* tag : tags_on(url)) to.add(tag->needs, tag->services);
}

std::uint64_t Publisher::stamp_of_tags() const {
  std::string all;
  for (const Tag& tag : tags_) {
    PolicyUnion policies;
    policies.add(tag.needs, tag.services);
    all += std::to_string(tag.html.size()) + ':' + tag.html + policies.key() + '\n';
  }
  return hash64(all);
}

std::string Publisher::policy(const CspNeeds& needs, const std::vector<ServiceIndex>& services) const {
  return policy_meta(page_policy(needs, services, site_.services));
}

std::vector<Edit> Publisher::edits_of_page(GatedHtml gated, std::string_view url) const {
  std::vector<ServiceIndex> services = std::move(gated.optional);
  if (!gated.necessary.empty()) add_services(services, gated.necessary);
  std::string at_head, at_body_start, at_body_end;
  if (!tags_.empty())
    for (const Tag* tag : tags_on(url)) {
      switch (tag->declared->at) {
        case ServiceTag::At::head:
          at_head += tag->html;
          break;
        case ServiceTag::At::body_start:
          at_body_start += tag->html;
          break;
        case ServiceTag::At::body_end:
          at_body_end += tag->html;
          break;
      }
      add_needs(gated.needs, tag->needs);
      add_services(services, tag->services);
    }
  // In this order, each before what else is put in at its place: else they stand in a template that begins there.
  std::vector<Edit> edits = std::move(gated.edits);
  insert_text(edits, gated.policy_at, policy(gated.needs, services));
  if (!at_head.empty()) insert_text(edits, gated.head_end, at_head);
  if (!at_body_start.empty()) insert_text(edits, gated.body_begin, at_body_start);
  if (!at_body_end.empty()) insert_text(edits, gated.body_end, at_body_end);
  return edits;
}

std::string Publisher::publish_file(std::string_view html, GatedHtml gated, const RuntimeMarkup& runtime) const {
  std::vector<ServiceIndex> services = std::move(gated.optional);
  const bool is_gated = !services.empty();
  add_services(services, gated.necessary);
  if (is_gated) add_needs(gated.needs, runtime.needs);
  std::string in_front = policy(gated.needs, services);
  if (is_gated) in_front += runtime.html;
  insert_text(gated.edits, gated.policy_at, in_front);
  return apply_edits(html, gated.edits);
}

void add_services(std::vector<ServiceIndex>& to, const std::vector<ServiceIndex>& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

std::vector<ServiceIndex> all_services(std::vector<ServiceIndex> more, const GatedHtml& gated) {
  add_services(more, gated.optional);
  add_services(more, gated.necessary);
  return more;
}

void PolicyUnion::add(const CspNeeds& needs, const std::vector<ServiceIndex>& services) {
  const std::lock_guard lock(mutex_);
  for (const auto& source : needs.sources) sources_.insert(source);
  for (const InlineCode& code : needs.inline_code)
    if (auto& texts = code_[static_cast<std::size_t>(code.kind)]; texts.size() <= kMostHashes) texts.insert(code.text);
  services_.insert(services.begin(), services.end());
  third_party_script_ |= needs.third_party_script;
}

void PolicyUnion::add(const PolicyUnion& more) {
  const std::scoped_lock lock(mutex_, more.mutex_);
  sources_.insert(more.sources_.begin(), more.sources_.end());
  for (std::size_t kind = 0; kind < code_.size(); ++kind)
    for (const std::string& text : more.code_[kind])
      if (code_[kind].size() <= kMostHashes) code_[kind].insert(text);
  services_.insert(more.services_.begin(), more.services_.end());
  third_party_script_ |= more.third_party_script_;
}

void PolicyUnion::clear() {
  const std::lock_guard lock(mutex_);
  sources_.clear();
  code_ = {};
  services_.clear();
  third_party_script_ = false;
}

std::string PolicyUnion::key() const {
  const std::lock_guard lock(mutex_);
  std::string out = third_party_script_ ? "t" : "f";
  const auto append = [&](std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
  };
  for (const auto& [directive, source] : sources_) {
    out += static_cast<char>('A' + static_cast<int>(directive));
    append(source);
  }
  for (const auto& texts : code_) {
    out += ';';
    for (const std::string& text : texts) append(text);
  }
  for (const ServiceIndex service : services_) out += '.' + std::to_string(service);
  return out;
}

SitePolicyFacts PolicyUnion::facts(bool https) const {
  const std::lock_guard lock(mutex_);
  SitePolicyFacts out;
  out.all_needs.sources.assign(sources_.begin(), sources_.end());
  for (std::size_t kind = 0; kind < code_.size(); ++kind)
    for (const std::string& text : code_[kind])
      out.all_needs.inline_code.push_back({static_cast<InlineCode::Kind>(kind), text});
  out.all_needs.third_party_script = third_party_script_;
  out.services.assign(services_.begin(), services_.end());
  out.https = https;
  return out;
}

}  // namespace hardtop
