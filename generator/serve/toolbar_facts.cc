#include "serve/toolbar_facts.h"

#include <string_view>

#include "base/json_text.h"
#include "consent/fingerprint.h"

namespace hardtop {

namespace {

void write_service(JsonWriter& json, const Service& service) {
  json.open('{').name("id").text(service.id).name("name").text(service.name).name("provider").text(service.provider);
  json.name("category").text(service.category).name("necessary").flag(service.necessary);
  json.name("sells_or_shares").flag(service.sells_or_shares).name("fingerprint").text(fingerprint(service));
  json.name("stored").open('[');
  for (const StoredItem& item : service.stored)
    json.open('{')
        .name("kind")
        .text(word_of(item.kind))
        .name("name")
        .text(item.name)
        .name("host")
        .text(item.host)
        .close('}');
  json.close(']').close('}');
}

}  // namespace

std::string format_consent_facts(const ConsentConfig& config) {
  if (!config.source) return "null";
  JsonWriter json;
  json.open('{').name("cookie").text(config.cookie).name("lifetime_days").raw(std::to_string(config.lifetime_days));
  json.name("honors_gpc").flag(config.honor_gpc).name("rule").text(word_of(config.rule));
  json.name("region_source").text(config.region_source).name("regions").open('[');
  for (const ConsentRegion& region : config.regions) {
    json.open('{').name("places").open('[');
    for (const std::string& place : region.places) json.text(place);
    json.close(']').name("rule").text(word_of(region.rule)).close('}');
  }
  json.close(']').name("services").open('[');
  for (const Service& service : config.services) write_service(json, service);
  json.close(']').close('}');
  return json.take();
}

std::string format_page_report(const PageReport& report) {
  JsonWriter json;
  json.open('{').name("content").text(report.content).name("services").open('[');
  for (const ServiceOnPage& service : report.services) {
    json.open('{').name("id").text(service.id).name("name").text(service.name).name("category").text(service.category);
    json.name("necessary").flag(service.necessary).close('}');
  }
  json.close(']').name("gated").open('[');
  for (const GatedPlace& gated : report.gated) {
    json.open('{').name("service").text(gated.service).name("element").text(gated.element).name("url").text(gated.url);
    json.name("more_urls").open('[');
    for (const std::string& url : gated.more_urls) json.text(url);
    json.close(']');
    const Place& place = gated.place;
    json.name("path").text(place.source ? place.source->path : "");
    if (place.has_position()) {
      const LineColumn at = line_column(place.source->text, place.offset);
      json.name("line").raw(std::to_string(at.line)).name("column").raw(std::to_string(at.column));
    } else {
      json.name("line").raw("null").name("column").raw("null");
    }
    json.close('}');
  }
  json.close(']').close('}');
  return json.take();
}

}  // namespace hardtop
