#include "build/template_schema.h"

namespace hardtop {

namespace {

// Types in the order in which a theme's author meets them; "menus" and the like are filled in by a site.
constexpr std::string_view kOrder[] = {"root",
                                       "site",
                                       "page",
                                       "card",
                                       "date",
                                       "term",
                                       "taxonomy",
                                       "toc_entry",
                                       "crumb",
                                       "pager",
                                       "pager_page",
                                       "menus",
                                       "link",
                                       "consent",
                                       "consent_category",
                                       "consent_service",
                                       "consent_host",
                                       "consent_item",
                                       "placeholder",
                                       "assets",
                                       "translations",
                                       "data",
                                       "site_params",
                                       "page_params"};

constexpr std::string_view kOpening = R"(# What a template may use

Made from the schema that the generator checks templates against: `hardtop explain templates` prints this page.

Templates are [Mustache](https://mustache.github.io/mustache.5.html). `{{name}}` prints text, escaped; `{{{name}}}` prints
HTML; `{{#name}}…{{/name}}` repeats for a list and stands or falls for anything else; `{{^name}}…{{/name}}` is its opposite;
`{{> name}}` puts in `partials/name.mustache`. A layout whose first line is `{{! parent: base }}` is put into
`layouts/base.mustache` where that says `{{{main}}}`. A name that is not listed here, and that no theme or site adds, is an
error when the theme is loaded; a listed one that a page does not have prints nothing and is false.

Inside a list, every item has `first`, `last` (flags) and `index` (a number from 1) beside its own names.

Which layout a page gets: `home`, `section` (a folder), `page`, `term` (a taxonomy and each of its terms) and `404`, or the one
that its front matter names as `layout`.

A component, `components/name.mustache`, sees its parameters, then all names of the top level. Its parameters are declared in
`theme.toml`, as are the `params` that a theme reads:

```toml
[params.tagline]            # [params] of site.toml: site.params.tagline
type = "text"               # text, html, markdown, flag, number, list, date or link
default = "Hello"
about = "Stands below the title."

[page_params.hero]          # [params] of front matter: page.params.hero
type = "link"

[components.note]           # ```{note} … ``` in Markdown
about = "A box that stands out."
[components.note.params.text]
type = "markdown"
required = true
```
)";

std::string heading_of(std::string_view type) { return type == "root" ? "At the top" : "`" + std::string(type) + "`"; }

// "[card]" -> "list of card"
std::string type_in_words(const std::string& type) {
  if (type.starts_with('[')) return "list of " + type.substr(1, type.size() - 2);
  return type;
}

}  // namespace

std::string template_reference() {
  std::string out(kOpening);
  for (const std::string_view name : kOrder) {
    const ObjectType* type = base_schema().find(name);
    if (!type) continue;
    out += "\n## " + heading_of(name) + "\n\n" + type->about + "\n";
    if (type->fields.empty()) continue;
    out += "\n| name | is | what |\n|---|---|---|\n";
    for (const Field& field : type->fields)
      out += "| `" + field.name + "` | " + type_in_words(field.type) + " | " + field.about + " |\n";
  }
  return out;
}

}  // namespace hardtop
