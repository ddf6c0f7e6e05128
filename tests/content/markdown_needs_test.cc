#include "content/markdown_needs.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "base/diagnostic_format.h"
#include "content/markdown.h"

namespace hardtop {

namespace {

std::string names_of(const MarkdownNeeds& needs) {
  std::string names;
  const auto add = [&](bool needed, const char* name) {
    if (needed) names += names.empty() ? name : std::string(" ") + name;
  };
  add(needs.tables, "tables");
  add(needs.strikethrough, "strikethrough");
  add(needs.task_lists, "tasks");
  add(needs.footnotes, "footnotes");
  add(needs.url_links, "urls");
  add(needs.www_links, "www");
  add(needs.mail_links, "mail");
  return names;
}

std::string render(const std::string& markdown) {
  const auto resolve = [](const LinkUse& use) -> std::optional<std::string> { return std::string(use.destination); };
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", markdown), 0, {}, resolve, diagnostics);
  if (!body) return to_text(diagnostics);
  std::string out;
  for (const BodyPart& part : body->parts) out += part.html + part.name;
  out += "\nsummary: " + body->summary_html + "\nwords: " + std::to_string(body->words);
  for (const Heading& heading : body->headings) out += "\n" + heading.id + " " + heading.html;
  return out;
}

// Holds what every extension begins at, and is no text itself.
const std::string kAsksForAll = "<!-- | ~ [x] ^ :// www. a@b -->\n";

}  // namespace

TEST_CASE("a text needs the extensions whose characters are in it") {
  struct Case {
    std::string text, needs;
  };
  for (const Case& c : std::vector<Case>{
           {"", ""},
           {"We know how: with words. [Links](a.md) and `code`, *a* _b_ <i>c</i>\n", ""},
           {"a | b", "tables"},
           {"a\n:-\n", "tables"},
           {"a\n-:\n", "tables"},
           {"~", "strikethrough"},
           {"- [ ] a", "tasks"},
           {"- [x] a", "tasks"},
           {"- [X] a", "tasks"},
           {"[x", ""},
           {"[ab]", ""},
           {"^", "footnotes"},
           {"[&#94;a]", "footnotes mail"},
           {"[&Hat;a]", "footnotes"},
           {"&amp; &hat;", ""},
           {"http://a.example", "urls"},
           {"www.a.example", "www"},
           {"ww.a wwww wwwa", ""},
           {"0123456789abcdewww.b", "www"},
           {"0123456789abcdww.bwww", ""},
           {"0123456789abcdefgwwwwwwwwwwwwwwwwwww.", "www"},
           {"a@b.example", "mail"},
           {"a @b c@ d", ""},
           {"a@_b.example", "mail"},
           {"a@-b.example", "mail"},
           {"a@.example", "mail"},
           {"a@\\_b.example", "mail"},
           {"a@&#98;.example", "footnotes mail"},
           {"a&#64;b.example", "footnotes mail"},
           {"a&commat;b.example", "mail"},
           {"a@(b) a@!", ""},
           {kAsksForAll, "tables strikethrough tasks footnotes urls www mail"},
       }) {
    CAPTURE(c.text);
    CHECK(names_of(needs_of(c.text)) == c.needs);
  }
  CHECK(names_of(needs_of(std::string(20, '\n') + std::string(3'000, '|') + std::string(3'000, '\n'))) == "");
}

TEST_CASE("a table whose head would fill up gigabytes of short lines is none, however lines end") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    CAPTURE(end);
    std::string lines, rows;
    for (int i = 0; i < 3'000; ++i) {
      lines += end;
      rows += "|a|" + end;
    }
    CHECK(names_of(needs_of(std::string(3'000, '|') + lines)) == "");
    CHECK(names_of(needs_of(lines + std::string(3'000, '|'))) == "");
    CHECK(names_of(needs_of(lines + rows)) == "tables");
  }
}

TEST_CASE("a table with tens of thousands of columns is none: its rows would take quadratic time") {
  std::string rows;
  for (int i = 0; i < 30'000; ++i) rows += "|a|b|\n";
  CHECK(names_of(needs_of(rows)) == "tables");
  CHECK(names_of(needs_of(std::string(10'000, '|') + "\n")) == "tables");
  CHECK(names_of(needs_of(std::string(30'000, '|') + "\n")) == "");
}

TEST_CASE("a text comes out the same with the extensions that it needs as with all of them") {
  const std::vector<std::string> pieces = {
      "a",
      "wow",
      "w",
      "ww",
      "www",
      "www.",
      "www.a.example",
      "http://",
      "https://b.example/c",
      ":",
      "://",
      "ftp",
      "a@b.c",
      "@",
      "a&#64;b.c",
      "a&commat;b.c",
      "&#x40;",
      "&commat;",
      "a@_b.c",
      "a@-b.c",
      "a@.c",
      "@\\_",
      "mailto:",
      "xmpp:a@b/c",
      "b.c",
      "~",
      "~~",
      "|",
      "|-|",
      ":-:",
      "-",
      "- ",
      "- [ ] a",
      "* [x] b",
      "1. [X] c",
      "[ ]",
      "[",
      "]",
      "](u)",
      "![",
      "(",
      ")",
      "[^1]",
      "[^1]: n",
      "^",
      "[a]: /b",
      "[a]",
      "\n",
      "\n",
      "\n\n",
      "  \n",
      "    ",
      "\t",
      "> ",
      "# ",
      "===",
      "```",
      "`",
      "*",
      "**",
      "_",
      "&amp;",
      "\\",
      "\\|",
      "<b>",
      "<a:b>",
      "<!--",
      "-->",
      "é",
      "\xE4\xB8\xAD",
      " ",
      "\r\n",
      ".",
      "\"",
      "{#id}",
      " w: w\n",
      "x | y",
      "\n--|--\n",
      std::string(1, '\0'),
  };
  std::mt19937 random(20'261'128);
  for (int document = 0; document < 4'000; ++document) {
    std::string text;
    for (auto count = random() % 14; count > 0; --count) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    CHECK(kAsksForAll + render(text) == render(kAsksForAll + text));
  }
}

}  // namespace hardtop
