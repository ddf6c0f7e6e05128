#include "build/script_modules.h"

#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

std::string found_in(std::string_view script) {
  std::string out;
  for (const ModuleSpecifier& each : find_module_specifiers(script))
    out += std::string(script.substr(each.begin, each.end - each.begin)) + " " + each.output + "\n";
  return out;
}

std::map<std::string, std::string> scripts_of(const Built& built) {
  std::map<std::string, std::string> out;
  for (const auto& [path, bytes] : built.files)
    if (path.ends_with(".js")) out[path] = bytes;
  return out;
}

}  // namespace

TEST_CASE("relative specifiers are found where a module loads them") {
  CHECK(found_in("import a from './a.js'; import \"./b.js\"; import {c} from '../c.js?v=1';\n"
                 "export * from './d/../d.js'; const e = await import('./e.js'); import('./f.js', {with: {}});\n"
                 "new Worker(new URL('./g.js', import.meta.url), {type: 'module'});") ==
        "'./a.js' assets/a.js\n\"./b.js\" assets/b.js\n'../c.js?v=1' c.js\n'./d/../d.js' assets/d.js\n"
        "'./e.js' assets/e.js\n'./f.js' assets/f.js\n'./g.js' assets/g.js\n");
  CHECK(found_in("import x from 'lodash'; import '/a.js'; import 'https://a.example/b.js'; Array.from('./c.js');\n"
                 "const s = 'import \"./d.js\"'; // import './e.js'\nimport('./f' + x); new URL('./g.js', location);\n"
                 "api.import('./h.js'); import '../../i.js'; import './';") == "");
}

TEST_CASE("modules import each other by the names that they are published under") {
  FileMap files = plain_site({{"s/content/_index.md", "x\n"},
                              {"s/scripts/app.js", "import { a } from './a.js';\nimport './b.js?v=1';\n"},
                              {"s/scripts/a.js", "import './b.js'; export const a = 1;\n"},
                              {"s/scripts/b.js", "import './a.js';\n"},
                              {"s/scripts/other.js", "1\n"}});
  const auto name_of = [](const std::map<std::string, std::string>& scripts, const std::string& name) {
    const auto at = scripts.lower_bound("assets/" + name + ".");
    REQUIRE(at != scripts.end());
    return at->first.substr(7);
  };
  const auto first = scripts_of(build_in_memory(files));
  REQUIRE(first.size() == 4);
  const std::string a = name_of(first, "a"), app = name_of(first, "app"), b = name_of(first, "b");
  CHECK(first.at("assets/" + app) == "import { a } from \"./" + a + "\";\nimport \"./" + b + "?v=1\";\n");
  CHECK(first.at("assets/" + a) == "import \"./" + b + "\"; export const a = 1;\n");
  CHECK(first.at("assets/" + b) == "import \"./" + a + "\";\n");

  // A name changes with everything that the names in it depend on, and only with that.
  files["s/scripts/b.js"] += "2\n";
  const auto second = scripts_of(build_in_memory(files));
  CHECK(name_of(second, "app") != app);
  CHECK(name_of(second, "a") != a);
  CHECK(name_of(second, "other") == name_of(first, "other"));
}

TEST_CASE("an import that leads nowhere is an error at its place") {
  const Built built = build_in_memory(
      plain_site({{"s/content/_index.md", "x\n"},
                  {"s/static/assets/own.js", "1\n"},
                  {"s/scripts/vendor/lib.js", "1\n"},
                  {"s/scripts/app.js", "import './own.js';\nimport './vendor/lib.js';\nimport('./gone.js');\n"}}));
  CHECK_FALSE(built.fine);
  CHECK(built.errors ==
        "scripts/app.js:2:9: error: the import './vendor/lib.js' leads to no file of the site: it would be "
        "/assets/vendor/lib.js [build/broken-link]\n"
        "  2 | import './vendor/lib.js';\n"
        "    |         ^~~~~~~~~~~~~~~\n"
        "  hint: only what stands in scripts/ itself is published: move scripts/vendor/lib.js there\n"
        "scripts/app.js:3:9: error: the import './gone.js' leads to no file of the site: it would be /assets/gone.js "
        "[build/broken-link]\n"
        "  3 | import('./gone.js');\n"
        "    |         ^~~~~~~~~\n"
        "  hint: mend it, or add the file to scripts/; [check] links = \"warn\" in site.toml lets it pass\n");
}
