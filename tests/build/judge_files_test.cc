// Whole sites with files that hardtop does not render: what they load is judged, and allowed where it may be.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

constexpr const char* kConsent = R"([consent]
policy = "policy.md"

[[service]]
id = "fonts"
name = "Fonts"
provider = "Fonts Inc."
category = "necessary"
justification = "The site is set in this type"
purpose = "Serves our type"
hosts = ["fonts.example", "cdn.fonts.example"]
privacy_url = "https://fonts.example/privacy"
csp = { frame = ["https://cdn.fonts.example"] }

[[service]]
id = "film"
name = "Film"
provider = "Films Ltd."
category = "functional"
purpose = "Plays films"
hosts = ["films.example"]
privacy_url = "https://films.example/privacy"
)";

// Of a site in development: without a lock, and with names without hashes.
Built build(const FileMap& more) {
  FileMap files = plain_site({{"s/consent.toml", kConsent},
                              {"s/content/policy.md", "All of it.\n"},
                              {"s/themes/plain/partials/consent-head.mustache", ""},
                              {"s/themes/plain/partials/consent-placeholder.mustache", ""}});
  for (const auto& [path, text] : more) files[path] = text;
  BuildOptions options = options_for_tests();
  options.development = true;
  return build_in_memory(MemoryFiles(files), options);
}

const std::string kStart =
    "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'none'; form-action 'self'";
const std::string kTypes = "; require-trusted-types-for 'script'; trusted-types 'none'";
const std::string kFonts = " 'self' https://cdn.fonts.example https://fonts.example";
const std::string kFrames = "; frame-src 'self' https://cdn.fonts.example";

// The policy of a.html, whose Markdown is `content`.
std::string policy_with(const std::string& content, const FileMap& more) {
  FileMap files = more;
  files["s/content/a.md"] = content;
  const Built built = build(files);
  CHECK(built.errors == "");
  const auto found = built.policies.find("a.html");
  return found == built.policies.end() ? "(no page)" : found->second;
}

constexpr const char* kFontFace = "@font-face{font-family:A;src:url(https://fonts.example/a.woff2)}\n";

}  // namespace

TEST_CASE("a page that links a style sheet allows what the sheet loads") {
  const std::string allowed = kStart + "; font-src" + kFonts + kFrames + kTypes;
  const FileMap sheets = {{"s/static/font.css", kFontFace},
                          {"s/static/css/main.css", "@import \"../font.css\";\n"},
                          {"s/static/top.css", "@import '/css/main.css' screen;\n"},
                          {"s/themes/plain/styles/main.scss", kFontFace}};
  CHECK(policy_with("<link rel=\"stylesheet\" href=\"/font.css\">\n", sheets) == allowed);
  CHECK(policy_with("<link rel=stylesheet href=font.css?v=1>\n", sheets) == allowed);
  CHECK(policy_with("<link rel=\"stylesheet\" href=\"/top.css\">\n", sheets) == allowed);
  CHECK(policy_with("<link rel=\"stylesheet\" href=\"/assets/main.css\">\n", sheets) == allowed);
  CHECK(policy_with("None.\n", sheets) == kStart + kTypes);
}

TEST_CASE("a page whose own style sheet imports one of the site's allows what that loads") {
  const std::string policy = policy_with("<style>@import '/font.css';</style>\n", {{"s/static/font.css", kFontFace}});
  CHECK(policy.find("; font-src" + kFonts + kFrames) != std::string::npos);
}

TEST_CASE("a page that loads a script allows the hosts of necessary services that the script names") {
  const std::string counted = "; img-src" + kFonts;
  const FileMap scripts = {{"s/static/x.js", "import './y.js'\n"},
                           {"s/static/y.js", "fetch('https://fonts.example/list')\n"},
                           {"s/static/z.js", "import 'https://fonts.example/z.js'\n"}};
  const std::string allowed = kStart + counted + kFrames + "; connect-src" + kFonts + kTypes;
  CHECK(policy_with("<script src=\"/y.js\"></script>\n", scripts) == allowed);
  CHECK(policy_with("<script type=\"module\" src=\"/x.js\"></script>\n", scripts) == allowed);
  // A script of others assigns to what Trusted Types guard.
  CHECK(policy_with("<script type=\"module\" src=\"/z.js\"></script>\n", scripts) ==
        kStart + "; script-src" + kFonts + counted + kFrames + "; connect-src" + kFonts);
}

TEST_CASE("what a gated file of the site loads after the grant is allowed from the start") {
  const FileMap files = {{"s/static/film.css", "p { background: url(https://films.example/p.png) }\n"},
                         {"s/static/film.js", "fetch('https://films.example/list')\n"}};
  CHECK(policy_with("<link rel=\"stylesheet\" href=\"/film.css\" data-service=\"film\">\n", files)
            .find("; img-src 'self' https://films.example") != std::string::npos);
  CHECK(policy_with("<script src=\"/film.js\" data-service=\"film\"></script>\n", files)
            .find("; connect-src 'self' https://films.example") != std::string::npos);
}

TEST_CASE("what an SVG or XML file loads of the site is followed, since nothing can make it wait") {
  const FileMap files = {
      {"s/static/keep.js", "localStorage.a = 1\n"},
      {"s/static/via.js", "import './keep.js'\n"},
      {"s/static/film.css", "p { background: url(https://films.example/p.png) }\n"},
      {"s/static/via.css", "@import 'film.css';\n"},
      {"s/static/fine.css", kFontFace},
  };
  const auto errors_of = [&](const std::string& path, const std::string& text) {
    FileMap more = files;
    more["s/static/" + path] = text;
    return build(more).errors;
  };
  CHECK(errors_of("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script href=\"via.js\"/></svg>\n") ==
        "static/a.svg:2:15: error: 'keep.js' uses localStorage, and nothing can make it wait in an SVG or XML file "
        "[consent/ungated-script]\n"
        "  2 | <script href=\"via.js\"/></svg>\n"
        "    |               ^~~~~~\n"
        "  hint: remove the script: such files are opened by themselves, without a banner\n");
  const std::string sheet =
      "error: the style sheet 'film.css' loads from 'films.example' of the service 'film', and an SVG or XML file "
      "cannot wait for a choice [consent/cannot-gate]\n";
  const std::string hint = "  hint: load a style sheet without these rules\n";
  CHECK(errors_of("a.xml", "<?xml-stylesheet href=\"/via.css\"?>\n<a/>\n") ==
        "static/a.xml:1:24: " + sheet +
            "  1 | <?xml-stylesheet href=\"/via.css\"?>\n"
            "    |                        ^~~~~~~~\n" +
            hint);
  CHECK(errors_of("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>@import '/film.css';</style></svg>\n") ==
        "static/a.svg:1:56: " + sheet +
            "  1 | <svg xmlns=\"http://www.w3.org/2000/svg\"><style>@import '/film.css';</style></svg>\n"
            "    |                                                        ^~~~~~~~~~~\n" +
            hint);
  CHECK(
      errors_of("a.xhtml",
                "<html xmlns=\"http://www.w3.org/1999/xhtml\"><link rel=\"stylesheet\" href=\"film.css\"/></html>\n") ==
      "static/a.xhtml:1:73: " + sheet +
          "  1 | <html xmlns=\"http://www.w3.org/1999/xhtml\"><link rel=\"stylesheet\" href=\"film.css\"/></html>\n"
          "    |                                                                         ^~~~~~~~\n" +
          hint);
  CHECK(errors_of("a.xml", "<?xml-stylesheet href=\"/fine.css\"?>\n<a/>\n") == "");
}
