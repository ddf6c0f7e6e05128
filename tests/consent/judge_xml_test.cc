#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string xml(std::string_view text) { return text_of(judge_xml(services(), text, "/docs/img/a.svg"), text); }

std::string xml_waits(const std::string& bytes, const std::string& host = "films.example") {
  return waits(bytes, "this file of SVG or XML", "remove it, or put the content into a page, where it is gated", host);
}

std::string svg(const std::string& inside) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">" + inside + "</svg>";
}
std::string xhtml(const std::string& inside) {
  return "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + inside + "</body></html>";
}

}  // namespace

TEST_CASE("whatever an SVG file loads is judged") {
  const std::string u = "https://px.example/1";
  for (const std::string& inside : std::vector<std::string>{
           "<script href='" + u + "'/>",
           "<script xlink:href='" + u + "'/>",
           "<script src='" + u + "'/>",
           "<image href='" + u + "'/>",
           "<image xlink:href='" + u + "'/>",
           "<use href='" + u + "#a'/>",
           "<feImage href='" + u + "'/>",
           "<linearGradient href='" + u + "#a'/>",
           "<unknown href='" + u + "'/>",
           "<set attributeName='href' to='" + u + "'/>",
           "<animate attributeName='xlink:href' values='a;" + u + " ;b'/>",
           "<animate attributeName='href' from='" + u + "'/>",
           "<set attributeName='fill' to='url(" + u + ")'/>",
           "<rect fill='url(" + u + "#a)'/>",
           "<rect filter=\"url('" + u + "#a')\"/>",
           "<g mask='u\\72l(" + u + ")'/>",
           "<g cursor='&#117;rl(" + u + "), auto'/>",
           "<g whatever='url(" + u + ")'/>",
           "<g style='fill:url(" + u + ")'/>",
           "<style>a{b:url(" + u + ")}</style>",
           "<style><![CDATA[@import '" + u + "';]]></style>",
           "<style>@imp<!-- -->ort '" + u + "';</style>",
           "<style><a/>@import &quot;" + u + "&quot;;</style>",
           "<x:image xmlns:x='http://www.w3.org/2000/svg' href='" + u + "'/>",
           "<image xmlns:y='http://www.w3.org/1999/xlink' y:href='" + u + "'/>",
           "<image href='ht&#x74;ps:&#47;/px.example/1'/>",
           "<image href=' //px.example\\1'/>",
           "<image\nhref = \"" + u + "\"\n/>",
           "<g><image href='" + u + "'/></g>",
           "<a ping='" + u + "' href='https://px.example/'/>",
           "<script>import '" + u + "'</script>",
           "<foreignObject><img xmlns='http://www.w3.org/1999/xhtml' src='" + u + "'/></foreignObject>",
           "<foreignObject><h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='" + u + "'/></foreignObject>",
       }) {
    CAPTURE(inside);
    const std::string found = xml(svg(inside));
    CHECK(found.find("no service declares the host 'px.example'; LINES\n") != found.npos);
    CHECK(found.find('\n') == found.size() - 1);
    std::string films = svg(inside);
    for (std::size_t at; (at = films.find("px.example")) != films.npos;) films.replace(at, 10, "films.example");
    const std::string waiting = xml(films);
    CHECK((waiting.starts_with("cannot-gate at ") || waiting.starts_with("ungated-script at ")));
  }
}

TEST_CASE("an SVG file says where and what, and who may stay") {
  const Row rows[] = {
      {svg("<image href='https://px.example/1'/>"), undeclared("https://px.example/1")},
      {svg("<g style='a:b;fill:url(//px.example)'/>"), undeclared("url(//px.example)")},
      {svg("<style> a{b:url(//px.example)}</style>"), undeclared("url(//px.example)")},
      {svg("<style><![CDATA[ a{b:url(//px.example)}]]></style>"), undeclared("url(//px.example)")},
      {svg("<image href='https://films.example/1'/>"), xml_waits("https://films.example/1")},
      {svg("<image href='https://shop.example/1'/>"), "necessary 1\nsource img https://shop.example\n"},
      {svg("<image href='a.png'/><use href='#a'/><image href='/b.png'/>"), ""},
      {svg("<image href='data:image/png;base64,AA'/>"), "source img data:\n"},
      {svg("<a href='https://px.example/'><text>a</text></a>"), ""},
      {svg("<rect transform='translate(1 2)' fill='url(#a)' d='M0 0'/>"), ""},
      {svg("<!-- <image href='https://px.example/1'/> -->"), ""},
      {svg("<desc>&lt;image href='https://px.example/1'/></desc>"), ""},
      {svg("<metadata><cc:license xmlns:cc='http://cc/' href='https://px.example/'/></metadata>"), ""},
      {"<svg><image href='https://px.example/1'/></svg>", ""},  // without its namespace it is nothing
      {svg("<script>localStorage.a</script>"),
       "ungated-script at 'localStorage': a script in an SVG or XML file uses localStorage, and nothing can make it "
       "wait; "
       "remove the script: such files are opened by themselves, without a banner\nstorage localStorage at "
       "'localStorage'\n"},
      {svg("<g onclick='document.cookie=1'/>"),
       "ungated-script at 'document.cookie=1': a script in an SVG or XML file uses document.cookie, and nothing can "
       "make "
       "it wait; remove the script: such files are opened by themselves, without a banner\nstorage document.cookie at "
       "'document.cookie=1'\n"},
      {svg("<script>f('films.example')</script>"),
       "ungated-script at ''films.example'': a script in an SVG or XML file names 'films.example' of the service "
       "'films', "
       "and nothing can make it wait; remove the script: such files are opened by themselves, without a banner\nhost "
       "films.example at ''films.example''\n" +
           counts("https://films.example")},
      {svg("<script href='a.js'/>"), "import /docs/img/a.js\n"},
      {svg("<script type='application/json'>{\"localStorage\":1}</script>"), ""},
      {svg("<g xml:base='https://px.example/'/>"), undeclared("https://px.example/")},
      {svg("<g data-service='films'/>"),
       "cannot-gate at 'films': nothing in an XML file can wait until the visitor allows a service; put it into a "
       "page, "
       "where data-service works\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(xml(row.text) == row.found);
  }
}

TEST_CASE("XML of every kind is judged by its namespaces") {
  const std::string u = "https://px.example/1";
  const Row rows[] = {
      {"<?xml-stylesheet href='https://px.example/1'?><a/>", undeclared(u)},
      {"<?xml version='1.0'?>\n<?xml-stylesheet type=\"text/xsl\" href=\"https://px.example/&#49;\"?><a/>",
       undeclared("https://px.example/&#49;")},
      {"<?xml-stylesheet href='a.xsl'?><a/>", "import /docs/img/a.xsl\n"},
      {"<?xml-stylesheet href='https://films.example/1'?><a/>", xml_waits("https://films.example/1")},
      {"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg/>", ""},
      {"<!DOCTYPE svg SYSTEM \"https://px.example/1\"><svg/>", undeclared(u)},
      {"<!DOCTYPE svg PUBLIC 'x' 'https://px.example/1' [ ]><svg/>", undeclared(u)},
      {"<!DOCTYPE svg [ <!-- ]> --> <!ENTITY a '>'> ]><svg/>",
       "unreadable-file at '<!ENTITY': the document type declares what browsers put into the text: nobody can judge it "
       "where it stands; save the file without it (\"plain SVG\"), or write out what it stands for\n"},
      {"<!DOCTYPE svg [<!ATTLIST a href CDATA #FIXED 'https://px.example/'>]><svg/>",
       "unreadable-file at '<!ATTLIST': the document type declares what browsers put into the text: nobody can judge "
       "it "
       "where it stands; save the file without it (\"plain SVG\"), or write out what it stands for\n"},
      {"<a><i:include xmlns:i='http://www.w3.org/2001/XInclude' href='https://px.example/1'/></a>", undeclared(u)},
      {"<x:stylesheet xmlns:x='http://www.w3.org/1999/XSL/Transform'><x:import "
       "href='https://px.example/1'/></x:stylesheet>",
       undeclared(u)},
      {"<x:value-of xmlns:x='http://www.w3.org/1999/XSL/Transform' select=\"document('https://px.example/1')/a\"/>",
       undeclared("document('https://px.example/1')/a")},
      {"<x:attribute xmlns:x='http://www.w3.org/1999/XSL/Transform' name='src'>https://px.example/1</x:attribute>",
       undeclared(u)},
      // feeds
      {"<rss><channel><image><url> https://px.example/1 </url></image></channel></rss>",
       undeclared(" https://px.example/1 ")},
      {"<rss><channel><item><enclosure url='https://px.example/1'/><link>https://px.example/</link><guid>"
       "https://px.example/1</guid><url>https://px.example/1</url></item></channel></rss>",
       ""},
      {"<rss><item><description>a &lt;img src='https://px.example/1'></description></item></rss>", undeclared("a")},
      {"<rss xmlns:c='http://purl.org/rss/1.0/modules/content/'><c:encoded><![CDATA[<p><img "
       "src='https://px.example/1'>]]></c:encoded></rss>",
       undeclared(u)},
      {"<rss><description><![CDATA[<a href='https://px.example/'>a</a><script "
       "src=/a.js></script>]]></description></rss>",
       ""},
      {"<rss><description><![CDATA[<p><iframe src='https://films.example/1' width=1 "
       "height=1></iframe>]]></description></rss>",
       "cannot-gate at '<': this feed shows something of the service 'films', and whoever reads it cannot choose; put "
       "a "
       "link in its place\n"},
      {"<rss><description><![CDATA[<img src='https://shop.example/1'>]]></description></rss>", "necessary 1\n"},
      {"<rss xmlns:m='http://search.yahoo.com/mrss/'><m:thumbnail url='https://px.example/1'/></rss>", undeclared(u)},
      {"<rss xmlns:m='http://search.yahoo.com/mrss/'><m:content type='image/png' url='https://px.example/1'/></rss>",
       undeclared(u)},
      {"<rss xmlns:m='http://search.yahoo.com/mrss/'><m:content type='video/mp4' url='https://px.example/1'/></rss>",
       ""},
      {"<feed xmlns='http://www.w3.org/2005/Atom'><logo>https://px.example/1</logo></feed>", undeclared(u)},
      {"<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary type='html'>&lt;img "
       "src='https://px.example/1'></summary></entry></feed>",
       undeclared("&")},
      {"<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary>&lt;img src='https://px.example/1'></summary>"
       "<link rel='enclosure' href='https://px.example/1'/></entry></feed>",
       ""},
      // descriptions of search engines, tiles
      {"<OpenSearchDescription xmlns='http://a9.com/-/spec/opensearch/1.1/'><Url "
       "template='https://px.example/?q={searchTerms}'/></OpenSearchDescription>",
       undeclared("https://px.example/?q={searchTerms}")},
      {"<OpenSearchDescription xmlns='http://a9.com/-/spec/opensearch/1.1/'><Image>https://px.example/1</Image>"
       "</OpenSearchDescription>",
       undeclared(u)},
      {"<browserconfig><msapplication><tile><logo src='https://px.example/1'/></tile></msapplication></browserconfig>",
       undeclared(u)},
      {"<!DOCTYPE plist PUBLIC '-//Apple//DTD PLIST 1.0//EN' 'http://www.apple.com/DTDs/PropertyList-1.0.dtd'><plist/>",
       ""},
      {"<config><logo src='https://px.example/1'/></config>", ""},
      {"<x:stylesheet xmlns:x='http://www.w3.org/1999/XSL/Transform'><img src='https://px.example/1'/></x:stylesheet>",
       undeclared(u)},
      {"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://px.example/'><link "
       "href='https://px.example/'/></feed>",
       ""},
      {"<rss xmlns:i='http://www.itunes.com/dtds/podcast-1.0.dtd'><i:image href='https://px.example/1'/></rss>",
       undeclared(u)},
      {"<urlset xmlns:h='http://www.w3.org/1999/xhtml'><h:link rel='alternate' href='https://px.example/'/></urlset>",
       ""},
      {"<feed xmlns='http://www.w3.org/2005/Atom'><div xmlns='http://www.w3.org/1999/xhtml'><img "
       "src='https://px.example/1'/>"
       "</div></feed>",
       undeclared(u)},
      // XHTML
      {xhtml("<img srcset='a 1x, https://px.example/1 2x'/>"), undeclared("a 1x, https://px.example/1 2x")},
      {xhtml("<link rel='STYLESHEET x' href='https://px.example/1'/>"), undeclared(u)},
      {xhtml("<link rel='canonical' href='https://px.example/1'/>"), ""},
      {xhtml("<link rel='preconnect' href='https://films.example/'/>"), xml_waits("https://films.example/")},
      {xhtml("<meta http-equiv='Refresh' content='0; url=https://px.example/1'/>"),
       undeclared("0; url=https://px.example/1")},
      {xhtml("<base href='https://px.example/'/>"), undeclared("https://px.example/")},
      {xhtml("<a href='https://px.example/'>a</a><form action='https://px.example/'/>"), ""},
      {xhtml("<video poster='https://px.example/1'><source src='/a'/></video>"), undeclared(u)},
      {xhtml("<iframe srcdoc='x'/>"),
       "cannot-gate at 'x': a document inside an attribute is not judged in an XML file; make the document a file of "
       "its "
       "own\n"},
      {xhtml("<iframe src='data:text/html,x'/>"),
       "cannot-gate at 'data:text/html,x': what this data: URL holds cannot be judged where it stands; make it a file "
       "of "
       "its own\nsource frame data:\n"},
      {xhtml("<script type='speculationrules'>{\"prefetch\":[{\"urls\":[\"https://px.example/1\"]}]}</script>"),
       undeclared("\"https://px.example/1\"")},
      // encodings
      {"<?xml version='1.0' encoding='utf-8'?><a/>", ""},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
       "unreadable-file at 'ISO-8859-1': the file says that its encoding is 'ISO-8859-1', and hardtop reads UTF-8; "
       "save it "
       "in the encoding UTF-8 and write encoding=\"UTF-8\"\n"},
      {std::string("\xFE\xFF\0<", 4),
       "unreadable-file at '\xFE\xFF': the file is in UTF-16, and hardtop reads UTF-8; save it in the encoding "
       "UTF-8\n"},
      {"\x1F\x8B\x08",
       "unreadable-file at '\x1F\x8B': the file is compressed, and nobody can judge what is in it; publish it without "
       "compression; servers compress by themselves\n"},
      // what is not well-formed is read on
      {"<svg xmlns='http://www.w3.org/2000/svg'></g><image href=https://px.example/1 /></svg>", undeclared(u)},
      {"<svg xmlns='http://www.w3.org/2000/svg'><image href='https://px.example/1", undeclared(u)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(xml(row.text) == row.found);
  }
}
