// Words that pages show in a language that is not the site's, and words that nothing shows.
#include <doctest/doctest.h>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

// What hardtop and its own components say, in no particular language.
const std::string kOther = "date_long = \"{day}.\"\nmonths = \"t\"\nnot_found_title = \"x\"\non_this_page = \"x\"\n";

// A theme that says three words, of a site in `language`.
FileMap site_in(const std::string& language, const FileMap& more = {}) {
  FileMap files = plain_site({
      {"s/content/_index.md", "x\n"},
      {"s/themes/plain/i18n/en.toml", "next = \"Next\"\nback = \"Back\"\nnever_said = \"x\"\n"},
      {"s/themes/plain/layouts/page.mustache",
       "{{! parent: base }}\n<main>{{content}}{{#t.next}}{{t.next}}{{/t.next}}"
       "{{> foot}}</main>"},
      {"s/themes/plain/partials/foot.mustache", "{{t.back}}"},
  });
  files["s/site.toml"] = "language = \"" + language + "\"\n" + files["s/site.toml"];
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

std::string told(const FileMap& files) {
  const Built built = build_in_memory(files);
  CHECK(built.fine);
  return built.errors;
}

}  // namespace

TEST_CASE("words that the site's language lacks are named, where there is a file for it") {
  CHECK(told(site_in("en")).empty());
  CHECK(told(site_in("en-GB", {{"s/i18n/en-GB.toml", "next = \"Onwards\"\n"}})).empty());
  CHECK(
      told(site_in("fi", {{"s/i18n/fi.toml", "back = \"Takaisin\"\n" + kOther}})) ==
      "i18n/fi.toml: warning: a word is in English, since there is none in the language 'fi': next "
      "[theme/missing-translation]\n"
      "  hint: add it to this file; the English is in the theme's i18n/en.toml, and of hardtop's own words in 'hardtop "
      "explain i18n'\n");
  // hardtop and its own theme speak German: the theme of this site does not.
  CHECK(told(site_in("de-AT")) ==
        "i18n/de-AT.toml: warning: 2 words are in English, since there are none in the language 'de-AT': back, next "
        "[theme/missing-translation]\n"
        "  hint: add them to this file; the English is in the theme's i18n/en.toml, and of hardtop's own words in "
        "'hardtop "
        "explain i18n'\n");
  CHECK(
      told(site_in("de-AT", {{"s/i18n/de.toml", "next = \"Weiter\"\n"}, {"s/i18n/de-AT.toml", "back = \"Retour\"\n"}}))
          .empty());
}

TEST_CASE("the words of consent are missed only by a site that asks, and not all of them are named") {
  FileMap files = site_in("fi", {{"s/i18n/fi.toml", "back = \"Takaisin\"\nnext = \"Seuraava\"\n" + kOther}});
  CHECK(told(files).empty());
  files["s/content/policy.md"] = "x\n";
  files["s/consent.toml"] =
      "[consent]\npolicy = \"policy.md\"\n[[service]]\nid = \"m\"\nname = \"M\"\nprovider = \"M Ltd\"\n"
      "category = \"analytics\"\npurpose = \"Counts.\"\nprivacy_url = \"https://m.example/\"\nhosts = "
      "[\"m.example\"]\n";
  BuildOptions options = options_for_tests();
  options.development = true;  // without a consent.lock
  CHECK(
      build_in_memory(MemoryFiles(files), options).errors ==
      "i18n/fi.toml: warning: 81 words are in English, since there are none in the language 'fi': consent_accept_all, "
      "consent_accept_these, consent_always_allow, consent_always_on, consent_category_advertising, "
      "consent_category_advertising_about, consent_category_analytics, consent_category_analytics_about and 73 more "
      "[theme/missing-translation]\n"
      "  hint: add them to this file; the English is in the theme's i18n/en.toml, and of hardtop's own words in "
      "'hardtop "
      "explain i18n'\n");
}

TEST_CASE("a word of the site that nothing says is told of") {
  CHECK(told(site_in("en", {{"s/i18n/en.toml",
                             "nxt = \"Onwards\"\nback = \"Away\"\nnever_said = \"y\"\n"
                             "something_else_altogether = \"z\"\n"}})) ==
        "i18n/en.toml:1:1: warning: no template says the word 'nxt' [theme/unknown-translation]\n"
        "  1 | nxt = \"Onwards\"\n"
        "    | ^~~\n"
        "  hint: did you mean 'next'?\n"
        "i18n/en.toml:4:1: warning: no template says the word 'something_else_altogether' [theme/unknown-translation]\n"
        "  4 | something_else_altogether = \"z\"\n"
        "    | ^~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "  hint: print it with {{t.something_else_altogether}}, or remove it\n");
  // The site's own words, which only its own templates know.
  CHECK(told(site_in("en", {{"s/i18n/en.toml", "mine = \"M\"\nmore = \"N\"\n"},
                            {"s/partials/foot.mustache", "{{#t}}{{mine}}{{/t}}{{t.more}}"}}))
            .empty());
}
