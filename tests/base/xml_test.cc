#include "base/xml.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

std::string tokens_of(std::string_view xml) {
  constexpr const char* kNames[] = {"open", "close", "text", "cdata", "comment", "pi", "doctype"};
  XmlScanner scanner(xml);
  std::string out;
  std::size_t at = 0;
  for (XmlToken token; scanner.next(token);) {
    CHECK(token.begin == at);  // no byte is left out
    at = token.end;
    if (!token.content.empty()) CHECK(xml.substr(token.content_offset, token.content.size()) == token.content);
    if (!out.empty()) out += ' ';
    out += kNames[static_cast<int>(token.kind)];
    if (!token.name.empty()) out += ":" + std::string(token.name);
    for (const XmlAttribute& attribute : token.attributes) {
      CHECK(xml.substr(attribute.offset, attribute.raw_value.size()) == attribute.raw_value);
      out += "," + std::string(attribute.name) + "=" + std::string(attribute.raw_value);
    }
    if (!token.public_id.empty()) out += ",P=" + std::string(token.public_id);
    if (!token.system_id.empty()) out += ",S=" + std::string(token.system_id);
    if (!token.content.empty()) out += "[" + std::string(token.content) + "]";
    if (token.self_closing) out += "/";
  }
  CHECK(at == xml.size());
  return out;
}

}  // namespace

TEST_CASE("XML is taken apart") {
  const std::pair<const char*, const char*> rows[] = {
      {"<a>b</a>", "open:a text[b] close:a"},
      {"<a b='c' d = \"e>'\"\n/>", "open:a,b=c,d=e>'/"},
      {"<a:b x:y='z'/>", "open:a:b,x:y=z/"},
      {"<!-- <a> --><![CDATA[<b>]]>", "comment[ <a> ] cdata[<b>]"},
      {"<?xml-stylesheet href='a'?>", "pi:xml-stylesheet,href=a[ href='a']"},
      {"<!DOCTYPE a>", "doctype:a"},
      {"<!DOCTYPE a SYSTEM 'b'>", "doctype:a,S=b"},
      {"<!DOCTYPE a PUBLIC \"b\" 'c'>", "doctype:a,P=b,S=c"},
      {"<!DOCTYPE a [<!ENTITY b ']>'><!-- ]> --><?c ]>?>]>d", "doctype:a[<!ENTITY b ']>'><!-- ]> --><?c ]>?>] text[d]"},
      {"<!DOCTYPE a SYSTEM 'b' [ ] >", "doctype:a,S=b[ ]"},
      // not well-formed
      {"<a b=c d>", "open:a,b=c"},
      {"<a b='c", "open:a,b=c"},
      {"<a", "open:a"},
      {"<!-- a", "comment[ a]"},
      {"<![CDATA[a", "cdata[a]"},
      {"<?a", "pi:a"},
      {"<!DOCTYPE a [", "doctype:a"},
      {"<!DOCTYPE a 'b", "doctype:a,S=b"},
      {"<", "open"},
      {"</", "close"},
      {"a & b", "text[a & b]"},
  };
  for (const auto& [xml, tokens] : rows) {
    CAPTURE(xml);
    CHECK(tokens_of(xml) == tokens);
  }
}

TEST_CASE("references are decoded as XML does") {
  const std::pair<const char*, const char*> rows[] = {
      {"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
      {"&#65;&#x42;&#X43;", "AB&#X43;"},
      {"&nbsp;&a b;&;&#;&#x;", "&nbsp;&a b;&;&#;&#x;"},
      {"a\r\nb\rc", "a\nb\nc"},
      {"&#xD800;&#x110000;", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"&amp;lt;", "&lt;"},
  };
  for (const auto& [raw, decoded] : rows) {
    CAPTURE(raw);
    CHECK(decode_xml(raw) == decoded);
  }
}
