# `hardtop new site --help` teaches new site.
run hardtop new site --help
expect_status 0
expect_stdout <<'END'
hardtop new site: make a folder with a site to start from

Usage: hardtop [-C DIR] new site NAME [OPTIONS]

Makes the folder NAME with a small site that builds as it is: site.toml, two
pages in content/, a picture in static/, and a .gitignore. The site's title is
made from the name. An existing folder is used only when it is empty (names
that begin with a dot do not count).

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
  hardtop new site my-site  in my-site/
  hardtop new site .        in this folder

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next:
  hardtop -C my-site serve
END
expect_stderr </dev/null
