// What one compilation finds wrong: each finding gets the chain of includes that led to its file. A mistake in a
// partial that is spliced in ten times, or in the parent of six layouts that are compiled one after another, is said
// once.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

class TemplateErrors {
 public:
  explicit TemplateErrors(Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    for (const Diagnostic& known : diagnostics.sorted())
      if (known.id.starts_with("template/")) said_.insert(key_of(known.place, known.message));
  }

  void enter(Place from, std::string message) { chain_.push_back({std::move(from), std::move(message)}); }
  void leave() { chain_.pop_back(); }
  std::vector<Note> exchange_chain(std::vector<Note> chain) { return std::exchange(chain_, std::move(chain)); }

  // `notes` come before the chain, which is given from the inside out.
  void error(const Place& place, std::string_view id, std::string message, std::string hint = "",
             std::vector<Note> notes = {}) {
    ++count_;
    add(Severity::error, place, id, std::move(message), std::move(hint), std::move(notes));
  }
  void warning(const Place& place, std::string_view id, std::string message, std::string hint = "") {
    add(Severity::warning, place, id, std::move(message), std::move(hint), {});
  }
  [[nodiscard]] bool any() const { return count_ != 0; }

 private:
  using Key = std::tuple<std::string, std::size_t, std::string>;
  static Key key_of(const Place& place, const std::string& message) {
    return {place.source ? place.source->path : "", place.offset, message};
  }

  void add(Severity severity, const Place& place, std::string_view id, std::string message, std::string hint,
           std::vector<Note> notes) {
    if (!said_.insert(key_of(place, message)).second) return;
    notes.insert(notes.end(), chain_.rbegin(), chain_.rend());
    diagnostics_.add({severity, std::string(id), place, std::move(message), std::move(hint), std::move(notes)});
  }

  Diagnostics& diagnostics_;
  std::vector<Note> chain_;
  std::set<Key> said_;
  std::size_t count_ = 0;
};

}  // namespace hardtop
