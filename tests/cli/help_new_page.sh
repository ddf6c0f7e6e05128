# `hardtop new page --help` teaches new page.
run hardtop new page --help
expect_status 0
expect_stdout <<'END'
hardtop new page: add a page

Usage: hardtop [-C DIR] new page NAME [OPTIONS]

Makes content/NAME.md with a title made from the name, today's date and
draft = true, so that an unfinished page does not go online by accident: build
leaves drafts out until that line is removed, or --drafts is given. A name may
hold folders; spaces and capitals become what suits a URL. A file that exists
is never overwritten.

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
  hardtop new page about                   content/about.md, titled "About"
  hardtop new page "blog/Our first drive"  content/blog/our-first-drive.md
  hardtop new page blog/_index             the page of the section blog/

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

Next: write below the second line +++, then
  hardtop build --drafts
END
expect_stderr </dev/null
