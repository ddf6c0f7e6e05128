// Whoever reads a feed cannot choose: what a page would gate is an error in a feed that somebody has written. (hardtop's own has
// links instead.)
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

}  // namespace hardtop
