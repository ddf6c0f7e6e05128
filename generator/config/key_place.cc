#include "config/key_place.h"

#include "base/toml.h"

namespace hardtop {

namespace {

// Where the key itself begins.
std::size_t without_quote(const std::string& text, std::size_t offset) {
  return offset < text.size() && (text[offset] == '"' || text[offset] == '\'') ? offset + 1 : offset;
}

}  // namespace

Place key_place(const SourcePtr& source, std::string_view table, std::string_view key) {
  Diagnostics told_before;
  const auto root = parse_toml(source, told_before);
  if (root)
    for (const DataEntry& top : *root)
      if (top.key == table && top.value.table())
        for (const DataEntry& entry : *top.value.table())
          if (entry.key == key) return {source, without_quote(source->text, entry.key_offset), entry.key.size()};
  return {source};
}

}  // namespace hardtop
