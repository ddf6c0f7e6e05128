// A table of texts: what can be wrong with site.toml.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& config_explanations() {
  static const std::vector<Explanation> table = {
      {"config/missing", "there is no site.toml",
       R"(A site is a folder that holds site.toml. hardtop looked for it in the current
folder, or in the one that -C names, and found none.)",
       R"(my-site/
  site.toml          <- this is what makes it a site
  content/_index.md

$ cd my-site/content
$ hardtop build)",
       R"(Run hardtop in the folder that holds site.toml, or name that folder:

    hardtop -C my-site build

For a new site:

    hardtop new site my-site)"},

      {"config/unreadable", "site.toml cannot be read",
       R"(The system refused to hand out the file; the message repeats its reason.
Mostly the file belongs to another user, or is a folder.)",
       R"($ ls -l site.toml
-rw------- 1 root root 412 site.toml)",
       R"(Make the file readable, then build again:

    chmod u+r site.toml        # or, as its owner: chmod a+r)"},

      {"config/invalid-utf8", "site.toml holds a byte that is not UTF-8",
       R"(All text files of a site are UTF-8. This file was saved in another encoding,
mostly Windows-1252 or Latin-1, or is not a text file at all. The message says
at which byte.)",
       R"(title = "Café"        <- saved as Latin-1, é is the single byte E9)",
       R"(Save the file as UTF-8: most editors offer it under "Save with encoding". On
the command line:

    iconv -f windows-1252 -t utf-8 site.toml > new.toml && mv new.toml site.toml)"},

      {"config/toml-syntax", "a TOML file cannot be read as TOML",
       R"(site.toml and theme.toml are TOML 1.0 (https://toml.io/). The message points
to the place where the file stops making sense; the mistake is there or on the
line before. The usual ones: text without quotes, a quote that is not closed,
a key that is given twice, a table that is opened twice.)",
       R"(title = My site              # text needs quotes
description = "A "small" one" # quotes inside quotes)",
       R"(    title = "My site"
    description = 'A "small" one')"},

      {"config/unknown-key", "site.toml has a key that hardtop does not know",
       R"(Keys are checked, because a misspelled one would silently do nothing. Values
of your own go in [params], where the theme declares what it reads. All keys
are in what "hardtop explain site.toml" prints.)",
       R"(titel = "My site"
accent = "teal")",
       R"(    title = "My site"

    [params]
    accent = "teal"      # if the theme's theme.toml declares it)"},

      {"config/missing-key", "site.toml lacks a key that it needs",
       R"(A site needs a title; an entry of a menu needs to, where it leads; a place to
deploy to needs remote, where that is.)",
       R"(base_url = "https://example.org/"

[[menu.main]]
name = "About")",
       R"(    title = "My site"
    base_url = "https://example.org/"

    [[menu.main]]
    name = "About"
    to = "about.md")"},

      {"config/wrong-type", "a key of site.toml has a value of the wrong kind",
       R"(Each key takes one kind of value: text in quotes, a whole number, true or
false, a date, a list, a table. The message names the kind that is wanted.)",
       R"([build]
per_page = "20"      # text, but a number is wanted)",
       R"(    [build]
    per_page = 20)"},

      {"config/bad-url", "base_url is not the address of a website",
       R"(base_url is where the site will be online. Feeds and the site map need it, and
it decides what counts as the site's own. It is a whole URL that begins with
https:// (or http://) and has a host; it may have a path.)",
       R"(base_url = "www.example.org")",
       R"(    base_url = "https://www.example.org/"
    base_url = "https://example.org/docs/"      # or below a path)"},

      {"config/no-base-url", "site.toml does not say where the site will be online",
       R"(The site map, feeds and aliases need whole addresses. Without base_url they
begin with http://localhost/, which is of no use to visitors. The site is
built all the same.)",
       R"(title = "My site")",
       R"(    title = "My site"
    base_url = "https://www.example.org/"

Or for one build:

    hardtop build --base-url https://test.example.org/)"},

      {"config/bad-value", "a key of site.toml has a value that it cannot have",
       R"(The value is of the right kind, but not one of those that the key takes, or
out of its range. The message says what is possible.)",
       R"(urls = "folder")",
       R"(    urls = "directory"   # /about/
    urls = "file"        # /about.html)"},

      {"config/not-built-yet", "site.toml uses what this version of hardtop cannot do",
       R"(The key is reserved for a feature that is planned. It is an error and not
ignored, so that nobody relies on what does not happen.)",
       R"([languages.de]
title = "Meine Seite")",
       R"(Remove the key, or use a version of hardtop that has the feature. `hardtop
--version` prints yours.)"},
  };
  return table;
}

}  // namespace hardtop
