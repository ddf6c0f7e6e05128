// What GateScan makes of attributes that name a service or lead somewhere: data-service, links, forms.
#include <algorithm>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "consent/gate_scan.h"
#include "consent/gate_values.h"

namespace hardtop {
namespace {

bool holds_word(std::string_view value, std::string_view lower_case_word) {
  const std::vector<std::string_view> words = split_words(value);
  return std::ranges::any_of(words, [&](std::string_view word) { return equals_ascii_ci(word, lower_case_word); });
}

std::string known_ids(const Services& services, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Service& service : services.config().services) ids.push_back(service.id);
  return suggest(id, ids);
}

}  // namespace

std::string attribute_of(const HtmlToken& token, std::string_view name) {
  const HtmlAttribute* attribute = token.find(name);
  return attribute ? decode_attribute(attribute->raw_value) : std::string();
}

void GateScan::target(const HtmlToken& token, const HtmlAttribute& attribute, const At& at) {
  const std::string_view raw = attribute.raw_value;
  if (raw.size() < 8) return;
  const char first = raw[0];
  if (first != 'c' && first != 'C' && first != 'o' && first != 'O' && first != '&' &&
      static_cast<unsigned char>(first) > ' ') {
    return;
  }
  const std::string decoded = decode_attribute(raw);
  const std::string_view value = trim(decoded);
  const auto replace = [&](std::string_view url, std::string_view more) {
    std::string text(attribute.name);
    text += "=\"";
    append_escaped_html(text, url);
    text += '"';
    text += more;
    edits.push_back({attribute.offset, attribute.end, std::move(text)});
  };
  if (equals_ascii_ci(value.substr(0, 8), "consent:")) {
    if (value.substr(8) != "preferences") {
      return problem(at, "consent/unknown-link", "'" + std::string(value) + "' is not a link that hardtop knows",
                     "write consent:preferences, which opens the preferences, or opt-out:ID");
    }
    if (site_.policy_url.empty()) {
      return problem(at, "consent/no-policy", "'consent:preferences' leads nowhere: the site has no policy page",
                     "name the page in consent.toml: policy = \"privacy.md\" in [consent]");
    }
    std::string url = site_.policy_url;
    if (mode_ == GateMode::feed) {
      if (const auto absolute = parse_url(url, &site_.services.base())) url = to_string(*absolute);
    }
    replace(url, token.find("data-consent") ? "" : " data-consent=\"preferences\"");
  } else if (equals_ascii_ci(value.substr(0, 8), "opt-out:")) {
    const std::string id(trim(value.substr(8)));
    const ServiceIndex index = site_.services.find_id(id);
    if (index == kNoService) {
      return problem(at, "consent/unknown-service", "no service has the id '" + id + "'",
                     known_ids(site_.services, id));
    }
    const Service& service = site_.services[index];
    if (service.opt_out_url.empty()) {
      return problem(at, "consent/no-opt-out", "the service '" + service.id + "' has no opt_out_url",
                     "add opt_out_url = \"https://…\" to it in consent.toml");
    }
    replace(service.opt_out_url, "");
  }
}

void GateScan::service(const HtmlToken& token, const At& at, std::string_view value) {
  if (equals_ascii_ci(token.name, "span") && holds_word(attribute_of(token, "class"), "consent-placeholder")) return;
  const ServiceIndex index = site_.services.find_id(value);
  if (index == kNoService) {
    std::string hint = known_ids(site_.services, value);
    if (hint.empty()) hint = "declare it in consent.toml: hardtop new service " + std::string(value);
    return problem(at, "consent/unknown-service", "no service has the id '" + std::string(value) + "'", hint);
  }
  if (site_.services[index].necessary) {
    necessary.push_back(index);
    necessary_tokens.push_back(at.token);
    return;
  }
  const bool inert = equals_ascii_ci(token.name, "template") && !token.foreign && !token.find("shadowrootmode") &&
                     !token.find("shadowroot");
  finds.push_back({inert ? GateFind::Kind::template_ : GateFind::Kind::wanted,
                   index,
                   at.token,
                   at.offset,
                   at.length,
                   at.element,
                   at.attribute,
                   {}});
}

void GateScan::form(const At& at, std::string_view value) {
  const Owner owner = site_.services.owner_of(value, url());
  if (owner.party == Party::none || owner.party == Party::first) return;
  const auto where = parse_url(value, &url());
  if (!where) return problem(at, "consent/unreadable-url", "'" + std::string(value) + "' is not a URL", "correct it");
  const auto& endpoints = site_.services.config().form_endpoints;
  const bool declared = std::ranges::any_of(endpoints, [&](const std::string& endpoint) {
    const auto allowed = parse_url(endpoint);
    return allowed && same_origin(*allowed, *where);
  });
  if (declared) return add_source(CspDirective::form_action, owner.source_expression);
  problem(at, "consent/undeclared-form", "this form sends what is filled in to '" + where->host + "'",
          "declare it in consent.toml, in [consent]: form_endpoints = [\"" +
              (owner.source_expression.empty() ? where->scheme + "://" + where->host : owner.source_expression) +
              "\"]");
}

}  // namespace hardtop
