# `hardtop build --help` teaches build.
run hardtop build --help
expect_status 0
expect_stdout <<'END'
hardtop build: write the site

Usage: hardtop [-C DIR] build [OPTIONS]

Reads site.toml, content/, static/ and the theme, and writes the finished site
to public/. Every error of the site is found before the first file is written:
a site with errors leaves public/ as it was. Only files that differ are
written, and only files that an earlier build wrote are removed.

Options:
  --output DIR        where to write, from the current folder
                      (default: public in the site's folder)
  --base-url URL      where the site will be online, instead of
                      base_url in site.toml
  --environment NAME  production, or development: readable CSS with
                      source maps and file names without hashes
                      (default: production)
  --drafts            pages with draft = true, too
  --future            pages with a date after today, too
  --expired           pages whose expires date has passed, too
  --jobs N            threads, 1 to 1024 (default: one a core); the
                      files are the same with any number

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
  hardtop build                                       this folder's site
  hardtop -C site build                               into site/public/
  hardtop build --drafts --future                     with what is not out yet
  hardtop build --base-url https://test.example.org/  for another address
  hardtop build --format github                       for a pull request

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next:
  hardtop serve       shows it while you edit
  hardtop explain ID  what an error means; its id is the part in brackets
END
expect_stderr </dev/null
