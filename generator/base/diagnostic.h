// What is wrong with a site, as data: a place, a stable id, a message and the next step.
// Formatting is elsewhere (diagnostic_format.h); nothing here prints.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"

namespace hardtop {

enum class Severity { warning, error };

// A second place that explains the first: "the other page is here", "included from here".
struct Note {
  // A constructor, because g++ 12 takes the braces of an aggregate with a temporary Place for uninitialised memory.
  Note(Place where, std::string what) : place(std::move(where)), message(std::move(what)) {}

  Place place;
  std::string message;
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string id;  // "area/what-is-wrong", stable across versions; `hardtop explain ID` explains it
  Place place;
  std::string message;  // one sentence without a full stop, what is wrong
  std::string hint;     // what to do next; may be empty
  std::vector<Note> notes;
};

// Collects. Safe to use from several threads; sorted() does not depend on the order of arrival.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  void error(Place place, std::string id, std::string message, std::string hint = "");
  void warning(Place place, std::string id, std::string message, std::string hint = "");

  [[nodiscard]] bool has_errors() const { return errors_.load(std::memory_order_relaxed) != 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t warning_count() const;

  // By path, offset, id, message; what is the same in these is reported once, with the least notes.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;

 private:
  mutable std::mutex mutex_;
  std::atomic<std::size_t> errors_{0};
  std::vector<Diagnostic> all_;
};

// " (did you mean 'x'?)"-style hints are made with base/suggest.h.

}  // namespace hardtop
