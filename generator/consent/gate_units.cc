#include "consent/gate_units.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "consent/gate_reader.h"

namespace hardtop {
namespace {

using Tag = HtmlTag;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

constexpr HtmlTagSet kVoid = {Tag::area,  Tag::base, Tag::basefont, Tag::bgsound, Tag::br,    Tag::embed,
                              Tag::frame, Tag::hr,   Tag::image,    Tag::img,     Tag::input, Tag::keygen,
                              Tag::link,  Tag::meta, Tag::param,    Tag::source,  Tag::track, Tag::wbr};
// What cannot be moved by itself: it is part of something, or its end tag may be left out.
constexpr HtmlTagSet kParts = {Tag::html,    Tag::head,  Tag::body,     Tag::base,     Tag::frameset, Tag::frame,
                               Tag::caption, Tag::col,   Tag::tbody,    Tag::td,       Tag::colgroup, Tag::tfoot,
                               Tag::th,      Tag::thead, Tag::tr,       Tag::p,        Tag::li,       Tag::dt,
                               Tag::dd,      Tag::rp,    Tag::option,   Tag::optgroup, Tag::rb,       Tag::rt,
                               Tag::rtc,     Tag::title, Tag::plaintext};
// Between these, browsers keep only what belongs to a table.
constexpr HtmlTagSet kTableFrame = {Tag::table, Tag::tbody, Tag::tfoot, Tag::thead, Tag::tr, Tag::colgroup};
constexpr HtmlTagSet kKeptInTable = {Tag::script, Tag::style, Tag::template_};

// An element that might move.
struct Region {
  std::size_t begin = 0, end = kNowhere;
  std::string_view name;
  bool container = false;
  bool opens_body = false, in_link = false;
  Obstacle obstacle = Obstacle::none;
  std::uint64_t state = 0;
  ServiceIndex inert_for = kNoService;  // an author's template

  // While it is open:
  std::int32_t place = -1;  // on the stack; -1: raw text
  std::uint32_t id = 0;
  std::size_t next_find = 0;
};

class Walk {
 public:
  Walk(std::string_view document, const std::vector<GateFind>& finds, const NoscriptRanges& noscript,
       std::size_t place_, bool scripting)
      : place(place_), finds_(finds), noscript_(noscript), reader_(document, scripting), scripting_(scripting) {
    HtmlScanner scanner(document, {.scripting = scripting, .text_tokens = true});
    for (HtmlToken token; !is_done() && scanner.next(token);) {
      if (token.kind != HtmlToken::Kind::text) marks.push_back({token.kind, token.foreign, token.begin, token.end});
      see(token);
    }
    settle_place(document.size());
    for (const std::size_t region : open_) regions[region].obstacle = Obstacle::never_closed;
  }

  std::vector<Region> regions;   // by begin
  std::vector<TokenMark> marks;  // what it has seen
  std::size_t place = 0;

 private:
  struct Outermost {
    std::size_t begin;
    std::int32_t place;
    std::uint32_t id;
  };

  // Nothing that is asked for is still to come.
  [[nodiscard]] bool is_done() const { return place_settled_ && open_.empty() && next_find_ == finds_.size(); }

  [[nodiscard]] const HtmlStack& open() const { return reader_.tree.open_elements(); }

  void settle_place(std::size_t at) {
    if (place_settled_ || at < place) return;
    place_settled_ = true;
    // By id: elements taken out from below move those above down.
    std::vector<std::uint32_t> ids;
    ids.reserve(static_cast<std::size_t>(open().size()));
    for (std::int32_t i = 0; i < open().size(); ++i) ids.push_back(open().at(i).id);
    std::ranges::sort(ids);
    const auto is_still_open = [&](const Outermost& element) { return std::ranges::binary_search(ids, element.id); };
    const auto element = std::ranges::find_if(outermost_, is_still_open);
    if (element != outermost_.end()) place = element->begin;
  }

  void see(const HtmlToken& token) {
    settle_place(token.begin);
    // Inside a noscript that moves as text, only its end tag counts.
    if (token.begin < skip_until_) return;
    while (next_find_ < finds_.size() && finds_[next_find_].token < token.begin) ++next_find_;
    if (token.kind == HtmlToken::Kind::start_tag) {
      start_tag(token);
    } else {
      const bool raw = raw_region_ && token.kind == HtmlToken::Kind::end_tag;
      reader_.feed(token);
      if (raw) {
        close(open_.back(), token);
        open_.pop_back();
        raw_region_ = false;
      }
    }
    if (!open_.empty() && !raw_region_) close_regions(token);
    while (next_find_ < finds_.size() && finds_[next_find_].token == token.begin) ++next_find_;
  }

  void start_tag(const HtmlToken& token) {
    const Tag tag = html_tag_of(token.name);
    const bool has_find = next_find_ < finds_.size() && finds_[next_find_].token == token.begin;
    const bool container = !in_container_ && is_gate_container(token.name);
    const bool outermost = tag == Tag::template_ || tag == Tag::svg || tag == Tag::math;
    if (!has_find && !container && !outermost) {
      reader_.feed(token);
      return;
    }
    Region region;
    region.begin = token.begin;
    region.name = token.name;
    region.container = container;
    region.next_find = next_find_;
    region.in_link = open().top_html(Tag::a) >= 0 || open().top_html(Tag::button) >= 0;
    const bool in_select = open().top_html(Tag::select) >= 0;
    const bool in_table = open().current().is_in(kTableFrame);
    const bool had_body = open().size() > 1 && !open().at(1).is(Tag::head);
    const std::uint32_t before = open().current().id;
    const HtmlTree::Reading reading = reader_.feed(token);
    region.opens_body = !had_body && open().size() > 1 && open().at(1).is(Tag::body);
    const bool on_stack = open().current().id > before && !reading.raw_text;
    if (outermost && on_stack) {
      while (!outermost_.empty() && outermost_.back().place >= open().size() - 1) outermost_.pop_back();
      outermost_.push_back({token.begin, open().size() - 1, open().current().id});
    }
    if (!has_find && !container) return;

    if (reader_.tree.in_frameset()) {
      region.obstacle = Obstacle::in_frameset;
    } else if (!token.foreign && kParts.holds(tag)) {
      region.obstacle = Obstacle::part;
    } else if (in_select && tag != Tag::script && tag != Tag::template_) {
      region.obstacle = Obstacle::in_select;
    } else if (in_table && !kKeptInTable.holds(tag)) {
      region.obstacle = Obstacle::in_table;
    }
    if (has_find && finds_[next_find_].kind == GateFind::Kind::template_ && on_stack) {
      region.inert_for = finds_[next_find_].service;
    }
    if (tag == Tag::noscript && !scripting_) skip_noscript(token);
    if (token.foreign ? token.self_closing : kVoid.holds(tag)) {
      region.end = token.end;
      region.state = reader_.tree.state();
      regions.push_back(region);
      return;
    }
    if (reading.raw_text) {
      raw_region_ = true;
    } else if (on_stack) {
      region.place = open().size() - 1;
      region.id = open().current().id;
    } else {
      if (region.obstacle == Obstacle::none) region.obstacle = Obstacle::dropped;
      regions.push_back(region);
      return;
    }
    in_container_ = in_container_ || container;
    regions.push_back(region);
    open_.push_back(regions.size() - 1);
  }

  // A noscript that holds something to gate is moved as text: what it would do to the document as markup does not matter then.
  void skip_noscript(const HtmlToken& token) {
    const auto& ranges = noscript_.ranges;
    const auto range = std::ranges::lower_bound(ranges, token.begin, {}, &GateRange::begin);
    if (range == ranges.end() || range->begin != token.begin) return;
    const auto find = std::ranges::lower_bound(finds_, token.begin, {}, &GateFind::token);
    if (find != finds_.end() && find->token < range->end) skip_until_ = range->end;
  }

  void close_regions(const HtmlToken& token) {
    while (!open_.empty()) {
      const Region& region = regions[open_.back()];
      if (region.place < open().size() && open().at(region.place).id == region.id) break;
      close(open_.back(), token);
      open_.pop_back();
    }
  }

  void close(std::size_t number, const HtmlToken& token) {
    Region& region = regions[number];
    if (region.container) in_container_ = false;
    const bool own = token.kind == HtmlToken::Kind::end_tag && token.name.size() == region.name.size() &&
                     to_lower_ascii(token.name) == to_lower_ascii(region.name) &&
                     (region.place < 0 || open().size() == region.place);
    region.end = own ? token.end : token.begin;
    if (!own && region.obstacle == Obstacle::none) region.obstacle = Obstacle::misnested;
    if (region.next_find < finds_.size() && finds_[region.next_find].token < region.end) {
      region.state = reader_.tree.state();
    }
  }

  const std::vector<GateFind>& finds_;
  const NoscriptRanges& noscript_;
  TreeReader reader_;
  const bool scripting_;
  std::vector<std::size_t> open_;  // regions, outermost first
  std::vector<Outermost> outermost_;
  std::size_t next_find_ = 0;
  std::size_t skip_until_ = 0;
  bool in_container_ = false, raw_region_ = false, place_settled_ = false;
};

// Gives every find its unit.
class Assignment {
 public:
  Assignment(const std::vector<Region>& regions, const std::vector<GateFind>& finds, GateUnits& out)
      : regions_(regions), finds_(finds), out_(out) {}

  void run() {
    for (std::size_t first = 0; first < finds_.size();) {
      std::size_t last = first;
      while (last < finds_.size() && finds_[last].token == finds_[first].token) ++last;
      enter(finds_[first].token);
      // What is fixed may be covered by what moves for another reason.
      for (std::size_t i = first; i < last; ++i) {
        if (finds_[i].kind != GateFind::Kind::fixed) assign(i);
      }
      for (std::size_t i = first; i < last; ++i) {
        if (finds_[i].kind == GateFind::Kind::fixed) assign(i);
      }
      first = last;
    }
    std::ranges::sort(out_.units, {}, &GateUnit::begin);
  }

 private:
  void enter(std::size_t at) {
    std::erase_if(around_, [&](std::size_t region) { return regions_[region].end <= at; });
    std::erase_if(covering_, [&](const GateRange& range) { return range.end <= at; });
    own_ = kNowhere;
    for (; next_ < regions_.size() && regions_[next_].begin <= at; ++next_) {
      const Region& region = regions_[next_];
      if (region.begin == at) own_ = next_;
      if (region.container && region.end > at) around_.push_back(next_);
    }
  }

  void assign(std::size_t number) {
    const GateFind& find = finds_[number];
    const auto covers = [&](const GateRange& range) { return range.service == find.service; };
    if (std::ranges::any_of(covering_, covers)) return;
    const std::size_t target = around_.empty() ? own_ : around_.front();
    if (find.kind == GateFind::Kind::template_ && around_.empty() && own_ != kNowhere &&
        regions_[own_].inert_for != kNoService && regions_[own_].obstacle == Obstacle::none) {
      const GateRange range{regions_[own_].begin, regions_[own_].end, find.service};
      covering_.push_back(range);
      out_.templates.push_back(range);
      return;
    }
    if (target == kNowhere) {
      out_.refusals.push_back({number, Obstacle::dropped, find.token, find.element});
      return;
    }
    const Region& region = regions_[target];
    if (find.kind == GateFind::Kind::fixed && around_.empty()) {
      out_.refusals.push_back({number, Obstacle::none, find.token, find.element});
      return;
    }
    if (region.obstacle != Obstacle::none) {
      out_.refusals.push_back({number, region.obstacle, region.begin, region.name});
      return;
    }
    covering_.push_back({region.begin, region.end, find.service});
    const auto same = [&](const GateUnit& unit) { return unit.begin == region.begin; };
    const auto unit = std::find_if(out_.units.rbegin(), out_.units.rend(), same);
    if (unit != out_.units.rend()) {
      unit->services.push_back(find.service);
      return;
    }
    out_.units.push_back(
        {region.begin, region.end, region.name, {find.service}, region.opens_body, region.in_link, region.state});
  }

  const std::vector<Region>& regions_;
  const std::vector<GateFind>& finds_;
  GateUnits& out_;
  std::vector<std::size_t> around_;  // containers
  std::vector<GateRange> covering_;  // where a service is gated already
  std::size_t own_ = kNowhere, next_ = 0;
};

}  // namespace

GateUnits find_gate_units(std::string_view document, const std::vector<GateFind>& finds, const NoscriptRanges& noscript,
                          std::size_t place, bool scripting) {
  Walk walk(document, finds, noscript, place, scripting);
  GateUnits out;
  out.place = walk.place;
  out.marks = std::move(walk.marks);
  Assignment(walk.regions, finds, out).run();
  return out;
}

}  // namespace hardtop
