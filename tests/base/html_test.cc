#include "base/html.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

// One line a document: <tag name=[raw value]>, ~ before the name of what is in svg or math, 'text', ? before what
// browsers dispute, and other tokens by their kind and bytes.
std::string show(std::string_view document, HtmlScanOptions options = {.text_tokens = true}) {
  std::string out;
  HtmlScanner scanner(document, options);
  for (HtmlToken token; scanner.next(token);) {
    if (!out.empty()) out += ' ';
    if (token.disputed) out += '?';
    const std::string bytes(document.substr(token.begin, token.end - token.begin));
    switch (token.kind) {
      case HtmlToken::Kind::start_tag:
        out += token.foreign ? "<~" : "<";
        out += token.name;
        for (const HtmlAttribute& attribute : token.attributes) {
          out.append(" ").append(attribute.name);
          if (attribute.has_value) out.append("=[").append(attribute.raw_value).append("]");
        }
        out += token.self_closing ? "/>" : ">";
        break;
      case HtmlToken::Kind::end_tag:
        out.append(token.foreign ? "</~" : "</").append(token.name).append(">");
        break;
      case HtmlToken::Kind::text:
        out += "'" + bytes + "'";
        break;
      case HtmlToken::Kind::raw_text:
        out += "raw'" + bytes + "'";
        break;
      case HtmlToken::Kind::comment:
        out += "comment'" + bytes + "'";
        break;
      case HtmlToken::Kind::doctype:
        out += "doctype'" + bytes + "'";
        break;
      case HtmlToken::Kind::cdata:
        out += "cdata'" + bytes + "'";
        break;
    }
  }
  return out;
}

struct Row {
  std::string_view document, expected;
};
constexpr Row kRows[] = {
    // Tags and text
    {"<p>Hi</p>", "<p> 'Hi' </p>"},
    {"<P CLASS=A>x</P >", "<P CLASS=[A]> 'x' </P>"},
    {"a<b", "'a'"},
    {"a < b", "'a < b'"},
    {"a<1", "'a<1'"},
    {"<", "'<'"},
    {"</", "'</'"},
    {"</>x", "'x'"},
    {"a</>b", "'a' 'b'"},
    {"</ x>y", "comment'</ x>' 'y'"},
    {"<p/>", "<p/>"},
    {"<br/ >", "<br>"},
    {"</p a=b/>", "</p>"},
    {"<p", ""},
    {"<p a", ""},
    {"<p a=", ""},
    {"<p a='x", ""},
    {"</p", ""},
    {"x<p a=\"", "'x'"},
    {"<a><b></a></b>", "<a> <b> </a> </b>"},
    // Attributes
    {"<a b>", "<a b>"},
    {"<a b=c d='e' f=\"g\">", "<a b=[c] d=[e] f=[g]>"},
    {"<a b = c>", "<a b=[c]>"},
    {"<a b= >", "<a b=[]>"},
    {"<a b=>", "<a b=[]>"},
    {"<a b=c/d>", "<a b=[c/d]>"},
    {"<a b=c/>", "<a b=[c/]>"},
    {"<a b='c'd>", "<a b=[c] d>"},
    {"<a/b=c>", "<a b=[c]>"},
    {"<a/b/c>", "<a b c>"},
    {"<a =b>", "<a =b>"},
    {"<a ==b>", "<a ==[b]>"},
    {"<a b==c>", "<a b=[=c]>"},
    {"<a b=\"c>d\">", "<a b=[c>d]>"},
    {"<a \"b\">", "<a \"b\">"},
    {"<a <b>", "<a <b>"},
    {"<a b='c\"d'>", "<a b=[c\"d]>"},
    {"<a b=c B=d>", "<a b=[c]>"},
    {"<a a a A x a>", "<a a x>"},
    {"<a\nb\t=\f'c'\rd>", "<a b=[c] d>"},
    {"<a b=`c`>", "<a b=[`c`]>"},
    {"<a b=\"\nc\">", "<a b=[\nc]>"},
    {"<a é=ü>", "<a é=[ü]>"},
    {"<x:y z:w=1>", "<x:y z:w=[1]>"},
    // Comments, declarations
    {"<!--a-->b", "comment'<!--a-->' 'b'"},
    {"<!-->b", "comment'<!-->' 'b'"},
    {"<!--->b", "comment'<!--->' 'b'"},
    {"<!---->b", "comment'<!---->' 'b'"},
    {"<!--a--!>b", "comment'<!--a--!>' 'b'"},
    {"<!----!>b", "comment'<!----!>' 'b'"},
    {"<!---!>b-->c", "comment'<!---!>b-->' 'c'"},
    {"<!--a--!b-->c", "comment'<!--a--!b-->' 'c'"},
    {"<!--a--->b", "comment'<!--a--->' 'b'"},
    {"<!--a-- >b-->c", "comment'<!--a-- >b-->' 'c'"},
    {"<!--<!-->b", "comment'<!--<!-->' 'b'"},
    {"<!--a", "comment'<!--a'"},
    {"<!--a--", "comment'<!--a--'"},
    {"<!-", "comment'<!-'"},
    {"<!", "comment'<!'"},
    {"<!a>b", "comment'<!a>' 'b'"},
    {"<!>b", "comment'<!>' 'b'"},
    {"<?php a ?>b", "comment'<?php a ?>' 'b'"},
    {"<?", "comment'<?'"},
    {"<!doctype html>a", "doctype'<!doctype html>' 'a'"},
    {"<!DOCTYPE html PUBLIC \"a>b\">", "doctype'<!DOCTYPE html PUBLIC \"a>' 'b\">'"},
    {"<!doctype", "doctype'<!doctype'"},
    {"<!DocTypehtml>", "doctype'<!DocTypehtml>'"},
    {"<![CDATA[a]]>b", "comment'<![CDATA[a]]>' 'b'"},
    // Raw text
    {"<script>a<b></script>c", "<script> raw'a<b>' </script> 'c'"},
    {"<SCRIPT>a</Script >b", "<SCRIPT> raw'a' </Script> 'b'"},
    {"<script></scriptx></script>", "<script> raw'</scriptx>' </script>"},
    {"<script>a", "<script> raw'a'"},
    {"<script><!--<script></script>--></script>a", "<script> raw'<!--<script></script>-->' </script> 'a'"},
    {"<script><!--<script></script></script>a", "<script> raw'<!--<script></script>' </script> 'a'"},
    {"<script><!--</script>a", "<script> raw'<!--' </script> 'a'"},
    {"<script><!--<script>--></script>a", "<script> raw'<!--<script>-->' </script> 'a'"},
    {"<script><!--><script></script>a", "<script> raw'<!--><script>' </script> 'a'"},
    {"<script><!---<script></script>--></script>a", "<script> raw'<!---<script></script>-->' </script> 'a'"},
    {"<script><!--<scriptx></script>a", "<script> raw'<!--<scriptx>' </script> 'a'"},
    {"<script><!--<script/</script/</script>a", "<script> raw'<!--<script/</script/' </script> 'a'"},
    {"<script/>a</script>b", "<script/> raw'a' </script> 'b'"},
    {"<style><a></style>b", "<style> raw'<a>' </style> 'b'"},
    {"<style></style</style>", "<style> raw'</style' </style>"},
    {"<textarea><a></textarea >b", "<textarea> raw'<a>' </textarea> 'b'"},
    {"<title>&amp;<b></title a=b>c", "<title> raw'&amp;<b>' </title> 'c'"},
    {"<title><!--</title>--></title>", "<title> raw'<!--' </title> '-->' </title>"},
    {"<xmp><p></xmp>", "<xmp> raw'<p>' </xmp>"},
    {"<iframe><p></iframe>", "<iframe> raw'<p>' </iframe>"},
    {"<noembed><p></noembed>", "<noembed> raw'<p>' </noembed>"},
    {"<noframes><p></noframes>", "<noframes> raw'<p>' </noframes>"},
    {"<noscript><p></noscript>", "<noscript> <p> </noscript>"},
    {"<plaintext><p></plaintext>", "<plaintext> raw'<p></plaintext>'"},
    {"<style></style", "<style> raw'</style'"},
    {"<style>a</style ", "<style> raw'a'"},
    // Foreign content
    {"<svg><path/></svg><p>", "<~svg> <~path/> </~svg> <p>"},
    {"<svg><style><b></style></svg>", "<~svg> <~style> <b> </style> </svg>"},
    {"<svg><title><style><b></style></title></svg>", "<~svg> <~title> <style> raw'<b>' </style> </~title> </~svg>"},
    {"<svg><script>a<b></script></svg>", "<~svg> <~script> 'a' <b> </script> </svg>"},
    {"<svg><![CDATA[<b>]]>c</svg>", "<~svg> cdata'<![CDATA[<b>]]>' 'c' </~svg>"},
    {"<svg><![CDATA[a]]]>b", "<~svg> cdata'<![CDATA[a]]]>' 'b'"},
    {"<svg><![CDATA[a", "<~svg> cdata'<![CDATA[a'"},
    {"<svg/><![CDATA[a]]>", "<~svg/> comment'<![CDATA[a]]>'"},
    {"<svg><p><style><b></style>", "<~svg> <p> <style> raw'<b>' </style>"},
    {"<svg><font><style><b>", "<~svg> <~font> <~style> <b>"},
    {"<svg><font COLOR=red><style><b>", "<~svg> <font COLOR=[red]> <style> raw'<b>'"},
    {"<svg></p><style><b>", "<~svg> </p> <style> raw'<b>'"},
    {"<svg></br><style><b>", "<~svg> </br> <style> raw'<b>'"},
    {"<svg><foreignObject><svg><style><b></style></svg><style><b></style></foreignObject><style><b>",
     "<~svg> <~foreignObject> <~svg> <~style> <b> </style> </svg> <style> raw'<b>' </style> </foreignObject> <style> "
     "raw'<b>'"},
    {"<svg><foreignObject><div></foreignObject><![CDATA[a]]>",
     "<~svg> <~foreignObject> <div> </foreignObject> comment'<![CDATA[a]]>'"},
    {"<svg><desc></desc><![CDATA[a]]>", "<~svg> <~desc> </~desc> cdata'<![CDATA[a]]>'"},
    {"<svg><desc><![CDATA[a]]>", "<~svg> <~desc> ?cdata'<![CDATA[a]]>'"},
    {"<div><svg></div><![CDATA[a]]>", "<div> <~svg> </div> comment'<![CDATA[a]]>'"},
    {"<svg></div><![CDATA[a]]>", "<~svg> </div> cdata'<![CDATA[a]]>'"},
    {"<svg><g><foreignObject><i><svg></g><![CDATA[a]]>",
     "<~svg> <~g> <~foreignObject> <i> <~svg> </g> cdata'<![CDATA[a]]>'"},
    {"<xx><svg></xx>", "<xx> <~svg> ?</xx>"},
    {"<math><mi><b><style>c</style></b></mi><style><b></style></math>",
     "<~math> <~mi> <b> <style> raw'c' </style> </b> </~mi> <~style> <b> </style> </math>"},
    {"<math><mi><mglyph><style><b>", "<~math> <~mi> <~mglyph> <~style> <b>"},
    {"<math><mi><mglyphx><style><b></style>", "<~math> <~mi> <mglyphx> <style> raw'<b>' </style>"},
    {"<math><annotation-xml><style><b>", "<~math> <~annotation-xml> <~style> <b>"},
    {"<math><annotation-xml encoding=text/html><style><b></style>",
     "<~math> <~annotation-xml encoding=[text/html]> <style> raw'<b>' </style>"},
    {"<math><annotation-xml encoding='Application/XHTML+xml'><style>b",
     "<~math> <~annotation-xml encoding=[Application/XHTML+xml]> <style> raw'b'"},
    {"<math><annotation-xml encoding='text&#47;html'><style>b",
     "<~math> <~annotation-xml encoding=[text&#47;html]> <style> raw'b'"},
    {"<math><annotation-xml><svg><desc><style>b", "<~math> <~annotation-xml> <~svg> <~desc> <style> raw'b'"},
    {"<svg><SVG:title><style><b>", "<~svg> <~SVG:title> <~style> <b>"},
    {"<b><svg></b><![CDATA[a]]>", "<b> <~svg> </b> comment'<![CDATA[a]]>'"},
    {"<table><svg><tr><style><b>", "<table> <~svg> <~tr> <~style> <b>"},
    {"<table><td><svg></td><style><b></style>", "<table> <td> <~svg> </td> <style> raw'<b>' </style>"},
    {"<table><td><svg></table><style><b></style>", "<table> <td> <~svg> </table> <style> raw'<b>' </style>"},
    {"<svg><template><style><b>", "<~svg> <~template> <~style> <b>"},
    {"<svg><a/><a></a>", "<~svg> <~a/> <~a> </~a>"},
    // What only open elements tell
    {"<template><col><style><b></style>", "<template> <col> <style> <b> </style>"},
    {"<template><col><title></template><b>", "<template> <col> <title> </template> <b>"},
    {"<template><title></title><col><b>", "<template> <title> </title> ?<col> <b>"},
    {"<template><style></style><col><b>", "<template> <style> </style> <col> <b>"},
    {"<template><div><col><style><b></style>", "<template> <div> <col> <style> raw'<b>' </style>"},
    {"<frameset><style><frame></style>", "<frameset> <style> <frame> </style>"},
    {"<p>a<frameset><style><frame></style>", "<p> 'a' <frameset> <style> raw'<frame>' </style>"},
    {"<p><frameset><style><frame></style>", "<p> <frameset> <style> <frame> </style>"},
    {"<frameset><noframes><b></noframes>", "<frameset> <noframes> raw'<b>' </noframes>"},
    {"<template></template><frameset><style><b>", "<template> </template> <frameset> <style> <b>"},
    {"<body><frameset><style><b>", "<body> <frameset> <style> raw'<b>'"},
    {"<select><option><b></select>", "<select> <option> <b> </select>"},
    {"<select><style><b></style></select>", "<select> ?<style> raw'<b>' </style> </select>"},
    {"<select><svg><style><b></style></svg></select>", "<select> ?<~svg> <~style> <b> </style> </svg> </select>"},
    {"<select></select><style>b</style>", "<select> </select> <style> raw'b' </style>"},
    {"<div><select></div></select><svg>", "<div> <select> </div> </select> <~svg>"},
};

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

struct Count {
  std::size_t tokens = 0, attributes = 0;
};
Count count_tokens(const std::string& document) {
  Count out;
  HtmlScanner scanner(document);
  for (HtmlToken token; scanner.next(token); ++out.tokens) out.attributes += token.attributes.size();
  return out;
}

}  // namespace

TEST_SUITE_BEGIN("html");

TEST_CASE("documents are read as the tokeniser of browsers reads them") {
  for (const Row& row : kRows) {
    CAPTURE(row.document);
    CHECK(show(row.document) == row.expected);
  }
}

TEST_CASE("NULs are bytes like any other") {
  using namespace std::string_view_literals;
  CHECK(show("<a\0b c\0=\0>"sv) == "<a\0b c\0=[\0]>"sv);
  CHECK(show("<s\0cript><b>"sv) == "<s\0cript> <b>"sv);
  CHECK(show("<style></sty\0le><b></style>"sv) == "<style> raw'</sty\0le><b>' </style>"sv);
  CHECK(show("<\0a>"sv) == "'<\0a>'"sv);
  CHECK(show("a\0b"sv) == "'a\0b'"sv);
}

TEST_CASE("tokens and attributes know their bytes") {
  const std::string_view document = "Hi <a  href = \"/x?a&amp;b\" hidden class=c>";
  HtmlScanner scanner(document);
  HtmlToken token;
  REQUIRE(scanner.next(token));
  CHECK(token.begin == 3);
  CHECK(token.end == document.size());
  REQUIRE(token.attributes.size() == 3);
  const auto bytes = [&](const HtmlAttribute& a) { return document.substr(a.offset, a.end - a.offset); };
  CHECK(bytes(token.attributes[0]) == "href = \"/x?a&amp;b\"");
  CHECK(token.attributes[0].quote == '"');
  CHECK(bytes(token.attributes[1]) == "hidden");
  CHECK_FALSE(token.attributes[1].has_value);
  CHECK(bytes(token.attributes[2]) == "class=c");
  CHECK(token.attributes[2].quote == 0);
  CHECK(token.find("href") == &token.attributes[0]);
  CHECK(token.find("id") == nullptr);
  CHECK_FALSE(scanner.next(token));
  CHECK_FALSE(scanner.next(token));
}

TEST_CASE("every byte of a document with text tokens is in one token, but for what the tokeniser drops") {
  for (const Row& row : kRows) {
    CAPTURE(row.document);
    HtmlScanner scanner(row.document, {.text_tokens = true});
    std::size_t at = 0;
    for (HtmlToken token; scanner.next(token); at = token.end) {
      CHECK((token.begin == at || row.document.substr(at, 3) == "</>"));
      CHECK(token.begin < token.end);
      CHECK(token.end <= row.document.size());
    }
  }
}

TEST_CASE("tags are the same whether text is reported or not") {
  for (const Row& row : kRows) {
    HtmlScanner with(row.document, {.text_tokens = true}), without(row.document);
    HtmlToken a, b;
    while (without.next(b)) {
      REQUIRE(with.next(a));
      while (a.kind == HtmlToken::Kind::text) REQUIRE(with.next(a));
      CHECK(a.begin == b.begin);
      CHECK(a.end == b.end);
      CHECK(a.kind == b.kind);
    }
  }
}

TEST_CASE("with scripting, noscript holds raw text") {
  const HtmlScanOptions options{.scripting = true, .text_tokens = true};
  CHECK(show("<noscript><p></noscript>", options) == "<noscript> raw'<p>' </noscript>");
  CHECK(show("<head><noscript><p></noscript>", options) == "<head> <noscript> raw'<p>' </noscript>");
  CHECK(show("<svg><noscript><a>", options) == "<~svg> <~noscript> <~a>");
  CHECK(show("<svg></svg><noscript><a>", options) == "<~svg> </~svg> <noscript> raw'<a>'");
}

TEST_CASE("what only open elements tell is told wherever the first svg stands") {
  // The tree is started late and reads what came before once more.
  CHECK(show("<div><script><svg></script><p>x</div><div><svg></div><![CDATA[a]]>")
            .ends_with("</div> comment'<![CDATA[a]]>'"));
  CHECK(show("<table><tr><td><svg></tr><![CDATA[a]]>").ends_with("</tr> comment'<![CDATA[a]]>'"));
  CHECK(show("<b><p></b><svg></b><![CDATA[a]]>").ends_with("</b> cdata'<![CDATA[a]]>'"));
  CHECK(show("<b><p></b>x<svg></b><![CDATA[a]]>").ends_with("</b> cdata'<![CDATA[a]]>'"));
}

TEST_CASE("hostile documents take linear time") {
  // Each of these would take minutes if a tag cost as much as there are elements open.
  constexpr std::size_t k = 200'000;
  CHECK(count_tokens(repeat("<", 5 * k)).tokens == 0);
  CHECK(count_tokens(repeat("<!--", k)).tokens == 1);
  CHECK(count_tokens(repeat("<!---->", k)).tokens == k);
  CHECK(count_tokens(repeat("<a ", k)).tokens == 0);
  CHECK(count_tokens(repeat("</", k)).tokens == 1);
  CHECK(count_tokens("<a" + repeat(" a", k) + ">").attributes == 1);
  CHECK(count_tokens(repeat("<script><!--<script>", k)).tokens == 2);
  CHECK(count_tokens(repeat("<title></titl", k)).tokens == 2);
  CHECK(count_tokens("<svg>" + repeat("<![CDATA[]]>", k)).tokens == k + 1);
  CHECK(count_tokens(repeat("<svg>", k)).tokens == k);
  CHECK(count_tokens(repeat("<g>", k) + repeat("<svg>", k) + repeat("</g>", k)).tokens == 3 * k);
  CHECK(count_tokens("<svg></svg><x><p>" + repeat("<y>", k) + repeat("</x>", k)).tokens == 2 * k + 4);
  CHECK(count_tokens("<svg></svg>" + repeat("<div>", k) + repeat("<li></li>", k)).tokens == 3 * k + 2);
  CHECK(count_tokens("<svg></svg>" + repeat("<div>", k) + repeat("<table></table>", k)).tokens == 3 * k + 2);
  CHECK(count_tokens(repeat("<template>", k) + repeat("</template>", k)).tokens == 2 * k);
  CHECK(count_tokens("<svg></svg>" + repeat("<b><div>", k) + repeat("</b>", k)).tokens == 3 * k + 2);
  std::string attributes = "<a", formatting = "<svg></svg>";
  for (std::size_t i = 0; i < k; ++i) {
    attributes += " a" + std::to_string(i);
    formatting += "<b " + std::to_string(i) + ">";
  }
  CHECK(count_tokens(attributes + ">").attributes == k);
  CHECK(count_tokens(formatting + repeat("<p>x</p>", k)).tokens == 3 * k + 2);
}

TEST_CASE("formatting elements without end are given up and disputed from there on") {
  std::string document = "<svg></svg>";
  for (int i = 0; i < 20'000; ++i) document += "<b " + std::to_string(i) + ">";
  document += "<i>";
  HtmlScanner scanner(document);
  HtmlToken token, last;
  while (scanner.next(token)) last = token;
  CHECK(last.name == "i");
  CHECK(last.disputed);
}

TEST_CASE("names compare without regard to ASCII case only") {
  CHECK(equals_ascii_ci("DiV", "div"));
  CHECK_FALSE(equals_ascii_ci("div", "di"));
  CHECK_FALSE(equals_ascii_ci("k", "\u212a"));
  CHECK_FALSE(equals_ascii_ci("[", "{"));
}

TEST_SUITE_END();
