# `hardtop new --help` tells what can be made.
run hardtop new --help
expect_status 0
expect_stdout <<'END'
hardtop new: make a site or a page to start from

Usage: hardtop [-C DIR] new site NAME
       hardtop [-C DIR] new page NAME

Commands:
  new site NAME  make a folder with a site to start from
  new page NAME  add a page

Examples:
  hardtop new site my-site                 in my-site/
  hardtop new site .                       in this folder
  hardtop new page about                   content/about.md, titled "About"
  hardtop new page "blog/Our first drive"  content/blog/our-first-drive.md
  hardtop new page blog/_index             the page of the section blog/

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser

More about one: hardtop new site --help, hardtop new page --help
END
expect_stderr </dev/null
