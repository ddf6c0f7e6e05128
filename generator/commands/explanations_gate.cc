// A table of texts: what the gate finds in finished pages. What can be wrong with consent.toml is in
// explanations_consent.cc.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& gate_explanations() {
  static const std::vector<Explanation> table = {
      {"consent/undeclared-host", "a page contacts a host that no service declares",
       R"(Opening the page would make the visitor's browser ask that host for something,
and so tell it that the visitor is here. hardtop lets nothing of that kind into
the site that consent.toml does not declare: declared, it waits for the visitor's
choice. Links that a visitor has to click are not concerned.)",
       R"(![](https://view.atlasdmt.com/action/mini)

<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Inter">)",
       R"(The hint has the lines for consent.toml; the usual services are ready:

    hardtop new service                # lists them
    hardtop new service youtube

What need not come from others (fonts, scripts, pictures) is best copied into the
site: it is faster, and needs nobody's consent.)"},

      {"consent/cannot-gate", "this cannot wait for a choice where it stands",
       R"(What belongs to a service is moved into a template, which browsers keep inert
until the service is allowed. Some things cannot be moved without hiding
content or changing how the rest of the page is read: attributes of elements
that hold content, parts of tables, elements whose end is left out, refreshes,
<base>. Others have no templates: XML, SVG files, headers, a style sheet with
rules of the site's own. The message says what is in the way, the hint how to
write it instead.)",
       R"(<body background="https://cdn.films.example/sky.jpg">

<table><tr><script src="https://cdn.films.example/x.js"></script></tr></table>

<a href="/" ping="https://view.atlasdmt.com/click">Home</a>)",
       R"(Load it from the site itself, remove it, or put it where it is an element of its
own:

    <div data-service="films"><img src="https://cdn.films.example/sky.jpg"
      alt="" width="800" height="300"></div>

CSS that loads from a service goes into a sheet of its own:

    <link rel="stylesheet" href="/films.css" data-service="films">)"},

      {"consent/unreadable-url", "a URL cannot be read",
       R"(Whose it is cannot be told, and browsers may differ in what they make of it, so
it is never taken for harmless.)",
       R"(<img src="https://exa mple.com/a.png">
<script src="https://cdn.films.example:99999/x.js"></script>)",
       R"(Correct the URL. Spaces are %20, a port is at most 65535.)"},

      {"consent/ungated-script", "a script uses storage or a service unasked",
       R"(A script of the site itself that names document.cookie, cookieStore,
localStorage, sessionStorage, indexedDB, caches or serviceWorker, or the host of a
declared service, may store or send something. It has to belong to a service,
which visitors decide about, or which is declared as necessary. What a script
imports counts as its own.)",
       R"(<script src="/count.js"></script>

// static/count.js
document.cookie = "visit=" + Math.random();)",
       R"(    <script src="/count.js" data-service="visit-count"></script>

and in consent.toml:

    [[service]]
    id = "visit-count"
    category = "analytics"
    …
    [[service.cookie]]
    name = "visit"
    lifetime = "session"
    purpose = "Counts a visit once")"},

      {"consent/document-write", "a snippet writes into the page with document.write",
       R"(While a page is loading, document.write adds to it; after that it erases it. A
script that waits for the visitor's choice always runs after that, so hardtop
makes the call do nothing, and the snippet would not work.)",
       R"(html = '''<script>
document.write('<script src="https://cdn.films.example/x.js"><\/script>');
</script>''')",
       R"(Most vendors have an asynchronous snippet; ask for that. A snippet that only
adds a script can be written as what it adds:

    html = '<script src="https://cdn.films.example/x.js"></script>')"},

      {"consent/unknown-service", "a page names a service that consent.toml does not have",
       R"(data-service="ID" and links to opt-out:ID name a service by its id. With an id
that there is not, the element could never be allowed.)",
       R"(<script src="/count.js" data-service="visit-cuont"></script>

[Opt out](opt-out:atlsa))",
       R"(Write the id as consent.toml has it (the hint names the nearest), or declare the
service:

    hardtop new service visit-count)"},

      {"consent/unknown-link", "a link that begins with consent: leads nowhere",
       R"(There is one such link, consent:preferences: it opens the preferences, and without
JavaScript it leads to the policy.)",
       R"([Cookie settings](consent:settings))", R"(    [Cookie settings](consent:preferences))"},

      {"consent/unknown-policy", "the policy that consent.toml names is no page of the site",
       R"(policy in [consent] is the path of a Markdown file below content/. Banner and
placeholders link to it, and it holds the tables of services and cookies. A page
that is a draft, or not out yet, is not there for visitors either.)",
       R"([consent]
policy = "privcy.md")",
       R"(    [consent]
    policy = "privacy.md"

To make the page:

    hardtop new page privacy)"},

      {"consent/no-policy", "a link opens the preferences, and the site has no policy page",
       R"(Without JavaScript there are no preferences, because nothing that needs consent is
loaded. Links to consent:preferences lead to the policy then, so it has to be
known.)",
       R"([consent]
default = "opt-in"

# content/index.md
[Cookie settings](consent:preferences))",
       R"(    [consent]
    policy = "privacy.md"        # below content/)"},

      {"consent/undeclared-form", "a form sends what is filled in to somebody else",
       R"(A form that posts to another site hands over what visitors write. The page's
policy (form-action) lets only declared addresses through.)",
       R"(<form method="post" action="https://forms.example.com/signup">)",
       R"(    [consent]
    form_endpoints = ["https://forms.example.com"]

Say in the policy who receives the data.)"},

      {"consent/ambiguous-html", "browsers differ in how they read this part of a page",
       R"(The gate is only as good as its reading of the page: where browsers, or the same
browser with and without scripts, see different elements in the same text, it
cannot promise that nothing loads. Mostly a <noscript> is not closed properly, or
an element opens in one place and closes in another.)",
       R"(<noscript><p>Please switch on JavaScript</noscript></p>

<svg><style><b>x</b></style></svg>)",
       R"(Close every element inside the one that it was opened in:

    <noscript><p>Please switch on JavaScript</p></noscript>)"},

      {"consent/missing-size", "a frame, video or image of a service has no size",
       R"(Until the visitor allows the service, a placeholder stands where it will be. It
takes the same room, so that nothing jumps when the content arrives; for that the
size has to be known.)",
       R"(<iframe src="https://player.films.example/7" title="The film"></iframe>)",
       R"(    <iframe src="https://player.films.example/7" title="The film"
      width="640" height="360"></iframe>

These are proportions: the frame still shrinks with the page where its style says
so.)"},
  };
  return table;
}

}  // namespace hardtop
