// One document on its way through the gate: what gate.cc, gate_edits.cc and gate_judge.cc share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consent/gate.h"
#include "consent/gate_places.h"
#include "consent/gate_scan.h"
#include "consent/gate_units.h"

namespace hardtop {

inline std::string open_template(const Services& services, ServiceIndex service) {
  return "<template data-service=\"" + services[service].id + "\">";
}
inline constexpr std::string_view kCloseTemplate = "</template>";

struct Gate::Reading {
  Reading(const GateSite& site_, std::string_view document_, std::string_view url_, GateMode mode_,
          ServiceIndex service_)
      : site(site_),
        document(document_),
        url(url_),
        mode(mode_),
        service(service_),
        scan(site, document, url, mode),
        places(document) {}

  const GateSite& site;
  const std::string_view document;
  const std::string url;
  const GateMode mode;
  const ServiceIndex service;
  GateScan scan;
  GatePlaces places;
  GatedHtml out;

  // What is read for its structure: the document, or a fragment with the document around it.
  std::string around;
  std::string_view whole;
  std::size_t shift = 0;  // of the fragment
  std::vector<GateFind> finds;
  GateUnits units;
  NoscriptRanges noscript;
  std::vector<GateRange> gated;  // sorted, apart from each other; offsets of `whole`

  GatedHtml finish();
  void surround();
  bool read_units();
  bool make_edits();
  std::string wrap(const GateUnit& unit, bool& ok);
  void make_feed_edits();
  [[nodiscard]] bool holds_finds(const std::string& html) const;
  std::string feed_link(const GateUnit& unit) const;
  void judge_code();
  void judge_files();
  [[nodiscard]] const FileUse* wrong_use(const FileFacts& facts, std::size_t token) const;
  void settle_places();
  void look_ahead();
  void add_edit(std::size_t begin, std::size_t end, std::string text, bool closing = false);
  void add_problem(std::size_t offset, std::size_t length, std::string id, std::string message, std::string hint);
  [[nodiscard]] bool is_gated(std::size_t offset) const;
};

}  // namespace hardtop
