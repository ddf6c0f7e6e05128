// What a finished page has of consent, as its markup says it: the parts that the runtime looks for, and everything that offers a
// choice, in which layer, on which level, and what it looks like. honest_design.h judges it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/html.h"
#include "consent/gate.h"

namespace hardtop {

enum class ConsentLayer : std::uint8_t { page, banner, preferences };

// Something with data-consent="…".
struct ConsentControl {
  std::string action;
  std::string element;
  std::vector<HtmlAttribute> attributes;  // all of them: what they say is read only where a rule compares it
  std::size_t parent = 0;                 // a number of the element that holds it
  ConsentLayer layer = ConsentLayer::page;
  std::size_t offset = 0, length = 0;
  std::string_view obstacle;  // why it cannot be used: "hidden", "disabled" …; empty where it can
};

// An element that has one of the ids that the runtime looks for.
struct ConsentPart {
  std::size_t offset = 0, length = 0;
  std::string element;
  int count = 0;
  bool has_label = false, has_status_role = false, has_saved = false, has_gpc_confirm = false;
};

struct PageParts {
  ConsentPart banner, preferences, status;
  std::vector<ConsentControl> controls;  // in order
  std::vector<GateProblem> preticked;
  bool has_service_box = false;
  bool has_script = false;
};

// Reads a page token by token. It runs over every page of a site: what no rule looks at costs a comparison or two.
class ConsentPartsReader {
 public:
  // `script_url` is the runtime's, borrowed; empty: not looked for.
  explicit ConsentPartsReader(std::string_view script_url);

  void see(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::start_tag) start(token);
    if (token.kind == HtmlToken::Kind::end_tag) end(token.name);
  }
  PageParts finish() { return std::move(parts_); }

 private:
  struct Open {
    std::string_view name;  // as written
    std::size_t number = 0;
    ConsentLayer layer = ConsentLayer::page;
    std::string_view obstacle;
    bool absent = false;  // in <template> or <noscript>, or waiting for a service
  };

  void start(const HtmlToken& tag);
  void end(std::string_view name);
  void read(const HtmlToken& tag, Open& element);
  void find_part(const HtmlToken& tag, Open& element);
  void find_control(const HtmlToken& tag, const Open& element);
  void find_tick(const HtmlToken& tag, const Open& element);

  std::string_view script_url_;
  PageParts parts_;
  std::vector<Open> stack_;
  std::size_t count_ = 0;
};

}  // namespace hardtop
