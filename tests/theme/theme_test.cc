#include "theme/theme.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic_format.h"
#include "theme/stylesheet.h"

using namespace hardtop;

namespace {

using FileMap = std::map<std::string, std::string>;
using Words = std::map<std::string, std::string>;

struct Loaded {
  std::optional<Theme> theme;
  std::string errors;

  [[nodiscard]] std::string path_of(const std::string& path) const {
    const SourcePtr source = theme ? theme->find(path) : nullptr;
    return source ? source->path : "(none)";
  }
  [[nodiscard]] const ComponentType* component(std::string_view name) const {
    for (const ComponentType& type : theme->components)
      if (type.name == name) return &type;
    return nullptr;
  }
};

Loaded load_from(const MemoryFiles& files, const std::string& name = "t") {
  const SourcePtr config = make_source("site.toml", "theme = \"" + name + "\"\n");
  Diagnostics found;
  Loaded loaded;
  loaded.theme = load_theme(files, "s", name, Place{config, 8, name.size() + 2}, found);
  loaded.errors = to_text(found);
  return loaded;
}
Loaded load(const FileMap& files, const std::string& name = "t") { return load_from(MemoryFiles(files), name); }

std::string errors_of(const FileMap& files) {
  const Loaded loaded = load(files);
  CHECK_FALSE(loaded.theme);
  return loaded.errors;
}

std::string manifest_errors(const std::string& toml) { return errors_of({{"s/themes/t/theme.toml", toml}}); }

Words words(const FileMap& files, const std::string& language, std::string* errors = nullptr) {
  Loaded loaded = load(files);
  REQUIRE(loaded.theme);
  Diagnostics found;
  const auto translations = load_translations(*loaded.theme, language, found);
  if (errors)
    *errors = to_text(found);
  else
    CHECK(to_text(found) == "");
  return translations ? *translations : Words{};
}

std::string word(const FileMap& files, const std::string& language, const std::string& key) {
  const Words all = words(files, language);
  const auto found = all.find(key);
  return found == all.end() ? "(none)" : found->second;
}

}  // namespace

TEST_CASE("a file is taken from the site, else from the theme, else from the binary") {
  const Loaded loaded = load({{"s/layouts/page.mustache", "site"},
                              {"s/themes/t/layouts/page.mustache", "theme"},
                              {"s/themes/t/layouts/home.mustache", "theme"},
                              {"s/themes/t/partials/deep/one.mustache", "theme"},
                              {"s/scripts/menu.js", "site"},
                              {"s/styles/main.css", "site"}});
  CHECK(loaded.errors == "");
  CHECK(loaded.path_of("layouts/page.mustache") == "layouts/page.mustache");
  CHECK(loaded.path_of("layouts/home.mustache") == "themes/t/layouts/home.mustache");
  CHECK(loaded.path_of("partials/deep/one.mustache") == "themes/t/partials/deep/one.mustache");
  CHECK(loaded.path_of("layouts/base.mustache") == "(built-in)/layouts/base.mustache");
  CHECK(loaded.path_of("partials/consent-head.mustache") == "(built-in)/partials/consent-head.mustache");
  CHECK(loaded.path_of("components/figure.mustache") == "(built-in)/components/figure.mustache");
  CHECK(loaded.path_of("scripts/menu.js") == "scripts/menu.js");
  CHECK(loaded.path_of("styles/main.css") == "styles/main.css");
  CHECK(loaded.path_of("layouts/none.mustache") == "(none)");
}

TEST_CASE("a theme is looked up in the site, then beside it, then in the binary") {
  CHECK(load({{"s/themes/t/layouts/page.mustache", "a"}, {"s/../themes/t/layouts/page.mustache", "b"}})
            .path_of("layouts/page.mustache") == "themes/t/layouts/page.mustache");
  CHECK(load({{"s/../themes/t/layouts/page.mustache", "b"}}).path_of("layouts/page.mustache") ==
        "../themes/t/layouts/page.mustache");
  const Loaded built_in = load(FileMap{}, "default");
  CHECK(built_in.path_of("layouts/page.mustache") == "(built-in)/layouts/page.mustache");
  CHECK(built_in.theme->manifest->path == "(built-in)/theme.toml");
  CHECK(load({{"s/themes/default/layouts/page.mustache", "a"}}, "default").path_of("layouts/page.mustache") ==
        "themes/default/layouts/page.mustache");
}

TEST_CASE("a theme that is nowhere is reported where it was named, with those that there are") {
  const FileMap files = {{"s/themes/minimal/theme.toml", ""}, {"s/../themes/mini/layouts/page.mustache", ""}};
  CHECK(load(files, "mino").errors ==
        "site.toml:1:9: error: there is no theme called 'mino' [theme/missing]\n"
        "  1 | theme = \"mino\"\n"
        "    |         ^~~~~~\n"
        "  hint: did you mean 'mini'?\n");
  CHECK(load(files, "zzzzzz").errors ==
        "site.toml:1:9: error: there is no theme called 'zzzzzz' [theme/missing]\n"
        "  1 | theme = \"zzzzzz\"\n"
        "    |         ^~~~~~~~\n"
        "  hint: one of: default, mini, minimal\n");
  for (const char* name : {"", ".", "..", "../s", "a/b", "/etc"}) {
    CAPTURE(name);
    CHECK_FALSE(load(files, name).theme);
  }
}

TEST_CASE("static files are the theme's own, and the embedded ones where the embedded head links to them") {
  const Loaded loaded = load({{"s/themes/t/static/img/a.png", "\x89PNG"},
                              {"s/themes/t/partials/head.mustache", ""},
                              {"s/static/site.png", ""}});
  REQUIRE(loaded.theme->static_files.size() == 1);
  CHECK(loaded.theme->static_files.at("img/a.png").disk_path == "s/themes/t/static/img/a.png");
  const Loaded only_styles = load({{"s/themes/t/styles/main.scss", ""}});
  CHECK(only_styles.theme->static_files.contains("favicon.svg"));
  const Loaded built_in = load(FileMap{}, "default");
  REQUIRE(built_in.theme->static_files.contains("favicon.svg"));
  CHECK(built_in.theme->static_files.at("favicon.svg").disk_path == "");
  CHECK(built_in.theme->static_files.at("favicon.svg").embedded.starts_with("<svg"));
}

TEST_CASE("names are listed without folder and ending, sorted") {
  const Loaded loaded = load({{"s/i18n/a-b.toml", ""}, {"s/i18n/a.toml", ""}, {"s/i18n/a/c.toml", ""}}, "default");
  REQUIRE(loaded.theme);
  const auto names = loaded.theme->names_in("i18n", ".toml");
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::count(names.begin(), names.end(), "a-b") == 1);
  CHECK(std::count(names.begin(), names.end(), "a/c") == 1);
  CHECK(std::count(names.begin(), names.end(), "de") == 1);
}

TEST_CASE("theme.toml declares parameters of sites, pages and components") {
  const Loaded loaded = load({{"s/themes/t/theme.toml",
                               "name = \"Tee\"\n"
                               "[params.accent]\ntype = \"text\"\ndefault = \"#c00\"\nabout = \"A colour.\"\n"
                               "[page_params.hero]\ntype = \"link\"\n"
                               "[components.note]\nabout = \"A box.\"\n"
                               "[components.note.params.body]\ntype = \"markdown\"\nrequired = true\n"
                               "[components.note.params.open]\ntype = \"flag\"\ndefault = false\n"},
                              {"s/themes/t/components/note.mustache", ""},
                              {"s/themes/t/components/plain.mustache", ""}});
  CHECK(loaded.errors == "");
  REQUIRE(loaded.theme->params.size() == 1);
  CHECK(loaded.theme->params[0].name == "accent");
  CHECK(*loaded.theme->params[0].fallback->text() == "#c00");
  CHECK(loaded.theme->params[0].about == "A colour.");
  REQUIRE(loaded.theme->page_params.size() == 1);
  CHECK(loaded.theme->page_params[0].type == "link");
  CHECK_FALSE(loaded.theme->page_params[0].fallback);
  const ComponentType* note = loaded.component("note");
  REQUIRE(note);
  CHECK(note->about == "A box.");
  REQUIRE(note->params.size() == 2);
  CHECK(note->params[0].required);
  CHECK(note->params[1].type == "flag");
  CHECK(loaded.component("plain")->params.empty());
  CHECK(loaded.component("figure")->params.size() >= 4);
  CHECK(loaded.component("toc"));
}

TEST_CASE("a site declares its own components in a theme.toml of its own, and may change the theme's") {
  const Loaded loaded = load({{"s/theme.toml",
                               "[components.note.params.text]\n[components.mine.params.n]\ntype = \"number\"\n"
                               "[params.x]\ntype = \"flag\"\n"},
                              {"s/components/mine.mustache", ""},
                              {"s/themes/t/theme.toml", "[components.note.params.body]\n[params.x]\n[params.y]\n"},
                              {"s/themes/t/components/note.mustache", ""}});
  CHECK(loaded.errors == "");
  CHECK(loaded.component("note")->params[0].name == "text");
  CHECK(loaded.component("mine")->params[0].type == "number");
  REQUIRE(loaded.theme->params.size() == 2);
  CHECK(loaded.theme->params[0].type == "flag");
  CHECK(loaded.theme->manifest->path == "themes/t/theme.toml");
}

TEST_CASE("every mistake in theme.toml is reported at its place") {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"[parms.x]\n",
       "themes/t/theme.toml:1:2: error: unknown key 'parms' [theme/unknown-key]\n"
       "  1 | [parms.x]\n"
       "    |  ^~~~~\n"
       "  hint: did you mean 'params'?\n"},
      {"[params.x]\ntyp = \"text\"\n",
       "themes/t/theme.toml:2:1: error: unknown key 'typ' in [params.x] [theme/unknown-key]\n"
       "  2 | typ = \"text\"\n"
       "    | ^~~\n"
       "  hint: did you mean 'type'?\n"},
      {"[params.x]\ntype = \"txt\"\n",
       "themes/t/theme.toml:2:8: error: there is no type 'txt' [theme/wrong-type]\n"
       "  2 | type = \"txt\"\n"
       "    |        ^~~~~\n"
       "  hint: did you mean 'text'?\n"},
      {"[params.x]\ntype = \"number\"\ndefault = \"three\"\n",
       "themes/t/theme.toml:3:11: error: 'default' in [params.x] must be a number, not text [theme/wrong-type]\n"
       "  3 | default = \"three\"\n"
       "    |           ^~~~~~~\n"
       "  hint: the type of 'x' is number\n"},
      {"[params]\nx = \"#c00\"\n",
       "themes/t/theme.toml:2:5: error: [params.x] must be a table, not text [theme/wrong-type]\n"
       "  2 | x = \"#c00\"\n"
       "    |     ^~~~~~\n"
       "  hint: write it as a section that begins with [params.x]\n"},
      {"[page_params.\"a b\"]\n",
       "themes/t/theme.toml:1:14: error: templates cannot use the name 'a b' [theme/bad-name]\n"
       "  1 | [page_params.\"a b\"]\n"
       "    |              ^~~\n"
       "  hint: use letters, digits, '-' and '_' only\n"},
      {"[components.c.params.x]\nrequired = true\ndefault = \"a\"\n",
       "themes/t/theme.toml:3:11: error: 'x' is required, so its default is never used [theme/wrong-type]\n"
       "  3 | default = \"a\"\n"
       "    |           ^~~\n"
       "  hint: remove 'required' or 'default'\n"},
  };
  for (const auto& [toml, expected] : rows) {
    CAPTURE(toml);
    CHECK(manifest_errors(toml) == expected);
  }
  CHECK(manifest_errors("[params.x\n").find("themes/t/theme.toml:1:10: error: ") == 0);
}

TEST_CASE("a file of the theme that cannot be read, or is not UTF-8, is an error") {
  MemoryFiles files({{"s/themes/t/layouts/page.mustache", ""}, {"s/themes/t/partials/x.mustache", "a\xFF"}});
  files.fail_on_read("s/themes/t/layouts/page.mustache", std::errc::permission_denied);
  files.add_entry("s/themes/t/layouts/out.mustache", FileKind::escape);
  files.add_entry("s/themes/t/static/gone.png", FileKind::broken);
  const Loaded loaded = load_from(files);
  CHECK_FALSE(loaded.theme);
  CHECK(loaded.errors ==
        "themes/t/layouts/out.mustache: error: this symbolic link leads out of themes/t/layouts/ [theme/unreadable]\n"
        "  hint: copy what it points to into themes/t/layouts/, or remove the link\n"
        "themes/t/layouts/page.mustache: error: this file cannot be read: Permission denied [theme/unreadable]\n"
        "  hint: make it readable for you\n"
        "themes/t/partials/x.mustache:1:2: error: the file is not UTF-8: byte 1 is 0xFF [theme/invalid-utf8]\n"
        "  1 | a<FF>\n"
        "    |  ^~~~\n"
        "  hint: save the file as UTF-8\n"
        "themes/t/static/gone.png: error: this symbolic link leads nowhere, or back to a folder above it "
        "[theme/unreadable]\n"
        "  hint: let it point to a file or folder in themes/t/static/, or remove it\n");
}

TEST_CASE("a layout with another ending is not silently left out") {
  const Loaded loaded = load({{"s/layouts/page.html", ""},
                              {"s/layouts/README.md", ""},
                              {"s/scripts/deploy.sh", ""},
                              {"s/themes/t/theme.toml", ""}});
  CHECK(loaded.theme);
  CHECK(loaded.errors ==
        "layouts/page.html: warning: this file is not used [theme/unused-file]\n"
        "  hint: rename it: what is used of layouts/ ends in .mustache\n");
}

TEST_CASE("styles and scripts in another language are not silently left out, unless something compiles them") {
  const Loaded loaded = load({{"s/styles/main.sass", ""},
                              {"s/styles/MAIN.SCSS", ""},
                              {"s/styles/print.less", ""},
                              {"s/styles/print.css", ""},
                              {"s/scripts/form.ts", ""},
                              {"s/scripts/menu.ts", ""},
                              {"s/scripts/menu.js", ""},
                              {"s/scripts/package.json", ""},
                              {"s/themes/t/theme.toml", ""}});
  CHECK(loaded.theme);
  CHECK(loaded.errors ==
        "scripts/form.ts: warning: this file is not used [theme/unused-file]\n"
        "  hint: let its compiler write JavaScript beside it: what is used of scripts/ ends in .js\n"
        "styles/MAIN.SCSS: warning: this file is not used [theme/unused-file]\n"
        "  hint: rename it: what is used of styles/ ends in .scss\n"
        "styles/main.sass: warning: this file is not used [theme/unused-file]\n"
        "  hint: write it with braces and semicolons, as SCSS: what is used of styles/ ends in .scss\n");
}

TEST_CASE("words are merged key by key: site over theme over binary, and English where there is none") {
  const FileMap files = {{"s/i18n/de.toml", "draft = \"Skizze\"\n"},
                         {"s/i18n/en.toml", "skip_link = \"Jump\"\nsite_only = \"Here\"\n"},
                         {"s/themes/t/i18n/de.toml", "draft = \"Rohfassung\"\nmine = \"Meins\"\n"},
                         {"s/themes/t/i18n/en.toml", "draft = \"Sketch\"\nmine = \"Mine\"\ntheme_only = \"There\"\n"},
                         {"s/themes/t/i18n/de-AT.toml", "mine = \"Mei\"\n"}};
  struct Row {
    const char* language;
    const char* key;
    const char* text;
  };
  const std::vector<Row> rows = {
      {"en", "draft", "Sketch"},     {"en", "skip_link", "Jump"},     {"de", "draft", "Skizze"},
      {"de", "mine", "Meins"},       {"de-AT", "mine", "Mei"},        {"de-AT", "draft", "Skizze"},
      {"DE-at", "mine", "Mei"},      {"de", "site_only", "Here"},     {"de", "theme_only", "There"},
      {"de", "updated", "Geändert"}, {"de-CH-1996", "mine", "Meins"}, {"en-GB", "draft", "Sketch"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.language);
    CAPTURE(row.key);
    CHECK(word(files, row.language, row.key) == row.text);
  }
}

TEST_CASE("a language without any words is told of, and English stands in") {
  std::string errors;
  const Words found = words({{"s/themes/t/theme.toml", ""}}, "fi", &errors);
  CHECK(found.at("menu_main") == "Main");
  CHECK(errors ==
        "i18n/fi.toml: warning: the theme has no words in the language 'fi', so it speaks English "
        "[theme/missing-translation]\n"
        "  hint: create this file, with the words of 'hardtop explain i18n' and the theme's i18n/en.toml\n");
}

TEST_CASE("a translation that is no text is an error at its place") {
  std::string errors;
  CHECK(words({{"s/i18n/en.toml", "menu_main = 3\n[dates]\nx = \"y\"\n"}, {"s/themes/t/theme.toml", ""}}, "en", &errors)
            .empty());
  CHECK(errors ==
        "i18n/en.toml:1:13: error: the translation of 'menu_main' must be text, not whole number "
        "[theme/bad-translation]\n"
        "  1 | menu_main = 3\n"
        "    |             ^\n"
        "  hint: write one text for each key, in quotes, without sections\n"
        "i18n/en.toml:2:1: error: the translation of 'dates' must be text, not table [theme/bad-translation]\n"
        "  2 | [dates]\n"
        "    | ^~~~~~~\n"
        "  hint: write one text for each key, in quotes, without sections\n");
}

namespace {

// The words of one built-in language alone, without those of English below them.
Words built_in_words(const std::string& language) {
  const Loaded loaded = load(FileMap{}, "default");
  Theme alone;
  alone.translations[language] = loaded.theme->translations.at(language);
  Diagnostics found;
  const auto words = load_translations(alone, language, found);
  CHECK(to_text(found) == "");
  return words ? *words : Words{};
}

std::set<std::string> gaps_in(const std::string& text) {
  const std::regex gap("\\{[a-z]+\\}");
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), gap), end; at != end; ++at) found.insert(at->str());
  return found;
}

const std::map<std::string, std::vector<std::string>> kPluralForms = {
    {"en", {"one", "other"}},
    {"de", {"one", "other"}},
    {"fr", {"one", "other"}},
    {"es", {"one", "other"}},
    {"it", {"one", "other"}},
    {"nl", {"one", "other"}},
    {"pl", {"one", "few", "many", "other"}},
    {"pt", {"one", "other"}},
    {"ja", {"other"}},
    {"ar", {"zero", "one", "two", "few", "many", "other"}},
};

}  // namespace

TEST_CASE("every built-in language has every key of English and no other, none empty, with the same {gaps}") {
  const Words english = built_in_words("en");
  const std::regex lifetime("consent_(seconds|minutes|hours|days|weeks|months|years)_([a-z]+)");
  const Loaded loaded = load(FileMap{}, "default");
  CHECK(loaded.theme->translations.size() == kPluralForms.size());

  for (const auto& [language, forms] : kPluralForms) {
    CAPTURE(language);
    const Words words = built_in_words(language);
    std::set<std::string> wanted;
    for (const auto& [key, text] : english)
      if (std::smatch match; !std::regex_match(key, match, lifetime)) wanted.insert(key);
    for (const char* unit : {"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
      for (const std::string& form : forms) wanted.insert("consent_" + std::string(unit) + "_" + form);
    for (const std::string& key : wanted) {
      CAPTURE(key);
      REQUIRE(words.contains(key));
      CHECK(words.at(key) != "");
      // "One day" and "two days" are words without a number in some languages.
      if (std::smatch match; std::regex_match(key, match, lifetime))
        CHECK((words.at(key).find("{n}") != std::string::npos || match[2] == "one" || match[2] == "two"));
      else
        CHECK(gaps_in(words.at(key)) == gaps_in(english.at(key)));
    }
    for (const auto& [key, text] : words) {
      CAPTURE(key);
      CHECK(wanted.contains(key));
    }
    // The banner says what the button at the foot of the page is called.
    CHECK(words.at("consent_change_later").find(words.at("consent_settings")) != std::string::npos);
  }
}

TEST_CASE("the default theme's style sheet compiles, to less than 11 KB") {
  const Loaded loaded = load(FileMap{}, "default");
  REQUIRE(loaded.theme);
  Diagnostics found;
  const auto sheet = compile_stylesheet(
      "main.scss", [&](std::string_view path) { return loaded.theme->find("styles/" + std::string(path)); }, {}, found);
  CHECK(to_text(found) == "");
  REQUIRE(sheet);
  CHECK(sheet->css.size() < 11'264);
  CHECK(sheet->css.find("@import") == std::string::npos);
  CHECK(sheet->css.find("url(") == std::string::npos);
}

TEST_CASE("the default theme writes nothing that a strict content security policy forbids") {
  const Loaded loaded = load(FileMap{}, "default");
  REQUIRE(loaded.theme);
  for (const auto& [path, file] : loaded.theme->files) {
    // The head script is inline, and the policy has its hash.
    if (!path.ends_with(".mustache") || path == "partials/consent-head.mustache") continue;
    CAPTURE(path);
    for (const char* inline_code : {"<script", "<style", " style=", " onclick=", "javascript:", "data:"})
      CHECK(file.source->text.find(inline_code) == std::string::npos);
  }
}

TEST_CASE("the places for consent are in every layout of the default theme: after the charset, after the skip link") {
  const Loaded loaded = load(FileMap{}, "default");
  REQUIRE(loaded.theme);
  const auto text = [&](const char* path) { return std::string_view(loaded.theme->find(path)->text); };
  CHECK(text("partials/head.mustache").starts_with("<meta charset=\"utf-8\">\n{{> consent-head}}\n"));
  CHECK(text("layouts/base.mustache").find("{{t.skip_link}}</a>\n{{> consent-banner}}\n") != std::string::npos);
  CHECK(text("partials/footer.mustache").find("{{> consent-settings}}") != std::string::npos);
  for (const std::string_view name : loaded.theme->names_in("layouts", ".mustache"))
    if (name != "base")
      CHECK(text(("layouts/" + std::string(name) + ".mustache").c_str()).starts_with("{{! parent: base }}\n"));
}
