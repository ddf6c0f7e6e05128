#include "commands/progress_line.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace hardtop;
using namespace std::chrono_literals;

namespace {

struct Line {
  std::ostringstream terminal;
  std::chrono::steady_clock::time_point now{};
  std::size_t columns = 80;

  std::unique_ptr<ProgressLine> start() {
    return std::make_unique<ProgressLine>(terminal, columns, [this] { return now; });
  }
};

}  // namespace

TEST_CASE("progress is not shown in the first half second") {
  Line line;
  auto progress = line.start();
  line.now += 499ms;
  progress->show({"rendering pages", 10, 100});
  progress->clear();
  CHECK(line.terminal.str().empty());
}

TEST_CASE("progress is redrawn at most ten times a second, and taken away at the end") {
  Line line;
  auto progress = line.start();
  line.now += 500ms;
  progress->show({"rendering pages", 1200, 10000});
  line.now += 99ms;
  progress->show({"rendering pages", 1500, 10000});
  line.now += 1ms;
  progress->show({"rendering pages", 1501, 10000});
  progress.reset();
  CHECK(line.terminal.str() ==
        "\r\x1b[Krendering pages: 1,200 of 10,000"
        "\r\x1b[Krendering pages: 1,501 of 10,000"
        "\r\x1b[K");
}

TEST_CASE("a step without a known total shows its name") {
  Line line;
  auto progress = line.start();
  line.now += 1s;
  progress->show({"reading content", 0, 0});
  CHECK(line.terminal.str() == "\r\x1b[Kreading content");
}

TEST_CASE("a line of progress never wraps") {
  Line line;
  line.columns = 12;
  auto progress = line.start();
  line.now += 1s;
  progress->show({"rendering pages", 1, 2});
  CHECK(line.terminal.str() == "\r\x1b[Krendering p");
}

TEST_CASE("nothing is drawn after the line was taken away") {
  Line line;
  auto progress = line.start();
  progress->clear();
  line.now += 10s;
  progress->show({"rendering pages", 1, 2});
  CHECK(line.terminal.str().empty());
}

TEST_CASE("a line that stays takes the place of progress, which goes on below it") {
  Line line;
  auto progress = line.start();
  line.now += 1s;
  progress->show({"compressing", 1, 2});
  progress->print("waiting\n");
  line.now += 1s;
  progress->show({"compressing", 2, 2});
  CHECK(line.terminal.str() == "\r\x1b[Kcompressing: 1 of 2\r\x1b[Kwaiting\n\r\x1b[Kcompressing: 2 of 2");
}
