// A table of texts: what can be wrong with consent.toml and consent.lock. What the gate finds in finished pages is in
// explanations_gate.cc.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& consent_explanations() {
  static const std::vector<Explanation> table = {
      {"consent/unreadable", "consent.toml or consent.lock cannot be read",
       R"(The system refused to hand out the file; the message repeats its reason.
Mostly the file belongs to another user, or is a folder.)",
       R"($ ls -l consent.toml
-rw------- 1 root root 2210 consent.toml)",
       R"(Make the file readable, then build again:

    chmod u+r consent.toml     # or, as its owner: chmod a+r)"},

      {"consent/invalid-utf8", "consent.toml or consent.lock holds a byte that is not UTF-8",
       R"(All text files of a site are UTF-8. This file was saved in another encoding,
mostly Windows-1252 or Latin-1. The message says at which byte.)",
       R"(provider = "Café Média"     <- saved as Latin-1, é is the single byte E9)",
       R"(Save the file as UTF-8: most editors offer it under "Save with encoding". On
the command line:

    iconv -f windows-1252 -t utf-8 consent.toml > new.toml
    mv new.toml consent.toml)"},

      {"consent/unknown-key", "consent.toml has a key that hardtop does not know",
       R"(Keys are checked, because a misspelled one would silently do nothing: a host
that was written under "host" would not be gated. The hint names the nearest
key. The same goes for the directives under csp, which are written without
"-src", and for consent.lock. All keys are in what "hardtop explain consent.toml"
prints.)",
       R"([[service]]
id = "atlas"
host = ["view.atlasdmt.com"]
csp = { connect-src = ["https://view.atlasdmt.com"] })",
       R"(    hosts = ["view.atlasdmt.com"]
    csp = { connect = ["https://view.atlasdmt.com"] })"},

      {"consent/wrong-type", "a value in consent.toml is of another kind than its key wants",
       R"(Texts stand in quotes, true and false and numbers do not, several texts stand
in [ ]. Services, cookies, storage and tags are lists: each begins with its name
in two pairs of brackets, also where there is only one.)",
       R"([service]
id = "atlas"
sells_or_shares = "yes"
hosts = 7)",
       R"(    [[service]]
    id = "atlas"
    sells_or_shares = true
    hosts = ["view.atlasdmt.com"])"},

      {"consent/missing-key", "consent.toml does not say something that visitors are to know",
       R"(Banner, preferences and policy are made from consent.toml alone, so it has to
be complete: a service has an id, a name, a provider, a category and a purpose;
whatever it keeps in the browser has a name, a lifetime and a purpose; and where
visitors have something to decide, [consent] names the page of the policy.)",
       R"([[service]]
id = "atlas"
hosts = ["view.atlasdmt.com"]
[[service.cookie]]
name = "AA002")",
       R"(    [consent]
    policy = "privacy.md"

    [[service]]
    id = "atlas"
    name = "Atlas beacon"
    provider = "Atlas DMT"
    category = "advertising"
    purpose = "Measures how well our ads work"
    hosts = ["view.atlasdmt.com"]

    [[service.cookie]]
    name = "AA002"
    host = "atlasdmt.com"
    lifetime = "2 years"
    purpose = "Recognises a browser that has seen an ad"

hardtop new service NAME writes such a form, and knows the usual services.)"},

      {"consent/bad-value", "a value in consent.toml is not one that its key can have",
       R"(The message says what the key takes. Some values that look harmless are refused
because they would make the declaration untrue: a policy source such as https:
or 'unsafe-eval' lets a service contact or run anything, a cookie that is kept
"until removed" does not exist (browsers allow 400 days), and a region that the
source cannot tell would be treated as another one.)",
       R"([consent]
default = "optin"
lifetime_days = 999

[[service.cookie]]
name = "AA002"
lifetime = "long")",
       R"(    [consent]
    default = "opt-in"           # or opt-out, exempt
    lifetime_days = 180

    [[service.cookie]]
    name = "AA002"
    lifetime = "2 years"         # or "30 minutes", "13 months", "session")"},

      {"consent/unknown-category", "a service is in a category that there is not",
       R"(Four categories are built in: necessary, functional, analytics, advertising.
Further ones are declared, with a name that visitors see in the preferences.)",
       R"([[service]]
id = "share-buttons"
category = "social")",
       R"(    [[category]]
    id = "social"
    name = { en = "Social media", de = "Soziale Medien" }
    about = "Buttons and posts of social networks")"},

      {"consent/duplicate-id", "two services, or two categories, have one id",
       R"(The id names the service in the visitor's cookie, in data-service="…" and in
consent.lock, so it belongs to one service alone. The message shows both.)",
       R"([[service]]
id = "films"
name = "YouTube"

[[service]]
id = "films"
name = "Vimeo")",
       R"(    [[service]]
    id = "youtube"

    [[service]]
    id = "vimeo"

An id that visitors know already keeps its service: give the newer one another.)"},

      {"consent/duplicate-host", "two services claim one host",
       R"(When a page asks for something, the host tells which service it belongs to; two
owners would mean that one of them loads with the consent for the other. A host
may be named in one service and be covered by a wildcard of another: the longer
name counts then.)",
       R"([[service]]
id = "google-analytics"
hosts = ["www.googletagmanager.com"]

[[service]]
id = "google-tag-manager"
hosts = ["www.googletagmanager.com"])",
       R"(Remove the host from one of them. Where both really need it, they cannot be
decided about apart: make them one service, with a purpose that says both.)"},

      {"consent/bad-host", "a host in consent.toml is none, or is too much",
       R"(A host is written as it stands between // and the next /, without port, or as
"*.example.com" for every host below example.com. A public suffix such as co.uk
or github.io is shared by strangers (publicsuffix.org has the list), so nothing
below it as a whole can belong to one service. The site's own host is no third
party: what runs there is gated by data-service on the element.)",
       R"(hosts = ["https://view.atlasdmt.com/action", "*.co.uk", "*"])",
       R"(    hosts = ["view.atlasdmt.com", "*.atlas.co.uk"])"},

      {"consent/no-justification", "a necessary service does not say why it is necessary",
       R"(What is necessary runs without asking, so the law asks for a reason: it must be
needed for what the visitor has asked for (ePrivacy Directive, article 5(3)).
Statistics and advertising are never that. The reason is shown in the tables.)",
       R"([[service]]
id = "session"
category = "necessary")",
       R"(    [[service]]
    id = "session"
    category = "necessary"
    justification = "Keeps the sign-up form together while you fill it in"

Where there is no such reason, choose another category: visitors decide then.)"},

      {"consent/no-opt-out", "a service needs the address where visitors can opt out of it",
       R"(Two things lead to that address: a link to opt-out:SERVICE, and the list of those
who get data, which a site that sells or shares has to show (California, Cal.
Civ. Code 1798.135). What a third party keeps under its own domain can be
removed by it alone, so withdrawing here is not enough.)",
       R"([[service]]
id = "atlas"
sells_or_shares = true)",
       R"(    [[service]]
    id = "atlas"
    sells_or_shares = true
    opt_out_url = "http://www.atlasdmt.com/privacy/")"},

      {"consent/undeclared-source", "csp names a host that its service does not",
       R"(csp adds to the Content-Security-Policy of pages that use the service. A host
that stands there and not in hosts would be contacted without visitors being
told, because the tables show hosts.)",
       R"([[service]]
id = "atlas"
hosts = ["view.atlasdmt.com"]
csp = { connect = ["https://log.atlasdmt.com"] })",
       R"(    hosts = ["view.atlasdmt.com", "log.atlasdmt.com"]
    csp = { connect = ["https://log.atlasdmt.com"] })"},

      {"consent/placeholder", "a snippet still holds the place of an id",
       R"(The recipes of hardtop new service have rows of X where the provider gives every
customer an id of its own. With them, the service runs and measures nothing.
This is a warning.)",
       R"(html = '''
<script async src="https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX">
</script>''')",
       R"(Put your own id there, everywhere in the snippet: the comment at the top of the
service says where the provider shows it.)"},

      {"consent/collision", "the ids of two services have one fingerprint",
       R"(To keep the visitor's cookie short, it names a service by three characters that
are computed from its id. Two ids have the same three by chance, once in some
thousand sites.)",
       R"([[service]]
id = "a"

[[service]]
id = "service-147919")",
       R"(Rename the newer of the two: any other id will do. Visitors who have decided
about it are asked again, so rename the one that is not online yet.)"},

      {"consent/bad-lock", "consent.lock is not as hardtop wrote it",
       R"(The file keeps what visitors were asked about, with dates. hardtop lock writes
it; only notes are meant to be edited. Mostly a merge has left its marks, or a
line was lost.)",
       R"(<<<<<<< HEAD
[[service]]
id = "atlas"
=======
[[service]]
id = "films"
>>>>>>> films)",
       R"(After a merge, keep the tables of both sides and remove the three marks. Else
take the last good version from version control:

    git checkout consent.lock
    hardtop lock)"},

      {"consent/lock-differs", "consent.toml and consent.lock do not agree",
       R"(consent.lock records the facts of every service that visitors decide on: its
provider, hosts, cookies and storage with their lifetimes, whether it sells or
shares data, and the revision of its purpose. A build for production stops when
they are others in consent.toml, so that nobody changes by accident what visitors
were asked. The message lists what is gone (-) and what is new (+).)",
       R"([[service]]
id = "atlas"
hosts = ["view.atlasdmt.com", "log.atlasdmt.com"]   <- log is new)",
       R"(Where the change is meant, record it, with a sentence for the visitors who are
asked again:

    hardtop lock --note "Atlas also measures which videos are watched"
    git add consent.toml consent.lock

Where it is not, take it back in consent.toml. While you work on it, a build with
--environment development does not compare.)"},

      {"consent/unwritable", "consent.lock cannot be written",
       R"(The system refused; the message repeats its reason. Mostly the file belongs to
another user, or the disk is full.)",
       R"($ ls -l consent.lock
-r--r--r-- 1 root root 612 consent.lock)",
       R"(Make the file writable, then record again:

    chmod u+w consent.lock
    hardtop lock)"},
  };
  return table;
}

}  // namespace hardtop
