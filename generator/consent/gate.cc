// Puts the readings together: gate_scan finds what is to be gated, gate_units which bytes move for it; here that becomes edits, and
// code is judged, since only now it is known what is gated and what is live.
#include "consent/gate.h"

#include <algorithm>
#include <utility>

#include "consent/gate_messages.h"
#include "consent/gate_reading.h"

namespace hardtop {
namespace {

void sort_unique(std::vector<ServiceIndex>& services) {
  std::ranges::sort(services);
  services.erase(std::unique(services.begin(), services.end()), services.end());
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

void Gate::Reading::add_problem(std::size_t offset, std::size_t length, std::string id, std::string message,
                                std::string hint) {
  out.problems.push_back({offset, length, std::move(id), std::move(message), std::move(hint)});
}

GatedHtml Gate::Reading::finish() {
  scan.finish();
  places.finish();
  out.problems = std::move(scan.problems);
  out.loads = std::move(scan.loads);
  out.has_memory_form = scan.has_memory_form;
  out.has_import_map = scan.has_import_map;
  for (const GateFind& find : scan.finds) {
    if (!site.services[find.service].necessary) out.optional.push_back(find.service);
  }
  if (mode == GateMode::tag) (site.services[service].necessary ? scan.necessary : out.optional).push_back(service);
  sort_unique(out.optional);

  bool has_structure = !scan.finds.empty() || mode == GateMode::tag || places.may_be_open;
  if (has_structure || scan.saw_noscript) {
    surround();
    if (scan.saw_noscript) noscript = compare_noscript(whole);
    // One that is never closed holds the rest of the document as text: what is open around it stays open.
    if (!noscript.ranges.empty() && noscript.ranges.back().end == whole.size()) {
      has_structure = places.may_be_open = true;
    }
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
  if (scan.misleads_ahead && out.problems.empty()) look_ahead();
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
  const std::size_t place = places.may_be_open && mode == GateMode::document ? places.body_end : 0;
  units = find_gate_units(whole, finds, noscript, place, false);
  if (scan.saw_noscript) {
    GateUnits with_scripts = find_gate_units(whole, finds, noscript, place, true);
    units.place = std::min(units.place, with_scripts.place);
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

// Browsers fetch early what looks like a tag to a tokeniser that does not know what is open, unless a template is around it
// (Chromium's HTMLPreloadScanner): what they would fetch so is live, though it is text.
void Gate::Reading::look_ahead() {
  const std::string html = apply_edits(document, out.edits);
  for (const bool scripting : {true, false}) {
    GateScan ahead(site, html, url, mode);
    HtmlScanner scanner(html, {.scripting = scripting, .looking_ahead = true});
    std::size_t templates = 0;
    for (HtmlToken token; scanner.next(token);) {
      const bool is_template = token.name.size() == 8 && equals_ascii_ci(token.name, "template");
      if (is_template && token.kind == HtmlToken::Kind::start_tag) ++templates;
      if (templates == 0) ahead.see(token);
      if (is_template && token.kind == HtmlToken::Kind::end_tag && templates > 0) --templates;
    }
    std::string host;
    for (const GateFind& find : ahead.finds) host = host.empty() ? find.host : host;
    if (!host.empty() || !ahead.problems.empty()) {
      const std::string what = host.empty() ? ahead.problems.front().message : "'" + host + "' is named there";
      return add_problem(
          0, 0, "consent/ambiguous-html",
          "browsers that look ahead take text in svg or math for tags, and fetch what they name: " + what,
          "write no CDATA in svg and math, and no tags or comments in their <title>, <style> and <script>");
    }
    if (!scan.saw_noscript) return;
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
    for (const GateRange& range : noscript.ranges) {
      if (range.begin < *place && *place <= range.end) *place = range.begin;
    }
    if (places.may_be_open) *place = std::min(*place, units.place);
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
  if (reading_->scan.concerns(token)) reading_->scan.see(token);
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
