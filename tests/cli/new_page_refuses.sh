# new page overwrites nothing, leaves content/ never, and needs a site.
hardtop new site my-site >/dev/null
cd my-site || exit
cp content/first-page.md ../before.md
run hardtop new page first-page
expect_status 2
expect_stderr <<'END'
error: content/first-page.md is there already [new/exists]
  hint: choose another name, or remove it first; nothing was written
END
expect_same ../before.md content/first-page.md

run hardtop new page ../escape
expect_status 2
expect_stderr <<'END'
error: the page name '../escape' leaves content/ [new/bad-name]
  hint: a page's name is a path inside content/, without ..
END
expect_no escape.md ../escape.md

cd content || exit
run hardtop new page about
expect_status 2
expect_stderr <<'END'
error: there is no site.toml in this folder [new/no-site]
  hint: run this in a site's folder, or name it: hardtop -C DIR new page NAME
END
