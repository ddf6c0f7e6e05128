#include "build/dependencies.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a change reaches output files through what stands between") {
  Dependencies record;
  const auto a = record.node("content/a.md"), base = record.node("layouts/base.mustache");
  const auto card = record.node("~card a.md"), page = record.node("~layout page");
  const auto out_a = record.node(Dependencies::output_name("a.html"));
  const auto out_list = record.node(Dependencies::output_name("index.html"));
  record.add(a, card);
  record.add(card, out_list);
  record.add(a, out_a);
  record.add(base, page);
  record.add(page, out_a);
  record.add(page, out_a);  // twice is once
  record.finish();
  CHECK(record.outputs_of("content/a.md") == std::vector<std::string>{"a.html", "index.html"});
  CHECK(record.outputs_of("layouts/base.mustache") == std::vector<std::string>{"a.html"});
  CHECK(record.outputs_of("content/unknown.md").empty());
  CHECK(record.edge_count() == 5);
}

TEST_CASE("a circle in the record ends") {
  Dependencies record;
  const auto a = record.node("a"), b = record.node("b");
  record.add(a, b);
  record.add(b, a);
  record.add(b, record.node(Dependencies::output_name("x")));
  record.finish();
  CHECK(record.outputs_of("a") == std::vector<std::string>{"x"});
}
