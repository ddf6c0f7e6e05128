// What an attribute makes a browser do: the table of everything in HTML, SVG and MathML that was considered. gate_scan.h reads by it.
#pragma once

#include <cstdint>
#include <string_view>

#include "consent/csp_needs.h"

namespace hardtop {

// How an attribute's value is read.
enum class Reads : std::uint8_t {
  nothing,    // considered, and contacts nobody by itself
  url,        // one URL
  urls,       // several, between white space
  srcset,     // HTML 4.8.4.3.10
  link,       // <link href>: by its rel
  target,     // where a link leads: consent:preferences, opt-out:ID
  form,       // where a form goes
  base,       // what all other URLs are read against
  refresh,    // <meta content>: of http-equiv="refresh"
  document,   // a whole HTML document: srcdoc
  style,      // declarations, in any element
  paint,      // a CSS value that may hold url(): presentation attributes of SVG
  animation,  // values of the attribute that an animation sets
  service,    // data-service
};

// Whether the element can be taken away until the visitor allows the service. Where not: what its name is for the mend.
enum class Moves : std::uint8_t { element, never };

struct GateVector {
  std::string_view element;  // "*": any
  std::string_view attribute;
  Reads reads = Reads::nothing;
  CspDirective directive = CspDirective::img;
  Moves moves = Moves::element;
};

// Names as written, in any case. Null: the attribute means nothing in any element that was considered. Attributes that begin with
// "on" are not in the table: they hold code.
[[nodiscard]] const GateVector* find_gate_vector(std::string_view element, std::string_view attribute);

// Elements that are moved as a whole, with all that they hold: in them a template would be live, or would take the parts
// from where they work.
[[nodiscard]] bool is_gate_container(std::string_view element);

}  // namespace hardtop
