#include "base/html_stack.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;

// 13.2.4.2, "special"
constexpr HtmlTagSet kSpecial = {
    Tag::address, Tag::applet,     Tag::area,      Tag::article,    Tag::aside,     Tag::base,     Tag::basefont,
    Tag::bgsound, Tag::blockquote, Tag::body,      Tag::br,         Tag::button,    Tag::caption,  Tag::center,
    Tag::col,     Tag::colgroup,   Tag::dd,        Tag::details,    Tag::dir,       Tag::div,      Tag::dl,
    Tag::dt,      Tag::embed,      Tag::fieldset,  Tag::figcaption, Tag::figure,    Tag::footer,   Tag::form,
    Tag::frame,   Tag::frameset,   Tag::h1,        Tag::h2,         Tag::h3,        Tag::h4,       Tag::h5,
    Tag::h6,      Tag::head,       Tag::header,    Tag::hgroup,     Tag::hr,        Tag::html,     Tag::iframe,
    Tag::img,     Tag::input,      Tag::keygen,    Tag::li,         Tag::link,      Tag::listing,  Tag::main,
    Tag::marquee, Tag::menu,       Tag::meta,      Tag::nav,        Tag::noembed,   Tag::noframes, Tag::noscript,
    Tag::object,  Tag::ol,         Tag::p,         Tag::param,      Tag::plaintext, Tag::pre,      Tag::script,
    Tag::search,  Tag::section,    Tag::select,    Tag::source,     Tag::style,     Tag::summary,  Tag::table,
    Tag::tbody,   Tag::td,         Tag::template_, Tag::textarea,   Tag::tfoot,     Tag::th,       Tag::thead,
    Tag::title,   Tag::tr,         Tag::track,     Tag::ul,         Tag::wbr,       Tag::xmp,
};
// "has an element in scope"; <select> is one since its contents are no longer parsed apart (2025).
constexpr HtmlTagSet kScope = {Tag::applet, Tag::caption, Tag::html,   Tag::table,  Tag::td,
                               Tag::th,     Tag::marquee, Tag::object, Tag::select, Tag::template_};
constexpr HtmlTagSet kTableScope = {Tag::html, Tag::table, Tag::template_};
constexpr HtmlTagSet kResetsMode = {Tag::td,    Tag::th,      Tag::tr,       Tag::tbody, Tag::thead,
                                    Tag::tfoot, Tag::caption, Tag::colgroup, Tag::table, Tag::template_,
                                    Tag::head,  Tag::body,    Tag::html};
// The foreign elements that are special and bound scopes.
constexpr HtmlTagSet kMathPoints = {Tag::mi, Tag::mo, Tag::mn, Tag::ms, Tag::mtext};
constexpr HtmlTagSet kSvgPoints = {Tag::foreignobject, Tag::desc, Tag::title};

// Work on formatting elements that one document may cost: a tenth of a second.
constexpr std::size_t kMostWork = 20'000'000;

}  // namespace

HtmlStack::HtmlStack() : tops_(static_cast<std::size_t>(Tag::count), {-1, -1}) { push(Tag::html); }

HtmlStack::Name HtmlStack::name_of(std::string_view name) {
  if (const Tag tag = html_tag_of(name); tag != Tag::unknown) return static_cast<Name>(tag);
  const auto [entry, added] = other_names_.try_emplace(to_lower_ascii(name), static_cast<Name>(tops_.size()));
  if (added) {
    tops_.push_back({-1, -1});
    hashes_of_other_names_.push_back(std::hash<std::string>()(entry->first));
  }
  return entry->second;
}

bool HtmlStack::in_scope(HtmlTag tag, Scope scope) const {
  return top_html(tag) >= current().scope[static_cast<std::size_t>(scope)];
}

bool HtmlStack::in_scope(std::int32_t index) const { return index >= current().scope[0]; }

std::uint32_t HtmlStack::push(Name name, Namespace space, bool html_point) {
  Element element;
  element.name = name;
  element.id = ++last_id_;
  element.space = space;
  element.html_point = html_point || (space == Namespace::svg && kSvgPoints.holds(element.tag()));
  element.text_point = space == Namespace::math && kMathPoints.holds(element.tag());
  push(element);
  return last_id_;
}

void HtmlStack::push(Element element) {
  const auto index = static_cast<std::int32_t>(open_.size());
  const Tag tag = element.tag();
  const bool html = element.is_html();
  const bool foreign_special = element.text_point || (element.space == Namespace::svg && element.html_point) ||
                               (element.space == Namespace::math && tag == Tag::annotation_xml);
  const bool special = html ? kSpecial.holds(tag) : foreign_special;
  const bool bounds = html ? kScope.holds(tag) : foreign_special;
  const Element under = open_.empty() ? Element{} : open_.back();
  const auto nearest = [&](bool is_this, std::int32_t lower) { return is_this ? index : lower; };
  element.html = nearest(html, under.html);
  element.special = nearest(special, under.special);
  element.list_stop =
      nearest(special && !(html && (tag == Tag::address || tag == Tag::div || tag == Tag::p)), under.list_stop);
  element.mode = nearest(html && kResetsMode.holds(tag), under.mode);
  element.scope = {nearest(bounds, under.scope[0]),
                   nearest(bounds || (html && (tag == Tag::ol || tag == Tag::ul)), under.scope[1]),
                   nearest(bounds || (html && tag == Tag::button), under.scope[2]),
                   nearest(html && kTableScope.holds(tag), under.scope[3])};
  element.same = std::exchange(tops_[element.name][html ? 0 : 1], index);
  open_.push_back(element);
}

void HtmlStack::pop() {
  const Element& element = open_.back();
  tops_[element.name][element.is_html() ? 0 : 1] = element.same;
  open_.pop_back();
}

void HtmlStack::pop_to(std::int32_t index) {
  while (size() > index) pop();
}

std::vector<HtmlStack::Element> HtmlStack::take_from(std::int32_t index) {
  std::vector<Element> tail(open_.begin() + index, open_.end());
  pop_to(index);
  return tail;
}

void HtmlStack::remove(std::int32_t index) {
  const std::vector<Element> tail = take_from(index);
  for (std::size_t i = 1; i < tail.size(); ++i) push(tail[i]);
}

std::int32_t HtmlStack::find(Name name, std::uint32_t id) {
  std::size_t steps = 1;
  std::int32_t index = top_html(name);
  for (; index >= 0 && at(index).id != id; index = at(index).same) ++steps;
  spend(steps);
  return index;
}

// ---- Active formatting elements ----

// From the first false on, no element is a formatting element any more.
bool HtmlStack::spend(std::size_t steps) {
  work_ += steps;
  exact_ = exact_ && work_ <= kMostWork;
  return exact_;
}

void HtmlStack::push_marker() { formatting_.push_back({}); }

void HtmlStack::clear_to_marker() {
  while (!formatting_.empty()) {
    const bool marker = formatting_.back().id == 0;
    formatting_.pop_back();
    if (marker) return;
  }
}

void HtmlStack::push_formatting(std::uint64_t attributes) {
  const Element& element = current();
  // The Noah's Ark clause: no more than three alike since the last marker.
  int alike = 0;
  for (std::size_t i = formatting_.size(); i-- > 0 && formatting_[i].id != 0;) {
    if (!spend(1)) return;
    if (formatting_[i].name != element.name || formatting_[i].attributes != attributes || ++alike < 3) continue;
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  if (exact_) formatting_.push_back({element.id, element.name, attributes});
}

void HtmlStack::reconstruct_formatting() {
  std::size_t first = formatting_.size();
  while (exact_ && first > 0 && formatting_[first - 1].id != 0 &&
         find(formatting_[first - 1].name, formatting_[first - 1].id) < 0) {
    --first;
  }
  for (; spend(first < formatting_.size() ? 1 : 0) && first < formatting_.size(); ++first) {
    formatting_[first].id = push(formatting_[first].name);
  }
}

std::uint32_t HtmlStack::active_formatting(Name name) {
  for (std::size_t i = formatting_.size(); i-- > 0 && formatting_[i].id != 0 && spend(1);) {
    if (formatting_[i].name == name) return formatting_[i].id;
  }
  return 0;
}

std::int32_t HtmlStack::index_of_formatting(std::uint32_t id) {
  for (std::size_t i = formatting_.size(); i-- > 0 && spend(1);) {
    if (formatting_[i].id == id) return static_cast<std::int32_t>(i);
  }
  return -1;
}

void HtmlStack::remove_formatting(std::uint32_t id) {
  if (const std::int32_t index = index_of_formatting(id); index >= 0) formatting_.erase(formatting_.begin() + index);
}

std::uint64_t HtmlStack::state() const {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&](std::uint64_t number) {
    hash = (hash ^ number) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  };
  const auto add_name = [&](Name name) {
    const auto known = static_cast<Name>(Tag::count);
    add(name < known ? name : hashes_of_other_names_[name - known]);
  };
  std::unordered_map<std::uint32_t, std::size_t> places;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Element& element = open_[i];
    add_name(element.name);
    add(static_cast<std::uint64_t>(element.space) * 2 + (element.html_point ? 1 : 0));
    if (!formatting_.empty()) places.emplace(element.id, i + 1);
  }
  add(open_.size());
  for (const Formatting& formatting : formatting_) {
    if (formatting.id != 0) add_name(formatting.name);
    add(formatting.attributes);
    const auto place = places.find(formatting.id);
    add(place == places.end() ? 0 : place->second);
  }
  add(formatting_.size());
  return hash;
}

// 13.2.6.4.7, "adoption agency algorithm". The standard replaces elements by clones; here an element and its clone are
// one entry that keeps its id, because nothing but its place is ever asked.
bool HtmlStack::run_adoption_agency(Name name) {
  if (current().is_html() && current().name == name && index_of_formatting(current().id) < 0) {
    pop();
    return true;
  }
  for (int round = 0; round < 8; ++round) {
    const std::uint32_t id = active_formatting(name);
    if (id == 0) return false;
    const std::int32_t element = find(name, id);
    if (element < 0) {
      remove_formatting(id);
      return true;
    }
    if (!in_scope(element)) return true;
    if (current().special <= element) {  // no furthest block
      pop_to(element);
      remove_formatting(id);
      return true;
    }
    std::vector<Element> tail = take_from(element);
    std::ptrdiff_t furthest = 1;
    while (!tail[static_cast<std::size_t>(furthest)].is_in(kSpecial)) ++furthest;
    std::uint32_t after = 0;  // the bookmark: after this element of the list, or where the formatting element stands
    int passed = 0;
    for (std::ptrdiff_t node = furthest - 1; node > 0; --node) {
      const std::uint32_t node_id = tail[static_cast<std::size_t>(node)].id;
      bool active = index_of_formatting(node_id) >= 0;
      if (++passed > 3 && active) {
        remove_formatting(node_id);
        active = false;
      }
      if (!active) {
        tail.erase(tail.begin() + node);
        --furthest;
      } else if (after == 0) {
        after = node_id;
      }
    }
    if (after != 0 && exact_) {
      const std::int32_t from = index_of_formatting(id), to = index_of_formatting(after);
      if (from < 0 || to < 0) return true;  // too much work: no longer exact
      const Formatting moved = formatting_[static_cast<std::size_t>(from)];
      formatting_.insert(formatting_.begin() + to + 1, moved);
      formatting_.erase(formatting_.begin() + (from <= to ? from : from + 1));
    }
    std::rotate(tail.begin(), tail.begin() + 1, tail.begin() + furthest + 1);
    for (const Element& moved : tail) push(moved);
    if (!spend(tail.size())) return true;
  }
  return true;
}

}  // namespace hardtop
