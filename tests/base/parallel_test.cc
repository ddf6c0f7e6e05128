#include "base/parallel.h"

#include <doctest/doctest.h>

#include <atomic>

using namespace hardtop;

TEST_CASE("every index is worked on once, whatever the number of threads") {
  for (const std::size_t count : {0U, 1U, 2U, 31U, 32U, 33U, 1000U}) {
    for (const unsigned jobs : {0U, 1U, 2U, 8U, 2000U}) {
      CAPTURE(count);
      CAPTURE(jobs);
      std::vector<std::atomic<int>> seen(count);
      for_each_index(count, jobs, [&](std::size_t i) { ++seen[i]; });
      bool once = true;
      for (const auto& n : seen) once = once && n == 1;
      CHECK(once);
    }
  }
}

TEST_CASE("what the work wrote is visible when it is done") {
  std::vector<std::size_t> squares(5000);
  for_each_index(squares.size(), 4, [&](std::size_t i) { squares[i] = i * i; });
  for (std::size_t i = 0; i < squares.size(); ++i) REQUIRE(squares[i] == i * i);
}

TEST_CASE("there is at least one job") { CHECK(default_jobs() >= 1); }
