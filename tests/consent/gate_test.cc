#include <doctest/doctest.h>

#include "consent/gate_fixture.h"
#include "consent/gate_values.h"

using namespace gate_fixture;

namespace {

struct Case {
  std::string_view html, published;
};

void check_all(const std::vector<Case>& cases, GateMode mode = GateMode::document, ServiceIndex service = kNoService) {
  for (const Case& c : cases) {
    CAPTURE(c.html);
    CHECK(published(c.html, mode, service) == c.published);
  }
}

constexpr std::string_view kPage = "<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body>";

}  // namespace

TEST_SUITE_BEGIN("gate");

TEST_CASE("a page that contacts nobody stays as it is") {
  const std::string html = std::string(kPage) +
                           "<a href='https://elsewhere.example/'>a link</a><img src=/a.png srcset='a.png 2x'>"
                           "<script src=/main.js defer></script><style>p{background:url(/a.png)}</style></body></html>";
  const GatedHtml gated = gate(html);
  CHECK(problems(gated) == "");
  CHECK(gated.edits.empty());
  CHECK(gated.optional.empty());
  CHECK(gated.necessary.empty());
  CHECK(gated.records.empty());
  CHECK(gated.needs.sources.empty());
  CHECK_FALSE(gated.needs.third_party_script);
}

TEST_CASE("the element itself moves, or the outermost of those that hold others") {
  check_all({
      {"<p>a<script src=//ads.example/x></script>b</p>",
       "<p>a<template data-service=\"ads\"><script src=//ads.example/x></script></template>b</p>"},
      {"<div><picture><source srcset=//ads.example/x><img src=/a width=1 height=1></picture></div>",
       "<div><template data-service=\"ads\"><picture><source srcset=//ads.example/x><img src=/a width=1 "
       "height=1></picture></"
       "template></div>"},
      {"<p><object hidden><svg><image href=//ads.example/x /></svg></object></p>",
       "<p><template data-service=\"ads\"><object hidden><svg><image href=//ads.example/x "
       "/></svg></object></template></p>"},
      {"<div><svg><svg><foreignObject><audio src=//ads.example/x></audio></foreignObject></svg></svg></div>",
       "<div><template data-service=\"ads\"><svg><svg><foreignObject><audio "
       "src=//ads.example/x></audio></foreignObject></svg></"
       "svg></template></div>"},
      {"<p>x</p><noscript><p><img src=//ads.example/x></p></noscript>",
       "<p>x</p><template data-service=\"ads\"><noscript><p><img src=//ads.example/x></p></noscript></template>"},
  });
}

TEST_CASE("markup of two services waits for both") {
  check_all({
      {"<p><audio src=//ads.example/x><track src=//films.example/y></audio></p>",
       "<p><template data-service=\"ads\"><template data-service=\"films\"><audio src=//ads.example/x><track "
       "src=//films.example/y></audio></template></template></p>"},
      {"<p>x</p><div data-service=films><script src=//ads.example/x></script></div>",
       "<p>x</p><template data-service=\"films\"><div data-service=films><template data-service=\"ads\"><script "
       "src=//ads.example/x></script></template></div></template>"},
  });
}

TEST_CASE("data-service gates whatever carries it") {
  check_all({
      {"<p>x</p><div data-service=films>a <b>b</b></div>",
       "<p>x</p><template data-service=\"films\"><div data-service=films>a <b>b</b></div></template>"},
      {"<p>x</p><script data-service=films>localStorage.x = 1</script>",
       "<p>x</p><template data-service=\"films\"><script data-service=films>localStorage.x = 1</script></template>"},
      {"<p>x<img src=/own.png data-service=films width=1 height=1></p>",
       "<p>x<template data-service=\"films\"><img src=/own.png data-service=films width=1 height=1></template></p>"},
      {"<p>x</p><svg><g data-service=films></g></svg>",
       "<p>x</p><template data-service=\"films\"><svg><g data-service=films></g></svg></template>"},
      {"<div data-service=pay><script src=//pay.example/x></script></div>",
       "<div data-service=pay><script src=//pay.example/x></script></div>"},
      {"<div data-service=flims></div>", "consent/unknown-service: no service has the id 'flims'"},
      {"<div data-service></div>", "consent/unknown-service: no service has the id ''"},
      {"<span class='x consent-placeholder' data-service=films>…</span>",
       "<span class='x consent-placeholder' data-service=films>…</span>"},
  });
  CHECK(gate("<i data-service=flims></i>").problems[0].hint == "did you mean 'films'?");
}

TEST_CASE("a template with data-service is gated already") {
  check_all({
      {"<p>x</p><template data-service=films><script src=//films.example/x></script></template>",
       "<p>x</p><template data-service=films><script src=//films.example/x></script></template>"},
      {"<p>x</p><template data-service=films><i><script src=//ads.example/x></script></i></template>",
       "<p>x</p><template data-service=films><i><template data-service=\"ads\"><script "
       "src=//ads.example/x></script></template></i></template>"},
      {"<template data-service=films><img src=//px.example/x></template>",
       "consent/undeclared-host: no service declares the host 'px.example'"},
      {"<template data-service=films>x",
       "consent/cannot-gate: <template> is never closed, and so cannot be moved; it belongs to the service 'films'"},
  });
  const GatedHtml gated =
      gate("<p>x</p><template data-service=films><script src=//films.example/x></script></template>");
  REQUIRE(gated.records.size() == 1);
  CHECK(gated.records[0].element == "template");
  CHECK(gated.optional == std::vector<ServiceIndex>{0});
}

TEST_CASE("frames, films and pictures that show leave a placeholder of their size") {
  check_all({
      {"<p><iframe src='//films.example/e?a=1&amp;b' width=640 height=360 title='A &lt;film'></iframe></p>",
       "<p><span class=\"consent-placeholder\" data-service=\"films\">frame 640x360 A <film <a "
       "href=\"https://films.example/e?a=1&b\">open</a></span><template data-service=\"films\"><iframe "
       "src='//films.example/e?a=1&amp;b' width=640 height=360 title='A &lt;film'></iframe></template></p>"},
      {"<p><img src=//films.example/x width=\" 100px\" height=50 alt=Alt></p>",
       "<p><span class=\"consent-placeholder\" data-service=\"films\">image 100x50 small Alt <a "
       "href=\"https://films.example/x\">open</a></span><template data-service=\"films\"><img src=//films.example/x "
       "width=\" "
       "100px\" height=50 alt=Alt></template></p>"},
      {"<p><video width=300 height=200><source src=//films.example/x></video></p>",
       "<p><span class=\"consent-placeholder\" data-service=\"films\">video 300x200  <a "
       "href=\"https://films.example/x\">open</a></span><template data-service=\"films\"><video width=300 "
       "height=200><source "
       "src=//films.example/x></video></template></p>"},
      {"<p><iframe src=//films.example/e></iframe></p>",
       "consent/missing-size: <iframe> needs a width and a height, so that its placeholder takes the same room"},
      {"<p><iframe src=//films.example/e width=100% height=360></iframe></p>",
       "consent/missing-size: <iframe> needs a width and a height, so that its placeholder takes the same room"},
      {"<picture><img srcset=//films.example/e width=100></picture>",
       "consent/missing-size: <img> needs a width and a height, so that its placeholder takes the same room"},
      {"<p><img src=//films.example/x width=300 height=200 data-poster=//px.example/p></p>",
       "consent/cannot-gate: the data-poster of <img> is not a picture of this site"},
      {"<p><a href=/><img src=//films.example/x width=300 height=200></a></p>",
       "consent/cannot-gate: <img> stands in a link or a button, which cannot hold the placeholder with its buttons; "
       "it belongs to "
       "the service 'films'"},
      {"<p><a href=/><img src=//films.example/x width=1 height=1></a></p>",
       "<p><a href=/><template data-service=\"films\"><img src=//films.example/x width=1 height=1></template></a></p>"},
  });
  for (const std::string_view hidden :
       {"width=1 height=1", "width=0 height=0", "width=2 height=2", "hidden", "style='display:none'",
        "style='DISPLAY : NONE'", "style='visibility:hidden'", "style='width:1px;height:1px'", "height=1"}) {
    const GatedHtml gated = gate("<p>x<img src=//films.example/x " + std::string(hidden) + "></p>");
    CAPTURE(hidden);
    CHECK(problems(gated) == "");
    CHECK_FALSE(gated.has_placeholders);
  }
  CHECK(gate("<p><img src=//films.example/x width=9 height=9></p>").has_placeholders);
}

TEST_CASE("what cannot be moved is an error that says why") {
  check_all({
      {"<p>x<iframe src=//films.example/e width=9 height=9>",
       "consent/cannot-gate: <iframe> is never closed, and so cannot be moved; it belongs to the service 'films'"},
      {"<b>y<div data-service=films>x</b></div>",
       "consent/cannot-gate: <div> is closed by something other than its end tag, and so cannot be moved; it belongs "
       "to the service "
       "'films'"},
      {"<ul><li data-service=films>x</li></ul>",
       "consent/cannot-gate: <li> cannot be moved: it is part of what is around it, or its end tag may be left out; it "
       "belongs to "
       "the service 'films'"},
      {"<table><tr data-service=films><td>x</table>",
       "consent/cannot-gate: <tr> cannot be moved: it is part of what is around it, or its end tag may be left out; it "
       "belongs to "
       "the service 'films'"},
      {"<table><img src=//films.example/x><tr><td>x</table>",
       "consent/cannot-gate: <img> stands between the parts of a table, from where browsers move it; it belongs to the "
       "service "
       "'films'"},
      {"<select><option data-service=films>x</select>",
       "consent/cannot-gate: <option> cannot be moved: it is part of what is around it, or its end tag may be left "
       "out; it belongs to "
       "the service 'films'"},
      {"<select><img src=//films.example/x></select>",
       "consent/cannot-gate: <img> stands in a <select>; it belongs to the service 'films'"},
      {"<frameset><frame src=//films.example/x></frameset>",
       "consent/cannot-gate: the src of <frame> loads from 'films.example', and cannot wait for a choice; it belongs "
       "to the service "
       "'films'"},
      {"<p>a<div data-service=films>x</div>",
       "consent/cannot-gate: <div> cannot be moved without changing how what follows is read; it belongs to the "
       "service 'films'"},
      {"<div data-service=films></template>x</div>",
       "consent/cannot-gate: <div> cannot be moved without changing how what follows is read; it belongs to the "
       "service 'films'"},
      {"<div data-service=films><!-- x </div>",
       "consent/cannot-gate: <div> is never closed, and so cannot be moved; it belongs to the service 'films'"},
      {"<p style='background:url(//films.example/x)'>x</p>",
       "consent/cannot-gate: the style of <p> loads from 'films.example', and cannot be taken from it; it belongs to "
       "the service "
       "'films'"},
      {"<p></p><div data-service=films style='background:url(//films.example/x)'>x</div>",
       "<p></p><template data-service=\"films\"><div data-service=films "
       "style='background:url(//films.example/x)'>x</div></template>"},
      {"<a href=/ ping=//films.example/x>x</a>",
       "consent/cannot-gate: the ping of <a> tells 'films.example' of every click; it belongs to the service 'films'"},
      {"<meta http-equiv=refresh content='0;//films.example/'>",
       "consent/cannot-gate: this page sends its visitors on to 'films.example'; it belongs to the service 'films'"},
      {"<base href=//pay.example/>",
       "consent/cannot-gate: <base> sends every URL of the page to 'pay.example'; it belongs to the service 'pay'"},
      {"<style>p{background:url(//films.example/x)}</style>",
       "consent/cannot-gate: this style sheet loads from 'films.example'; it belongs to the service 'films'"},
      {"<style data-service=films>p{background:url(//films.example/x)}</style>",
       "<template data-service=\"films\"><style "
       "data-service=films>p{background:url(//films.example/x)}</style></template>"},
  });
}

TEST_CASE("a live script that uses storage, or names a service's host, is an error; a gated one is not") {
  check_all({
      {"<script>document.cookie = 1</script>",
       "consent/ungated-script: this script uses document.cookie, and runs before the visitor has chosen"},
      {"<script type=module>load('https://ads.example/x')</script>",
       "consent/ungated-script: this script names 'ads.example' of the service 'ads', and runs before the visitor has "
       "chosen"},
      {"<p onclick='localStorage.a = 1'>x</p>",
       "consent/ungated-script: this script uses localStorage, and runs before the visitor has chosen"},
      {"<script src=/shop/counter.js?v=1></script>",
       "consent/ungated-script: 'counter.js' uses localStorage, and runs before the visitor has chosen"},
      {"<script src=loader.js></script>",
       "consent/ungated-script: 'counter.js' uses localStorage, and runs before the visitor has chosen"},
      {"<script type=module>import './loader.js'</script>",
       "consent/ungated-script: 'counter.js' uses localStorage, and runs before the visitor has chosen"},
      {"<link rel=stylesheet href=/shop/films.css>",
       "consent/cannot-gate: the style sheet 'films.css' loads from 'films.example', which belongs to the service "
       "'films'"},
      {"<style>@import 'films.css'</style>",
       "consent/cannot-gate: the style sheet 'films.css' loads from 'films.example', which belongs to the service "
       "'films'"},
      {"<script type=importmap>{\"imports\":{\"a\":\"./counter.js\"}}</script>",
       "consent/ungated-script: 'counter.js' uses localStorage, and runs before the visitor has chosen"},
      {"<script data-service=pay>document.cookie = 1</script>",
       "<script data-service=pay>document.cookie = 1</script>"},
      {"<script src=counter.js data-service=pay></script>", "<script src=counter.js data-service=pay></script>"},
      {"<script data-service=pay>document.cookie = '//ads.example'</script>",
       "consent/ungated-script: this script names 'ads.example' of the service 'ads', and runs before the visitor has "
       "chosen"},
      {"<link rel=stylesheet href=/shop/films.css data-service=films>",
       "<template data-service=\"films\"><link rel=stylesheet href=/shop/films.css data-service=films></template>"},
      {"<script type='application/ld+json'>{\"a\":\"document.cookie\"}</script>",
       "<script type='application/ld+json'>{\"a\":\"document.cookie\"}</script>"},
      {"<script>own()</script>", "<script>own()</script>"},
      {"<script data-service=ads>document.write('x')</script>",
       "consent/document-write: document.write does nothing in a script that waits for the visitor's choice"},
      {"<script data-service=ads>document /**/ . writeln ('x')</script>",
       "consent/document-write: document.write does nothing in a script that waits for the visitor's choice"},
      {"<script data-service=ads>document['write']('x')</script>",
       "consent/document-write: document.write does nothing in a script that waits for the visitor's choice"},
      {"<script data-service=ads>x = 'document.write()' // document.write()</script>",
       "<template data-service=\"ads\"><script data-service=ads>x = 'document.write()' // "
       "document.write()</script></template>"},
  });
  const GatedHtml gated = gate("<script>x = 1;\n document.cookie</script>");
  REQUIRE(gated.problems.size() == 1);
  CHECK(gated.problems[0].offset >= 16);
  CHECK(gated.problems[0].hint == "put data-service=\"ID\" on the script: it then runs once that service is allowed");
}

TEST_CASE("links to the preferences and to opt out are resolved, wherever they stand") {
  check_all({
      {"<a href=\"consent:preferences\" class=x>p</a>",
       "<a href=\"/shop/privacy.html\" data-consent=\"preferences\" class=x>p</a>"},
      {"<a data-consent=open href=' CONSENT:preferences'>p</a>",
       "<a data-consent=open href=\"/shop/privacy.html\">p</a>"},
      {"<a href='opt-out:ads'>p</a>", "<a href=\"https://ads.example/out?a=1&amp;b=2\">p</a>"},
      {"<a href='opt-out&#58;ads'>p</a>", "<a href=\"https://ads.example/out?a=1&amp;b=2\">p</a>"},
      {"<a href='opt-out:adz'>p</a>", "consent/unknown-service: no service has the id 'adz'"},
      {"<a href='opt-out:films'>p</a>", "consent/no-opt-out: the service 'films' has no opt_out_url"},
      {"<a href='consent:open'>p</a>", "consent/unknown-link: 'consent:open' is not a link that hardtop knows"},
  });
  CHECK(published("<a href=consent:preferences>p</a>", GateMode::feed) ==
        "<a href=\"https://example.org/shop/privacy.html\" data-consent=\"preferences\">p</a>");
  GateSite without = site();
  without.policy_url.clear();
  CHECK(problems(gate_html(without, "<a href=consent:preferences>p</a>", "/")) ==
        "consent/no-policy: 'consent:preferences' leads nowhere: the site has no policy page");
}

TEST_CASE("a form goes to the site, or to where consent.toml says") {
  CHECK(problems(gate("<form action=/send><button formaction=send2></button></form>")) == "");
  const GatedHtml gated = gate("<form action=https://forms.example/a?b></form>");
  CHECK(problems(gated) == "");
  CHECK(gated.needs.sources ==
        std::vector<std::pair<CspDirective, std::string>>{{CspDirective::form_action, "https://forms.example"}});
  CHECK(problems(gate("<form><button formaction=http://forms.example/></form>")) ==
        "consent/undeclared-form: this form sends what is filled in to 'forms.example'");
  CHECK(problems(gate("<form action=//films.example></form>")) ==
        "consent/undeclared-form: this form sends what is filled in to 'films.example'");
  CHECK(gate("<form data-remember=seat></form>").has_memory_form);
}

TEST_CASE("an import map that leads to a folder of the site is refused: anything in it may run") {
  check_all({
      {"<script type=importmap>{\"imports\":{\"app/\":\"/js/\"}}</script>",
       "consent/cannot-gate: this import map leads to the folder '/js/', and which of its scripts run cannot be told"},
      {"<script type=importmap>{\"imports\":{\"app/\":\"/js/a.js\"}}</script>",
       "<script type=importmap>{\"imports\":{\"app/\":\"/js/a.js\"}}</script>"},
  });
}

TEST_CASE("a file that is loaded as what its name does not say has not been judged, and is refused") {
  check_all({
      {"<script src=/shop/data.txt></script>",
       "consent/unreadable-file: '/shop/data.txt' is loaded as a script, and not judged as one, because of its name"},
      {"<script src=/shop/films.css></script>",
       "consent/unreadable-file: '/shop/films.css' is loaded as a script, and not judged as one, because of its name"},
      {"<link rel=stylesheet href=data.txt>",
       "consent/unreadable-file: '/shop/data.txt' is loaded as a style sheet, and not judged as one, because of its "
       "name"},
      {"<link rel=manifest href=app.json?v=1>",
       "consent/unreadable-file: '/shop/app.json' is loaded as a web app manifest, and not judged as one, because of "
       "its "
       "name"},
      {"<script src=/shop/made-by-the-server></script>", "<script src=/shop/made-by-the-server></script>"},
      {"<a href=data.txt>x</a>", "<a href=data.txt>x</a>"},
  });
}

TEST_CASE("an encoding in which bytes are not what they seem is refused") {
  const auto says = [](const std::string& name) {
    return "consent/unreadable-file: the page says that its encoding is '" + name + "', and hardtop reads UTF-8";
  };
  const auto data = [](const std::string& name) {
    return "consent/unreadable-file: the encoding of this data: URL is '" + name + "', and hardtop reads UTF-8";
  };
  const std::string utf16 = "consent/unreadable-file: the page is in UTF-16, and hardtop reads UTF-8";
  check_all({
      {"<meta charset=UTF-8>\x1B$B", "<meta charset=UTF-8>\x1B$B"},
      {"<meta http-equiv=Content-Type content='text/html; charset=utf-8'>",
       "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>"},
      {"<meta charset=iso-2022-jp>", says("iso-2022-jp")},
      {"<meta charset='&#105;so-2022-jp'>", says("iso-2022-jp")},
      {"<meta http-equiv=content-type content='text/html;charset = \"ISO-2022-JP\"'>", says("iso-2022-jp")},
      {"<?xml version='1.0' encoding='utf-16'?><p>x", says("utf-16")},
      {"x\x1B$B",
       "consent/unreadable-file: the page does not say its encoding, and holds escape characters by which browsers "
       "guess "
       "one"},
      {"\xFF\xFE<p>", utf16},
      {"\xFE\xFFx", utf16},
      {std::string("<\0p\0>\0", 6), utf16},
      {"<iframe src='data:text/html;charset=utf-16le,x'></iframe>", data("utf-16le")},
      {"<iframe src='data:text/html;base64,//48AA=='></iframe>", data("utf-16")},
      {"<script src='data:text/javascript;charset=\"UTF-16BE\",x'></script>", data("utf-16be")},
      {"<link rel=stylesheet href='data:text/css;charset=utf-16,x'>", data("utf-16")},
  });
}

TEST_CASE("a frame's data: URL of XML is read as XML") {
  const std::string waits =
      "consent/cannot-gate: this file of SVG or XML loads from 'films.example', and cannot wait for a choice; it "
      "belongs "
      "to the service 'films'";
  check_all({
      {"<iframe src=\"data:application/xhtml+xml,<x:html xmlns:x='http://www.w3.org/1999/xhtml'><x:img "
       "src='//films.example/'/></x:html>\"></iframe>",
       waits},
      {"<object data=\"data:image/svg+xml,<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:image "
       "href='https://films.example/'/></s:svg>\"></object>",
       waits},
      {"<iframe src=\"data:text/xml,<!DOCTYPE svg [<!ENTITY e 'https://films.example/'>]><svg/>\"></iframe>",
       "consent/unreadable-file: the document type declares what browsers put into the text: nobody can judge it where "
       "it stands"},
  });
}

TEST_CASE("documents that browsers may read differently are refused") {
  check_all({
      {"<noscript><!-- </noscript> --></noscript><p>x",
       "consent/ambiguous-html: what follows <noscript> is read differently where scripts run"},
      {"<noscript><svg></noscript><g>x",
       "consent/ambiguous-html: what follows <noscript> is read differently where scripts run"},
      {"<select><svg></svg></select>",
       "consent/ambiguous-html: browsers differ in how they read what begins with <svg> here"},
      {"<noscript><template data-service=films></noscript><p>x</p><script src=//films.example/x></script>",
       "consent/cannot-gate: <noscript> cannot be moved without changing how what follows is read; it belongs to the "
       "service 'films'\n"
       "consent/cannot-gate: <script> cannot be moved without changing how what follows is read; it belongs to the "
       "service 'films'"},
      {"<svg><style><g>@import 'x'</g></style></svg>",
       "consent/ambiguous-html: <style> in svg or math holds an element"},
      {"<meta http-equiv=X-DNS-Prefetch-Control content=' On'>",
       "consent/cannot-gate: this makes browsers look up the host of every link on the page"},
      {"<script type=speculationrules>{\"prefetch\":[{\"source\":\"document\"}]}</script>",
       "consent/cannot-gate: these speculation rules may match links to other sites, which browsers then fetch"},
  });
}

TEST_CASE("speculation rules that are no JSON are read to their end") {
  const std::string rules =
      R"({"prefetch": [{"source": "list", "urls": ["/a", "/b\u00e9"]}, {"source": "document", "where":)"
      R"( {"and": [{"href_matches": "/*"}, {"not": {"selector_matches": "a[rel]"}}]}}], "x": [1, true, {}]})";
  CHECK_FALSE(speculates_on_other_sites(rules));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::string broken = rules;
    broken.erase(i, 1);
    (void)speculates_on_other_sites(broken);
    (void)speculates_on_other_sites(std::string_view(rules).substr(0, i));
  }
  CHECK(speculates_on_other_sites(R"({"prefetch": [{"source": "list", "urls": ["/a"}]})"));
}

TEST_CASE("text in svg that browsers take for tags when they look ahead is live") {
  constexpr std::string_view kSaid =
      "consent/ambiguous-html: browsers that look ahead take text in svg or math for tags, and fetch "
      "what they name: 'films.example' is named there";
  check_all({
      {"<p>x</p><svg><![CDATA[><img src=//films.example/x>]]></svg>", kSaid},
      {"<p>x</p><svg><![CDATA[><script src=//films.example/x></script>", kSaid},
      {"<p>x</p><svg><title><!--</title><img src=//films.example/x>--></title></svg>", kSaid},
      {"<p>x</p><svg><style><!--</style><img src=//films.example/x>--></style></svg>", kSaid},
      {"<p>x</p><svg><![CDATA[ a > b ]]></svg>", "<p>x</p><svg><![CDATA[ a > b ]]></svg>"},
      {"<p>x</p><svg><title>x</title><style><![CDATA[ a > b ]]></style></svg>",
       "<p>x</p><svg><title>x</title><style><![CDATA[ a > b ]]></style></svg>"},
      {"<p>x</p><svg><image href=//films.example/y /><![CDATA[></template><img src=//films.example/x>]]></svg>", kSaid},
      {"<p>x</p><svg><image href=//films.example/y /><![CDATA[><img src=//films.example/x>]]></svg>",
       "<p>x</p><template data-service=\"films\"><svg><image href=//films.example/y /><![CDATA[><img "
       "src=//films.example/x>]]></svg></template>"},
  });
}

TEST_CASE("a noscript in the head moves as text, whatever it would do to the head as markup") {
  CHECK(published("<!doctype html><html><head><noscript><img src=//ads.example/p></noscript><script "
                  "src=//ads.example/x></script>"
                  "<title>x</title></head><body>y") ==
        "<!doctype html><html><head><template data-service=\"ads\"><noscript><img "
        "src=//ads.example/p></noscript></template><template data-service=\"ads\"><script "
        "src=//ads.example/x></script></template><title>x</title></head><body>y");
}

TEST_CASE("a service's tag becomes one template") {
  check_all(
      {
          {"<script>films()</script><noscript><img src=//films.example/p></noscript>",
           "<template data-service=\"films\"><script>films()</script><noscript><img "
           "src=//films.example/p></noscript></template>"},
          {"<i><script src=//ads.example/x></script></i>",
           "<template data-service=\"films\"><i><template data-service=\"ads\"><script "
           "src=//ads.example/x></script></template></i></template>"},
          {"<img src=//px.example/x>", "consent/undeclared-host: no service declares the host 'px.example'"},
          {"<script>x</script></template>",
           "consent/cannot-gate: this snippet cannot be kept in a template, because it is not whole"},
          {"<script>x", "consent/cannot-gate: this snippet cannot be kept in a template, because it is not whole"},
          {"<!-- x", "consent/cannot-gate: this snippet cannot be kept in a template, because it is not whole"},
          {"<img src=\"//films.example/x",
           "consent/cannot-gate: this snippet cannot be kept in a template, because it is not whole"},
          {"<script>document.write(1)</script>",
           "consent/document-write: document.write does nothing in a script that waits for the visitor's choice"},
          {"<script>document.cookie</script>",
           "<template data-service=\"films\"><script>document.cookie</script></template>"},
      },
      GateMode::tag, 0);
  const GatedHtml gated = gate("<script>x()</script>", GateMode::tag, 0);
  CHECK(gated.needs.third_party_script);
  CHECK(gated.needs.inline_code == std::vector<InlineCode>{{InlineCode::Kind::script, "x()"}});
  CHECK(gated.optional == std::vector<ServiceIndex>{0});
  check_all({{"<script src=//pay.example/x></script>", "<script src=//pay.example/x></script>"}}, GateMode::tag, 2);
}

TEST_CASE("in a feed gated markup becomes a link, or nothing") {
  check_all(
      {
          {"<p>a<iframe src=//films.example/e title='A &amp; B'></iframe></p>",
           "<p>a<a href=\"https://films.example/e\">A &amp; B</a></p>"},
          {"<p>a<img src=//films.example/e></p>", "<p>a<a href=\"https://films.example/e\">The films</a></p>"},
          {"<p>a<a href=/><img src=//films.example/e alt=b></a></p>", "<p>a<a href=/>b</a></p>"},
          {"<p>a<img src=//films.example/e width=1 height=1><script src=//ads.example/x></script>b</p>", "<p>ab</p>"},
          {"<p>a</p><noscript><img src=//films.example/e></noscript>", "<p>a</p>"},
          {"<p>a</p><div data-service=films><a href=consent:preferences>x</a></div>", "<p>a</p>"},
          {"<p>a</p><template data-service=films>x</template>", "<p>a</p>"},
          {"<p>a<script>own()</script><img src=/x></p>", "<p>a<script>own()</script><img src=/x></p>"},
          {"<p><img src=//px.example/x></p>", "consent/undeclared-host: no service declares the host 'px.example'"},
          {"<svg><img src=//films.example/e><style><img src=//films.example/f></style>",
           "consent/cannot-gate: <img> cannot be moved without changing how what follows is read; it belongs to the "
           "service 'films'"},
      },
      GateMode::feed);
}

TEST_CASE("what the page's policy must allow is collected") {
  const GatedHtml gated = gate(
      "<p style='color:red' onclick='a()'>x</p><style>b{background:url(data:x)}\r\n@font-face{src:url(data:y)}</style>"
      "<img src='data:image/gif;base64,x'><script>c()\r\n</script><script src=//pay.example:8443/p></script>"
      "<template data-service=films><script>d()</script><i style='margin:0'></i></template>"
      "<video src=blob:https://example.org/1></video><script type=importmap>{}</script>");
  CHECK(problems(gated) == "");
  using K = InlineCode::Kind;
  const std::vector<InlineCode> code = {{K::style_attribute, "color:red"},
                                        {K::style, "b{background:url(data:x)}\n@font-face{src:url(data:y)}"},
                                        {K::style_attribute, "margin:0"},
                                        {K::script, "{}"},
                                        {K::handler, "a()"},
                                        {K::script, "c()\n"},
                                        {K::script, "d()"}};
  CHECK(gated.needs.inline_code == code);
  using D = CspDirective;
  const std::vector<std::pair<D, std::string>> sources = {
      {D::img, "data:"}, {D::font, "data:"}, {D::script, "https://pay.example:8443"}, {D::media, "blob:"}};
  CHECK(gated.needs.sources == sources);
  CHECK(gated.needs.third_party_script);
  CHECK(gated.necessary == std::vector<ServiceIndex>{2});
}

TEST_CASE("a page of the site that only has code of its own allows Trusted Types") {
  CHECK_FALSE(gate("<script src=counter.js data-service=ads></script>").needs.third_party_script);
  CHECK(gate("<script data-service=ads>x = 1</script>").needs.third_party_script);
  CHECK(gate("<script src=calls-films.js data-service=films></script>").needs.third_party_script);
  CHECK_FALSE(gate("<script>a()</script><script src=/b.js></script><p onclick='c()'></p>").needs.third_party_script);
  CHECK(gate("<script src=//films.example/x></script>").needs.third_party_script);
  CHECK(gate("<div data-service=films><script>a()</script></div>").needs.third_party_script);
}

TEST_CASE("problems point at the URL") {
  const std::string html = "<p>x</p><img alt=a srcset='/a 1x, https://px.example/b 2x'>";
  const GatedHtml gated = gate(html);
  REQUIRE(gated.problems.size() == 1);
  CHECK(html.substr(gated.problems[0].offset, gated.problems[0].length) == "https://px.example/b");
}

TEST_SUITE_END();
