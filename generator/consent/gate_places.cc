#include "consent/gate_places.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/html_tags.h"
#include "base/text.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;
constexpr HtmlTagSet kInHead = {Tag::base,   Tag::basefont, Tag::bgsound,   Tag::link,  Tag::meta,    Tag::noframes,
                                Tag::script, Tag::style,    Tag::template_, Tag::title, Tag::noscript};

bool declares_charset(const HtmlToken& token) {
  if (token.find("charset")) return true;
  const HtmlAttribute* about = token.find("http-equiv");
  return about && equals_ascii_ci(trim(about->raw_value), "content-type");
}

}  // namespace

void GatePlaces::begin_head(std::size_t at) {
  if (head_began_) return;
  head_began_ = true;
  policy_at = at;
  phase_ = Phase::head;
}

void GatePlaces::end_head(std::size_t at) {
  begin_head(at);
  if (!head_ended_) head_end = at;
  head_ended_ = true;
  phase_ = Phase::after_head;
}

void GatePlaces::begin_body(std::size_t at) {
  end_head(at);
  body_begin = at;
  phase_ = Phase::body;
}

// The bytes between two tokens are text: other than white space, it begins the body.
void GatePlaces::look_at_gap(std::size_t end) {
  if (templates_ > 0 || noscripts_ > 0) return;
  for (std::size_t at = seen_; at < end; ++at) {
    if (is_ascii_whitespace(document_[at])) continue;
    if (document_.substr(at, 3) == "</>") {
      at += 2;
      continue;
    }
    if (document_.substr(at, 3) == "\xEF\xBB\xBF" && at == 0) {
      at += 2;
      continue;
    }
    return begin_body(at);
  }
}

void GatePlaces::count(const HtmlToken& token) {
  last_begin_ = token.begin;
  seen_ = token.end;
  after_raw_text_ = token.kind == HtmlToken::Kind::raw_text;
  switch (token.kind) {
    case HtmlToken::Kind::start_tag:
      raw_begin_ = token.begin;
      last_start_ = token.foreign ? std::string_view() : token.name;
      if (token.foreign) {
        foreign_ += token.self_closing ? 0 : 1;
      } else if (token.name.size() == 8 && equals_ascii_ci(token.name, "template")) {
        ++templates_;
      }
      break;
    case HtmlToken::Kind::end_tag:
      if (token.foreign) {
        foreign_ -= foreign_ > 0 ? 1 : 0;
      } else if (templates_ > 0 && token.name.size() == 8 && equals_ascii_ci(token.name, "template")) {
        --templates_;
      }
      break;
    case HtmlToken::Kind::raw_text:
      swallows_ = token.end == document_.size();
      break;
    case HtmlToken::Kind::comment: {
      const std::string_view text = document_.substr(token.begin, token.end - token.begin);
      const bool closed = text.starts_with("<!--") ? text.ends_with("-->") || text.ends_with("--!>") || text == "<!-->"
                                                   : text.ends_with('>');
      swallows_ = token.end == document_.size() && !closed;
      if (swallows_) raw_begin_ = token.begin;
      break;
    }
    case HtmlToken::Kind::cdata:
      swallows_ = token.end == document_.size();
      break;
    case HtmlToken::Kind::doctype:
      swallows_ = token.end == document_.size() && document_[token.end - 1] != '>';
      if (swallows_) raw_begin_ = token.begin;
      break;
    case HtmlToken::Kind::text:
      break;
  }
}

void GatePlaces::see_head(const HtmlToken& token) {
  look_at_gap(token.begin);
  if (phase_ == Phase::body) return see_body(token);
  const bool inside = templates_ > 0 || noscripts_ > 0;
  const Tag tag = token.name.empty() ? Tag::unknown : html_tag_of(token.name);
  count(token);
  if (token.kind == HtmlToken::Kind::end_tag) {
    if (noscripts_ > 0 && tag == Tag::noscript && templates_ == 0) --noscripts_;
    if (inside) return;
    if (tag == Tag::head) end_head(token.begin);
    if (tag == Tag::body || tag == Tag::html || tag == Tag::br) {
      begin_body(token.begin);
      if (tag != Tag::br) {
        body_end = token.begin;
        has_body_end_ = true;
      }
    }
    return;
  }
  if (token.kind != HtmlToken::Kind::start_tag || (inside && templates_ > 0)) return;
  switch (tag) {
    case Tag::html:
      phase_ = std::max(phase_, Phase::before_head);
      return;
    case Tag::head:
      if (!inside) begin_head(token.end);
      return;
    case Tag::body:
      begin_body(token.begin);
      body_begin = token.end;
      return;
    case Tag::frameset:
      return begin_body(token.begin);
    default:
      break;
  }
  if (!kInHead.holds(tag) || token.foreign || (inside && tag == Tag::noscript)) return begin_body(token.begin);
  if (inside) return;
  if (tag == Tag::noscript && phase_ == Phase::after_head) return begin_body(token.begin);
  begin_head(token.begin);
  if (tag == Tag::noscript) ++noscripts_;
  if (tag == Tag::meta && !has_charset_ && !head_ended_ && declares_charset(token)) {
    has_charset_ = true;
    policy_at = token.end;
  }
}

void GatePlaces::see_body(const HtmlToken& token) {
  count(token);
  if (token.kind != HtmlToken::Kind::end_tag || token.name.size() != 4 || token.foreign || templates_ > 0) return;
  const bool body = equals_ascii_ci(token.name, "body");
  if (!body && (has_body_end_ || !equals_ascii_ci(token.name, "html"))) return;
  body_end = token.begin;
  has_body_end_ = true;
  may_be_open = foreign_ > 0;
}

void GatePlaces::finish() {
  // What the document ends in would swallow whatever is put there: a tag, raw text that has only begun, a comment.
  if (const std::size_t tag = unfinished_tag(); tag < document_.size()) {
    swallows_ = true;
    if (tag != seen_ || !after_raw_text_) raw_begin_ = tag;
  } else if (seen_ == document_.size() && raw_begin_ == last_begin_ && kRawText.holds(html_tag_of(last_start_))) {
    swallows_ = true;
  }
  const std::size_t end = swallows_ ? raw_begin_ : document_.size();
  if (phase_ != Phase::body && seen_ < end) look_at_gap(end);
  if (phase_ != Phase::body) begin_body(end);
  if (has_body_end_) return;
  body_end = end;
  may_be_open = foreign_ > 0 || templates_ > 0;
}

std::size_t GatePlaces::unfinished_tag() const {
  for (std::size_t at = document_.find('<', seen_); at < document_.size(); at = document_.find('<', at + 1)) {
    const char first = at + 1 < document_.size() ? document_[at + 1] : '\0';
    if (is_ascii_alpha(first) || first == '/' || first == '\0') return at;
  }
  return document_.size();
}

}  // namespace hardtop
