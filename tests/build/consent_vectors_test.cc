// Every way to make a browser fetch, from every place that a producer can write it, through whole builds: nobody has declared the
// host, and the error stands at the URL with the lines to paste; or a service has, and what is published holds no live URL.
#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <vector>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

// '^' is where the error points; URL stands for the URL.
struct Vector {
  std::string markup;
  bool cannot = false;  // a service's host there is an error with the mend
};

const std::vector<Vector> kVectors = {
    {"<script src=\"^URL\"></script>"},
    {"<SCRIPT SRC=^URL></SCRIPT>"},
    {"<script type=\"importmap\">^{\"imports\":{\"a\":\"URL\"}}</script>"},
    {"<script type=\"speculationrules\">^{\"prefetch\":[{\"urls\":[\"URL\"]}]}</script>"},
    {"<script type=\"module\">import ^\"URL\"</script>", true},
    {"<img src=\"^URL\" width=\"1\" height=\"1\" alt=\"\">"},
    {"<img srcset=\"/a.png 1x, ^URL 2x\" width=\"9\" height=\"9\" alt=\"\">"},
    {"<picture><source srcset=\"^URL\"><img src=\"/a.png\" width=\"9\" height=\"9\" alt=\"\"></picture>"},
    {"<iframe src=\"^URL\" title=\"x\" width=\"560\" height=\"315\"></iframe>"},
    {"<iframe srcdoc=\"^<img src='URL'>\" title=\"x\" width=\"9\" height=\"9\"></iframe>"},
    {"<iframe src=\"^data:text/html,<img src='URL'>\" title=\"x\" width=\"9\" height=\"9\"></iframe>"},
    {"<video src=\"^URL\" width=\"9\" height=\"9\"></video>"},
    {"<video src=\"/a.mp4\" poster=\"^URL\" width=\"9\" height=\"9\"></video>"},
    {"<video width=\"9\" height=\"9\"><source src=\"^URL\"><track src=\"/a.vtt\"></video>"},
    {"<audio src=\"/a.mp3\"><track src=\"^URL\"></audio>"},
    {"<embed src=\"^URL\" width=\"9\" height=\"9\">"},
    {"<object data=\"^URL\" width=\"9\" height=\"9\"></object>"},
    {"<input type=\"image\" src=\"^URL\" alt=\"\">"},
    {"<link rel=\"stylesheet\" href=\"^URL\">"},
    {"<link rel=\"preload\" as=\"image\" imagesrcset=\"^URL 2x\">"},
    {"<link rel=\"preconnect\" href=\"^URL\">"},
    {"<link rel=\"dns-prefetch\" href=\"^URL\">"},
    {"<svg><image href=\"^URL\"/></svg>"},
    {"<svg><use xlink:href=\"^URL#a\"/></svg>"},
    {"<svg><feImage href=\"^URL\"/></svg>"},
    {"<svg><script href=\"^URL\"></script></svg>"},
    {"<svg><rect fill=\"^url(URL#a)\"/></svg>"},
    {"<svg><image><set attributeName=\"href\" to=\"^URL\"/></image></svg>"},
    {"<svg><template><image href=\"^URL\"/></template></svg>"},
    {"<div><template shadowrootmode=\"open\"><img src=\"^URL\" width=\"1\" height=\"1\" alt=\"\"></template></div>"},
    {"<noscript><img src=\"^URL\" width=\"1\" height=\"1\" alt=\"\"></noscript>"},
    {"<style>@import ^\"URL\";</style>", true},
    {"<style>b { background: \\75rl(^\"URL\") }</style>", true},
    {"<style>b { background: image-set(^\"URL\" 1x) }</style>", true},
    {"<div style=\"background: ^url(URL)\">x</div>", true},
    {"<table background=\"^URL\"><tr><td>x</td></tr></table>", true},
    {"<table><tr><td background=\"^URL\">x</td></tr></table>", true},
    {"<a href=\"/\" ping=\"^URL\">x</a>", true},
    {"<meta http-equiv=\"refresh\" content=\"5; url=^URL\">", true},
    {"<base href=\"^URL\">", true},
};

constexpr const char* kUndeclared = "//nobody.example/x";
constexpr const char* kDeclared = "https://films.example/x";

std::string replace_all(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}
std::string with_url(const Vector& vector, const std::string& url) {
  return replace_all(replace_all(vector.markup, "^", ""), "URL", url);
}

// Where a producer writes HTML: the file, with HERE in it.
struct PlaceToWrite {
  std::string path, text;
  bool own_template = false;  // everything in it waits together
  std::string where = {};     // of the error, where it is not the URL's own place
};
const std::vector<PlaceToWrite> kPlaces = {
    {"content/a.md", "+++\ntitle = \"A\"\n+++\n\nHERE\n"},
    {"themes/plain/layouts/page.mustache", "{{! parent: base }}\n<main>{{{content}}}</main>\nHERE"},
    {"themes/plain/partials/part.mustache", "<p>A part.</p>\nHERE"},
    {"themes/plain/components/box.mustache", "<p>A box.</p>\nHERE", false, "content/b.md:5:1"},
    {"static/a.html",
     "<!doctype html><html><head><meta charset=\"utf-8\"><title>A</title></head><body>\nHERE\n</body></html>"},
    {"consent.toml", "", true},
};

const std::string kConsent =
    "[consent]\npolicy = \"policy.md\"\n\n"
    "[[service]]\nid = \"films\"\nname = \"Films\"\nprovider = \"Films Ltd.\"\ncategory = \"functional\"\n"
    "purpose = \"Plays films\"\nhosts = [\"films.example\"]\nprivacy_url = \"https://films.example/privacy\"\n";

Built build(const FileMap& more) {
  FileMap files = plain_site({
      {"s/consent.toml", kConsent},
      {"s/content/policy.md", "+++\ntitle = \"Policy\"\n+++\nAll of it.\n"},
      {"s/content/b.md", "+++\ntitle = \"B\"\n+++\n\n```{box}\n```\n"},
      {"s/themes/plain/theme.toml", "[components.box]\n"},
      {"s/themes/plain/components/box.mustache", "<p>A box.</p>"},
      {"s/themes/plain/partials/part.mustache", "<p>A part.</p>"},
      {"s/themes/plain/partials/consent-head.mustache",
       "{{#consent.asks}}<script>{{{consent.head_script}}}</script>{{/consent.asks}}"},
      {"s/themes/plain/partials/consent-placeholder.mustache", "<span class=\"consent-placeholder\"></span>"},
      {"s/themes/plain/layouts/base.mustache", "<html><head><meta charset=\"utf-8\">{{> consent-head}}</head><body>\n" +
                                                   std::string(kConsentParts) + "{{{main}}}{{> part}}\n</body></html>"},
  });
  for (const auto& [path, text] : more) files[path] = text;
  files["s/site.toml"] += "[check]\nlinks = \"off\"\n";
  if (const auto headers = more.find("headers"); headers != more.end()) files["s/site.toml"] += headers->second;
  BuildOptions options = options_for_tests();
  options.development = true;
  return build_in_memory(MemoryFiles(files), options);
}

Built build(const PlaceToWrite& place, const std::string& markup) {
  const std::string text = place.own_template
                               ? kConsent + "[[service.tag]]\npages = [\"/**\"]\nhtml = '''\n" + markup + "'''\n"
                               : replace_all(place.text, "HERE", markup);
  return build({{"s/" + place.path, text}});
}

int line_of(const PlaceToWrite& place) {
  const std::string text = place.own_template ? kConsent + "[[service.tag]]\n\n\nHERE" : place.text;
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(text.find("HERE")), '\n'));
}

// What of a page is not in a template for the service, nor a link, nor its policy.
std::string live_part(const std::string& html) {
  static const std::regex kInert("<template data-service=\"films\">[^]*?</template>|<a href=\"[^\"]*\"");
  return std::regex_replace(html, kInert, "");
}

}  // namespace

TEST_CASE("from every place that holds HTML, a host that nobody declared is an error at its URL") {
  for (const PlaceToWrite& place : kPlaces)
    for (const Vector& vector : kVectors) {
      const std::string markup = with_url(vector, kUndeclared);
      const Built built = build(place, markup);
      CAPTURE(place.path);
      CAPTURE(markup);
      CAPTURE(built.errors);
      CHECK_FALSE(built.fine);
      const std::size_t column = vector.markup.find('^') + 1;
      const std::string own = place.path + ":" + std::to_string(line_of(place)) + ":" + std::to_string(column);
      const std::string expected = (place.where.empty() ? own : place.where) +
                                   ": error: no service declares the host 'nobody.example' [consent/undeclared-host]\n";
      CHECK(built.errors.substr(0, expected.size()) == expected);
      CHECK(built.errors.find("  hint: [[service]]\n        id = \"nobody\"\n") != std::string::npos);
      CHECK(built.errors.find("hosts = [\"nobody.example\"]") != std::string::npos);
    }
}

TEST_CASE("from every place that holds HTML, what a service serves is inert, or an error that says so") {
  for (const PlaceToWrite& place : kPlaces)
    for (const Vector& vector : kVectors) {
      const std::string markup = with_url(vector, kDeclared);
      const Built built = build(place, markup);
      CAPTURE(place.path);
      CAPTURE(markup);
      CAPTURE(built.errors);
      if (vector.cannot && !place.own_template) {
        CHECK_FALSE(built.fine);
        const bool is_code = markup.starts_with("<script");
        CHECK(built.errors.find(is_code ? "[consent/ungated-script]" : "[consent/cannot-gate]") != std::string::npos);
        continue;
      }
      CHECK(built.errors == "");
      bool inert = false;
      for (const auto& [path, bytes] : built.files) {
        if (!path.ends_with(".html")) continue;
        CAPTURE(path);
        CHECK(live_part(bytes).find("films.example") == std::string::npos);
        inert = inert || bytes.find("<template data-service=\"films\">") != std::string::npos;
      }
      CHECK(inert);
    }
}

// ---- Files that hold no HTML ----

namespace {

struct Other {
  std::string path, text;  // with '^' and URL
  FileMap more = {};
  std::string declared = "[consent/cannot-gate]";  // of the errors
};

const std::string kSvg = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n";

const std::vector<Other> kOthers = {
    {"themes/plain/styles/main.scss",
     "$a: red;\np { color: $a; background: url(^\"URL\"); }",
     {{"s/content/a.md", "<link rel=\"stylesheet\" href=\"/assets/main.css\">\n"}}},
    {"static/x.css",
     "p {\n  background: ^url(URL)\n}",
     {{"s/content/a.md", "<link rel=\"stylesheet\" href=\"/x.css\">\n"}}},
    {"static/x.css", "@import ^\"URL\";", {{"s/content/a.md", "<style>@import \"/x.css\";</style>\n"}}},
    {"static/x.js",
     "import ^\"URL\"",
     {{"s/content/a.md", "<script type=\"module\" src=\"/x.js\"></script>\n"}},
     "[consent/ungated-script]"},
    {"static/x.svg", kSvg + "<image href=\"^URL\"/></svg>"},
    {"static/x.svg", kSvg + "<style>@import ^\"URL\";</style></svg>"},
    {"static/x.xml", "<?xml-stylesheet href=\"^URL\"?><r/>"},
    {"static/site.webmanifest", "{\"icons\": [{\"src\": ^\"URL\"}]}"},
    {"static/speculation-rules.json", "{\"prefetch\": [{\"urls\": [^\"URL\"]}]}"},
    {"static/x.m3u8", "#EXTM3U\n^URL"},
    {"content/x.svg", kSvg + "<image href=\"^URL\"/></svg>"},
};

}  // namespace

TEST_CASE("files that hold no HTML are judged in whole builds") {
  for (const Other& other : kOthers) {
    const std::size_t at = other.text.find('^'), line = other.text.rfind('\n', at);
    const auto build_with = [&](const std::string& url) {
      FileMap more = other.more;
      more["s/" + other.path] = replace_all(replace_all(other.text, "^", ""), "URL", url);
      return build(more);
    };
    CAPTURE(other.path);
    const Built undeclared = build_with(kUndeclared);
    const std::string expected =
        other.path + ":" +
        std::to_string(1 + std::count(other.text.begin(), other.text.begin() + static_cast<long>(at), '\n')) + ":" +
        std::to_string(line == std::string::npos ? at + 1 : at - line) +
        ": error: no service declares the host 'nobody.example' [consent/undeclared-host]\n";
    CHECK(undeclared.errors.substr(0, expected.size()) == expected);
    const Built declared = build_with(kDeclared);
    CHECK_FALSE(declared.fine);
    CAPTURE(declared.errors);
    CHECK(declared.errors.find(other.declared) != std::string::npos);
  }
}

TEST_CASE("headers of site.toml are judged in whole builds") {
  for (const std::string header :
       {"Link = \"<URL>; rel=preload; as=image\"", "Reporting-Endpoints = 'a=\"URL\"'", "Refresh = \"5; url=URL\"",
        "Speculation-Rules = '\"URL\"'", "NEL = '{\"report_to\": \"URL\"}'", "Alt-Svc = 'h3=\"nobody.example:443\"'",
        "Content-Security-Policy = \"report-uri URL\""}) {
    CAPTURE(header);
    const Built built = build(
        {{"headers", "[headers]\n\"/**\" = { " + replace_all(header, "URL", "https://nobody.example/x") + " }\n"}});
    CAPTURE(built.errors);
    CHECK_FALSE(built.fine);
    CHECK(built.errors.find("site.toml:") == 0);
    CHECK(built.errors.find("[consent/undeclared-host]") != std::string::npos);
  }
}
