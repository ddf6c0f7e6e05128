#include "build/data_values.h"

#include <charconv>

namespace hardtop {

namespace {

std::string number_text(double number) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

}  // namespace

Value to_value(const DataTable& table, ValueArena& arena) {
  Object& object = arena.object();
  object.reserve(table.size());
  for (const DataEntry& entry : table) object.add(entry.key, to_value(entry.value, arena));
  return Value::object(object);
}

Value to_value(const Data& data, ValueArena& arena) {
  if (const auto* on = std::get_if<bool>(&data.value)) return Value::flag(*on);
  if (const auto* whole = std::get_if<std::int64_t>(&data.value))
    return Value::text(arena.keep(std::to_string(*whole)));
  if (const auto* number = std::get_if<double>(&data.value)) return Value::text(arena.keep(number_text(*number)));
  if (const auto* date = std::get_if<Date>(&data.value)) return Value::text(arena.keep(iso_date(*date)));
  if (const auto* text = data.text()) return Value::text(*text);
  if (const auto* table = data.table()) return to_value(*table, arena);
  if (const auto* array = data.array()) {
    List& list = arena.list();
    list.reserve(array->size());
    for (const Data& item : *array) list.push_back(to_value(item, arena));
    return Value::list(list);
  }
  return {};
}

}  // namespace hardtop
