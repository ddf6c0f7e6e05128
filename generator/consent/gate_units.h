// Which bytes of a document move into a template, and whether the document stays what it was when they do.
//
// A document is read again, this time with the stack of open elements (base/html_tree.h): a unit is an element whose own end
// tag closes it, and the edited document is read once more to see that each template is one, holds just its unit, and
// leaves everything behind it as it was read before. What does not hold is an obstacle, and nothing moves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "consent/gate_scan.h"

namespace hardtop {

// Why an element cannot be moved.
enum class Obstacle : std::uint8_t {
  none,
  never_closed,  // by its end tag
  misnested,     // closed by something else than its end tag
  part,          // of a table or list, or with an end tag that may be left out: <td>, <li>, <p>, <body>
  in_table,      // between the parts of a table, from where browsers move it themselves
  in_select,
  in_frameset,
  in_link,      // in <a> or <button>, which cannot hold its placeholder
  dropped,      // browsers drop the tag where it stands
  breaks_tree,  // without it, what follows is read differently
};

struct GateUnit {
  std::size_t begin = 0, end = 0;
  std::string_view name;
  std::vector<ServiceIndex> services;  // the first is outermost
  bool opens_body = false;             // it is what begins the body
  bool in_link = false;                // in <a>
  std::uint64_t state = 0;             // of the reading behind it
  friend bool operator==(const GateUnit& a, const GateUnit& b) {
    return a.begin == b.begin && a.end == b.end && a.services == b.services;
  }
};

// Bytes of a document, and whose they are.
struct GateRange {
  std::size_t begin = 0, end = 0;
  ServiceIndex service = kNoService;
};

// A token that is no text, as a reading found it.
struct TokenMark {
  HtmlToken::Kind kind = HtmlToken::Kind::comment;
  bool foreign = false;
  std::size_t begin = 0, end = 0;
  friend bool operator==(const TokenMark&, const TokenMark&) = default;
};

struct GateUnits {
  std::vector<GateUnit> units;       // by begin
  std::vector<GateRange> templates;  // of authors, gated already
  struct Refusal {
    std::size_t find = 0;                // into the finds
    Obstacle obstacle = Obstacle::none;  // none: it is fixed, and nothing that moves is around it
    std::size_t begin = 0;               // of the element that cannot be moved
    std::string_view element;
  };
  std::vector<Refusal> refusals;
  std::vector<TokenMark> marks;  // in order, to the end of the last unit at least
  // `place`, or where the outermost svg, math or template begins that is open there.
  std::size_t place = 0;
};

// Where each <noscript> begins whose content is text where scripts run, and where its end tag begins.
struct NoscriptRanges {
  std::vector<GateRange> ranges;
  bool agree = true;  // outside of them, the document reads the same both ways
  std::size_t differ_at = 0;
};
[[nodiscard]] NoscriptRanges compare_noscript(std::string_view document);

// `finds` are sorted by token. Of what is in a noscript, the noscript moves. The document is read until nothing is asked for any more;
// a `place` of 0 asks for nothing.
[[nodiscard]] GateUnits find_gate_units(std::string_view document, const std::vector<GateFind>& finds,
                                        const NoscriptRanges& noscript, std::size_t place, bool scripting);

// What wraps a unit, in the order of the document.
struct UnitEdit {
  std::size_t unit = 0;
  std::string before, after;  // inserted at its begin and end
};
// Indices of units that cannot be moved: Obstacle::breaks_tree. `units` are those of a reading with the same `scripting`.
[[nodiscard]] std::vector<std::size_t> find_broken_units(std::string_view document, const GateUnits& units,
                                                         const std::vector<UnitEdit>& edits, bool scripting);

}  // namespace hardtop
