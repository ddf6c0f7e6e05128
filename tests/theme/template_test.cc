// What templates print, and where their output comes from.
#include "theme/template.h"

#include <doctest/doctest.h>

#include <thread>

#include "theme/template_support.h"

namespace hardtop {

TEST_CASE("values are escaped for text and attributes; markup is not") {
  const Object root{{"text", Value::text("<a href=\"x\">'&'</a>")}, {"markup", Value::html("<b>&amp;</b>")}};
  const TemplateFiles files{{"t", "{{text}} {{{text}}} {{&text}} {{markup}} {{{markup}}}"}};
  CHECK(render(files, "t", nullptr, Value::object(root)) ==
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt; <a href=\"x\">'&'</a> <a href=\"x\">'&'</a> "
        "<b>&amp;</b> <b>&amp;</b>");
}

TEST_CASE("empty text is falsy") {
  const Object root{{"text", Value::text("")}, {"markup", Value::html("")}};
  const TemplateFiles files{
      {"t", "{{#text}}1{{/text}}{{^text}}2{{/text}}{{#markup}}3{{/markup}}{{^markup}}4{{/markup}}"}};
  CHECK(render(files, "t", nullptr, Value::object(root)) == "24");
}

TEST_CASE("a standalone tag takes its line with it, whatever its kind and line end") {
  const Object root{{"yes", Value::flag(true)}};
  const std::pair<const char*, const char*> table[] = {
      {"a\n  {{! c }}  \nb", "a\nb"},
      {"a\r\n\t{{#yes}}\r\nx\r\n{{/yes}}\r\nb", "a\r\nx\r\nb"},
      {"{{=<% %>=}}\n<%#yes%>\nx<%/yes%>\n", "x\n"},
      {"a\n{{! first\n last }}\nb", "a\nb"},
      {"a\n{{! first\n last }} x\nb", "a\n x\nb"},
      {"a\n{{#yes}}{{/yes}}\nb", "a\n\nb"},  // two tags on one line
      {"a\n {{#yes}} x\n {{/yes}} \nb", "a\n  x\nb"},
      {"a\n{{! c }}\rb", "a\n\rb"},  // a lone CR ends no line
      {"{{! c }}\r", "\r"},
      {"  {{! c }}", ""},
      {"{{> p}}\n", "[\n]\n"},
      {"  {{> p}}\n", "  [\n  ]\n"},
      {"  {{> p}} \r\nx", "  [\n  ]\nx"},
      {"  {{> p}}.\n", "  [\n]\n.\n"},
  };
  for (const auto& [text, printed] : table) {
    CAPTURE(text);
    CHECK(render({{"t", text}, {"_p", "[\n]\n"}}, "t", nullptr, Value::object(root)) == printed);
  }
}

TEST_CASE("indentation adds up over partials, stands before inline tags, and leaves values alone") {
  const Object root{{"text", Value::text("1\n2")}, {"yes", Value::flag(true)}};
  const TemplateFiles files{{"t", "<\n  {{> outer}}\n>\n"},
                            {"_outer", "o\n\t{{> inner}}\n{{#yes}}a\nb{{/yes}}\n"},
                            {"_inner", "{{{text}}}\n{{#yes}}\nx\n{{/yes}}\n{{! c }}!\n"}};
  CHECK(render(files, "t", nullptr, Value::object(root)) == "<\n  o\n  \t1\n2\n  \tx\n  \t!\n  a\n  b\n>\n");
}

TEST_CASE("a partial that includes itself runs as deep as its data, and indents each level") {
  const Object leaf{{"name", Value::text("leaf")}, {"children", Value()}};
  const List leaves{Value::object(leaf), Value::object(leaf)};
  const Object twig{{"name", Value::text("twig")}, {"children", Value::list(leaves)}};
  const List twigs{Value::object(twig)};
  const Object root{{"name", Value::text("root")}, {"children", Value::list(twigs)}};
  const TemplateFiles files{{"t", " {{> node}}\n"},
                            {"_node", "{{name}}\n{{#children}}\n  {{> node}}\n{{/children}}\n"}};
  CHECK(render(files, "t", nullptr, Value::object(root)) == " root\n   twig\n     leaf\n     leaf\n");
}

TEST_CASE("a partial that includes itself for ever stops at a depth of 100") {
  const TemplateFiles once{{"t", "{{> p}}"}, {"_p", "x{{> p}}"}};
  CHECK(render(once, "t", nullptr, Value()) == std::string(101, 'x'));
  const TemplateFiles mutual{{"t", "{{> p}}"}, {"_p", "x{{> q}}"}, {"_q", "y{{> p}}"}};
  CHECK(render(mutual, "t", nullptr, Value()).size() == 202);
  const TemplateFiles twice{{"t", "{{> p}}"}, {"_p", "x{{> p}}{{> p}}"}};
  CHECK(render(twice, "t", nullptr, Value()).size() == 1'000'001);
}

TEST_CASE("layouts chain from the template to its outermost parent") {
  const Object root{{"title", Value::text("T")}};
  const TemplateFiles files{{"page", "{{! parent: section }}\n<h1>{{title}}</h1>\n"},
                            {"section", "{{! parent: base }}\n<section>\n{{{main}}}</section>\n"},
                            {"base", "<body>\n  {{> frame}}\n</body>\n"},
                            {"_frame", "<main>\n{{{main}}}</main>\n"}};
  CHECK(render(files, "page", nullptr, Value::object(root)) ==
        "<body>\n  <main>\n  <section>\n<h1>T</h1>\n</section>\n</main>\n</body>\n");

  Diagnostics diagnostics;
  CHECK(compile(files, "page", nullptr, diagnostics)->sources() ==
        std::vector<std::string>{"_frame.mustache", "base.mustache", "page.mustache", "section.mustache"});
}

TEST_CASE("a layout can tell whether it has a child") {
  const TemplateFiles files{{"page", "{{! parent: base }}\npage"},
                            {"base", "{{#main}}<{{{main}}}>{{/main}}{{^main}}{{> alone}}{{/main}}"},
                            {"_alone", "alone"}};
  CHECK(render(files, "page", nullptr, Value()) == "<page>");
  CHECK(render(files, "base", nullptr, Value()) == "alone");
}

TEST_CASE("a layout may be placed by a partial that it includes itself") {
  const Schema schema{.types = {{"root", {"", {{"main", "html", ""}}}}}, .root = "root"};
  const TemplateFiles files{
      {"page", "{{! parent: base }}\n{{> box}}"}, {"base", "{{> box}}"}, {"_box", "[{{{main}}}]"}};
  CHECK(render(files, "page", &schema, Value()) == "[[]]");
  CHECK(render(files, "page", nullptr, Value()) == "[[]]");
}

TEST_CASE("a layout that is placed by a partial that includes itself is not indented with it") {
  const Object leaf{{"child", Value()}};
  const Object root{{"child", Value::object(leaf)}};
  const TemplateFiles files{{"page", "{{! parent: base }}\na\nb\n"},
                            {"base", "{{> node}}\n"},
                            {"_node", "<\n{{#child}}\n  {{> node}}\n{{/child}}\n{{{main}}}>\n"}};
  CHECK(render(files, "page", nullptr, Value::object(root)) == "<\n  <\n  a\nb\n>\na\nb\n>\n");
}

TEST_CASE("a comment names a parent on the first line only") {
  const TemplateFiles files{{"base", "<{{{main}}}>"},
                            {"first", "{{! parent: base }} x"},
                            {"other", "{{! parent base }}x"},
                            {"late", "x\n{{! parent: base }}\n"}};
  CHECK(render(files, "first", nullptr, Value()) == "< x>");
  CHECK(render(files, "other", nullptr, Value()) == "x");
  CHECK(render(files, "late", nullptr, Value()) == "x\n");
  CHECK(errors_in(files, "late", nullptr) ==
        "late.mustache:2:1: warning: this comment names no parent, because it is not on the first line "
        "[template/late-parent]\n"
        "  2 | {{! parent: base }}\n"
        "    | ^~~~~~~~~~~~~~~~~~~\n"
        "  hint: move it to the beginning of the file, or write the comment in other words\n");
}

TEST_CASE("sections nested deeper than the frames at hand work") {
  const Object leaf{{"x", Value::text("deep")}};
  std::string text;
  for (int i = 0; i < 150; ++i) text += "{{#.}}";
  text += "{{x}}";
  for (int i = 0; i < 150; ++i) text += "{{/.}}";
  CHECK(render({{"t", text}}, "t", nullptr, Value::object(leaf)) == "deep");
}

TEST_CASE("output is appended, and a template runs in several threads at once") {
  const TemplateFiles files{{"t", "{{#items}}{{.}},{{/items}}"}};
  Diagnostics diagnostics;
  const auto compiled = compile(files, "t", nullptr, diagnostics);
  const List items{Value::text("a"), Value::text("b")};
  const Object root{{"items", Value::list(items)}};
  std::string outputs[4];
  {
    std::vector<std::jthread> threads;
    for (std::string& out : outputs)
      threads.emplace_back([&] {
        for (int i = 0; i < 1'000; ++i) run_template(*compiled, root, out);
      });
  }
  for (const std::string& out : outputs) {
    CHECK(out.size() == 4'000);
    CHECK(out.starts_with("a,b,a,b,"));
  }
}

TEST_CASE("marks say where output comes from, through layouts, partials and indentation") {
  const TemplateFiles files{{"page", "{{! parent: base }}\nHi {{name}}!\n"},
                            {"base", "<b>\n  {{> p}}\n{{{main}}}</b>{{none}}\n"},
                            {"_p", "x\ny\n"}};
  Diagnostics diagnostics;
  const auto compiled = compile(files, "page", nullptr, diagnostics);
  const Object root{{"name", Value::text("Jo")}};
  std::string plain, out;
  std::vector<OutputMark> marks;
  run_template(*compiled, root, plain);
  run_template_with_marks(*compiled, root, out, marks);
  CHECK(out == plain);
  CHECK(out == "<b>\n  x\n  y\nHi Jo!\n</b>\n");

  std::string table;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const OutputMark& mark = marks[i];
    const std::size_t end = i + 1 < marks.size() ? marks[i + 1].output_offset : out.size();
    const std::string bytes = out.substr(mark.output_offset, end - mark.output_offset);
    const LineColumn at = line_column(mark.place.source->text, mark.place.offset);
    table += mark.place.source->path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
             std::string(mark.name) + "|" + bytes + "|\n";
    if (mark.name.empty()) CHECK(bytes == mark.place.source->text.substr(mark.place.offset, mark.place.length));
  }
  CHECK(table ==
        "base.mustache:1:1 |<b>\n  |\n"
        "_p.mustache:1:1 |x\n|\n"
        "base.mustache:2:1 |  |\n"
        "_p.mustache:2:1 |y\n|\n"
        "page.mustache:2:1 |Hi |\n"
        "page.mustache:2:4 name|Jo|\n"
        "page.mustache:2:12 |!\n|\n"
        "base.mustache:3:11 |</b>|\n"
        "base.mustache:3:15 none||\n"
        "base.mustache:3:23 |\n|\n");
}

}  // namespace hardtop
