// The stack of open elements and the list of active formatting elements (HTML Living Standard, 13.2.4.2, 13.2.4.3),
// as numbers, without a tree. Questions of scope and of kind are answered in constant time, because each entry knows
// what lies under it: a document of 100,000 nested elements costs no more a tag than a flat one. What walks is counted (kMostWork).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/html_tags.h"

namespace hardtop {

class HtmlStack {
 public:
  using Name = std::uint32_t;  // an HtmlTag, or a number for a name that HtmlTag does not know
  enum class Namespace : std::uint8_t { html, svg, math };
  enum class Scope : std::uint8_t { standard, list_item, button, table };

  [[nodiscard]] static HtmlTag tag_of(Name name) {
    return name < static_cast<Name>(HtmlTag::count) ? static_cast<HtmlTag>(name) : HtmlTag::unknown;
  }

  struct Element {
    Name name = 0;
    std::uint32_t id = 0;  // never used twice
    Namespace space = Namespace::html;
    bool html_point = false;  // HTML integration point
    bool text_point = false;  // MathML text integration point
    // Indices of the nearest entry, this one included, that …
    std::int32_t html = 0;                   // is an HTML element
    std::int32_t special = 0;                // is in the special category
    std::int32_t list_stop = 0;              // is special and not address, div or p
    std::int32_t mode = 0;                   // "reset the insertion mode" decides by
    std::array<std::int32_t, 4> scope = {};  // bounds a scope
    std::int32_t same = -1;  // … of the next lower entry with the same name (and HTML or not); -1: none

    [[nodiscard]] HtmlTag tag() const { return tag_of(name); }
    [[nodiscard]] bool is_html() const { return space == Namespace::html; }
    [[nodiscard]] bool is(HtmlTag wanted) const { return is_html() && tag() == wanted; }
    [[nodiscard]] bool is_in(const HtmlTagSet& set) const { return is_html() && set.holds(tag()); }
  };

  HtmlStack();  // holds <html>

  [[nodiscard]] Name name_of(std::string_view name);

  // ---- Open elements ----
  [[nodiscard]] const Element& current() const { return open_.back(); }
  [[nodiscard]] const Element& at(std::int32_t index) const { return open_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(open_.size()); }
  // The topmost (newest) HTML or foreign element of that name; -1: none.
  [[nodiscard]] std::int32_t top_html(Name name) const { return tops_[name][0]; }
  [[nodiscard]] std::int32_t top_html(HtmlTag tag) const { return top_html(static_cast<Name>(tag)); }
  [[nodiscard]] std::int32_t top_foreign(Name name) const { return tops_[name][1]; }
  [[nodiscard]] bool in_scope(HtmlTag tag, Scope scope = Scope::standard) const;
  [[nodiscard]] bool in_scope(std::int32_t index) const;

  std::uint32_t push(Name name, Namespace space = Namespace::html, bool html_point = false);
  std::uint32_t push(HtmlTag tag) { return push(static_cast<Name>(tag)); }
  void pop();
  void pop_to(std::int32_t index);  // that element too
  void pop_until(HtmlTag tag) { pop_to(top_html(tag)); }
  void remove(std::int32_t index);
  // The index of the HTML element with that name and id; -1: not open.
  [[nodiscard]] std::int32_t find(Name name, std::uint32_t id);

  // ---- Active formatting elements ----
  void push_marker();
  void clear_to_marker();
  // For the current element, which has just been pushed; `attributes` is equal for equal attributes.
  void push_formatting(std::uint64_t attributes);
  void reconstruct_formatting();
  // The newest one of that name after the last marker: its id, or 0.
  [[nodiscard]] std::uint32_t active_formatting(Name name);
  void remove_formatting(std::uint32_t id);
  // False: there is nothing to adopt, and the end tag is like any other.
  [[nodiscard]] bool run_adoption_agency(Name name);

  // A number for all of the above, equal in two documents where these are equal: names and not their numbers count, and
  // places on the stack, not ids.
  [[nodiscard]] std::uint64_t state() const;

  // False after so much work on formatting elements that it was given up, and they are elements like any other since:
  // by the standard it can take time that grows with the square of the document.
  [[nodiscard]] bool exact() const { return exact_; }

 private:
  struct Formatting {
    std::uint32_t id = 0;  // 0: a marker
    Name name = 0;
    std::uint64_t attributes = 0;
  };
  void push(Element element);
  [[nodiscard]] std::vector<Element> take_from(std::int32_t index);
  [[nodiscard]] std::int32_t index_of_formatting(std::uint32_t id);
  bool spend(std::size_t steps);

  std::vector<Element> open_;
  std::vector<std::array<std::int32_t, 2>> tops_;  // by name; [0] HTML, [1] foreign
  std::unordered_map<std::string, Name> other_names_;
  std::vector<std::uint64_t> hashes_of_other_names_;
  std::vector<Formatting> formatting_;
  std::uint32_t last_id_ = 0;
  std::size_t work_ = 0;
  bool exact_ = true;
};

}  // namespace hardtop
