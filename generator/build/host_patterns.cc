#include "build/host_patterns.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_'; }

}  // namespace

std::optional<HostPattern> HostPattern::for_cloudflare(std::string_view pattern) {
  HostPattern out;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      if (!out.tokens_.empty() && pattern.substr(0, i).find('*') != std::string_view::npos) return std::nullopt;
      out.tokens_.push_back({Kind::any});
    } else if (pattern[i] == ':' && i + 1 < pattern.size() && is_ascii_alpha(pattern[i + 1])) {
      std::size_t end = i + 1;
      while (end < pattern.size() && is_word(pattern[end])) ++end;
      const std::string_view name = pattern.substr(i + 1, end - i - 1);
      for (const std::string_view other : names)
        if (other.starts_with(name) || name.starts_with(other)) return std::nullopt;  // replaced by text, one by one
      if (name == "splat") return std::nullopt;
      names.push_back(name);
      out.tokens_.push_back({Kind::part});
      i = end - 1;
    } else {
      out.tokens_.push_back({Kind::character, pattern[i]});
    }
  }
  return out;
}

std::optional<HostPattern> HostPattern::for_netlify(std::string_view pattern) {
  HostPattern out;
  out.any_case_ = true;
  bool first = true;
  for (const std::string_view part : split(pattern, '/')) {
    if (part.empty()) continue;
    out.tokens_.push_back(part == "*" ? Token{Kind::maybe_slash} : Token{Kind::character, '/'});
    first = false;
    if (part.starts_with(':')) {
      out.tokens_.push_back({Kind::part});
      continue;
    }
    const bool has_star = part != "*" && part.find('*') != std::string_view::npos;
    if (has_star && part.find_first_of("\\^$|?+()[]{}") != std::string_view::npos) return std::nullopt;
    for (const char c : part) {
      if (c == '*')
        out.tokens_.push_back({Kind::any});
      else if (c == '.' && has_star)
        out.tokens_.push_back({Kind::any_one});
      else
        out.tokens_.push_back({Kind::character, to_ascii_lower(c)});
    }
  }
  if (first) out.tokens_.push_back({Kind::character, '/'});
  out.tokens_.push_back({Kind::maybe_slash});
  return out;
}

// All readings at once: which tokens may come next, after each character.
bool HostPattern::matches(std::string_view path) const {
  const std::size_t end = tokens_.size();
  // Most patterns are told by their ends: "/*" matches everything, "/*.svg" what ends in 'g'.
  const bool may_end_in_slash = end > 0 && tokens_[end - 1].kind == Kind::maybe_slash;
  const std::size_t last = end - (may_end_in_slash ? 1 : 0);
  if (last == 2 && tokens_[1].kind == Kind::any && path.starts_with('/') &&
      (tokens_[0].kind == Kind::maybe_slash || (tokens_[0].kind == Kind::character && tokens_[0].c == '/')))
    return true;
  if (last > 0 && tokens_[last - 1].kind == Kind::character && !path.empty()) {
    const char wanted = tokens_[last - 1].c;
    const auto is_wanted = [&](char c) { return (any_case_ ? to_ascii_lower(c) : c) == wanted; };
    if (!is_wanted(path.back()) &&
        !(may_end_in_slash && path.back() == '/' && path.size() > 1 && is_wanted(path[path.size() - 2])))
      return false;
  }
  std::vector<char> now(end + 1), next(end + 1);
  // What may be left out is left out, too. A part has been begun where its second mark is set.
  const auto skip = [&](std::vector<char>& marks) {
    for (std::size_t i = 0; i < end; ++i)
      if (marks[i] != 0 && (tokens_[i].kind == Kind::any || tokens_[i].kind == Kind::maybe_slash ||
                            (tokens_[i].kind == Kind::part && marks[i] == 2)))
        marks[i + 1] = marks[i + 1] == 0 ? 1 : marks[i + 1];
  };
  now[0] = 1;
  skip(now);
  for (const char raw : path) {
    const char c = any_case_ ? to_ascii_lower(raw) : raw;
    std::fill(next.begin(), next.end(), 0);
    bool alive = false;
    for (std::size_t i = 0; i < end; ++i) {
      if (now[i] == 0) continue;
      const Token& token = tokens_[i];
      std::size_t to = i + 1;
      char mark = 1;
      switch (token.kind) {
        case Kind::character:
          if (token.c != c) continue;
          break;
        case Kind::any_one:
          break;
        case Kind::maybe_slash:
          if (c != '/') continue;
          break;
        case Kind::any:
          to = i;
          break;
        case Kind::part:
          if (c == '/') continue;
          to = i;
          mark = 2;
          break;
      }
      next[to] = std::max(next[to], mark);
      alive = true;
    }
    if (!alive) return false;
    skip(next);
    now.swap(next);
  }
  return now[end] != 0;
}

}  // namespace hardtop
