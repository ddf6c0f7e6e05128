# `hardtop lock --help` teaches lock.
run hardtop lock --help
expect_status 0
expect_stdout <<'END'
hardtop lock: record what visitors are asked about in consent.lock

Usage: hardtop [-C DIR] lock [OPTIONS]

Records the facts of every service of consent.toml in consent.lock: provider,
hosts, cookies and storage with their lifetimes, whether data is sold or shared.
A service whose facts have changed is asked about again, and the note is shown
to the visitors who had decided about it. A build for production stops when the
two files differ, so that nobody changes by accident what visitors were asked.
Commit consent.lock: it is your record of who was asked what, and when.

Options:
  --note TEXT  what has changed, in a sentence for visitors

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
  hardtop lock                                    a first consent.toml
  hardtop lock --note "We count with Matomo now"  a change

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next:
  git add consent.toml consent.lock
  hardtop build
END
expect_stderr </dev/null
