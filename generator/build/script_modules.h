// ES modules among the scripts of a site. They name each other as their sources are called, and are published under names
// that hold a hash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

struct ModuleSpecifier {
  enum class Kind : std::uint8_t {
    relative,  // "./util.js", and "util.js" in new URL
    rooted,    // "/js/util.js"
    bare,      // "util.js", "lodash": nothing without an import map (HTML Living Standard, 8.1.5.2)
    computed,  // "./" + name + ".js"
  };
  Kind kind = Kind::relative;
  std::size_t begin = 0, end = 0;  // of its literal in the script, quotes included; of all that is computed
  std::string text;    // "./util.js?v=1"; the first of a computed one that begins like that, or like a rooted one
  std::string output;  // of relative ones: the file that they name, in a script of assets/: "assets/util.js"
  bool is_statement = false;  // of modules that are not run without it: import "x", and … from "x"
};

// What a module loads by text (ECMA-262, 16.2.2; HTML Living Standard, 8.1.5.2): import "x", import … from "x",
// export … from "x", import("x"), and scripts in new URL("x", import.meta.url). Not what leaves the site, which browsers do not
// follow further up. In order. Linear.
[[nodiscard]] std::vector<ModuleSpecifier> find_module_specifiers(std::string_view script);
// Where in a script something stands that its linked text, with the names of outputs in place of its own, has at `offset`.
[[nodiscard]] std::size_t offset_before_linking(std::string_view script, std::string_view linked, std::size_t offset);

struct Script {
  std::string_view name;  // of scripts/NAME.js
  std::string_view text;
};
struct LinkedScript {
  std::string path;                        // of its output
  std::string text;                        // its imports by the names of their outputs
  std::vector<std::size_t> imports;        // the scripts that it imports, and they import, in order
  std::vector<ModuleSpecifier> elsewhere;  // what it imports that is none of them, or only computed
};
// `path_of` makes an output path of a name and of the bytes that it is to change with: a module's are its own and those of
// all that it imports, since their names are in it.
[[nodiscard]] std::vector<LinkedScript> link_scripts(
    const std::vector<Script>& scripts,
    const std::function<std::string(std::string_view name, const std::string& bytes)>& path_of);

}  // namespace hardtop
