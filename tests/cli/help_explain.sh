# `hardtop explain --help` teaches explain.
run hardtop explain --help
expect_status 0
expect_stdout <<'END'
hardtop explain: explain an error or warning, with an example and the mend

Usage: hardtop [-C DIR] explain [ID] [OPTIONS]

Prints the long explanation of the error or warning called ID: what it means,
an example, and how to mend it. Without ID, lists all. ID may be a reference,
too: site.toml, consent.toml and theme.toml are files with every key, commented;
front-matter is such a page; i18n is every word that hardtop says, to translate;
templates is every name that templates may use.

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

Examples:
  hardtop explain build/broken-link  one
  hardtop explain site.toml          every key of site.toml, in a file of it
  hardtop explain front-matter       what a page may say, in a page
  hardtop explain i18n               the words to translate
  hardtop explain templates          the names that templates may use
  hardtop explain                    all of them, a line each

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next: mend it, then
  hardtop check
END
expect_stderr </dev/null
