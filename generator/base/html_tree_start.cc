// The insertion modes' start tags, 13.2.6.4, and those of foreign content, 13.2.6.5.
// Over 400 lines because it is one switch a mode, as in the standard, and would be harder to hold against it in pieces.
#include "base/html_tree.h"

#include "base/text.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;
using Scope = HtmlStack::Scope;
using Namespace = HtmlStack::Namespace;

constexpr HtmlTagSet kHeadVoid = {Tag::base, Tag::basefont, Tag::bgsound, Tag::link, Tag::meta};
constexpr HtmlTagSet kHeadStarts = {Tag::base,     Tag::basefont, Tag::bgsound, Tag::link,      Tag::meta,
                                    Tag::noframes, Tag::script,   Tag::style,   Tag::template_, Tag::title};
// Start tags that close an open <p> and are nothing else to us.
constexpr HtmlTagSet kBlocks = {
    Tag::address, Tag::article, Tag::aside,   Tag::blockquote, Tag::center,     Tag::details, Tag::dialog,
    Tag::dir,     Tag::div,     Tag::dl,      Tag::fieldset,   Tag::figcaption, Tag::figure,  Tag::footer,
    Tag::header,  Tag::hgroup,  Tag::main,    Tag::menu,       Tag::nav,        Tag::ol,      Tag::p,
    Tag::search,  Tag::section, Tag::summary, Tag::ul,
};
// Chromium: after one of these a template is no longer taken for parts of a table. The standard has no such rule.
constexpr HtmlTagSet kSettlesTemplate = {Tag::base, Tag::basefont, Tag::bgsound, Tag::noframes, Tag::title};
constexpr HtmlTagSet kBodyVoid = {Tag::area, Tag::br, Tag::embed, Tag::img, Tag::image, Tag::keygen, Tag::wbr};
constexpr HtmlTagSet kNeverInBody = {Tag::caption, Tag::col,   Tag::colgroup, Tag::frame, Tag::head, Tag::tbody,
                                     Tag::td,      Tag::tfoot, Tag::th,       Tag::thead, Tag::tr};
constexpr HtmlTagSet kBreaksOut = {
    Tag::b,      Tag::big,  Tag::blockquote, Tag::body,  Tag::br,   Tag::center, Tag::code,    Tag::dd,   Tag::div,
    Tag::dl,     Tag::dt,   Tag::em,         Tag::embed, Tag::h1,   Tag::h2,     Tag::h3,      Tag::h4,   Tag::h5,
    Tag::h6,     Tag::head, Tag::hr,         Tag::i,     Tag::img,  Tag::li,     Tag::listing, Tag::menu, Tag::meta,
    Tag::nobr,   Tag::ol,   Tag::p,          Tag::pre,   Tag::ruby, Tag::s,      Tag::small,   Tag::span, Tag::strong,
    Tag::strike, Tag::sub,  Tag::sup,        Tag::table, Tag::tt,   Tag::u,      Tag::ul,      Tag::var,
};

}  // namespace

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
      template_modes_.push_back({mode_});
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
  TemplateMode& mode = template_modes_.back();
  if (kHeadStarts.holds(start.tag)) {
    mode.disputed = mode.disputed || kSettlesTemplate.holds(start.tag);
    return in_head_start(start);
  }
  reading_.disputed = mode.disputed && kTableParts.holds(start.tag);
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
  mode.mode = mode_;
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

}  // namespace hardtop
