#include "deploy/child_process.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hardtop;

namespace {

Child shell(const std::string& script) {
  Child child;
  child.arguments = {"/bin/sh", "-c", script};
  return child;
}

}  // namespace

TEST_CASE("a child gets its input, and its output and errors are read to the end") {
  Child child = shell("cat; echo one >&2; printf 'two\\nthree' >&2; exit 7");
  child.input = std::string(300'000, 'x');  // more than a pipe holds
  std::vector<std::string> lines;
  child.error_line = [&](std::string_view line) { lines.emplace_back(line); };
  const ChildResult result = run_child(child);
  CHECK(result.started);
  CHECK(result.status == 7);
  CHECK(result.output == child.input);
  CHECK(lines == std::vector<std::string>{"one", "two", "three"});
}

TEST_CASE("a child that does not read its input ends like any other") {
  Child child = shell("exec <&-; echo done");
  child.input = std::string(300'000, 'x');
  const ChildResult result = run_child(child);
  CHECK(result.status == 0);
  CHECK(result.output == "done\n");
}

TEST_CASE("a child whose output goes elsewhere gets all of its input, whenever it reads it") {
  const std::string counts = "[ $(wc -c) = 300000 ]";
  Child child = shell(counts);
  child.input = std::string(300'000, 'x');
  SUBCASE("to our standard error") { child.shows_output = true; }
  SUBCASE("nowhere, before it reads") { child.arguments.back() = "exec >&- 2>&-; " + counts; }
  SUBCASE("nowhere, and there is nothing to read") {
    child.arguments.back() = "exec >&- 2>&-; [ $(wc -c) = 0 ]";
    child.input.clear();
  }
  CHECK(run_child(child).status == 0);
}

TEST_CASE("a program is looked for in PATH, starts in its folder, and does not see what it must not") {
  Child child;
  child.arguments = {"sh", "-c", "pwd; echo ${HOME-unset}"};
  child.folder = "/";
  child.unset = {"HOME"};
  CHECK(run_child(child).output == "/\nunset\n");
  child.arguments = {"no-program-has-this-name"};
  CHECK_FALSE(run_child(child).started);
}

TEST_CASE("a child that is asked to stop ends by the signal") {
  Child child;
  child.stop = [] { return true; };
  child.arguments = {"sleep", "600"};
  SUBCASE("with its output in our hands") {}
  SUBCASE("with its output elsewhere") { child.shows_output = true; }
  CHECK(run_child(child).status == 128 + 15);
}
