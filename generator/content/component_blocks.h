// Components: fenced code blocks whose info string is `{name}` and whose text is TOML.
#pragma once

#include <optional>
#include <string_view>

#include "base/data.h"
#include "content/line_table.h"

namespace hardtop {

// The name in an info string of exactly `{name}`: a letter, then letters, digits, '-' and '_'. Empty for other code.
[[nodiscard]] std::string_view component_name(std::string_view info);

// The name in one that says it in another way: "{figure src="a.png"}", "{note} Title", "{ note }", "{note". Empty for other code.
[[nodiscard]] std::string_view nearly_component_name(std::string_view info);

// Parses a component's parameters. `literal` is the block's text as cmark gives it: without the markers of quotes and
// the indentation of list items that stand before each line in the source; `first_line` is its first line there.
// Offsets in the result and in diagnostics are places in `source`. Reports content/bad-component-toml and gives
// nothing.
[[nodiscard]] std::optional<DataTable> parse_component_params(const SourcePtr& source, const LineTable& lines,
                                                              std::size_t first_line, std::string_view literal,
                                                              Diagnostics& diagnostics);

}  // namespace hardtop
