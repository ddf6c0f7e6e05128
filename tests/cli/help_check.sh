# `hardtop check --help` teaches check.
run hardtop check --help
expect_status 0
expect_stdout <<'END'
hardtop check: find everything that is wrong, without writing

Usage: hardtop [-C DIR] check [OPTIONS]

Does everything that build does, links and anchors included, up to the first
write. No file is made or changed. Takes the options of build, without --output.

Options:
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
  hardtop check                               the site in this folder
  hardtop check --drafts                      drafts, too
  hardtop check --format sarif > check.sarif  for code scanning tools

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next:
  hardtop explain ID  what an error means; its id is the part in brackets
END
expect_stderr </dev/null
