#include "build/script_modules.h"

#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

std::string found_in(std::string_view script, ModuleSpecifier::Kind kind = ModuleSpecifier::Kind::relative) {
  std::string out;
  for (const ModuleSpecifier& each : find_module_specifiers(script))
    if (each.kind == kind)
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
                 "new Worker(new URL('./g.js', import.meta.url), {type: 'module'});\n"
                 "import(`./h.js`); new URL('i.mjs', import.meta.url);") ==
        "'./a.js' assets/a.js\n\"./b.js\" assets/b.js\n'../c.js?v=1' c.js\n'./d/../d.js' assets/d.js\n"
        "'./e.js' assets/e.js\n'./f.js' assets/f.js\n'./g.js' assets/g.js\n`./h.js` assets/h.js\n"
        "'i.mjs' assets/i.mjs\n");
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

TEST_CASE("a broken import is marked itself, whatever else looks like it") {
  const Built built =
      build_in_memory(plain_site({{"s/content/_index.md", "x\n"},
                                  {"s/scripts/lib.js", "export const x = 1;\n"},
                                  {"s/scripts/app.js",
                                   "import {x} from './lib.js'; export * from './lib';\n// './a.js' is gone\n"
                                   "import './a.js';\n"}}));
  CHECK(built.errors ==
        "scripts/app.js:1:44: error: the import './lib' leads to no file of the site: it would be /assets/lib "
        "[build/broken-link]\n"
        "  1 | import {x} from './lib.js'; export * from './lib';\n"
        "    |                                            ^~~~~\n"
        "  hint: mend it, or add the file to scripts/; [check] links = \"warn\" in site.toml lets it pass\n"
        "scripts/app.js:3:9: error: the import './a.js' leads to no file of the site: it would be /assets/a.js "
        "[build/broken-link]\n"
        "  3 | import './a.js';\n"
        "    |         ^~~~~~\n"
        "  hint: mend it, or add the file to scripts/; [check] links = \"warn\" in site.toml lets it pass\n");
}

TEST_CASE("what the gate finds behind an import is marked where the script has it") {
  const Built built =
      build_in_memory(plain_site({{"s/content/_index.md", "x\n"},
                                  {"s/scripts/lib.js", "1\n"},
                                  {"s/scripts/app.js", "import './lib.js'; import 'https://a.example/b.js';\n"}}));
  CHECK(built.errors ==
        "scripts/app.js:1:27: error: no service declares the host 'a.example' [consent/undeclared-host]\n"
        "  1 | import './lib.js'; import 'https://a.example/b.js';\n"
        "    |                           ^~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: [[service]]\n"
        "        id = \"a\"\n"
        "        name = \"…\"            # as visitors know it\n"
        "        provider = \"…\"        # the company that receives the data\n"
        "        category = \"…\"        # necessary, functional, analytics or advertising\n"
        "        purpose = \"…\"         # what it does, in words that visitors understand\n"
        "        hosts = [\"a.example\"]\n"
        "        # or, for services that hardtop knows whole:  hardtop new service a.example\n");
}

TEST_CASE("a place in a linked script is found in the script that was linked") {
  const std::string_view script = "import './a.js'; one; import './b.js'; two";
  const std::string_view linked = "import \"./a.0123.js\"; one; import \"./b.4567.js\"; two";
  for (const std::string_view each : {"one", "two", ";", "import"})
    CHECK(offset_before_linking(script, linked, linked.rfind(each)) == script.rfind(each));
  CHECK(offset_before_linking(script, linked, linked.find('"')) == script.find('\''));
  CHECK(offset_before_linking(script, linked, linked.size()) == script.size());
  CHECK(offset_before_linking("short", "something else", 9) == 5);
}

TEST_CASE("bare, root-relative and computed specifiers are told apart") {
  using Kind = ModuleSpecifier::Kind;
  const std::string_view script =
      "import a from 'lodash'; export * from '@scope/b'; import('c.js'); import 'https://d.example/d.js';\n"
      "import '//e.example/e.js'; import '/f.js?1'; import('/g.js'); import 'node:fs'; Array.from('h');\n"
      "new URL('/i.js', import.meta.url); new URL('/api', import.meta.url); new URL('data.json', import.meta.url);\n"
      "import(`./${n}.js`); import('./' + n, {}); import(x ? './j.js' : './k.js'); import(n); import(f('./l.js'));\n"
      "new URL('/m/' + n, import.meta.url); new URL('./' + n, location); api.import('./' + n);";
  CHECK(found_in(script, Kind::bare) == "'lodash' \n'@scope/b' \n'c.js' \n");
  CHECK(found_in(script, Kind::rooted) == "'/f.js?1' \n'/g.js' \n'/i.js' \n");
  CHECK(found_in(script, Kind::computed) == "`./${n}.js` \n'./' + n \nx ? './j.js' : './k.js' \n'/m/' + n \n");
  CHECK(found_in(script) == "");
}

TEST_CASE("a bare import is an error, unless a page has an import map") {
  FileMap files = plain_site({{"s/content/_index.md", "x\n"},
                              {"s/scripts/lib.js", "1\n"},
                              {"s/scripts/app.js", "import 'lib.js';\nimport z from 'lodash';\nimport('fs');\n"}});
  const Built built = build_in_memory(files);
  CHECK_FALSE(built.fine);
  CHECK(built.errors ==
        "scripts/app.js:1:9: error: the import 'lib.js' is a bare name, which browsers do not look up without an "
        "import map [build/bare-import]\n"
        "  1 | import 'lib.js';\n"
        "    |         ^~~~~~\n"
        "  hint: write './lib.js'\n"
        "scripts/app.js:2:16: error: the import 'lodash' is a bare name, which browsers do not look up without an "
        "import map [build/bare-import]\n"
        "  2 | import z from 'lodash';\n"
        "    |                ^~~~~~\n"
        "  hint: put the file into scripts/ and write its relative path, './NAME.js'; [check] links = \"warn\" in "
        "site.toml lets it pass\n"
        "scripts/app.js:3:9: warning: the import 'fs' is a bare name, which browsers do not look up without an import "
        "map [build/bare-import]\n"
        "  3 | import('fs');\n"
        "    |         ^~\n"
        "  hint: put the file into scripts/ and write its relative path, './NAME.js'; [check] links = \"warn\" in "
        "site.toml lets it pass\n");

  const std::string map = "<script type=\"importmap\">{\"imports\": {\"lodash\": \"/l.js\"}}</script>\n";
  for (const std::string path : {"s/content/a.md", "s/static/a.html"}) {
    FileMap with = files;
    with["s/static/l.js"] = "1\n";
    with[path] = path.ends_with(".md") ? "# A\n\n" + map : "<!doctype html><title>A</title>" + map;
    CHECK(build_in_memory(with).errors == "");
  }
}

TEST_CASE("a root-relative import leads to a file, below the path of base_url") {
  FileMap files =
      plain_site({{"s/content/_index.md", "x\n"},
                  {"s/static/js/w.js", "1\n"},
                  {"s/scripts/lib.js", "1\n"},
                  {"s/scripts/app.js", "import '/js/w.js?1';\nimport '/js/v.js';\nimport '/assets/lib.js';\n"}});
  CHECK(build_in_memory(files).errors ==
        "scripts/app.js:2:9: error: the import '/js/v.js' leads to no file of the site: it would be /js/v.js "
        "[build/broken-link]\n"
        "  2 | import '/js/v.js';\n"
        "    |         ^~~~~~~~\n"
        "  hint: mend it, or add the file to static/; [check] links = \"warn\" in site.toml lets it pass\n"
        "scripts/app.js:3:9: error: the import '/assets/lib.js' leads to no file of the site in production, where the "
        "names of scripts hold a hash [build/broken-link]\n"
        "  3 | import '/assets/lib.js';\n"
        "    |         ^~~~~~~~~~~~~~\n"
        "  hint: write './lib.js'\n");

  BuildOptions below = options_for_tests();
  below.base_url = "https://example.com/blog/";
  files["s/scripts/app.js"] = "import '/blog/js/w.js';\nimport '/js/w.js';\nimport '/other/site.js';\n";
  CHECK(build_in_memory(MemoryFiles(files), below).errors ==
        "scripts/app.js:2:9: error: the import '/js/w.js' leads to no file of the site, which is below '/blog/' "
        "[build/broken-link]\n"
        "  2 | import '/js/w.js';\n"
        "    |         ^~~~~~~~\n"
        "  hint: write '/blog/js/w.js'\n");
}

TEST_CASE("an import that puts a script's name together is told of") {
  const Built built = build_in_memory(plain_site(
      {{"s/content/_index.md", "x\n"},
       {"s/static/js/w.js", "1\n"},
       {"s/scripts/page-a.js", "1\n"},
       {"s/scripts/app.js", "import(`./page-${n}.js`);\nimport(`/js/${n}.js`);\nimport('./gone-' + n);\n"}}));
  CHECK(built.fine);
  CHECK(built.errors ==
        "scripts/app.js:1:8: warning: this import puts a script's name together, which holds a hash in production: it "
        "works in the preview only [build/computed-import]\n"
        "  1 | import(`./page-${n}.js`);\n"
        "    |        ^~~~~~~~~~~~~~~~\n"
        "  hint: write each import as a constant, './NAME.js'; or put the scripts into static/js/ and import '/js/' + "
        "…\n");
}
