// Puts the readings together: gate_scan finds what is to be gated, gate_units which bytes move for it; here that becomes edits, and
// code is judged, since only now it is known what is gated and what is live.
#include "consent/gate.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "consent/gate_code.h"
#include "consent/gate_files.h"
#include "consent/gate_messages.h"
#include "consent/gate_placeholder.h"
#include "consent/gate_places.h"
#include "consent/gate_scan.h"
#include "consent/gate_units.h"

namespace hardtop {
namespace {

std::string open_template(const Services& services, ServiceIndex service) {
  return "<template data-service=\"" + services[service].id + "\">";
}
constexpr std::string_view kCloseTemplate = "</template>";

void sort_unique(std::vector<ServiceIndex>& services) {
  std::ranges::sort(services);
  const auto rest = std::ranges::unique(services);
  services.erase(rest.begin(), rest.end());
}

}  // namespace

std::string apply_edits(std::string_view document, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t copied = 0, size = document.size();
  for (const Edit& edit : edits) size += edit.text.size();
  out.reserve(size);
  for (const Edit& edit : edits) {
    out += document.substr(copied, edit.begin - copied);
    out += edit.text;
    copied = edit.end;
  }
  out += document.substr(copied);
  return out;
}

void insert_text(std::vector<Edit>& edits, std::size_t at, std::string_view text) {
  const auto edit = std::ranges::lower_bound(edits, at, {}, &Edit::begin);
  if (edit == edits.end() || edit->begin != at || edit->end != at) {
    edits.insert(edit, {at, at, std::string(text), text.size()});
    return;
  }
  edit->text.insert(edit->closing, text);
  edit->closing += text.size();
}

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
  void settle_places();
  void add_edit(std::size_t begin, std::size_t end, std::string text, bool closing = false);
  void add_problem(std::size_t offset, std::size_t length, std::string id, std::string message, std::string hint);
  [[nodiscard]] bool is_gated(std::size_t offset) const;
};

void Gate::Reading::add_problem(std::size_t offset, std::size_t length, std::string id, std::string message,
                                std::string hint) {
  out.problems.push_back({offset, length, std::move(id), std::move(message), std::move(hint)});
}

GatedHtml Gate::Reading::finish() {
  scan.finish();
  places.finish();
  out.problems = std::move(scan.problems);
  out.has_memory_form = scan.has_memory_form;
  for (const GateFind& find : scan.finds) {
    if (!site.services[find.service].necessary) out.optional.push_back(find.service);
  }
  if (mode == GateMode::tag) (site.services[service].necessary ? scan.necessary : out.optional).push_back(service);
  sort_unique(out.optional);

  const bool has_structure = !scan.finds.empty() || mode == GateMode::tag || places.may_be_open;
  if (has_structure || scan.saw_noscript) {
    surround();
    if (scan.saw_noscript) noscript = compare_noscript(whole);
    if (!noscript.agree) {
      const std::size_t at = std::min(noscript.differ_at - std::min(noscript.differ_at, shift), document.size());
      add_problem(at, 0, "consent/ambiguous-html", "what follows <noscript> is read differently where scripts run",
                  "close in it what is opened in it, and write no '</noscript>' in comments and scripts there");
    } else if (has_structure && read_units()) {
      for (const GateUnit& unit : units.units) gated.push_back({unit.begin, unit.end, kNoService});
      gated.insert(gated.end(), units.templates.begin(), units.templates.end());
      std::ranges::sort(gated, {}, &GateRange::begin);
      std::size_t end = 0;
      std::erase_if(gated, [&](const GateRange& range) {
        const bool inside = range.end <= end;
        end = std::max(end, range.end);
        return inside;
      });
      if (mode == GateMode::feed) {
        make_feed_edits();
      } else if (!make_edits()) {
        out.edits.clear();
      }
    }
  }
  judge_code();
  judge_files();
  out.needs = std::move(scan.needs);
  out.necessary = std::move(scan.necessary);
  sort_unique(out.necessary);
  for (Edit& edit : scan.edits) {
    if (mode == GateMode::feed && is_gated(edit.begin + shift)) continue;
    out.edits.push_back(std::move(edit));
  }
  std::ranges::stable_sort(out.edits, [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::vector<Edit> merged;
  for (Edit& edit : out.edits) {
    if (!merged.empty() && merged.back().begin == edit.begin && merged.back().end == edit.end) {
      merged.back().text += edit.text;
      merged.back().closing += edit.closing;
    } else {
      merged.push_back(std::move(edit));
    }
  }
  out.edits = std::move(merged);
  settle_places();
  std::ranges::stable_sort(out.problems, {}, &GateProblem::offset);
  return std::move(out);
}

// A fragment is read in a body; a tag in the template that it will be in.
void Gate::Reading::surround() {
  finds = scan.finds;
  whole = document;
  if (mode != GateMode::document) {
    around = "<!doctype html><body>";
    const bool in_template = mode == GateMode::tag && !site.services[service].necessary;
    const std::size_t template_at = around.size();
    if (in_template) around += open_template(site.services, service);
    shift = around.size();
    around += document;
    if (in_template) around += kCloseTemplate;
    whole = around;
    for (GateFind& find : finds) find.token += shift;
    if (in_template) {
      GateFind tag{GateFind::Kind::template_, service, template_at, 0, document.size(), "template", "data-service", {}};
      finds.insert(finds.begin(), std::move(tag));
    }
  }
  std::ranges::stable_sort(finds, {}, &GateFind::token);
}

// False: it reported why nothing can be moved.
bool Gate::Reading::read_units() {
  const std::size_t place = places.body_end + shift;
  units = find_gate_units(whole, finds, noscript, place, false);
  if (scan.saw_noscript) {
    GateUnits with_scripts = find_gate_units(whole, finds, noscript, place, true);
    const auto same = [](const GateRange& a, const GateRange& b) { return a.begin == b.begin && a.end == b.end; };
    if (with_scripts.units != units.units || !std::ranges::equal(with_scripts.templates, units.templates, same)) {
      const std::size_t at = finds.empty() ? 0 : finds.front().offset;
      add_problem(at, 0, "consent/ambiguous-html",
                  "this page is read differently where scripts run, because of a <noscript>",
                  "close in each <noscript> what is opened in it; in <head> it holds only link, style and meta");
      return false;
    }
    for (std::size_t i = 0; i < units.units.size(); ++i) units.units[i].opens_body = with_scripts.units[i].opens_body;
  }
  bool ok = true;
  if (mode == GateMode::tag && !site.services[service].necessary &&
      (units.templates.empty() || units.templates.front().end != whole.size())) {
    add_problem(0, document.size(), "consent/cannot-gate",
                "this snippet cannot be kept in a template, because it is not whole",
                "close every element, comment and quote in it, and write no </template>");
    return false;
  }
  for (const GateUnits::Refusal& refusal : units.refusals) {
    out.problems.push_back(cannot_gate(site.services, finds[refusal.find], refusal));
    ok = false;
  }
  return ok;
}

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
      out.records.push_back({gates, to_lower_ascii(unit.name), unit.begin - shift});
    }
  }
  if (mode == GateMode::tag) {
    out.records.insert(out.records.begin(), {service, "template", 0});
  } else {
    for (const GateRange& range : units.templates)
      out.records.push_back({range.service, "template", range.begin - shift});
    std::ranges::stable_sort(out.records, {}, &GateRecord::offset);
  }
  if (!ok) return false;
  if (!edits.empty()) {
    std::vector<std::size_t> broken = find_broken_units(whole, units.units, edits, false);
    if (scan.saw_noscript) {
      std::vector<GateUnit> with_scripts = find_gate_units(whole, finds, noscript, 0, true).units;
      const std::vector<std::size_t> more = find_broken_units(whole, with_scripts, edits, true);
      broken.insert(broken.end(), more.begin(), more.end());
      std::ranges::sort(broken);
      broken.erase(std::ranges::unique(broken).begin(), broken.end());
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
  const std::string text = escape_html(title.empty() ? site.services[unit.services.front()].name : title);
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
      out.records.push_back({gates, to_lower_ascii(unit.name), unit.begin - shift});
  }
}

// ---- Code ----

bool Gate::Reading::is_gated(std::size_t offset) const {
  const auto next = std::ranges::upper_bound(gated, offset, {}, &GateRange::begin);
  return next != gated.begin() && offset < std::prev(next)->end;
}

void Gate::Reading::judge_code() {
  for (GateCode& code : scan.codes) {
    const bool of_service = mode == GateMode::tag || is_gated(code.token + shift);
    const auto place = [&](std::size_t offset, std::size_t length) {
      if (!code.at_offset || code.text.size() != code.length) return std::pair(code.offset, code.length);
      return std::pair(code.offset + offset, length);
    };
    const bool own = !site.own_script.empty() && code.text == site.own_script;
    const JudgedFile judged = own ? JudgedFile() : judge_script(site.services, code.text, url);
    for (const GateProblem& problem : judged.problems) {
      const auto [offset, length] = place(problem.offset, problem.length);
      add_problem(offset, length, problem.id, problem.message, problem.hint);
    }
    const FileFacts& facts = judged.facts;
    scan.necessary.insert(scan.necessary.end(), facts.necessary.begin(), facts.necessary.end());
    for (const auto& [directive, source] : facts.sources) scan.add_source(directive, source);
    for (const std::string& import : facts.imports) {
      if (const FileFacts* file = scan.use_own_file(import))
        scan.files.push_back({code.token, code.offset, code.length, false, file});
    }
    if (of_service) {
      if (const std::optional<CodeUse> use = find_document_write(code.text)) {
        const auto [offset, length] = place(use->offset, use->length);
        add_problem(offset, length, "consent/document-write",
                    "document.write does nothing in a script that waits for the visitor's choice",
                    "ask the vendor for a snippet that loads asynchronously");
      }
      scan.needs.third_party_script = true;
    } else if (!facts.uses.empty()) {
      const FileUse& use = facts.uses.front();
      const auto [offset, length] = place(use.offset, use.length);
      const std::string id = use.service == kNoService ? "ID" : site.services[use.service].id;
      add_problem(offset, length, "consent/ungated-script",
                  use.kind == FileUse::Kind::storage
                      ? "this script uses " + use.what + ", and runs before the visitor has chosen"
                      : "this script names '" + use.what + "' of the service '" + id +
                            "', and runs before the visitor has chosen",
                  code.kind == InlineCode::Kind::script
                      ? "put data-service=\"" + id + "\" on the script: it then runs once that service is allowed"
                      : "put data-service=\"" + id + "\" on the element, or the code into a script that has it");
    }
    if (code.kind) scan.needs.inline_code.push_back({*code.kind, std::move(code.text)});
  }
}

void Gate::Reading::judge_files() {
  for (const GateFileUse& file : scan.files) {
    if (mode == GateMode::tag || is_gated(file.token + shift)) continue;
    const FileUse& use = file.facts->uses.front();
    const std::string id = use.service == kNoService ? "ID" : site.services[use.service].id;
    if (file.sheet) {
      add_problem(file.offset, file.length, "consent/cannot-gate",
                  "the style sheet '" + file.facts->path + "' loads from '" + use.what +
                      "', which belongs to the service '" + id + "'",
                  "put these rules into a style sheet of their own, and link it with data-service=\"" + id + "\"");
      continue;
    }
    add_problem(file.offset, file.length, "consent/ungated-script",
                use.kind == FileUse::Kind::storage
                    ? "'" + file.facts->path + "' uses " + use.what + ", and runs before the visitor has chosen"
                    : "'" + file.facts->path + "' names '" + use.what + "' of the service '" + id +
                          "', and runs before the visitor has chosen",
                "put data-service=\"" + id + "\" on the script: it then runs once that service is allowed");
  }
}

// ---- Places ----

void Gate::Reading::settle_places() {
  out.policy_at = places.policy_at;
  out.head_end = places.head_end;
  out.body_begin = places.body_begin;
  out.body_end = places.body_end;
  if (mode != GateMode::document) return;
  for (std::size_t* place : {&out.head_end, &out.body_begin, &out.body_end}) {
    if (places.may_be_open) *place = std::min(*place, units.place);
    for (const GateRange& range : noscript.ranges) {
      if (range.begin < *place && *place <= range.end) *place = range.begin;
    }
    for (const GateRange& range : gated) {
      if (range.begin < *place && *place < range.end) *place = place == &out.body_end ? range.end : range.begin;
    }
  }
}

// ---- Gate ----

Gate::Gate(const GateSite& site, std::string_view document, std::string_view url, GateMode mode, ServiceIndex service)
    : reading_(std::make_unique<Reading>(site, document, url, mode, service)) {}
Gate::Gate(Gate&&) noexcept = default;
Gate::~Gate() = default;

void Gate::see(const HtmlToken& token) {
  reading_->scan.see(token);
  if (reading_->mode == GateMode::document) reading_->places.see(token);
}

GatedHtml Gate::finish() { return reading_->finish(); }

GatedHtml gate_html(const GateSite& site, std::string_view document, std::string_view url, GateMode mode,
                    ServiceIndex service) {
  Gate gate(site, document, url, mode, service);
  HtmlScanner scanner(document);
  for (HtmlToken token; scanner.next(token);) gate.see(token);
  return gate.finish();
}

}  // namespace hardtop
