# `hardtop new service --help` teaches new service.
run hardtop new service --help
expect_status 0
expect_stdout <<'END'
hardtop new service: declare a third party in consent.toml

Usage: hardtop [-C DIR] new service [NAME] [OPTIONS]

Adds a [[service]] to the end of consent.toml, and makes that file where there
is none. For the services that are known by name it is complete: hosts, cookies
with their lifetimes, purposes, links, and the vendor's snippet, to be put into
the pages once a visitor has allowed it. For any other name it is a form to fill
in. NAME may be a host that an error names. Without NAME, lists the services
that are known.

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
  hardtop new service                   the services that are known
  hardtop new service google-analytics  Google Analytics 4, complete
  hardtop new service www.youtube.com   the service that the host belongs to
  hardtop new service weather-map       a form to fill in

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next: fill in what stands for you to fill in, then
  hardtop check
  hardtop lock
END
expect_stderr </dev/null
