// What templates read: small values that borrow everything they point to, so that putting a page into fifty lists
// copies nothing. A Value is three words; objects and lists are built once and shared.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hardtop {

// A name as templates look it up: its 64-bit FNV-1a hash. The schema reports two names with one hash (schema.h).
struct Name {
  std::uint64_t hash = 0;
  friend auto operator<=>(const Name&, const Name&) = default;
};
constexpr Name name_of(std::string_view text) {
  std::uint64_t h = 14695981039346656037ull;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return Name{h};
}

class Object;
class Value;
using List = std::vector<Value>;

// Lifetime: what a Value was made from must outlive it, unmoved.
class Value {
 public:
  enum class Kind : std::uint8_t { absent, flag, text, html, object, list };

  Value() = default;  // absent: falsy, prints nothing
  static Value flag(bool on) {
    Value v(Kind::flag);
    v.on_ = on;
    return v;
  }
  static Value text(std::string_view s) {
    Value v(Kind::text);
    v.text_ = s;
    return v;
  }
  // Text that is markup already: {{name}} prints it as it is, too.
  static Value html(std::string_view s) {
    Value v(Kind::html);
    v.text_ = s;
    return v;
  }
  static Value object(const Object& o) {
    Value v(Kind::object);
    v.object_ = &o;
    return v;
  }
  static Value list(const List& l) {
    Value v(Kind::list);
    v.list_ = &l;
    return v;
  }

  [[nodiscard]] Kind kind() const { return kind_; }
  // Mustache's rule: absent, false, an empty list and (where hardtop differs from the spec's silence) empty text are
  // falsy.
  [[nodiscard]] bool truthy() const {
    switch (kind_) {
      case Kind::absent:
        return false;
      case Kind::flag:
        return on_;
      case Kind::text:
      case Kind::html:
        return !text_.empty();
      case Kind::object:
        return true;
      case Kind::list:
        return !list_->empty();
    }
    return false;
  }
  [[nodiscard]] std::string_view string() const { return kind_ == Kind::text || kind_ == Kind::html ? text_ : ""; }
  [[nodiscard]] const Object* as_object() const { return kind_ == Kind::object ? object_ : nullptr; }
  [[nodiscard]] const List* as_list() const { return kind_ == Kind::list ? list_ : nullptr; }
  [[nodiscard]] bool is_on() const { return kind_ == Kind::flag && on_; }

 private:
  explicit Value(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::absent;
  union {
    bool on_;
    std::string_view text_{};
    const Object* object_;
    const List* list_;
  };
};

// Named values. Looked up by linear search: objects are small, and a search over 16-byte names beats a hash table
// there.
class Object {
 public:
  Object() = default;
  Object(std::initializer_list<std::pair<std::string_view, Value>> fields) {
    fields_.reserve(fields.size());
    for (const auto& [name, value] : fields) set(name, value);
  }
  void set(std::string_view name, Value value) { set(name_of(name), value); }
  void set(Name name, Value value) {
    for (auto& field : fields_)
      if (field.first == name) {
        field.second = value;
        return;
      }
    fields_.emplace_back(name, value);
  }
  // A name that is certainly new: data/ may hold tables of a hundred thousand.
  void add(std::string_view name, Value value) { fields_.emplace_back(name_of(name), value); }
  // Makes fields of an object with many found fast; to be called when all of them are there.
  void sort() {
    std::sort(fields_.begin(), fields_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    is_sorted_ = true;
  }
  // Null when there is no such field.
  [[nodiscard]] const Value* find(Name name) const {
    if (is_sorted_) {
      const auto at = std::lower_bound(fields_.begin(), fields_.end(), name,
                                       [](const auto& field, Name wanted) { return field.first < wanted; });
      return at != fields_.end() && at->first == name ? &at->second : nullptr;
    }
    for (const auto& field : fields_)
      if (field.first == name) return &field.second;
    return nullptr;
  }
  void reserve(std::size_t n) { fields_.reserve(n); }
  [[nodiscard]] const std::vector<std::pair<Name, Value>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<Name, Value>> fields_;
  bool is_sorted_ = false;
};

}  // namespace hardtop
