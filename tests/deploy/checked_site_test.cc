#include "deploy/checked_site.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace hardtop;

namespace {

CheckedSite checked_site() {
  CheckedSite site;
  site.of = "0123456789abcdef";
  site.from = 100;
  site.until = 200;
  site.trace.add(FileTrace::Question::is_file, "s/site.toml", 1);
  site.found.files = {{"a.html", std::string(32, 'a'), 1, "Cache-Control: no-cache\tContent-Type: text/html"},
                      {"b.png", std::string(32, 'b'), 2, ""}};
  site.found.evidence = "{\n  \"services\": []\n}\n";
  site.found.manifest = "hardtop manifest 1 complete\n";
  return site;
}

// With a hash that fits.
std::string with_body(const std::string& body) { return "hardtop checked 1 " + hash128_hex(body) + "\n" + body; }

}  // namespace

TEST_CASE("what was checked is written and read") {
  const CheckedSite site = checked_site();
  const std::optional<CheckedSite> read = parse_checked_site(format_checked_site(site));
  REQUIRE(read);
  CHECK(read->of == site.of);
  CHECK(read->from == 100);
  CHECK(read->until == 200);
  CHECK(read->trace.text() == site.trace.text());
  CHECK(read->found.files == site.found.files);
  CHECK(read->found.evidence == site.found.evidence);
  CHECK(read->found.manifest == site.found.manifest);
  const std::optional<CheckedSite> empty = parse_checked_site(format_checked_site({}));
  REQUIRE(empty);
  CHECK(empty->found.files.empty());
}

TEST_CASE("what is damaged was not checked") {
  const std::string text = format_checked_site(checked_site());
  CHECK_FALSE(parse_checked_site(""));
  for (std::size_t i = 0; i < text.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(parse_checked_site(text.substr(0, i)));
    std::string other = text;
    other[i] = other[i] == 'x' ? 'y' : 'x';
    CHECK_FALSE(parse_checked_site(other));
  }
  const std::string body = text.substr(text.find('\n') + 1);
  CHECK(parse_checked_site(with_body(body)));
  const std::string start = "of x\nfrom 1\nuntil 2\n";
  for (const std::string& bad :
       {std::string(), start, std::string("of x\nfrom 1\nuntil z\ntrace 0\nevidence 0\nmanifest 0\nfiles 0\n"),
        start + "trace 9\nevidence 0\nmanifest 0\nfiles 0\n", start + "trace 0\nevidence 0\nmanifest 0\nfiles 0\n",
        start + "trace 2\nevidence 0\nmanifest 0\nfiles 0\n\n\n",
        start + "trace 0\nevidence 0\nmanifest 0\nfiles 18446744073709551615\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_checked_site(with_body(bad)));
  }
}

TEST_CASE("what was checked holds for the same program, options, files and time") {
  const MemoryFiles there{{"s/site.toml", ""}}, gone;
  const CheckedSite site = checked_site();
  CHECK(still_holds(site, site.of, 100, there, 1));
  CHECK(still_holds(site, site.of, 199, there, 1));
  CHECK_FALSE(still_holds(site, site.of, 200, there, 1));
  CHECK_FALSE(still_holds(site, site.of, 99, there, 1));
  CHECK_FALSE(still_holds(site, "0123456789abcdee", 100, there, 1));
  CHECK_FALSE(still_holds(site, site.of, 100, gone, 1));
}

TEST_CASE("a target has a file of its own") {
  CHECK(checked_site_path("s", "production") == "s/.hardtop/deploy-production.checked");
}
