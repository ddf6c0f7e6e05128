#include "serve/overlay.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace hardtop;

namespace {

std::string overlay_of(const Diagnostics& found) { return format_overlay(found.sorted()); }

}  // namespace

TEST_CASE("an error is shown with its place, the line and a caret, the hint and the notes") {
  Diagnostics found;
  Diagnostic missing;
  missing.id = "link/missing";
  missing.place = {make_source("content/a.md", "# One\n\nSee [x](y.md), please.\n"), 11, 9};
  missing.message = "no page 'y.md'";
  missing.hint = "did you mean 'z.md'?";
  missing.notes.push_back({{make_source("content/y.md",
                                        "Gr\xC3\xBC\xC3\x9F"
                                        "e\n"),
                            4, 4},
                           "the nearest is here"});
  missing.notes.push_back({whole_file("site.toml"), "and so it is set"});
  found.add(missing);
  CHECK(overlay_of(found) ==
        R"([{"severity":"error","id":"link/missing","message":"no page 'y.md'","hint":"did you mean 'z.md'?",)"
        R"("path":"content/a.md","line":3,"column":5,"excerpt":["  3 | See [x](y.md), please.","    |     ^~~~~~~~~"],)"
        R"("notes":[{"path":"content/y.md","line":1,"column":4,"message":"the nearest is here"},)"
        R"({"path":"site.toml","line":null,"column":null,"message":"and so it is set"}]}])");
}

TEST_CASE("what has no line, or no file, has null for it and no excerpt") {
  Diagnostics found;
  found.warning(whole_file("static/x.css"), "static/odd", "odd", "");
  found.error({}, "usage/environment", "no such thing");
  CHECK(
      overlay_of(found) ==
      R"([{"severity":"error","id":"usage/environment","message":"no such thing","hint":"","path":null,"line":null,"column":null,"excerpt":[],"notes":[]},)"
      R"({"severity":"warning","id":"static/odd","message":"odd","hint":"","path":"static/x.css","line":null,"column":null,"excerpt":[],"notes":[]}])");
}

TEST_CASE("no diagnostics are an empty list: everything is mended") { CHECK(format_overlay({}) == "[]"); }

TEST_CASE(
    "the overlay's text is the terminal's: hidden characters are spelled out, lines of a hint stay, bytes are valid") {
  Diagnostics found;
  found.error({make_source("a\xFF.md", "x\xE2\x80\xAEy\tz\n"), 4, 1}, "area/what", "it says '\xE2\x80\xAE\x1B'",
              "first\r\nsecond \"quoted\"");
  const auto all = nlohmann::json::parse(overlay_of(found));
  REQUIRE(all.size() == 1);
  CHECK(all[0]["path"] == "a<FF>.md");
  CHECK(all[0]["message"] == "it says '<U+202E><1B>'");
  CHECK(all[0]["hint"] == "first\nsecond \"quoted\"");
  CHECK(all[0]["excerpt"][0] == "  1 | x<U+202E>y  z");
  CHECK(all[0]["excerpt"][1] == "    |          ^");
}
