# `hardtop --help` lists the commands, the options of all, a first site, and the exit statuses.
run hardtop --help
expect_status 0
expect_stdout <<'END'
hardtop makes a static website from Markdown, Mustache templates and Sass.

Usage: hardtop [-C DIR] COMMAND [OPTIONS]

Commands:
  build               write the site
  serve               show the site in a browser while you edit
  check               find everything that is wrong, without writing
  deploy NAME         put the site online: upload what has changed
  lock                record what visitors are asked about in consent.lock
  new site NAME       make a folder with a site to start from
  new page NAME       add a page
  new service [NAME]  declare a third party in consent.toml
  explain [ID]        explain an error or warning, with an example and the mend
  help [COMMAND]      this text, or the help of one command

Options of every command, before or after its name:
  -C DIR           the folder with site.toml (default: the current one)
  --format FORMAT  how errors and warnings are printed (default: text):
                   text    for people, to stderr
                   json    one object a line, to stdout
                   github  annotations for GitHub Actions, to stdout
                   sarif   a SARIF 2.1.0 document, to stdout
                   with the last three, all else goes to stderr
  --quiet          print errors and warnings only
  --color WHEN     auto, always or never (default: auto, on a terminal)
  --help           help, of the command if there is one (also -h)
  --version        the version

A first site:
  hardtop new site my-site           makes my-site/ with two pages
  hardtop -C my-site serve           shows it while you edit
  hardtop -C my-site build           writes my-site/public/
  hardtop -C my-site new page about  adds content/about.md

Variables:
  NO_COLOR           no colours where --color is auto
  CLICOLOR_FORCE     colours where --color is auto, in a pipe, too
  SOURCE_DATE_EPOCH  the time that counts as now, in seconds since 1970

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Not in this version yet: audit.
More about a command: hardtop COMMAND --help
END
expect_stderr </dev/null
