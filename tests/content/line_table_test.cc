#include "content/line_table.h"

#include <doctest/doctest.h>

#include <string>

using namespace hardtop;

TEST_CASE("lines end in LF, CRLF or CR, also where sixteen bytes end between the two") {
  for (std::size_t filler = 0; filler < 20; ++filler) {
    CAPTURE(filler);
    const std::string first(filler, 'x');
    const std::string text = "+++\r\n+++\n" + first + "\r\nb\rc\n\nlast";
    const std::size_t begin = text.find("\n+++\n") + 5;
    const LineTable lines(text, begin);
    CHECK(lines.begin_of(1) == begin);
    CHECK(lines.begin_of(2) == begin + filler + 2);
    CHECK(lines.line(1) == first);
    CHECK(lines.line(2) == "b");
    CHECK(lines.line(3) == "c");
    CHECK(lines.line(4) == "");
    CHECK(lines.line(5) == "last");
    CHECK(lines.begin_of(6) == text.size());
    CHECK(lines.begin_of(7) == text.size());
  }
}
