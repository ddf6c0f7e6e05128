// Whole sites with files that hardtop does not render: what they load is judged, and allowed where it may be.
#include <doctest/doctest.h>

#include "consent/services.h"
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
  FileMap files = plain_site(
      {{"s/consent.toml", kConsent},
       {"s/content/policy.md", "All of it.\n"},
       {"s/themes/plain/partials/consent-parts.mustache", std::string(kConsentParts)},
       {"s/themes/plain/layouts/base.mustache", "<title>{{page.title}}</title>{{> consent-parts}}{{{main}}}"},
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

TEST_CASE("a page whose script makes a worker of an own file allows that, and other pages do not") {
  const FileMap scripts = {{"s/scripts/app.js", "new Worker(new URL('./work.js', import.meta.url))\n"},
                           {"s/scripts/work.js", "postMessage(1)\n"},
                           {"s/static/x.js", "import '/assets/app.js'\n"}};
  const std::string allowed =
      "default-src 'self'; base-uri 'none'; object-src 'none'; worker-src 'self'; form-action 'self'";
  for (const std::string script : {"/assets/app.js", "/x.js"})
    CHECK(policy_with("<script type=\"module\" src=\"" + script + "\"></script>\n", scripts) == allowed);
  CHECK(policy_with("<script type=\"module\" src=\"/assets/work.js\"></script>\n", scripts) == kStart + kTypes);
}

TEST_CASE("a page that plays a playlist allows what is played") {
  CHECK(policy_with("<video src=\"/a.m3u8\"></video>\n", {{"s/static/a.m3u8", "https://fonts.example/1.ts\n"}}) ==
        kStart + "; media-src" + kFonts + kFrames + kTypes);
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

TEST_CASE("what a header of site.toml would do is found at its place") {
  const auto errors_of = [](const std::string& header) {
    return build({{"s/site.toml", plain_site().at("s/site.toml") + "[headers]\n\"/*\" = { " + header + " }\n"},
                  {"s/static/film.css", "p { background: url(https://films.example/p.png) }\n"}})
        .errors;
  };
  const auto lines_for = [](const std::string& host) {
    std::string hint = "  hint: ";
    for (const char c : Services::lines_to_paste(host)) hint += c == '\n' ? "\n        " : std::string(1, c);
    return hint + "\n";
  };
  const std::string nobody =
      "error: no service declares the host 'nobody.example' [consent/undeclared-host]\n"
      "  8 | \"/*\" = { ";
  CHECK(errors_of("Link = '</a.css>; rel=preload, <//nobody.example>; rel=preconnect'") ==
        "site.toml:8:42: " + nobody +
            "Link = '</a.css>; rel=preload, <//nobody.example>; rel=preconnect' }\n"
            "    |                                          ^~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  CHECK(errors_of("Report-To = '{\"endpoints\":[{\"url\":\"https://nobody.example/r\"}]}'") ==
        "site.toml:8:44: " + nobody +
            "Report-To = "
            "'{\"endpoints\":[{\"url\":\"https://nobody.example/r\"}]}' }\n"
            "    |                                            ^~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  CHECK(errors_of("Content-Security-Policy = \"default-src *; report-uri https://nobody.example/r\"") ==
        "site.toml:8:63: " + nobody +
            "Content-Security-Policy = \"default-src *; report-uri https://nobody.example/r\" }\n"
            "    |                                                               ^~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  CHECK(errors_of("Refresh = '0; url=https://nobody.example'") ==
        "site.toml:8:28: " + nobody +
            "Refresh = '0; url=https://nobody.example' }\n"
            "    |                            ^~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  CHECK(errors_of("Speculation-Rules = '\"https://nobody.example/s.json\"'") ==
        "site.toml:8:32: " + nobody +
            "Speculation-Rules = '\"https://nobody.example/s.json\"' }\n"
            "    |                                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  // Written otherwise than it is: the value as a whole.
  CHECK(errors_of("Refresh = \"0; url=https://nobody\\u002Eexample\"") ==
        "site.toml:8:20: " + nobody +
            "Refresh = \"0; url=https://nobody\\u002Eexample\" }\n"
            "    |                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n" +
            lines_for("nobody.example"));
  CHECK(errors_of("Set-Cookie = 'id=1; Path=/'") ==
        "site.toml:8:24: error: no service declares the cookie 'id' [consent/undeclared-cookie]\n"
        "  8 | \"/*\" = { Set-Cookie = 'id=1; Path=/' }\n"
        "    |                        ^~\n"
        "  hint: remove it, or declare it in consent.toml with the necessary service that it belongs to: "
        "[[service.cookie]] name = \"id\"\n");
  CHECK(errors_of("Link = '</film.css>; rel=stylesheet'") ==
        "site.toml:8:19: error: the style sheet 'film.css' loads from 'films.example' of the service 'film', and a "
        "header cannot wait for a choice [consent/cannot-gate]\n"
        "  8 | \"/*\" = { Link = '</film.css>; rel=stylesheet' }\n"
        "    |                   ^~~~~~~~~\n"
        "  hint: load a style sheet without these rules\n");
  CHECK(errors_of("Link = '</film.css>; rel=preload; as=style', X-Frame-Options = 'DENY'") == "");
}

TEST_CASE("a build says what each host is to send: the policy floor, and the site's own headers") {
  const Built built = build(
      {{"s/site.toml", plain_site().at("s/site.toml") +
                           "[headers]\n\"/*\" = { Content-Security-Policy = \"img-src *\", X-Own = [\"1\", \"2\"] }\n"},
       {"s/consent.toml", std::string(kConsent) +
                              "[[service.tag]]\npages = [\"/a.html\"]\nhtml = '<script>film()</script><img "
                              "src=\"https://films.example/1.gif\" width=\"1\" height=\"1\" alt=\"\">'\n"},
       {"s/static/font.css", kFontFace},
       {"s/static/a.xhtml",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><link rel=\"stylesheet\" href=\"font.css\"/></html>\n"},
       {"s/content/a.md", "A.\n"}});
  CHECK(built.errors == "");
  const auto sent = headers_for(built.headers, "/a.html");
  std::string text;
  for (const auto& [name, value] : sent) text += name + ": " + value + "\n";
  // The script of the tag, and the head script, are the same in every build of these files.
  const auto hashes = [&](std::string value) {
    for (std::size_t at = value.find("'sha256-"); at != std::string::npos; at = value.find("'sha256-", at + 1))
      value.replace(at, value.find('\'', at + 1) + 1 - at, "#");
    return value;
  };
  CHECK(hashes(text) == "Cache-Control: no-cache\nContent-Security-Policy: " + kStart +
                            "; script-src 'self' #; img-src 'self' https://films.example; font-src" + kFonts + kFrames +
                            "; frame-ancestors 'self'\n" +
                            "Content-Security-Policy: img-src *\n"
                            "Cross-Origin-Opener-Policy: same-origin\n"
                            "Permissions-Policy: browsing-topics=()\n"
                            "Referrer-Policy: strict-origin-when-cross-origin\n"
                            "Strict-Transport-Security: max-age=31536000\n"
                            "X-Content-Type-Options: nosniff\n"
                            "X-Own: 1\n"
                            "X-Own: 2\n");
}

TEST_CASE("a file is judged as what it is sent as") {
  const std::string page = "<p>\n<img src=\"https://nobody.example/1.gif\" alt=\"\">\n";
  const auto errors_of = [&](const std::string& path, const std::string& headers = "") {
    const std::string errors =
        build({{"s/static/" + path, page}, {"s/site.toml", plain_site().at("s/site.toml") + headers}}).errors;
    return errors.substr(0, errors.find('\n'));
  };
  const auto undeclared = [](const std::string& path) {
    return "static/" + path + ":2:11: error: no service declares the host 'nobody.example' [consent/undeclared-host]";
  };
  CHECK(errors_of("OLD.HTM") == undeclared("OLD.HTM"));
  CHECK(errors_of("old.shtml") == undeclared("old.shtml"));
  CHECK(errors_of("clean-url") == undeclared("clean-url"));
  CHECK(errors_of("old.php") == undeclared("old.php"));
  CHECK(errors_of(".well-known/page") == undeclared(".well-known/page"));
  CHECK(errors_of("old.txt") == "");
  CHECK(errors_of("old.txt", "[headers]\n\"/*.txt\" = { content-type = \"text/html\" }\n") == undeclared("old.txt"));
}

TEST_CASE("however a page writes a file's address, it is that file") {
  const char* const addresses[] = {"/my%20script.js", "my%20script%2Ejs", "/a/../my script.js?v=1#x",
                                   "https://t.example/my%20script.js", "//T.example:443/./my%20script.js"};
  for (const char* address : addresses) {
    CAPTURE(address);
    const std::string errors = build({{"s/static/my script.js", "localStorage.a = 1\n"},
                                      {"s/content/a.md", "<script src=\"" + std::string(address) + "\"></script>\n"}})
                                   .errors;
    CHECK(errors.substr(0, errors.find('\n')) ==
          "content/a.md:1:14: error: 'my script.js' uses localStorage, and runs before the visitor has chosen "
          "[consent/ungated-script]");
  }
  const Built relative = build({{"s/static/a b/t\xC3\xA4.js", "import './#1.js'; import './%231.js'\n"},
                                {"s/static/a b/#1.js", "document.cookie = 1\n"},
                                {"s/content/a.md", "<script type=module src=\"/a b/t\xC3\xA4.js\"></script>\n"}});
  CHECK(relative.errors.substr(0, relative.errors.find('\n')) ==
        "content/a.md:1:26: error: 'a b/#1.js' uses document.cookie, and runs before the visitor has chosen "
        "[consent/ungated-script]");
}

TEST_CASE("a web app manifest has a name by which it is known") {
  CHECK(build({{"s/static/site.json", "{}"}, {"s/content/a.md", "<link rel=\"manifest\" href=\"/site.json\">\n"}})
            .errors ==
        "content/a.md:1:28: error: '/site.json' is loaded as a web app manifest, and not judged as one, because of its "
        "name [consent/unreadable-file]\n"
        "  1 | <link rel=\"manifest\" href=\"/site.json\">\n"
        "    |                            ^~~~~~~~~~\n"
        "  hint: give it a name that ends in .webmanifest\n");
  CHECK(build({{"s/static/Site.WebManifest", "{}"},
               {"s/content/a.md", "<link rel=\"manifest\" href=\"/Site.WebManifest?1\">\n"}})
            .errors == "");
}
