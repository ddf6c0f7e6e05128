#include "serve/settling.h"

#include <doctest/doctest.h>

using namespace hardtop;
using namespace std::chrono_literals;
using Event = Settling::Event;
using Paths = std::vector<std::string>;

namespace {

const Settling::Time kStart{};

// Microseconds from the start until there is something to take; -1: never.
long due_at(const Settling& settling, std::chrono::microseconds now) {
  const auto due = settling.due(kStart + now);
  return due ? std::chrono::duration_cast<std::chrono::microseconds>(*due - kStart).count() : -1;
}

struct Step {
  std::chrono::microseconds at;
  std::string path;
  Event event;
  bool unseen = false;
};

}  // namespace

TEST_CASE("a set is given as soon as the events say that its files are whole") {
  struct Case {
    const char* what;
    std::vector<Step> steps;
    long due;  // microseconds, seen from the last step
    Paths paths;
  };
  const std::vector<Case> cases = {
      {"written in place", {{0us, "a", Event::writing}, {200us, "a", Event::written}}, 1200, {"a"}},
      {"written slowly in place", {{0us, "a", Event::writing}, {90ms, "a", Event::written}}, 91000, {"a"}},
      {"renamed over the old file", {{0us, "a", Event::written}}, 1000, {"a"}},
      {"moved away, and written anew",
       {{0us, "a", Event::vanished}, {300us, "a", Event::created}, {500us, "a", Event::written}},
       1500,
       {"a"}},
      {"removed", {{0us, "a", Event::vanished}}, 10000, {"a"}},
      {"emptied first", {{0us, "a", Event::writing}, {100us, "a", Event::emptied}}, 10100, {"a"}},
      {"emptied, then filled",
       {{0us, "a", Event::emptied}, {2ms, "a", Event::writing}, {2100us, "a", Event::written}},
       3100,
       {"a"}},
      {"a new file", {{0us, "a", Event::created, true}, {100us, "a", Event::written}}, 3100, {"a"}},
      {"a new file, renamed over another",
       {{0us, "t", Event::created, true},
        {100us, "t", Event::written},
        {200us, "t", Event::vanished},
        {210us, "a", Event::written}},
       1210,
       {"a"}},
      {"nothing but a file that comes and goes",
       {{0us, "t", Event::created, true}, {100us, "t", Event::written}, {200us, "t", Event::vanished}},
       -1,
       {}},
      {"a file that somebody may have seen, and that goes",
       {{0us, "t", Event::created}, {100us, "t", Event::written}, {200us, "t", Event::vanished}},
       10200,
       {"t"}},
      {"never closed", {{0us, "a", Event::writing}, {100ms, "a", Event::writing}}, 300000, {"a"}},
      {"a writer that pauses less than it takes",
       {{0us, "a", Event::writing}, {500ms, "a", Event::writing}, {950ms, "a", Event::writing}},
       1000000,
       {"a"}},
      {"one whole, one being written", {{0us, "a", Event::written}, {100us, "b", Event::writing}}, 20000, {"a"}},
      {"three whole in a while",
       {{0us, "a", Event::written}, {10ms, "b", Event::written}, {20ms, "c", Event::written}},
       30000,
       {"a", "b", "c"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Settling settling;
    for (const Step& step : c.steps) settling.add(step.path, step.event, {false, step.unseen}, kStart + step.at);
    CHECK(due_at(settling, c.steps.back().at) == c.due);
    if (c.due < 0) continue;
    const auto due = std::chrono::microseconds(c.due);
    CHECK(settling.take(kStart + due - 1us) == Paths());
    CHECK(settling.take(kStart + due) == c.paths);
  }
}

TEST_CASE("what is still being written comes in a set of its own") {
  Settling settling;
  settling.add("a", Event::written, kStart);
  settling.add("b", Event::writing, kStart + 19ms);
  CHECK(settling.take(kStart + 20ms) == Paths{"a"});
  settling.add("b", Event::written, kStart + 25ms);
  CHECK(due_at(settling, 25ms) == 26000);
  CHECK(settling.take(kStart + 26ms) == Paths{"b"});
  CHECK(due_at(settling, 27ms) == -1);
}

TEST_CASE("a burst is given after a pause that grows with it, and after a second in any case") {
  Settling settling;
  std::chrono::microseconds now{0};
  for (int i = 0; i < 100; ++i, now += 1ms) settling.add("f" + std::to_string(i), Event::written, kStart + now);
  CHECK(due_at(settling, now) == 99000 + 49500);
  for (int i = 100; i < 2000; ++i, now += 1ms) {
    if (settling.due(kStart + now) <= kStart + now) break;
    settling.add("f" + std::to_string(i), Event::written, kStart + now);
  }
  CHECK(now == 1000ms);
  CHECK(settling.take(kStart + now).size() == 1000);
}

TEST_CASE("a folder stands for all below it") {
  Settling settling;
  settling.add("content/a.md", Event::written, kStart);
  settling.add("content/a", Event::vanished, {true, false}, kStart);
  settling.add("content/a/b/c.md", Event::written, kStart);
  settling.add("content/ab.md", Event::written, kStart);
  settling.add("content/b/c.md", Event::written, kStart);
  settling.add("content/b", Event::written, {true, false}, kStart);
  CHECK(settling.take(kStart + 1s) == Paths{"content/a", "content/a.md", "content/ab.md", "content/b"});
}

TEST_CASE("when events were lost, everything is given once there is quiet") {
  Settling settling;
  settling.add("content/a.md", Event::writing, kStart);
  settling.add_everything({"content", "site.toml"}, kStart + 10ms);
  CHECK(due_at(settling, 10ms) == 60000);
  settling.add("content/b.md", Event::written, kStart + 20ms);
  CHECK(settling.take(kStart + 70ms) == Paths{"content", "site.toml"});
  CHECK(due_at(settling, 70ms) == -1);
}
