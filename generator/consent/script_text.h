// Values as JavaScript text, for configuration that is put into the runtime's scripts. What they return is ASCII and holds
// no '<': it is safe inside a script element, too.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hardtop {

[[nodiscard]] std::string script_string(std::string_view text);
[[nodiscard]] std::string script_array(const std::vector<std::string_view>& texts);

// {"name":value}; the values are JavaScript already.
[[nodiscard]] std::string script_object(const std::vector<std::pair<std::string_view, std::string>>& members);

// A regular expression of whole names: /^(?:_ga|_ga_.*)$/. '*' in a name stands for any characters. Names of `never` are not
// matched, whatever stands in `names`.
[[nodiscard]] std::string script_pattern(const std::vector<std::string_view>& names,
                                         const std::vector<std::string_view>& never);

// "[,a,,b]": holes are left where an element is empty, and none at the end.
[[nodiscard]] std::string sparse_array(const std::vector<std::string>& elements);

// What stands between the brackets of a call: "a,b". None is empty.
[[nodiscard]] std::string script_arguments(const std::vector<std::string>& arguments);

}  // namespace hardtop
