// The insertion modes' end tags, 13.2.6.4, and those of foreign content, 13.2.6.5.
#include "base/html_tree.h"

#include <algorithm>

namespace hardtop {
namespace {

using Tag = HtmlTag;
using Scope = HtmlStack::Scope;

constexpr HtmlTagSet kScopedEnds = {
    Tag::address, Tag::article, Tag::aside,  Tag::blockquote, Tag::button,   Tag::center,     Tag::details,
    Tag::dialog,  Tag::dir,     Tag::div,    Tag::dl,         Tag::fieldset, Tag::figcaption, Tag::figure,
    Tag::footer,  Tag::header,  Tag::hgroup, Tag::listing,    Tag::main,     Tag::menu,       Tag::nav,
    Tag::ol,      Tag::pre,     Tag::search, Tag::section,    Tag::select,   Tag::summary,    Tag::ul,
};

}  // namespace

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
  // Chromium spells names as SVG does before it looks for an HTML element: "</foreignObject>" then finds none.
  const bool svg_may_spell_it =
      stack_.current().space == HtmlStack::Namespace::svg && (end.tag == Tag::unknown || end.tag == Tag::foreignobject);
  const std::int32_t size = stack_.size();
  html_end(end);
  reading_.disputed = svg_may_spell_it && stack_.size() != size;
}

}  // namespace hardtop
