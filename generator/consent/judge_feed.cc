// Whoever reads a feed cannot choose: what a page would gate is an error in a feed that somebody has written. (hardtop's own has
// links instead.)
#include <algorithm>
#include <array>

#include "base/json.h"
#include "consent/judgement.h"

namespace hardtop {

void read_feed_html(Judgement& judgement, std::string_view html, const PlaceOf& place_of) {
  const Services& services = judgement.services();
  const GatedHtml gated = gate_html({services, "", nullptr, nullptr}, html, judgement.url(), GateMode::feed);
  for (const GateProblem& found : gated.problems)
    if (found.id == "consent/undeclared-host" || found.id == "consent/unreadable-url")
      judgement.problem(place_of(found.offset, found.length), found.id, found.message, found.hint);
  for (const ServiceIndex service : gated.necessary) judgement.necessary(service);
  const auto refuse = [&](std::size_t offset, ServiceIndex service) {
    judgement.problem(
        place_of(offset, 1), "consent/cannot-gate",
        "this feed shows something of the service '" + services[service].id + "', and whoever reads it cannot choose",
        "put a link in its place");
  };
  for (const GateRecord& record : gated.records) refuse(record.offset, record.service);
  // What cannot be moved has no record.
  if (gated.records.empty() && !gated.optional.empty()) refuse(0, gated.optional.front());
}

namespace {

// JSON Feed 1.1: what a reader shows of it.
void read_json_feed(Judgement& judgement, const Data& data) {
  constexpr std::array<std::string_view, 5> kImages = {"icon", "favicon", "image", "banner_image", "avatar"};
  if (const DataArray* list = data.array())
    for (const Data& item : *list) read_json_feed(judgement, item);
  const DataTable* table = data.table();
  if (!table) return;
  for (const DataEntry& entry : *table) {
    const std::string* text = entry.value.text();
    const Span at = {entry.value.offset, entry.value.length};
    if (!text)
      read_json_feed(judgement, entry.value);
    else if (entry.key == "content_html")
      read_feed_html(judgement, *text, [at](std::size_t, std::size_t) { return at; });
    else if (std::ranges::find(kImages, entry.key) != kImages.end())
      judgement.fetch(*text, CspDirective::img, at);
  }
}

}  // namespace

JudgedFile judge_json_feed(const Services& services, std::string_view json, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::problem, "this feed", "use an image of the site itself");
  JsonError error;
  if (const std::optional<Data> data = parse_json(json, error))
    read_json_feed(judgement, *data);
  else
    judgement.problem({error.offset, error.offset < json.size() ? std::size_t{1} : 0}, "consent/unreadable-file",
                      "this is not JSON: " + error.message, "correct it: what cannot be read cannot be judged");
  return judgement.finish();
}

}  // namespace hardtop
