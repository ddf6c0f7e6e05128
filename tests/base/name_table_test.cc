#include "base/name_table.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a name keeps its first number, however many names come after it") {
  NameTable table;
  CHECK(table.find("a") == NameTable::kAbsent);
  CHECK(table.add("", 7));
  CHECK(table.add("a", 8));
  CHECK_FALSE(table.add("a", 9));
  for (std::uint32_t i = 0; i < 10'000; ++i) CHECK(table.add("section/" + std::to_string(i), i));
  CHECK_FALSE(table.add("section/42", 0));
  CHECK(table.size() == 10'002);
  CHECK(table.find("") == 7);
  CHECK(table.find("a") == 8);
  for (std::uint32_t i = 0; i < 10'000; ++i) CHECK(table.find("section/" + std::to_string(i)) == i);
  CHECK(table.find("section/10000") == NameTable::kAbsent);
  CHECK(table.find("section/") == NameTable::kAbsent);
}
