# `hardtop new --help` tells what can be made.
run hardtop new --help
expect_status 0
expect_stdout <<'END'
hardtop new: make a site, a page or a service to start from

Usage: hardtop [-C DIR] new site NAME
       hardtop [-C DIR] new page NAME
       hardtop [-C DIR] new service [NAME]

Commands:
  new site NAME       make a folder with a site to start from
  new page NAME       add a page
  new service [NAME]  declare a third party in consent.toml

Examples:
  hardtop new site my-site                 in my-site/
  hardtop new site .                       in this folder
  hardtop new page about                   content/about.md, titled "About"
  hardtop new page "blog/Our first drive"  content/blog/our-first-drive.md
  hardtop new page blog/_index             the page of the section blog/
  hardtop new service                      the services that are known
  hardtop new service google-analytics     Google Analytics 4, complete
  hardtop new service www.youtube.com      the service that the host belongs to
  hardtop new service weather-map          a form to fill in

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

More about one: hardtop new site --help, and so on
END
expect_stderr </dev/null
