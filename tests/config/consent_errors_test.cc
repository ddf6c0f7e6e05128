// Long, because every message of consent.toml stands here whole, beside the lines that cause it.
#include "config/consent_config.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

std::string errors_of(const std::string& text) {
  const MemoryFiles files{{"dir/consent.toml", text}};
  Diagnostics found;
  const bool loaded = load_consent_config(files, "dir", "www.site.example", found).has_value();
  CHECK(loaded == !found.has_errors());
  return to_text(found);
}

// What stands before a row's text.
constexpr std::string_view kNothing;
constexpr std::string_view kConsent = "[consent]\n";
constexpr std::string_view kService =
    "[consent]\npolicy = 'p.md'\n"
    "[[service]]\nid = 'a'\nname = 'A'\nprovider = 'P'\ncategory = 'analytics'\npurpose = 'x'\n";

struct ErrorRow {
  std::string_view text, errors;  // both between a newline that is not part of them and their last one
};

void check_rows(std::string_view before, const std::vector<ErrorRow>& rows) {
  for (const ErrorRow& row : rows) {
    CAPTURE(row.text);
    CHECK("\n" + errors_of(std::string(before) + std::string(row.text.substr(1))) == row.errors);
  }
}

}  // namespace

TEST_CASE("every mistake in the frame of the file, and in categories, is told at its place") {
  check_rows(kNothing, {
                           {R"T(
x = 1
)T",
                            R"T(
consent.toml:1:1: error: unknown key 'x' [consent/unknown-key]
  1 | x = 1
    | ^
  hint: one of: consent, category, service
)T"},
                           {R"T(
[consnet]
default = 'opt-in'
)T",
                            R"T(
consent.toml:1:2: error: unknown key 'consnet' [consent/unknown-key]
  1 | [consnet]
    |  ^~~~~~~
  hint: did you mean 'consent'?
)T"},
                           {R"T(
consent = 3
)T",
                            R"T(
consent.toml:1:11: error: 'consent' must be a table, not whole number [consent/wrong-type]
  1 | consent = 3
    |           ^
  hint: write it as a section that begins with [consent]
)T"},
                           {R"T(
[[consent]]
)T",
                            R"T(
consent.toml:1:1: error: 'consent' must be a table, not list [consent/wrong-type]
  1 | [[consent]]
    | ^~~~~~~~~~~
  hint: write it as a section that begins with [consent]
)T"},
                           {R"T(
[service]
id = 'a'
)T",
                            R"T(
consent.toml:1:2: error: 'service' must be a list of tables, not one table [consent/wrong-type]
  1 | [service]
    |  ^~~~~~~
  hint: begin each with [[service]], in two pairs of brackets, also where there is only one
)T"},
                           {R"T(
service = ['a']
)T",
                            R"T(
consent.toml:1:12: error: 'service' must be a list of tables, not text [consent/wrong-type]
  1 | service = ['a']
    |            ^~~
  hint: begin each with [[service]], in two pairs of brackets
)T"},
                           {R"T(
service = 7
)T",
                            R"T(
consent.toml:1:11: error: 'service' must be a list of tables, not whole number [consent/wrong-type]
  1 | service = 7
    |           ^
  hint: begin each with [[service]], in two pairs of brackets
)T"},
                           {R"T(
category = [1]
)T",
                            R"T(
consent.toml:1:13: error: 'category' must be a list of tables, not whole number [consent/wrong-type]
  1 | category = [1]
    |             ^
  hint: begin each with [[category]], in two pairs of brackets
)T"},
                           {R"T(
[consent
)T",
                            R"T(
consent.toml:1:9: error: the brackets of the section are not closed [config/toml-syntax]
  1 | [consent
    |         ^
  hint: write it as [name] or [[name]], on a line of its own
)T"},
                           {R"T(
[[service]]
)T",
                            R"T(
consent.toml: error: 'policy' is missing in [consent] [consent/missing-key]
  hint: add policy = "privacy.md", the page that tells visitors about the services; it holds the components {service-table} and {cookie-table}
consent.toml:1:1: error: 'category' is missing in [[service]] [consent/missing-key]
  1 | [[service]]
    | ^~~~~~~~~~~
  hint: add category = "…": one of necessary, functional, analytics, advertising
consent.toml:1:1: error: 'id' is missing in [[service]] [consent/missing-key]
  1 | [[service]]
    | ^~~~~~~~~~~
  hint: add id = "my-service": a-z, 0-9 and '-'
consent.toml:1:1: error: 'name' is missing in [[service]] [consent/missing-key]
  1 | [[service]]
    | ^~~~~~~~~~~
  hint: add name = "…", as visitors know the service
consent.toml:1:1: error: 'provider' is missing in [[service]] [consent/missing-key]
  1 | [[service]]
    | ^~~~~~~~~~~
  hint: add provider = "…", the company that receives the data
consent.toml:1:1: error: 'purpose' is missing in [[service]] [consent/missing-key]
  1 | [[service]]
    | ^~~~~~~~~~~
  hint: add purpose = "…": what it does, in words that visitors understand
)T"},
                           {R"T(
[consent]
policy = 'p.md'
[[service]]
name = 'Atlas beacon'
provider = ' '
category = 'advertizing'
)T",
                            R"T(
consent.toml:3:1: error: 'id' is missing in [[service]] [consent/missing-key]
  3 | [[service]]
    | ^~~~~~~~~~~
  hint: add id = "atlas-beacon": a-z, 0-9 and '-'
consent.toml:3:1: error: 'purpose' is missing in [[service]] [consent/missing-key]
  3 | [[service]]
    | ^~~~~~~~~~~
  hint: add purpose = "…": what it does, in words that visitors understand
consent.toml:5:12: error: 'provider' in [[service]] is empty [consent/bad-value]
  5 | provider = ' '
    |            ^~~
  hint: add provider = "…", the company that receives the data
consent.toml:6:12: error: there is no category 'advertizing' [consent/unknown-category]
  6 | category = 'advertizing'
    |            ^~~~~~~~~~~~~
  hint: did you mean 'advertising'?
)T"},
                           {R"T(
[consent]
policy = 'p.md'
[[service]]
id = 'Atlas Beacon'
name = 7
provider = 'P'
category = 'maps'
purpose = ''
)T",
                            R"T(
consent.toml:4:6: error: 'id' in [[service]] cannot be "Atlas Beacon" [consent/bad-value]
  4 | id = 'Atlas Beacon'
    |      ^~~~~~~~~~~~~~
  hint: write it with a-z, 0-9 and '-' in between: "atlas-beacon"
consent.toml:5:8: error: 'name' in [[service]] must be text, not whole number [consent/wrong-type]
  5 | name = 7
    |        ^
  hint: put it in quotes
consent.toml:7:12: error: there is no category 'maps' [consent/unknown-category]
  7 | category = 'maps'
    |            ^~~~~~
  hint: one of: necessary, functional, analytics, advertising; for one of your own add [[category]] with this id
consent.toml:8:11: error: 'purpose' in [[service]] is empty [consent/bad-value]
  8 | purpose = ''
    |           ^~
  hint: write the text
)T"},
                           {R"T(
[[service]]
id = 'a'
name = 'A'
provider = 'P'
category = 'analytics'
purpose = 'x'
)T",
                            R"T(
consent.toml: error: 'policy' is missing in [consent] [consent/missing-key]
  hint: add policy = "privacy.md", the page that tells visitors about the services; it holds the components {service-table} and {cookie-table}
)T"},
                           {R"T(
[consent]
default = 'opt-in'
[[service]]
id = 'a'
name = 'A'
provider = 'P'
category = 'analytics'
purpose = 'x'
)T",
                            R"T(
consent.toml:1:2: error: 'policy' is missing in [consent] [consent/missing-key]
  1 | [consent]
    |  ^~~~~~~
  hint: add policy = "privacy.md", the page that tells visitors about the services; it holds the components {service-table} and {cookie-table}
)T"},
                           {R"T(
[[service]]
id = 'a'
name = 'A'
provider = 'P'
category = 'necessary'
purpose = 'x'
sells_or_shares = true
opt_out_url = 'https://p.example/'
)T",
                            R"T(
consent.toml:5:12: error: the service 'a' is called necessary and does not say why [consent/no-justification]
  5 | category = 'necessary'
    |            ^~~~~~~~~~~
  hint: add justification = "…": what the visitor asked for that cannot be done without it; or choose another category
consent.toml:7:19: error: a necessary service cannot sell or share: visitors have a right to refuse that [consent/bad-value]
  7 | sells_or_shares = true
    |                   ^~~~
  hint: choose another category, or remove sells_or_shares where no data is sold or shared
)T"},
                           {R"T(
[[category]]
id = 'social'
[[category]]
id = 'Social'
name = 'S'
[[category]]
name = 'S'
[[category]]
id = 'maps'
name = { en = 'Maps' }
about = { en_US = 'x', de = 1, fr = ' ', EN = 'a', en = 'b' }
[[category]]
id = 'maps'
name = {}
)T",
                            R"T(
consent.toml:1:1: error: 'name' is missing in [[category]] [consent/missing-key]
  1 | [[category]]
    | ^~~~~~~~~~~~
  hint: add name = "…": only the built-in categories have names
consent.toml:4:6: error: 'id' in [[category]] cannot be "Social" [consent/bad-value]
  4 | id = 'Social'
    |      ^~~~~~~~
  hint: write it with a-z, 0-9 and '-'
consent.toml:6:1: error: 'id' is missing in [[category]] [consent/missing-key]
  6 | [[category]]
    | ^~~~~~~~~~~~
  hint: add id = "…": a-z, 0-9 and '-'
consent.toml:11:11: error: 'en_US' in 'about' is no language tag [consent/bad-value]
  11 | about = { en_US = 'x', de = 1, fr = ' ', EN = 'a', en = 'b' }
     |           ^~~~~
  hint: did you mean 'en-US'?
consent.toml:11:29: error: 'about' in [[category]] must be text in each language, not whole number [consent/wrong-type]
  11 | about = { en_US = 'x', de = 1, fr = ' ', EN = 'a', en = 'b' }
     |                             ^
  hint: put it in quotes
consent.toml:11:37: error: 'about' in [[category]] is empty in the language 'fr' [consent/bad-value]
  11 | about = { en_US = 'x', de = 1, fr = ' ', EN = 'a', en = 'b' }
     |                                     ^~~
  hint: write the text, or remove the language
consent.toml:11:52: error: 'about' in [[category]] has the language 'en' twice [consent/bad-value]
  11 | about = { en_US = 'x', de = 1, fr = ' ', EN = 'a', en = 'b' }
     |                                                    ^~
  hint: remove one: capitals make no difference
consent.toml:13:6: error: two categories have the id 'maps' [consent/duplicate-id]
  13 | id = 'maps'
     |      ^~~~~~
  hint: give each an id of its own
consent.toml:9:6: note: the other is here
  9 | id = 'maps'
    |      ^~~~~~
consent.toml:14:8: error: 'name' in [[category]] is in no language [consent/bad-value]
  14 | name = {}
     |        ^~
  hint: write it as { en = "…", de = "…" }
)T"},
                       });
}

TEST_CASE("every mistake in [consent] and in regions is told at its place") {
  check_rows(kConsent, {
                           {R"T(
default = 'opt-on'
)T",
                            R"T(
consent.toml:2:11: error: 'default' in [consent] must be "opt-in", "opt-out" or "exempt", not "opt-on" [consent/bad-value]
  2 | default = 'opt-on'
    |           ^~~~~~~~
  hint: did you mean "opt-in"?
)T"},
                           {R"T(
default = 'never'
honor_gpc = 'yes'
gpc_updated = 'monday'
)T",
                            R"T(
consent.toml:2:11: error: 'default' in [consent] must be "opt-in", "opt-out" or "exempt", not "never" [consent/bad-value]
  2 | default = 'never'
    |           ^~~~~~~
consent.toml:3:13: error: 'honor_gpc' in [consent] must be true or false, not text [consent/wrong-type]
  3 | honor_gpc = 'yes'
    |             ^~~~~
  hint: write true or false, without quotes
consent.toml:4:15: error: 'gpc_updated' in [consent] must be a date, not text [consent/wrong-type]
  4 | gpc_updated = 'monday'
    |               ^~~~~~~~
  hint: write it as 2026-11-23 or 2026-11-23T10:00:00Z
)T"},
                           {R"T(
cookie = 'my choice'
)T",
                            R"T(
consent.toml:2:10: error: 'cookie' in [consent] cannot be "my choice" [consent/bad-value]
  2 | cookie = 'my choice'
    |          ^~~~~~~~~~~
  hint: write a name of letters, digits, '_', '-' and '.', as in "cookie_consent"
)T"},
                           {R"T(
cookie = ''
)T",
                            R"T(
consent.toml:2:10: error: 'cookie' in [consent] cannot be "" [consent/bad-value]
  2 | cookie = ''
    |          ^~
  hint: write a name of letters, digits, '_', '-' and '.', as in "cookie_consent"
)T"},
                           {R"T(
cookie = '__Host-consent'
)T",
                            R"T(
consent.toml:2:10: error: 'cookie' in [consent] begins with a prefix that browsers take on https only: "__Host-consent" [consent/bad-value]
  2 | cookie = '__Host-consent'
    |          ^~~~~~~~~~~~~~~~
  hint: leave the prefix out: the cookie is of this host alone, and Secure on https, in any case
)T"},
                           {R"T(
lifetime_days = 0
)T",
                            R"T(
consent.toml:2:17: error: 'lifetime_days' in [consent] must be from 1 to 400, not 0 [consent/bad-value]
  2 | lifetime_days = 0
    |                 ^
  hint: browsers keep no cookie for more than 400 days; 180 is what regulators call good practice
)T"},
                           {R"T(
lifetime_days = 500
)T",
                            R"T(
consent.toml:2:17: error: 'lifetime_days' in [consent] must be from 1 to 400, not 500 [consent/bad-value]
  2 | lifetime_days = 500
    |                 ^~~
  hint: browsers keep no cookie for more than 400 days; 180 is what regulators call good practice
)T"},
                           {R"T(
lifetime = '180'
)T",
                            R"T(
consent.toml:2:1: error: unknown key 'lifetime' in [consent] [consent/unknown-key]
  2 | lifetime = '180'
    | ^~~~~~~~
  hint: one of: default, cookie, lifetime_days, honor_gpc, gpc_updated, policy, form_endpoints, region_source, region
)T"},
                           {R"T(
policy = '/privacy.md'
)T",
                            R"T(
consent.toml:2:10: error: 'policy' in [consent] is no path of a page: "/privacy.md" [consent/bad-value]
  2 | policy = '/privacy.md'
    |          ^~~~~~~~~~~~~
  hint: did you mean "privacy.md"?
)T"},
                           {R"T(
policy = 'content/privacy.md'
)T",
                            R"T(
consent.toml:2:10: error: 'policy' in [consent] is no path of a page: "content/privacy.md" [consent/bad-value]
  2 | policy = 'content/privacy.md'
    |          ^~~~~~~~~~~~~~~~~~~~
  hint: did you mean "privacy.md"?
)T"},
                           {R"T(
policy = 'privacy'
)T",
                            R"T(
consent.toml:2:10: error: 'policy' in [consent] is no path of a page: "privacy" [consent/bad-value]
  2 | policy = 'privacy'
    |          ^~~~~~~~~
  hint: write the path of its .md file below content/, as in "privacy.md"
)T"},
                           {R"T(
policy = '../privacy.md'
)T",
                            R"T(
consent.toml:2:10: error: 'policy' in [consent] is no path of a page: "../privacy.md" [consent/bad-value]
  2 | policy = '../privacy.md'
    |          ^~~~~~~~~~~~~~~
  hint: write the path of its .md file below content/, as in "privacy.md"
)T"},
                           {R"T(
form_endpoints = ['forms.example', 'https://forms.example/post', 'https://a:b@forms.example', 1]
)T",
                            R"T(
consent.toml:2:19: error: 'form_endpoints' in [consent] holds what is no origin: "forms.example" [consent/bad-value]
  2 | form_endpoints = ['forms.example', 'https://forms.example/post', 'https://a:b@forms.example', 1]
    |                   ^~~~~~~~~~~~~~~
  hint: write the beginning of the form's address: "https://forms.example.com"
consent.toml:2:36: error: 'form_endpoints' in [consent] holds more than an origin: "https://forms.example/post" [consent/bad-value]
  2 | form_endpoints = ['forms.example', 'https://forms.example/post', 'https://a:b@forms.example', 1]
    |                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: write "https://forms.example": a policy allows a whole origin
consent.toml:2:66: error: 'form_endpoints' in [consent] holds what is no origin: "https://a:b@forms.example" [consent/bad-value]
  2 | form_endpoints = ['forms.example', 'https://forms.example/post', 'https://a:b@forms.example', 1]
    |                                                                  ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: write the beginning of the form's address: "https://forms.example.com"
consent.toml:2:95: error: 'form_endpoints' in [consent] must be a list of text, not whole number [consent/wrong-type]
  2 | form_endpoints = ['forms.example', 'https://forms.example/post', 'https://a:b@forms.example', 1]
    |                                                                                               ^
  hint: write it as ["one", "two"]
)T"},
                           {R"T(
region_source = 'Cloudflare'
)T",
                            R"T(
consent.toml:2:17: error: 'region_source' in [consent] must be "cloudflare", "cookie:NAME" or "none", not "Cloudflare" [consent/bad-value]
  2 | region_source = 'Cloudflare'
    |                 ^~~~~~~~~~~~
  hint: did you mean "cloudflare"?
)T"},
                           {R"T(
region_source = 'header:x'
)T",
                            R"T(
consent.toml:2:17: error: 'region_source' in [consent] must be "cloudflare", "cookie:NAME" or "none", not "header:x" [consent/bad-value]
  2 | region_source = 'header:x'
    |                 ^~~~~~~~~~
  hint: NAME is a cookie that your CDN sets at the edge, with a value like DE or US-CA
)T"},
                           {R"T(
[[consent.region]]
)T",
                            R"T(
consent.toml:2:1: error: 'default' is missing in [[consent.region]] [consent/missing-key]
  2 | [[consent.region]]
    | ^~~~~~~~~~~~~~~~~~
  hint: add default = "opt-in", "opt-out" or "exempt"
consent.toml:2:1: error: 'places' is missing in [[consent.region]] [consent/missing-key]
  2 | [[consent.region]]
    | ^~~~~~~~~~~~~~~~~~
  hint: add places = ["US"] or ["US-CA", "DE"] (ISO 3166 codes)
)T"},
                           {R"T(
[[consent.region]]
places = []
default = 'optout'
)T",
                            R"T(
consent.toml:3:10: error: 'places' in [[consent.region]] is empty [consent/bad-value]
  3 | places = []
    |          ^~
  hint: write ["US"] or ["US-CA", "DE"], or remove the region
consent.toml:4:11: error: 'default' in [[consent.region]] must be "opt-in", "opt-out" or "exempt", not "optout" [consent/bad-value]
  4 | default = 'optout'
    |           ^~~~~~~~
  hint: did you mean "opt-out"?
)T"},
                           {R"T(
[[consent.region]]
places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
default = 'exempt'
[[consent.region]]
places = 'de'
default = 'opt-out'
)T",
                            R"T(
consent.toml:3:11: error: "Germany" is no ISO 3166 code [consent/bad-value]
  3 | places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
    |           ^~~~~~~~~
  hint: write a country as "DE", a part of one as "US-CA"
consent.toml:3:22: error: "us_ca" is no ISO 3166 code [consent/bad-value]
  3 | places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
    |                      ^~~~~~~
  hint: did you mean "US-CA"?
consent.toml:3:31: error: "EU" is no country of ISO 3166 [consent/bad-value]
  3 | places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
    |                               ^~~~
  hint: list its countries; who is in no region has the strictest rule of the file
consent.toml:3:37: error: "UK" is no country of ISO 3166 [consent/bad-value]
  3 | places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
    |                                     ^~~~
  hint: write "GB"
consent.toml:3:49: error: "DE" is in two regions, or twice in one [consent/bad-value]
  3 | places = ['Germany', 'us_ca', 'EU', 'UK', 'DE', 'DE']
    |                                                 ^~~~
  hint: remove one
consent.toml:6:10: error: "DE" is in two regions, or twice in one [consent/bad-value]
  6 | places = 'de'
    |          ^~~~
  hint: remove one
)T"},
                           {R"T(
region_source = 'cloudflare'
[[consent.region]]
places = ['US-CA']
default = 'opt-out'
)T",
                            R"T(
consent.toml:4:11: error: "US-CA" can never be told: Cloudflare names the country only [consent/bad-value]
  4 | places = ['US-CA']
    |           ^~~~~~~
  hint: write "US", or set a cookie with the region at the edge and name it: region_source = "cookie:NAME"
)T"},
                           {R"T(
[consent.region]
places = ['US']
)T",
                            R"T(
consent.toml:2:10: error: 'region' must be a list of tables, not one table [consent/wrong-type]
  2 | [consent.region]
    |          ^~~~~~
  hint: begin each with [[consent.region]], in two pairs of brackets, also where there is only one
)T"},
                       });
}

TEST_CASE("every mistake in a service is told at its place") {
  check_rows(kService, {
                           {R"T(
hosts = ['https://view.atlasdmt.com/action', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atlasdmt.com/x', 'user@view.atlasdmt.com']
)T",
                            R"T(
consent.toml:9:10: error: 'https://view.atlasdmt.com/action' is no host [consent/bad-host]
  9 | hosts = ['https://view.atlasdmt.com/action', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atl…
    |          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: write the host alone: "view.atlasdmt.com"
consent.toml:9:46: error: 'view.atlasdmt.com:8443' is no host [consent/bad-host]
  9 | …tps://view.atlasdmt.com/action', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atlasdmt.com/x'…
    |                                   ^~~~~~~~~~~~~~~~~~~~~~~~
  hint: write the host alone: "view.atlasdmt.com"
consent.toml:9:72: error: 'view.atlasdmt.com/x' is no host [consent/bad-host]
  9 | …tion', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atlasdmt.com/x', 'user@view.atlasdmt.com'…
    |                                   ^~~~~~~~~~~~~~~~~~~~~
  hint: write the host alone: "view.atlasdmt.com"
consent.toml:9:95: error: '*.atlasdmt.com/x' is no host [consent/bad-host]
  9 | …ion', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atlasdmt.com/x', 'user@view.atlasdmt.com']
    |                                                         ^~~~~~~~~~~~~~~~~~
  hint: write the host alone: "*.atlasdmt.com"
consent.toml:9:115: error: 'user@view.atlasdmt.com' is no host [consent/bad-host]
  9 | …ion', 'view.atlasdmt.com:8443', 'view.atlasdmt.com/x', '*.atlasdmt.com/x', 'user@view.atlasdmt.com']
    |                                                                             ^~~~~~~~~~~~~~~~~~~~~~~~
  hint: write the host alone: "view.atlasdmt.com"
)T"},
                           {R"T(
hosts = ['..', '%2e', '。', 'a..example']
)T",
                            R"T(
consent.toml:9:10: error: '..' is no host [consent/bad-host]
  9 | hosts = ['..', '%2e', '。', 'a..example']
    |          ^~~~
  hint: write it as "www.example.com"
consent.toml:9:16: error: '%2e' is no host [consent/bad-host]
  9 | hosts = ['..', '%2e', '。', 'a..example']
    |                ^~~~~
  hint: write it as "www.example.com"
consent.toml:9:23: error: '。' is no host [consent/bad-host]
  9 | hosts = ['..', '%2e', '。', 'a..example']
    |                       ^~~~
  hint: write it as "www.example.com"
consent.toml:9:28: error: 'a..example' is no host [consent/bad-host]
  9 | hosts = ['..', '%2e', '。', 'a..example']
    |                             ^~~~~~~~~~~~
  hint: write it as "www.example.com"
)T"},
                           {R"T(
hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
)T",
                            R"T(
consent.toml:9:10: error: '.atlasdmt.com' is no host [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |          ^~~~~~~~~~~~~~~
  hint: for every host below it write "*.atlasdmt.com"
consent.toml:9:27: error: '*' is no host: '*' may stand for the first part only, and for all of it [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |                           ^~~
  hint: write it as "*.example.com"
consent.toml:9:32: error: '*atlasdmt.com' is no host: '*' may stand for the first part only, and for all of it [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |                                ^~~~~~~~~~~~~~~
  hint: write it as "*.example.com"
consent.toml:9:49: error: 'a.*.example' is no host: '*' may stand for the first part only, and for all of it [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |                                                 ^~~~~~~~~~~~~
  hint: write it as "*.example.com"
consent.toml:9:64: error: '**.atlasdmt.com' is no host: '*' may stand for the first part only, and for all of it [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |                                                                ^~~~~~~~~~~~~~~~~
  hint: write it as "*.example.com"
consent.toml:9:83: error: '*.' is no host [consent/bad-host]
  9 | hosts = ['.atlasdmt.com', '*', '*atlasdmt.com', 'a.*.example', '**.atlasdmt.com', '*.']
    |                                                                                   ^~~~
  hint: write it as "www.example.com" or "*.example.com"
)T"},
                           {R"T(
hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
)T",
                            R"T(
consent.toml:9:10: error: '' is no host [consent/bad-host]
  9 | hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
    |          ^~
  hint: write it as "www.example.com" or "*.example.com"
consent.toml:9:14: error: 'a b.example' is no host [consent/bad-host]
  9 | hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
    |              ^~~~~~~~~~~~~
  hint: write it as "www.example.com" or "*.example.com"
consent.toml:9:29: error: 'atlas' is not a whole host [consent/bad-host]
  9 | hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
    |                             ^~~~~~~
  hint: write it as "www.example.com"
consent.toml:9:60: error: '1.2.3.4.5' is no host [consent/bad-host]
  9 | hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
    |                                                            ^~~~~~~~~~~
  hint: write it as "www.example.com" or "*.example.com"
consent.toml:9:73: error: '*.1.2.3.4' is no host [consent/bad-host]
  9 | hosts = ['', 'a b.example', 'atlas', 'view_atlas.example', '1.2.3.4.5', '*.1.2.3.4']
    |                                                                         ^~~~~~~~~~~
  hint: an address has no hosts below it
)T"},
                           {R"T(
hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
)T",
                            R"T(
consent.toml:9:10: error: 'co.uk' is a public suffix, and nobody's host [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |          ^~~~~~~
  hint: name the host of the service, as in "www.example.co.uk"
consent.toml:9:19: error: 'com' is a public suffix, and nobody's host [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                   ^~~~~
  hint: name the host of the service, as in "www.example.com"
consent.toml:9:26: error: '*.co.uk' would be everybody's site below 'co.uk', a public suffix [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                          ^~~~~~~~~
  hint: name the hosts of the service, as in "*.example.co.uk" (publicsuffix.org has the list)
consent.toml:9:37: error: '*.com' would be everybody's site below 'com', a public suffix [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                                     ^~~~~~~
  hint: name the hosts of the service, as in "*.example.com" (publicsuffix.org has the list)
consent.toml:9:46: error: '*.github.io' would be everybody's site below 'github.io', a public suffix [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                                              ^~~~~~~~~~~~~
  hint: name the hosts of the service, as in "*.example.github.io" (publicsuffix.org has the list)
consent.toml:9:61: error: '*.localhost' would be everybody's site below 'localhost', a public suffix [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                                                             ^~~~~~~~~~~~~
  hint: name the hosts of the service, as in "*.example.localhost" (publicsuffix.org has the list)
consent.toml:9:76: error: 'ck' is a public suffix, and nobody's host [consent/bad-host]
  9 | hosts = ['co.uk', 'com', '*.co.uk', '*.com', '*.github.io', '*.localhost', 'ck']
    |                                                                            ^~~~
  hint: name the host of the service, as in "www.example.ck"
)T"},
                           {R"T(
hosts = ['www.site.example', 'WWW.SITE.EXAMPLE.']
)T",
                            R"T(
consent.toml:9:10: error: 'www.site.example' is the site's own host [consent/bad-host]
  9 | hosts = ['www.site.example', 'WWW.SITE.EXAMPLE.']
    |          ^~~~~~~~~~~~~~~~~~
  hint: leave it out: what the site itself loads is gated by data-service="ID" on the element
consent.toml:9:30: error: 'WWW.SITE.EXAMPLE.' is the site's own host [consent/bad-host]
  9 | hosts = ['www.site.example', 'WWW.SITE.EXAMPLE.']
    |                              ^~~~~~~~~~~~~~~~~~~
  hint: leave it out: what the site itself loads is gated by data-service="ID" on the element
)T"},
                           {R"T(
hosts = 7
)T",
                            R"T(
consent.toml:9:9: error: 'hosts' in [[service]] must be a list of text, not whole number [consent/wrong-type]
  9 | hosts = 7
    |         ^
  hint: write it as ["one", "two"]
)T"},
                           {R"T(
hosts = ['a.example', 7, 'A.example']
)T",
                            R"T(
consent.toml:9:23: error: 'hosts' in [[service]] must be a list of text, not whole number [consent/wrong-type]
  9 | hosts = ['a.example', 7, 'A.example']
    |                       ^
  hint: write it as ["one", "two"]
consent.toml:9:26: error: the service 'a' names the host 'a.example' twice [consent/duplicate-host]
  9 | hosts = ['a.example', 7, 'A.example']
    |                          ^~~~~~~~~~~
  hint: remove one
consent.toml:9:10: note: the other is here
  9 | hosts = ['a.example', 7, 'A.example']
    |          ^~~~~~~~~~~
)T"},
                           {R"T(
hosts = ['a.example']
[[service]]
id = 'a'
name = 'B'
provider = 'P'
category = 'analytics'
purpose = 'x'
hosts = ['A.example.']
)T",
                            R"T(
consent.toml:11:6: error: two services have the id 'a' [consent/duplicate-id]
  11 | id = 'a'
     |      ^~~
  hint: give each an id of its own
consent.toml:4:6: note: the other is here
  4 | id = 'a'
    |      ^~~
consent.toml:16:10: error: the host 'a.example' belongs to 'a' already [consent/duplicate-host]
  16 | hosts = ['A.example.']
     |          ^~~~~~~~~~~~
  hint: a host has one service: remove it from one of them, or make them one service
consent.toml:9:10: note: the other is here
  9 | hosts = ['a.example']
    |          ^~~~~~~~~~~
)T"},
                           {R"T(
hosts = ['*.a.example']
[[service]]
id = 'b'
name = 'B'
provider = 'P'
category = 'analytics'
purpose = 'x'
hosts = ['*.a.example']
)T",
                            R"T(
consent.toml:16:10: error: the host '*.a.example' belongs to 'a' already [consent/duplicate-host]
  16 | hosts = ['*.a.example']
     |          ^~~~~~~~~~~~~
  hint: a host has one service: remove it from one of them, or make them one service
consent.toml:9:10: note: the other is here
  9 | hosts = ['*.a.example']
    |          ^~~~~~~~~~~~~
)T"},
                           {R"T(
[[service]]
id = 'service-147919'
name = 'B'
provider = 'P'
category = 'analytics'
purpose = 'x'
)T",
                            R"T(
consent.toml:10:6: error: the ids 'a' and 'service-147919' have the same fingerprint, ype [consent/collision]
  10 | id = 'service-147919'
     |      ^~~~~~~~~~~~~~~~
  hint: rename the newer of the two: any other id will do
consent.toml:4:6: note: the other is here
  4 | id = 'a'
    |      ^~~
)T"},
                           {R"T(
sells_or_shares = true
)T",
                            R"T(
consent.toml:9:19: error: the service 'a' sells or shares data and has no opt_out_url [consent/no-opt-out]
  9 | sells_or_shares = true
    |                   ^~~~
  hint: add opt_out_url = "https://…", the provider's page for opting out
)T"},
                           {R"T(
justification = 'needed'
)T",
                            R"T(
consent.toml:9:1: error: 'justification' is for services of the category 'necessary' [consent/bad-value]
  9 | justification = 'needed'
    | ^~~~~~~~~~~~~
  hint: remove it: visitors decide about this service
)T"},
                           {R"T(
privacy_url = '/privacy'
opt_out_url = 'www.p.example/out'
)T",
                            R"T(
consent.toml:9:15: error: 'privacy_url' in [[service]] is no address of a web page: "/privacy" [consent/bad-value]
  9 | privacy_url = '/privacy'
    |               ^~~~~~~~~~
  hint: write it whole, as "https://example.com/privacy"
consent.toml:10:15: error: 'opt_out_url' in [[service]] is no address of a web page: "www.p.example/out" [consent/bad-value]
  10 | opt_out_url = 'www.p.example/out'
     |               ^~~~~~~~~~~~~~~~~~~
  hint: did you mean "https://www.p.example/out"?
)T"},
                           {R"T(
privacy_url = 'mailto:a@p.example'
opt_out_url = 'https://u:p@p.example/'
)T",
                            R"T(
consent.toml:9:15: error: 'privacy_url' in [[service]] is no address of a web page: "mailto:a@p.example" [consent/bad-value]
  9 | privacy_url = 'mailto:a@p.example'
    |               ^~~~~~~~~~~~~~~~~~~~
  hint: write it whole, as "https://example.com/privacy"
consent.toml:10:15: error: 'opt_out_url' in [[service]] holds a user name or password: "https://u:p@p.example/" [consent/bad-value]
  10 | opt_out_url = 'https://u:p@p.example/'
     |               ^~~~~~~~~~~~~~~~~~~~~~~~
  hint: write it whole, as "https://example.com/privacy"
)T"},
                           {R"T(
purpose_revision = 0
)T",
                            R"T(
consent.toml:9:20: error: 'purpose_revision' in [[service]] must be from 1 to 1000000, not 0 [consent/bad-value]
  9 | purpose_revision = 0
    |                    ^
  hint: it counts from 1; raise it by one when the purpose becomes another one
)T"},
                           {R"T(
consent_mode = 'googel'
)T",
                            R"T(
consent.toml:9:16: error: 'consent_mode' in [[service]] must be "google", not "googel" [consent/bad-value]
  9 | consent_mode = 'googel'
    |                ^~~~~~~~
  hint: did you mean "google"?
)T"},
                           {R"T(
provder = 'P'
host = 'a.example'
)T",
                            R"T(
consent.toml:9:1: error: unknown key 'provder' in [[service]] [consent/unknown-key]
  9 | provder = 'P'
    | ^~~~~~~
  hint: did you mean 'provider'?
consent.toml:10:1: error: unknown key 'host' in [[service]] [consent/unknown-key]
  10 | host = 'a.example'
     | ^~~~
  hint: did you mean 'hosts'?
)T"},
                           {R"T(
[[service.cookie]]
)T",
                            R"T(
consent.toml:9:1: error: 'lifetime' is missing in [[service.cookie]] [consent/missing-key]
  9 | [[service.cookie]]
    | ^~~~~~~~~~~~~~~~~~
  hint: add lifetime = "…": "session", or a number and a unit: "30 minutes", "13 months", "2 years"
consent.toml:9:1: error: 'name' is missing in [[service.cookie]] [consent/missing-key]
  9 | [[service.cookie]]
    | ^~~~~~~~~~~~~~~~~~
  hint: add name = "…"; '*' stands for any characters, as in "_ga_*"
consent.toml:9:1: error: 'purpose' is missing in [[service.cookie]] [consent/missing-key]
  9 | [[service.cookie]]
    | ^~~~~~~~~~~~~~~~~~
  hint: add purpose = "…": what it is kept for
)T"},
                           {R"T(
[[service.cookie]]
name = '*'
lifetime = 'long'
purpose = 'x'
[[service.cookie]]
name = 'a b'
lifetime = 'until removed'
purpose = 'x'
[[service.cookie]]
name = 'c=1'
lifetime = '0 days'
purpose = 'x'
[[service.cookie]]
name = 'd'
lifetime = 30
purpose = ''
)T",
                            R"T(
consent.toml:10:8: error: the name "*" would be everything [consent/bad-value]
  10 | name = '*'
     |        ^~~
  hint: write a part that is always the same before or after '*', as in "_ga_*"
consent.toml:11:12: error: 'lifetime' in [[service.cookie]] cannot be "long" [consent/bad-value]
  11 | lifetime = 'long'
     |            ^~~~~~
  hint: write "session", or a number and a unit: "30 minutes", "13 months", "2 years"
consent.toml:14:8: error: no cookie can be named "a b" [consent/bad-value]
  14 | name = 'a b'
     |        ^~~~~
  hint: write the name alone, without its value, spaces, ';', ',' and '='
consent.toml:15:12: error: a cookie is not kept "until removed" [consent/bad-value]
  15 | lifetime = 'until removed'
     |            ^~~~~~~~~~~~~~~
  hint: write what its Expires or Max-Age says, as in "400 days", the longest that browsers allow
consent.toml:18:8: error: no cookie can be named "c=1" [consent/bad-value]
  18 | name = 'c=1'
     |        ^~~~~
  hint: write the name alone, without its value, spaces, ';', ',' and '='
consent.toml:19:12: error: 'lifetime' in [[service.cookie]] cannot be "0 days" [consent/bad-value]
  19 | lifetime = '0 days'
     |            ^~~~~~~~
  hint: write "session", or a number and a unit: "30 minutes", "13 months", "2 years"
consent.toml:23:12: error: 'lifetime' in [[service.cookie]] must be text, not whole number [consent/wrong-type]
  23 | lifetime = 30
     |            ^~
  hint: put it in quotes
consent.toml:24:11: error: 'purpose' in [[service.cookie]] is empty [consent/bad-value]
  24 | purpose = ''
     |           ^~
  hint: write the text
)T"},
                           {R"T(
[[service.cookie]]
name = 'a'
lifetime = 'session'
purpose = 'x'
host = '*.atlasdmt.com'
[[service.cookie]]
name = 'b'
lifetime = 'session'
purpose = 'x'
host = 'site.example'
[[service.cookie]]
name = 'c'
lifetime = 'session'
purpose = 'x'
host = 'co.uk'
[[service.cookie]]
name = 'c'
lifetime = 'session'
purpose = 'x'
kind = 'local'
)T",
                            R"T(
consent.toml:13:8: error: '*.atlasdmt.com' is no host [consent/bad-host]
  13 | host = '*.atlasdmt.com'
     |        ^~~~~~~~~~~~~~~~
  hint: a cookie has one host: write it as "example.com"
consent.toml:18:8: error: 'site.example' is the site's own host [consent/bad-host]
  18 | host = 'site.example'
     |        ^~~~~~~~~~~~~~
  hint: leave 'host' out: the site itself is meant then
consent.toml:23:8: error: 'co.uk' is a public suffix, and nobody's host [consent/bad-host]
  23 | host = 'co.uk'
     |        ^~~~~~~
  hint: name the host of the service, as in "www.example.co.uk"
consent.toml:25:8: error: the service 'a' declares 'c' twice [consent/bad-value]
  25 | name = 'c'
     |        ^~~
  hint: remove one
consent.toml:20:8: note: the other is here
  20 | name = 'c'
     |        ^~~
consent.toml:28:1: error: unknown key 'kind' in [[service.cookie]] [consent/unknown-key]
  28 | kind = 'local'
     | ^~~~
  hint: one of: name, host, lifetime, purpose
)T"},
                           {R"T(
[[service.cookie]]
name = 'a'
lifetime = 'session'
purpose = 'x'
[[service.cookie]]
name = 'a'
lifetime = '1 day'
purpose = 'x'
)T",
                            R"T(
consent.toml:14:8: error: the service 'a' declares 'a' twice [consent/bad-value]
  14 | name = 'a'
     |        ^~~
  hint: remove one
consent.toml:10:8: note: the other is here
  10 | name = 'a'
     |        ^~~
)T"},
                           {R"T(
[[service.storage]]
)T",
                            R"T(
consent.toml:9:1: error: 'kind' is missing in [[service.storage]] [consent/missing-key]
  9 | [[service.storage]]
    | ^~~~~~~~~~~~~~~~~~~
  hint: add kind = "local", "session", "indexeddb" or "cache"
consent.toml:9:1: error: 'lifetime' is missing in [[service.storage]] [consent/missing-key]
  9 | [[service.storage]]
    | ^~~~~~~~~~~~~~~~~~~
  hint: add lifetime = "…": "session", or a number and a unit: "30 minutes", "13 months", "2 years"; or "until removed"
consent.toml:9:1: error: 'name' is missing in [[service.storage]] [consent/missing-key]
  9 | [[service.storage]]
    | ^~~~~~~~~~~~~~~~~~~
  hint: add name = "…", the key; '*' stands for any characters
consent.toml:9:1: error: 'purpose' is missing in [[service.storage]] [consent/missing-key]
  9 | [[service.storage]]
    | ^~~~~~~~~~~~~~~~~~~
  hint: add purpose = "…": what it is kept for
)T"},
                           {R"T(
[[service.storage]]
name = 'a'
kind = 'sesion'
lifetime = 'x'
purpose = 'y'
[[service.storage]]
name = 'b'
kind = 'session'
lifetime = '1 day'
purpose = 'y'
)T",
                            R"T(
consent.toml:11:8: error: 'kind' in [[service.storage]] must be "local", "session", "indexeddb" or "cache", not "sesion" [consent/bad-value]
  11 | kind = 'sesion'
     |        ^~~~~~~~
  hint: did you mean "session"?
consent.toml:12:12: error: 'lifetime' in [[service.storage]] cannot be "x" [consent/bad-value]
  12 | lifetime = 'x'
     |            ^~~
  hint: write "session", or a number and a unit: "30 minutes", "13 months", "2 years"; or "until removed"
consent.toml:17:12: error: session storage ends with the session, not after "1 day" [consent/bad-value]
  17 | lifetime = '1 day'
     |            ^~~~~~~
  hint: remove 'lifetime', or write kind = "local" if it is kept longer
)T"},
                           {R"T(
[service.cookie]
name = 'a'
)T",
                            R"T(
consent.toml:9:10: error: 'cookie' must be a list of tables, not one table [consent/wrong-type]
  9 | [service.cookie]
    |          ^~~~~~
  hint: begin each with [[service.cookie]], in two pairs of brackets, also where there is only one
)T"},
                           {R"T(
[[service.tag]]
)T",
                            R"T(
consent.toml:9:1: error: 'html' is missing in [[service.tag]] [consent/missing-key]
  9 | [[service.tag]]
    | ^~~~~~~~~~~~~~~
  hint: add html = '''…''' with the provider's snippet, as it is
)T"},
                           {R"T(
[[service.tag]]
html = '  '
at = 'foot'
pages = []
)T",
                            R"T(
consent.toml:10:8: error: 'html' in [[service.tag]] is empty [consent/bad-value]
  10 | html = '  '
     |        ^~~~
  hint: add html = '''…''' with the provider's snippet, as it is
consent.toml:11:6: error: 'at' in [[service.tag]] must be "head", "body-start" or "body-end", not "foot" [consent/bad-value]
  11 | at = 'foot'
     |      ^~~~~~
consent.toml:12:9: error: 'pages' in [[service.tag]] names no page [consent/bad-value]
  12 | pages = []
     |         ^~
  hint: write ["/**"] for every page, or remove the tag
)T"},
                           {R"T(
[[service.tag]]
html = '<p>'
pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
)T",
                            R"T(
consent.toml:11:10: error: the pattern "blog/*" does not begin with '/' [consent/bad-value]
  11 | pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
     |          ^~~~~~~~
  hint: it is a page's path: "/**" is every page, "/blog/*" every page right below /blog/
consent.toml:11:20: error: the pattern "/a?b" holds a query or fragment [consent/bad-value]
  11 | pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
     |                    ^~~~~~
  hint: a page's path ends before '?' and '#'
consent.toml:11:28: error: '**' in the pattern "/a**" is not between slashes [consent/bad-value]
  11 | pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
     |                            ^~~~~~
  hint: write '*' for any characters of one part, '/**' for everything below
consent.toml:11:36: error: the pattern "//x" holds an empty part ('//') [consent/bad-value]
  11 | pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
     |                                    ^~~~~
  hint: write one '/' between two parts
consent.toml:11:51: error: 'pages' in [[service.tag]] must be a list of text, not whole number [consent/wrong-type]
  11 | pages = ['blog/*', '/a?b', '/a**', '//x', '/**/', 1]
     |                                                   ^
  hint: write it as ["one", "two"]
)T"},
                           {R"T(
csp = 'connect'
)T",
                            R"T(
consent.toml:9:7: error: 'csp' in [[service]] must be a table, not text [consent/wrong-type]
  9 | csp = 'connect'
    |       ^~~~~~~~~
  hint: write it as csp = { connect = ["https://…"] }
)T"},
                           {R"T(
csp = { connect-src = ['https://a.example'], scripts = ['x'] }
)T",
                            R"T(
consent.toml:9:9: error: unknown directive 'connect-src' in csp [consent/unknown-key]
  9 | csp = { connect-src = ['https://a.example'], scripts = ['x'] }
    |         ^~~~~~~~~~~
  hint: did you mean 'connect'?
consent.toml:9:46: error: unknown directive 'scripts' in csp [consent/unknown-key]
  9 | csp = { connect-src = ['https://a.example'], scripts = ['x'] }
    |                                              ^~~~~~~
  hint: did you mean 'script'?
)T"},
                           {R"T(
hosts = ['a.example', '*.b.example']
csp = { connect = ['https://c.example', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
)T",
                            R"T(
consent.toml:10:20: error: the host 'c.example' is not among the hosts of the service [consent/undeclared-source]
  10 | csp = { connect = ['https://c.example', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.…
     |                    ^~~~~~~~~~~~~~~~~~~
  hint: add it to 'hosts': what a service contacts is told to visitors
consent.toml:10:41: error: the host '*.a.example' is not among the hosts of the service [consent/undeclared-source]
  10 | … connect = ['https://c.example', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example…
     |                                   ^~~~~~~~~~~~~~~~~~~~~
  hint: add it to 'hosts': what a service contacts is told to visitors
consent.toml:10:64: error: the host 'b.example' is not among the hosts of the service [consent/undeclared-source]
  10 | …example', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x…
     |                                   ^~~~~~~~~~~
  hint: add it to 'hosts': what a service contacts is told to visitors
consent.toml:10:77: error: "*" would let the service contact anybody [consent/bad-value]
  10 | …', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
     |                                         ^~~
  hint: name its hosts
consent.toml:10:82: error: "https:" would let the service contact anybody [consent/bad-value]
  10 | …', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
     |                                              ^~~~~~~~
  hint: name its hosts
consent.toml:10:92: error: "ftp://a.example" is no source of a policy [consent/bad-value]
  10 | …', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
     |                                                        ^~~~~~~~~~~~~~~~~
  hint: write it as "https://www.example.com"
consent.toml:10:111: error: "https://a.example?x" is no source of a policy [consent/bad-value]
  10 | …', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
     |                                                                           ^~~~~~~~~~~~~~~~~~~~~
  hint: write it as "https://www.example.com"
consent.toml:10:134: error: 'connect' in csp must be a list of text, not whole number [consent/wrong-type]
  10 | …', 'https://*.a.example', 'b.example', '*', 'https:', 'ftp://a.example', 'https://a.example?x', 7] }
     |                                                                                                  ^
  hint: write it as ["one", "two"]
)T"},
                           {R"T(
csp = { script = ["'sha256-x; script-src *'", "'sha256-'", "'sha384-abc+/=='"], connect = ["https://a.example/ü", ""] }
)T",
                            R"T(
consent.toml:9:19: error: "'sha256-x; script-src *'" is no source of a policy [consent/bad-value]
  9 | csp = { script = ["'sha256-x; script-src *'", "'sha256-'", "'sha384-abc+/=='"], connect = ["https://…
    |                   ^~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: write it as "https://www.example.com"
consent.toml:9:47: error: 'sha256-' is no hash [consent/bad-value]
  9 | …t = ["'sha256-x; script-src *'", "'sha256-'", "'sha384-abc+/=='"], connect = ["https://a.example/ü",…
    |                                   ^~~~~~~~~~~
  hint: write the digest in base64 behind the '-': 'sha256-MzU5…'
consent.toml:9:92: error: "https://a.example/ü" is no source of a policy [consent/bad-value]
  9 | …'sha256-x; script-src *'", "'sha256-'", "'sha384-abc+/=='"], connect = ["https://a.example/ü", ""] }
    |                                                                          ^~~~~~~~~~~~~~~~~~~~~
  hint: write it as "https://www.example.com"
consent.toml:9:115: error: "" is no source of a policy [consent/bad-value]
  9 | …'sha256-x; script-src *'", "'sha256-'", "'sha384-abc+/=='"], connect = ["https://a.example/ü", ""] }
    |                                                                                                 ^~
  hint: write it as "https://www.example.com"
)T"},
                           {R"T(
csp = { script = ["'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
)T",
                            R"T(
consent.toml:9:19: error: 'unsafe-inline' is allowed under csp for style only: hardtop hashes every inline script itself [consent/bad-value]
  9 | csp = { script = ["'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'s…
    |                   ^~~~~~~~~~~~~~~~~
  hint: remove it
consent.toml:9:38: error: 'unsafe-eval' would let text become code on every page that uses the service [consent/bad-value]
  9 | …= { script = ["'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'…
    |                                   ^~~~~~~~~~~~~~~
  hint: remove it; a tag that needs it (custom scripts in a tag manager) belongs in a file of its own
consent.toml:9:55: error: 'strict-dynamic' would let the service's scripts load scripts of anybody [consent/bad-value]
  9 | …nsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self…
    |                                   ^~~~~~~~~~~~~~~~~~
  hint: name the hosts instead
consent.toml:9:75: error: 'nonce-x' cannot protect a static page, which is the same for everybody [consent/bad-value]
  9 | …safe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] …
    |                                   ^~~~~~~~~~~
  hint: name the host instead
consent.toml:9:88: error: 'none' cannot be added to what other services need [consent/bad-value]
  9 | …afe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
    |                                               ^~~~~~~~
  hint: remove it
consent.toml:9:98: error: 'slef' is no source of a policy [consent/bad-value]
  9 | …afe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
    |                                                         ^~~~~~~~
  hint: did you mean "'self'"?
consent.toml:9:108: error: data: in script would let text become code [consent/bad-value]
  9 | …afe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
    |                                                                   ^~~~~~~
  hint: remove it
consent.toml:9:117: error: "self" is a word of policies and stands in quotes of its own there [consent/bad-value]
  9 | …afe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
    |                                                                            ^~~~~~
  hint: write it as "'self'"
consent.toml:9:125: error: "unsafe-inline" is a word of policies and stands in quotes of its own there [consent/bad-value]
  9 | …afe-eval'", "'strict-dynamic'", "'nonce-x'", "'none'", "'slef'", 'data:', 'self', 'unsafe-inline'] }
    |                                                                                    ^~~~~~~~~~~~~~~
  hint: write it as "'unsafe-inline'"
)T"},
                       });
}
