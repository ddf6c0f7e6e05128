// A table of texts: what can be wrong between the parts of a site, and with its output.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& build_explanations() {
  static const std::vector<Explanation> table = {
      {"build/empty-site", "the site has no page",
       R"(There is no file that ends in .md in content/, or all of them are drafts, in
the future or expired, and so are left out. The site is built, but visitors
find nothing.)",
       R"(my-site/
  site.toml
  content/
    about.md         <- draft = true)",
       R"(Add a page, or let drafts in:

    hardtop new page about
    hardtop build --drafts)"},

      {"build/unreadable", "a file of the site cannot be read",
       R"(The system refused to hand out the file; the message repeats its reason.
Mostly the file belongs to another user, or was removed or renamed while
hardtop was reading.)",
       R"($ ls -l static/logo.svg
-rw------- 1 root root 812 static/logo.svg)",
       R"(Make the file readable, then build again:

    chmod u+r static/logo.svg         # or, as its owner: chmod a+r)"},

      {"build/outside", "a symbolic link leads out of static/",
       R"(Links inside static/ are followed; one that leads outside could publish files
that were never meant for the web, and the site would not build on another
machine.)",
       R"(static/brochure.pdf -> /home/me/documents/brochure.pdf)",
       R"(Copy the file into static/, or link to a place inside it:

    cp --remove-destination /home/me/documents/brochure.pdf static/)"},

      {"build/broken-file-link", "a symbolic link in static/ leads nowhere",
       R"(The file that the symbolic link names does not exist, or the link leads back
to a folder above itself.)",
       R"(static/logo.svg -> images/logo.svg      # there is no static/images/logo.svg)",
       R"(Remove the link, or let it name a file that exists:

    ln -sfn art/logo.svg static/logo.svg)"},

      {"build/duplicate-url", "two pages want the same URL",
       R"(One would overwrite the other. A page's URL comes from its file's name, unless
slug or url in its front matter says otherwise; names that differ in capitals
or spaces only can meet in one URL.)",
       R"(content/about.md
content/team.md      <- with  url = "/about/")",
       R"(Rename one of the files, or change its slug or url:

    url = "/team/")"},

      {"build/bad-url", "a url or alias is not a path",
       R"(A page's url, and each of its aliases, is the path of an address of the site:
it begins with / and has neither ? nor #. Without a dot in its last part, it
stands for a folder: /about is /about/.)",
       R"(+++
title = "About"
url = "about"
aliases = ["https://www.example.org/old/"]
+++)",
       R"(    +++
    title = "About"
    url = "/about/"
    aliases = ["/old/"]
    +++)"},

      {"build/empty-slug", "no URL can be made from a file's name",
       R"(A page's URL is made from the letters and digits of its file's name, or of
slug in its front matter. Here there are none.)",
       R"(content/!!!.md)",
       R"(Rename the file, or set slug in its front matter:

    slug = "wow")"},

      {"build/empty-term", "no URL can be made from a term",
       R"(Every term of a taxonomy, such as a tag, has a page. Its URL is made from the
letters and digits of the term. Here there are none.)",
       R"(+++
title = "News"
tags = ["cars", "!!!"]
+++)",
       R"(    +++
    title = "News"
    tags = ["cars", "wow"]
    +++)"},

      {"build/unlisted-term", "a page that no list shows has terms",
       R"(The list of a term shows pages. The home page, a section's own page (_index.md)
and 404.md are in no list, so their terms lead nowhere; templates do not see
them.)",
       R"(content/blog/_index.md:
+++
title = "Blog"
tags = ["cars"]
+++)",
       R"(Give the term to the pages that it fits:

    content/blog/my-car.md:
    +++
    title = "My car"
    tags = ["cars"]
    +++)"},

      {"build/ambiguous-term", "two terms have one URL",
       R"(The URL of a term is made from its letters and digits, whatever their case. Where
only other signs tell two terms apart, both would be one, under the first's name.)",
       R"(+++
title = "Compilers"
tags = ["C++", "C#"]
+++)",
       R"(    +++
    title = "Compilers"
    tags = ["C++", "C sharp"]
    +++)"},

      {"build/alias-over-page", "an alias is the URL of a page",
       R"(aliases are old addresses that redirect to the page that lists them. An
address that a page has now cannot redirect elsewhere at the same time.)",
       R"(content/about.md
content/team.md      <- with  aliases = ["/about/"])",
       R"(Remove the alias, or rename the page whose URL it is.)"},

      {"build/url-outside", "a url, slug or alias leads out of the site",
       R"(A URL of the site begins at the site's top. With .. it would climb above it,
and its file would be written outside of the output folder.)",
       R"(+++
title = "About"
url = "../../about/"
+++)",
       R"(    +++
    title = "About"
    url = "/about/"
    +++)"},

      {"build/static-over-page", "a file in static/ would overwrite a page",
       R"(Files in static/ are copied as they are to the top of the output. This one has
the path of a page's file, so one of both would be lost.)",
       R"(content/about.md             -> about/index.html
static/about/index.html      -> about/index.html)",
       R"(Remove or rename one of them.)"},

      {"build/file-over-folder", "a file of the output has the name of a folder",
       R"(With urls = "directory", the page about.md is written to about/index.html. A
file of static/ that is called about, without an ending, cannot stand beside the
folder about. The same goes for aliases and url: "/x.html/" needs a folder of
the name that the page "/x.html" has.)",
       R"(content/about.md      -> about/index.html
static/about          -> about)",
       R"(Rename one of them:

    static/about.txt)"},

      {"build/long-name", "a name is too long for a file",
       R"(A part of a page's URL, between two slashes, is the name of a file or folder of
the output. File systems take names of up to 255 bytes; in UTF-8, letters with
accents take two bytes, most Asian ones three.)",
       R"(+++
title = "A title"
slug = "the-first-three-hundred-letters-of-the-text-…"
+++)",
       R"(    +++
    title = "A title"
    slug = "a-title"
    +++)"},

      {"build/unknown-feed-section", "the feed names a section without pages",
       R"(sections in [feeds] limits the feed to pages of these folders of content/. One of
them does not exist, or all of its pages are drafts or dated in the future: it
adds nothing to the feed.)",
       R"([feeds]
sections = ["blgo"])",
       R"(    [feeds]
    sections = ["blog"])"},

      {"build/ignored-data", "a file in data/ is of no kind that is read",
       R"(Templates see data/team.toml as data.team. Files of another kind, and those in
deeper folders, are not read.)",
       R"(data/team.yaml
data/people/team.toml)",
       R"(data/team.toml)"},

      {"build/no-current-folder", "the current folder has been removed",
       R"(The folder that the command was started in does not exist any more: it was
removed or replaced, perhaps by a build or by git, while the terminal stayed
in it.)",
       R"($ cd public
$ rm -r ../public
$ hardtop -C .. build)",
       R"(    cd ..
    hardtop build)"},

      {"build/output-inside-source", "the output folder lies among the site's sources",
       R"(Output that is written into content/, static/, data/ or a theme would be read
as source by the next build, and output above the site could overwrite the
site itself.)",
       R"($ hardtop build --output content/public
$ hardtop build --output .)",
       R"(Write beside the sources, or elsewhere:

    hardtop build                          # to public/
    hardtop build --output /var/www/site)"},

      {"build/bad-asset-name", "a style sheet or script has no name in templates",
       R"(styles/main.scss is assets.css_main in templates, scripts/a-b.js is assets.js_a_b.
A name with other signs could not be written there, and of two files with one name
only one could be used.)",
       R"(styles/print view.scss
styles/a-b.scss beside styles/a_b.scss)",
       R"(    styles/print-view.scss
    styles/a-b.scss alone)"},

      {"build/wrong-integrity", "an integrity attribute does not fit the file",
       R"(integrity="sha384-…" is a digest of a file: a browser that finds another one
does not run the script or apply the style sheet, and says so in its console
only. On the theme's styles and scripts hardtop writes the attribute itself, in
production, since their names change with their content. In static/ it does not:
a file that is overwritten under its old name would not fit pages from before.
What you write there is kept, and checked with every build.

Of several digests browsers take those of the strongest algorithm; sha256,
sha384 and sha512 are known to them. integrity="" checks nothing.)",
       R"(<!-- menu.js was edited -->
<script src="/js/menu.js" integrity="sha384-…"></script>)",
       R"(Paste the value of the message, or take the attribute out:

    <script src="/js/menu.js"></script>)"},

      {"build/broken-image", "an image is none, or only a part of one",
       R"(A page shows this file as an image, and its first bytes are not those of a PNG,
JPEG, GIF, WebP or AVIF, or it ends before it has said how large it is. Browsers
show a torn picture. Mostly an upload or a copy was cut off, the file is a page
that says "not found", or Git LFS has left a pointer in its place.)",
       R"($ head -c 60 static/team.jpg
version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393)",
       R"(Copy the image again, or fetch it:

    git lfs pull)"},

      {"build/image-styles", "a style sheet would put images out of shape",
       R"(hardtop writes width and height into <img> where you left them out, so that the
browser keeps the room free and the page does not jump. Browsers take the two
for the weakest of all style rules. A style sheet that says one of both only, as
"max-width: 100%" without a height or "height: 2rem" without a width, leaves the
other as the attribute has it, and the image is stretched. So nothing is
written, in no page, until the style sheet says both.

Style sheets of the theme and of static/ are read, for rules whose selector ends
in img. An image with a class of which a rule says one size only is left alone,
without a warning.)",
       R"(img { max-width: 100%; }
.logo img { height: 2rem; }

<!-- 512 x 512 pixels: would be 512 wide, and 2rem high in the logo -->
<img src="/logo.png" alt="Home">)",
       R"(Say the other, too:

    img { max-width: 100%; height: auto; }
    .logo img { height: 2rem; width: auto; }

Or write all sizes yourself:

    [build]
    image_sizes = false)"},

      {"build/broken-link", "a link leads to a page or file that the site does not have",
       R"(Links between pages are checked when the site is built, so that no visitor
finds them broken. A relative link to a .md file leads to that page, wherever
its URL is; other links, and what the style sheets of styles/ load, are looked
up in the finished site. A relative URL in a style sheet begins at /assets/,
where the sheet is published.)",
       R"(content/about.md:   See [our prices](price.md).      <- the file is prices.md)",
       R"(    See [our prices](prices.md).

A page that is a draft is not there for links, either: publish it, or build
with --drafts. To be warned only, in site.toml:

    [check]
    links = "warn")"},

      {"build/bare-import", "a script imports a bare name",
       R"(Browsers load what a module imports by its address: a path that begins with ./,
../ or /, or a whole URL. A bare name, which bundlers and Node.js look up in
node_modules/, is nothing to them unless the page has an import map; the whole
module does not run. So it is an error, if no page of the site has one. For an
import("name") it is a warning: that may never be called.)",
       R"(scripts/app.js:   import { once } from "lodash";)",
       R"(Put the file into scripts/, and write where it is:

    import { once } from "./lodash.js";

Or say in the page's <head>, before its scripts, what the name means:

    <script type="importmap">
      { "imports": { "lodash": "/js/lodash.js" } }
    </script>)"},

      {"build/computed-import", "a script puts the name of another together",
       R"(Scripts are published under names that hold a hash of their content, so that
browsers may keep them. An import that is a constant gets the new name. One
that is put together when it runs does not: it finds the file in the preview,
where names are what they are in scripts/, and nothing in production.)",
       R"(scripts/app.js:   const page = await import(`./page-${name}.js`);)",
       R"(Write each import as a constant:

    const pages = {
      home: () => import("./page-home.js"),
      team: () => import("./page-team.js"),
    };
    const page = await pages[name]();

Or move the scripts to static/js/, where files keep their names:

    const page = await import(`/js/page-${name}.js`);)"},

      {"build/broken-anchor", "a link leads to a place that its page does not have",
       R"(The page exists, but nothing on it has the id behind the #. Headings get an id
from their text: "Our prices" becomes our-prices. One can be fixed in braces,
so that it survives a change of words.)",
       R"([prices](about.md#price)       <- about.md has:  ## Our prices)",
       R"(    [prices](about.md#our-prices)

Or in about.md:

    ## Our prices {#price})"},

      {"build/unclosed-html", "a comment, script or style is open where the page ends",
       R"(Browsers read a comment that is not closed to the end of the page, and so they
do with the text of script, style, textarea, title and the like: the rest of the
page and its footer are lost in it. Markdown hands HTML on as it is written.)",
       R"(# Our prices

<!-- to do: the table)",
       R"(    <!-- to do: the table -->)"},

      {"build/duplicate-id", "two elements of a page have the same id",
       R"(A link with #id leads to the first element only, and labels, scripts and
screen readers rely on an id standing for one element. Ids of headings are
made unique by hardtop; this one was written in HTML, or a template is put in
twice.)",
       R"(<div id="map">…</div>
<div id="map">…</div>)",
       R"(    <div id="map-north">…</div>
    <div id="map-south">…</div>)"},

      {"build/unknown-menu-target", "a menu entry leads to no page of the site",
       R"(What to says in a menu entry is a file of content/, an address of the site
that begins with / and leads to one of its files, or a whole URL. The path of
base_url goes in front of an address by itself.)",
       R"([[menu.main]]
name = "About"
to = "abuot.md")",
       R"(    [[menu.main]]
    name = "About"
    to = "about.md"      # content/about.md)"},

      {"build/unused-menu", "no template shows a menu of site.toml",
       R"(A theme shows the menus that its templates name. A menu with another name,
a misspelt one for example, is on no page.)",
       R"([[menu.mian]]
to = "about.md")",
       R"(    [[menu.main]]
    to = "about.md"

Or show it in a template:

    {{#menu.social}}<a href="{{url}}">{{name}}</a>{{/menu.social}})"},

      {"build/unmatched-pattern", "a pattern matches nothing of the site",
       R"(pages in [[service.tag]] and the paths in [headers] are held against the URLs
of the site, as they are below the path of base_url. A snippet whose pattern no
page has is nowhere, and a header that no file has is never sent.)",
       R"([[service.tag]]
pages = ["/blgo/**", "/about.md"])",
       R"(    [[service.tag]]
    pages = ["/blog/**", "/about/"])"},

      {"build/unknown-layout", "a page asks for a layout that does not exist",
       R"(layout in a page's front matter names a file of layouts/, without its ending.
It is looked for in the site, then in the theme, then in the default theme.)",
       R"(+++
title = "Offer"
layout = "landnig"
+++)",
       R"(    +++
    title = "Offer"
    layout = "landing"       # layouts/landing.mustache
    +++)"},

      {"build/parent-layout", "a page asks for a layout that is the frame of others",
       R"(A layout that prints {{{main}}} is a parent: it shows what a child layout made.
On its own it has nothing to show there, and the page's text would be lost.)",
       R"(+++
title = "Offer"
layout = "base"
+++)",
       R"(    +++
    title = "Offer"
    layout = "page"          # begins with {{! parent: base }}
    +++)"},

      {"build/unknown-component", "a page uses a component that does not exist",
       R"(A fenced code block whose first line is a name in braces is a component: the
template components/NAME.mustache, declared in theme.toml. hardtop's own are
in the default theme.)",
       R"(```{figrue}
src = "car.jpg"
```)",
       R"(    ```{figure}
    src = "car.jpg"
    ```

To show such a block as code instead, leave out the braces.)"},

      {"build/unknown-param", "a param is set that the theme or component does not declare",
       R"(Components and themes declare in theme.toml which parameters they take. A
component with another one is an error. In [params] of site.toml and of front
matter, names of your own are allowed; one that looks like a misspelled name
of the theme is a warning, because it would silently do nothing.)",
       R"(```{figure}
scr = "car.jpg"
```)",
       R"(    ```{figure}
    src = "car.jpg"
    ```

A param of your own becomes known by declaring it, in theme.toml:

    [params.acent]
    type = "text")"},

      {"build/missing-param", "a component lacks a parameter that it needs",
       R"(theme.toml declares this parameter of the component as required.)",
       R"(```{figure}
caption = "Our car"
```)",
       R"(    ```{figure}
    src = "car.jpg"
    caption = "Our car"
    ```)"},

      {"build/wrong-param-type", "a param has a value of the wrong kind",
       R"(theme.toml declares for each param what it takes: text, html, markdown, flag,
number, list or date.)",
       R"([params]
columns = "three")",
       R"(    [params]
    columns = 3)"},

      {"build/output-unwritable", "the site, or the note of what is written, has no place",
       R"(Before anything else, hardtop notes in the site's folder .hardtop/ which files
it is about to write, so that a later build knows what to remove. That failed:
the folder belongs to another user, or lies on a disk that is full or
read-only. Or the output is no folder that can be written: a file, a path that
ends nowhere, or a folder in it that is a symbolic link, whose target hardtop
would overwrite. Nothing was changed.)",
       R"($ sudo hardtop build      # .hardtop/ belongs to root from now on
$ hardtop build)",
       R"(Make the folder yours, or remove it (the next build writes everything anew):

    sudo chown -R "$USER" .hardtop public)"},

      {"build/unknown-files", "the output folder holds files of no build that is on record",
       R"(A build removes what the last one wrote and this one does not: .hardtop/ in the
site's folder remembers it. That memory is missing or damaged, and the output
folder is not empty. What hardtop has not written it never removes, so pages of
an earlier build may stay there, and stay online.)",
       R"($ git clone https://example.org/site.git     # with public/ in it
$ hardtop build                              # a page was renamed since)",
       R"(Keep what you have put there yourself, and remove what is left of a page that
is gone. The next build knows the folder, and does not ask again. Where nothing
in the folder is your own, begin anew:

    rm -r public
    hardtop build)"},

      {"build/write-failed", "a file of the output could not be written",
       R"(Writing began and then failed; the message repeats the system's reason, mostly
a full disk, or an output folder that belongs to somebody else. The output is
now a mixture of old and new files. It is marked as incomplete, so that it is
not deployed, and the next build repairs it.)",
       R"($ hardtop build
# and: df -h .  says 100% used)",
       R"(Make room, or make the folder yours, or write elsewhere, then build again:

    hardtop build --output ~/site)"},

      {"build/wrong-compressed", "a .gz or .br file is not what it is named after",
       R"([build] precompress tells servers to send page.html.gz in place of page.html,
and page.html.br likewise. A file of static/ or content/ that bears such a name
is kept as it is, but then it must be the other file, compressed. This one is
something else, or the file it is named after has changed since: visitors would
meet what nobody has checked.)",
       R"(static/data.json
static/data.json.gz      <- of last year's data.json)",
       R"(Remove it, and hardtop writes one that fits; or give it a name of its own:

    git mv static/data.json.gz static/data-2025.json.gz)"},

      {"build/cache-unwritable", "compressed files cannot be kept for the next build",
       R"([build] precompress takes more time than all the rest of a build. What was
compressed is kept in the site's folder .hardtop/, so that the next build need
not do it again for what has not changed. That failed: the folder belongs to
another user, or lies on a disk that is full or read-only. It is no error, for
the site itself does not need it.)",
       R"($ sudo hardtop build      # .hardtop/ belongs to root from now on
$ hardtop build)",
       R"(Make room, or make the folder yours:

    sudo chown -R "$USER" .hardtop)"},

      {"host/too-much", "a host takes less than the site's headers need",
       R"(Hosts have limits: Cloudflare Pages reads 100 paths of _headers and lines of
2,000 characters, of _redirects 2,000 redirects, 100 with '*' or ':' and lines
of 1,000 characters, nginx takes words of 4,000 bytes. What is beyond would be
dropped without a word, and with it perhaps the policy that protects visitors:
so nothing is written. hardtop has already put together what can be put together:
the files with a hash in their names share one path, and so do rules for one
path. What is left mostly comes from [headers]: Cloudflare knows one '*' a path
and shows pages without ".html", so that a rule such as "/*/draft-*" has to be
written for every file that it matches.)",
       R"([build]
hosts = ["cloudflare"]

[headers]
"/*/draft-*" = { "X-Robots-Tag" = "noindex" }   # 180 pages)",
       R"(Write a path with one '*', or give the pages a folder of their own:

    "/drafts/*" = { "X-Robots-Tag" = "noindex" }

A line that is too long names many hosts: those of services that share a page.
Or take the host out of 'hosts' in [build].)"},

      {"host/cannot-say", "a host cannot be told a header",
       R"(Each host has a language of its own for headers, and none can say everything.
Netlify and Cloudflare Pages read ':' and '*' in an address as patterns, join
several cookies into one, and Cloudflare puts a part of the address where a value
says ':splat'; Caddy puts what it knows where a value says {name}; Netlify cannot
take a header back. hardtop tries what it writes on every address of the site,
as the host would, and reports what would come out as something else.)",
       R"([build]
hosts = ["caddy"]

[headers]
"/*" = { "X-Served-By" = "{hostname}" })",
       R"(Write the value or the file's name without these characters, or take the host out
of 'hosts' in [build] and configure it by hand.)"},

      {"host/ignored-header", "a host ignores this header",
       R"(Netlify's servers make some headers themselves and pass over those of a site:
Accept-Ranges, Age, Allow, Alt-Svc, Location, Server.)",
       R"([build]
hosts = ["netlify"]

[headers]
"/moved" = { "Location" = "/new/" })",
       R"(Remove it. A redirect is an alias of the page that it leads to:

    aliases = ["/moved"])"},

      {"host/redirect-pages", "more aliases than Cloudflare Pages reads",
       R"(Cloudflare Pages reads 2,000 redirects of _redirects, each a line of at most 1,000
characters; where the file serves Netlify, too, an alias takes two lines. The
other aliases still work: each has a page in the output that leads on.)",
       R"(1,300 pages with aliases, and hosts = ["netlify", "cloudflare"])",
       R"(Name only the host that the site is deployed to:

    [build]
    hosts = ["cloudflare"])"},
  };
  return table;
}

}  // namespace hardtop
