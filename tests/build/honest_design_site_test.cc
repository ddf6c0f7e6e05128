// Whole sites whose theme makes refusing harder than accepting: what their producer reads, and where.
#include <doctest/doctest.h>

#include "support/memory_site.h"
#include "theme/theme.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

constexpr const char* kConsent = R"([consent]
policy = "policy.md"

[[service]]
id = "beacon"
name = "Beacon"
provider = "Beacon Inc."
category = "advertising"
purpose = "Counts ads"
hosts = ["px.example"]
privacy_url = "https://px.example/privacy"
opt_out_url = "https://px.example/no"
sells_or_shares = true
)";

// The text of a partial that the binary carries.
std::string built_in(const std::string& name) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "assets/consent/partials/" + name + ".mustache") return std::string(file.bytes);
  FAIL("no such partial: " << name);
  return "";
}

// A copy of it with one change.
std::string changed(const std::string& name, const std::string& old, const std::string& by) {
  std::string text = built_in(name);
  const auto at = text.find(old);
  CAPTURE(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), by);
}

// A site that uses the default theme and has `more`.
Built build(const FileMap& more, bool asks = true) {
  FileMap files = {{"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\n"},
                   {"s/content/policy.md", "+++\ntitle = \"Policy\"\n+++\nAll of it.\n"},
                   {"s/content/a.md", "+++\ntitle = \"A\"\n+++\nA page.\n"}};
  if (asks) files["s/consent.toml"] = kConsent;
  for (const auto& [path, text] : more) files[path] = text;
  BuildOptions options = options_for_tests();
  options.development = true;
  return build_in_memory(MemoryFiles(files), options);
}

// What its producer reads.
std::string told(const FileMap& more, bool asks = true) { return build(more, asks).errors; }

}  // namespace

TEST_CASE("the default theme asks honestly") { CHECK(told({}) == ""); }

TEST_CASE("a box that is ticked beforehand is an error in the partial that has it, once for all pages") {
  CHECK(told({{"s/partials/consent-preferences.mustache",
               changed("consent-preferences", "data-consent-service=\"{{id}}\"",
                       "checked data-consent-service=\"x\"")}}) ==
        "partials/consent-preferences.mustache:32:17: error: something is ticked before the visitor has chosen: that "
        "is no consent (EDPB cookie banner taskforce 2023, practice B; GDPR, recital 32; CJEU C-673/17) "
        "[consent/preticked]\n"
        "  32 |       <p><label><input type=\"checkbox\" checked data-consent-service=\"x\" "
        "aria-describedby=\"consent-ab…\n"
        "     |                 ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: remove 'checked', 'selected' or aria-checked=\"true\": the runtime ticks what was allowed\n");
}

TEST_CASE("a refusal that looks smaller than the acceptance is an error at its button") {
  CHECK(told({{"s/partials/consent-banner.mustache",
               changed("consent-banner", "class=\"consent-button\" data-consent=\"reject-all\"",
                       "class=\"consent-link\" data-consent=\"reject-all\"")}}) ==
        "partials/consent-banner.mustache:31:7: error: 'reject-all' is of other classes than 'accept-all' (EDPB cookie "
        "banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2)) [consent/unequal-buttons]\n"
        "  31 |       <button type=\"button\" class=\"consent-link\" data-consent=\"reject-all\"><span "
        "class=\"consent-firs…\n"
        "     |       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: give both the same element, classes and parent, and no attribute that only one of them has\n");
}

TEST_CASE("a banner that cannot refuse is an error at the banner") {
  const std::string banner = built_in("consent-banner");
  const auto begin = banner.find("      <button type=\"button\" class=\"consent-button\" data-consent=\"reject-all\">");
  REQUIRE(begin != std::string::npos);
  CHECK(
      told({{"s/partials/consent-banner.mustache",
             std::string(banner).erase(begin, banner.find('\n', begin) + 1 - begin)}}) ==
      "partials/consent-banner.mustache:4:1: error: the banner can accept and cannot refuse (EDPB cookie banner "
      "taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C)) [consent/no-refusal]\n"
      "  4 | <section id=\"consent-banner\" class=\"consent consent-banner\" data-nosnippet "
      "aria-labelledby=\"consent-…\n"
      "    | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
      "  hint: add <button type=\"button\" data-consent=\"reject-all\"> beside 'accept-all', with the same classes\n");
}

TEST_CASE("a page without a way back to the preferences is an error in its layout") {
  CHECK(told({{"s/partials/consent-settings.mustache", "{{! Empty. }}\n"}}) ==
        "(built-in)/layouts/base.mustache:1:1: error: nothing on the page says 'Do Not Sell or Share My Personal "
        "Information', and a service sells or shares (11 CCR 7013) [consent/missing-part]\n"
        "  1 | <!doctype html>\n"
        "    | ^\n"
        "  hint: put {{> consent-settings}} into the footer\n"
        "(built-in)/layouts/base.mustache:1:1: error: nothing on the page leads back to the preferences (EDPB cookie "
        "banner taskforce 2023, practice K; GDPR, article 7(3)) [consent/no-settings-link]\n"
        "  1 | <!doctype html>\n"
        "    | ^\n"
        "  hint: put {{> consent-settings}} into the footer\n");
}

TEST_CASE("a layout of its own without any of the parts says what to put in") {
  CHECK(
      told({{"s/layouts/home.mustache", "<!doctype html><meta charset=\"utf-8\"><title>T</title>\n{{{content}}}\n"}}) ==
      "layouts/home.mustache:1:1: error: nothing on the page says 'Do Not Sell or Share My Personal Information', and "
      "a service sells or shares (11 CCR 7013) [consent/missing-part]\n"
      "  1 | <!doctype html><meta charset=\"utf-8\"><title>T</title>\n"
      "    | ^\n"
      "  hint: put {{> consent-settings}} into the footer\n"
      "layouts/home.mustache:1:1: error: the page does not load what the banner needs to work [consent/missing-part]\n"
      "  1 | <!doctype html><meta charset=\"utf-8\"><title>T</title>\n"
      "    | ^\n"
      "  hint: put {{> consent-head}} into the head, right after <meta charset>\n"
      "layouts/home.mustache:1:1: error: the page has no element with the id 'consent-banner' [consent/missing-part]\n"
      "  1 | <!doctype html><meta charset=\"utf-8\"><title>T</title>\n"
      "    | ^\n"
      "  hint: put {{> consent-banner}} into the layout, right after the skip link\n"
      "layouts/home.mustache:1:1: error: nothing on the page leads back to the preferences (EDPB cookie banner "
      "taskforce 2023, practice K; GDPR, article 7(3)) [consent/no-settings-link]\n"
      "  1 | <!doctype html><meta charset=\"utf-8\"><title>T</title>\n"
      "    | ^\n"
      "  hint: put {{> consent-settings}} into the footer\n");
}

TEST_CASE("what only one page lacks is an error of that page, which holds the rest in a template") {
  CHECK(told({{"s/content/open.md", "+++\ntitle = \"Open\"\n+++\n<template>\n"}, {"s/content/whole.md", "Fine.\n"}}) ==
        "content/open.md: error: nothing on the page says 'Do Not Sell or Share My Personal Information', and a "
        "service "
        "sells or shares (11 CCR 7013) [consent/missing-part]\n"
        "  hint: other pages of its layout have it: close what this page opens, or look for a condition in the layout\n"
        "content/open.md: error: nothing on the page leads back to the preferences (EDPB cookie banner taskforce 2023, "
        "practice K; GDPR, article 7(3)) [consent/no-settings-link]\n"
        "  hint: other pages of its layout have it: close what this page opens, or look for a condition in the "
        "layout\n");
}

TEST_CASE("what a page's own text offers is judged, too") {
  CHECK(told({{"s/content/a.md",
               "+++\ntitle = \"A\"\n+++\nHi.\n\n<button data-consent=\"accept-all\">Yes!</button>\n"}}) ==
        "content/a.md:6:1: error: this accepts everything, and nothing beside it refuses (EDPB cookie banner taskforce "
        "2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C)) [consent/no-refusal]\n"
        "  6 | <button data-consent=\"accept-all\">Yes!</button>\n"
        "    | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: add <button type=\"button\" data-consent=\"reject-all\"> beside it, with the same classes\n");
}

TEST_CASE("colours of theme.toml that cannot be read are errors at the colour") {
  CHECK(told({{"s/theme.toml", "[consent.light]\npaper = \"#ffffff\"\nbutton_ink = \"#888888\"\n"}}) ==
        "theme.toml:2:9: error: dark: button on paper has a contrast of 1.98:1; the bounds of a control need 3:1 (WCAG "
        "2.2, 1.4.11) [consent/low-contrast]\n"
        "  2 | paper = \"#ffffff\"\n"
        "    |         ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n"
        "theme.toml:2:9: error: dark: focus on paper has a contrast of 1.26:1; what shows the focus needs 3:1 (WCAG "
        "2.2, 1.4.11) [consent/low-contrast]\n"
        "  2 | paper = \"#ffffff\"\n"
        "    |         ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n"
        "theme.toml:2:9: error: dark: ink on paper has a contrast of 1.26:1; text needs 4.5:1 (WCAG 2.2, 1.4.3) "
        "[consent/low-contrast]\n"
        "  2 | paper = \"#ffffff\"\n"
        "    |         ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n"
        "theme.toml:2:9: error: dark: link on paper has a contrast of 1.98:1; text needs 4.5:1 (WCAG 2.2, 1.4.3) "
        "[consent/low-contrast]\n"
        "  2 | paper = \"#ffffff\"\n"
        "    |         ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n"
        "theme.toml:3:14: error: dark: button_ink on button has a contrast of 1.78:1; text needs 4.5:1 (WCAG 2.2, "
        "1.4.3) [consent/low-contrast]\n"
        "  3 | button_ink = \"#888888\"\n"
        "    |              ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n"
        "theme.toml:3:14: error: light: button_ink on button has a contrast of 1.8:1; text needs 4.5:1 (WCAG 2.2, "
        "1.4.3) [consent/low-contrast]\n"
        "  3 | button_ink = \"#888888\"\n"
        "    |              ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.light]\n");
  CHECK(told({{"s/theme.toml", "[consent.dark]\nline = \"#222222\"\n"}}) ==
        "theme.toml:2:8: error: dark: line on paper has a contrast of 1.0:1; the bounds of a control need 3:1 (WCAG "
        "2.2, 1.4.11) [consent/low-contrast]\n"
        "  2 | line = \"#222222\"\n"
        "    |        ^~~~~~~~~\n"
        "  hint: choose a darker or a lighter one of the two in [consent.dark]\n");
}

TEST_CASE("where services run until they are refused, the banner says so") {
  const std::string notice = "They run unless you opt out.", opt_out = "\ndefault = \"opt-out\"\n",
                    region = "\n[[consent.region]]\nplaces = [\"US-CA\"]\ndefault = \"opt-out\"\n",
                    strict = "\n[[consent.region]]\nplaces = [\"DE\"]\ndefault = \"opt-in\"\n";
  const auto says = [&](const std::string& lines) {
    std::string consent = kConsent;
    consent.insert(consent.find("\n\n[[service]]") + 1, lines);
    const Built built = build({{"s/consent.toml", consent}});
    CHECK(built.errors == "");
    return built["a/index.html"].find(notice) != std::string::npos;
  };
  CHECK(says(opt_out));
  CHECK(says(region));
  CHECK_FALSE(says(strict));
  CHECK_FALSE(says(""));
}

TEST_CASE("a site that asks nobody may have what it likes") {
  CHECK(told({{"s/theme.toml", "[consent.light]\npaper = \"#ffffff\"\nink = \"#eeeeee\"\n"},
              {"s/content/a.md", "+++\ntitle = \"A\"\n+++\n<button data-consent=\"accept-all\">Yes!</button>\n"}},
             false) == "");
}
