// Reads documents twice and holds the readings against each other: with <noscript> as markup and as text, and before and after
// the edits.
#include <algorithm>
#include <span>

#include "consent/gate_reader.h"
#include "consent/gate_units.h"

namespace hardtop {

NoscriptRanges compare_noscript(std::string_view document) {
  NoscriptRanges out;
  HtmlScanner as_markup(document), as_text(document, {.scripting = true});
  HtmlToken markup, text;
  std::size_t began = 0;
  while (true) {
    bool more = as_text.next(text);
    std::size_t skip_to = 0;
    if (more && text.kind == HtmlToken::Kind::raw_text && equals_ascii_ci(text.name, "noscript")) {
      out.ranges.push_back({began, text.end, kNoService});
      skip_to = text.end;
      more = as_text.next(text);
    }
    bool markup_more = as_markup.next(markup);
    while (markup_more && markup.begin < skip_to && markup.end <= skip_to) markup_more = as_markup.next(markup);
    const bool same = more == markup_more && (!more || (text.kind == markup.kind && text.begin == markup.begin &&
                                                        text.end == markup.end && text.foreign == markup.foreign));
    if (!same) {
      out.agree = false;
      out.differ_at = markup_more ? markup.begin : began;
      return out;
    }
    if (!more) return out;
    if (text.kind == HtmlToken::Kind::start_tag) began = text.begin;
  }
}

// ---- The edited document ----

namespace {

// Where bytes of the edited document come from.
struct Piece {
  std::size_t at;        // in the edited document
  std::size_t original;  // of a piece of the original
  std::size_t unit;      // of a piece that was put in
  enum class Kind { original, before, after } kind;
};

// What a template changes for good is that no <frameset> may follow.
bool has_frameset(std::string_view document, std::size_t from) {
  for (std::size_t at = document.find('<', from); at < document.size(); at = document.find('<', at + 1)) {
    if (equals_ascii_ci(document.substr(at + 1, 8), "frameset")) return true;
  }
  return false;
}

}  // namespace

std::vector<std::size_t> find_broken_units(std::string_view document, const GateUnits& read,
                                           const std::vector<UnitEdit>& edits, bool scripting) {
  const std::vector<GateUnit>& units = read.units;
  // The edited document, and where its pieces come from.
  struct Insertion {
    std::size_t at;
    bool after;
    std::size_t edit;
  };
  std::vector<Insertion> insertions;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    insertions.push_back({units[edits[i].unit].begin, false, i});
    insertions.push_back({units[edits[i].unit].end, true, i});
  }
  std::ranges::sort(insertions, [&](const Insertion& a, const Insertion& b) {
    if (a.at != b.at) return a.at < b.at;
    return a.after && !b.after;
  });
  std::string edited;
  std::vector<Piece> pieces;
  std::size_t copied = 0;
  for (const Insertion& insertion : insertions) {
    pieces.push_back({edited.size(), copied, 0, Piece::Kind::original});
    edited += document.substr(copied, insertion.at - copied);
    copied = insertion.at;
    pieces.push_back({edited.size(), 0, insertion.edit, insertion.after ? Piece::Kind::after : Piece::Kind::before});
    edited += insertion.after ? edits[insertion.edit].after : edits[insertion.edit].before;
  }
  pieces.push_back({edited.size(), copied, 0, Piece::Kind::original});
  const std::size_t rest_at = edited.size();
  edited += document.substr(copied);

  // Behind the last unit nothing differs where the state is the same.
  const std::size_t last = has_frameset(document, copied) ? document.size() : copied;

  std::vector<bool> broken(units.size(), false);
  std::vector<std::size_t> around;  // edits
  std::vector<std::size_t> depths(edits.size(), 0);
  std::vector<TokenMark> all;
  if (last != copied) {
    HtmlScanner scanner(document, {.scripting = scripting});
    for (HtmlToken token; scanner.next(token);) all.push_back({token.kind, token.foreign, token.begin, token.end});
  }
  const std::vector<TokenMark>& whole = last == copied ? read.marks : all;
  const std::span<const TokenMark> marks(whole.begin(), std::ranges::lower_bound(whole, last, {}, &TokenMark::begin));
  std::size_t mark = 0;
  const auto fail = [&](std::size_t edit) { broken[edits[edit].unit] = true; };
  std::size_t last_edit = 0;  // which is to blame where the readings part

  TreeReader reader(edited, scripting);
  HtmlScanner scanner(edited, {.scripting = scripting, .text_tokens = true});
  std::size_t piece = 0;
  // Between tokens: what begins and ends at this byte.
  const auto pass = [&](std::size_t at) {
    for (; piece + 1 < pieces.size() && pieces[piece + 1].at <= at; ++piece) {
      const Piece& left = pieces[piece];
      if (left.kind == Piece::Kind::before) {
        const std::size_t wanted = depths[left.unit] + units[edits[left.unit].unit].services.size();
        if (reader.tree.open_templates() != wanted || !reader.tree.open_elements().current().is(HtmlTag::template_))
          fail(left.unit);
        around.push_back(left.unit);
      } else if (left.kind == Piece::Kind::after) {
        if (reader.tree.open_templates() != depths[left.unit]) fail(left.unit);
        if (!around.empty()) around.pop_back();
        const GateUnit& unit = units[edits[left.unit].unit];
        if (around.empty() && reader.tree.state() != unit.state) fail(left.unit);
        last_edit = left.unit;
      }
      const Piece& entered = pieces[piece + 1];
      if (entered.kind == Piece::Kind::after &&
          reader.tree.open_templates() != depths[entered.unit] + units[edits[entered.unit].unit].services.size()) {
        fail(entered.unit);
      }
      if (entered.kind == Piece::Kind::before) {
        depths[entered.unit] = reader.tree.open_templates();
        last_edit = entered.unit;
      }
    }
  };
  for (HtmlToken token; scanner.next(token);) {
    pass(token.begin);
    if (token.begin >= rest_at && last == copied) break;
    if (!around.empty() && pieces[piece].kind == Piece::Kind::original &&
        reader.tree.open_templates() < depths[around.back()] + units[edits[around.back()].unit].services.size()) {
      fail(around.back());
    }
    const bool original = pieces[piece].kind == Piece::Kind::original;
    const std::size_t piece_end = piece + 1 < pieces.size() ? pieces[piece + 1].at : edited.size();
    if (token.end > piece_end && token.kind != HtmlToken::Kind::text) fail(last_edit);
    if (original && token.kind != HtmlToken::Kind::text) {
      const std::size_t begin = token.begin - pieces[piece].at + pieces[piece].original;
      const TokenMark found{token.kind, token.foreign, begin, begin + (token.end - token.begin)};
      if (mark == marks.size() || marks[mark] != found) {
        fail(last_edit);
        break;
      }
      ++mark;
    }
    reader.feed(token);
  }
  pass(edited.size());
  // A last piece that was put in has no byte behind it.
  if (mark != marks.size()) fail(last_edit);

  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (broken[i]) out.push_back(i);
  }
  return out;
}

}  // namespace hardtop
