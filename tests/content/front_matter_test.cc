#include "content/front_matter.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

namespace hardtop {

namespace {

const std::vector<std::string> kTaxonomies = {"tags", "authors"};

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_front_matter(make_source("a.md", text), kTaxonomies, diagnostics));
  return to_text(diagnostics);
}

FrontMatter parse(const std::string& text) {
  Diagnostics diagnostics;
  auto front = parse_front_matter(make_source("a.md", text), kTaxonomies, diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(front);
  return std::move(*front);
}

const char* const kToml =
    "+++\n"
    "title = \"About us\"\n"
    "description = \"Who we are\"\n"
    "date = 2026-11-23\n"
    "updated = 2026-11-24T10:00:00Z\n"
    "expires = \"2027-01-01\"\n"
    "draft = true\n"
    "slug = \"about\"\n"
    "url = \"/about.html\"\n"
    "aliases = [\"/old/\", \"/older/\"]\n"
    "weight = 3\n"
    "layout = \"wide\"\n"
    "tags = [\"b\", \"a\", \"b\"]\n"
    "[params]\n"
    "color = \"red\"\n"
    "+++\n"
    "Text\n";

}  // namespace

TEST_CASE("front matter gives a page's facts and where its Markdown begins") {
  const std::string text = kToml;
  const FrontMatter front = parse(text);
  CHECK(front.title == "About us");
  CHECK(front.description == "Who we are");
  REQUIRE(front.date);
  CHECK(iso_date(*front.date) == "2026-11-23");
  CHECK(iso_date(*front.updated) == "2026-11-24T10:00:00Z");
  CHECK(iso_date(*front.expires) == "2027-01-01");
  CHECK(front.draft);
  CHECK(front.slug == "about");
  CHECK(front.url == "/about.html");
  CHECK(text.substr(front.url_offset).starts_with("\"/about.html\""));
  REQUIRE(front.aliases.size() == 2);
  CHECK(front.aliases[1].url == "/older/");
  CHECK(text.substr(front.aliases[1].offset).starts_with("\"/older/\""));
  CHECK(front.weight == 3);
  CHECK(front.layout == "wide");
  CHECK(text.substr(front.layout_offset).starts_with("\"wide\""));
  CHECK(front.taxonomies == std::map<std::string, std::vector<std::string>>{{"tags", {"b", "a"}}});
  REQUIRE(front.params.size() == 1);
  CHECK(front.params[0].key == "color");
  CHECK(text.substr(front.body_offset) == "Text\n");
}

TEST_CASE("the head may be absent, empty, or written on another system") {
  const struct {
    const char* text;
    const char* title;
    const char* body;
  } cases[] = {
      {"", "", ""},
      {"Text\n", "", "Text\n"},
      {"++++\ntitle = 1\n++++\n", "", "++++\ntitle = 1\n++++\n"},
      {"+++ x\nText", "", "+++ x\nText"},
      {"    ---\n    a\n", "", "    ---\n    a\n"},
      {"+++\n+++\nText", "", "Text"},
      {"+++\n+++", "", ""},
      {"+++\r\ntitle = 'a'\r\n+++\r\nText\r\n", "a", "Text\r\n"},
      {"\xEF\xBB\xBF+++\ntitle = 'a'\n+++\nText", "a", "Text"},
      {"\n\n+++  \ntitle = 'a'\n+++\t\nText", "a", "Text"},
      {"+++\ntitle = 'a'\n+++\nText\n+++\nmore", "a", "Text\n+++\nmore"},
      {"---\n---\nText", "", "Text"},
      {"---\ntitle: a\n---\n---\nText", "a", "---\nText"},
  };
  for (const auto& [text, title, body] : cases) {
    CAPTURE(text);
    const SourcePtr source = make_source("a.md", text);
    const FrontMatter front = parse(text);
    CHECK(front.title == title);
    CHECK(source->text.substr(front.body_offset) == body);
  }
}

TEST_CASE("YAML means what TOML means") {
  const std::string text =
      "---\n"
      "title: About us\n"
      "date: 2026-11-23\n"
      "draft: true\n"
      "weight: 3\n"
      "tags: [b, a]\n"
      "authors: one\n"
      "aliases:\n"
      "  - /old/\n"
      "params:\n"
      "  color: red\n"
      "---\n"
      "Text\n";
  const FrontMatter front = parse(text);
  CHECK(front.title == "About us");
  REQUIRE(front.date);
  CHECK(iso_date(*front.date) == "2026-11-23");
  CHECK(front.draft);
  CHECK(front.weight == 3);
  CHECK(front.taxonomies ==
        std::map<std::string, std::vector<std::string>>{{"authors", {"one"}}, {"tags", {"b", "a"}}});
  REQUIRE(front.aliases.size() == 1);
  CHECK(text.substr(front.aliases[0].offset).starts_with("/old/"));
  REQUIRE(front.params.size() == 1);
  CHECK(text.substr(front.body_offset) == "Text\n");
}

TEST_CASE("what was meant as a head, and would be published as text, is an error") {
  const std::string told =
      "error: this looks like front matter, and would be published as text [front-matter/bad-fence]\n";
  CHECK(errors_of("\n ---\n title: About\n draft: true\n ---\nText\n") ==
        "a.md:2:2: " + told +
            "  2 |  ---\n"
            "    |  ^~~\n"
            "  hint: begin and end it with lines of just +++ (TOML) or --- (YAML), from the first column on; lines end "
            "with "
            "LF or CRLF\n");
  CHECK(errors_of("+++\rtitle = 'a'\rdraft = true\r+++\rText\r").starts_with("a.md:1:1: " + told));
  CHECK(errors_of("\xEF\xBB\xBF\xEF\xBB\xBF---\n\ntitle: a\n---\n").find(told) != std::string::npos);
  for (const char* text :
       {"    ---\n    title: a\n    ---\n", "\t+++\n\ta = 1\n\t+++\n", " ---\n\nText: more\n",
        " ---\nText of one line.\n---\n", "Text\n\n---\na: b\n---\n", "----\na: b\n----\n", "- a\n- b\n"})
    CHECK(parse(text).title.empty());
}

TEST_CASE("a head without an end is an error at its first line") {
  CHECK(errors_of("+++\ntitle = 'a'\n\nText\n") ==
        "a.md:1:1: error: front matter begins here and has no end [front-matter/unterminated]\n"
        "  1 | +++\n"
        "    | ^~~\n"
        "  hint: close it with a line +++\n");
  CHECK(errors_of("---\nText\n+++\n") ==
        "a.md:1:1: error: front matter begins here and has no end [front-matter/unterminated]\n"
        "  1 | ---\n"
        "    | ^~~\n"
        "  hint: close it with a line ---, or write *** where you want a rule across the page\n");
  CHECK(errors_of("+++").starts_with("a.md:1:1: error: front matter begins here and has no end"));
}

TEST_CASE("an unknown key comes with the name that was meant, or with the place for free data") {
  const struct {
    const char* text;
    const char* hint;
  } cases[] = {
      {"+++\ntitel = 'a'\n+++\n", "did you mean 'title'? free data goes in [params]"},
      {"+++\nhero_image_caption = 'a'\n+++\n", "free data goes in [params]"},
      {"---\nhero_image_caption: a\n---\n", "free data goes under params:"},
      {"+++\nlastmod = 2026-01-01\n+++\n", "hardtop's name for it is 'updated'"},
      {"+++\nexpiryDate = 2026-01-01\n+++\n", "hardtop's name for it is 'expires'"},
      {"+++\ncategories = ['a']\n+++\n", "declare it in site.toml, under [taxonomies]: categories = {}"},
  };
  for (const auto& [text, hint] : cases) {
    CAPTURE(text);
    const std::string found = errors_of(text);
    CAPTURE(found);
    CHECK(found.starts_with("a.md:2:1: error: unknown key '"));
    CHECK(found.ends_with("\n  hint: " + std::string(hint) + "\n"));
  }
  CHECK(errors_of("+++\ntitel = 'a'\n+++\n") ==
        "a.md:2:1: error: unknown key 'titel' [front-matter/unknown-key]\n"
        "  2 | titel = 'a'\n"
        "    | ^~~~~\n"
        "  hint: did you mean 'title'? free data goes in [params]\n");
}

TEST_CASE("what would do something above [params] is told of in it") {
  const auto told = [](const std::string& text) {
    Diagnostics diagnostics;
    CHECK(parse_front_matter(make_source("a.md", text), {"tags"}, diagnostics));
    return to_text(diagnostics);
  };
  CHECK(told("+++\ntitle = \"A\"\n[params]\ncolor = \"red\"\ndraft = true\n+++\n") ==
        "a.md:5:1: warning: 'draft' is free data here, for templates alone [front-matter/key-in-params]\n"
        "  5 | draft = true\n"
        "    | ^~~~~\n"
        "  hint: write it above [params] for hardtop to heed it\n");
  CHECK(told("---\nparams:\n  tags: [a]\n---\n") ==
        "a.md:3:3: warning: 'tags' is free data here, for templates alone [front-matter/key-in-params]\n"
        "  3 |   tags: [a]\n"
        "    |   ^~~~\n"
        "  hint: write it outside of params: for hardtop to heed it\n");
  CHECK(told("+++\n[params]\ndate = 2026-11-30\nlayout = \"wide\"\ncategories = \"a\"\n+++\n").empty());
}

TEST_CASE("wrong types, dates that are none and broken TOML are reported where they stand, all at once") {
  CHECK(errors_of(
            "+++\ntitle = 1\ndraft = 'yes'\ndate = '23.11.2026'\ntags = ['a', 2]\nweight = 'x'\nparams = 1\n+++\n") ==
        "a.md:2:9: error: 'title' must be text, not whole number [front-matter/wrong-type]\n"
        "  2 | title = 1\n"
        "    |         ^\n"
        "  hint: put it in quotes\n"
        "a.md:3:9: error: 'draft' must be true or false, not text [front-matter/wrong-type]\n"
        "  3 | draft = 'yes'\n"
        "    |         ^~~~~\n"
        "  hint: write true or false, without quotes\n"
        "a.md:4:8: error: '23.11.2026' is not a date [front-matter/bad-date]\n"
        "  4 | date = '23.11.2026'\n"
        "    |        ^~~~~~~~~~~~\n"
        "  hint: write it as 2026-11-23 or 2026-11-23T10:00:00Z\n"
        "a.md:5:14: error: 'tags' must be a list of text, not whole number [front-matter/wrong-type]\n"
        "  5 | tags = ['a', 2]\n"
        "    |              ^\n"
        "  hint: write it as [\"one\", \"two\"]\n"
        "a.md:6:10: error: 'weight' must be a whole number, not text [front-matter/wrong-type]\n"
        "  6 | weight = 'x'\n"
        "    |          ^~~\n"
        "  hint: write digits only, without quotes\n"
        "a.md:7:10: error: 'params' must be a table, not whole number [front-matter/wrong-type]\n"
        "  7 | params = 1\n"
        "    |          ^\n"
        "  hint: write it as a section that begins with [params]\n");
  CHECK(errors_of("+++\ndate = 3\n+++\n").starts_with("a.md:2:8: error: 'date' must be a date, not whole number"));
  CHECK(errors_of("---\ntitle: A\ndate:\nslug: ~\nweight: 1\nalso:\n---\n") ==
        "a.md:6:1: error: unknown key 'also' [front-matter/unknown-key]\n"
        "  6 | also:\n"
        "    | ^~~~\n"
        "  hint: free data goes under params:\n");
  Diagnostics none;
  CHECK(parse_front_matter(make_source("a.md", "---\ntitle:\ndate:\naliases:\nparams:\n---\n"), kTaxonomies, none));
  CHECK(none.sorted().empty());
  CHECK(errors_of("+++\ntags = ['a', ' ']\n+++\n") ==
        "a.md:2:14: error: 'tags' has a term without a name [front-matter/empty-term]\n"
        "  2 | tags = ['a', ' ']\n"
        "    |              ^~~\n"
        "  hint: take it out of the list\n");
  const std::string toml = errors_of("+++\ntitle = 'a'\nslug = \n+++\n");
  CAPTURE(toml);
  CHECK(toml.starts_with("a.md:3:"));
  CHECK(toml.find("[front-matter/toml-syntax]\n") != std::string::npos);
  const std::string yaml = errors_of("---\ntitle: [a\n---\n");
  CAPTURE(yaml);
  CHECK(yaml.find("[front-matter/yaml-syntax]\n") != std::string::npos);
}

}  // namespace hardtop
