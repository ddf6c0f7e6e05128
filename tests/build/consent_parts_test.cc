// The built-in partials of banner, preferences, settings and placeholder, rendered with a declaration made by hand, before the
// judge of honest design: as they are, and with one thing broken at a time.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/diagnostic_format.h"
#include "base/files.h"
#include "build/consent_colors.h"
#include "build/consent_values.h"
#include "build/template_schema.h"
#include "consent/honest_design.h"
#include "theme/template.h"
#include "theme/theme.h"

using namespace hardtop;

namespace {

using FileMap = std::map<std::string, std::string>;

Declaration make_example() {
  Declaration out;
  DeclaredService film, ads, login;
  film.id = "film", film.name = "Film & Co", film.provider = "Film Ltd", film.purpose = "Plays films";
  film.privacy_url = "https://film.example/privacy";
  film.items = {{"Film & Co", "seat", "Cookie", "film.example", "2 years", "Knows you again", false, false}};
  ads.id = "ads", ads.name = "Ads", ads.provider = "Ads Inc", ads.purpose = "Measures ads", ads.note = "A new host";
  ads.opt_out_url = "https://ads.example/out";
  ads.sells_or_shares = true;
  login.id = "login", login.name = "Log-in", login.provider = "Sign Ltd", login.purpose = "Keeps you signed in";
  login.justification = "Nobody could sign in";
  login.necessary = true;
  out.services = {film, ads, login};
  out.categories = {{"necessary", "Necessary", "Always on", true, {2}},
                    {"functional", "Functional", "More comfort", false, {0}},
                    {"advertising", "Advertising", "Shows ads", false, {1}}};
  out.own_cookie = {"This site", "cookie_consent",   "Cookie", "www.example",
                    "180 days",  "Keeps the choice", true,     false};
  out.asks = out.sells_or_shares = out.honors_gpc = true;
  return out;
}

constexpr std::string_view kLayout =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\n{{> consent-head}}\n</head><body>\n"
    "<a href=\"#main\">Skip</a>\n{{> consent-banner}}\n<main id=\"main\"></main>\n"
    "<footer>\n{{> consent-settings}}\n</footer></body></html>\n";

struct Page {
  std::string html, errors;
};

// `site` are files of the site "s", which override the theme's; `language` has words in assets/consent/i18n.
Page render_page(const FileMap& site, const std::string& language = "en", std::string_view layout = kLayout,
                 bool may_opt_out = false) {
  Page page;
  Diagnostics found;
  FileMap in_memory;
  for (const auto& [path, text] : site) in_memory["s/" + path] = text;
  const MemoryFiles files(in_memory);
  const auto theme = load_theme(files, "s", "default", whole_file("site.toml"), found);
  REQUIRE(theme);
  const auto words = load_translations(*theme, language, found);
  REQUIRE(words);
  Schema schema = base_schema();
  Object t, assets{{"css_consent", Value::text("/consent.css")}};
  schema.types["assets"].fields.push_back({"css_consent", "text", ""});
  for (const auto& [key, text] : *words) {
    schema.types["translations"].fields.push_back({key, "text", ""});
    t.set(key, Value::text(text));
  }
  const Declaration declaration = make_example();
  ServiceSets sets;
  ConsentValues values({declaration, "/policy.html", "/consent.js", "head()", may_opt_out, may_opt_out}, sets);
  Object consent, root{{"t", Value::object(t)}, {"assets", Value::object(assets)}};
  ValueArena arena;
  root.set("consent", values.on_page(sets.number_of({1}), consent, arena));
  Placeholder placeholder;
  placeholder.service = 0;
  placeholder.url = "https://film.example/1";
  placeholder.width = 560;
  placeholder.height = 315;
  root.set("placeholder", values.placeholder(placeholder, arena));

  TemplateOptions options;
  options.schema = &schema;
  options.partial = [&](std::string_view name) { return theme->find("partials/" + std::string(name) + ".mustache"); };
  options.partial_names = theme->names_in("partials", ".mustache");
  const auto compiled = compile_template(make_source("layout", std::string(layout)), options, found);
  page.errors = to_text(found);
  if (compiled) run_template(*compiled, root, page.html);
  return page;
}

const ConsentPartsWanted kWanted{"/consent.js", true};

std::string judged(const std::string& html) {
  std::string out;
  for (const GateProblem& problem : judge_consent_parts(html, kWanted)) {
    CHECK(!problem.hint.empty());
    CHECK(problem.offset + problem.length <= html.size());
    out += problem.id + ": " + problem.message + "\n";
  }
  return out;
}

std::string built_in(const std::string& path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "assets/consent/" + path) return std::string(file.bytes);
  FAIL("no such file: " << path);
  return "";
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const std::size_t at = text.find(old);
  CAPTURE(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), by);
}

const std::string kBanner = "partials/consent-banner.mustache";
const std::string kPreferences = "partials/consent-preferences.mustache";
const std::string kSettings = "partials/consent-settings.mustache";

// What a site is told whose copy of `partial` differs in one place.
std::string told(const std::string& partial, const std::string& old, const std::string& by) {
  const Page page = render_page({{partial, replaced(built_in(partial), old, by)}});
  CHECK(page.errors == "");
  return judged(page.html);
}

const std::string kSymmetry = " (EDPB cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2))\n";
const std::string kRefusal = " (EDPB cookie banner taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C))\n";
const std::string kNotTicked =
    "consent/preticked: something is ticked before the visitor has chosen: that is no consent (EDPB cookie banner "
    "taskforce 2023, practice B; GDPR, recital 32; CJEU C-673/17)\n";

}  // namespace

TEST_CASE("the built-in partials have no fault in any language") {
  for (const char* language : {"en", "de", "fr", "es", "it", "nl", "pl", "pt", "ja", "ar"}) {
    CAPTURE(language);
    const Page page = render_page({}, language);
    CHECK(page.errors == "");
    CHECK(judged(page.html) == "");
  }
}

TEST_CASE("names of vendors are isolated and escaped, and every part stands in the page") {
  const std::string html = render_page({}).html;
  for (const char* part :
       {"<script>head()</script>\n<link rel=\"stylesheet\" href=\"/consent.css\">\n<script src=\"/consent.js\" "
        "defer></script>",
        "<bdi>Film &amp; Co</bdi>", "data-consent-service=\"film\"", "data-consent-category=\"advertising\"",
        "cookie_consent", "Nobody could sign in", "href=\"https://ads.example/out\"", "Opt-out request honored"}) {
    CAPTURE(part);
    CHECK(html.find(part) != std::string::npos);
  }
  CHECK(html.find("data-consent-service=\"login\"") == std::string::npos);
  CHECK(html.find("data-consent-category=\"necessary\"") == std::string::npos);
}

TEST_CASE("a placeholder keeps the room, names the service and links to the content") {
  const std::string html = render_page({}, "en", "{{> consent-placeholder}}").html;
  CHECK(
      html.starts_with("<span class=\"consent consent-placeholder consent-box consent-frame\" data-service=\"film\">"
                       "<svg viewBox=\"0 0 560 315\" width=\"560\" height=\"315\" aria-hidden=\"true\"></svg>"));
  CHECK(html.find("data-consent=\"once:film\">Load once: <bdi>Film &amp; Co</bdi></button>") != std::string::npos);
  CHECK(html.find("data-consent=\"grant:film\">Always allow: <bdi>Film &amp; Co</bdi></button>") != std::string::npos);
  CHECK(html.find("<a href=\"https://film.example/1\">Open at <bdi>film.example</bdi></a>") != std::string::npos);
  for (const char* not_phrasing : {"<div", "<p", "<template", "<section", "style="}) {
    CAPTURE(not_phrasing);
    CHECK(html.find(not_phrasing) == std::string::npos);
  }
}

TEST_CASE("after a change every optional service stands in the banner, in order, for the head script to choose from") {
  const std::string html = render_page({}).html;
  CHECK(html.find("<dl id=\"consent-new\" class=\"consent-changed\">\n"
                  "      <div><dt><bdi>Film &amp; Co</bdi></dt> <dd>Plays films</dd></div>\n"
                  "      <div><dt><bdi>Ads</bdi></dt> <dd>A new host</dd></div>\n"
                  "    </dl>") != std::string::npos);
}

TEST_CASE("the notice stands where services may run until they are refused, and nowhere else") {
  CHECK(render_page({}).html.find("consent-notice") == std::string::npos);
  CHECK(render_page({}, "en", kLayout, true).html.find("They run unless you opt out") != std::string::npos);
}

TEST_CASE("accept and reject are the same element, class, level and size") {
  const std::string reject = "<button type=\"button\" class=\"consent-button\" data-consent=\"reject-all\">";
  struct Case {
    std::string partial, by, difference;
  };
  for (const Case& c : std::vector<Case>{
           {kBanner, "<button type=\"button\" class=\"consent-button quiet\" data-consent=\"reject-all\">",
            "of other classes than 'accept-all'"},
           {kBanner, "<button type=\"button\" class=\"consent-link\" data-consent=\"reject-all\">",
            "of other classes than 'accept-all'"},
           {kPreferences, "<button type=\"button\" class=\"CONSENT-BUTTON\" data-consent=\"reject-all\">",
            "of other classes than 'accept-all'"},
           {kPreferences, "<span>" + reject, "not beside 'accept-all' in the same element"},
           {kBanner,
            "<button type=\"button\" class=\"consent-button\" style=\"opacity:.3\" data-consent=\"reject-all\">",
            "different from 'accept-all' in its attribute 'style'"},
           {kPreferences, "<button type=\"submit\" class=\"consent-button\" data-consent=\"reject-all\">",
            "different from 'accept-all' in its attribute 'type'"},
           {kPreferences, "<a class=\"consent-button\" href=\"#\" data-consent=\"reject-all\">",
            "of another element than 'accept-all': <a>, not <button>"},
       }) {
    CAPTURE(c.by);
    CHECK(told(c.partial, reject, c.by) == "consent/unequal-buttons: 'reject-all' is " + c.difference + kSymmetry);
  }
  CHECK(told(kBanner, "data-consent=\"accept-all\"", "autofocus data-consent=\"accept-all\"") ==
        "consent/unequal-buttons: 'reject-all' is different from 'accept-all' in its attribute 'autofocus'" +
            kSymmetry +
            "consent/unequal-buttons: 'preferences' is different from 'accept-all' in its attribute 'autofocus'" +
            kSymmetry);
  CHECK(told(kBanner, "class=\"consent-button\" data-consent=\"preferences\"", "data-consent=\"preferences\"") ==
        "consent/unequal-buttons: 'preferences' is of other classes than 'accept-all'" + kSymmetry);
  CHECK(told(kBanner, reject,
             "<button class=' consent-button\tconsent-button ' type=button data-consent=reject-all id=x "
             "aria-label=\"Reject all\">") == "");
}

TEST_CASE("both layers offer the choice in one order") {
  const std::string accept = "data-consent=\"accept-all\"", reject = "data-consent=\"reject-all\"";
  std::string swapped = replaced(built_in(kPreferences), accept, "data-consent=\"later\"");
  swapped = replaced(replaced(swapped, reject, accept), "data-consent=\"later\"", reject);
  CHECK(judged(render_page({{kPreferences, swapped}}).html) ==
        "consent/unequal-buttons: the preferences offer the same choice in another order than the banner (11 CCR "
        "7004(a)(3)(C))\n");
}

TEST_CASE("nothing is ticked beforehand") {
  CHECK(told(kPreferences, "data-consent-service=\"{{id}}\"", "data-consent-service=\"{{id}}\" checked") ==
        kNotTicked + kNotTicked);
  CHECK(told(kPreferences, "data-consent-category=", "CHECKED=\"\" data-consent-category=") == kNotTicked + kNotTicked);
  CHECK(told(kPreferences, "<legend><strong>{{t",
             "<span role=\"switch\" aria-checked=\"TRUE\"></span><legend><strong>{{t") == kNotTicked);
  CHECK(told(kBanner, "<div class=\"consent-buttons\">",
             "<select><option selected>All</option></select><div class=\"consent-buttons\">") == kNotTicked);
  CHECK(told(kSettings, "<p class", "<input type=\"checkbox\" data-consent-service=\"ads\" checked><p class") ==
        kNotTicked);
  CHECK(told(kSettings, "<p class", "<input type=\"checkbox\" checked><p class") == "");  // a form of the site's own
}

TEST_CASE("every layer that can accept can refuse") {
  const std::string reject = "data-consent=\"reject-all\"";
  CHECK(told(kBanner, reject, "data-consent=\"later\"") ==
        "consent/no-refusal: the banner can accept and cannot refuse" + kRefusal);
  CHECK(told(kPreferences, reject, "data-consent=\"later\"") ==
        "consent/no-refusal: the preferences can accept and cannot refuse" + kRefusal);
  for (const auto& [attribute, why] : FileMap{{"hidden", "hidden"},
                                              {"disabled", "disabled"},
                                              {"inert", "inert"},
                                              {"aria-hidden=\"true\"", "aria-hidden"},
                                              {"aria-disabled=\"true\"", "aria-disabled"},
                                              {"tabindex=\"-1\"", "out of the keyboard's reach (tabindex)"}}) {
    CAPTURE(attribute);
    CHECK(told(kBanner, reject, attribute + " " + reject) ==
          "consent/no-refusal: the refusal is there and cannot be used: it is " + why + kRefusal);
  }
  const std::string whole = built_in(kPreferences);
  const std::size_t at = whole.find("<button type=\"button\" class=\"consent-button\" data-consent=\"reject-all\">");
  const std::string button = whole.substr(at, whole.find("</button>", at) + 9 - at);
  for (const std::string element : {"template", "noscript"}) {
    CAPTURE(element);
    CHECK(told(kPreferences, button, "<" + element + "><div></p></div>" + button + "</" + element + ">") ==
          "consent/no-refusal: the preferences can accept and cannot refuse" + kRefusal);
  }
  // Where scripts run, all that follows is text of the noscript that is never closed.
  for (const std::string element : {"template", "noscript"}) {
    CAPTURE(element);
    CHECK(told(kPreferences, button, "<div><" + element + "></div>" + button)
              .find("consent/no-refusal: the preferences can accept and cannot refuse") != std::string::npos);
  }
  const std::string stray = "<button data-consent=\"accept-all\">Accept</button>";
  CHECK(told(kSettings, "<p class", stray + "<p class") ==
        "consent/no-refusal: this accepts everything, and nothing beside it refuses" + kRefusal);
  CHECK(told(kSettings, "<p class", stray + "<button data-consent=\"reject-all\">Reject</button><p class") == "");
}

TEST_CASE("every page leads back to the preferences") {
  const std::string missing =
      "consent/no-settings-link: nothing on the page leads back to the preferences (EDPB cookie banner taskforce 2023, "
      "practice K; GDPR, article 7(3))\n";
  CHECK(told(kSettings, "data-consent=\"preferences\"", "") == missing);
  CHECK(told(kSettings, "data-consent=\"preferences\"", "hidden data-consent=\"preferences\"") == missing);
  const auto with_link = [&](const std::string& link) {
    return told(kSettings, "data-consent=\"preferences\"", ">x</button>" + link + "<button type=\"button\"");
  };
  CHECK(with_link("<a href=\"consent:preferences\">Settings</a>") == "");  // the gate makes it one
  CHECK(with_link("<a href=\" Consent:preferences \">Settings</a>") == "");
  CHECK(with_link("<a hidden href=\"consent:preferences\">Settings</a>") == missing);
  CHECK(with_link("<a href=\"consent:settings\">Settings</a>") == missing);
  CHECK(told(kSettings, "<a href=\"{{consent.policy_url}}\" data-consent=\"preferences\"",
             "<b data-consent=\"preferences\"") == missing);
}

TEST_CASE("what the runtime and the law need is there") {
  const std::string no_link =
      "consent/missing-part: nothing on the page says 'Do Not Sell or Share My Personal Information', and a service "
      "sells "
      "or shares (11 CCR 7013)\n";
  CHECK(told(kSettings, "data-consent=\"do-not-sell\"", "") == no_link);
  CHECK(told(kBanner, "data-consent=\"do-not-sell\"", "") ==
        "consent/missing-part: the banner has no link 'Do Not Sell or Share My Personal Information', and a service "
        "sells or "
        "shares (11 CCR 7013)\n");
  for (const char* action : {"save", "close", "accept-all"})
    CHECK(told(kPreferences, "data-consent=\"" + std::string(action) + "\"", "data-consent=\"x\"") ==
          "consent/missing-part: the preferences have no button '" + std::string(action) + "'\n");
  CHECK(told(kPreferences, "data-consent=\"save\"", "disabled data-consent=\"save\"") ==
        "consent/missing-part: this button cannot be used: it is disabled\n");
  CHECK(told(kBanner, "data-consent=\"preferences\"", "") ==
        "consent/missing-part: the banner has no button 'preferences'\n");
  const std::string box = replaced(replaced(built_in(kPreferences), "<dialog ", "<div "), "</dialog>", "</div>");
  CHECK(judged(render_page({{kPreferences, box}}).html) ==
        "consent/missing-part: 'consent-preferences' is a <div> and has to be a <dialog>\n");
  CHECK(
      told(kPreferences, " data-gpc-confirm=\"{{t.consent_gpc_confirm}}\"", "") ==
      "consent/missing-part: there is no question to ask before a Global Privacy Control signal is overridden (11 CCR "
      "7025(c)(4))\n");
  CHECK(told(kPreferences, "data-consent-service=", "data-service-box=") ==
        "consent/missing-part: the preferences have no box for any service\n");
  CHECK(told(kBanner, " aria-labelledby=\"consent-banner-title\"", "") ==
        "consent/missing-part: this part has no name (WCAG 2.2, 4.1.2)\n");
  CHECK(told(kBanner, " role=\"status\"", "") ==
        "consent/missing-part: nobody who cannot see it hears that a choice was saved (WCAG 2.2, 4.1.3)\n");
  CHECK(told(kBanner, "data-saved=\"{{t.consent_saved}}\"", "data-saved") ==
        "consent/missing-part: there are no words to say that a choice was saved\n");
  CHECK(told(kBanner, "id=\"consent-status\"", "") ==
        "consent/missing-part: the page has no element with the id 'consent-status'\n");
  CHECK(told(kBanner, "{{> consent-preferences}}", "{{> consent-preferences}}{{> consent-preferences}}") ==
        "consent/missing-part: the page has 2 elements with the id 'consent-preferences'\n");
  CHECK(told("partials/consent-head.mustache", "<script src=\"{{consent.script_url}}\" defer></script>", "") ==
        "consent/missing-part: the page does not load what the banner needs to work\n");
}

TEST_CASE("a second way to accept has to be no easier than the refusal, either") {
  CHECK(told(kBanner, "<p class=\"consent-links\">",
             "<a class=\"big\" href=\"#\" data-consent=\"accept-all\">Yes!</a><p class=\"consent-links\">") ==
        "consent/unequal-buttons: 'reject-all' is of another element than 'accept-all': <button>, not <a>" + kSymmetry);
}

TEST_CASE("what waits for a service is not on the page") {
  CHECK(told(kSettings, "data-consent=\"preferences\"", "data-service=\"ads\" data-consent=\"preferences\"") ==
        "consent/no-settings-link: nothing on the page leads back to the preferences (EDPB cookie banner taskforce "
        "2023, practice K; GDPR, article 7(3))\n");
}

TEST_CASE("a page without any of the parts is told what to put where") {
  std::string out;
  for (const GateProblem& problem : judge_consent_parts("<!doctype html><p>Hello"))
    out += problem.message + "; " + problem.hint + "\n";
  CHECK(
      out ==
      "the page has no element with the id 'consent-banner'; put {{> consent-banner}} into the layout, right after the "
      "skip link\n"
      "nothing on the page leads back to the preferences (EDPB cookie banner taskforce 2023, practice K; GDPR, article "
      "7(3)); put {{> consent-settings}} into the footer\n");
}

TEST_CASE("a colour with too little contrast is found in the theme.toml that gave it") {
  const DiskFiles disk;
  Diagnostics found;
  for (const char* name : {"default", "mini"}) {
    const auto theme = load_theme(disk, HARDTOP_SOURCE_DIR "/site", name, whole_file("site.toml"), found);
    REQUIRE(theme);
    judge_consent_colors(*theme, found);
  }
  CHECK(to_text(found) == "");
  const MemoryFiles files({{"s/theme.toml", "[consent.dark]\nbutton_ink = \"#777\"\n"}});
  const auto theme = load_theme(files, "s", "default", whole_file("site.toml"), found);
  REQUIRE(theme);
  judge_consent_colors(*theme, found);
  CHECK(
      to_text(found) ==
      "theme.toml:2:14: error: dark: button_ink on button has a contrast of 2.25:1; text needs 4.5:1 (WCAG 2.2, 1.4.3) "
      "[consent/low-contrast]\n"
      "  2 | button_ink = \"#777\"\n"
      "    |              ^~~~~~\n"
      "  hint: choose a darker or a lighter one of the two in [consent.dark]\n");
}
