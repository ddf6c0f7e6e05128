// The dependency record is right when a build after any edit differs in no output file that it did not name.
#include <doctest/doctest.h>

#include <algorithm>

#include "config/consent_config.h"
#include "consent/lock.h"
#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

struct Step {
  FileMap outputs;
  std::vector<std::string> named;
};

BuildOptions in_development() {
  BuildOptions options = options_for_tests();
  options.development = true;
  return options;
}

// Builds `before` to have its record, then `after`, and returns which outputs differ and were not named for `path`.
std::vector<std::string> unnamed_differences(const FileMap& before, const FileMap& after, const std::string& path,
                                             const BuildOptions& options = options_for_tests()) {
  const MemoryFiles old_files(before), new_files(after);
  Diagnostics found;
  Session session(old_files, options);
  auto first = session.build(found);
  CAPTURE(to_text(found));
  REQUIRE(first);
  const auto named = session.dependencies().outputs_of(path);
  const Built second = build_in_memory(new_files, options);
  CAPTURE(second.errors);
  REQUIRE(second.fine);
  std::vector<std::string> out;
  for (OutputFile& file : first->files) {
    if (!file.copy_from.empty()) continue;
    const std::string policy = file.path.ends_with(".html") ? take_policy(file.bytes) : "";
    const auto now = second.files.find(file.path);
    if (now != second.files.end() && now->second == file.bytes &&
        (policy.empty() || second.policies.at(file.path) == policy))
      continue;
    if (!std::binary_search(named.begin(), named.end(), file.path)) out.push_back(file.path);
  }
  return out;
}

// consent.lock as hardtop lock writes it.
void lock(FileMap& files) {
  Diagnostics found;
  const MemoryFiles disk(files);
  const auto config = load_consent_config(disk, "s", "t.example", found);
  CAPTURE(to_text(found));
  REQUIRE(config);
  files["s/consent.lock"] = to_toml(updated_lock(*config, {}, {2026, 6, 1}, ""));
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

TEST_CASE("an edit of what consent concerns changes no output file that the record does not name") {
  FileMap before = linked_site();
  before["s/site.toml"] += "[[menu.main]]\nto = \"with-note.md\"\n";
  before["s/themes/plain/layouts/base.mustache"] =
      "<!doctype html><html lang=en><head><meta charset=utf-8>{{> consent-head}}<title>{{page.title}}</title></head>"
      "<body>{{{main}}}{{> consent-banner}}{{> consent-settings}}</body></html>";
  before["s/consent.toml"] =
      "[consent]\npolicy = \"policy.md\"\n[[service]]\nid = \"films\"\nname = \"Films\"\ncategory = "
      "\"functional\"\nprovider = \"Films Ltd\"\nprivacy_url = \"https://films.example/p\"\npurpose = \"Shows "
      "films\"\nhosts = [\"films.example\"]\n";
  before["s/content/policy.md"] = "+++\ntitle = \"Policy\"\naliases = [\"/old.html\"]\n+++\n```{service-table}\n```\n";
  before["s/content/film.md"] =
      "+++\ntitle = \"Film\"\n+++\n<iframe src=\"https://films.example/7\" title=\"F\" width=\"16\" "
      "height=\"9\"></iframe>\n";
  before["s/static/plain.html"] = "<p>Plain</p><script src=\"/count.js\"></script>";
  before["s/static/count.js"] = "let a = 1;";
  before["s/static/old.svg"] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  before["s/static/a.gif"] = std::string("GIF89a\5\0\6\0", 10);
  before["s/content/s0/b.gif"] = std::string("GIF89a\5\0\6\0", 10);
  before["s/content/seen.md"] = "+++\ntitle = \"Seen\"\n+++\n![A](/a.gif) ![B](s0/b.gif)\n";
  before["s/static/shows.html"] = "<p>Seen</p><img src=\"a.gif\" alt=\"\">";

  lock(before);
  std::size_t tried = 0;
  for (const bool development : {true, false}) {
    const BuildOptions options = development ? in_development() : options_for_tests();
    const auto edit = [&](const std::string& path, const std::string& from, const std::string& to) {
      FileMap after = before;
      std::string& text = after["s/" + path];
      const auto at = text.find(from);
      REQUIRE(at != std::string::npos);
      text.replace(at, from.size(), to);
      lock(after);
      CAPTURE(path);
      CAPTURE(development);
      CHECK(unnamed_differences(before, after, path, options) == std::vector<std::string>{});
      ++tried;
    };
    edit("consent.toml", "Shows films", "Plays films");
    edit("consent.toml", "\"films.example\"", "\"*.films.example\", \"films.example\"");
    edit("consent.toml", "[[service]]", "default = \"opt-out\"\n[[service]]");
    edit("content/policy.md", "Policy", "Cookies");
    edit("content/policy.md", "+++\n```", "slug = \"moved\"\n+++\n```");
    edit("content/film.md", "<iframe", "Text.\n\n<iframe");
    edit("content/film.md", "<iframe src=\"https://films.example/7\" title=\"F\" width=\"16\" height=\"9\"></iframe>",
         "No more.");
    edit("content/s0/p0.md", "# H",
         "<iframe src=\"https://films.example/8\" title=\"G\" width=\"4\" height=\"3\"></iframe>");
    edit("static/plain.html", "Plain", "<img src=\"https://films.example/a.png\" alt=\"\" width=\"1\" height=\"1\">");
    edit("static/count.js", "1", "fetch(\"/x\")");
    edit("static/old.svg", "/>", "><g/></svg>");
    edit("static/a.gif", "\5", "\7");
    edit("content/s0/b.gif", "\5", "\7");
    edit("themes/plain/layouts/base.mustache", "<title>", "<style>p { color: red }</style><title>");
    edit("themes/plain/layouts/404.mustache", "not",
         "<form data-remember=\"films\"><input name=\"n\" data-remember></form>not");
    edit("themes/plain/styles/main.scss", "red", "blue");
    edit("i18n/en.toml", "other", "consent_accept");
  }
  CHECK(tried == 34);
}
