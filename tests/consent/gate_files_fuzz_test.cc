// Whatever a file holds, its judge ends, and what it reports lies in the file. Seeded: the same inputs in every run.
#include <doctest/doctest.h>

#include <array>
#include <random>

#include "consent/gate_files.h"
#include "support/effort.h"

using namespace hardtop;

namespace {

struct World {
  ConsentConfig config;
  Url base = *parse_url("https://site.example/");
  Services services{config, base};
};

void check_places(const JudgedFile& judged, std::string_view text) {
  for (const GateProblem& problem : judged.problems) {
    CHECK(problem.offset <= text.size());
    CHECK(problem.length <= text.size() - problem.offset);
    CHECK_FALSE(problem.message.empty());
  }
  for (const FileUse& use : judged.facts.uses) CHECK(use.offset + use.length <= text.size());
}

void judge_all(const World& world, std::string_view text) {
  check_places(judge_css(world.services, text, "/a.css"), text);
  check_places(judge_script(world.services, text, "/a.js"), text);
  check_places(judge_xml(world.services, text, "/a.svg"), text);
  check_places(judge_manifest(world.services, text, "/a.webmanifest"), text);
  for (const char* name : {"Link", "Speculation-Rules", "Report-To", "Refresh", "Set-Cookie", "Alt-Svc",
                           "Content-Security-Policy", "Location", "Content-Type", "X-XSS-Protection"})
    check_places(judge_header(world.services, name, text), text);
}

constexpr std::array kPieces = {"url(",
                                "URL(\"",
                                "u\\72l(",
                                "@import ",
                                "'",
                                "\"",
                                "`",
                                "${",
                                "}",
                                "{",
                                "(",
                                ")",
                                "[",
                                "]",
                                ";",
                                ":",
                                ",",
                                "\\",
                                "\n",
                                "\r\n",
                                "/*",
                                "*/",
                                "//",
                                "/",
                                "<!--",
                                "-->",
                                "<![CDATA[",
                                "]]>",
                                "<?xml-stylesheet href='",
                                "?>",
                                "<!DOCTYPE a [",
                                "]>",
                                "<svg xmlns='http://www.w3.org/2000/svg'>",
                                "<style>",
                                "</style>",
                                "<image href='",
                                "'/>",
                                "<script>",
                                "</script>",
                                "https://px.example/",
                                "//px.example",
                                "data:text/css,",
                                "data:text/javascript,",
                                "&#x26;",
                                "&amp;",
                                "%22",
                                "--x:",
                                "image-set(",
                                "@font-face",
                                "@namespace ",
                                "import ",
                                "import(",
                                "from ",
                                "new Worker(",
                                "document",
                                ".",
                                "cookie",
                                "localStorage",
                                "caches",
                                "=",
                                "if",
                                "return",
                                "=>",
                                "++",
                                "\xC3\x97",
                                "\xE2\x80\xA8",
                                "\xFF",
                                "\x01",
                                " ",
                                "<",
                                ">",
                                "a",
                                "1e",
                                "rel=preload",
                                "u{110000}",
                                "\\u",
                                "null",
                                "-",
                                "#",
                                "@",
                                "!",
                                "xml:base='",
                                "srcset='",
                                "=\""};

}  // namespace

TEST_CASE("every judge ends well whatever a file holds") {
  const World world;
  std::mt19937 random(20261123);
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    const std::size_t length = 1 + random() % 24;
    while (text.size() < length * 4) text += kPieces[random() % kPieces.size()];
    if (random() % 4 == 0) text[random() % text.size()] = static_cast<char>(random());
    if (random() % 8 == 0) text += '\0';
    CAPTURE(text);
    judge_all(world, text);
  }
}

TEST_CASE("what stands before it cannot hide a URL of a style sheet") {
  const World world;
  std::mt19937 random(7);
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    const std::size_t pieces = random() % 12;
    for (std::size_t i = 0; i < pieces; ++i) {
      const std::string_view piece = kPieces[random() % kPieces.size()];
      if (piece != "@namespace ") text += piece;  // its URL is only a name, up to a ';' outside of brackets
    }
    // Closes a comment, an unquoted URL and a string that may be open.
    text += " */)\n*/ a{b:url(https://hidden.example/)}";
    const JudgedFile judged = judge_css(world.services, text, "/a.css");
    bool found = false;
    for (const GateProblem& problem : judged.problems)
      found |= problem.message.find("hidden.example") != std::string::npos;
    CAPTURE(text);
    CHECK(found);
  }
}

TEST_CASE("no judge takes more than linear time") {
  const World world;
  constexpr std::size_t kBytes = 20'000 * test::kEffort;  // a quadratic one would take minutes
  for (const std::string unit : {"url(",
                                 "\xC3\x97url(x",
                                 "'\\'",
                                 "\"",
                                 "/[",
                                 "/[/",
                                 "`${",
                                 "{",
                                 "(",
                                 "[[",
                                 "<a",
                                 "<a b='",
                                 "<a xmlns:b='c'>",
                                 "<style>",
                                 "&#",
                                 "<!--",
                                 "<!DOCTYPE a [",
                                 "]",
                                 "<?",
                                 "@import",
                                 "@import '",
                                 "\\",
                                 "--a:'//b'",
                                 "caches ",
                                 "a.b.",
                                 "{cookie}=",
                                 "import('",
                                 "import(\"a\")\n",
                                 "[\"",
                                 "{\"a\":",
                                 "<a>;",
                                 "<",
                                 "\"//b\",",
                                 "/*",
                                 "*",
                                 ". ",
                                 "x=/a",
                                 "<a xlink:href='data:,'/>",
                                 "data:text/css,@import \"",
                                 "<x/>",
                                 "</x>",
                                 "a{b:url(//c.example)}"}) {
    std::string text;
    while (text.size() < kBytes) text += unit;
    CAPTURE(unit);
    judge_all(world, text);
    judge_all(world, "<svg xmlns='http://www.w3.org/2000/svg'><style>" + text);
    judge_all(world, "a /* */ '" + text);
  }
}
