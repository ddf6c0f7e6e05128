#include "base/data.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr int kDaySeconds = 24 * 60 * 60;
constexpr int kDayMinutes = 24 * 60;

// Reads what stands before the cursor, number by number; every function leaves the cursor after what it read.
class DateScanner {
 public:
  explicit DateScanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool digits(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!is_ascii_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }
  void skip_digits() { rest_.remove_prefix(std::min(rest_.find_first_not_of("0123456789"), rest_.size())); }
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

 private:
  std::string_view rest_;
};

bool read_time(DateScanner& scan, Date& date) {
  int hour = 0, minute = 0, second = 0;
  if (!scan.digits(2, hour) || !scan.accept(':') || !scan.digits(2, minute)) return false;
  if (scan.accept(':')) {
    if (!scan.digits(2, second)) return false;
    if (scan.accept('.')) scan.skip_digits();  // no output shows less than a second
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  date.has_time = true;
  date.seconds = (hour * 60 + minute) * 60 + second;
  return true;
}

// "Z", "+01:00", and as other generators' front matter has it: " +0100".
bool read_offset(DateScanner& scan, Date& date) {
  scan.skip_spaces();
  if (scan.done() || scan.accept('Z') || scan.accept('z')) return true;
  const bool west = scan.accept('-');
  if (!west && !scan.accept('+')) return false;
  int hours = 0, minutes = 0;
  if (!scan.digits(2, hours)) return false;
  scan.accept(':');
  if (!scan.done() && !scan.digits(2, minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  date.offset_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return true;
}

std::string clock_and_offset(const Date& date) {
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", date.seconds / 3600, date.seconds / 60 % 60, date.seconds % 60);
  if (date.offset_minutes == 0) return std::string(text) + "Z";
  char offset[16];
  const int minutes = std::abs(date.offset_minutes);
  std::snprintf(offset, sizeof offset, "%c%02d:%02d", date.offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return std::string(text) + offset;
}

std::string day_text(const Date& date) {
  std::string text = std::to_string(date.year);
  if (text.size() < 4) text.insert(0, 4 - text.size(), '0');
  for (const int part : {date.month, date.day}) {
    text += '-';
    text += static_cast<char>('0' + part / 10);
    text += static_cast<char>('0' + part % 10);
  }
  return text;
}

}  // namespace

std::int64_t unix_seconds(const Date& date) {
  using namespace std::chrono;
  const sys_days days{year{date.year} / month{static_cast<unsigned>(date.month)} /
                      day{static_cast<unsigned>(date.day)}};
  return std::int64_t{days.time_since_epoch().count()} * kDaySeconds + date.seconds - date.offset_minutes * 60;
}

Date day_of(std::int64_t moment) {
  using namespace std::chrono;
  const year_month_day day{floor<days>(sys_seconds{seconds{moment}})};
  return Date{.year = static_cast<int>(day.year()),
              .month = static_cast<int>(static_cast<unsigned>(day.month())),
              .day = static_cast<int>(static_cast<unsigned>(day.day()))};
}

Date date_of(std::int64_t moment) {
  Date date = day_of(moment);
  date.seconds = static_cast<int>(moment - unix_seconds(date));
  date.has_time = true;
  return date;
}

bool is_valid(const Date& date) {
  using namespace std::chrono;
  if (date.year < 0 || date.year > 9999 || date.month < 1 || date.day < 1) return false;
  const year_month_day ymd{year{date.year}, month{static_cast<unsigned>(date.month)},
                           day{static_cast<unsigned>(date.day)}};
  return ymd.ok() && date.seconds >= 0 && date.seconds < kDaySeconds && date.offset_minutes > -kDayMinutes &&
         date.offset_minutes < kDayMinutes;
}

std::string iso_date(const Date& date) { return date.has_time ? rfc3339(date) : day_text(date); }

std::string rfc3339(const Date& date) { return day_text(date) + clock_and_offset(date); }

std::optional<Date> parse_date(std::string_view text) {
  DateScanner scan(trim(text));
  Date date;
  if (!scan.digits(4, date.year) || !scan.accept('-') || !scan.digits(2, date.month) || !scan.accept('-') ||
      !scan.digits(2, date.day)) {
    return std::nullopt;
  }
  if (!scan.done()) {
    if (!scan.accept('T') && !scan.accept('t') && !scan.accept(' ')) return std::nullopt;
    if (!read_time(scan, date) || !read_offset(scan, date) || !scan.done()) return std::nullopt;
  }
  if (!is_valid(date)) return std::nullopt;
  return date;
}

const Data* Data::find(std::string_view key) const {
  if (const DataTable* entries = table()) {
    for (const DataEntry& entry : *entries) {
      if (entry.key == key) return &entry.value;
    }
  }
  return nullptr;
}

std::string_view kind_name(const Data& data) {
  constexpr std::array<std::string_view, 8> kNames = {"nothing", "true or false", "whole number", "number",
                                                      "text",    "date",          "list",         "table"};
  static_assert(kNames.size() == std::variant_size_v<decltype(Data::value)>);
  return kNames[data.value.index()];
}

TableReader::TableReader(const DataTable& table, SourcePtr source, std::string where, std::string area,
                         Diagnostics& diagnostics)
    : table_(table),
      source_(std::move(source)),
      where_(std::move(where)),
      area_(std::move(area)),
      diagnostics_(diagnostics) {
  asked_.reserve(24);
}

const DataEntry* TableReader::take(std::string_view key) {
  asked_.push_back(key);
  for (const DataEntry& entry : table_) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

void TableReader::wrong_type(const Data& found, std::string_view key, std::string_view wanted, std::string_view hint) {
  std::string message = "'" + std::string(key) + "'";
  if (!where_.empty()) message += " in " + where_;
  message += " must be " + std::string(wanted) + ", not " + std::string(kind_name(found));
  diagnostics_.error({source_, found.offset, found.length}, area_ + "/wrong-type", std::move(message),
                     std::string(hint));
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return std::nullopt;
  if (const std::string* text = entry->value.text()) return *text;
  wrong_type(entry->value, key, "text", "put it in quotes");
  return std::nullopt;
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return std::nullopt;
  if (const bool* flag = std::get_if<bool>(&entry->value.value)) return *flag;
  wrong_type(entry->value, key, "true or false", "write true or false, without quotes");
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(&entry->value.value)) return *number;
  wrong_type(entry->value, key, "a whole number", "write digits only, without quotes");
  return std::nullopt;
}

std::optional<Date> TableReader::date(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return std::nullopt;
  if (const Date* date = std::get_if<Date>(&entry->value.value)) return *date;
  if (const std::string* text = entry->value.text()) {
    if (const std::optional<Date> date = parse_date(*text)) return date;
  }
  wrong_type(entry->value, key, "a date", "write it as 2026-11-23 or 2026-11-23T10:00:00Z");
  return std::nullopt;
}

std::optional<std::vector<std::string>> TableReader::texts(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return std::nullopt;
  if (const std::string* text = entry->value.text()) return std::vector<std::string>{*text};
  const DataArray* array = entry->value.array();
  constexpr std::string_view kHint = "write it as [\"one\", \"two\"]";
  if (!array) {
    wrong_type(entry->value, key, "a list of text", kHint);
    return std::nullopt;
  }
  std::vector<std::string> texts;
  texts.reserve(array->size());
  bool good = true;
  for (const Data& item : *array) {
    if (const std::string* text = item.text()) {
      texts.push_back(*text);
    } else {
      good = false;
      wrong_type(item, key, "a list of text", kHint);
    }
  }
  if (!good) return std::nullopt;
  return texts;
}

const DataTable* TableReader::table(std::string_view key) {
  const DataEntry* entry = take(key);
  if (!entry) return nullptr;
  if (const DataTable* table = entry->value.table()) return table;
  const std::string name =
      where_.empty() ? std::string(key) : where_.substr(1, where_.size() - 2) + "." + std::string(key);
  wrong_type(entry->value, key, "a table", "write it as a section that begins with [" + name + "]");
  return nullptr;
}

const Data* TableReader::any(std::string_view key) {
  const DataEntry* entry = take(key);
  return entry ? &entry->value : nullptr;
}

Place TableReader::place(std::string_view key) const {
  for (const DataEntry& entry : table_) {
    if (entry.key == key) return {source_, entry.value.offset, entry.value.length};
  }
  return {source_, Place::kWholeFile, 0};
}

Place TableReader::key_place(std::string_view key) const {
  for (const DataEntry& entry : table_) {
    if (entry.key == key) return {source_, entry.key_offset, entry.key.size()};
  }
  return {source_, Place::kWholeFile, 0};
}

bool TableReader::has(std::string_view key) const {
  return std::any_of(table_.begin(), table_.end(), [&](const DataEntry& entry) { return entry.key == key; });
}

void TableReader::allow(std::string_view key) { asked_.push_back(key); }

void TableReader::finish() {
  for (const DataEntry& entry : table_) {
    if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
    std::string message = "unknown key '" + entry.key + "'";
    if (!where_.empty()) message += " in " + where_;
    std::vector<std::string_view> known;  // a key may be asked for more than once
    for (const std::string_view key : asked_)
      if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(key);
    diagnostics_.error({source_, entry.key_offset, entry.key.size()}, area_ + "/unknown-key", std::move(message),
                       suggest(entry.key, known));
  }
}

}  // namespace hardtop
