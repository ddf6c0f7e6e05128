// A table of texts: what can be wrong with a theme, its templates and its style sheets.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& theme_explanations() {
  static const std::vector<Explanation> table = {
      {"theme/missing", "there is no theme of that name",
       R"(theme in site.toml names a folder. hardtop looks for it in the site's themes/,
then in the themes/ beside the site, then among those that the program carries
("default").)",
       R"(theme = "minni")",
       R"(    theme = "mini"       # and there is a folder themes/mini/

Without the line, the site uses the default theme.)"},

      {"theme/unreadable", "a file of the theme cannot be read",
       R"(The system refused to hand out the file; the message repeats its reason.
Mostly the file belongs to another user, or was removed or renamed while
hardtop was reading.)",
       R"($ ls -l themes/mini/layouts/page.mustache
-rw------- 1 root root 812 themes/mini/layouts/page.mustache)",
       R"(Make the file readable, then build again:

    chmod -R u+rX themes/mini         # or, as its owner: chmod -R a+rX)"},

      {"theme/invalid-utf8", "a text file of the theme holds a byte that is not UTF-8",
       R"(Layouts, partials, components, styles and translations are UTF-8. This file
was saved in another encoding, mostly Windows-1252 or Latin-1. The message says
at which byte.)",
       R"(themes/mini/partials/foot.mustache, saved as Latin-1: © is the byte A9)",
       R"(Save the file as UTF-8: most editors offer it under "Save with encoding". On
the command line:

    iconv -f windows-1252 -t utf-8 foot.mustache > new && mv new foot.mustache)"},

      {"theme/unknown-key", "theme.toml has a key that hardtop does not know",
       R"(theme.toml declares what a site may set ([params.NAME]), what a page may set
([page_params.NAME]) and what components take ([components.NAME.params.NAME]).
Each declaration has type, default, about and, for components, required. All
keys are in what "hardtop explain theme.toml" prints.)",
       R"([params.accent]
typ = "text"
standard = "#c00")",
       R"(    [params.accent]
    type = "text"
    default = "#c00")"},

      {"theme/wrong-type", "a declaration of theme.toml has the wrong type",
       R"(A declared type is text, html, markdown, flag, number, list, date or link, and
a default has to be of that type.)",
       R"([params.columns]
type = "number"
default = "three")",
       R"(    [params.columns]
    type = "number"
    default = 3)"},

      {"theme/bad-name", "templates cannot use a name that theme.toml declares",
       R"(A name that stands in {{…}} has letters, digits, - and _ only; a dot would
mean a field of something.)",
       R"([params."accent.colour"]
type = "text")",
       R"(    [params.accent_colour]
    type = "text")"},

      {"theme/bad-translation", "a text in i18n/ is not one that templates can use",
       R"(i18n/LANG.toml holds a key and a text a line; templates print it as {{t.key}}.
A key has letters, digits, - and _ only, and there are no sections.)",
       R"([menu]
open = "Open menu"
"read.more" = "Read more")",
       R"(    menu_open = "Open menu"
    read_more = "Read more")"},

      {"theme/missing-translation", "there are words that the site's language lacks",
       R"(The words of a theme, such as "Next page", are in i18n/LANG.toml, where LANG
is language in site.toml. There is no such file, or it lacks some of the words
that pages say, so these are in English.)",
       R"(language = "nl"
# and there is no i18n/nl.toml)",
       R"(    hardtop explain i18n > i18n/nl.toml

Add the words of the theme's own i18n/en.toml, and translate them all; or add
those that the warning names. What the file leaves out stays English.)"},

      {"theme/unknown-translation", "the site translates a word that nothing says",
       R"(A site changes a word of its theme by the same key in its own i18n/LANG.toml.
This key is in no i18n/ of the theme and of hardtop, and no template prints it:
it does nothing, and the word that was meant stays as it is.)",
       R"(skip_lnk = "Straight to the text")",
       R"(    skip_link = "Straight to the text"

A word of your own is known as soon as a template prints it: {{t.my_word}})"},

      {"theme/unused-file", "a file or folder is not read",
       R"(layouts/, partials/ and components/ hold files that end in .mustache, styles/
holds .scss and .css, scripts/ holds .js, i18n/ holds .toml. A file with
another ending there does nothing, which is hardly what was meant: Sass without
braces (.sass), or TypeScript (.ts) whose compiler leaves no .js of its name
beside it. Nor does a .css that no .scss imports: those that end in .scss are
what pages can link to. A folder or file whose own name is almost one that
hardtop reads (layout/, style/, consnet.toml) does nothing, either.)",
       R"(partials/head.html
layout/page.mustache)",
       R"(Rename it, or move it to static/ if visitors are to get it:

    mv partials/head.html partials/head.mustache
    mv layout layouts)"},

      {"theme/empty", "the theme's folder has nothing that hardtop reads",
       R"(What a theme leaves out comes from the default theme. This one leaves out
everything: it has no theme.toml, and nothing in layouts/, partials/,
components/, styles/, scripts/, i18n/ or static/.)",
       R"(themes/own/
  README.md)",
       R"(Begin with its colours and type:

    themes/own/styles/main.scss)"},

      {"theme/no-layout", "the theme lacks a layout that every site needs",
       R"(A theme has the layouts base, home, section, page, term and 404. One that a
theme leaves out comes from the default theme; here there is none at all.)",
       R"(themes/mini/layouts/
  base.mustache
  home.mustache        <- no page.mustache)",
       R"(Add the file that the message names. The smallest one shows the page's body:

    {{! parent: base }}
    {{{content}}})"},

      {"theme/no-component", "theme.toml declares a component that has no template",
       R"(Each [components.NAME] of theme.toml belongs to a template
components/NAME.mustache.)",
       R"([components.quote.params.who]
type = "text"
# and there is no components/quote.mustache)",
       R"(Add components/quote.mustache, or remove [components.quote] from theme.toml.)"},

      {"template/syntax", "a tag of a template cannot be read",
       R"(Templates are Mustache: {{name}} prints a value, {{#name}} … {{/name}} repeats
or decides, {{^name}} … {{/name}} stands in when there is nothing, {{> name}}
puts a partial in, {{! … }} is a comment. This tag is none of these, or is not
closed.)",
       R"(<h1>{{page.title}</h1>)", R"(    <h1>{{page.title}}</h1>)"},

      {"template/unclosed-section", "a section of a template has no end",
       R"(What {{#name}} or {{^name}} opens, {{/name}} closes, with the same name and in
the same file. Sections close in the order opposite to their opening.)",
       R"({{#pages}}
<li>{{title}}</li>)",
       R"(    {{#pages}}
    <li>{{title}}</li>
    {{/pages}})"},

      {"template/unopened-section", "a template closes a section that is not open",
       R"({{/name}} closes what {{#name}} or {{^name}} opened last. Here nothing is
open, or something of another name.)",
       R"({{#page}}{{#date}}{{long}}{{/page}}{{/date}})", R"(    {{#page}}{{#date}}{{long}}{{/date}}{{/page}})"},

      {"template/unknown-name", "a template uses a name that does not exist there",
       R"(Names in templates are checked when the site is built, because a misspelled
one would silently print nothing. What exists depends on where the tag stands:
inside {{#pages}} the names are those of a page in a list. All of them are
listed by "hardtop explain templates"; what a theme adds is in its theme.toml.)",
       R"(<title>{{page.titel}}</title>
{{#site.params.acent}}…{{/site.params.acent}})",
       R"(    <title>{{page.title}}</title>
    {{#site.params.accent}}…{{/site.params.accent}}

A param of your own is declared in theme.toml, that of the site or of your
theme, and so is what a component takes. For components/note.mustache:

    [params.accent]                   # {{site.params.accent}}
    type = "text"

    [components.note.params.title]    # {{title}}
    type = "text")"},

      {"template/missing-partial", "a template includes a partial that does not exist",
       R"({{> head}} puts partials/head.mustache in. The file is looked for in the site,
then in the theme, then in the default theme.)",
       R"({{> haed}})", R"(    {{> head}}           and there is partials/head.mustache)"},

      {"template/partial-cycle", "partials include each other in a circle",
       R"(A partial is put in when the template is loaded, so one that includes itself,
by itself or through others, would never end. The notes show the way round.)",
       R"(partials/card.mustache:   {{> list}}
partials/list.mustache:   {{#pages}}{{> card}}{{/pages}})",
       R"(Remove one of the includes. For trees, such as a table of contents, write as
many levels as you show.)"},

      {"template/missing-parent", "a layout names a parent that does not exist",
       R"(The first line {{! parent: base }} of a layout puts its result into
layouts/base.mustache, at {{{main}}}. The file is looked for in the site, then
in the theme, then in the default theme.)",
       R"({{! parent: bsae }})", R"(    {{! parent: base }}   and there is layouts/base.mustache)"},

      {"template/parent-cycle", "layouts are each other's parents in a circle",
       R"(A layout that is its own parent, by itself or through others, would never end.
The notes show the way round.)",
       R"(layouts/base.mustache:   {{! parent: page }}
layouts/page.mustache:   {{! parent: base }})",
       R"(Remove the parent line from the outermost layout, mostly base.)"},

      {"template/no-place-for-child", "a parent layout does not say where its child goes",
       R"(A layout whose first line is {{! parent: base }} is put into
layouts/base.mustache at {{{main}}}. That layout has no {{{main}}}, so nothing
of the child would be shown.)",
       R"(layouts/base.mustache:   <body></body>
layouts/page.mustache:   {{! parent: base }})",
       R"(    layouts/base.mustache:   <body>{{{main}}}</body>)"},

      {"template/late-parent", "a comment that looks like a parent is not on the first line",
       R"({{! parent: base }} names a parent only at the very beginning of a layout.
Further down it is an ordinary comment, which is hardly what was meant.)",
       R"(<h1>{{page.title}}</h1>
{{! parent: base }})",
       R"(    {{! parent: base }}
    <h1>{{page.title}}</h1>)"},

      {"template/too-deep", "sections and partials of a template are nested too deep",
       R"(More than 200 sections and partials stand inside each other. Mostly a section
is not closed where it should be.)",
       R"({{#page}}{{#page}}{{#page}} … hundreds of times)",
       R"(Close sections earlier, or split the template into partials that stand beside each
other.)"},

      {"template/too-large", "a template with all its partials is too large",
       R"(A partial is put in at every place that includes it. Partials that include
others many times over multiply, until no memory would hold the result.)",
       R"(partials/a.mustache:   {{> b}}{{> b}}{{> b}}{{> b}}
partials/b.mustache:   {{> c}}{{> c}}{{> c}}{{> c}}      and so on)",
       R"(Include a partial once, inside a section that repeats it:

    {{#pages}}{{> card}}{{/pages}})"},

      {"template/schema", "the names that templates may use contradict each other",
       R"(The names come from hardtop and from the theme's theme.toml, from i18n/, data/
and the menus. Two of them cannot be told apart, or one has a type that does
not exist. The message says which.)",
       R"([params.accent]
type = "colour")",
       R"(    [params.accent]
    type = "text"

If the message names nothing that you wrote, it is a mistake of hardtop: please
report it.)"},

      {"template/not-a-section", "a template opens a section on what cannot be one",
       R"({{#name}} needs something that can be there or not, or a list. A number, such
as index inside a list, is always there.)",
       R"({{#pages}}{{#index}}<hr>{{/index}}{{title}}{{/pages}})",
       R"(    {{#pages}}{{^first}}<hr>{{/first}}{{title}}{{/pages}})"},

      {"template/not-text", "a template prints something that is not text",
       R"({{name}} prints text. This name is a list, an object with fields, or true or
false: repeat it, print one of its fields, or decide by it.)",
       R"(<p>{{page.date}}</p>
<p>{{page.tags}}</p>)",
       R"(    <p>{{page.date.long}}</p>
    <p>{{#page.tags}}{{name}} {{/page.tags}}</p>)"},

      {"theme/bad-color", "a colour for the consent parts cannot be judged",
       R"([consent.light] and [consent.dark] in theme.toml give the colours of banner,
preferences and placeholders. Their contrast is computed, which a name, a
variable or something see-through does not allow.)",
       R"([consent.light]
ink = "darkslategray")",
       R"(    [consent.light]
    ink = "#2f4f4f")"},

      {"style/sass-error", "a style sheet does not compile",
       R"(The message is the Sass compiler's own, at its place; the notes show which
file imported which. The compiler is LibSass: it reads all of CSS, variables,
nesting, mixins and @import, but not @use, @forward and math.div.)",
       R"(.card { color: $acent; }      // the variable is called $accent
.half { width: math.div(100%, 2); })",
       R"(    .card { color: $accent; }
    .half { width: 100% / 2; })"},

      {"style/endless", "a style sheet takes so many steps that it seems to have no end",
       R"(An @while runs as long as its condition holds: if nothing in the loop changes
it, the loop never ends. hardtop stops counting at the number of steps that the
message names, many times what the largest style sheets need. The place is the
loop, if the style sheets have only one; else the notes show them all.)",
       R"($i: 3;
@while $i > 0 { .m-#{$i} { margin: $i * 1px; } }   // $i stays 3)",
       R"(    @while $i > 0 {
      .m-#{$i} { margin: $i * 1px; }
      $i: $i - 1;
    }

A loop that only counts is simpler, and has an end:

    @for $i from 1 through 3 { .m-#{$i} { margin: $i * 1px; } })"},

      {"style/warning", "a style sheet says @warn",
       R"(The text is what @warn printed, at its place. The style sheet compiled.)",
       R"(@mixin old { @warn "old is going away; use new"; })", R"(Do what the text says, or remove the @warn.)"},

      {"style/debug", "a style sheet says @debug",
       R"(The text is what @debug printed, at its place. The style sheet compiled.)", R"(@debug "gap is #{$gap}";)",
       R"(Remove the @debug when you have seen what you wanted to see.)"},

      {"style/missing-import", "a style sheet imports a file that does not exist",
       R"(@import "parts/card" looks for card.scss, _card.scss, card.css, _card.css and
card/_index.scss in parts/: beside the importing file, then from the top of
styles/, each in the site, then in the theme, then in the default theme.)",
       R"(@import "parts/crad";)", R"(    @import "parts/card";        and there is styles/parts/_card.scss)"},

      {"style/import-cycle", "style sheets import each other in a circle",
       R"(A style sheet that imports itself, by itself or through others, would never
end. The notes show the way round.)",
       R"(styles/_a.scss:   @import "b";
styles/_b.scss:   @import "a";)",
       R"(Move what both need into a third file, and import that in both.)"},
  };
  return table;
}

}  // namespace hardtop
