# `hardtop serve --help` teaches serve.
run hardtop serve --help
expect_status 0
expect_stdout <<'END'
hardtop serve: show the site in a browser while you edit

Usage: hardtop [-C DIR] serve [OPTIONS]

Builds the site in memory and shows it; public/ is not touched. What you save is
there at once: the page reloads by itself, a style sheet is swapped without a
reload, and what is wrong is shown over the page until it is mended. Pages come
with the headers that they will have online, the policy included. A bar in the
corner shows what each service may do on the page, and makes you a visitor who
is new, has accepted or has refused; it is never part of what build writes.
Ctrl-C ends it.

Options:
  --port N            where to listen (default: 4000; 0: any free one)
  --bind ADDRESS      the address to listen on (default: 127.0.0.1,
                      for this machine only; 0.0.0.0 is for everybody
                      in the network)
  --open              open the site in a browser
  --navigate          go to the page that was edited
  --base-url URL      where the site will be online, instead of
                      base_url in site.toml
  --environment NAME  development, or production: what ships, with
                      compressed CSS and hashes in file names
                      (default: development)
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
  hardtop serve                            this folder's site
  hardtop -C site serve --open --navigate  the browser follows the editor
  hardtop serve --drafts --future          with what is not out yet
  hardtop serve --environment production   what ships

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next:
  hardtop build  when it is as it should be
END
expect_stderr </dev/null
