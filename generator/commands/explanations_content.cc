// A table of texts: what can be wrong with the files in content/.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& content_explanations() {
  static const std::vector<Explanation> table = {
      {"front-matter/unterminated", "the front matter has no closing line",
       R"(A content file may begin with a head that says what the page is called. The
head starts with a line +++ (TOML) or --- (YAML) and ends with the same line.
Here the first line is there and the closing one is not, so all text would be
head.)",
       R"(+++
title = "About"

We make cars.)",
       R"(    +++
    title = "About"
    +++

    We make cars.)"},

      {"front-matter/bad-fence", "front matter is not marked as such",
       R"(A head stands between two lines of exactly +++ (TOML) or --- (YAML), from the
first column on. Here the lines are indented or longer, something unseen stands
in front of them (a second byte order mark), or the file has lines that end in
CR alone, as on a Macintosh before 2001. What is no head is text: a page would
show it, and go online though it says that it is a draft.)",
       R"( ---
 title: About
 draft: true
 ---)",
       R"(    ---
    title: About
    draft: true
    ---)"},

      {"front-matter/toml-syntax", "the front matter cannot be read as TOML",
       R"(The head of a content file between two lines +++ is TOML 1.0
(https://toml.io/). The message points to the place where it stops making
sense; the mistake is there or on the line before.)",
       R"(+++
title = About us
tags = "news, cars
+++)",
       R"(    +++
    title = "About us"
    tags = ["news", "cars"]
    +++)"},

      {"front-matter/yaml-syntax", "the front matter cannot be read as YAML",
       R"(The head of a content file between two lines --- is YAML, for sites that move
here from other generators. The usual mistakes: a colon inside text without
quotes, tabs, lines that are not indented alike.)",
       R"(---
title: Cars: a history
---)",
       R"(    ---
    title: "Cars: a history"
    ---)"},

      {"front-matter/key-in-params", "[params] holds a key that works only above it",
       R"(Everything that follows [params] belongs to it, up to the end of the head. What
is in it is free data for templates: a draft there is no draft, and the page goes
online.)",
       R"(+++
title = "Price list"

[params]
color = "red"
draft = true
+++)",
       R"(    +++
    title = "Price list"
    draft = true

    [params]
    color = "red"
    +++)"},

      {"front-matter/unknown-key", "the front matter has a key that hardtop does not know",
       R"(Keys are checked, because a misspelled one would silently do nothing. Known
are title, description, date, updated, expires, draft, slug, url, aliases,
weight and layout, and those that site.toml declares under [taxonomies], such
as tags. Values of your own go in [params]. "hardtop explain front-matter" shows
each in a page.)",
       R"(+++
title = "About"
discription = "Who we are"
hero = "car.jpg"
tags = ["cars"]
+++)",
       R"(    +++
    title = "About"
    description = "Who we are"
    tags = ["cars"]

    [params]
    hero = "car.jpg"
    +++

And in site.toml, for the tags:

    [taxonomies]
    tags = {})"},

      {"front-matter/wrong-type", "a key of the front matter has a value of the wrong kind",
       R"(Each key takes one kind of value: text in quotes, a whole number, true or
false, a date, a list. The message names the kind that is wanted.)",
       R"(+++
title = 2026
draft = "yes"
+++)",
       R"(    +++
    title = "2026"
    draft = true
    +++)"},

      {"front-matter/bad-date", "a date of the front matter is no date",
       R"(Dates are written year-month-day, with a time behind it if you like. A day
that the calendar does not have is an error, too.)",
       R"(+++
title = "News"
date = "23.11.2026"
+++)",
       R"(    +++
    title = "News"
    date = 2026-11-23
    +++

With a time: date = 2026-11-23T10:00:00+01:00)"},

      {"front-matter/empty-term", "a list of terms holds one without a name",
       R"(Every term of a taxonomy, such as a tag, gets a page of its own, so it needs a
name.)",
       R"(+++
title = "News"
tags = ["cars", ""]
+++)",
       R"(    +++
    title = "News"
    tags = ["cars"]
    +++)"},

      {"content/bad-name", "a file's name cannot be used",
       R"(The names of files and folders in content/ and static/ become parts of URLs and
of messages. They are text in UTF-8 without line breaks, tabs and other control
characters. Archives from old systems often hold names in other encodings.)",
       R"(static/Gr\xFC\xDFe.txt       # Latin-1: the bytes are not UTF-8)",
       R"(Rename the file, or convert all names of the folder:

    convmv -f latin1 -t utf8 -r --notest static)"},

      {"content/unreadable", "a file in content/ cannot be read",
       R"(The system refused to hand out the file; the message repeats its reason.
Mostly the file belongs to another user, or was removed or renamed while
hardtop was reading.)",
       R"($ ls -l content/about.md
-rw------- 1 root root 812 content/about.md)",
       R"(Make the file readable, then build again:

    chmod u+r content/about.md        # or, as its owner: chmod a+r)"},

      {"content/invalid-utf8", "a content file holds a byte that is not UTF-8",
       R"(All text files of a site are UTF-8. This file was saved in another encoding,
mostly Windows-1252 or Latin-1, or is not a text file at all. The message says
at which byte.)",
       R"(content/menu.md, saved as Latin-1: in "Café" the é is the single byte E9)",
       R"(Save the file as UTF-8: most editors offer it under "Save with encoding". On
the command line:

    iconv -f windows-1252 -t utf-8 menu.md > new.md && mv new.md menu.md)"},

      {"content/not-a-page", "a file is nearly a page, by its name or its front matter",
       R"(A page is a file of content/ whose name ends in ".md", in small letters. Any other
file is published as it is: Post.MD or post.markdown would go online with its
head, even if that says that it is a draft. The page of a folder is called
_index.md or index.md, in small letters, too: Index.md would be one page more.
Other generators read front matter in HTML and style sheets, too; here only in
pages.)",
       R"(content/Post.MD
content/notes.markdown
content/blog/Index.md)",
       R"(    content/Post.md
    content/blog/_index.md
    static/notes.markdown      to be downloaded as it is)"},

      {"content/shortcode", "a page holds a shortcode of another generator",
       R"(Hugo's shortcodes, {{< figure >}} and {{% notice %}}, mean nothing here: visitors
would read them as they stand. In code they are what the page is about.)",
       R"({{< figure src="/a.png" alt="A car" >}})",
       R"(Write it in Markdown, or as a component, which themes have for what Markdown
cannot say:

    ![A car](/a.png)

    ```{notice}
    text = "Our shops are closed on Monday."
    ```)"},

      {"content/outside", "a symbolic link leads out of content/",
       R"(Links inside content/ are followed; one that leads outside could publish files
that were never meant for the web, and the site would not build on another
machine.)",
       R"(content/terms.md -> /home/me/documents/terms.md)",
       R"(Copy the file into content/, or link to a place inside it:

    cp --remove-destination /home/me/documents/terms.md content/terms.md)"},

      {"content/broken-link", "a symbolic link in content/ leads nowhere",
       R"(The file that the symbolic link names does not exist, or the link leads back
to a folder above itself.)",
       R"(content/terms.md -> legal/terms.md       # there is no content/legal/terms.md)",
       R"(Remove the link, or let it name a file that exists:

    ln -sfn ../shared/terms.md content/terms.md)"},

      {"content/component-line", "the line of a component says more than its name",
       R"(A fenced block whose info is {name} is a component of the theme. Its parameters
are lines of TOML in the block; behind the name nothing is read, and the block
would be published as code.)",
       R"(```{figure src="sea.jpg"}
```)",
       R"(    ```{figure}
    src = "sea.jpg"
    alt = "The sea"
    ```)"},

      {"content/bad-component-toml", "a component's parameters cannot be read as TOML",
       R"(A fenced code block whose first line is a name in braces is a component; what
the block holds are its parameters, in TOML 1.0 (https://toml.io/).)",
       R"(```{figure}
src = car.jpg
```)",
       R"(    ```{figure}
    src = "car.jpg"
    ```

To show such a block as code instead, write a language before the name, or
leave out the braces.)"},

      {"content/duplicate-heading-id", "two headings of one page have the same {#id}",
       R"(An id is where a link with #id leads, so a page can have it once only. Ids
that hardtop makes from a heading's text never collide; this one was written
in braces.)",
       R"(## Prices {#prices}
## Prices abroad {#prices})",
       R"(    ## Prices {#prices}
    ## Prices abroad {#prices-abroad})"},

      {"content/too-large", "a content file is too large",
       R"(A page may be 256 MB. No visitor would wait for more; mostly it is a file of
another kind that was named .md by mistake.)",
       R"($ ls -lh content/log.md
-rw-r--r-- 1 ada ada 412M content/log.md)",
       R"(Split it into several pages, or move it to static/ under another name.)"},

      {"content/nesting-too-deep", "the Markdown of a page is nested too deep",
       R"(Quotes or lists stand in each other in more than 100 levels. No reader could
follow, and a program that tried would run out of memory; mostly it is a
mistake of the tool that wrote the file.)",
       R"(> > > > > > > > > … hundreds of times)", R"(Remove the markers that are too many.)"},
  };
  return table;
}

}  // namespace hardtop
