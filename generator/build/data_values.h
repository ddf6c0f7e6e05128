// Data (TOML) as templates read it. The values are built once and borrow from an arena that owns what they point to.
#pragma once

#include <deque>
#include <string>

#include "base/data.h"
#include "theme/value.h"

namespace hardtop {

// Owns strings, objects and lists at stable addresses. Not safe for several threads at once.
class ValueArena {
 public:
  std::string_view keep(std::string text) { return strings_.emplace_back(std::move(text)); }
  Object& object() { return objects_.emplace_back(); }
  List& list() { return lists_.emplace_back(); }

 private:
  std::deque<std::string> strings_;
  std::deque<Object> objects_;
  std::deque<List> lists_;
};

// Numbers become text, dates {iso, long, year} are left to template_data.h: here they are text in ISO form.
// Text is borrowed from `data`, which must outlive the value.
[[nodiscard]] Value to_value(const Data& data, ValueArena& arena);
[[nodiscard]] Value to_value(const DataTable& table, ValueArena& arena);

}  // namespace hardtop
