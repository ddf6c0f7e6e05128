// Structured data as TOML and YAML give it: a tree whose every node knows where it stands in its source.
// toml.cc and yaml.cc make it; config, front matter and component parameters are read from it through TableReader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace hardtop {

// A calendar date (proleptic Gregorian), with a time of day and an offset where the source gave them (RFC 3339).
struct Date {
  int year = 1970;
  int month = 1;           // 1-12
  int day = 1;             // 1-31
  int seconds = 0;         // since midnight, local to the offset
  int offset_minutes = 0;  // east of UTC
  bool has_time = false;

  friend bool operator==(const Date&, const Date&) = default;
};
// Seconds since 1970-01-01T00:00:00Z; orders dates.
[[nodiscard]] std::int64_t unix_seconds(const Date& date);
// The day in UTC on which a moment lies, in seconds since 1970-01-01T00:00:00Z.
[[nodiscard]] Date day_of(std::int64_t moment);
// The moment itself, in UTC: day_of with its time.
[[nodiscard]] Date date_of(std::int64_t moment);
[[nodiscard]] bool is_valid(const Date& date);
// "2026-11-23" or "2026-11-23T10:00:00Z".
[[nodiscard]] std::string iso_date(const Date& date);
// RFC 3339 date-time with time in any case (midnight UTC where the source gave none), as Atom wants it (RFC 4287, 3.3).
[[nodiscard]] std::string rfc3339(const Date& date);
// Reads "2026-11-23", "2026-11-23T10:00:00Z", "2026-11-23 10:00:00+01:00".
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

struct Data;
using DataArray = std::vector<Data>;

struct DataEntry;
using DataTable = std::vector<DataEntry>;  // in the order of the source; keys are unique

struct Data {
  // std::monostate is YAML's null; TOML has none.
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, DataArray, DataTable> value;
  std::size_t offset = Place::kWholeFile;  // of the value in its source
  std::size_t length = 0;

  [[nodiscard]] const DataTable* table() const { return std::get_if<DataTable>(&value); }
  [[nodiscard]] const DataArray* array() const { return std::get_if<DataArray>(&value); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const Data* find(std::string_view key) const;  // in a table; else null
};

struct DataEntry {
  std::string key;
  std::size_t key_offset = Place::kWholeFile;
  Data value;
};

// "text", "whole number", "number", "true or false", "date", "list", "table", "nothing": as messages name a value's
// kind.
[[nodiscard]] std::string_view kind_name(const Data& data);

// Reads a table key by key with checked types. What is never asked for is reported by finish() as an unknown key, with
// a suggestion. A missing key leaves nothing; a wrong type is reported as `<area>/wrong-type` and leaves nothing.
// Ids reported: <area>/unknown-key, <area>/wrong-type.
class TableReader {
 public:
  // `table` and every key that is asked for must outlive the reader. `where` names the table in messages: "" (the whole
  // file),
  // "[menu.main]". `area` is the first part of the ids: "config", "front-matter".
  TableReader(const DataTable& table, SourcePtr source, std::string where, std::string area, Diagnostics& diagnostics);

  std::optional<std::string> text(std::string_view key);
  std::optional<bool> flag(std::string_view key);
  std::optional<std::int64_t> whole(std::string_view key);
  std::optional<Date> date(std::string_view key);                       // a TOML date, or text that parse_date reads
  std::optional<std::vector<std::string>> texts(std::string_view key);  // a list of text, or one text
  const DataTable* table(std::string_view key);
  const Data* any(std::string_view key);

  // The place of a key's value, for errors that the caller finds; of the whole file when it is absent.
  [[nodiscard]] Place place(std::string_view key) const;
  [[nodiscard]] Place key_place(std::string_view key) const;  // of the key itself
  [[nodiscard]] bool has(std::string_view key) const;
  // Names that are known but not read here, so that they are neither unknown nor missing from suggestions.
  void allow(std::string_view key);
  void finish();

 private:
  const DataEntry* take(std::string_view key);
  void wrong_type(const Data& found, std::string_view key, std::string_view wanted, std::string_view hint);

  const DataTable& table_;
  SourcePtr source_;
  std::string where_, area_;
  Diagnostics& diagnostics_;
  std::vector<std::string_view> asked_;
};

}  // namespace hardtop
