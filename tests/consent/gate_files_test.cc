#include "consent/gate_files.h"

#include <doctest/doctest.h>

#include "consent/services.h"

using namespace hardtop;

namespace {

Service service(std::string id, std::vector<std::string> hosts, bool necessary) {
  Service made;
  made.id = std::move(id);
  made.hosts = std::move(hosts);
  made.necessary = necessary;
  return made;
}

struct World {
  ConsentConfig config;
  Url base = *parse_url("https://site.example/docs/");

  World() {
    config.services = {service("films", {"films.example", "*.films.example"}, false),
                       service("shop", {"shop.example"}, true)};
    StoredItem basket;
    basket.name = "basket*";
    config.services[1].stored = {basket};
    StoredItem seen;
    seen.name = "seen";
    config.services[0].stored = {seen};
  }
};

// What was found, a line each: "error ID at 'bytes': message; hint", "storage X at 'bytes'", "host X", "needs N", "source D X",
// "import X".
std::string text_of(const JudgedFile& judged, std::string_view file) {
  const auto bytes = [&](std::size_t offset, std::size_t length) {
    CHECK(offset + length <= file.size());
    return " at '" + std::string(file.substr(offset, length)) + "'";
  };
  constexpr const char* kDirectives[] = {"script",  "style",    "img",    "font",   "media",      "frame",
                                         "connect", "manifest", "object", "worker", "form-action"};
  std::string out;
  for (const GateProblem& problem : judged.problems) {
    std::string hint = problem.hint;
    if (problem.id == "consent/undeclared-host") {
      const std::size_t quote = problem.message.find('\'') + 1;
      const std::string host = problem.message.substr(quote, problem.message.rfind('\'') - quote);
      CHECK(hint == Services::lines_to_paste(host));
      hint = "LINES";
    }
    out += problem.id.substr(8) + bytes(problem.offset, problem.length) + ": " + problem.message + "; " + hint + "\n";
  }
  for (const FileUse& use : judged.facts.uses)
    out +=
        (use.kind == FileUse::Kind::storage ? "storage " : "host ") + use.what + bytes(use.offset, use.length) + "\n";
  for (const ServiceIndex index : judged.facts.necessary) out += "necessary " + std::to_string(index) + "\n";
  for (const auto& [directive, source] : judged.facts.sources)
    out += "source " + std::string(kDirectives[static_cast<int>(directive)]) + " " + source + "\n";
  for (const std::string& path : judged.facts.imports) out += "import " + path + "\n";
  return out;
}

std::string css(std::string_view text) {
  const World world;
  return text_of(judge_css(Services(world.config, world.base), text, "/docs/css/main.css"), text);
}
std::string script(std::string_view text) {
  const World world;
  return text_of(judge_script(Services(world.config, world.base), text, "/docs/js/main.js"), text);
}
std::string xml(std::string_view text) {
  const World world;
  return text_of(judge_xml(Services(world.config, world.base), text, "/docs/img/a.svg"), text);
}
std::string manifest(std::string_view text) {
  const World world;
  return text_of(judge_manifest(Services(world.config, world.base), text, "/docs/site.webmanifest"), text);
}
std::string header(std::string_view name, std::string_view value) {
  const World world;
  JudgedFile judged = judge_header(Services(world.config, world.base), name, value);
  return text_of(judged, value);
}

struct Row {
  std::string text;
  std::string found;
};

std::string undeclared(const std::string& bytes, const std::string& host = "px.example") {
  return "undeclared-host at '" + bytes + "': no service declares the host '" + host + "'; LINES\n";
}
std::string waits(const std::string& bytes, const std::string& what, const std::string& hint,
                  const std::string& host = "films.example") {
  return "cannot-gate at '" + bytes + "': " + what + " loads from '" + host +
         "', and cannot wait for a choice; it belongs to the service 'films'; " + hint + "\n";
}
std::string xml_waits(const std::string& bytes, const std::string& host = "films.example") {
  return waits(bytes, "this file of SVG or XML", "remove it, or put the content into a page, where it is gated", host);
}
std::string header_waits(const std::string& bytes) {
  return waits(bytes, "this header", "remove it, or put it into the pages as markup, where it is gated");
}

// What a script that names a host may do with it.
std::string counts(const std::string& source) { return "source connect " + source + "\nsource img " + source + "\n"; }

std::string svg(const std::string& inside) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">" + inside + "</svg>";
}
std::string xhtml(const std::string& inside) {
  return "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + inside + "</body></html>";
}

}  // namespace

TEST_CASE("a style sheet is judged by whose each URL is") {
  const Row rows[] = {
      {"a{background:url(/x.png),url(x.png),url(#f),url(https://site.example/x),url(//SITE.example:443/x)}", ""},
      {"a{background:url(https://px.example/1.gif)}", undeclared("url(https://px.example/1.gif)")},
      {"a{background:url('//px.example/1')}", undeclared("'//px.example/1'")},
      {"a{background:u\\72l(https\\3a //px.example)}", undeclared("u\\72l(https\\3a //px.example)")},
      {"@import \"https://px.example/x.css\";", undeclared("\"https://px.example/x.css\"")},
      {"a{b:image-set('https://px.example/' 1x)}", undeclared("'https://px.example/'")},
      {"a{--b:'https://px.example/'}", undeclared("'https://px.example/'")},
      {"a{b:url(https://films.example/1)} c{d:url(https://films.example/2)}",
       "host films.example at 'url(https://films.example/1)'\nsource img https://films.example\n"},
      {"a{b:url(https://a.films.example/1)}",
       "host a.films.example at 'url(https://a.films.example/1)'\nsource img https://a.films.example\n"},
      {"a{b:url(https://shop.example/1)}", "necessary 1\nsource img https://shop.example\n"},
      {"@font-face{src:url(https://shop.example/1)}", "necessary 1\nsource font https://shop.example\n"},
      {"@font-face{src:url(data:font/woff2;base64,AA)}", "source font data:\n"},
      {"a{b:url(data:image/svg+xml,x)} c{d:url(DATA:x)}", "source img data:\n"},
      {"@import 'x.css';@import url(/docs/y.css?1#2);", "import /docs/css/x.css\nimport /docs/y.css\n"},
      {"@import 'data:text/css,a{b:url(https://px.example/)}';",
       undeclared("'data:text/css,a{b:url(https://px.example/)}'") + "source style data:\n"},
      {"@import 'data:text/css;base64,YXt9QGltcG9ydCAnaHR0cHM6Ly9maWxtcy5leGFtcGxlJzs=';",
       "host films.example at ''data:text/css;base64,YXt9QGltcG9ydCAnaHR0cHM6Ly9maWxtcy5leGFtcGxlJzs=''\nsource style "
       "data:\nsource style https://films.example\n"},
      {"a{b:url(https://[x/)}",
       "unreadable-url at 'url(https://[x/)': 'https://[x/' cannot be read as a URL; correct it: browsers may differ "
       "in "
       "what they load for it\n"},
      {"/* url(https://px.example/) */ @namespace url(https://px.example/);", ""},
      {"@charset \"utf-8\";", ""},
      {"@charset \"GBK\";",
       "unreadable-file at '@charset \"GBK\"': the style sheet says that its encoding is 'gbk', and hardtop reads "
       "UTF-8; "
       "save it in the encoding UTF-8 and remove this line\n"},
      {"\xFF\xFE"
       "a",
       "unreadable-file at '\xFF\xFE': the style sheet is in UTF-16, and hardtop reads UTF-8; save it in "
       "the encoding UTF-8\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(css(row.text) == row.found);
  }
}

TEST_CASE("a script's names that reach what a browser keeps are found") {
  const Row rows[] = {
      {"localStorage.a = 1", "storage localStorage at 'localStorage'\n"},
      {"window.sessionStorage", "storage sessionStorage at 'sessionStorage'\n"},
      {"window['localStorage']", "storage localStorage at ''localStorage''\n"},
      {"window[`local\\u0053torage`]", "storage localStorage at '`local\\u0053torage`'\n"},
      {"loc\\u0061lStorage", "storage localStorage at 'loc\\u0061lStorage'\n"},
      {"const {localStorage: l} = window", "storage localStorage at 'localStorage'\n"},
      {"x?.indexedDB.open()", "storage indexedDB at 'indexedDB'\n"},
      {"cookieStore.get('a')", "storage cookieStore at 'cookieStore'\n"},
      {"navigator.serviceWorker.register('x')", "storage serviceWorker at 'serviceWorker'\n"},
      {"`${localStorage.a}`", "storage localStorage at 'localStorage'\n"},
      {"`a${`b${localStorage}`}c`", "storage localStorage at 'localStorage'\n"},
      {"// localStorage\n/* localStorage */", ""},
      {"#! localStorage\n", ""},
      {"'see localStorage'", ""},
      {"`see localStorage`", ""},
      {"localStorages; myLocalStorage; localstorage", ""},
      // document.cookie
      {"document.cookie = 'a=b'", "storage document.cookie at 'cookie'\n"},
      {"document /**/ .\n cookie", "storage document.cookie at 'cookie'\n"},
      {"var d=document;d.cookie", "storage document.cookie at 'cookie'\n"},
      {"document['cookie']", "storage document.cookie at ''cookie''\n"},
      {"f()[\"cookie\"]", "storage document.cookie at '\"cookie\"'\n"},
      {"const {cookie} = document", "storage document.cookie at 'cookie'\n"},
      {"const {cookie: c} = window.document", "storage document.cookie at 'cookie'\n"},
      {"Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')", "storage document.cookie at ''cookie''\n"},
      {"Reflect.set(document, 'cookie', x)", "storage document.cookie at ''cookie''\n"},
      {"f({cookie: 1}); const {cookie} = options; g(cookie); ['a', 'cookie']", ""},
      // caches
      {"caches.open('a')", "storage caches at 'caches'\n"},
      {"window.caches", "storage caches at 'caches'\n"},
      {"self['caches']", "storage caches at ''caches''\n"},
      {"const {caches: c} = globalThis", "storage caches at 'caches'\n"},
      {"f(caches)", "storage caches at 'caches'\n"},
      {"a ? caches : b", "storage caches at 'caches'\n"},
      {"c=caches", "storage caches at 'caches'\n"},
      {"const caches = new Map; caches.has(1)", ""},
      {"this.caches.get(1); f({caches: 1}); x['caches']", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}

TEST_CASE("a script's strings and regular expressions are told from its code") {
  const Row rows[] = {
      {"'\\'localStorage'; \"a\\\nlocalStorage\"", ""},
      {"a = b / c; localStorage / d", "storage localStorage at 'localStorage'\n"},
      {"/'/.test(a); localStorage; /'/", "storage localStorage at 'localStorage'\n"},
      {"x = /[/'\"`]/; localStorage", "storage localStorage at 'localStorage'\n"},
      {"if (a) /`/.test(b); localStorage", "storage localStorage at 'localStorage'\n"},
      {"(a) / '/' ; 'localStorage '", ""},
      {"return /`/; localStorage", "storage localStorage at 'localStorage'\n"},
      {"a.return / 2 / `localStorage `", ""},
      {"function f() {} /`/.test(a); localStorage", "storage localStorage at 'localStorage'\n"},
      {"a = {} / 2; `x` / localStorage", "storage localStorage at 'localStorage'\n"},
      {"a++ / 2; localStorage / 3", "storage localStorage at 'localStorage'\n"},
      {"a = `}` + /}`/ ; localStorage", "storage localStorage at 'localStorage'\n"},
      {"x = 'never closed\nlocalStorage", "storage localStorage at 'localStorage'\n"},
      {"<!-- don't\nlocalStorage", "storage localStorage at 'localStorage'\n"},
      {"1e+5.localStorage", ""},
      {"a /localStorage/ b", "storage localStorage at 'localStorage'\n"},
      {"for await (x of /localStorage/g) {}", "storage localStorage at '/localStorage/g'\n"},
      {"a\xE2\x80\xA8//b\xE2\x80\xA9localStorage", "storage localStorage at 'localStorage'\n"},
      {"document.\xC2\xA0"
       "cookie",
       "storage document.cookie at 'cookie'\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}

TEST_CASE("a script's hosts and imports are found") {
  const Row rows[] = {
      {"fetch('https://films.example/x')",
       "host films.example at ''https://films.example/x''\n" + counts("https://films.example")},
      {"a = 'FILMS.Example.'", "host films.example at ''FILMS.Example.''\n" + counts("https://films.example")},
      {"a = `//a.b.films.example:80/${x}`",
       "host a.b.films.example at '`//a.b.films.example:80/${'\n" + counts("https://a.b.films.example:80")},
      {"/https:\\/\\/films\\.example/",
       "host films.example at '/https:\\/\\/films\\.example/'\n" + counts("https://films.example")},
      {"// https://films.example/", ""},
      {"'notfilms.example films.example.org'", ""},
      {"fetch('https://px.example/')", ""},
      {"fetch('https://shop.example/')", "necessary 1\n" + counts("https://shop.example")},
      {"new WebSocket('wss://shop.example:8443/a')", "necessary 1\nsource connect wss://shop.example:8443\n"},
      {"a = 'HTTP://shop.example/', b = 'xhttp://shop.example:'",
       "necessary 1\n" + counts("http://shop.example") + counts("https://shop.example")},
      {"import './a.js'; import b from \"../b.js\"; export * from '/docs/c.js';",
       "import /docs/js/a.js\nimport /docs/b.js\nimport /docs/c.js\n"},
      {"import {a as from} from './a.js' with {type: 'json'}", "import /docs/js/a.js\n"},
      {"import('./a.js').then(); import.defer('./b.js'); import(`./c.js`)",
       "import /docs/js/a.js\nimport /docs/js/b.js\nimport /docs/js/c.js\n"},
      {"new Worker('a.js'); new SharedWorker('/docs/b.js', {type: 'module'})",
       "import /docs/js/a.js\nimport /docs/b.js\n"},
      {"new Worker(new URL('./a.js', import.meta.url))", "import /docs/js/a.js\n"},
      {"new URL('./a.js', location)", ""},
      {"importScripts('/a.js', '/b.js')", "import /a.js\nimport /b.js\n"},
      {"import 'lodash'; Array.from('./x.js')", ""},
      {"import 'https://px.example/a.js'", undeclared("'https://px.example/a.js'")},
      {"import('//px.example/a.js')", undeclared("'//px.example/a.js'")},
      {"import('https://' + host)", ""},
      {"import('https://px.example/' + file)", undeclared("'https://px.example/'")},
      {"import(`https://px.example/${file}`)", undeclared("`https://px.example/${")},
      {"import(`https://px.${x}`)", ""},
      {"import a from 'https://films.example/a.js'", "host films.example at ''https://films.example/a.js''\n" +
                                                         counts("https://films.example") +
                                                         "source script https://films.example\n"},
      {"import a from 'https://shop.example/a.js'",
       "necessary 1\n" + counts("https://shop.example") + "source script https://shop.example\n"},
      {"import 'data:text/javascript,localStorage'",
       "storage localStorage at ''data:text/javascript,localStorage''\nsource script data:\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}

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

TEST_CASE("a web app manifest is judged") {
  const Row rows[] = {
      {R"({"name":"https://px.example/","$schema":"https://px.example/","icons":[{"src":"a.png"}],"start_url":"/docs/"})",
       ""},
      {R"({"icons":[{"src":"https://px.example/1"}]})", undeclared("\"https://px.example/1\"")},
      {R"({"shortcuts":[{"name":"a","icons":[{"src":"//px.\u0065xample/"}]}]})", undeclared("\"//px.\\u0065xample/\"")},
      {R"({"share_target":{"action":"https://px.example/"}})", undeclared("\"https://px.example/\"")},
      {R"({"anything":{"new":["https://px.example/"]}})", undeclared("\"https://px.example/\"")},
      {R"({"related_applications":[{"url":"https://px.example/"}]})", ""},
      {R"({"screenshots":[{"src":"https://films.example/"}]})",
       waits("\"https://films.example/\"", "the web app manifest", "use a file of the site itself")},
      {R"({"icons":[{"src":"https://shop.example/"}]})", "necessary 1\nsource img https://shop.example\n"},
      {R"({"icons":[{"src":"data:image/png,x"}]})", "source img data:\n"},
      {R"({"prefetch":[{"where":{"href_matches":"/*"}}]})", ""},
      {R"({"prefetch":[{"urls":["https://px.example/"]}]})", undeclared("\"https://px.example/\"")},
      {R"({"prerender":[{"where":{"selector_matches":"a"}}]})",
       "cannot-gate at '{': these speculation rules may match links to other sites, which browsers then fetch; limit "
       "them: "
       "\"where\": { \"and\": [{ \"href_matches\": \"/*\" }, …] }\n"},
      {R"({"icons":)",
       "unreadable-file at '': this is not JSON: the text ends where a value should stand; correct it: what cannot be "
       "read "
       "cannot be judged, and browsers do not use it either\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(manifest(row.text) == row.found);
  }
}

TEST_CASE("a playlist is judged by whose each URL is") {
  const World world;
  const auto playlist = [&](std::string_view text) {
    return text_of(judge_playlist(Services(world.config, world.base), text, "/docs/a.m3u8"), text);
  };
  const std::string mend = "remove it, or let a page name the service's own playlist: there it is gated";
  CHECK(playlist("#EXTM3U\n#EXTINF:5,https://px.example/\na.ts\n\n") == "");
  CHECK(playlist("#EXTM3U\r\nhttps://px.example/1.ts\r\n") == undeclared("https://px.example/1.ts"));
  CHECK(playlist("  //films.example/1.ts") == waits("//films.example/1.ts", "this playlist", mend));
  CHECK(playlist("#EXT-X-KEY:METHOD=AES-128,URI=\"https://films.example/k\"") ==
        waits("https://films.example/k", "this playlist", mend));
  CHECK(playlist("#EXT-X-DEFINE:NAME=\"h\",VALUE=\"https://px.example\"\n{$h}/1.ts") ==
        undeclared("https://px.example"));
}

TEST_CASE("headers that contact somebody or keep something are judged") {
  struct HeaderRow {
    const char* name;
    std::string value;
    std::string found;
  };
  const std::string u = "https://px.example/1", f = "https://films.example/1";
  const HeaderRow rows[] = {
      {"Link", "<" + u + ">; rel=preload; as=script", undeclared(u)},
      {"LINK", "</a>; rel=preload, <" + u + ">;rel=\"icon stylesheet\"", undeclared(u)},
      {"Link", "<" + u + ">; title=\"a, <b>; \\\" rel=x\"; rel = preconnect", undeclared(u)},
      {"Link", "</a>; rel=preload; as=image; imagesrcset=\"https://px.example/1 2x\"", undeclared("/a")},
      {"Link", "<" + u + ">; rel=canonical", ""},
      {"Link", "<" + f + ">; rel=dns-prefetch", header_waits(f)},
      {"Link", "<https://shop.example/>; rel=preconnect", "necessary 1\n"},
      {"Link", "<https://shop.example/a>; rel=preload; as=font", "necessary 1\nsource font https://shop.example\n"},
      {"Link", "</a.css>; rel=preload; as=style, <b.css>; rel=\"Stylesheet\", </c.js>; rel=modulepreload",
       "import /docs/b.css\n"},
      {"Link", "<" + u, ""},
      {"Link", "<" + u + ">; rel", ""},
      {"Link", "<" + u + ">; ; =; rel=prefetch", undeclared(u)},
      {"Speculation-Rules", "\"" + u + "\"", undeclared(u)},
      {"Speculation-Rules", "\"/speculation-rules.json\"", ""},
      {"Speculation-Rules", "\"/rules.json\"",
       "cannot-gate at '/rules.json': hardtop does not know that '/rules.json' holds speculation rules, and so does "
       "not "
       "judge it; give the file a name that ends in speculation-rules.json\n"},
      {"Reporting-Endpoints", "a=\"/r\", b=\"" + u + "\"", undeclared(u)},
      {"Report-To", "{\"group\":\"a\",\"endpoints\":[{\"url\":\"" + u + "\"}]}, {}", undeclared("\"" + u + "\"")},
      {"NEL", "{\"report_to\":\"a\",\"max_age\":1}", ""},
      {"Refresh", "5; url=" + u, undeclared(u)},
      {"Refresh", "5", ""},
      {"Location", u, undeclared(u)},
      {"SourceMap", " " + u, undeclared(u)},
      {"Content-Security-Policy", "default-src https://px.example; report-uri /a " + u, undeclared(u)},
      {"Content-Security-Policy-Report-Only", "report-to a; Report-URI " + f, header_waits(f)},
      {"Alt-Svc", "h3=\":443\"; ma=1, h2=\"px.example:443\"", undeclared("px.example:443")},
      {"Set-Cookie", "basket_1=a; Path=/", ""},
      {"Set-Cookie", "cookie_consent=a",
       "cannot-gate at 'cookie_consent': the cookie 'cookie_consent' keeps what the visitor has chosen, and a header "
       "would choose for everybody; remove it: the banner sets the cookie\n"},
      {"Content-Type", "text/css; charset=\"UTF-8\"", ""},
      {"Content-Type", "text/html;charset=utf-16; a=b",
       "unreadable-file at 'utf-16': the header says that the encoding is 'utf-16', and hardtop reads UTF-8; write "
       "charset=utf-8, and save the files in it\n"},
      {"X-DNS-Prefetch-Control", " On",
       "cannot-gate at 'On': this header makes browsers look up the hosts of links before a visitor follows them; "
       "remove it\n"},
      {"X-DNS-Prefetch-Control", "off", ""},
      {"X-XSS-Protection", "1; mode=block; Report = " + u, undeclared(u)},
      {"Set-Cookie", "seen=a",
       "cannot-gate at 'seen': the cookie 'seen' belongs to the service 'films', and a response header cannot wait "
       "until the "
       "visitor allows it; remove it, and let a script with data-service=\"films\" set the cookie\n"},
      {"Set-Cookie", " id=a",
       "undeclared-cookie at 'id': no service declares the cookie 'id'; remove it, or declare it in consent.toml with "
       "the "
       "necessary service that it belongs to: [[service.cookie]] name = \"id\"\n"},
      {"X-Frame-Options", "https://px.example/", ""},
      {"Content-Security-Policy", "script-src https://films.example", ""},
  };
  for (const HeaderRow& row : rows) {
    CAPTURE(row.value);
    CHECK(header(row.name, row.value) == row.found);
  }
}

TEST_CASE("a file's name says who judges it") {
  const std::pair<const char*, PublishedAs> rows[] = {
      {"index.html", PublishedAs::html},
      {"a/B.HTM", PublishedAs::html},
      {"a.css", PublishedAs::css},
      {"a.min.js", PublishedAs::script},
      {"a.mjs", PublishedAs::script},
      {"a.svg", PublishedAs::xml},
      {"feed.rss", PublishedAs::xml},
      {"a.xhtml", PublishedAs::xml},
      {"site.webmanifest", PublishedAs::manifest},
      {"x/manifest.json", PublishedAs::manifest},
      {"site-manifest.json", PublishedAs::manifest},
      {"speculation-rules.json", PublishedAs::manifest},
      {"data.json", PublishedAs::unknown},
      {"css", PublishedAs::unknown},
      {"a.css/b", PublishedAs::unknown},
      {"a.b c", PublishedAs::unknown},
      {"a. css ", PublishedAs::unknown},
      {"a.", PublishedAs::unknown},
      {"page.php", PublishedAs::unknown},
      {"LICENSE", PublishedAs::unknown},
      {"a.PDF", PublishedAs::passive},
      {"a.js.map", PublishedAs::passive},
      {"films/a.m3u8", PublishedAs::playlist},
      {"_headers", PublishedAs::headers},
      {"_redirects", PublishedAs::redirects},
      {"a/_headers", PublishedAs::unknown},
      {"a.png", PublishedAs::passive},
      {"", PublishedAs::unknown},
  };
  for (const auto& [path, kind] : rows) {
    CAPTURE(std::string(path));
    CHECK(published_as(path) == kind);
  }
}

TEST_CASE("a file of unknown kind is what browsers take its first bytes for") {
  const std::pair<std::string, PublishedAs> rows[] = {
      {"<!DOCTYPE html><p>", PublishedAs::html},
      {"\xEF\xBB\xBF \r\n\t<HTML lang=en>", PublishedAs::html},
      {"<!-- a", PublishedAs::html},
      {"<a href=x>", PublishedAs::html},
      {"<br>", PublishedAs::html},
      {"<abbr>", PublishedAs::passive},
      {"<p", PublishedAs::passive},
      {"<?xml version='1.0'?>", PublishedAs::xml},
      {"<svg xmlns='http://www.w3.org/2000/svg'>", PublishedAs::passive},
      {"localStorage.a = 1", PublishedAs::passive},
      {"{\"version\": \"https://jsonfeed.org/version/1.1\"}", PublishedAs::json_feed},
      {"{\"icons\": [{\"src\": \"https://px.example/\"}]}", PublishedAs::passive},
      {"www.site.example\n", PublishedAs::passive},
      {" \n", PublishedAs::passive},
      {"", PublishedAs::passive},
  };
  for (const auto& [text, kind] : rows) {
    CAPTURE(text);
    CHECK(sniffed_as(text) == kind);
  }
}

TEST_CASE("a Content-Type says who judges a file") {
  const std::pair<std::string, PublishedAs> rows[] = {
      {"Text/HTML; charset=utf-8", PublishedAs::html},
      {" text/css", PublishedAs::css},
      {"application/x-javascript", PublishedAs::script},
      {"text/ecmascript;a", PublishedAs::script},
      {"image/svg+xml", PublishedAs::xml},
      {"application/xml", PublishedAs::xml},
      {"application/manifest+json", PublishedAs::manifest},
      {"application/speculationrules+json", PublishedAs::manifest},
      {"application/json", PublishedAs::passive},
      {"text/plain", PublishedAs::passive},
      {"", PublishedAs::passive},
  };
  for (const auto& [text, kind] : rows) {
    CAPTURE(text);
    CHECK(published_as_type(text) == kind);
  }
}

TEST_CASE("a host's file of headers is judged line by line") {
  const auto judge = [](std::string_view text) {
    const World world;
    return text_of(judge_headers_file(Services(world.config, world.base), text), text);
  };
  const Row rows[] = {
      {"# Link: <https://px.example/1>; rel=preload\n/*\n  X-Frame-Options: DENY\n", ""},
      {"/*\n  Link: </a>; rel=icon\r\n\tLINK : <https://px.example/1>; rel=preload\r\n",
       undeclared("https://px.example/1")},
      {"/*\n  Refresh: 1; url=https://films.example/1", header_waits("https://films.example/1")},
      {"/*\n Link: </x.css>; rel=stylesheet", "import /x.css\n"},
      {"https://site.example/*\n  ! Link\n  nonsense\n", ""},
      {"Link: <https://px.example/1>; rel=preload\n", ""},  // no header, but a path
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(judge(row.text) == row.found);
  }
}

TEST_CASE("a host's file of redirects is judged by where each leads") {
  const auto judge = [](std::string_view text) {
    const World world;
    return text_of(judge_redirects_file(Services(world.config, world.base), text), text);
  };
  const Row rows[] = {
      {"/a /b\n/c/* /d/:splat 301!\n# /e https://px.example/\n\n/f https://site.example/ 302\n", ""},
      {"/a https://px.example/1.gif 302\r\n", undeclared("https://px.example/1.gif")},
      {"/a id=:id  https://px.example/:id 200! Country=de # words https://films.example/",
       undeclared("https://px.example/:id")},
      {"https://site.example/a //px.example/", undeclared("//px.example/")},
      {"/a https://shop.example/", ""},
      {"/a https://films.example/", waits("https://films.example/", "this redirect", "link to it from a page instead")},
      {"/a", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(judge(row.text) == row.found);
  }
}

TEST_CASE("a playlist is judged by what it plays") {
  const auto judge = [](std::string_view text) {
    const World world;
    return text_of(judge_playlist(Services(world.config, world.base), text, "/docs/a.m3u8"), text);
  };
  const Row rows[] = {
      {"#EXTM3U\n#EXTINF:9, https://px.example/\n1.ts\r\n/2.ts\n\n", ""},
      {"#EXTM3U\nhttps://px.example/1.ts", undeclared("https://px.example/1.ts")},
      {"#EXT-X-KEY:METHOD=AES-128,URI=\"//px.example/key\",IV=1\n", undeclared("//px.example/key")},
      {" https://films.example/1.ts \n",
       waits("https://films.example/1.ts", "this playlist",
             "remove it, or let a page name the service's own playlist: there it is gated")},
      {"https://shop.example/1.ts\n", "necessary 1\nsource media https://shop.example\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(judge(row.text) == row.found);
  }
}

TEST_CASE("a feed in JSON is judged by what readers show of it") {
  const auto judge = [](std::string_view text) {
    const World world;
    return text_of(judge_json_feed(Services(world.config, world.base), text, "/docs/feed.json"), text);
  };
  const Row rows[] = {
      {R"({"home_page_url":"https://px.example/","items":[{"url":"https://px.example/","content_html":"<p>a"}]})", ""},
      {R"({"icon":"https://px.example/1"})", undeclared("\"https://px.example/1\"")},
      {R"({"items":[{"image":"/a.png","authors":[{"avatar":"//px.example/1"}]}]})", undeclared("\"//px.example/1\"")},
      {R"({"items":[{"content_html":"<img src='https://px.example/1'>"}]})",
       undeclared("\"<img src='https://px.example/1'>\"")},
      {R"({"items":[{"banner_image":"https://films.example/1"}]})",
       waits("\"https://films.example/1\"", "this feed", "use an image of the site itself")},
      {R"({"favicon":"https://shop.example/1"})", "necessary 1\nsource img https://shop.example\n"},
      {"{",
       "unreadable-file at '': this is not JSON: a key in quotes should stand here; correct it: what "
       "cannot be read cannot be judged\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(judge(row.text) == row.found);
  }
}

TEST_CASE("files in UTF-16 are refused, with or without a mark at their begin") {
  const auto utf16 = [](std::string_view text) {
    std::string out;
    for (const char c : text) (out += c) += '\0';
    return out;
  };
  const World world;
  const Services services(world.config, world.base);
  const std::pair<PublishedAs, const char*> rows[] = {
      {PublishedAs::css, "the style sheet"}, {PublishedAs::script, "the script"}, {PublishedAs::html, "the file"}};
  for (const auto& [kind, what] : rows) {
    for (const std::string& text : {utf16("a b c d"), "\xFF\xFE" + utf16("a"), "\xFE\xFF" + utf16("a")}) {
      CAPTURE(what);
      CHECK(text_of(judge_file(services, kind, text, "/a"), text) ==
            "unreadable-file at '" + text.substr(0, 2) + "': " + what +
                " is in UTF-16, and hardtop reads UTF-8; save it in the encoding UTF-8\n");
    }
  }
  const std::string_view html = "<p>\x1B$B<img src=x>";
  CHECK(text_of(judge_html_bytes(html), html) ==
        "unreadable-file at '\x1B': the file is in ISO-2022-JP, and hardtop reads UTF-8; save it in the encoding "
        "UTF-8\n");
  CHECK(judge_html_bytes("<p>caf\xE9").problems.empty());
  CHECK(judge_html_bytes("").problems.empty());
}
