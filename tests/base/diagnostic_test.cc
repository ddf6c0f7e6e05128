#include "base/diagnostic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

// Braced initialisation of a whole Diagnostic makes g++ 12 see uninitialised members.
Diagnostic make(Severity severity, std::string id, Place place, std::string message, std::vector<Note> notes = {}) {
  Diagnostic d;
  d.severity = severity;
  d.id = std::move(id);
  d.place = std::move(place);
  d.message = std::move(message);
  d.notes = std::move(notes);
  return d;
}

}  // namespace

TEST_CASE("diagnostics are sorted by path, place, id and message, and repetitions are dropped") {
  const auto a = make_source("a.md", "one\ntwo\n");
  const auto a_again = make_source("a.md", "one\ntwo\n");
  const auto b = make_source("b.md", "one\n");
  std::vector<Diagnostic> all = {
      make(Severity::error, "z/z", {b, 0, 1}, "in b"),
      make(Severity::error, "z/z", {a, 4, 1}, "second line"),
      make(Severity::warning, "b/b", {a, 0, 1}, "message"),
      make(Severity::error, "a/a", {a, 0, 1}, "message"),
      make(Severity::error, "a/a", {a_again, 0, 1}, "message"),
      make(Severity::error, "a/a", {a, 0, 1}, "a message"),
      make(Severity::error, "z/z", {a, Place::kWholeFile, 0}, "whole file"),
      make(Severity::error, "z/z", {}, "no file"),
  };
  const std::vector<std::string> expected = {"no file", "whole file",  "a message", "message",
                                             "message", "second line", "in b"};
  const auto messages = [](const Diagnostics& found) {
    std::vector<std::string> result;
    for (const Diagnostic& d : found.sorted()) result.push_back(d.message);
    return result;
  };
  for (std::size_t turn = 0; turn < all.size(); ++turn) {
    std::rotate(all.begin(), all.begin() + 1, all.end());
    Diagnostics found;
    for (const Diagnostic& d : all) found.add(d);
    CHECK(messages(found) == expected);
  }
}

TEST_CASE("a mistake that is found on several ways is reported once, with the shortest") {
  const auto a = make_source("a.md", "one\ntwo\n");
  Diagnostics found;
  found.add(make(Severity::error, "a/a", {a, 0, 1}, "message", {{{a, 4, 1}, "here"}, {{a, 5, 1}, "and here"}}));
  found.add(make(Severity::error, "a/a", {a, 0, 1}, "message", {{{a, 4, 1}, "here"}}));
  const auto sorted = found.sorted();
  REQUIRE(sorted.size() == 1);
  CHECK(sorted[0].notes.size() == 1);
}

TEST_CASE("errors and warnings are counted, from several threads too") {
  Diagnostics found;
  CHECK_FALSE(found.has_errors());
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) {
          found.error({}, "a/a", std::to_string(i));
          found.warning({}, "a/b", std::to_string(i));
          (void)found.has_errors();
          (void)found.warning_count();
        }
      });
    }
  }
  CHECK(found.has_errors());
  CHECK(found.error_count() == 400);
  CHECK(found.warning_count() == 400);
  CHECK(found.sorted().size() == 200);
}
