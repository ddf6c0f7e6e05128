// Templates compiled against a schema: what names mean, and what is said of those that mean nothing.
#include <doctest/doctest.h>

#include "theme/template_support.h"

namespace hardtop {

namespace {

const Schema& test_schema() {
  static const Schema schema{.types = {{"root",
                                        {"",
                                         {{"site", "site", ""},
                                          {"page", "page", ""},
                                          {"content", "html", ""},
                                          {"main", "html", ""},
                                          {"pages", "[card]", ""},
                                          {"data", "data", ""},
                                          {"menu", "menus", ""},
                                          {"is_home", "flag", ""}}}},
                                       {"site", {"", {{"title", "text", ""}, {"root", "text", ""}}}},
                                       {"page",
                                        {"",
                                         {{"title", "text", ""},
                                          {"url", "text", ""},
                                          {"words", "text", ""},
                                          {"date", "date", ""},
                                          {"tags", "[text]", ""},
                                          {"draft", "flag", ""},
                                          {"summary", "html", ""}}}},
                                       {"card",
                                        {"",
                                         {{"title", "text", ""},
                                          {"url", "text", ""},
                                          {"date", "date", ""},
                                          {"lead", "html", ""},
                                          {"last", "text", ""},
                                          {"parts", "[card]", ""}}}},
                                       {"date", {"", {{"iso", "text", ""}, {"long", "text", ""}}}},
                                       {"menus", {"One list of links a menu.", {}}},
                                       {"data", {"", {{"team", "any", ""}}}}},
                             .root = "root"};
  return schema;
}

std::string print(const std::string& text, const Object& root) {
  return render({{"t", text}}, "t", &test_schema(), Value::object(root));
}
std::string errors_of(const std::string& text) { return errors_in({{"t", text}}, "t", &test_schema()); }

}  // namespace

TEST_CASE("a declared name that is absent is falsy and never found further out") {
  const Object card{{"url", Value::text("/a")}};
  const List cards{Value::object(card)};
  const Object page{{"title", Value::text("Page")}, {"words", Value::text("7")}};
  const Object root{{"page", Value::object(page)}, {"pages", Value::list(cards)}};
  CHECK(print("{{#page}}{{#pages}}[{{title}}{{^title}}none{{/title}} {{url}} {{words}}]{{/pages}}{{/page}}", root) ==
        "[none /a 7]");
  CHECK(print("{{#page}}{{date.iso}}{{#date}}x{{/date}}{{^date.iso}}no date{{/date.iso}}{{/page}}", root) == "no date");
}

TEST_CASE("dotted names find their first part in the nearest context that declares it") {
  const Object near{{"long", Value::text("near")}}, far{{"long", Value::text("far")}, {"iso", Value::text("i")}};
  const Object card{{"date", Value::object(near)}};
  const List cards{Value::object(card)};
  const Object page{{"date", Value::object(far)}};
  const Object root{{"page", Value::object(page)}, {"pages", Value::list(cards)}};
  CHECK(print("{{#page}}{{#pages}}{{date.long}}[{{date.iso}}]{{/pages}}{{date.long}}{{/page}}", root) == "near[]far");
}

TEST_CASE("lists offer first, last and index; a field of the item comes before them") {
  const Object a{{"title", Value::text("a")}, {"last", Value::text("own")}}, b{{"title", Value::text("b")}};
  const List inner{Value::object(b), Value::object(b)};
  const Object c{{"title", Value::text("c")}, {"parts", Value::list(inner)}};
  const List cards{Value::object(a), Value::object(c)};
  const List tags{Value::text("x"), Value::text("y<"), Value::text("z")};
  const Object page{{"tags", Value::list(tags)}};
  const Object root{{"page", Value::object(page)}, {"pages", Value::list(cards)}};
  CHECK(print("{{#page.tags}}{{#first}}({{/first}}{{index}}:{{.}}{{^last}}, {{/last}}{{#last}}){{/last}}{{/page.tags}}",
              root) == "(1:x, 2:y&lt;, 3:z)");
  CHECK(print("{{#pages}}{{title}}{{last}} {{#date}}{{index}}{{/date}}{{/pages}}", root) == "aown c ");
  CHECK(print("{{#pages}}{{index}}{{#parts}}.{{index}}{{#first}}f{{/first}}{{/parts}};{{/pages}}", root) ==
        "1;2.1f.2;");
}

TEST_CASE("sections over flags and text push no names; `.` is the text") {
  const Object page{{"title", Value::text("T")}, {"draft", Value::flag(true)}};
  const List tags{Value::text("x")};
  const Object root{{"page", Value::object(page)}};
  CHECK(print("{{#page}}{{#title}}{{.}}={{title}}{{/title}}{{#draft}}{{title}}{{/draft}}{{/page}}", root) == "T=TT");
  CHECK(print("{{#page.title}}{{#page.draft}}{{.}}{{/page.draft}}{{/page.title}}", root) == "T");
}

TEST_CASE("inside free data every name is allowed, and finds only that data and the root's objects and flags") {
  const Object member{{"name", Value::text("Ann")}, {"index", Value::text("own")}};
  const Object other{{"name", Value::text("Bob")}};
  const List members{Value::object(member), Value::object(other)};
  const Object team{{"members", Value::list(members)}, {"motto", Value::text("go")}};
  const Object data{{"team", Value::object(team)}};
  const Object site{{"title", Value::text("S")}, {"root", Value::text("/")}};
  const Object page{{"title", Value::text("P")}, {"url", Value::text("/p")}};
  const Object root{{"data", Value::object(data)},
                    {"site", Value::object(site)},
                    {"page", Value::object(page)},
                    {"is_home", Value::flag(true)},
                    {"content", Value::html("C")}};
  CHECK(print("{{data.team.motto}}{{data.team.members.x}}{{data.team.no.such}}", root) == "go");
  CHECK(print("{{#page}}{{#data.team}}{{#members}}{{index}}{{name}}{{motto}}[{{title}}{{url}}{{content}}]"
              "{{site.root}}{{#site}}{{title}}{{/site}}{{#is_home}}h{{/is_home}}{{^last}}, {{/last}}"
              "{{/members}}{{/data.team}}{{/page}}",
              root) == "ownAnngo[]/Sh, 2Bobgo[]/Sh");
}

TEST_CASE("one partial serves several types") {
  const Object card{{"title", Value::text("card")}};
  const List cards{Value::object(card)};
  const Object page{{"title", Value::text("page")}};
  const Object root{{"page", Value::object(page)}, {"pages", Value::list(cards)}};
  const TemplateFiles files{{"t", "{{#page}}{{> p}}{{/page}}{{#pages}}{{> p}}{{/pages}}"}, {"_p", "<{{title}}>"}};
  CHECK(render(files, "t", &test_schema(), Value::object(root)) == "<page><card>");
}

TEST_CASE("values of another kind than declared do no harm") {
  const List list{Value::text("a"), Value::text("b")};
  const Object object{{"iso", Value::text("i")}};
  const Object page{{"title", Value::list(list)},
                    {"date", Value::text("today")},
                    {"tags", Value::object(object)},
                    {"draft", Value::list(list)}};
  const Object root{{"page", Value::object(page)}, {"pages", Value::flag(true)}};
  CHECK(print("{{page.title}}{{#page.title}}{{.}}{{/page.title}}|{{page.date.iso}}{{#page.date}}{{iso}}{{/page.date}}|"
              "{{#page.tags}}{{.}}{{#first}}f{{/first}}{{index}}{{/page.tags}}|{{#page.draft}}d{{/page.draft}}|"
              "{{#pages}}{{title}}{{index}}{{/pages}}",
              root) == "ab|||d|");
}

TEST_CASE("a name that does not exist is an error that knows the nearest") {
  struct Row {
    const char* text;
    std::size_t column;
    const char* name;
    const char* message;
    const char* hint;
  };
  const Row table[] = {
      {"{{titel}}", 3, "titel", "there is no name 'titel' here", "did you mean 'site.title' or 'page.title'?"},
      {"{{#pages}}{{titel}}{{/pages}}", 13, "titel", "there is no name 'titel' here", "did you mean 'title'?"},
      {"{{url}}", 3, "url", "there is no name 'url' here", "'url' exists in page: write page.url"},
      {"{{title}}", 3, "title", "there is no name 'title' here",
       "'title' exists in site and page: write site.title or page.title"},
      {"{{date.iso}}", 3, "date", "there is no name 'date' here", "'date' exists in page: write page.date.iso"},
      {"{{lead}}", 3, "lead", "there is no name 'lead' here",
       "'lead' exists for the items of a list: write it inside {{#pages}}"},
      {"{{& page.titel }}", 10, "titel", "'page' has no 'titel'", "did you mean 'title'?"},
      {"{{#page.date.lnog}}{{/page.date.lnog}}", 14, "lnog", "'page.date' has no 'lnog'", "did you mean 'long'?"},
      {"{{^is_hme}}{{/is_hme}}", 4, "is_hme", "there is no name 'is_hme' here", "did you mean 'is_home'?"},
      {"{{qqqqqqqq}}", 3, "qqqqqqqq", "there is no name 'qqqqqqqq' here",
       "one of: site, page, content, main, pages, data, menu, is_home"},
      {"{{#pages}}{{idnex}}{{/pages}}", 13, "idnex", "there is no name 'idnex' here", "did you mean 'index'?"},
      {"{{index}}", 3, "index", "there is no name 'index' here",
       "one of: site, page, content, main, pages, data, menu, is_home"},
      {"{{page.title.x}}", 14, "x", "'page.title' is text and has no names inside", "write page.title"},
      {"{{pages.title}}", 9, "title", "'pages' is a list and has no names inside",
       "write {{#pages}}{{title}}{{/pages}} for every item"},
      {"{{menu.main}}", 8, "main", "'menu' has no 'main'", "it has no names here: One list of links a menu."},
      {"{{page.}}", 3, "page.", "'page.' has a dot too many", "dots stand between names: page.title"},
      {"{{#pagess}}{{foo}}{{> p}}{{.}}{{/pagess}}", 4, "pagess", "there is no name 'pagess' here",
       "did you mean 'pages'?"},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    const std::size_t length = std::string_view(row.name).size();
    CHECK(errors_in({{"t", row.text}, {"_p", "{{bar}}"}}, "t", &test_schema()) ==
          "t.mustache:1:" + std::to_string(row.column) + ": error: " + row.message +
              " [template/unknown-name]\n  1 | " + row.text + "\n    | " + std::string(row.column - 1, ' ') + "^" +
              std::string(length - 1, '~') + "\n  hint: " + row.hint + "\n");
  }
}

TEST_CASE("a name that a component's template misses may be a parameter, to be declared") {
  Schema schema = test_schema();
  schema.types["component note"] = schema.types["root"];
  schema.types["component note"].fields.push_back({"text", "html", "Its text."});
  schema.root = "component note";
  const auto errors_of_note = [&](const std::string& text) { return errors_in({{"note", text}}, "note", &schema); };
  CHECK(errors_of_note("{{qqqqqqqq}}") ==
        "note.mustache:1:3: error: there is no name 'qqqqqqqq' here [template/unknown-name]\n"
        "  1 | {{qqqqqqqq}}\n"
        "    |   ^~~~~~~~\n"
        "  hint: if it is a parameter, declare it in theme.toml: [components.note.params.qqqqqqqq]\n");
  CHECK(
      errors_of_note("{{title}}") ==
      "note.mustache:1:3: error: there is no name 'title' here [template/unknown-name]\n"
      "  1 | {{title}}\n"
      "    |   ^~~~~\n"
      "  hint: 'title' exists in site and page: write site.title or page.title; a parameter is declared in theme.toml: "
      "[components.note.params.title]\n");
  CHECK(errors_of_note("{{lead}}") ==
        "note.mustache:1:3: error: there is no name 'lead' here [template/unknown-name]\n"
        "  1 | {{lead}}\n"
        "    |   ^~~~\n"
        "  hint: 'lead' exists for the items of a list: write it inside {{#pages}}; a parameter is declared in "
        "theme.toml: "
        "[components.note.params.lead]\n");
  CHECK(errors_of_note("{{txet}}") ==
        "note.mustache:1:3: error: there is no name 'txet' here [template/unknown-name]\n"
        "  1 | {{txet}}\n"
        "    |   ^~~~\n"
        "  hint: did you mean 'text'?\n");
  CHECK(errors_of_note("{{qqqqqqqq.x}}") ==
        "note.mustache:1:3: error: there is no name 'qqqqqqqq' here [template/unknown-name]\n"
        "  1 | {{qqqqqqqq.x}}\n"
        "    |   ^~~~~~~~\n"
        "  hint: one of: site, page, content, main, pages, data, menu, is_home, text\n");
}

TEST_CASE("only text, markup and free data can be printed") {
  CHECK(errors_of("{{pages}}") ==
        "t.mustache:1:3: error: 'pages' is a list and cannot be printed [template/not-text]\n"
        "  1 | {{pages}}\n"
        "    |   ^~~~~\n"
        "  hint: write {{#pages}}…{{/pages}} around what each item shows\n");
  CHECK(errors_of("{{{page}}}") ==
        "t.mustache:1:4: error: 'page' is an object and cannot be printed [template/not-text]\n"
        "  1 | {{{page}}}\n"
        "    |    ^~~~\n"
        "  hint: print one of its values: page.title, page.url, page.words, page.summary\n");
  CHECK(errors_of("{{page.draft}}") ==
        "t.mustache:1:3: error: 'page.draft' is a flag and cannot be printed [template/not-text]\n"
        "  1 | {{page.draft}}\n"
        "    |   ^~~~~~~~~~\n"
        "  hint: use it as a condition: {{#page.draft}}…{{/page.draft}}\n");
  CHECK(errors_of("{{#pages}}{{.}}{{/pages}}") ==
        "t.mustache:1:13: error: '.' is an object and cannot be printed [template/not-text]\n"
        "  1 | {{#pages}}{{.}}{{/pages}}\n"
        "    |             ^\n"
        "  hint: print one of its values: title, url, lead, last\n");
  CHECK(errors_of("{{data.team}}{{data.team.x}}{{page.summary}}") == "");
}

TEST_CASE("the number of an item is no condition") {
  CHECK(errors_of("{{#pages}}{{^index}}{{/index}}{{/pages}}") ==
        "t.mustache:1:14: error: 'index' is a number, which is never empty, and cannot be a section "
        "[template/not-a-section]\n"
        "  1 | {{#pages}}{{^index}}{{/index}}{{/pages}}\n"
        "    |              ^~~~~\n"
        "  hint: use first or last, or print it with {{index}}\n");
}

TEST_CASE("an error in a partial shows the way to it, once") {
  const TemplateFiles files{{"t", "{{> a}}\n{{> a}}"}, {"_a", "x\n {{> b}}"}, {"_b", "{{#page}}{{titel}}{{/page}}"}};
  CHECK(errors_in(files, "t", &test_schema()) ==
        "_b.mustache:1:12: error: there is no name 'titel' here [template/unknown-name]\n"
        "  1 | {{#page}}{{titel}}{{/page}}\n"
        "    |            ^~~~~\n"
        "  hint: did you mean 'title'?\n"
        "_a.mustache:2:2: note: included from here\n"
        "  2 |  {{> b}}\n"
        "    |  ^~~~~~~\n"
        "t.mustache:1:1: note: included from here\n"
        "  1 | {{> a}}\n"
        "    | ^~~~~~~\n");
}

TEST_CASE("an error in a parent layout shows who named it, and one in a child where it is placed") {
  const TemplateFiles files{{"t", "{{! parent: base }}\n{{nme}}{{titel}}"},
                            {"base", "{{#page}}{{{main}}}{{/page}}{{sit}}"}};
  CHECK(errors_in(files, "t", &test_schema()) ==
        "base.mustache:1:31: error: there is no name 'sit' here [template/unknown-name]\n"
        "  1 | {{#page}}{{{main}}}{{/page}}{{sit}}\n"
        "    |                               ^~~\n"
        "  hint: did you mean 'site'?\n"
        "t.mustache:1:13: note: named as parent here\n"
        "  1 | {{! parent: base }}\n"
        "    |             ^~~~\n"
        "t.mustache:2:3: error: there is no name 'nme' here [template/unknown-name]\n"
        "  2 | {{nme}}{{titel}}\n"
        "    |   ^~~\n"
        "  hint: one of: title, url, words, date, tags, draft, summary, site, page, content, main, pages, …\n"
        "base.mustache:1:10: note: placed in the parent layout here\n"
        "  1 | {{#page}}{{{main}}}{{/page}}{{sit}}\n"
        "    |          ^~~~~~~~~~\n"
        "t.mustache:2:10: error: there is no name 'titel' here [template/unknown-name]\n"
        "  2 | {{nme}}{{titel}}\n"
        "    |          ^~~~~\n"
        "  hint: did you mean 'title'?\n"
        "base.mustache:1:10: note: placed in the parent layout here\n"
        "  1 | {{#page}}{{{main}}}{{/page}}{{sit}}\n"
        "    |          ^~~~~~~~~~\n");
}

TEST_CASE("a mistake in a file that several templates share is said once, and fails each of them") {
  const TemplateFiles files{
      {"home", "{{! parent: base }}"}, {"page", "{{! parent: base }}"}, {"base", "{{sit}}{{{main}}}"}};
  Diagnostics diagnostics;
  for (const char* name : {"home", "page", "base"}) CHECK_FALSE(compile(files, name, &test_schema(), diagnostics));
  CHECK(to_text(diagnostics) ==
        "base.mustache:1:3: error: there is no name 'sit' here [template/unknown-name]\n"
        "  1 | {{sit}}{{{main}}}\n"
        "    |   ^~~\n"
        "  hint: did you mean 'site'?\n"
        "home.mustache:1:13: note: named as parent here\n"
        "  1 | {{! parent: base }}\n"
        "    |             ^~~~\n");
}

TEST_CASE("missing partials and parents are errors with a suggestion") {
  CHECK(errors_in({{"t", "a\n  {{> haeder}}"}, {"_header", ""}}, "t", &test_schema()) ==
        "t.mustache:2:7: error: there is no partial 'haeder' [template/missing-partial]\n"
        "  2 |   {{> haeder}}\n"
        "    |       ^~~~~~\n"
        "  hint: did you mean 'header'?\n");
  CHECK(errors_in({{"t", "{{! parent: bsae }}"}, {"base", "{{{main}}}"}}, "t", &test_schema()) ==
        "t.mustache:1:13: error: there is no layout 'bsae' [template/missing-parent]\n"
        "  1 | {{! parent: bsae }}\n"
        "    |             ^~~~\n"
        "  hint: did you mean 'base'?\n");
}

TEST_CASE("partials and layouts that include themselves are errors with the whole round") {
  CHECK(errors_in({{"t", "{{> a}}"}, {"_a", "x{{> b}}"}, {"_b", "{{> a}}"}}, "t", &test_schema()) ==
        "_b.mustache:1:1: error: the partial 'a' includes itself: a -> b -> a [template/partial-cycle]\n"
        "  1 | {{> a}}\n"
        "    | ^~~~~~~\n"
        "  hint: remove one of these includes; nested data is shown by one partial a level\n"
        "_a.mustache:1:2: note: included from here\n"
        "  1 | x{{> b}}\n"
        "    |  ^~~~~~~\n"
        "t.mustache:1:1: note: included from here\n"
        "  1 | {{> a}}\n"
        "    | ^~~~~~~\n");
  CHECK(errors_in({{"t", "{{! parent: a }}"}, {"a", "{{! parent: b }}{{{main}}}"}, {"b", "{{! parent: a }}{{{main}}}"}},
                  "t", &test_schema()) ==
        "b.mustache:1:13: error: the layout 'a' is its own parent: a -> b -> a [template/parent-cycle]\n"
        "  1 | {{! parent: a }}{{{main}}}\n"
        "    |             ^\n"
        "  hint: remove the line {{! parent: a }} or name another layout\n"
        "a.mustache:1:13: note: named as parent here\n"
        "  1 | {{! parent: b }}{{{main}}}\n"
        "    |             ^\n"
        "t.mustache:1:13: note: named as parent here\n"
        "  1 | {{! parent: a }}\n"
        "    |             ^\n");
}

TEST_CASE("a parent that has no place for its child is an error") {
  CHECK(errors_in({{"t", "{{! parent: base }}\nlost"}, {"base", "hi"}}, "t", &test_schema()) ==
        "t.mustache:1:13: error: the layout 'base' has no {{{main}}}, so this one would not be shown "
        "[template/no-place-for-child]\n"
        "  1 | {{! parent: base }}\n"
        "    |             ^~~~\n"
        "  hint: add {{{main}}} to base.mustache\n");
}

TEST_CASE("depth and size are limited over everything that is spliced in") {
  TemplateFiles chain{{"t", "{{> p0}}"}}, doubling = chain;
  for (int i = 0; i < 1'000; ++i) {
    const std::string next = "{{> p" + std::to_string(i + 1) + "}}";
    chain["_p" + std::to_string(i)] = next;
    doubling["_p" + std::to_string(i)] = i < 60 ? next + next + "{{page.title}}" : "";
  }
  CHECK(
      errors_in(chain, "t", &test_schema())
          .starts_with(
              "_p198.mustache:1:1: error: sections and partials are nested more than 200 deep [template/too-deep]\n"));
  CHECK(errors_in(doubling, "t", &test_schema())
            .find("error: with everything that it includes, this template is too large [template/too-large]\n") !=
        std::string::npos);
}

TEST_CASE("a schema that is wrong compiles nothing") {
  Schema schema = test_schema();
  schema.types["page"].fields.push_back({"author", "person", ""});
  CHECK(
      errors_in({{"t", "x"}}, "t", &schema) ==
      "error: the schema of the templates is wrong: the field 'author' of 'page' has the type 'person', which does not "
      "exist [template/schema]\n");
}

}  // namespace hardtop
