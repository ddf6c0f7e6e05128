// The references that `hardtop explain` prints: files that load, with every key that their readers know. Together they are a site.
#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/diagnostic_format.h"
#include "commands/fake_surroundings.h"
#include "config/consent_config.h"
#include "config/site_config.h"
#include "theme/theme_manifest.h"

using namespace hardtop;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(std::string(HARDTOP_SOURCE_DIR) + "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string reference(const std::string& name) {
  FakeProcess process;
  REQUIRE(process.run({"explain", name}) == 0);
  return process.out.str();
}

// What the first group of the expression matches in the files.
std::set<std::string> found_in(const std::vector<std::string>& paths, const std::string& expression) {
  const std::regex pattern(expression);
  std::set<std::string> found;
  for (const std::string& path : paths) {
    const std::string code = text_of(path);
    for (std::sregex_iterator at(code.begin(), code.end(), pattern), end; at != end; ++at) found.insert((*at)[1]);
  }
  return found;
}

// The words of every list in the file that has this name: "kTypes = {"text", "html"}".
std::set<std::string> words_of_list(const std::string& path, const std::string& name) {
  std::set<std::string> words;
  for (const std::string& list : found_in({path}, name + R"rx( (?:=|:) (\{[^}]*\}))rx")) {
    const std::regex word(R"rx("([a-z]+)")rx");
    for (std::sregex_iterator at(list.begin(), list.end(), word), end; at != end; ++at) words.insert((*at)[1]);
  }
  return words;
}

// "key = ", "[key]", "[deploy.key", "[[menu.key]]": the text declares it.
void check_keys(const std::string& text, const std::set<std::string>& keys, std::size_t at_least) {
  for (const std::string& key : keys) {
    CAPTURE(key);
    CHECK(std::regex_search(text, std::regex("(^|\n|[{. ])" + key + " = |\n\\[\\[?(\\w+\\.)*" + key + "[.\\]]")));
  }
  CHECK(keys.size() >= at_least);
}

SiteConfig site_config(const std::string& text) {
  Diagnostics found;
  std::optional<SiteConfig> config = load_site_config(MemoryFiles{{"site.toml", text}}, "", "", found);
  CHECK(to_text(found) == "");
  REQUIRE(config);
  return *config;
}

}  // namespace

TEST_CASE("the reference of consent.toml is a file that loads") {
  const MemoryFiles files{{"consent.toml", reference("consent.toml")}};
  Diagnostics found;
  CHECK(load_consent_config(files, "", "www.site.example", found));
  CHECK(to_text(found) == "");
}

TEST_CASE("the reference of consent.toml has every key that is read") {
  // "read_list(file_, table, "hosts"", "table.any("csp")".
  const char* const reads = R"rx((?:read_\w+\(file_?, (?:table|top), |\.(?:any|date|flag|whole|text)\()"([a-z_]+)")rx";
  check_keys(reference("consent.toml"),
             found_in({"generator/config/consent_config.cc", "generator/config/consent_services.cc"}, reads), 25);
}

TEST_CASE("the reference of site.toml has every key that is read") {
  // "top.text("author")", "read_number(feeds, "limit"".
  const char* const reads = R"rx((?:\.(?:any|flag|whole|texts?|table)\(|read_\w+\(\w+, )"([a-z_]+)")rx";
  check_keys(reference("site.toml"), found_in({"generator/config/site_config.cc"}, reads), 35);
}

TEST_CASE("the reference of site.toml names every word that a key takes") {
  const std::string text = reference("site.toml");
  // "{"file", UrlStyle::file}".
  std::set<std::string> words =
      found_in({"generator/config/site_config.cc"}, R"rx(\{"([a-z]+)", (?:\w+::|true|false))rx");
  words.merge(words_of_list("generator/config/site_config.cc", "kNames"));
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(text.find('"' + word + '"') != std::string::npos);
  }
  CHECK(words.size() >= 15);
}

TEST_CASE("the reference of site.toml shows the values that count without it") {
  const SiteConfig shown = site_config(reference("site.toml"));
  const SiteConfig bare = site_config(
      "title = \"T\"\nbase_url = \"https://t.example/\"\n[taxonomies]\ntags = {}\n[feeds]\n[deploy.d]\nremote = "
      "\"r:\"\n");
  CHECK(shown.urls == bare.urls);
  CHECK(shown.language == bare.language);
  CHECK(shown.theme == bare.theme);
  REQUIRE(shown.taxonomies.size() == 2);
  CHECK(shown.taxonomies[1].per_page == bare.taxonomies[0].per_page);
  CHECK(shown.feed->limit == bare.feed->limit);
  CHECK(shown.feed->full_content == bare.feed->full_content);
  CHECK(shown.smart_punctuation == bare.smart_punctuation);
  CHECK(shown.footnotes == bare.footnotes);
  CHECK(shown.heading_anchors == bare.heading_anchors);
  CHECK(shown.links == bare.links);
  CHECK(shown.per_page == bare.per_page);
  CHECK(shown.integrity == bare.integrity);
  CHECK(shown.image_sizes == bare.image_sizes);
  CHECK(shown.early_hints == bare.early_hints);
  CHECK(shown.deploys[0].keep_days == bare.deploys[0].keep_days);
  CHECK(shown.deploys[0].compressed == bare.deploys[0].compressed);
}

TEST_CASE("the reference of front matter has every key that is read") {
  const char* const reads =
      R"rx((?:checked\("\w+", reader_\.\w+\(|front\.\w+ = (?:text|date)\(|checked\()"([a-z]+)")rx";
  check_keys(reference("front-matter"), found_in({"generator/content/front_matter.cc"}, reads), 12);
}

TEST_CASE("the reference of theme.toml is a file that loads, with every key, type and colour") {
  const std::string text = reference("theme.toml");
  Diagnostics found;
  const auto manifest = parse_theme_manifest(make_source("theme.toml", text), found);
  CHECK(to_text(found) == "");
  REQUIRE(manifest);

  const std::string code = "generator/theme/theme_manifest.cc";
  std::set<std::string> keys = found_in({code}, R"rx((?:\.(?:any|flag|text|table)\(|read_\w+\(\w+, )"([a-z_]+)")rx");
  keys.merge(words_of_list(code, "about_the_theme"));
  check_keys(text, keys, 13);

  std::set<std::string> types;
  for (const ComponentType& component : manifest->components)
    for (const ParamType& param : component.params) types.insert(param.type);
  for (const auto* params : {&manifest->params, &manifest->page_params})
    for (const ParamType& param : *params) types.insert(param.type);
  for (const std::string& type : words_of_list(code, "kTypes")) {
    CAPTURE(type);
    CHECK(types.contains(type));
  }
  CHECK(types.size() == words_of_list(code, "kTypes").size());
  CHECK(manifest->consent_light.size() == consent_color_names().size());
  CHECK(manifest->consent_dark.size() == consent_color_names().size());
}

TEST_CASE("the reference of words is a translation that lacks nothing") {
  FakeProcess process({
      {"site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"fi\"\n"},
      {"consent.toml", reference("consent.toml")},
      {"i18n/fi.toml", reference("i18n")},
      {"content/_index.md", "# Home\n"},
      {"content/privacy.md", "# Privacy\n"},
      {"content/dealers/wales.md", "# Wales\n"},
  });
  REQUIRE(process.run({"lock"}) == 0);
  CHECK(process.run({"build", "--jobs", "1"}) == 0);
  CHECK(process.err.str() == "");
}

TEST_CASE("the references together are a site without an error or a warning") {
  FakeProcess process({
      {"site.toml", reference("site.toml")},
      {"consent.toml", reference("consent.toml")},
      {"theme.toml", reference("theme.toml")},
      {"components/note.mustache",
       "<div{{#open}} class=\"open\"{{/open}}>{{{text}}}{{{badge}}}{{columns}}{{#since}}{{.}}{{/since}}"
       "{{#rows}}<p>{{label}}{{/rows}}</div>\n"},
      {"content/_index.md", "# Home\n"},
      {"content/about.md", "# About\n\n## Who we are\n\n```{note}\ntext = \"A *note*\"\n```\n"},
      {"content/drive.md", reference("front-matter")},
      {"content/garage.md", "# Garage\n\n## Doors\n"},
      {"content/privacy.md", "# Privacy\n"},
      {"content/dealers/wales.md", "# Wales\n"},
      {"content/reports/may.md", "# May\n"},
      {"static/sea.svg", R"(<svg xmlns="http://www.w3.org/2000/svg"></svg>)"},
      {"static/map.svg", R"(<svg xmlns="http://www.w3.org/2000/svg"></svg>)"},
      {"static/tides.pdf", "%PDF"},
      {"static/drafts/plan.txt", "A plan\n"},
  });
  REQUIRE(process.run({"lock"}) == 0);
  CHECK(process.run({"build", "--jobs", "1"}) == 0);
  CHECK(process.err.str() == "");
  CHECK(process.files.is_file("public/drives/sea/index.html"));
}
