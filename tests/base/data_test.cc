#include "base/data.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "base/toml.h"

using namespace hardtop;

TEST_CASE("dates are read in the forms of RFC 3339, and in those that other generators' sites use") {
  struct Row {
    const char *text, *iso;  // iso "" where the text is no date
    std::int64_t seconds;
  };
  const std::vector<Row> rows = {
      {"1970-01-01", "1970-01-01", 0},
      {"2026-11-23", "2026-11-23", 1795392000},
      {" 2026-11-23 ", "2026-11-23", 1795392000},
      {"2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", 1795428000},
      {"2026-11-23t10:00:00z", "2026-11-23T10:00:00Z", 1795428000},
      {"2026-11-23 10:00:00", "2026-11-23T10:00:00Z", 1795428000},
      {"2026-11-23 10:00", "2026-11-23T10:00:00Z", 1795428000},
      {"2026-11-23T10:00:00.123Z", "2026-11-23T10:00:00Z", 1795428000},
      {"2026-11-23T10:00:00+01:00", "2026-11-23T10:00:00+01:00", 1795424400},
      {"2026-11-23 10:00:00 +0100", "2026-11-23T10:00:00+01:00", 1795424400},
      {"2026-11-23T10:00:00-00:30", "2026-11-23T10:00:00-00:30", 1795429800},
      {"2026-11-23T10:00:00+01", "2026-11-23T10:00:00+01:00", 1795424400},
      {"2024-02-29", "2024-02-29", 1709164800},
      {"0000-01-01", "0000-01-01", -62167219200},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253402300799},
      {"", "", 0},
      {"2026", "", 0},
      {"2026-11", "", 0},
      {"2026-1-1", "", 0},
      {"26-11-23", "", 0},
      {"2026/11/23", "", 0},
      {"2026-11-23x", "", 0},
      {"2026-11-23T", "", 0},
      {"2026-11-23T10", "", 0},
      {"2026-11-23T10:00:00+1", "", 0},
      {"2026-11-23T10:00:00+24:00", "", 0},
      {"2026-11-23T24:00:00", "", 0},
      {"2026-11-23T10:60:00", "", 0},
      {"2026-11-23T10:00:60", "", 0},
      {"2026-13-01", "", 0},
      {"2026-00-01", "", 0},
      {"2026-02-29", "", 0},
      {"2026-11-00", "", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Date> date = parse_date(row.text);
    CHECK((date ? iso_date(*date) : "") == row.iso);
    if (date) CHECK(unix_seconds(*date) == row.seconds);
  }
}

TEST_CASE("feeds get a time with every date") {
  CHECK(rfc3339(*parse_date("2026-11-23")) == "2026-11-23T00:00:00Z");
  CHECK(rfc3339(*parse_date("2026-11-23T10:00:00-05:30")) == "2026-11-23T10:00:00-05:30");
}

TEST_CASE("a moment has its date and time in UTC, also before 1970") {
  const std::vector<std::pair<std::int64_t, std::string>> rows = {{0, "1970-01-01T00:00:00Z"},
                                                                  {-1, "1969-12-31T23:59:59Z"},
                                                                  {-86'400, "1969-12-31T00:00:00Z"},
                                                                  {1'795'946'400, "2026-11-29T10:00:00Z"}};
  for (const auto& [moment, text] : rows) {
    CHECK(iso_date(date_of(moment)) == text);
    CHECK(unix_seconds(date_of(moment)) == moment);
    CHECK(iso_date(day_of(moment)) == text.substr(0, 10));
  }
}

TEST_CASE("a date that no calendar has is not valid") {
  Date date;
  CHECK(is_valid(date));
  date.month = 13;
  CHECK_FALSE(is_valid(date));
  date.month = -1;
  CHECK_FALSE(is_valid(date));
  date = Date{};
  date.seconds = 86'400;
  CHECK_FALSE(is_valid(date));
  date = Date{};
  date.offset_minutes = -1440;
  CHECK_FALSE(is_valid(date));
  date = Date{};
  date.year = 10'000;
  CHECK_FALSE(is_valid(date));
}

namespace {

constexpr const char* kToml =
    "title = 'T'\ncount = 3\non = true\nday = 2026-11-23\nday_text = '2026-11-23'\nlist = ['a', 'b']\n"
    "half = 1.5\n[table]\nx = 1\n";

}  // namespace

TEST_CASE("a table is read key by key with its types") {
  Diagnostics found;
  const SourcePtr source = make_source("x.toml", kToml);
  const auto data = parse_toml(source, found);
  REQUIRE(data);
  TableReader reader(*data, source, "", "config", found);
  CHECK(reader.text("title") == "T");
  CHECK(reader.whole("count") == 3);
  CHECK(reader.flag("on") == true);
  CHECK(iso_date(*reader.date("day")) == "2026-11-23");
  CHECK(iso_date(*reader.date("day_text")) == "2026-11-23");
  CHECK(reader.texts("list") == std::vector<std::string>{"a", "b"});
  CHECK(reader.texts("title") == std::vector<std::string>{"T"});
  REQUIRE(reader.table("table"));
  CHECK(reader.any("half")->find("x") == nullptr);
  CHECK_FALSE(reader.text("missing"));
  CHECK_FALSE(reader.whole("missing"));
  CHECK_FALSE(reader.flag("missing"));
  CHECK_FALSE(reader.date("missing"));
  CHECK_FALSE(reader.texts("missing"));
  CHECK_FALSE(reader.table("missing"));
  CHECK_FALSE(reader.any("missing"));
  CHECK(reader.has("title"));
  CHECK_FALSE(reader.has("missing"));
  CHECK(reader.place("count").offset == 20);
  CHECK(reader.key_place("count").offset == 12);
  CHECK(reader.key_place("count").length == 5);
  CHECK_FALSE(reader.place("missing").has_position());
  reader.finish();
  CHECK(to_text(found).empty());
}

TEST_CASE("a value of the wrong kind is reported and left out") {
  struct Row {
    const char* toml;
    const char* message;
    const char* hint;
  };
  const std::vector<Row> rows = {
      {"text = 1", "'text' in [a.b] must be text, not whole number", "put it in quotes"},
      {"text = {}", "'text' in [a.b] must be text, not table", "put it in quotes"},
      {"flag = 'yes'", "'flag' in [a.b] must be true or false, not text", "write true or false, without quotes"},
      {"whole = 1.5", "'whole' in [a.b] must be a whole number, not number", "write digits only, without quotes"},
      {"whole = true", "'whole' in [a.b] must be a whole number, not true or false",
       "write digits only, without quotes"},
      {"date = 'soon'", "'date' in [a.b] must be a date, not text", "write it as 2026-11-23 or 2026-11-23T10:00:00Z"},
      {"date = []", "'date' in [a.b] must be a date, not list", "write it as 2026-11-23 or 2026-11-23T10:00:00Z"},
      {"texts = 2026-11-23", "'texts' in [a.b] must be a list of text, not date", "write it as [\"one\", \"two\"]"},
      {"texts = ['a', 1]", "'texts' in [a.b] must be a list of text, not whole number",
       "write it as [\"one\", \"two\"]"},
      {"table = 'x'", "'table' in [a.b] must be a table, not text",
       "write it as a section that begins with [a.b.table]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.toml);
    Diagnostics found;
    const SourcePtr source = make_source("x.toml", row.toml);
    const auto data = parse_toml(source, found);
    REQUIRE(data);
    TableReader reader(*data, source, "[a.b]", "config", found);
    CHECK_FALSE(reader.text("text"));
    CHECK_FALSE(reader.flag("flag"));
    CHECK_FALSE(reader.whole("whole"));
    CHECK_FALSE(reader.date("date"));
    CHECK_FALSE(reader.texts("texts"));
    CHECK_FALSE(reader.table("table"));
    reader.finish();
    const std::vector<Diagnostic> all = found.sorted();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == "config/wrong-type");
    CHECK(all[0].message == row.message);
    CHECK(all[0].hint == row.hint);
    CHECK(all[0].place.has_position());
  }
}

TEST_CASE("what is never asked for is unknown, with the nearest key that is known") {
  Diagnostics found;
  const SourcePtr source = make_source("x.toml", "titel = 1\nlater = 2\nquite_other = 3\n");
  const auto data = parse_toml(source, found);
  REQUIRE(data);
  TableReader reader(*data, source, "", "front-matter", found);
  (void)reader.text("title");
  reader.allow("later");
  reader.finish();
  CHECK(to_text(found) ==
        "x.toml:1:1: error: unknown key 'titel' [front-matter/unknown-key]\n"
        "  1 | titel = 1\n"
        "    | ^~~~~\n"
        "  hint: did you mean 'title'?\n"
        "x.toml:3:1: error: unknown key 'quite_other' [front-matter/unknown-key]\n"
        "  3 | quite_other = 3\n"
        "    | ^~~~~~~~~~~\n"
        "  hint: one of: title, later\n");
}
