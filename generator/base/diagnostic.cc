#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hardtop {

namespace {

// What is said of a file as a whole stands before what is said of its lines; what concerns no file comes first of all.
auto key_of(const Place& place) {
  const std::string_view path = place.source ? std::string_view(place.source->path) : std::string_view();
  return std::make_tuple(path, place.has_position() ? place.offset + 1 : 0);
}

auto key_of(const Note& note) {
  return std::make_tuple(key_of(note.place), note.place.length, std::cref(note.message));
}

auto head_of(const Diagnostic& d) {
  return std::make_tuple(key_of(d.place), std::cref(d.id), std::cref(d.message), d.severity, d.place.length,
                         std::cref(d.hint));
}

bool note_less(const Note& a, const Note& b) { return key_of(a) < key_of(b); }

bool less(const Diagnostic& a, const Diagnostic& b) {
  const auto head_a = head_of(a), head_b = head_of(b);
  if (head_a < head_b) return true;
  if (head_b < head_a) return false;
  if (a.notes.size() != b.notes.size()) return a.notes.size() < b.notes.size();
  return std::lexicographical_compare(a.notes.begin(), a.notes.end(), b.notes.begin(), b.notes.end(), note_less);
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Severity::error;
  const std::lock_guard lock(mutex_);
  all_.push_back(std::move(diagnostic));
  if (is_error) errors_.fetch_add(1, std::memory_order_relaxed);
}

void Diagnostics::error(Place place, std::string id, std::string message, std::string hint) {
  add({Severity::error, std::move(id), std::move(place), std::move(message), std::move(hint), {}});
}

void Diagnostics::warning(Place place, std::string id, std::string message, std::string hint) {
  add({Severity::warning, std::move(id), std::move(place), std::move(message), std::move(hint), {}});
}

std::size_t Diagnostics::warning_count() const {
  const std::lock_guard lock(mutex_);
  return all_.size() - error_count();
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result;
  {
    const std::lock_guard lock(mutex_);
    result = all_;
  }
  std::sort(result.begin(), result.end(), less);
  // A mistake in a partial is found once for every layout that includes it: the shortest way there is told.
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return !(head_of(a) < head_of(b)) && !(head_of(b) < head_of(a));
  };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  return result;
}

}  // namespace hardtop
