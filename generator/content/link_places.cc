#include "content/link_places.h"

#include "base/bytes16.h"
#include "base/text.h"
#include "content/cmark_document.h"

namespace hardtop {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// Reads a destination at `at`, after `](` or `]:`; the end is where a title or the closing parenthesis comes.
// Nothing when there is none.
std::optional<SourceRange> read_destination(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && is_space(text[at])) ++at;
  if (at < end && text[at] == '<') {
    for (std::size_t i = at + 1; i < end && text[i] != '\n' && text[i] != '<'; ++i) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == '>') {
        return SourceRange{at + 1, i - at - 1};
      }
    }
    return std::nullopt;
  }
  int depth = 0;
  std::size_t i = at;
  for (; i < end && !is_space(text[i]); ++i) {
    if (text[i] == '\\' && i + 1 < end && is_punctuation(text[i + 1])) {
      ++i;
    } else if (text[i] == '(') {
      if (++depth > 32) return std::nullopt;
    } else if (text[i] == ')' && depth-- == 0) {
      break;
    }
  }
  return SourceRange{at, i - at};
}

}  // namespace

void LinkPlaces::enter_block(std::size_t first, std::size_t last) {
  first_line_ = first;
  begin_ = lines_.begin_of(first);
  end_ = lines_.begin_of(last + 1);
  at_ = begin_;
  unclosed_ = 0;
  misses_ = 0;
  indexed_ = false;
}

SourceRange LinkPlaces::find(std::string_view destination) {
  if (!indexed_) {
    const std::optional<Candidate> candidate = next_candidate(at_);
    if (candidate && matches(candidate->range, destination)) {
      at_ = candidate->end;
      return candidate->range;
    }
    index_block();
  }
  if (const auto range = find_out_of_order(destination)) return *range;
  if (const auto range = find_definition(destination)) return *range;
  return block_line();
}

SourceRange LinkPlaces::find_autolink(std::string_view destination, std::string_view shown) {
  constexpr int kMostMisses = 8;  // each reads the whole block
  if (misses_ >= kMostMisses || shown.empty()) return block_line();
  const std::string_view block = lines_.text().substr(0, end_);
  const std::size_t at = find_outside_code(shown);
  if (at == std::string_view::npos) {
    ++misses_;
    return block_line();
  }
  const std::size_t end = at + shown.size();
  if (block.substr(end).starts_with("](")) return find(destination);  // [URL](URL)
  at_ = end;
  return {at, shown.size()};
}

// Where the code span that begins at `tick` ends: at the next run of as many backticks. Else where its own run ends.
std::size_t LinkPlaces::end_of_code(std::size_t tick) {
  const std::string_view text = lines_.text().substr(0, end_);
  std::size_t run_end = tick;
  while (run_end < end_ && text[run_end] == '`') ++run_end;
  const std::size_t length = run_end - tick;
  constexpr std::size_t kBits = 8 * sizeof unclosed_;
  if (length >= kBits || (unclosed_ >> length & 1)) return run_end;
  for (std::size_t close = run_end;;) {
    close = text.find('`', close);
    if (close == std::string_view::npos) break;
    std::size_t close_end = close;
    while (close_end < end_ && text[close_end] == '`') ++close_end;
    if (close_end - close == length) return close_end;
    close = close_end;
  }
  unclosed_ |= std::size_t{1} << length;
  return run_end;
}

std::size_t LinkPlaces::find_outside_code(std::string_view shown) {
  const std::string_view block = lines_.text().substr(0, end_);
  const std::size_t unclosed = unclosed_;
  std::size_t found = block.find(shown, at_);
  for (std::size_t at = at_; found != std::string_view::npos;) {
    at = find_any_of<'\\', '`'>(block.substr(0, found), at);
    if (at == found) return found;
    at = block[at] == '`' ? end_of_code(at) : at + 2;
    if (at > found) found = block.find(shown, at);
  }
  unclosed_ = unclosed;  // what comes is read from at_ once more
  return found;
}

std::optional<LinkPlaces::Candidate> LinkPlaces::next_candidate(std::size_t from) {
  const std::string_view text = lines_.text();
  for (std::size_t at = from; at < end_; ++at) {
    at = find_any_of<'\\', '`', ']'>(text.substr(0, end_), at);
    if (at == end_) break;
    const char c = text[at];
    if (c == '\\') {
      ++at;
    } else if (c == '`') {
      at = end_of_code(at) - 1;
    } else if (c == ']' && at + 1 < end_ && text[at + 1] == '(') {
      if (const auto range = read_destination(text, at + 2, end_))
        return Candidate{*range, range->offset + range->length};
    }
  }
  return std::nullopt;
}

bool LinkPlaces::matches(SourceRange range, std::string_view destination) const {
  const std::string_view raw = lines_.text().substr(range.offset, range.length);
  if (raw == destination) return true;
  return raw.find_first_of("\\&") != std::string_view::npos && cmark::unescape_url(raw) == destination;
}

void LinkPlaces::index_block() {
  indexed_ = true;
  inline_.clear();
  unclosed_ = 0;  // reads from at_ once more
  std::optional<Candidate> candidate = next_candidate(at_);
  while (candidate) {
    const SourceRange range = candidate->range;
    inline_[cmark::unescape_url(lines_.text().substr(range.offset, range.length))].ranges.push_back(range);
    candidate = next_candidate(candidate->end);
  }
}

std::optional<SourceRange> LinkPlaces::find_out_of_order(std::string_view destination) {
  const auto found = inline_.find(std::string(destination));
  if (found == inline_.end() || found->second.next == found->second.ranges.size()) return std::nullopt;
  return found->second.ranges[found->second.next++];
}

std::optional<SourceRange> LinkPlaces::find_definition(std::string_view destination) {
  if (!definitions_indexed_) index_definitions();
  const auto found = definitions_.find(std::string(destination));
  if (found == definitions_.end()) return std::nullopt;
  return found->second;
}

// Definitions may stand in quotes and lists, so a line's markers are passed over.
void LinkPlaces::index_definitions() {
  definitions_indexed_ = true;
  const std::string_view text = lines_.text();
  constexpr std::size_t kLongestLabel = 1000;  // CommonMark 0.29, 6.6
  for (std::size_t line = body_begin_; line < text.size();) {
    const std::size_t label = text.find_first_not_of(" \t>*+-.)0123456789", line);
    if (label == std::string_view::npos) return;
    if (text[label] == '[') {
      const std::size_t close = text.substr(label, kLongestLabel + 3).find("]:");
      if (close != std::string_view::npos) {
        if (const auto range = read_destination(text, label + close + 2, text.size())) {
          definitions_.try_emplace(cmark::unescape_url(text.substr(range->offset, range->length)), *range);
        }
      }
    }
    line = text.find('\n', label);
    if (line == std::string_view::npos) return;
    ++line;
  }
}

SourceRange LinkPlaces::block_line() const {
  const std::string_view line = lines_.line(first_line_);
  const std::string_view shown = trim(line);
  return {begin_ + static_cast<std::size_t>(shown.data() - line.data()), shown.size()};
}

}  // namespace hardtop
