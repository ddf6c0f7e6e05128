// Data as one line of text, for comparing: {a: 1, b: ['x', 2026-11-23]}.
#pragma once

#include <sstream>
#include <string>
#include <type_traits>

#include "base/data.h"

namespace hardtop {

inline std::string data_text(const DataTable& table);

inline std::string data_text(const Data& data) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>) return "null";
        if constexpr (std::is_same_v<Value, bool>) return value ? "true" : "false";
        if constexpr (std::is_same_v<Value, std::string>) return "'" + value + "'";
        if constexpr (std::is_same_v<Value, Date>) return iso_date(value);
        if constexpr (std::is_same_v<Value, DataTable>) return data_text(value);
        if constexpr (std::is_same_v<Value, DataArray>) {
          std::string text = "[";
          for (const Data& item : value) text += (text.size() > 1 ? ", " : "") + data_text(item);
          return text + "]";
        }
        if constexpr (std::is_arithmetic_v<Value>) {
          std::ostringstream text;
          text << value;
          return text.str();
        }
        return "";
      },
      data.value);
}

inline std::string data_text(const DataTable& table) {
  std::string text = "{";
  for (const DataEntry& entry : table) {
    text += (text.size() > 1 ? ", " : "") + entry.key + ": " + data_text(entry.value);
  }
  return text + "}";
}

}  // namespace hardtop
