// How HtmlTree is spread: here what the modes share and what is not a tag; html_tree_start.cc and html_tree_end.cc hold
// the insertion modes of 13.2.6.4 for start and end tags, section numbers standing at the functions. Left out is what
// only shapes the tree: foster parenting, attributes of html and body, scripts' running, parse errors. Void elements
// and those with raw text are never pushed, since nothing can happen while they are open.
#include "base/html_tree.h"

#include <algorithm>
#include <functional>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;
using Scope = HtmlStack::Scope;
using Namespace = HtmlStack::Namespace;

constexpr HtmlTagSet kTextGathers = {Tag::table, Tag::tbody, Tag::template_, Tag::tfoot, Tag::thead, Tag::tr};
constexpr HtmlTagSet kImpliedEnds = {Tag::dd, Tag::dt, Tag::li, Tag::optgroup, Tag::option,
                                     Tag::p,  Tag::rb, Tag::rp, Tag::rt,       Tag::rtc};

bool has_other_than_space(std::string_view text) { return !std::ranges::all_of(text, is_ascii_whitespace); }
// NULs are dropped where this is asked.
bool has_visible(std::string_view text) {
  return !std::ranges::all_of(text, [](char c) { return is_ascii_whitespace(c) || c == '\0'; });
}

// Equal for equal attributes in whatever order.
std::uint64_t hash_attributes(const std::vector<HtmlAttribute>& attributes) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t sum = 0;
  for (const HtmlAttribute& attribute : attributes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char c : attribute.name) hash = (hash ^ static_cast<unsigned char>(to_ascii_lower(c))) * kPrime;
    sum += (hash ^ std::hash<std::string_view>()(attribute.raw_value)) * kPrime;
  }
  return sum;
}

}  // namespace

// ---- Shared steps ----

void HtmlTree::push_foreign(const Start& start, Namespace space) {
  reading_.foreign = true;
  if (start.token.self_closing) return;
  bool html_point = false;
  if (space == Namespace::math && start.tag == Tag::annotation_xml) {
    if (const HtmlAttribute* encoding = start.token.find("encoding")) {
      const std::string value = to_lower_ascii(decode_attribute(encoding->raw_value));
      html_point = value == "text/html" || value == "application/xhtml+xml";
    }
  }
  stack_.push(start.name, space, html_point);
}

void HtmlTree::push_formatting(const Start& start) {
  stack_.push(start.name);
  stack_.push_formatting(hash_attributes(start.token.attributes));
}

void HtmlTree::generate_implied_end_tags(Tag except) {
  while (stack_.current().is_in(kImpliedEnds) && stack_.current().tag() != except) stack_.pop();
}

void HtmlTree::close_p() {
  if (stack_.in_scope(Tag::p, Scope::button)) stack_.pop_until(Tag::p);
}

void HtmlTree::close_caption() {
  stack_.pop_until(Tag::caption);
  stack_.clear_to_marker();
  mode_ = Mode::in_table;
}

void HtmlTree::close_cell() {
  stack_.pop_to(std::max(stack_.top_html(Tag::td), stack_.top_html(Tag::th)));
  stack_.clear_to_marker();
  mode_ = Mode::in_row;
}

void HtmlTree::clear_to(const HtmlTagSet& context) {
  while (!stack_.current().is_in(context)) stack_.pop();
}

// 13.2.6.5: what breaks out of foreign content
void HtmlTree::leave_foreign() {
  while (!stack_.current().is_html() && !stack_.current().html_point && !stack_.current().text_point) stack_.pop();
}

void HtmlTree::leave_head() {
  if (mode_ == Mode::in_head_noscript) stack_.pop();
  if (mode_ != Mode::after_head) stack_.pop();
  stack_.push(Tag::body);
  mode_ = Mode::in_body;
}

void HtmlTree::open_frameset() {
  stack_.pop_to(1);
  mode_ = Mode::in_frameset;
}

// 13.2.4.1, "reset the insertion mode appropriately"
void HtmlTree::reset_mode() {
  switch (stack_.at(stack_.current().mode).tag()) {
    case Tag::td:
    case Tag::th:
      mode_ = Mode::in_cell;
      break;
    case Tag::tr:
      mode_ = Mode::in_row;
      break;
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      mode_ = Mode::in_table_body;
      break;
    case Tag::caption:
      mode_ = Mode::in_caption;
      break;
    case Tag::colgroup:
      mode_ = Mode::in_column_group;
      break;
    case Tag::table:
      mode_ = Mode::in_table;
      break;
    case Tag::template_:
      mode_ = template_modes_.back().mode;
      break;
    case Tag::head:
      mode_ = Mode::in_head;
      break;
    case Tag::body:
      mode_ = Mode::in_body;
      break;
    default:
      mode_ = Mode::after_head;
  }
}

// ---- Tokens ----

HtmlTree::Reading HtmlTree::start_tag(const HtmlToken& token) {
  reading_ = {};
  initial_ = false;
  const HtmlStack::Name name = stack_.name_of(token.name);
  const Start start{HtmlStack::tag_of(name), name, token};
  const HtmlStack::Element& current = stack_.current();
  // 13.2.6, the tree construction dispatcher
  const bool as_html =
      current.is_html() || current.html_point ||
      (current.text_point && start.tag != Tag::mglyph && start.tag != Tag::malignmark) ||
      (current.space == Namespace::math && current.tag() == Tag::annotation_xml && start.tag == Tag::svg);
  const bool in_select = stack_.top_html(Tag::select) >= 0;
  if (as_html) {
    html_start(start);
  } else {
    foreign_start(start);
  }
  const bool read_otherwise_in_select =
      (reading_.raw_text && start.tag != Tag::script && start.tag != Tag::textarea) || (reading_.foreign && as_html);
  reading_.disputed = reading_.disputed || (in_select && read_otherwise_in_select) || !stack_.exact();
  return reading_;
}

HtmlTree::Reading HtmlTree::end_tag(std::string_view name) {
  reading_ = {};
  initial_ = false;
  const HtmlStack::Name number = stack_.name_of(name);
  const End end{HtmlStack::tag_of(number), number};
  if (stack_.current().is_html()) {
    html_end(end);
  } else {
    foreign_end(end);
  }
  reading_.disputed = reading_.disputed || !stack_.exact();
  return reading_;
}

void HtmlTree::text(std::string_view text) {
  if (text.empty()) return;
  const HtmlStack::Element& current = stack_.current();
  if (!current.is_html() && !current.html_point && !current.text_point) {
    if (frameset_ok_ && has_visible(text)) frameset_ok_ = false;
    return;
  }
  switch (mode_) {
    case Mode::in_frameset:
      return;
    case Mode::in_head:
    case Mode::in_head_noscript:
    case Mode::after_head:
      if (!has_other_than_space(text)) return;
      initial_ = false;
      leave_head();
      break;
    case Mode::in_table:
    case Mode::in_table_body:
    case Mode::in_row:
      if (current.is_in(kTextGathers) && !has_visible(text)) {
        return;
      }
      break;
    case Mode::in_column_group:
      if (!has_other_than_space(text) || !current.is(Tag::colgroup)) return;
      stack_.pop();
      mode_ = Mode::in_table;
      return this->text(text);
    default:
      break;
  }
  if (std::ranges::all_of(text, [](char c) { return c == '\0'; })) return;
  stack_.reconstruct_formatting();
  if (frameset_ok_ && has_visible(text)) frameset_ok_ = false;
}

std::uint64_t HtmlTree::state() const {
  std::uint64_t hash = stack_.state();
  const auto add = [&](std::uint64_t number) { hash = (hash ^ number) * 0x9e3779b97f4a7c15; };
  // What has begun a template as body keeps it from being read as rows; of nothing else is "in template" different.
  const auto add_mode = [&](Mode mode) {
    add(static_cast<std::uint64_t>(mode == Mode::in_template ? Mode::in_body : mode));
  };
  add_mode(mode_);
  for (const TemplateMode& mode : template_modes_) {
    add_mode(mode.mode);
    add(mode.disputed ? 1 : 0);
  }
  std::int32_t form = -1;
  for (std::int32_t i = 0; form_ != 0 && i < stack_.size(); ++i) {
    if (stack_.at(i).id == form_) form = i;
  }
  add(form_ == 0 ? 0 : static_cast<std::uint64_t>(form + 2));
  return hash;
}

// 13.2.6.4.1. Quirks decide here whether <table> closes a <p>; the public identifiers of the nineties are not looked
// at.
void HtmlTree::doctype(std::string_view token) {
  if (!initial_) return;
  initial_ = false;
  constexpr std::string_view kStart = "<!doctype";
  token.remove_prefix(std::min(kStart.size(), token.size()));
  while (!token.empty() && is_ascii_whitespace(token.front())) token.remove_prefix(1);
  const std::string_view name = token.substr(0, token.find_first_of(" \t\n\r\f>"));
  quirks_ = !equals_ascii_ci(name, "html");
}

}  // namespace hardtop
