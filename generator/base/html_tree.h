// What tree construction (HTML Living Standard, 13.2.6) decides for the tokeniser: whether a start tag begins raw text,
// and whether markup is in svg or math. That depends on which elements are open, so this follows the insertion modes
// with a stack of numbers and builds no tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/html.h"
#include "base/html_stack.h"
#include "base/html_tags.h"

namespace hardtop {

class HtmlTree {
 public:
  explicit HtmlTree(bool scripting) : scripting_(scripting) { stack_.push(HtmlTag::head); }

  struct Reading {
    bool raw_text = false;  // what follows the start tag is raw text; its end tag is not given to end_tag()
    bool foreign = false;   // the element that the tag opens or closes is in svg or math
    bool disputed = false;  // see HtmlToken
  };
  Reading start_tag(const HtmlToken& tag);
  Reading end_tag(std::string_view name);
  void text(std::string_view text);
  void doctype(std::string_view token);

  // CDATA sections are read as such.
  [[nodiscard]] bool in_foreign_content() const { return !stack_.current().is_html(); }
  // In an element of svg or math that holds HTML or text.
  [[nodiscard]] bool at_integration_point() const { return stack_.current().html_point || stack_.current().text_point; }

  // For whoever takes elements out of a document, or puts them in.
  [[nodiscard]] const HtmlStack& open_elements() const { return stack_; }
  [[nodiscard]] std::size_t open_templates() const { return template_modes_.size(); }
  [[nodiscard]] bool in_frameset() const { return mode_ == Mode::in_frameset; }
  // Equal where all that decides how the rest of a document is read is equal, but for its quirks, whether a <frameset> may
  // still follow, and whether a template may still turn out to hold rows. Takes time by what is open.
  [[nodiscard]] std::uint64_t state() const;

 private:
  enum class Mode {
    in_head,  // and all before it
    in_head_noscript,
    after_head,
    in_body,  // and after it
    in_table,
    in_caption,
    in_column_group,
    in_table_body,
    in_row,
    in_cell,
    in_template,
    in_frameset,  // and after it
  };
  struct TemplateMode {
    Mode mode = Mode::in_template;
    bool disputed = false;  // what a part of a table would mean
  };
  struct Start {
    HtmlTag tag;
    HtmlStack::Name name;
    const HtmlToken& token;
  };
  struct End {
    HtmlTag tag;
    HtmlStack::Name name;
  };

  void html_start(const Start& start);
  void in_head_start(const Start& start);
  void after_head_start(const Start& start);
  void in_body_start(const Start& start);
  void in_table_start(const Start& start);
  void in_column_group_start(const Start& start);
  void in_table_body_start(const Start& start);
  void in_row_start(const Start& start);
  void in_template_start(const Start& start);
  void foreign_start(const Start& start);

  void html_end(const End& end);
  void in_body_end(const End& end);
  void in_table_end(const End& end);
  void in_table_body_end(const End& end);
  void in_row_end(const End& end);
  void in_cell_end(const End& end);
  void template_end();
  void form_end();
  void any_other_end(HtmlStack::Name name);
  void foreign_end(const End& end);

  void push_foreign(const Start& start, HtmlStack::Namespace space);
  void push_formatting(const Start& start);
  void close_p();
  void close_caption();
  void close_cell();
  void clear_to(const HtmlTagSet& context);
  void generate_implied_end_tags(HtmlTag except = HtmlTag::unknown);
  void leave_foreign();
  void leave_head();
  void open_frameset();
  void reset_mode();

  HtmlStack stack_;
  Mode mode_ = Mode::in_head;
  std::vector<TemplateMode> template_modes_;  // one for each open <template>
  std::uint32_t form_ = 0;                    // the form element pointer: an id
  bool frameset_ok_ = true;
  bool initial_ = true;  // nothing but comments and white space yet
  bool quirks_ = true;   // until a doctype says otherwise
  bool scripting_;
  Reading reading_;  // of the tag in hand
};

}  // namespace hardtop
