// Turns units into edits: templates and placeholders in documents, links in feeds.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "consent/gate_messages.h"
#include "consent/gate_placeholder.h"
#include "consent/gate_reading.h"

namespace hardtop {

void Gate::Reading::add_edit(std::size_t begin, std::size_t end, std::string text, bool closing) {
  const std::size_t size = text.size();
  out.edits.push_back({begin - shift, end - shift, std::move(text), closing ? size : 0});
}

// What stands before a unit. False in `ok`: it reported what is missing.
std::string Gate::Reading::wrap(const GateUnit& unit, bool& ok) {
  std::string before;
  if (unit.opens_body) before += "<body>";
  PlaceholderReading reading;
  if (!equals_ascii_ci(unit.name, "noscript")) reading = read_placeholder(whole.substr(unit.begin), scan.url());
  const std::string name = to_lower_ascii(reading.element);
  for (const ServiceIndex gates : unit.services) {
    if (reading.placeholder) {
      Placeholder& placeholder = *reading.placeholder;
      placeholder.service = gates;
      if (reading.missing_size) {
        add_problem(unit.begin + reading.offset - shift, reading.length, "consent/missing-size",
                    "<" + name + "> needs a width and a height, so that its placeholder takes the same room",
                    "write both in pixels: <" + name + " width=\"640\" height=\"360\" …>");
        ok = false;
        break;
      }
      const Party party = site.services.owner_of(placeholder.poster, scan.url()).party;
      if (party != Party::first && party != Party::none) {
        add_problem(unit.begin + reading.offset - shift, reading.length, "consent/cannot-gate",
                    "the data-poster of <" + name + "> is not a picture of this site",
                    "copy the picture into the site");
        ok = false;
        break;
      }
      out.has_placeholders = true;
      if (site.placeholder) before += site.placeholder(placeholder);
    }
    before += open_template(site.services, gates);
  }
  return before;
}

// False: it reported what cannot be moved.
bool Gate::Reading::make_edits() {
  std::vector<UnitEdit> edits;
  bool ok = true;
  for (std::size_t i = 0; i < units.units.size(); ++i) {
    const GateUnit& unit = units.units[i];
    UnitEdit edit;
    edit.unit = i;
    edit.before = wrap(unit, ok);
    for (std::size_t n = unit.services.size(); n > 0; --n) edit.after += kCloseTemplate;
    edits.push_back(std::move(edit));
    for (const ServiceIndex gates : unit.services) {
      out.records.push_back({gates, to_lower_ascii(unit.name), unit.begin - shift, unit.end - unit.begin});
    }
  }
  if (mode == GateMode::tag) {
    out.records.insert(out.records.begin(), {service, "template", 0, document.size()});
  } else {
    for (const GateRange& range : units.templates)
      out.records.push_back({range.service, "template", range.begin - shift, range.end - range.begin});
    std::ranges::stable_sort(out.records, {}, &GateRecord::offset);
  }
  if (!ok) return false;
  if (!edits.empty()) {
    std::vector<std::size_t> broken = find_broken_units(whole, units, edits, false);
    if (scan.saw_noscript) {
      const GateUnits with_scripts = find_gate_units(whole, finds, noscript, 0, true);
      const std::vector<std::size_t> more = find_broken_units(whole, with_scripts, edits, true);
      broken.insert(broken.end(), more.begin(), more.end());
      std::ranges::sort(broken);
      broken.erase(std::unique(broken.begin(), broken.end()), broken.end());
    }
    for (const std::size_t number : broken) {
      const GateUnit& unit = units.units[number];
      const auto find = std::ranges::lower_bound(finds, unit.begin, {}, &GateFind::token);
      const bool has_placeholder = edits[number].before.find("<template") != 0;
      out.problems.push_back(cannot_gate(
          site.services, *find,
          {0, unit.in_link && has_placeholder ? Obstacle::in_link : Obstacle::breaks_tree, unit.begin, unit.name}));
    }
    if (!broken.empty()) return false;
  }
  // Ends come first where one unit ends and the next one begins; of units that end together the inner one.
  for (std::size_t i = units.units.size(); i-- > 0;)
    add_edit(units.units[i].end, units.units[i].end, std::move(edits[i].after), true);
  for (std::size_t i = 0; i < units.units.size(); ++i) {
    add_edit(units.units[i].begin, units.units[i].begin, std::move(edits[i].before));
  }
  if (mode == GateMode::tag && !site.services[service].necessary) {
    out.edits.insert(out.edits.begin(), {0, 0, open_template(site.services, service)});
    out.edits.push_back({document.size(), document.size(), std::string(kCloseTemplate)});
  }
  return true;
}

// ---- Feeds ----

std::string Gate::Reading::feed_link(const GateUnit& unit) const {
  if (equals_ascii_ci(unit.name, "noscript")) return "";
  const std::optional<Url> document_url = parse_url(url, &site.services.base());
  const PlaceholderReading reading =
      read_placeholder(whole.substr(unit.begin), document_url ? *document_url : site.services.base());
  if (!reading.placeholder || reading.placeholder->url.empty()) return "";
  const std::string& title = reading.placeholder->title;
  std::string text = escape_html(title.empty() ? site.services[unit.services.front()].name : title);
  if (unit.in_link) return text;
  return "<a href=\"" + escape_html(reading.placeholder->url) + "\">" + text + "</a>";
}

bool Gate::Reading::holds_finds(const std::string& html) const {
  for (const bool scripting : {false, true}) {
    GateScan again(site, html, url, mode);
    HtmlScanner scanner(html, {.scripting = scripting});
    for (HtmlToken token; scanner.next(token);) again.see(token);
    again.finish();
    if (!again.finds.empty()) return true;
    if (!again.saw_noscript) break;
  }
  return false;
}

void Gate::Reading::make_feed_edits() {
  for (const GateRange& range : gated) {
    const auto unit = std::ranges::lower_bound(units.units, range.begin, {}, &GateUnit::begin);
    const bool is_unit = unit != units.units.end() && unit->begin == range.begin;
    add_edit(range.begin, range.end, is_unit ? feed_link(*unit) : std::string());
  }
  // A link or nothing in a unit's place may be read differently, and what follows with it: after an unclosed <svg>, after "<".
  if (!out.edits.empty() && holds_finds("<!doctype html><body>" + apply_edits(document, out.edits))) {
    const std::size_t begin = units.units.empty() ? 0 : units.units.front().begin;
    const auto find = std::ranges::lower_bound(finds, begin, {}, &GateFind::token);
    out.problems.push_back(cannot_gate(site.services, *find, {0, Obstacle::breaks_tree, find->token, find->element}));
  }
  for (const GateUnit& unit : units.units) {
    for (const ServiceIndex gates : unit.services)
      out.records.push_back({gates, to_lower_ascii(unit.name), unit.begin - shift, unit.end - unit.begin});
  }
}

}  // namespace hardtop
