// What a page's Content-Security-Policy must allow, as the gate found it: csp.h turns it into a policy.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hardtop {

// Directives that a page's content can ask for (CSP Level 3, 6.1).
enum class CspDirective : std::uint8_t {
  script,
  style,
  img,
  font,
  media,
  frame,
  connect,
  manifest,
  object,
  worker,
  form_action
};

// Code in the document itself. Its text is what browsers hash: of elements the bytes between the tags (CRLF as LF), of attributes the
// decoded value.
struct InlineCode {
  enum class Kind : std::uint8_t { script, style, handler, style_attribute };
  Kind kind = Kind::script;
  std::string text;
  friend bool operator==(const InlineCode&, const InlineCode&) = default;
};

struct CspNeeds {
  std::vector<InlineCode> inline_code;  // live, and in templates of gated markup: it runs under the same policy
  // Sources: "data:", "blob:", or a third party's "https://host"; of workers, which are else forbidden, "'self'" as well.
  std::vector<std::pair<CspDirective, std::string>> sources;
  bool third_party_script = false;  // live or gated: no Trusted Types then
};

}  // namespace hardtop
