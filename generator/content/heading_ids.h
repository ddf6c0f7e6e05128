// Ids for headings: a page's own are unique, and the same page always gets the same ones.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace hardtop {

// The id of `## Title {#id}` in a heading's raw inline text; empty without one. Letters and digits of every script and
// "-_.:" may stand in it; `\{#id}` is text.
[[nodiscard]] std::string_view explicit_heading_id(std::string_view raw);

class HeadingIds {
 public:
  // False when it is taken.
  [[nodiscard]] bool reserve(std::string_view id);
  // The slug of `text`, "section" where that is empty, with the first of "-1", "-2" … that makes it unique.
  [[nodiscard]] std::string make(std::string_view text);

 private:
  // Each id taken, with the last number tried after it: many equal headings do not search from 1 every time.
  std::unordered_map<std::string, int> taken_;
};

}  // namespace hardtop
