// The dependency record is right when a build after any edit differs in no output file that it did not name.
#include <doctest/doctest.h>

#include <algorithm>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

struct Step {
  FileMap outputs;
  std::vector<std::string> named;
};

// Builds `before` to have its record, then `after`, and returns which outputs differ and were not named for `path`.
std::vector<std::string> unnamed_differences(const FileMap& before, const FileMap& after, const std::string& path) {
  const MemoryFiles old_files(before), new_files(after);
  Diagnostics found;
  Session session(old_files, options_for_tests());
  auto first = session.build(found);
  REQUIRE(first);
  const auto named = session.dependencies().outputs_of(path);
  const Built second = build_in_memory(new_files);
  CAPTURE(second.errors);
  REQUIRE(second.fine);
  std::vector<std::string> out;
  for (const OutputFile& file : first->files) {
    if (!file.copy_from.empty()) continue;
    const auto now = second.files.find(file.path);
    if (now != second.files.end() && now->second == file.bytes) continue;
    if (!std::binary_search(named.begin(), named.end(), file.path)) out.push_back(file.path);
  }
  return out;
}

FileMap linked_site() {
  FileMap more;
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    more["s/content/s" + std::to_string(i % 3) + "/p" + n + ".md"] =
        "+++\ntitle = \"P" + n + "\"\ndate = 2020-01-" + std::to_string(10 + i) + "\ntags = [\"t" +
        std::to_string(i % 2) + "\"]\n+++\n# H\n\n[next](../s" + std::to_string((i + 1) % 12 % 3) + "/p" +
        std::to_string((i + 1) % 12) + ".md)\n";
  }
  more["s/content/s0/_index.md"] = "+++\ntitle = \"S0\"\n+++\nSection.\n";
  more["s/themes/plain/components/note.mustache"] = "<p>{{text}}</p>";
  more["s/themes/plain/theme.toml"] =
      "[components.note.params.text]\ntype = \"text\"\n[page_params.next]\ntype = \"link\"\n";
  more["s/content/linker.md"] = "+++\ntitle = \"L\"\n+++\n[one](s1/p1.md)\n";  // without tags: nothing else ties it
  more["s/content/with-param.md"] = "+++\ntitle = \"W\"\n[params]\nnext = \"s1/p1.md\"\n+++\n";
  more["s/content/with-note.md"] = "+++\ntitle = \"N\"\n+++\n```{note}\ntext = \"x\"\n```\n";
  more["s/themes/plain/layouts/base.mustache"] =
      "<link href=\"{{assets.css_main}}\">{{#menu.main}}<a href=\"{{url}}\">{{name}}</a>{{/menu.main}}{{> foot}}"
      "{{page.params.next}}{{#page.section}}{{title}}{{/page.section}}{{#page.tags}}{{name}}{{count}}{{/"
      "page.tags}}{{{main}}}";
  more["s/themes/plain/partials/foot.mustache"] = "<footer>{{site.title}}{{t.word}}{{data.team.name}}</footer>";
  more["s/themes/plain/i18n/en.toml"] = "word = \"Word\"\n";
  more["s/i18n/en.toml"] = "other = \"Word\"\n";
  more["s/data/team.toml"] = "name = \"Ada\"\n";
  more["s/site.toml"] =
      "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\nurls = \"file\"\n[taxonomies]\ntags = "
      "{}\n[feeds]\n"
      "[[menu.main]]\nto = \"s0/p0.md\"\n";
  return plain_site(more);
}

}  // namespace

TEST_CASE("an edit changes no output file that the record does not name") {
  const FileMap before = linked_site();
  std::size_t tried = 0;
  for (const auto& [full_path, text] : before) {
    const std::string path = full_path.substr(2);
    for (int edit = 0; edit < 5; ++edit) {
      FileMap after = before;
      std::string& changed = after[full_path];
      if (path.ends_with(".md")) {
        const char* heads[] = {"", "weight = 5\n", "description = \"D\"\n", "slug = \"moved\"\n"};
        if (edit == 0) {
          changed += "\nMore words.\n";
        } else if (edit == 4) {
          changed.replace(changed.find("title"), changed.find('\n', 4) - 4, "title = \"Other\"");
        } else if (edit != 3 || path.find("_index") == std::string::npos) {
          changed.insert(4, heads[edit]);
        }
      } else if (path.ends_with(".mustache")) {
        changed += "<!-- " + std::to_string(edit) + " -->";
      } else if (path.ends_with(".scss")) {
        changed += "b { color: blue; }";
      } else if (path == "site.toml") {
        changed.replace(changed.find("\"T\""), 3, "\"U\"");
      } else if (path.starts_with("data/")) {
        changed = "name = \"Grace\"\n";
      } else if (path.find("i18n/") != std::string::npos) {
        changed += "word = \"New\"\n";
        if (path.starts_with("themes/")) changed = "word = \"New\"\n";
      } else {
        continue;
      }
      CAPTURE(path);
      CAPTURE(edit);
      CHECK(unnamed_differences(before, after, path) == std::vector<std::string>{});
      ++tried;
    }
  }
  CHECK(tried > 50);
}
