#include "base/name_table.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"

namespace hardtop {

// Where the name is, or the empty place where it would be.
std::size_t NameTable::slot_of(std::string_view name, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.entry == kAbsent) return at;
    if (slot.hash != static_cast<std::uint32_t>(hash >> 32)) continue;
    const Entry& entry = entries_[slot.entry];
    if (std::string_view(names_).substr(entry.begin, entry.size) == name) return at;
  }
}

bool NameTable::add(std::string_view name, std::uint32_t number) {
  if (2 * (entries_.size() + 1) > slots_.size()) resize_slots(std::max<std::size_t>(64, 2 * slots_.size()));
  const std::uint64_t hash = hash64(name);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.entry != kAbsent) return false;
  slot = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(entries_.size())};
  entries_.push_back({names_.size(), static_cast<std::uint32_t>(name.size()), number});
  names_ += name;
  return true;
}

std::uint32_t NameTable::find(std::string_view name) const {
  if (slots_.empty()) return kAbsent;
  const Slot& slot = slots_[slot_of(name, hash64(name))];
  return slot.entry == kAbsent ? kAbsent : entries_[slot.entry].number;
}

void NameTable::reserve(std::size_t names) {
  constexpr std::size_t kUsualName = 40;  // bytes
  entries_.reserve(names);
  names_.reserve(names * kUsualName);
  if (const std::size_t size = std::bit_ceil(2 * names); size > slots_.size()) resize_slots(size);
}

// `size` is a power of two.
void NameTable::resize_slots(std::size_t size) {
  slots_.assign(size, {});
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const std::string_view name = std::string_view(names_).substr(entries_[i].begin, entries_[i].size);
    const std::uint64_t hash = hash64(name);
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].entry != kAbsent) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), i};
  }
}

}  // namespace hardtop
