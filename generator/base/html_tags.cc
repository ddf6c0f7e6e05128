#include "base/html_tags.h"

#include <algorithm>

#include "base/ascii.h"

namespace hardtop {
namespace {

constexpr std::size_t kLongestName = 14;  // annotation-xml
constexpr std::size_t kSlots = 512;       // a power of two; a quarter full

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(to_ascii_lower(c))) * 16777619U;
  return (hash ^ hash >> 15) % kSlots;
}

// Open addressing: a name stands in its slot or in the next free ones.
constexpr std::array<HtmlTag, kSlots> make_slots() {
  std::array<HtmlTag, kSlots> slots{};
  for (std::size_t tag = 1; tag < kHtmlTagNames.size(); ++tag) {
    std::size_t slot = slot_of(kHtmlTagNames[tag]);
    while (slots[slot] != HtmlTag::unknown) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<HtmlTag>(tag);
  }
  return slots;
}
constexpr auto kSlotsOfNames = make_slots();

}  // namespace

HtmlTag html_tag_of(std::string_view name) {
  if (name.size() > kLongestName) return HtmlTag::unknown;
  for (std::size_t slot = slot_of(name);; slot = (slot + 1) % kSlots) {
    const HtmlTag tag = kSlotsOfNames[slot];
    if (tag == HtmlTag::unknown) return tag;
    const auto same = [](char a, char b) { return to_ascii_lower(a) == b; };
    if (std::ranges::equal(name, kHtmlTagNames[static_cast<std::size_t>(tag)], same)) return tag;
  }
}

}  // namespace hardtop
