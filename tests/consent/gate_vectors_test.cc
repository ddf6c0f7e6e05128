// Every way of HTML, SVG, MathML and CSS to make a browser fetch something by itself: undeclared, of an optional service, of
// a necessary one, and of the site itself.
#include <doctest/doctest.h>

#include <algorithm>

#include "consent/gate_fixture.h"

using namespace gate_fixture;

namespace {

enum class Optional { gated, cannot, inert };

struct Row {
  std::string markup;  // URL stands for the URL
  Optional optional = Optional::gated;
  int directive = -1;  // of the necessary service's source; -1: none
};

constexpr int kScript = static_cast<int>(CspDirective::script), kStyle = static_cast<int>(CspDirective::style),
              kImg = static_cast<int>(CspDirective::img), kFont = static_cast<int>(CspDirective::font),
              kMedia = static_cast<int>(CspDirective::media), kFrame = static_cast<int>(CspDirective::frame),
              kConnect = static_cast<int>(CspDirective::connect), kManifest = static_cast<int>(CspDirective::manifest),
              kObject = static_cast<int>(CspDirective::object);

const std::vector<Row> kRows = {
    {"<script src='URL'></script>", Optional::gated, kScript},
    {"<SCRIPT SRC=URL></SCRIPT>", Optional::gated, kScript},
    {"<script src='URL' type=module async></script>", Optional::gated, kScript},
    {"<script src='URL' type='text/plain'></script>", Optional::gated, kScript},
    {"<script attributionsrc='/x URL'></script>", Optional::gated, kConnect},
    {"<svg><script href='URL'></script></svg>", Optional::gated, kScript},
    {"<svg><script xlink:href='URL'/></svg>", Optional::gated, kScript},
    {"<script type=importmap>{\"imports\":{\"a\":\"URL\"}}</script>", Optional::gated, kScript},
    {"<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"URL\"]}]}</script>", Optional::gated, kConnect},
    {"<img src='URL' width=1 height=1>", Optional::gated, kImg},
    {"<img/src=URL width=1 height=1>", Optional::gated, kImg},
    {"<IMG\nSRC\n=\n'URL'\nwidth=1 height=1>", Optional::gated, kImg},
    {"<img src='URL' width=300 height=200 alt=x>", Optional::gated, kImg},
    {"<img srcset='/a.png 1x, URL 2x' width=300 height=200>", Optional::gated, kImg},
    {"<img srcset=',URL' width=300 height=200>", Optional::gated, kImg},
    {"<img srcset='/a.png (1x, URL 2x), URL' width=300 height=200>", Optional::gated, kImg},
    {"<img lowsrc='URL' width=1 height=1>", Optional::gated, kImg},
    {"<img dynsrc='URL' width=1 height=1>", Optional::gated, kMedia},
    {"<img src=/a.png attributionsrc='URL' width=1 height=1>", Optional::gated, kConnect},
    {"<image src='URL' width=1 height=1>", Optional::gated, kImg},
    {"<picture><source srcset='URL'><img src=/a.png width=300 height=200></picture>", Optional::gated, kImg},
    {"<picture><img src='URL' width=300 height=200></picture>", Optional::gated, kImg},
    {"<input type=image src='URL'>", Optional::gated, kImg},
    {"<table><col background='URL'></table>", Optional::cannot, kImg},
    {"<table><colgroup background='URL'></colgroup></table>", Optional::cannot, kImg},
    {"<video src='URL' width=300 height=200></video>", Optional::gated, kMedia},
    {"<video src=/a.mp4 poster='URL' width=300 height=200></video>", Optional::gated, kImg},
    {"<video width=300 height=200><source src='URL'></video>", Optional::gated, kMedia},
    {"<video src=/a.mp4 width=300 height=200><track src='URL'></video>", Optional::gated, kMedia},
    {"<audio src='URL'></audio>", Optional::gated, kMedia},
    {"<audio><source src='URL'></audio>", Optional::gated, kMedia},
    {"<bgsound src='URL'>", Optional::gated, kMedia},
    {"<model src='URL'></model>", Optional::gated, kMedia},
    {"<iframe src='URL' width=300 height=200></iframe>", Optional::gated, kFrame},
    {"<iframe src='URL' hidden></iframe>", Optional::gated, kFrame},
    {"<iframe src='URL' style='display: none'></iframe>", Optional::gated, kFrame},
    {"<iframe srcdoc=\"&lt;p>x&lt;img src='URL'>\" width=300 height=200></iframe>", Optional::gated, kImg},
    {"<iframe srcdoc=\"<noscript><img src='URL'></noscript>\" width=300 height=200></iframe>", Optional::gated, kImg},
    {"<iframe srcdoc=\"<iframe srcdoc='&amp;lt;script src=URL>'>\" width=300 height=200></iframe>", Optional::gated,
     kScript},
    {"<iframe src=\"data:text/html,<img src='URL'>\" width=300 height=200></iframe>", Optional::gated, kImg},
    {"<iframe src=\" da\nta:text/html;base64,PGltZyBzcmM9Imh0dHBzOi8vZmlsbXMuZXhhbXBsZS94Ij4=\" width=300 "
     "height=200></iframe>URL",
     Optional::inert, -1},
    {"<fencedframe src='URL' width=300 height=200></fencedframe>", Optional::gated, kFrame},
    {"<portal src='URL' width=300 height=200></portal>", Optional::gated, kFrame},
    {"<embed src='URL' width=300 height=200>", Optional::gated, kObject},
    {"<object data='URL' width=300 height=200></object>", Optional::gated, kObject},
    {"<object archive='/a URL' width=300 height=200></object>", Optional::gated, kObject},
    {"<object classid='URL' width=1 height=1></object>", Optional::gated, kObject},
    {"<object codebase='URL' width=1 height=1></object>", Optional::gated, kObject},
    {"<object data=/a width=1 height=1><img src='URL'></object>", Optional::gated, kImg},
    {"<applet code='URL'></applet>", Optional::gated, kObject},
    {"<link rel=stylesheet href='URL'>", Optional::gated, kStyle},
    {"<link rel='alternate StyleSheet' href='URL'>", Optional::gated, kStyle},
    {"<link rel=preload as=script href='URL'>", Optional::gated, kScript},
    {"<link rel=preload as=font href='URL'>", Optional::gated, kFont},
    {"<link rel=preload as=image imagesrcset='/a 1x, URL 2x'>", Optional::gated, kImg},
    {"<link rel=modulepreload href='URL'>", Optional::gated, kScript},
    {"<link rel=prefetch href='URL'>", Optional::gated, kConnect},
    {"<link rel=prerender href='URL'>", Optional::gated, kFrame},
    {"<link rel=preconnect href='URL'>", Optional::gated},
    {"<link rel=dns-prefetch href='URL'>", Optional::gated},
    {"<link rel=icon href='URL'>", Optional::gated, kImg},
    {"<link rel='shortcut icon' href='URL'>", Optional::gated, kImg},
    {"<link rel=apple-touch-icon href='URL'>", Optional::gated, kImg},
    {"<link rel=mask-icon href='URL'>", Optional::gated, kImg},
    {"<link rel=manifest href='URL'>", Optional::gated, kManifest},
    {"<link rel=search href='URL'>", Optional::gated, kConnect},
    {"<link rel=stylesheet href='data:text/css,@import \"URL\"'>", Optional::gated, kStyle},
    {"<link rel=canonical href='URL'>", Optional::inert},
    {"<link rel='alternate author license next prev help me' href='URL'>", Optional::inert},
    {"<base href='URL'>", Optional::cannot},
    {"<meta http-equiv=refresh content='5; url=URL'>", Optional::cannot},
    {"<meta http-equiv=REFRESH content=' 0,URL='>", Optional::cannot},
    {"<meta property=og:image content='URL'>", Optional::inert},
    {"<html manifest='URL'>", Optional::cannot, kManifest},
    {"<body background='URL'>", Optional::cannot, kImg},
    {"<table background='URL'><tr><td>x</table>", Optional::cannot, kImg},
    {"<meta http-equiv=refresh content='0\x0B;\x0Burl=URL'>", Optional::cannot},
    {"<table><tr><td background='URL'>x</table>", Optional::cannot, kImg},
    {"<style>@import 'URL';</style>", Optional::cannot, kStyle},
    {"<style>p { background: u\\72l( 'URL' ) }</style>", Optional::cannot, kImg},
    {"<style>@font-face { src: url(URL) }</style>", Optional::cannot, kFont},
    {"<style>p { background: -webkit-image-set('URL' 2x) }</style>", Optional::cannot, kImg},
    {"<div style='background: url(URL)'>x</div>", Optional::cannot, kImg},
    {"<div style='background: url&#40;&quot;URL&quot;)'>x</div>", Optional::cannot, kImg},
    {"<svg><style>@import 'URL';</style></svg>", Optional::gated, kStyle},
    {"<svg><style><![CDATA[@import 'URL';]]></style></svg>", Optional::gated, kStyle},
    {"<svg><style>@import &quot;URL&quot;;</style></svg>", Optional::gated, kStyle},
    {"<svg><image href='URL'/></svg>", Optional::gated, kImg},
    {"<svg><image xlink:href='URL'/></svg>", Optional::gated, kImg},
    {"<svg><use href='URL#a'/></svg>", Optional::gated, kImg},
    {"<svg><filter><feImage href='URL'/></filter></svg>", Optional::gated, kImg},
    {"<svg><rect fill='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><rect stroke='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><g filter='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><g mask='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><g clip-path='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><path marker-end='url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><g cursor='url(URL),auto'/></svg>", Optional::gated, kImg},
    {"<svg><g style='fill:url(URL#a)'/></svg>", Optional::gated, kImg},
    {"<svg><image><set attributeName=href to='URL'/></image></svg>", Optional::gated, kImg},
    {"<svg><image><animate attributeName=xlink:href values='/a;URL'/></image></svg>", Optional::gated, kImg},
    {"<svg><g><animate attributeName=fill from='url(URL#a)'/></g></svg>", Optional::gated, kImg},
    {"<svg><linearGradient href='URL#a'/></svg>", Optional::gated, kImg},
    {"<svg><foreignObject><img src='URL'></foreignObject></svg>", Optional::gated, kImg},
    {"<svg><foreignObject><video src='URL'></video></foreignObject></svg>", Optional::gated, kMedia},
    {"<math><mglyph src='URL'/></math>", Optional::gated, kImg},
    {"<math><mtext><img src='URL'></mtext></math>", Optional::gated, kImg},
    {"<math href='URL'><mi>x</mi></math>", Optional::inert},
    {"<noscript><img src='URL' width=1 height=1></noscript>", Optional::gated, kImg},
    {"<noscript><iframe src='URL'></iframe></noscript>", Optional::gated, kFrame},
    {"<div><template shadowrootmode=open><img src='URL' width=1 height=1></template></div>", Optional::gated, kImg},
    {"<template><img src='URL' width=1 height=1></template>", Optional::gated, kImg},
    {"<svg><template><img src='URL' width=1 height=1></template></svg>", Optional::cannot, kImg},
    {"<a href=/ ping='/x URL'>x</a>", Optional::cannot, kConnect},
    {"<a href=/ attributionsrc='URL'>x</a>", Optional::cannot, kConnect},
    {"<map><area href=/ ping='URL'></map>", Optional::cannot, kConnect},
    {"<a href='URL'>x</a><area href='URL'>", Optional::inert},
    {"<q cite='URL'>x</q><blockquote cite='URL'>x</blockquote><ins cite='URL'>x</ins>", Optional::inert},
    {"<head profile='URL'></head>", Optional::inert},
    {"<img src=/a.png longdesc='URL' usemap='URL'>", Optional::inert},
    {"<textarea><img src='URL'></textarea><title><img src='URL'></title>", Optional::inert},
    {"<!-- <img src='URL'> --><script type=text/template><img src='URL'></script>", Optional::inert},
    {"<xmp><img src='URL'></xmp><noembed><img src='URL'></noembed><iframe><img src='URL'></iframe>", Optional::inert},
};

std::string with_url(std::string markup, std::string_view url) {
  for (std::size_t at = markup.find("URL"); at != std::string::npos; at = markup.find("URL", at + url.size())) {
    markup.replace(at, 3, url);
  }
  return "<p>before</p>" + markup + "<p>after</p>";
}

bool has_problem(const GatedHtml& gated, std::string_view id) {
  return std::ranges::any_of(gated.problems, [&](const GateProblem& problem) { return problem.id == id; });
}

// Outside of templates of the service, by eye: the text before the first and after the last of them.
bool is_inside_templates(const std::string& html, std::string_view host) {
  std::string rest = html;
  while (true) {
    const std::size_t begin = rest.find("<span class=\"consent-placeholder\""), end = rest.find("</span>", begin);
    if (end == std::string::npos) break;
    rest.erase(begin, end + 7 - begin);
  }
  while (true) {
    const std::size_t begin = rest.find("<template data-service=\"films\">"), end = rest.find("</template>", begin);
    if (end == std::string::npos) break;
    rest.erase(begin, end + 11 - begin);
  }
  return rest.find(host) == std::string::npos;
}

}  // namespace

TEST_SUITE_BEGIN("gate");

TEST_CASE("a host that no service declares is an error wherever a browser would fetch from it") {
  for (const Row& row : kRows) {
    const GatedHtml gated = gate(with_url(row.markup, "https://tracker.example/x"));
    CAPTURE(row.markup);
    CAPTURE(problems(gated));
    if (row.markup.find("base64") != std::string::npos) continue;
    CHECK(has_problem(gated, "consent/undeclared-host") == (row.optional != Optional::inert));
    if (row.optional == Optional::inert) CHECK(gated.problems.empty());
  }
}

TEST_CASE("what an optional service's host serves is moved into a template, or is an error that names the mend") {
  for (const Row& row : kRows) {
    const std::string html = with_url(row.markup, "https://films.example/x");
    const GatedHtml gated = gate(html);
    CAPTURE(html);
    CAPTURE(problems(gated));
    const std::string after = apply_edits(html, gated.edits);
    CAPTURE(after);
    switch (row.optional) {
      case Optional::gated:
        CHECK(gated.problems.empty());
        CHECK(is_inside_templates(after, "films.example"));
        CHECK(gated.optional == std::vector<ServiceIndex>{0});
        break;
      case Optional::cannot:
        CHECK(has_problem(gated, "consent/cannot-gate"));
        break;
      case Optional::inert:
        CHECK(gated.problems.empty());
        if (row.markup.find("base64") == std::string::npos) CHECK(after == html);
        break;
    }
  }
}

TEST_CASE("what a necessary service's host serves is kept, and named to the policy") {
  for (const Row& row : kRows) {
    const std::string html = with_url(row.markup, "https://pay.example/x");
    const GatedHtml gated = gate(html);
    CAPTURE(html);
    CAPTURE(problems(gated));
    if (row.markup.find("base64") != std::string::npos) continue;
    if (row.markup.find("<base") != std::string::npos) continue;  // no service may have all URLs of a page
    CHECK(gated.problems.empty());
    CHECK(gated.edits.empty());
    CHECK(gated.necessary ==
          (row.optional == Optional::inert ? std::vector<ServiceIndex>{} : std::vector<ServiceIndex>{2}));
    if (row.directive < 0) continue;
    const std::pair<CspDirective, std::string> source(static_cast<CspDirective>(row.directive), "https://pay.example");
    CHECK(std::ranges::find(gated.needs.sources, source) != gated.needs.sources.end());
  }
}

TEST_CASE("what the site itself serves stays as it is, however its URL is written") {
  for (const std::string_view url : {"/x.png", "x.png", "../x.png", "https://example.org/x", "HTTPS://EXAMPLE.ORG./x",
                                     "//example.org:443/x", "\\x", "?x", "#x", "http://example.org/x", "&#47;x"}) {
    for (const Row& row : kRows) {
      if (row.markup.find("base64") != std::string::npos) continue;
      if (row.markup.find("rel=manifest") != std::string::npos) continue;  // its name must say what it is
      const std::string html = with_url(row.markup, url);
      const GatedHtml gated = gate(html);
      CAPTURE(html);
      CAPTURE(problems(gated));
      CHECK(gated.problems.empty());
      CHECK(gated.edits.empty());
      CHECK(gated.optional.empty());
    }
  }
}

TEST_CASE("a host is found however the URL is written") {
  for (const std::string_view url : {"https://films.example/x",
                                     "//films.example/x",
                                     "http://films.example",
                                     "HTTPS://FILMS.EXAMPLE/x",
                                     "\\\\films.example\\x",
                                     "/\\films.example/x",
                                     "https:\\\\films.example",
                                     " \t\n//films.example/x",
                                     "ht\ntps://films.example/x",
                                     "/\t/films.example/x",
                                     "https://films.example./x",
                                     "https://user:pw@films.example:8443/x",
                                     "https://example.org@films.example/x",
                                     "&#104;ttps://films.example/x",
                                     "https:&sol;&sol;films.example",
                                     "&#47;&#x2f;films.example",
                                     "https://films%2Eexample/x",
                                     "https://ｆilms．example/x",
                                     "wss://films.example/x",
                                     "blob:https://films.example/1",
                                     "https:&Tab;//films.example",
                                     "\x01//films.example/x"}) {
    const std::string html = "<p>x<img width=1 height=1 src=\"" + std::string(url) + "\"></p>";
    const GatedHtml gated = gate(html);
    CAPTURE(html);
    CHECK(problems(gated) == "");
    CHECK(gated.optional == std::vector<ServiceIndex>{0});
    CHECK(gated.records.size() == 1);
  }
}

TEST_CASE("a URL that browsers may read differently is never taken for harmless") {
  CHECK(published("<img src='https://films example/x'>") ==
        "consent/unreadable-url: 'https://films example/x' cannot be read as a URL");
  CHECK(published("<img src='https:films.example'>") ==
        "consent/unreadable-url: 'https:films.example' cannot be read as a URL");
  CHECK(published("<link rel=stylesheet href=\"data:text/css,@import 'https:\\\\films.example/x';\">") ==
        "consent/unreadable-url: 'https:\\films.example/x' cannot be read as a URL");
  CHECK(published("<img src='https://['>") == "consent/unreadable-url: 'https://[' cannot be read as a URL");
}

TEST_SUITE_END();
