// Names and a number for each, made for the paths of a large site: the names lie in one block and the table in another,
// where std::unordered_map would allocate twice a name and go through memory three times to find one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

class NameTable {
 public:
  static constexpr std::uint32_t kAbsent = static_cast<std::uint32_t>(-1);

  // False when the name is there already, which keeps its number. At most 2^32 - 1 names.
  bool add(std::string_view name, std::uint32_t number);
  // Makes room for so many names.
  void reserve(std::size_t names);
  // The name's number, or kAbsent.
  [[nodiscard]] std::uint32_t find(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::size_t begin;  // of the name in names_
    std::uint32_t size;
    std::uint32_t number;
  };
  // A place of the table: empty (entry kAbsent), or an entry and the half of its name's hash that did not choose the
  // place.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = kAbsent;
  };

  [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint64_t hash) const;
  void resize_slots(std::size_t size);

  std::vector<Slot> slots_;  // as many as a power of two, at most half of them in use
  std::vector<Entry> entries_;
  std::string names_;
};

}  // namespace hardtop
