// Where a document has room for what every page gets: the policy, and the services' tags. Fed with the tokens of a scan.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/html.h"

namespace hardtop {

class GatePlaces {
 public:
  explicit GatePlaces(std::string_view document) : document_(document) {}

  void see(const HtmlToken& token) {
    if (phase_ != Phase::body) return see_head(token);
    // Most of a body: tags that are none of <template> </body> </html>, and not in svg or math.
    const std::size_t length = token.name.size();
    if (token.foreign || token.kind > HtmlToken::Kind::end_tag || length == 4 || length == 8) return see_body(token);
    seen_ = token.end;
    last_begin_ = token.begin;
    after_raw_text_ = false;
    if (token.kind == HtmlToken::Kind::end_tag) return;
    raw_begin_ = token.begin;
    last_start_ = token.name;
  }
  void finish();

  // As in GatedHtml; settled by finish().
  std::size_t policy_at = 0, head_end = 0, body_begin = 0, body_end = 0;
  // Something is still open at body_end, as far as counting can tell: an svg, math or template.
  bool may_be_open = false;

 private:
  enum class Phase { before_html, before_head, head, after_head, body };

  void see_head(const HtmlToken& token);
  void see_body(const HtmlToken& token);
  void begin_head(std::size_t at);
  void end_head(std::size_t at);
  void begin_body(std::size_t at);
  void look_at_gap(std::size_t end);
  void count(const HtmlToken& token);
  [[nodiscard]] std::size_t unfinished_tag() const;

  std::string_view document_;
  Phase phase_ = Phase::before_html;
  std::size_t seen_ = 0;  // the end of the last token
  std::size_t templates_ = 0, foreign_ = 0, noscripts_ = 0;
  std::size_t raw_begin_ = 0, last_begin_ = 0;  // of the last start tag; of the last token
  bool has_charset_ = false, head_began_ = false, head_ended_ = false, has_body_end_ = false, swallows_ = false;
  bool after_raw_text_ = false;
  std::string_view last_start_;  // the name of the last start tag, unless it is foreign
};

}  // namespace hardtop
