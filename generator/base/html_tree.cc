// The insertion modes of 13.2.6.4, start tags first, then end tags, then text; section names stand at the functions.
// Left out is what only shapes the tree: foster parenting, attributes of html and body, scripts' running, all of the
// parse errors. Void elements and those with raw text are never pushed, since nothing can happen while they are open.
// Over 400 lines because it is one switch of the standard per mode and would be harder to hold against it in pieces.
#include "base/html_tree.h"

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;
using Scope = HtmlStack::Scope;
using Namespace = HtmlStack::Namespace;

constexpr HtmlTagSet kHeadVoid = {Tag::base, Tag::basefont, Tag::bgsound, Tag::link, Tag::meta};
constexpr HtmlTagSet kHeadStarts = {Tag::base,     Tag::basefont, Tag::bgsound, Tag::link,      Tag::meta,
                                    Tag::noframes, Tag::script,   Tag::style,   Tag::template_, Tag::title};
constexpr HtmlTagSet kHeadings = {Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6};
// Start tags that close an open <p> and are nothing else to us.
constexpr HtmlTagSet kBlocks = {
    Tag::address, Tag::article, Tag::aside,   Tag::blockquote, Tag::center,     Tag::details, Tag::dialog,
    Tag::dir,     Tag::div,     Tag::dl,      Tag::fieldset,   Tag::figcaption, Tag::figure,  Tag::footer,
    Tag::header,  Tag::hgroup,  Tag::main,    Tag::menu,       Tag::nav,        Tag::ol,      Tag::p,
    Tag::search,  Tag::section, Tag::summary, Tag::ul,
};
constexpr HtmlTagSet kScopedEnds = {
    Tag::address, Tag::article, Tag::aside,  Tag::blockquote, Tag::button,   Tag::center,     Tag::details,
    Tag::dialog,  Tag::dir,     Tag::div,    Tag::dl,         Tag::fieldset, Tag::figcaption, Tag::figure,
    Tag::footer,  Tag::header,  Tag::hgroup, Tag::listing,    Tag::main,     Tag::menu,       Tag::nav,
    Tag::ol,      Tag::pre,     Tag::search, Tag::section,    Tag::select,   Tag::summary,    Tag::ul,
};
constexpr HtmlTagSet kFormatting = {Tag::a,    Tag::b, Tag::big,   Tag::code,   Tag::em,     Tag::font, Tag::i,
                                    Tag::nobr, Tag::s, Tag::small, Tag::strike, Tag::strong, Tag::tt,   Tag::u};
constexpr HtmlTagSet kMarkers = {Tag::applet, Tag::marquee, Tag::object};
constexpr HtmlTagSet kBodyVoid = {Tag::area, Tag::br, Tag::embed, Tag::img, Tag::image, Tag::keygen, Tag::wbr};
constexpr HtmlTagSet kRowGroups = {Tag::tbody, Tag::tfoot, Tag::thead};
constexpr HtmlTagSet kTableParts = {Tag::caption, Tag::col, Tag::colgroup, Tag::tbody, Tag::td,
                                    Tag::tfoot,   Tag::th,  Tag::thead,    Tag::tr};
constexpr HtmlTagSet kNeverInBody = {Tag::caption, Tag::col,   Tag::colgroup, Tag::frame, Tag::head, Tag::tbody,
                                     Tag::td,      Tag::tfoot, Tag::th,       Tag::thead, Tag::tr};
constexpr HtmlTagSet kTableContext = {Tag::table, Tag::template_, Tag::html};
constexpr HtmlTagSet kTableBodyContext = {Tag::tbody, Tag::tfoot, Tag::thead, Tag::template_, Tag::html};
constexpr HtmlTagSet kRowContext = {Tag::tr, Tag::template_, Tag::html};
constexpr HtmlTagSet kTextGathers = {Tag::table, Tag::tbody, Tag::template_, Tag::tfoot, Tag::thead, Tag::tr};
constexpr HtmlTagSet kImpliedEnds = {Tag::dd, Tag::dt, Tag::li, Tag::optgroup, Tag::option,
                                     Tag::p,  Tag::rb, Tag::rp, Tag::rt,       Tag::rtc};
constexpr HtmlTagSet kBreaksOut = {
    Tag::b,      Tag::big,  Tag::blockquote, Tag::body,  Tag::br,   Tag::center, Tag::code,    Tag::dd,   Tag::div,
    Tag::dl,     Tag::dt,   Tag::em,         Tag::embed, Tag::h1,   Tag::h2,     Tag::h3,      Tag::h4,   Tag::h5,
    Tag::h6,     Tag::head, Tag::hr,         Tag::i,     Tag::img,  Tag::li,     Tag::listing, Tag::menu, Tag::meta,
    Tag::nobr,   Tag::ol,   Tag::p,          Tag::pre,   Tag::ruby, Tag::s,      Tag::small,   Tag::span, Tag::strong,
    Tag::strike, Tag::sub,  Tag::sup,        Tag::table, Tag::tt,   Tag::u,      Tag::ul,      Tag::var,
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool has_other_than_space(std::string_view text) { return !std::ranges::all_of(text, is_space); }
// NULs are dropped where this is asked.
bool has_visible(std::string_view text) {
  return !std::ranges::all_of(text, [](char c) { return is_space(c) || c == '\0'; });
}

// Equal for equal attributes in whatever order.
std::uint64_t hash_attributes(const std::vector<HtmlAttribute>& attributes) {
  std::uint64_t sum = 0;
  for (const HtmlAttribute& attribute : attributes) {
    const std::size_t name = std::hash<std::string>()(to_lower_ascii(attribute.name));
    const std::size_t value = std::hash<std::string_view>()(attribute.raw_value);
    sum += (name * 31 + value) * 0x9e3779b97f4a7c15U;
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
      mode_ = template_modes_.back();
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

// ---- Start tags ----

HtmlTree::Reading HtmlTree::start_tag(const HtmlToken& token) {
  reading_ = {};
  initial_ = false;
  const HtmlStack::Name name = stack_.name_of(token.name);
  const Start start{html_tag_of(token.name), name, token};
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
  reading_.disputed = (in_select && read_otherwise_in_select) || !stack_.exact();
  return reading_;
}

void HtmlTree::html_start(const Start& start) {
  switch (mode_) {
    case Mode::in_head:
      return in_head_start(start);
    case Mode::in_head_noscript:
      if (kHeadVoid.holds(start.tag) || start.tag == Tag::noframes || start.tag == Tag::style) {
        return in_head_start(start);
      }
      if (start.tag == Tag::head || start.tag == Tag::noscript || start.tag == Tag::html) return;
      stack_.pop();
      mode_ = Mode::in_head;
      return html_start(start);
    case Mode::after_head:
      return after_head_start(start);
    case Mode::in_body:
      return in_body_start(start);
    case Mode::in_table:
      return in_table_start(start);
    case Mode::in_caption:
      if (!kTableParts.holds(start.tag)) return in_body_start(start);
      if (!stack_.in_scope(Tag::caption, Scope::table)) return;
      close_caption();
      return html_start(start);
    case Mode::in_column_group:
      return in_column_group_start(start);
    case Mode::in_table_body:
      return in_table_body_start(start);
    case Mode::in_row:
      return in_row_start(start);
    case Mode::in_cell:
      if (!kTableParts.holds(start.tag)) return in_body_start(start);
      if (!stack_.in_scope(Tag::td, Scope::table) && !stack_.in_scope(Tag::th, Scope::table)) return;
      close_cell();
      return html_start(start);
    case Mode::in_template:
      return in_template_start(start);
    case Mode::in_frameset:
      reading_.raw_text = start.tag == Tag::noframes;
      return;
  }
}

// 13.2.6.4.4, and 13.2.6.4.1 to 3, which differ from it in nothing that matters here
void HtmlTree::in_head_start(const Start& start) {
  if (start.tag == Tag::html || start.tag == Tag::head || kHeadVoid.holds(start.tag)) return;
  switch (start.tag) {
    case Tag::title:
    case Tag::noframes:
    case Tag::style:
    case Tag::script:
      reading_.raw_text = true;
      return;
    case Tag::noscript:
      if (scripting_) {
        reading_.raw_text = true;
      } else {
        stack_.push(Tag::noscript);
        mode_ = Mode::in_head_noscript;
      }
      return;
    case Tag::template_:
      stack_.push(Tag::template_);
      stack_.push_marker();
      frameset_ok_ = false;
      mode_ = Mode::in_template;
      template_modes_.push_back(mode_);
      return;
    default:
      stack_.pop();
      mode_ = Mode::after_head;
      after_head_start(start);
  }
}

void HtmlTree::after_head_start(const Start& start) {
  if (kHeadStarts.holds(start.tag)) return in_head_start(start);
  switch (start.tag) {
    case Tag::html:
    case Tag::head:
      return;
    case Tag::frameset:
      return open_frameset();
    case Tag::body:
      leave_head();
      frameset_ok_ = false;
      return;
    default:
      leave_head();
      in_body_start(start);
  }
}

// 13.2.6.4.7
void HtmlTree::in_body_start(const Start& start) {
  const Tag tag = start.tag;
  if (kHeadStarts.holds(tag)) return in_head_start(start);
  if (kNeverInBody.holds(tag)) return;
  if (kBlocks.holds(tag)) {
    close_p();
    stack_.push(start.name);
    return;
  }
  if (kHeadings.holds(tag)) {
    close_p();
    if (stack_.current().is_in(kHeadings)) stack_.pop();
    stack_.push(start.name);
    return;
  }
  if (tag == Tag::a || tag == Tag::nobr) {
    if (tag == Tag::nobr) stack_.reconstruct_formatting();
    const std::uint32_t open = tag == Tag::a ? stack_.active_formatting(start.name) : 0;
    if (open != 0 || (tag == Tag::nobr && stack_.in_scope(tag))) {
      if (!stack_.run_adoption_agency(start.name)) any_other_end(start.name);
      if (open != 0) {
        stack_.remove_formatting(open);
        if (const std::int32_t index = stack_.find(start.name, open); index >= 0) stack_.remove(index);
      }
    }
    stack_.reconstruct_formatting();
    return push_formatting(start);
  }
  if (kFormatting.holds(tag)) {
    stack_.reconstruct_formatting();
    return push_formatting(start);
  }
  if (kBodyVoid.holds(tag)) {
    stack_.reconstruct_formatting();
    frameset_ok_ = false;
    return;
  }
  if (kMarkers.holds(tag)) {
    stack_.reconstruct_formatting();
    stack_.push(start.name);
    stack_.push_marker();
    frameset_ok_ = false;
    return;
  }
  switch (tag) {
    case Tag::html:
    case Tag::param:
    case Tag::source:
    case Tag::track:
      return;
    case Tag::body:
      if (stack_.top_html(Tag::body) == 1 && template_modes_.empty()) frameset_ok_ = false;
      return;
    case Tag::frameset:
      if (stack_.size() > 1 && stack_.at(1).is(Tag::body) && frameset_ok_) open_frameset();
      return;
    case Tag::pre:
    case Tag::listing:
      close_p();
      stack_.push(start.name);
      frameset_ok_ = false;
      return;
    case Tag::form:
      if (form_ != 0 && template_modes_.empty()) return;
      close_p();
      if (const std::uint32_t id = stack_.push(Tag::form); template_modes_.empty()) form_ = id;
      return;
    case Tag::li:
    case Tag::dd:
    case Tag::dt: {
      frameset_ok_ = false;
      const std::int32_t stop = stack_.current().list_stop;
      const HtmlStack::Element& item = stack_.at(stop);
      if (tag == Tag::li ? item.is(Tag::li) : item.is(Tag::dd) || item.is(Tag::dt)) stack_.pop_to(stop);
      close_p();
      stack_.push(start.name);
      return;
    }
    case Tag::plaintext:
      close_p();
      stack_.push(start.name);
      reading_.raw_text = true;
      return;
    case Tag::button:
      if (stack_.in_scope(Tag::button)) stack_.pop_until(Tag::button);
      stack_.reconstruct_formatting();
      stack_.push(start.name);
      frameset_ok_ = false;
      return;
    case Tag::table:
      if (!quirks_) close_p();
      stack_.push(start.name);
      frameset_ok_ = false;
      mode_ = Mode::in_table;
      return;
    case Tag::input: {
      if (stack_.in_scope(Tag::select)) stack_.pop_until(Tag::select);
      stack_.reconstruct_formatting();
      const HtmlAttribute* type = start.token.find("type");
      if (!type || to_lower_ascii(decode_attribute(type->raw_value)) != "hidden") frameset_ok_ = false;
      return;
    }
    case Tag::hr:
      close_p();
      if (stack_.in_scope(Tag::select)) generate_implied_end_tags();
      frameset_ok_ = false;
      return;
    case Tag::textarea:
    case Tag::iframe:
      frameset_ok_ = false;
      reading_.raw_text = true;
      return;
    case Tag::xmp:
      close_p();
      stack_.reconstruct_formatting();
      frameset_ok_ = false;
      reading_.raw_text = true;
      return;
    case Tag::noembed:
      reading_.raw_text = true;
      return;
    case Tag::select:
      if (stack_.in_scope(Tag::select)) return stack_.pop_until(Tag::select);
      stack_.reconstruct_formatting();
      stack_.push(start.name);
      frameset_ok_ = false;
      return;
    case Tag::option:
    case Tag::optgroup:
      if (stack_.in_scope(Tag::select)) {
        generate_implied_end_tags(tag == Tag::option ? Tag::optgroup : Tag::unknown);
      } else if (stack_.current().is(Tag::option)) {
        stack_.pop();
      }
      stack_.reconstruct_formatting();
      stack_.push(start.name);
      return;
    case Tag::rb:
    case Tag::rtc:
    case Tag::rp:
    case Tag::rt:
      if (stack_.in_scope(Tag::ruby)) {
        generate_implied_end_tags(tag == Tag::rp || tag == Tag::rt ? Tag::rtc : Tag::unknown);
      }
      stack_.push(start.name);
      return;
    case Tag::math:
    case Tag::svg:
      stack_.reconstruct_formatting();
      return push_foreign(start, tag == Tag::svg ? Namespace::svg : Namespace::math);
    case Tag::noscript:
      if (scripting_) {
        reading_.raw_text = true;
        return;
      }
      [[fallthrough]];
    default:
      stack_.reconstruct_formatting();
      stack_.push(start.name);
  }
}

// 13.2.6.4.9
void HtmlTree::in_table_start(const Start& start) {
  switch (start.tag) {
    case Tag::caption:
      clear_to(kTableContext);
      stack_.push_marker();
      stack_.push(start.name);
      mode_ = Mode::in_caption;
      return;
    case Tag::colgroup:
    case Tag::col:
      clear_to(kTableContext);
      stack_.push(Tag::colgroup);
      mode_ = Mode::in_column_group;
      return;
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
      clear_to(kTableContext);
      stack_.push(start.name);
      mode_ = Mode::in_table_body;
      return;
    case Tag::td:
    case Tag::th:
    case Tag::tr:
      clear_to(kTableContext);
      stack_.push(Tag::tbody);
      mode_ = Mode::in_table_body;
      return html_start(start);
    case Tag::table:
      if (!stack_.in_scope(Tag::table, Scope::table)) return;
      stack_.pop_until(Tag::table);
      reset_mode();
      return html_start(start);
    case Tag::style:
    case Tag::script:
    case Tag::template_:
      return in_head_start(start);
    case Tag::input: {
      const HtmlAttribute* type = start.token.find("type");
      if (type && to_lower_ascii(decode_attribute(type->raw_value)) == "hidden") return;
      return in_body_start(start);
    }
    case Tag::form:
      // Pushed and popped at once; the pointer stays.
      if (template_modes_.empty() && form_ == 0) {
        form_ = stack_.push(Tag::form);
        stack_.pop();
      }
      return;
    default:
      in_body_start(start);
  }
}

// 13.2.6.4.12
void HtmlTree::in_column_group_start(const Start& start) {
  if (start.tag == Tag::html || start.tag == Tag::col) return;
  if (start.tag == Tag::template_) return in_head_start(start);
  if (!stack_.current().is(Tag::colgroup)) return;
  stack_.pop();
  mode_ = Mode::in_table;
  html_start(start);
}

// 13.2.6.4.13
void HtmlTree::in_table_body_start(const Start& start) {
  switch (start.tag) {
    case Tag::tr:
      clear_to(kTableBodyContext);
      stack_.push(start.name);
      mode_ = Mode::in_row;
      return;
    case Tag::th:
    case Tag::td:
      clear_to(kTableBodyContext);
      stack_.push(Tag::tr);
      mode_ = Mode::in_row;
      return html_start(start);
    case Tag::caption:
    case Tag::col:
    case Tag::colgroup:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
      if (!stack_.in_scope(Tag::tbody, Scope::table) && !stack_.in_scope(Tag::thead, Scope::table) &&
          !stack_.in_scope(Tag::tfoot, Scope::table)) {
        return;
      }
      clear_to(kTableBodyContext);
      stack_.pop();
      mode_ = Mode::in_table;
      return html_start(start);
    default:
      in_table_start(start);
  }
}

// 13.2.6.4.14
void HtmlTree::in_row_start(const Start& start) {
  if (start.tag == Tag::th || start.tag == Tag::td) {
    clear_to(kRowContext);
    stack_.push(start.name);
    stack_.push_marker();
    mode_ = Mode::in_cell;
    return;
  }
  if (!kTableParts.holds(start.tag)) return in_table_start(start);
  if (!stack_.in_scope(Tag::tr, Scope::table)) return;
  clear_to(kRowContext);
  stack_.pop();
  mode_ = Mode::in_table_body;
  html_start(start);
}

// 13.2.6.4.18 (its number before <select> lost its modes)
void HtmlTree::in_template_start(const Start& start) {
  if (kHeadStarts.holds(start.tag)) return in_head_start(start);
  switch (start.tag) {
    case Tag::caption:
    case Tag::colgroup:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
      mode_ = Mode::in_table;
      break;
    case Tag::col:
      mode_ = Mode::in_column_group;
      break;
    case Tag::tr:
      mode_ = Mode::in_table_body;
      break;
    case Tag::td:
    case Tag::th:
      mode_ = Mode::in_row;
      break;
    default:
      mode_ = Mode::in_body;
  }
  template_modes_.back() = mode_;
  html_start(start);
}

// 13.2.6.5
void HtmlTree::foreign_start(const Start& start) {
  const bool font_with_style =
      start.tag == Tag::font && (start.token.find("color") || start.token.find("face") || start.token.find("size"));
  if (kBreaksOut.holds(start.tag) || font_with_style) {
    leave_foreign();
    return html_start(start);
  }
  push_foreign(start, stack_.current().space);
}

// ---- End tags ----

HtmlTree::Reading HtmlTree::end_tag(std::string_view name) {
  reading_ = {};
  initial_ = false;
  const End end{html_tag_of(name), stack_.name_of(name)};
  if (stack_.current().is_html()) {
    html_end(end);
  } else {
    foreign_end(end);
  }
  reading_.disputed = !stack_.exact();
  return reading_;
}

void HtmlTree::html_end(const End& end) {
  if (end.tag == Tag::template_ && mode_ != Mode::in_head_noscript && mode_ != Mode::in_frameset) return template_end();
  switch (mode_) {
    case Mode::in_head:
      if (end.tag == Tag::head) {
        stack_.pop();
        mode_ = Mode::after_head;
        return;
      }
      [[fallthrough]];
    case Mode::after_head:
      if (end.tag != Tag::body && end.tag != Tag::html && end.tag != Tag::br) return;
      leave_head();
      return in_body_end(end);
    case Mode::in_head_noscript:
      if (end.tag == Tag::br) {
        leave_head();
        return in_body_end(end);
      }
      if (end.tag == Tag::noscript) {
        stack_.pop();
        mode_ = Mode::in_head;
      }
      return;
    case Mode::in_body:
      return in_body_end(end);
    case Mode::in_table:
      return in_table_end(end);
    case Mode::in_caption:
      if (end.tag == Tag::caption || end.tag == Tag::table) {
        if (!stack_.in_scope(Tag::caption, Scope::table)) return;
        close_caption();
        if (end.tag == Tag::table) html_end(end);
        return;
      }
      if (kTableParts.holds(end.tag) || end.tag == Tag::body || end.tag == Tag::html) return;
      return in_body_end(end);
    case Mode::in_column_group:
      if (end.tag == Tag::col || !stack_.current().is(Tag::colgroup)) return;
      stack_.pop();
      mode_ = Mode::in_table;
      if (end.tag != Tag::colgroup) html_end(end);
      return;
    case Mode::in_table_body:
      return in_table_body_end(end);
    case Mode::in_row:
      return in_row_end(end);
    case Mode::in_cell:
      return in_cell_end(end);
    case Mode::in_template:
    case Mode::in_frameset:
      return;
  }
}

void HtmlTree::template_end() {
  if (template_modes_.empty()) return;
  stack_.pop_until(Tag::template_);
  stack_.clear_to_marker();
  template_modes_.pop_back();
  reset_mode();
}

void HtmlTree::form_end() {
  if (!template_modes_.empty()) {
    if (stack_.in_scope(Tag::form)) stack_.pop_until(Tag::form);
    return;
  }
  const std::int32_t index = form_ == 0 ? -1 : stack_.find(static_cast<HtmlStack::Name>(Tag::form), form_);
  form_ = 0;
  if (index < 0 || !stack_.in_scope(index)) return;
  generate_implied_end_tags();
  stack_.remove(index);
}

void HtmlTree::any_other_end(HtmlStack::Name name) {
  const std::int32_t index = stack_.top_html(name);
  if (index >= stack_.current().special) stack_.pop_to(index);
}

void HtmlTree::in_body_end(const End& end) {
  const Tag tag = end.tag;
  if (kScopedEnds.holds(tag)) {
    if (stack_.in_scope(tag)) stack_.pop_until(tag);
    return;
  }
  if (kHeadings.holds(tag)) {
    std::int32_t top = -1;
    for (Tag heading : {Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6}) {
      top = std::max(top, stack_.top_html(heading));
    }
    if (stack_.in_scope(top)) stack_.pop_to(top);
    return;
  }
  if (kFormatting.holds(tag)) {
    if (!stack_.run_adoption_agency(end.name)) any_other_end(end.name);
    return;
  }
  if (kMarkers.holds(tag)) {
    if (!stack_.in_scope(tag)) return;
    stack_.pop_until(tag);
    stack_.clear_to_marker();
    return;
  }
  switch (tag) {
    case Tag::body:
    case Tag::html:
      return;  // what follows is read as in body
    case Tag::form:
      return form_end();
    case Tag::p:
      return close_p();  // without one, a <p> comes and goes
    case Tag::li:
      if (stack_.in_scope(Tag::li, Scope::list_item)) stack_.pop_until(Tag::li);
      return;
    case Tag::dd:
    case Tag::dt:
      if (stack_.in_scope(tag)) stack_.pop_until(tag);
      return;
    case Tag::br:
      stack_.reconstruct_formatting();
      frameset_ok_ = false;
      return;
    default:
      any_other_end(end.name);
  }
}

void HtmlTree::in_table_end(const End& end) {
  if (end.tag == Tag::table) {
    if (!stack_.in_scope(Tag::table, Scope::table)) return;
    stack_.pop_until(Tag::table);
    return reset_mode();
  }
  if (kTableParts.holds(end.tag) || end.tag == Tag::body || end.tag == Tag::html) return;
  in_body_end(end);
}

void HtmlTree::in_table_body_end(const End& end) {
  if (kRowGroups.holds(end.tag)) {
    if (!stack_.in_scope(end.tag, Scope::table)) return;
    clear_to(kTableBodyContext);
    stack_.pop();
    mode_ = Mode::in_table;
    return;
  }
  if (end.tag != Tag::table) return in_table_end(end);
  if (!stack_.in_scope(Tag::tbody, Scope::table) && !stack_.in_scope(Tag::thead, Scope::table) &&
      !stack_.in_scope(Tag::tfoot, Scope::table)) {
    return;
  }
  clear_to(kTableBodyContext);
  stack_.pop();
  mode_ = Mode::in_table;
  html_end(end);
}

void HtmlTree::in_row_end(const End& end) {
  const bool closes = end.tag == Tag::tr || end.tag == Tag::table || kRowGroups.holds(end.tag);
  if (!closes) return in_table_end(end);
  if (kRowGroups.holds(end.tag) && !stack_.in_scope(end.tag, Scope::table)) return;
  if (!stack_.in_scope(Tag::tr, Scope::table)) return;
  clear_to(kRowContext);
  stack_.pop();
  mode_ = Mode::in_table_body;
  if (end.tag != Tag::tr) html_end(end);
}

void HtmlTree::in_cell_end(const End& end) {
  switch (end.tag) {
    case Tag::td:
    case Tag::th:
      if (!stack_.in_scope(end.tag, Scope::table)) return;
      stack_.pop_until(end.tag);
      stack_.clear_to_marker();
      mode_ = Mode::in_row;
      return;
    case Tag::body:
    case Tag::caption:
    case Tag::col:
    case Tag::colgroup:
    case Tag::html:
      return;
    case Tag::table:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
    case Tag::tr:
      if (!stack_.in_scope(end.tag, Scope::table)) return;
      close_cell();
      return html_end(end);
    default:
      in_body_end(end);
  }
}

void HtmlTree::foreign_end(const End& end) {
  if (end.tag == Tag::br || end.tag == Tag::p) {
    leave_foreign();
    return html_end(end);
  }
  if (const std::int32_t index = stack_.top_foreign(end.name); index > stack_.current().html) {
    reading_.foreign = true;
    return stack_.pop_to(index);
  }
  html_end(end);
}

// ---- Text and doctype ----

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

// 13.2.6.4.1. Quirks decide here whether <table> closes a <p>; the public identifiers of the nineties are not looked
// at.
void HtmlTree::doctype(std::string_view token) {
  if (!initial_) return;
  initial_ = false;
  constexpr std::string_view kStart = "<!doctype";
  token.remove_prefix(std::min(kStart.size(), token.size()));
  while (!token.empty() && is_space(token.front())) token.remove_prefix(1);
  const std::string_view name = token.substr(0, token.find_first_of(" \t\n\r\f>"));
  quirks_ = !equals_ascii_ci(name, "html");
}

}  // namespace hardtop
