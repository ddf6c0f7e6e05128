# `hardtop deploy --help` teaches deploy.
run hardtop deploy --help
expect_status 0
expect_stdout <<'END'
hardtop deploy: put the site online: upload what has changed

Usage: hardtop [-C DIR] deploy NAME [OPTIONS]

Uploads public/ to the place that [deploy.NAME] in site.toml names, through
rclone (https://rclone.org/): S3 and all that is like it, a host reached by
SFTP, a folder. Only what has changed there is moved: assets, then other
files, then pages, and what is gone is removed last, so that a visitor never
meets a page whose assets are missing. A site with errors is not deployed, nor
is a public/ that is not what the site is now. A deploy that was stopped is
completed by the next one. Give it the options that the site was built with.

Options:
  --dry-run           print what would change there, and touch nothing
  --rollback          bring back what was there before the last deploy
  --break-lock        the deploy that is said to run has died
  --output DIR        where the site was built (default: public in the
                      site's folder)
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
  hardtop deploy production             what hardtop build made
  hardtop deploy production --dry-run   what that would change
  hardtop deploy production --rollback  back to the version before

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

In site.toml:
  [deploy.production]
  remote = "r2:my-bucket"        where; or "host:path", or a folder
  purge = "./purge.sh"           gets the changed URLs, one a line
  keep_days = 30                 how long old assets stay
  compressed = "beside"          .gz and .br files ([build] precompress) are
                                 uploaded, too; "none": they are not; "gzip"
                                 or "brotli": in place of the plain files,
                                 with a Content-Encoding
  state = "r2:my-notes/site"     its notes (default: .hardtop below remote)
END
expect_stderr </dev/null
